"""One PostgreSQL database for test after test: emptying it takes milliseconds, making it half a second."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql

from storage.database import Database
from storage.migrate import migrate
from tests.support.postgres import PostgresServer

_VERSION = "alembic_version"
_TABLES: LiteralString = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_LOOKS: LiteralString = """
SELECT count(*),
    md5(string_agg(a.attrelid || a.attname || a.atttypid || a.attnotnull, ',' ORDER BY a.attrelid, a.attnum)),
    (SELECT md5(string_agg(oid || conname, ',' ORDER BY oid)) FROM pg_constraint),
    (SELECT md5(string_agg(v::text, ',')) FROM alembic_version v)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND NOT a.attisdropped
"""
_CLOSE_OTHERS: LiteralString = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_COUNT_FROM_ONE: LiteralString = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


@dataclass
class KeptDatabase:
    """With the newest schema. A test that changes more than rows costs a new one."""

    server: PostgresServer
    _kept: Iterator[str] | None = None
    _url: str = ""
    _looks: object = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address, with no rows; afterwards whoever is still connected is cut off."""
        if self._kept is None:
            self._make()
        try:
            yield self._url
        finally:
            if not self._is_emptied():
                self.close()

    def close(self) -> None:
        """Drop it."""
        kept, self._kept = self._kept, None
        if kept is not None:
            next(kept, None)

    def _make(self) -> None:
        self._kept = self._databases()
        self._url = next(self._kept)
        with closing(Database(self._url)) as database:
            migrate(database)
        with psycopg.connect(self._url) as there:
            self._looks = there.execute(_LOOKS).fetchone()

    def _databases(self) -> Iterator[str]:
        # A test may have dropped it.
        with suppress(psycopg.errors.InvalidCatalogName), self.server.new_database() as url:
            yield url

    def _is_emptied(self) -> bool:
        """False where that cannot be done: it is gone, or looks otherwise."""
        try:
            with psycopg.connect(self._url) as there:
                there.execute(_CLOSE_OTHERS)
                if there.execute(_LOOKS).fetchone() != self._looks:
                    return False
                # Whatever refers to what: all goes.
                there.execute("SET LOCAL session_replication_role = replica")
                for (name,) in there.execute(_TABLES).fetchall():
                    if name != _VERSION:
                        there.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                there.execute(_COUNT_FROM_ONE)
        except psycopg.Error:
            return False
        return True

"""A database with very many projects, written in bulk. What it holds is what the bot would have written."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, select, text

from bot import clock
from storage import tables, terms
from storage.database import Database, Tx
from storage.migrate import migrate
from storage.people import Person, save_person
from storage.projects import sort_name
from storage.records import EVERY_DAYS, STALE_AFTER_DAYS
from storage.workspaces import ensure_workspace
from tests.bench.words import COMMON, RARE, Writer, names

WORKSPACE = "T0BENCH"
PERSON = "U0BENCH"
"""Owns one project in OWNED_EVERY."""
OWNED_EVERY = 3_000
SHOWN_NAME = "JMTE Pangeo"
SHOWN = "jmte"
"""A part of one project's name, and of no other's."""
RARE_EVERY = 12_000

_OUTCOMES = 6
_LINKS = ("notes", "board", "roadmap", "plan", "forum")
_STATUSES = ("on_track", "on_track", "on_track", "at_risk", "off_track", "done")
_BATCH = 50_000

_COLUMNS = {
    "projects": (
        "id, workspace_id, slug, name, sort_name, summary, goal, state, owner_id, channel_id, created_at, "
        "updated_at"
    ),
    "channels": "workspace_id, id, is_private, refreshed_at",
    "outcomes": (
        "id, workspace_id, project_id, position, level, text, owner_id, vouched_at, turns_stale_at, is_open, "
        "project_state, created_at, updated_at"
    ),
    "status_updates": ("id, workspace_id, project_id, outcome_id, status, note, said_by, source, said_at"),
    "links": "id, workspace_id, project_id, position, label, url, lead",
    "members": "id, workspace_id, project_id, position, user_id, name, role",
    "project_keys": "workspace_id, key, rank, project_id",
    "project_words": "workspace_id, word, rank, project_id",
}
"""The tables that are filled, and the order of the values below. The last two are sorted by their key."""


def fill(address: str, count: int) -> list[str]:
    """Migrate the database at the address and fill it with `count` projects; their names."""
    database = Database(address)
    migrate(database)
    now = clock.now()
    with database.write() as tx:
        ensure_workspace(tx, WORKSPACE, "Bench", now)
        kind = {"is_admin": False, "is_guest": False, "is_deleted": False}
        save_person(tx, WORKSPACE, Person(id=PERSON, name="Bench", zone="UTC", refreshed_at=now, **kind))
    if database.is_sqlite:
        _hurry(database)
    made = _Projects(now, as_text=database.is_sqlite)
    called = [*names(count - 1), SHOWN_NAME]
    for id_, name in enumerate(called, 1):
        made.add(id_, name)
    filled = [table for table in tables.metadata.sorted_tables if table.name in _COLUMNS]
    with database.write() as tx:
        for table in filled:
            _without_indexes(tx, table)
            (_insert if database.is_sqlite else _copy)(tx, table.name, made.rows[table.name])
            for index in table.indexes:
                index.create(tx)
    if not database.is_sqlite:
        _count_on(database, filled)
        # PostgreSQL does so by itself after a while; nobody does for SQLite.
        with database.read() as tx:
            tx.execute(text("VACUUM ANALYZE"))
    database.close()
    return called


def _count_on(database: Database, filled: list[Table]) -> None:
    """So that the rows to come are given ids behind those that were given here."""
    with database.write() as tx:
        for table in filled:
            if "id" in table.c and _COLUMNS[table.name].startswith("id,"):
                behind = select(func.max(table.c.id))
                sequence = func.pg_get_serial_sequence(table.name, "id")
                tx.execute(select(func.setval(sequence, behind.scalar_subquery())))


def _hurry(database: Database) -> None:
    # A file that is thrown away need not survive a power cut. The pool gives the same connection again.
    with database.read() as tx:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            tx.exec_driver_sql(f"PRAGMA {pragma}")


def _without_indexes(tx: Tx, table: Table) -> None:
    for index in table.indexes:
        index.drop(tx)


def _insert(tx: Tx, table: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" for _ in rows[0])
    each = iter(sorted(rows) if table.startswith("project_") else rows)
    while batch := list(islice(each, _BATCH)):
        statement = f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({marks})"  # noqa: S608 - our own names
        tx.exec_driver_sql(statement, batch)


def _copy(tx: Tx, table: str, rows: list[tuple[Any, ...]]) -> None:
    driver: Any = tx.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({_COLUMNS[table]}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


class _Projects:
    """Rows of the tables, by table."""

    def __init__(self, now: datetime, *, as_text: bool) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        self._writer = Writer()
        self._now = now
        # As UtcDateTime writes it; the driver is given values as they are.
        self._days, self._stale_at = (
            [
                f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if as_text else at
                for at in (now - timedelta(days=days - later) for days in range(100))
            ]
            for later in (0, EVERY_DAYS + STALE_AFTER_DAYS)
        )

    def add(self, id_: int, name: str) -> None:
        slug = name.lower().replace(" ", "-")
        goal = f"Help every {COMMON} to {self._writer.sentence(6)}"
        if id_ % RARE_EVERY == 1:
            goal += f" by {RARE}"
        state = "archived" if id_ % 20 == 0 and name != SHOWN_NAME else "active"
        owner = PERSON if id_ % OWNED_EVERY == 1 else self._writer.person()
        today = self._days[0]
        self.rows["projects"].append(
            (id_, WORKSPACE, slug, name, sort_name(name), "", goal, state, owner, f"C{id_:06}", today, today)
        )
        self.rows["channels"].append((WORKSPACE, f"C{id_:06}", False, today))
        self.rows["links"] += [
            (id_ * 5 + n, WORKSPACE, id_, n, f"{name} {label}", f"https://example.com/{slug}/{label}", "")
            for n, label in enumerate(_LINKS)
        ]
        self.rows["members"].append((id_, WORKSPACE, id_, 0, self._writer.person(), "", "member"))
        self._index(id_, slug, name, [goal, *(self._outcome(id_, n, state) for n in range(_OUTCOMES))])

    def _outcome(self, project_id: int, position: int, state: str) -> str:
        id_ = project_id * _OUTCOMES + position
        today = self._days[0]
        said = self._writer.sentence(5)
        # As on real pages, some of the texts have markup in them.
        shown = f"**Ship** {said} ([issue](https://example.com/{id_}))" if position == 1 else said
        # In one project of ten there is an outcome that nobody looks after.
        ago = 60 if position == 0 and project_id % 10 == 3 else (project_id + position) % 14
        at, stale_at = self._days[ago], self._stale_at[ago]
        note = "As we said in the last call" if position % 2 else ""
        owner, is_open = self._writer.person(), _STATUSES[position] != "done"
        kept = at, stale_at, is_open, state
        self.rows["outcomes"].append(
            (id_, WORKSPACE, project_id, position, 0, shown, owner, *kept, today, today)
        )
        self.rows["status_updates"].append(
            (id_, WORKSPACE, project_id, id_, _STATUSES[position], note, self._writer.person(), "command", at)
        )
        return shown

    def _index(self, id_: int, slug: str, name: str, texts: list[str]) -> None:
        self.rows["project_keys"] += [
            (WORKSPACE, key, int(rank), id_) for key, rank in terms.keys_of(slug, name).items()
        ]
        self.rows["project_words"] += [
            (WORKSPACE, word, int(rank), id_) for word, rank in terms.words_of([slug, name], texts).items()
        ]

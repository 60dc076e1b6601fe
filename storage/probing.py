"""Whether a database can be read and written, and what its clock says; nothing of it is changed."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import UnreachableError
from storage.tables import workspaces


class Space(NamedTuple):
    """In bytes: what is free on the disk of a SQLite file, and how large the file is."""

    free: int
    size: int


def is_absent(database: Database) -> bool:
    """Whether it is a SQLite file that is not there yet: the first look at it would make it."""
    path = _file_of(database)
    return path is not None and path.parent.is_dir() and not path.exists()


def find_space(database: Database) -> Space | None:
    """None for PostgreSQL, whose disk only its own machine knows, and where there is no such folder."""
    path = _file_of(database)
    if path is None or not path.parent.is_dir():
        return None
    beside = (path.with_name(path.name + suffix) for suffix in ("", "-wal"))
    return Space(
        shutil.disk_usage(path.parent).free, sum(each.stat().st_size for each in beside if each.exists())
    )


def why_not_writable(database: Database) -> str | None:
    """Why nothing can be written; None when it can. What is written for it is taken back."""
    try:
        with database.write(dry_run=True) as tx:
            tx.execute(update(workspaces).where(workspaces.c.id == "").values(name=workspaces.c.name))
    except UnreachableError as error:
        return error.reason
    except DBAPIError as error:
        return (str(error.orig).strip().splitlines() or ["no reason given"])[0]
    return None


def find_time(database: Database) -> datetime | None:
    """PostgreSQL's own; None for SQLite, which has this machine's. Raises UnreachableError."""
    if database.is_sqlite:
        return None
    with database.read() as tx:
        found: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
    return found


def _file_of(database: Database) -> Path | None:
    if not database.is_sqlite:
        return None
    return Path((database.url.database or "").removeprefix("file:")).absolute()

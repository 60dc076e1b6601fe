"""`python -m bot backup FILE` and `python -m bot restore FILE`: everything, from either kind of database."""

import argparse
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.cli_import import InputError
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.backup_file import Summary
    from storage.whole_errors import WholeError

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only these use.

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_KILO = 1_000


def add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="write everything into one file, while the bot runs")
    backup.add_argument("file", metavar="FILE", type=Path, help="an older backup there is replaced")
    backup.set_defaults(command=run_backup)


def add_restore(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    restore = commands.add_parser("restore", help="read a backup into an empty database, of either kind")
    restore.add_argument("file", metavar="FILE", type=Path, help="as `backup` has written it")
    restore.set_defaults(command=run_restore)


def run_backup(options: argparse.Namespace, settings: Settings) -> None:
    from storage.backup import write_backup
    from storage.database import Database
    from storage.whole_errors import WholeError

    try:
        with closing(Database(settings.database_url)) as database, _Bars() as bars:
            database.require_file()
            made = write_backup(database, options.file, bars)
            address = database.address
    except WholeError as error:
        raise InputError(sentence_of(error)) from error
    print(
        f"Backed up {address} to {options.file}: {_counted(made)}, {_size(options.file.stat().st_size)}, "
        "read back and checked."
    )


def run_restore(options: argparse.Namespace, settings: Settings) -> None:
    from storage.database import SCHEMA, Database
    from storage.restore import restore_backup
    from storage.whole_errors import WholeError

    try:
        with closing(Database(settings.database_url)) as database, _Bars() as bars:
            made = restore_backup(database, options.file, bars)
            address = database.address
    except WholeError as error:
        raise InputError(sentence_of(error)) from error
    later = "" if made.schema == SCHEMA else f" They are brought up to date (schema {SCHEMA})."
    print(f"Restored {options.file} to {address}: {_counted(made)}, read back and checked.{later}")


class _Bars:
    """A progress bar a step: on a terminal, and only when people would wait. Use it in a `with`."""

    def __init__(self) -> None:
        self._shown = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.close()

    def begin(self, step: str, rows: int) -> Callable[[int], None]:
        from tqdm import tqdm

        self._shown.close()
        bar = tqdm(
            desc=step, total=rows or None, unit="row", unit_scale=True, disable=None, delay=1, leave=False
        )
        self._shown.callback(bar.close)

        def done(count: int) -> None:
            bar.update(count)

        return done


def _counted(made: "Summary") -> str:
    return f"{made.rows:,} rows of {len(made.tables)} tables (schema {made.schema})"


def _size(count: float) -> str:
    unit = 0
    while count >= _KILO and unit < len(_UNITS) - 1:
        count, unit = count / _KILO, unit + 1
    return f"{count:.0f} {_UNITS[unit]}" if unit == 0 or count >= 10 else f"{count:.1f} {_UNITS[unit]}"  # noqa: PLR2004 - two digits say enough


def sentence_of(error: "WholeError") -> str:  # noqa: PLR0911 - a case an error
    """The one line for it: what was wrong, what still holds, and what to do."""
    from storage import whole_errors as errors

    match error:
        case errors.CannotWriteError():
            return f"{error.path} cannot be written: {error.reason}. Nothing was written there."
        case errors.TakenError():
            return f"{error.path} is there already, and is left as it is. Name another file."
        case errors.CannotReadError():
            return f"{error.path} cannot be read: {error.reason}."
        case errors.NothingThereError():
            return "The database has no tables yet, so there is nothing to back up. Is DATABASE_URL right?"
        case errors.NotABackupError():
            return "That is no backup of Waymark's. Nothing was changed."
        case errors.DamagedBackupError():
            return f"The backup is damaged: {error.reason}. Nothing was changed; take another one."
        case errors.NewerBackupError():
            return (
                f"The backup is that of a newer version of Waymark ({error.found}, this one knows "
                f"{error.wanted}). Nothing was changed. Update Waymark."
            )
        case errors.NotEmptyError():
            return (
                f"The database is not empty (there is something in {error.table}). Nothing was changed: a "
                "backup is restored into a new one. Stop the bot, set DATABASE_URL to a file that is not "
                "there yet, or to an empty PostgreSQL database, and try again."
            )
        case errors.UnfitRowsError():
            return (
                f"The database cannot hold what the backup has in {error.table}: {error.reason}. "
                "Nothing was changed."
            )
    raise TypeError(f"no sentence for {error!r}")

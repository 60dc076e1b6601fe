"""`python -m bot forget WORKSPACE`: everything that is kept of a workspace is removed, for ever."""

import argparse
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from bot.cli_import import InputError, workspace_known
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.records import Workspace

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_SERVED = {
    False: "A bot that still serves it has to be started anew.",
    True: "Processes that still know its token forget it within a minute; in Slack the app is still there.",
}
"""By whether there are many workspaces: who may go on with it."""


def add_forget(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    forget = commands.add_parser("forget", help="remove everything that is kept of a workspace, for ever")
    forget.add_argument("workspace", metavar="WORKSPACE", help="its id")
    forget.add_argument("--yes", action="store_true", help="without asking for its name")
    forget.set_defaults(command=run_forget)


def run_forget(options: argparse.Namespace, settings: Settings) -> None:
    from storage.database import Database
    from storage.deadlocks import once_more
    from storage.migrate import open_database
    from storage.removal import count_rows_of, remove_workspace

    with closing(Database(settings.database_url)) as there:
        there.require_file()
    with closing(open_database(settings.database_url)) as database:
        with database.read() as tx:
            workspace = workspace_known(tx, options.workspace)
            counts = count_rows_of(tx, workspace.id)
        if not options.yes:
            _require_name(workspace, counts)

        def remove() -> dict[str, int]:
            with database.write() as tx:
                return remove_workspace(tx, workspace.id)

        print(_report(workspace, once_more(remove)))
        print(f"Backups that were made before still have it. {_SERVED[settings.is_for_many]}")


def _require_name(workspace: "Workspace", counts: Mapping[str, int]) -> None:
    """Raises InputError unless its name is typed."""
    projects = counts.get("projects", 0)
    print(
        f"This removes {workspace.name} ({workspace.id}) and all that is kept of it, for ever: "
        f"{projects:,} {'project' if projects == 1 else 'projects'}, {sum(counts.values()):,} rows in all.\n"
        f"`python -m bot export --workspace {workspace.id} FILE` keeps a copy that people can read."
    )
    try:
        typed = input("To go on, type its name: ")
    except EOFError:
        typed = ""
    if typed.strip() != workspace.name:
        raise InputError(f"That is not “{workspace.name}”. Nothing was removed.")


def _report(workspace: "Workspace", counts: Mapping[str, int]) -> str:
    width = max(map(len, counts), default=0)
    return "\n".join(
        [
            f"Removed {workspace.name} ({workspace.id}): {sum(counts.values()):,} rows.",
            *(f"  {name:{width}}  {count:,}" for name, count in sorted(counts.items())),
        ]
    )

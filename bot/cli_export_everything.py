"""`python -m bot export --format everything`: all that is kept of one workspace, to hand it over.

    {"waymark": "export", "schema": "0017", "workspace": "T0TEAM",
     "left_out": ["slack_installations.bot_token"],
     "tables": {"workspaces": [{"id": "T0TEAM", "name": "Tidewater", …}],
                "projects": [{"id": 1, "workspace_id": "T0TEAM", "slug": "docs", …}], …}}

Every table has its place there, empty or not, and every row its columns by name. Tokens and other secrets are
left out, and named in `left_out`.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from bot.cli_import import workspace_known, workspace_there
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.database import Tx

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.


def export_everything(options: argparse.Namespace, settings: Settings) -> None:
    """Raises InputError, WholeError."""
    from storage.migrate import open_database
    from storage.new_files import new_file

    with closing(open_database(settings.database_url)) as database, database.snapshot() as tx:
        workspace = workspace_known(tx, workspace_there(tx, options.workspace))
        rows = 0
        may_replace = (lambda _: True) if options.replace else None
        with new_file(options.file, may_replace) if options.file else nullcontext(sys.stdout.buffer) as out:
            for part, count in _parts(tx, workspace.id):
                out.write(part)
                rows += count
    if options.file:
        print(
            f"Exported {workspace.name} ({workspace.id}) to {options.file}: {rows:,} rows, without secrets."
        )


def _parts(tx: "Tx", workspace_id: str) -> Iterator[tuple[bytes, int]]:
    """The text of it, piece by piece, each with how many rows it has."""
    import orjson

    from storage.database import schema_in
    from storage.export import list_everything, secret_columns

    head = {"waymark": "export", "schema": schema_in(tx), "workspace": workspace_id}
    yield orjson.dumps({**head, "left_out": secret_columns()})[:-1] + b',"tables":{', 0
    before = b"\n"
    for name, rows in list_everything(tx, workspace_id):
        yield before + orjson.dumps(name) + b":[", 0
        between = b"\n"
        for row in rows:
            yield between + orjson.dumps(row), 1
            between = b",\n"
        yield b"]", 0
        before = b",\n"
    yield b"}}\n", 0

"""`python -m bot export [FILE]`: records to read or to go on with, or all that is kept of a workspace.

`--format everything` (bot/cli_export_everything.py) is that of `--workspace ID` alone, as it always was; the
others (bot/cli_export_records.py) are for people and programs: a page, JSON, CSV, Markdown.
"""

import argparse
from contextlib import closing
from pathlib import Path

from bot.cli_import import InputError
from bot.settings import Settings

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_EVERYTHING = "everything"
_FORMATS = ("myst", "json", "csv", "md", _EVERYTHING)


def add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser(
        "export", help="write the records of a workspace as a page, JSON, CSV or Markdown, or all of it"
    )
    export.add_argument("file", metavar="FILE", nargs="?", type=Path, help="default: standard output")
    export.add_argument(
        "--format",
        choices=_FORMATS,
        help="default: everything (all that is kept, as JSON) with --workspace alone, else myst (a page)",
    )
    export.add_argument("--workspace", metavar="ID", help="needed only when the database has several")
    export.add_argument("--page", metavar="NAME", help="which imported page is written back (myst)")
    export.add_argument(
        "--new", action="store_true", help="not the imported page, but one from nothing (myst)"
    )
    export.add_argument("--template", metavar="FILE", type=Path, help="in the place of ours (myst, md)")
    export.add_argument("--with-status", action="store_true", help="say how each outcome stands (myst)")
    export.add_argument(
        "--archived",
        choices=["remove", "mark"],
        default="remove",
        help="what becomes of archived projects (myst); default: %(default)s",
    )
    export.add_argument(
        "--with-private",
        action="store_true",
        help="and the projects of private channels (everything has them)",
    )
    export.add_argument("--try", dest="trial", action="store_true", help="from the database of `make run`")
    export.add_argument("--replace", action="store_true", help="what FILE is now, if it is there already")
    export.set_defaults(command=run_export)


def run_export(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli_backup import sentence_of
    from storage.database import Database
    from storage.whole_errors import WholeError

    file_format = options.format or _default(options)
    _require_fitting(options, file_format)
    with closing(Database(settings.database_url)) as there:
        there.require_file()
    try:
        if file_format == _EVERYTHING:
            from bot.cli_export_everything import export_everything

            export_everything(options, settings)
        else:
            from bot.cli_export_records import export_records

            export_records(options, settings, file_format)
    except WholeError as error:
        raise InputError(sentence_of(error)) from error


def _default(options: argparse.Namespace) -> str:
    said = options.page, options.new, options.template, options.with_status, options.with_private
    is_alone = not any(said)
    return _EVERYTHING if options.workspace and is_alone and options.archived == "remove" else "myst"


def _require_fitting(options: argparse.Namespace, file_format: str) -> None:
    """Raises InputError for an option that the format does nothing with: nobody must think that it did."""
    fits = {
        "--page": file_format == "myst" or not options.page,
        "--new": file_format == "myst" or not options.new,
        "--template": file_format in {"myst", "md"} or not options.template,
        "--with-status": file_format == "myst" or not options.with_status,
        "--archived": file_format == "myst" or options.archived == "remove",
        "--replace": options.file is not None or not options.replace,
    }
    for option, is_fine in fits.items():
        if not is_fine:
            what = "needs FILE" if option == "--replace" else f"does nothing for --format {file_format}"
            raise InputError(f"{option} {what}. Leave it out.")
    if options.page and (options.template or options.new):
        other = "--template" if options.template else "--new"
        raise InputError(f"{other} makes a page from nothing, --page writes one back. Leave one of them out.")

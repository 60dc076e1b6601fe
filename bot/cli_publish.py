"""`python -m bot publish …`: which page goes where. Set here alone, since chat must write no files."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_import import InputError, workspace_meant
from bot.cli_publish_add import opened_database, run_add
from bot.settings import TRIAL_FILE, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.database import Database, Tx
    from storage.publications import Publication

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_ADDRESSES = (
    "file:/srv/www/projects.md, git:/srv/checkout//docs/projects.md[@branch] or "
    "github:owner/repo//docs/projects.md[@base][!direct]"
)
_WORKSPACE = "needed only when the database has several"


def add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    publish = commands.add_parser("publish", help="keep a page as the records say: a file, git, GitHub")
    verbs = publish.add_subparsers(required=True, metavar="VERB")

    add = verbs.add_parser("add", help="from now on this page goes there")
    add.add_argument(
        "page", metavar="PAGE", nargs="?", help="the name of an imported one; default: a new one"
    )
    add.add_argument("--to", metavar="ADDRESS", required=True, help=_ADDRESSES)
    add.add_argument("--with-status", action="store_true", help="each outcome with its status and its day")
    add.add_argument(
        "--archived",
        choices=["remove", "mark"],
        default="remove",
        help="what becomes of archived projects; default: %(default)s",
    )
    add.add_argument("--template", metavar="FILE", type=Path, help="what a new page follows (Jinja)")
    add.set_defaults(command=run_add)

    list_ = verbs.add_parser("list", help="which page goes where, and how that is going")
    list_.set_defaults(command=run_list)

    now = verbs.add_parser("now", help="publish at once, and say what came of it")
    _add_which(now)
    now.add_argument("--again", action="store_true", help="also where the page was taken away")
    now.set_defaults(command=run_now)

    check = verbs.add_parser("check", help="say what would be published, and publish nothing")
    _add_which(check)
    check.set_defaults(command=run_check)

    remove = verbs.add_parser("remove", help="it goes there no more; what stands there stays")
    remove.add_argument("which", metavar="ID|ADDRESS", help="as `publish list` says it")
    remove.set_defaults(command=run_remove)
    for verb in (add, list_, now, check, remove):
        verb.add_argument("--workspace", metavar="ID", help=_WORKSPACE)
        verb.add_argument("--try", dest="trial", action="store_true", help="in the database of `make run`")


def _add_which(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("which", metavar="ID|ADDRESS", nargs="*", help="default: all of the workspace's")


def run_list(options: argparse.Namespace, settings: Settings) -> None:
    from bot.texts_publish_cli import listed
    from storage.publication_changes import list_placed

    with opened_database(settings) as database, database.read() as tx:
        placed = list_placed(tx, _workspace(tx, options), 10_000)
    print("\n".join(map(listed, placed)) if placed else _nothing(options))


def run_now(options: argparse.Namespace, settings: Settings) -> int:
    """1 if one of them is not published."""
    from bot import clock
    from bot.app_publishing import create_publisher
    from bot.texts_publish_cli import came_of
    from storage.publications import ask_to_publish, find_publication

    with opened_database(settings) as database:
        meant = _meant(database, options)
        publisher = create_publisher(settings, database, clock.now)
        is_well = True
        for each in meant:
            with database.write() as tx:
                ask_to_publish(tx, each.workspace_id, each.id, clock.now(), is_again=options.again)
            unmoved = publisher.publish_now(each)
            is_well &= unmoved is not None
            with database.read() as tx:
                found = find_publication(tx, each.workspace_id, each.id)
            print(came_of(found or each, unmoved or ()))
    if not meant:
        print(_nothing(options))
    return 0 if is_well else 1


def run_check(options: argparse.Namespace, settings: Settings) -> int:
    """1 if one of them cannot be looked at. What would change is printed as `diff -u` has it."""
    from bot import clock
    from bot.app_publishing import create_publisher
    from bot.errors_publish import PublishError
    from bot.services.publishing import TroubleError
    from bot.texts_publish_cli import difference, not_looked_at

    with opened_database(settings) as database:
        meant = _meant(database, options)
        publisher = create_publisher(settings, database, clock.now)
        is_well = True
        for each in meant:
            try:
                before, after = publisher.look(each)
                print(difference(each.address, before, after))
            except PublishError as error:
                is_well = False
                print(not_looked_at(each.address, error.reason.value, error.detail))
            except TroubleError as error:
                is_well = False
                print(not_looked_at(each.address, error.code, error.detail))
    if not meant:
        print(_nothing(options))
    return 0 if is_well else 1


def run_remove(options: argparse.Namespace, settings: Settings) -> None:
    from bot.texts_publish_cli import removed
    from storage.pages import get_page_name
    from storage.publications import remove_publication

    options.which = [options.which]
    with opened_database(settings) as database:
        (meant,) = _meant(database, options)
        with database.write() as tx:
            remove_publication(tx, meant.workspace_id, meant.id)
            page_id = meant.page_id
            page = None if page_id is None else get_page_name(tx, meant.workspace_id, page_id)
    print(removed(meant.address, page, is_trial=options.trial))


def _nothing(options: argparse.Namespace) -> str:
    from bot.texts_publish_cli import nothing_published

    return nothing_published(is_trial=options.trial, has_trial=_has_trial())


def _has_trial() -> bool:
    """Whether `make run` was here."""
    return Path(TRIAL_FILE).exists()


def _workspace(tx: "Tx", options: argparse.Namespace) -> str:
    """As `workspace_meant`, and makes none."""
    from storage.workspaces import list_workspaces

    return workspace_meant(tx, options.workspace) if list_workspaces(tx) else ""


def _meant(database: "Database", options: argparse.Namespace) -> "Sequence[Publication]":
    """Raises InputError for one that there is not."""
    from bot.texts_publish_cli import not_published
    from storage.publications import list_publications

    with database.read() as tx:
        known = list_publications(tx, _workspace(tx, options))
    if not options.which:
        return known
    by_name = {name: each for each in known for name in (str(each.id), each.address)}
    unknown = [which for which in options.which if which not in by_name]
    if unknown:
        there_are = "; ".join(f"{each.id}: {each.address}" for each in known) or "none"
        raise InputError(not_published(unknown[0], there_are, is_other=_has_trial() and not options.trial))
    return list({by_name[which].id: by_name[which] for which in options.which}.values())

"""One of each kind of message about a page that was edited by hand, as people come to see them."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.errors_publish import Author
from bot.local.model import Message
from bot.local.seed import DOCS, MATEO, SOFIA
from bot.pages import read_page
from bot.services.importing import PageImport
from bot.services.reading_back import read_back
from storage import channels, pages, projects
from storage.check_in_tables import deliveries
from storage.workspaces import lock_workspace
from tests.services.team import PAGE
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import require_good_message

NAME = "docs/projects.md"
EDITOR = Author("Noor <!channel> Haddad", "noor@example.org")


def import_page(bot: Bot, text: str = PAGE) -> None:
    """As by command, with the project's channel given to it."""
    with bot.database.write() as tx:
        PageImport(tx, WORKSPACE, NAME, read_page(text), bot.now()).run()
        lock_workspace(tx, WORKSPACE)
        channels.save_channel(tx, WORKSPACE, DOCS, is_private=False, members=(), now=bot.now())
        project = projects.find_project_by_slug(tx, WORKSPACE, "docs")
        assert project is not None
        projects.change_project(tx, WORKSPACE, project.id, bot.now(), channel_id=DOCS)


def edit_page(bot: Bot, *edits: tuple[str, str], author: Author = EDITOR) -> None:
    """Somebody edits it by hand, it is read back, and what that promises is sent."""
    with bot.database.write() as tx:
        page = pages.find_page(tx, WORKSPACE, NAME)
        assert page is not None
        text = page.text
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1)
        read_back(tx, WORKSPACE, page.id, text, author, bot.now())
    bot.tick(seconds=1)


def asked(bot: Bot) -> list[Message]:
    """The questions, as they stand now, oldest first; each is checked."""
    posted = select(deliveries.c.posted_in, deliveries.c.message_ts).where(
        deliveries.c.kind == "page_conflict", deliveries.c.message_ts.is_not(None)
    )
    with bot.database.read() as tx:
        rows = tx.execute(posted.order_by(deliveries.c.id)).all()
    found = [bot.slack.workspace.find_message(*row) for row in rows]
    messages = [replace(message) for message in found if message is not None]
    for message in messages:
        require_good_message({"text": message.text, "blocks": message.blocks or []})
    return messages


GOAL = ("A newcomer finds the answer.", "Everybody finds *it* & <!here>.")


def every_page_message(bot: Bot) -> dict[str, dict[str, Any]]:
    import_page(bot)
    bot.type_command("goal docs Said <!channel> goal", person=SOFIA)
    bot.type_command("outcome edit docs 1 Said outcome", person=SOFIA)
    bot.type_command("outcome move docs 4 1", person=SOFIA)
    bot.type_command("link remove docs 1", person=SOFIA)
    bot.type_command("goal hubs Said goal", person=SOFIA)
    bot.type_command("owner hubs me", person=SOFIA)
    bot.type_command("parent style-guide hubs", person=SOFIA)
    moved = ("- Links are checked daily\n", "")
    edit_page(
        bot,
        GOAL,
        ("Twenty questions have", "Thirty questions have"),
        ("- Every page names an owner\n  - and a date\n", "- Every page names two owners\n  - and a date\n"),
        moved,
        ("- Every page", "- Links are checked daily\n- Every page"),
        ("[the board]", "[Kanban]"),
        ("#### Style guide\n\nHow we write.\n", "Outcomes of style\n"),
        (PAGE[PAGE.index("(projects:hubs)=") :], "## Style guide\n\nHow we write.\n\n### Goal\n\nOne.\n"),
    )
    found = {f"question {number}": message for number, message in enumerate(asked(bot), 1)}
    first, second = _of_docs(bot)[:2]
    bot.press(first, "Keep what was said here", person=MATEO)
    bot.settle()
    bot.press(second, "Take what the page says", person=MATEO)
    bot.settle()
    found |= {"answer": bot.last_message(DOCS, MATEO)}
    found |= {f"decided {number}": message for number, message in enumerate(_of_docs(bot)[:2], 1)}
    return {name: {"text": each.text, "blocks": each.blocks} for name, each in found.items()}


def _of_docs(bot: Bot) -> list[Message]:
    """Where other projects may have been called as those of the page are."""
    return [message for message in asked(bot) if message.channel_id == DOCS]

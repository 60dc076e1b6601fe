"""What people see of pages that are published: a change in chat on the page, and who is told what."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import texts_publishing
from bot.local.model import Message
from bot.local.seed import SOFIA, WANJIRU
from bot.pages import read_page
from bot.services.importing import PageImport
from storage import pages
from storage.publications import add_publication, list_publications
from tests.scenarios.records import add_jmte
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import require_good_message


@pytest.fixture
def page(bot: Bot, tmp_path: Path) -> Path:
    """Where the page of the workspace goes."""
    path = tmp_path / "www" / "projects.md"
    add_jmte(bot)
    with bot.database.write() as tx:
        add_publication(tx, WORKSPACE, f"file:{path}", page_id=None, now=bot.now(), with_status=True)
    return path


def test_a_change_in_chat_stands_on_the_page_within_a_minute(bot: Bot, page: Path) -> None:
    page.parent.mkdir()
    bot.tick()
    before = page.read_text()
    bot.tick(hours=1)

    bot.command("outcome add jmte Tide tables for every harbour")
    waits = bot.command("publish")["text"]
    for _ in range(4):
        bot.tick(seconds=5)
    after = page.read_text()

    assert "Tide tables" not in before
    assert "1 change waits" in waits
    assert "Tide tables for every harbour" in after
    assert "nothing waits" in bot.command("publish")["text"]


def test_an_admin_is_told_once_mends_it_and_publishes_by_button(bot: Bot, page: Path) -> None:
    for _ in range(3):
        bot.tick(minutes=10)
    told = bot.last_message(bot.direct(WANJIRU))
    page.parent.mkdir()
    bot.press(told, texts_publishing.PUBLISH_NOW)
    answered = bot.last_message(bot.direct(WANJIRU), WANJIRU)
    bot.tick(seconds=1)

    assert "the folder is not there" in told.text
    assert texts_publishing.ASKED in answered.text
    assert page.exists()
    mended = bot.slack.workspace.find_message(told.channel_id, told.ts)
    assert mended is not None
    assert "is published again" in mended.text


def test_who_is_no_admin_sees_how_it_stands_and_not_where_on_the_server(bot: Bot, page: Path) -> None:
    bot.tick()

    seen, of_admin = bot.command("publish", person=SOFIA), bot.command("publish", person=WANJIRU)
    refused = bot.command("publish now", person=SOFIA)

    assert "projects.md" in seen["text"]
    assert str(page.parent) not in str(seen)
    assert "Publish now" not in str(seen)
    assert str(page) in of_admin["text"]
    assert "Publish now" in str(of_admin)
    assert "admin" in refused["text"]


def test_nothing_that_is_typed_in_chat_makes_a_page_go_anywhere(bot: Bot, tmp_path: Path) -> None:
    for line in (f"publish file:{tmp_path}/x.md", f"publish add --to file:{tmp_path}/x.md", "publish now"):
        bot.command(line, person=WANJIRU)
    bot.tick()

    with bot.database.read() as tx:
        assert list_publications(tx, WORKSPACE) == ()
    assert list(tmp_path.glob("*.md")) == []


def test_doctor_says_which_page_is_not_published(bot: Bot, page: Path) -> None:
    bot.tick()

    said = bot.command("doctor", person=WANJIRU)["text"]

    assert f"The page that goes to `file:{page}` is not published any more" in said
    assert "Make the folder, or bring it back." in said


def _moved_too_deep(bot: Bot, path: Path) -> None:
    """A page that is published, and a project that it cannot show below the one that it belongs to."""
    page = (
        "## Deep\n\n### Goal\n\nG\n\n#### Atolls\n\n##### Goal\n\nB\n\n"
        "## Other\n\n### Goal\n\nG\n\n### Outcomes\n\n- two\n\n##### Far down\n\nProse.\n"
    )
    path.parent.mkdir()
    path.write_text(page, encoding="utf-8")
    with bot.database.write() as tx:
        PageImport(tx, WORKSPACE, "deep.md", read_page(page), bot.now()).run()
        found = pages.find_page(tx, WORKSPACE, "deep.md")
        assert found is not None
        add_publication(tx, WORKSPACE, f"file:{path}", page_id=found.id, now=bot.now())
    bot.command("parent other atolls")


def test_admins_are_told_once_of_what_a_page_cannot_show(bot: Bot, tmp_path: Path) -> None:
    path = tmp_path / "www" / "deep.md"
    _moved_too_deep(bot, path)

    for _ in range(3):
        bot.tick(minutes=1)
    (told,) = _told_of_moves(bot)
    bot.command("goal other Another one")
    for _ in range(3):
        bot.tick(minutes=1)

    assert told.text.startswith("📄 *Other*: this belongs elsewhere by now, and the page")
    assert "Another one" in path.read_text(encoding="utf-8")
    assert len(_told_of_moves(bot)) == 1
    # When it goes elsewhere that the page cannot show either, that is another thing to tell.
    bot.command("create Lagoons")
    bot.command("parent lagoons atolls")
    bot.command("parent other lagoons")
    for _ in range(3):
        bot.tick(minutes=1)
    assert len(_told_of_moves(bot)) == 2


def _told_of_moves(bot: Bot) -> list[Message]:
    with bot.slack.workspace.lock:
        messages = bot.slack.workspace.messages.get(bot.direct(WANJIRU), [])
        found = [replace(each) for each in messages if "belongs elsewhere" in each.text]
    for message in found:
        require_good_message({"text": message.text, "blocks": message.blocks or []})
    return found

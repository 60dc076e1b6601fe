"""`/project settings page` and `/project page`: who says so, and that chat shows what everybody sees."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.local.seed import LEILANI, MATEO, WANJIRU
from bot.services.public_reading import ON_A_PAGE
from bot.slack.mrkdwn import escape, plain
from bot.web.projects import Shown
from storage.public_pages import PublicPage, find_public_page
from tests.scenarios.records import add, add_jmte, add_many
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import make_channel
from tests.support.public import Site, serving


@pytest.fixture
def site(lite: Bot) -> Iterator[Site]:
    with serving(lite.database, Shown(WORKSPACE, "")) as running:
        yield running


def page_of(bot: Bot) -> PublicPage | None:
    with bot.database.read() as tx:
        return find_public_page(tx, WORKSPACE)


def seen_in(bot: Bot, line: str, *, person: str = WANJIRU) -> str:
    """All pages of an answer, as they are read."""
    answer = bot.type_command(line, person=person)
    texts = [answer.text]
    while "Next page" in str(bot.last_message().blocks):
        bot.press(bot.last_message(), "Next page", person=person)
        texts.append(bot.last_message().text)
    return "\n".join(texts)


def test_it_is_off_and_says_how_it_is_switched_on_and_what_it_would_show(lite: Bot) -> None:
    add_jmte(lite)

    text = lite.command("page")["text"]

    assert "The public page is off: nobody outside of this workspace sees anything." in text
    assert "No names of people and no notes." in text
    assert "What everybody would see" in text
    assert "Jupyter Meets the Earth" in text
    assert "*Public page*: off" in lite.command("settings")["text"]


def test_an_admin_switches_it_on_with_a_sentence_that_says_what_becomes_public(lite: Bot, site: Site) -> None:
    add_jmte(lite)
    assert site.get("/projects").status == 404

    said = lite.command("settings page on")["text"]

    assert "The public page is on now, for everybody" in said
    assert "the names, goals, outcomes, links, dates, metrics and statuses of all public projects" in said
    assert "No names of people and no notes." in said
    assert "*Public page*: on, at `/projects`" in said
    assert site.get("/projects").status == 200
    page = page_of(lite)
    assert page is not None
    assert (page.is_on, page.with_names, page.with_notes, page.changed_by) == (True, False, False, WANJIRU)

    assert "addresses answer as if they had never been there" in lite.command("settings page off")["text"]
    assert site.get("/projects").status == 404


@pytest.mark.parametrize(
    ("line", "names", "notes"),
    [
        ("page on", False, False),
        ("page on with names", True, False),
        ("page on with notes", False, True),
        ("page on with names and notes", True, True),
        ("page ON with notes, names", True, True),
    ],
)
def test_how_much_is_shown_is_said_with_it(lite: Bot, line: str, names: bool, notes: bool) -> None:  # noqa: FBT001 - a table
    lite.command(f"settings {line}")

    page = page_of(lite)

    assert page is not None
    assert (page.with_names, page.with_notes) == (names, notes)


@pytest.mark.parametrize(
    "line", ["page", "page maybe", "page on with pictures", "page onward", "page off now"]
)
def test_anything_else_changes_nothing(lite: Bot, line: str) -> None:
    before = dump(lite.database)

    assert "needs more words" in lite.command(f"settings {line}")["text"]

    assert dump(lite.database) == before


@pytest.mark.parametrize("line", ["page on", "page off", "page on with names"])
@pytest.mark.parametrize("person", [MATEO, LEILANI])
def test_nobody_but_admins_switches_it(lite: Bot, person: str, line: str) -> None:
    before = dump(lite.database)

    text = lite.command(f"settings {line}", person=person)["text"]

    assert "`/project settings page` is for admins" in text
    assert f"<@{WANJIRU}>" in text
    assert dump(lite.database) == before


def test_a_guest_looks_at_it_once_everybody_does(lite: Bot) -> None:
    add_jmte(lite)
    assert "Jupyter" not in lite.command("page", person=LEILANI)["text"]
    assert "Jupyter" not in lite.command("page jmte-pangeo", person=LEILANI)["text"]
    lite.command("settings page on")

    assert "Jupyter" in lite.command("page", person=LEILANI)["text"]


def test_the_address_stays_when_it_is_switched_off_and_on(lite: Bot, site: Site) -> None:
    add_jmte(lite)
    lite.command("settings page on")
    first = page_of(lite)
    for line in ("page off", "page on with notes"):
        lite.command(f"settings {line}")
    again = page_of(lite)

    assert first is not None
    assert again is not None
    assert (first.address, first.seed) == (again.address, again.seed)
    assert site.get(f"/projects/in/{first.address}").status == 200


@pytest.mark.parametrize("with_", ["", " with names", " with notes", " with names and notes"])
def test_the_preview_shows_all_that_everybody_sees_and_nothing_else(
    lite: Bot, site: Site, with_: str
) -> None:
    add_jmte(lite)
    add(lite, name="Of the few", slug="few", channel_id=make_private_channel(lite), goal="Whispered")
    before = seen_in(lite, "page").partition("What everybody would see")[2]
    lite.command(f"settings page on{with_}")

    preview = seen_in(lite, "page").partition("What everybody sees")[2]
    found = json.loads(site.get("/projects.json").body)
    page = text_of(site, "/projects")
    if not with_:
        assert preview == before
    for shown in (*said_by(found["projects"]), *words_in_preview(plain_of(preview))):
        assert shown in page, shown
    for shown in said_by(found["projects"]):
        assert escape(shown) in plain_of(preview), shown
    assert "few" not in preview
    for project in found["projects"]:
        whole = plain_of(seen_in(lite, f"page {project['slug']}"))
        own = json.loads(site.get(f"/projects/{project['slug']}.json").body)
        shown_whole = said_by([own]) + own["people"] + [each["name"] for each in own["children"]]
        shown_whole += [each["url"] for each in own["links"]]
        for shown in shown_whole:
            assert escape(shown) in whole, shown
            if "://" not in shown:
                assert shown in text_of(site, f"/projects/{project['slug']}"), shown


def test_the_preview_says_what_a_feed_and_a_calendar_hold_and_where_they_are(lite: Bot, site: Site) -> None:
    add_jmte(lite)
    add(lite, name="Of the few", slug="few", channel_id=make_private_channel(lite), outcomes=("Whispered",))
    lite.command("update few 1 at risk")
    lite.command("due few 1 2026-12-24")
    lite.command("update jmte-pangeo 1 at risk")
    would = lite.command("page")["text"]
    lite.command("settings page on")

    said = lite.command("page")["text"]

    held = r"a feed with (\d+) updates?{}, and a calendar with (\d+) target dates? and (\d+) check-ins?{}\."
    before = re.search(f"Beside it there would be {held.format('', '')}", would)
    after = re.search(f"Beside it are {held.format(': `([^`]+)`', ': `([^`]+)`')}", said)
    assert before is not None, would
    assert after is not None, said
    updates, feed, dates, check_ins, calendar = after.groups()
    assert before.groups() == (updates, dates, check_ins)
    assert site.get(feed).body.count(b"<entry") == int(updates) > 0
    assert site.get(calendar).body.count(b"BEGIN:VEVENT") == int(dates) + int(check_ins)


def test_every_page_of_a_long_list_can_be_looked_at(lite: Bot) -> None:
    add_many(lite, ON_A_PAGE + 2, "Reef")

    first, second, beyond = (seen_in(lite, line) for line in ("page", "page 2", "page 9"))

    assert "Page 1 of 2: `/project page 2` shows page 2, `/project page PROJECT` any project." in first
    assert "Page 2 of 2: `/project page 1` shows page 1" in second
    assert [name in first for name in ("Reef 001", "Reef 200", "Reef 201")] == [True, True, False]
    assert [name in second for name in ("Reef 200", "Reef 201", "Reef 202")] == [False, True, True]
    assert beyond == first


def test_who_sees_a_project_that_is_not_public_reads_so(lite: Bot) -> None:
    add(lite, name="Of the few", slug="few", goal="Whispered", channel_id=make_private_channel(lite))

    text = lite.command("page few")["text"]

    assert "`few` is not on the public page" in text
    assert "Whispered" not in text
    assert "No project is called “few”" in lite.command("page few", person=MATEO)["text"]


def make_private_channel(bot: Bot) -> str:
    with bot.database.write() as tx:
        return make_channel(tx, "C0FEW", WORKSPACE, private_to=[WANJIRU])


def said_by(projects: list[dict[str, Any]]) -> list[str]:
    """All the words of the JSON, as they are read."""
    found = []
    for project in projects:
        found += [project["name"], project["summary"] or project["goal"], project["owner"] or ""]
        for outcome in project["outcomes"]:
            found += [outcome["text"], outcome["owner"] or "", outcome["note"] or ""]
    return [plain(each) for each in found if each]


def words_in_preview(preview: str) -> list[str]:
    """What the preview says of each outcome: its number, its status, its text and its facts."""
    lines = [line.strip("\u2003 ") for line in preview.splitlines() if line.startswith("\u2003")]
    words = [part for line in lines for part in re.split(r" · |^\d+\. [^ ]+ |: |[“”*]", line)]
    return [html.unescape(word).strip() for word in words if word.strip()]


def plain_of(text: str) -> str:
    return re.sub(r"[*_]|\|[^>]*", "", text)


def text_of(site: Site, path: str) -> str:
    body = site.get(path).body.decode()
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"(?s)<style>.*?</style>|<[^>]+>", "", body)))

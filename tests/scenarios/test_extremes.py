"""The largest and strangest records: every page is one that Slack takes, and nothing of them is lost."""

import html
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.slack.queries import Query
from bot.slack.views.inputs import outcome_option
from storage import links, outcomes
from tests.scenarios.records import add
from tests.scenarios.test_writing import outcomes_of
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import all_buttons, buttons, heading, visible_texts

GROWING = "".join(f"a&b<c>d *e {n}_ " for n in range(400))[:3000]
"""Each of these characters needs four or five in Slack."""

STRANGE_NAMES = (
    "<!channel>",
    "<@U0SOFIA0001> & <#C0JMTE00001>",
    "[now](!channel) ![all](!here) [you](@U0SOFIA0001)",
    "*bold* _it_ ~struck~ `code` ```",
    "<b>html</b> <script>alert(1)</script>",
    "\u202eright to left\u202c",
    "مشروع المد والجزر",
    "פרויקט",
    "👩‍🔬🌊 :tada: 🇳🇴",
    "bell\x07 tab\t escape\x1b[31m",
    "   ",
    "![](x)",
    "\x1b\x07",
    "{badge}`new,badge-light`",
    "\\*not bold\\*",
    "N" * 151,
    "&" * 151,
    "W" * 3000,
    "&" * 3000,
)


def pages(bot: Bot, line: str) -> Iterator[dict[str, Any]]:
    """Every page of an answer, as somebody finds them who presses "Next page"; each is checked."""
    message = bot.type_command(line)
    while True:
        body = {"text": message.text, "blocks": message.blocks}
        yield body
        if "Next page" not in buttons(body):
            return
        assert bot.press(message, "Next page").ok
        message = bot.last_message()


def said(bodies: list[dict[str, Any]]) -> str:
    """All that the pages say, one after the other, without what stands on every page."""
    parts = []
    for body in bodies:
        first = 2 if body["blocks"][0]["type"] == "header" else 0
        texts = list(visible_texts(body["blocks"][first:]))
        parts += [text for text in texts if not re.fullmatch(r"Page [\d,]+ of [\d,]+", text)]
    return html.unescape("\n".join(parts))


def squeezed(text: str) -> str:
    """Letters and digits alone: where a text was divided does not matter, nor which marks are drawn."""
    return re.sub(r"[\W_]+", "", text)


def joined(text: str) -> str:
    """A long address goes on on the next line."""
    return text.replace("\n", "")


def test_two_hundred_outcomes_of_three_thousand_characters_are_paged_and_whole(lite: Bot) -> None:
    texts = [f"Outcome number {n}: " + "many words " * 270 for n in range(200)]
    add(lite, slug="big", name="Big", outcomes=texts)

    found = list(pages(lite, "outcomes big"))

    whole = squeezed(said(found))
    assert all(squeezed(text) in whole for text in texts)
    assert all(heading(body) == "Big" for body in found)
    assert found[-1]["text"].endswith(f"Page {len(found)} of {len(found)}")


def test_what_grows_when_escaped_is_paged_and_whole(lite: Bot) -> None:
    add(lite, slug="big", name="Big", goal=GROWING * 3, summary=GROWING, outcomes=[GROWING] * 20)

    whole = squeezed(said(list(pages(lite, "show big"))))

    assert whole.count(squeezed(GROWING)) == 3 + 1 + 20


def test_a_goal_of_ten_thousand_characters_is_whole_with_and_without_spaces(lite: Bot) -> None:
    spaced, solid = "A goal with words. " * 530, "x" * 10_000
    add(lite, slug="spaced", name="First", goal=spaced)
    add(lite, slug="solid", name="Second", goal=solid)

    assert squeezed(spaced) in squeezed(said(list(pages(lite, "goal spaced"))))
    assert solid in squeezed(said(list(pages(lite, "goal solid"))))


def test_five_hundred_links_with_long_addresses_can_all_be_opened(lite: Bot) -> None:
    kinds = ("?q=" + "a" * 2900, "?" + "&" * 2900, "/" + "é" * 300, "/short", "/" + "b" * 3200)
    urls = [f"https://example.org/{n}{kinds[n % len(kinds)]}" for n in range(500)]
    add(lite, slug="big", name="Big", links=urls)

    found = list(pages(lite, "links big"))

    whole = said(found)
    on_buttons = {button["url"] for body in found for button in all_buttons(body) if "url" in button}
    unbroken = joined(whole)
    for number, url in enumerate(urls):
        written_out = f"Link {number} ({url})" in unbroken
        assert written_out if len(url) > 3000 else f"<{url}|Link {number}>" in whole or url in on_buttons
        assert f"Link {number}" in whole


def test_a_slip_among_five_hundred_links_and_aliases_is_answered_with_the_first_of_them(lite: Bot) -> None:
    urls = [f"https://example.org/{n}?q={'a' * 300}" for n in range(500)]
    add(lite, slug="big", name="Big", links=urls, aliases=[f"big-{n}-{'a' * 100}" for n in range(500)])

    link = lite.command("link remove big nothing")["text"]
    alias = lite.command("alias remove big nothing")["text"]

    assert "and 480 more: `/project links big` shows them." in link
    assert "and 480 more: `/project edit big` shows them." in alias


def test_a_long_address_within_a_text_is_written_out(lite: Bot) -> None:
    url = "https://example.org/" + "a/" * 2000
    add(lite, slug="big", name="Big", goal=f"See [the notes]({url}) first", outcomes=[f"<{url}>"])

    whole = joined(said(list(pages(lite, "show big"))))

    assert whole.count(url) == 2
    assert "See the notes (https://" in whole


def test_three_hundred_sub_projects_are_all_named(lite: Bot) -> None:
    parent = add(lite, slug="parent", name="Parent " + "P" * 200)
    for number in range(300):
        add(lite, slug=f"child-{number}", name=f"Child {number} " + "C" * 150, parent_id=parent.id)

    whole = said(list(pages(lite, "show parent")))

    assert all(f"(`child-{number}`)" in whole for number in range(300))
    assert whole.count("C" * 150) == 300
    assert f"part of Parent {'P' * 142}…" in said(list(pages(lite, "show child-0")))


def test_strange_names_can_be_shown_listed_searched_and_chosen(bot: Bot) -> None:
    made = [
        add(bot, slug=f"odd-{n}", name=name, goal=name, summary=name, outcomes=(name,), links=(name,))
        for n, name in enumerate(STRANGE_NAMES)
    ]

    for number in range(len(made)):
        assert list(pages(bot, f"show odd-{number}"))
        assert list(pages(bot, f"links odd-{number}"))
    listed = said(list(pages(bot, "list")))
    choice = bot.command("show odd")

    assert all(f"`{project.slug}`" in listed for project in made)
    assert len(all_buttons(choice)) == 10


def test_a_name_with_nothing_to_read_in_it_is_called_by_its_slug(lite: Bot) -> None:
    add(lite, slug="unnamed", name="   ")

    assert heading(lite.command("show unnamed")) == "unnamed"
    assert "*unnamed*\n`unnamed`" in lite.command("list")["text"]


@pytest.mark.parametrize(
    "nasty",
    [
        "*" * 9000,
        "[" * 9000,
        "`" * 9000,
        "![" * 4500,
        "*a **b " * 1300,
        "<" * 9000,
        "[a](b" * 1800,
        "\\" * 9000,
    ],
)
def test_markup_made_to_take_long_is_answered_in_time(lite: Bot, nasty: str) -> None:
    add(lite, slug="nasty", name="Nasty", goal=nasty)

    answer = lite.type_command("goal nasty")

    assert "Strategic goal" in answer.text


def test_deeply_nested_outcomes_keep_room_for_words(lite: Bot) -> None:
    project = add(lite, slug="deep", name="Deep")
    with lite.database.write() as tx:
        for level in range(40):
            outcomes.add_outcome(
                tx, WORKSPACE, project.id, position=level, text=f"Level {level}", now=lite.now(), level=level
            )

    text = lite.command("show deep")["text"]

    assert "\u2003" * 8 + "*40.* Level 39" in text
    assert "\u2003" * 9 not in text


def test_links_with_words_before_them_share_a_line(lite: Bot) -> None:
    project = add(lite, slug="links", name="Links")
    with lite.database.write() as tx:
        for position, lead in enumerate(("Notes", "Notes", "", "", "Notes")):
            links.add_link(
                tx,
                WORKSPACE,
                project.id,
                position=position,
                label=f"L{position}",
                url="https://e.org",
                lead=lead,
            )

    lines = lite.command("links links")["text"].splitlines()[3:]

    assert lines == [
        "• Notes: <https://e.org|L0> · <https://e.org|L1>",
        "• <https://e.org|L2>",
        "• <https://e.org|L3>",
        "• Notes: <https://e.org|L4>",
    ]


def test_the_longest_search_still_fits_its_buttons(lite: Bot) -> None:
    answer = lite.command("search word " + '\\"\b' * 500)

    (share,) = all_buttons(answer)
    assert len(share["value"]) <= 2000
    assert Query.decode(share["value"]).words.startswith("word")


def test_a_button_of_a_page_beyond_the_record_shows_its_last(lite: Bot) -> None:
    project = add(lite, slug="small", name="Small", goal="long " * 5000)
    message = lite.type_command("goal small")
    assert message.blocks is not None
    turn = buttons({"blocks": message.blocks})["Next page"]
    turn["value"] = Query(name="goal", project_id=project.id, page=999).encode()

    lite.press(message, "Next page")

    assert lite.last_message().text.endswith("Page 3 of 3")


def test_a_menu_of_three_hundred_long_outcomes_reads_no_more_of_them_than_it_shows(lite: Bot) -> None:
    project = add(lite, slug="big", name="Big", outcomes=[f"{n} **a** " + "![" * 1400 for n in range(300)])
    found = outcomes_of(lite, project)
    began = time.thread_time()

    options = [outcome_option(outcome) for outcome in found]

    # Read whole, they take ten times as long, and Slack opens no form after three seconds.
    assert time.thread_time() - began < 3
    assert options[0]["text"]["text"].startswith("1. 0 a ![![")

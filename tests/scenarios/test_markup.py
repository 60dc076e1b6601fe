"""Whatever people and pages write comes out harmless and whole."""

import html
import re
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.mrkdwn import address, escape, link, mrkdwn, plain
from bot.slack.views.layout import section, split
from tests.support.messages import stray_markup

SNIPPETS = (
    *(
        "<!channel>",
        "<!here|here>",
        "<@U123>",
        "<#C123|x>",
        "<https://e.org|x>",
        "<!subteam^S1>",
        "&lt;",
        "&amp;lt;",
    ),
    *(
        "[a](https://e.org)",
        "[a](!channel)",
        "[a](@U1)",
        "[a](<!here>)",
        "[a](#C1)",
        "[a](javascript:alert(1))",
    ),
    *("[a]( https://e.org/?a=1&b=2|3 )", "![i](https://e.org/i.png)", "<https://e.org/a|b>", "[a](//e.org)"),
    *(
        "**",
        "*",
        "_",
        "~~",
        "`",
        "``",
        "\\",
        "\n",
        "\n\n",
        " ",
        "{badge}`new,x`",
        "[",
        "](",
        ")",
        "!",
        "|",
        "\u202e",
    ),
)
MARKDOWN = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=12).map("".join)
QUICK = settings(max_examples=150, deadline=None)


@QUICK
@given(MARKDOWN)
def test_no_text_becomes_a_mention_or_a_link_of_its_own_making(text: str) -> None:
    for written in (mrkdwn(text), escape(plain(text)), link(text, text)):
        assert stray_markup(written) == []
        assert re.search(r"<[!@#]", written) is None
        assert re.search(r"&(?!amp;|lt;|gt;)", written) is None


@QUICK
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=60))
def test_words_without_markup_stay_as_they_were_typed(text: str) -> None:
    typed = re.sub(r"[\\*_~`<>\[\]{}&!]", "", text)

    assert html.unescape(mrkdwn(typed)) == html.unescape(typed.strip())
    assert plain(typed).split() == typed.split()


@QUICK
@given(MARKDOWN)
def test_no_word_is_lost(text: str) -> None:
    words = set(re.findall(r"[a-z]{4,}", text)) - {"badge"}

    assert {word for word in words if word not in html.unescape(mrkdwn(text))} == set()


@QUICK
@given(st.lists(MARKDOWN, max_size=30), st.sampled_from([60, 200, 3000]))
def test_a_division_is_never_inside_a_link_or_an_entity_and_loses_nothing(
    texts: list[str], limit: int
) -> None:
    whole = " ".join(map(mrkdwn, texts))

    pieces = list(split(whole, limit))

    assert all(len(piece) <= limit for piece in pieces)
    assert all(piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(whole.split())
    for piece in pieces:
        assert stray_markup(piece) == []
        assert re.search(r"&(?!amp;|lt;|gt;)", piece) is None


@QUICK
@given(st.text("&<> \nab", max_size=9000))
def test_text_that_grows_when_escaped_is_divided_between_characters(text: str) -> None:
    pieces = list(split(escape(text), 3000))

    assert "".join(html.unescape("".join(pieces)).split()) == "".join(text.split())
    assert all(re.search(r"&(?!amp;|lt;|gt;)", piece) is None for piece in pieces)


def test_emphasis_code_and_links_are_written_as_slack_writes_them() -> None:
    written = mrkdwn(
        "**Bold** and *it*, ~~not~~ `a<b`, [the *page*](https://e.org/?a=1&b=2), <https://e.org>"
    )

    assert written == (
        "*Bold* and _it_, ~not~ `a&lt;b`, <https://e.org/?a=1&amp;b=2|the page>, <https://e.org>"
    )


@pytest.mark.parametrize(
    ("url", "drawn"),
    [
        ("!channel", "go (!channel)"),
        ("@U123", "go (@U123)"),
        ("#C123", "go (#C123)"),
        ("../docs/index.md", "go (../docs/index.md)"),
        ("javascript:alert(1)", "go (javascript:alert(1))"),
        ("", "go"),
        (" https://e.org/a b|c>d ", "<https://e.org/a%20b%7Cc%3Ed|go>"),
        ("https://e.org/\n<x>", "<https://e.org/%0A%3Cx%3E|go>"),
        ("mailto:a@e.org", "<mailto:a@e.org|go>"),
        ("HTTPS://E.org", "<HTTPS://E.org|go>"),
    ],
)
def test_only_addresses_become_links(url: str, drawn: str) -> None:
    assert link(url, "go") == drawn


def test_a_label_cannot_end_its_link() -> None:
    assert link("https://e.org", "a|b>c\nd") == "<https://e.org|a¦b&gt;c d>"
    assert link("https://e.org", "https://e.org") == "<https://e.org>"


def test_an_address_is_what_a_button_takes() -> None:
    assert address("https://e.org/a b") == "https://e.org/a%20b"
    assert address("ftp://e.org") is None
    assert address("https://") is None


def test_what_cannot_be_seen_does_not_turn_the_line_around() -> None:
    assert mrkdwn("a\u202eb\u202cc\x07") == "abc"
    assert plain("\u2067a\x1b[31m") == "a[31m"


def test_a_bullet_keeps_its_link() -> None:
    url = "https://e.org/" + "a" * 2000
    lines = [f"• Notes: {link(url, 'one')}", f"• Notes: {link(url, 'two')}"]

    texts = [part.text for part in section("\n".join(lines))]

    assert texts == lines


@pytest.mark.parametrize("unit", ["![a ", "*_", "We *reach* [more](https://e.org/a) people. ", "words "])
def test_a_text_of_300_kilobytes_is_drawn_at_once(unit: str) -> None:
    text = unit * (300_000 // len(unit))

    began = time.process_time()
    drawn = mrkdwn(text) + plain(text)

    assert time.process_time() - began < 0.5, "a slow core takes a tenth of that; as Markdown it took seconds"
    assert len(drawn) > len(text)


def test_a_very_long_text_is_as_it_was_typed_but_for_its_links() -> None:
    typed = "*Look* at [it](https://e.org/a), <!channel> & \u202eall. "

    drawn = mrkdwn(typed * 1000)

    each = "*Look* at [it](<https://e.org/a>), &lt;!channel&gt; &amp; all."
    assert drawn == " ".join([each] * 1000)
    assert plain(typed * 1000).startswith("*Look* at [it](https://e.org/a), <!channel> & all. *Look*")


def test_long_texts_do_not_stay_in_memory() -> None:
    tracemalloc.start()
    before = tracemalloc.take_snapshot()
    for number in range(40):
        long = f"{number} " + "words " * 15_000
        mrkdwn(long), plain(long), link(f"https://e.org/{number}", long), link(f"https://e.org/{long}", "a")
    del long
    grown = sum(each.size_diff for each in tracemalloc.take_snapshot().compare_to(before, "filename"))
    tracemalloc.stop()

    assert grown < 1_000_000, f"{grown:,} bytes"

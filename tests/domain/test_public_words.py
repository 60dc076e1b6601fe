"""What leaves the workspace of a text, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.public_words import is_public_link, public_words
from storage.records import Link


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Hubs run for *a year*", "Hubs run for *a year*"),
        (
            "see [the board](https://example.org/a#b) and #12",
            "see [the board](https://example.org/a#b) and #12",
        ),
        ("ask in #proj-jmte, please", "ask in a channel, please"),
        ("(#proj-jmte)", "(a channel)"),
        ("[here](#below)", "[here](#below)"),
        ("C# and F#", "C# and F#"),
        ("ask <#C0JMTE00001|proj-jmte> or <@U0SOFIA0001>", "ask … or …"),
        ("<!here> hello", "… hello"),
        ("said by U0SOFIA0001 in C0JMTE00001", "said by … in …"),
        ("@sofia looks into it", "somebody looks into it"),
        ("write to ana@example.org", "write to ana@example.org"),
        ("https://social.example/@ana", "https://social.example/@ana"),
        ("[notes](https://acme.slack.com/archives/C0JMTE00001/p123)", "notes"),
        ("https://acme.slack.com/archives/C0JMTE00001", "(in Slack)"),
        ("<https://acme.slack.com/archives/C1|there>", "(in Slack)"),
        ("https://notslack.com/x", "https://notslack.com/x"),
        ("https://slack.com.example.org/x", "https://slack.com.example.org/x"),
        ("UNIVERSITY and CLIMATE2030", "UNIVERSITY and CLIMATE2030"),
    ],
)
def test_what_is_of_the_workspace_alone_is_left_out(written: str, read: str) -> None:
    assert public_words(written, with_names=False) == read


def test_who_is_called_by_name_is_named_where_people_are() -> None:
    assert public_words("@sofia, in #proj", with_names=True) == "@sofia, in a channel"


@given(st.text(alphabet="<>@#!|[]()UC0ABZ19 .:/slackcomhtp", max_size=60), st.booleans())
def test_nothing_is_left_to_leave_out(text: str, with_names: bool) -> None:  # noqa: FBT001 - drawn
    once = public_words(text, with_names=with_names)

    assert "<@" not in public_words(f"{text} <@U0SOFIA0001>", with_names=with_names).rpartition(" ")[2]
    assert public_words(once, with_names=with_names).count("slack.com/") <= once.count("slack.com/")


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://example.org", True),
        ("http://example.org", True),
        ("https://acme.slack.com/archives/C1", False),
        ("HTTPS://Acme.Slack.com/archives/C1", False),
        ("slack://channel?team=T1", False),
        ("javascript:alert(1)", False),
        ("mailto:ana@example.org", False),
        ("../sheet", False),
    ],
)
def test_links_lead_to_the_web(url: str, is_public: bool) -> None:  # noqa: FBT001 - a table
    assert is_public_link(Link(id=1, label="x", url=url, lead="")) is is_public

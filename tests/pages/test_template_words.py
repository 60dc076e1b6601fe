"""What people typed does nothing on a page but say what they typed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.substitution import substitution_plugin

from bot.pages import read_page
from bot.pages.template_words import cleaned, heading, link, one_line, paragraphs
from tests.pages.typed import TEXTS, said
from tests.support.growth import require_linear_growth

HARMLESS = {
    *("paragraph_open", "paragraph_close", "inline", "text", "hardbreak", "softbreak", "code_inline"),
    *("link_open", "link_close", "em_open", "em_close", "strong_open", "strong_close"),
}


def myst() -> MarkdownIt:
    """All that a page may be read with, and more than ours."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    for plugin in (
        colon_fence_plugin,
        deflist_plugin,
        dollarmath_plugin,
        myst_block_plugin,
        myst_role_plugin,
    ):
        markdown.use(plugin)
    return markdown.use(substitution_plugin)


def kinds(markdown: str) -> set[str]:
    found = set()
    for token in myst().parse(markdown):
        found.add(token.type)
        found.update(child.type for child in token.children or ())
    return found - {"s_open", "s_close"}


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_no_text_is_more_than_words(text: str) -> None:
    written = paragraphs(text)
    assert kinds(written) <= HARMLESS, written
    assert kinds(f"Before\n\n{written}\n\nAfter") <= HARMLESS
    listed = kinds(f"- {paragraphs(text, '  ')}\n- last\n")
    assert listed - {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"} <= HARMLESS
    assert kinds(f"## {heading(text)}") <= HARMLESS | {"heading_open", "heading_close"}
    for address in re.findall(r'href="([^"]*)"', myst().render(written)):
        assert address.startswith(("https://", "http://", "mailto:"))


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_what_was_escaped_stays_as_it_is(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert one_line(one_line(text)) == one_line(text)


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_every_text_is_read_back_in_its_own_place(goal: str, first: str, second: str) -> None:
    texts = [text for text in (first, second) if cleaned(text).strip()]
    outcomes = "\n".join(f"- {paragraphs(text, '  ')}" for text in texts)
    page = f"# P\n\n## N\n\n### Strategic goal\n\n{paragraphs(goal)}\n\n### Key outcomes\n\n{outcomes}\n\n"
    page += "### Links\n\n- <https://e.org>\n"
    (project,) = read_page(page).projects

    assert said(project.goal.text if project.goal else "") == said(goal)
    assert [said(outcome.text) for outcome in project.outcomes] == [said(text) for text in texts]
    assert [link.url for link in project.links] == ["https://e.org"]


ADDRESSES = st.from_regex(r"https?://[a-z]{1,5}\.org/[!-~]{0,20}", fullmatch=True)


@settings(max_examples=120, deadline=None)
@given(ADDRESSES, TEXTS)
def test_every_safe_link_is_read_back(url: str, label: str) -> None:
    page = f"## N\n\n### Links\n\n- Board: {link(url, label)}\n- <https://e.org>\n"
    first, second = read_page(page).projects[0].links

    assert (first.url, first.lead) == (url, "Board")
    assert said(first.label) == said(label if cleaned(label).strip() else url)
    assert second.url == "https://e.org"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "page.md", "//e.org"])
def test_an_address_that_is_not_safe_is_words(url: str) -> None:
    assert "href" not in myst().render(link(url, "Click"))


@pytest.mark.parametrize(
    "text",
    [
        "Run **hubs** in the open, so that *where* does not matter",
        "What a hub costs is published on the [cost board](https://costs.example.org/jmte_(x))",
        "`code` with `` ` `` in it, 50% of 1,000, e.g. don't — co-op",
        "Two paragraphs.\n\nThe second one, <https://example.org>.",
    ],
)
def test_texts_of_records_stay_as_they_are(text: str) -> None:
    assert paragraphs(text) == text


@pytest.mark.parametrize("name", ["Team", "Links", "Goals", "C #", "# x", "TBD", "1. x", "A `b` *c*"])
def test_a_name_that_means_something_is_read_back_as_a_name(name: str) -> None:
    page = f"## Above\n\n### Goal\n\nx\n\n#### {heading(name)}\n\n##### Goal\n\ny\n"
    above, below = read_page(page).projects

    assert (above.name.text, below.parent) == ("Above", above.slug)
    assert said(below.name.text) == said(name)


@pytest.mark.parametrize("bit", ["[", "`", "``x`", "<", "\\", "[a](", "{", "(", "*", "\n- ", "!["])
def test_it_takes_time_in_line_with_the_text(bit: str) -> None:
    require_linear_growth(lambda size: paragraphs(bit * size), 500)

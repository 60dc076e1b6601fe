"""Whatever the text: a page or a ``PageError``, soon, and nothing dropped."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages import Page, PageError, decode_page, read_page
from tests.pages.reading import check
from tests.support.growth import require_linear_growth

HEADINGS = ["# ", "## ", "### ", "#### ", "##### ", "A\n---\n", "## B\n", "### Goal\n", "### Outcomes\n"]
SECTIONS = ["### Links\n", "### Team\n", "### Other\n", "(projects:x)=", "(a)="]
NAMES = [
    "Goal",
    "Key outcomes",
    "Outcomes",
    "Project information",
    "Team",
    "Links",
    "Summary",
    "TBD",
    "Alice",
]
MARKS = [
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "  ",
    "    ",
    ": ",
    "~ ",
    "> ",
    "[ ] ",
    "[x] ",
    "[^1]: ",
    " and ",
    ",",
]
BLOCKS = [
    ":::{note}",
    ":::",
    "```",
    "```{warning}",
    "% c",
    "---",
    "===",
    "<!-- ",
    "-->",
    "<div>",
    "+++",
    "$$",
]
LINKS = ["[a](https://x.org)", "[a][b]", "[b]: https://y.org", "<https://z.org>", "https://bare.org/a)"]
INLINE = [
    "\\",
    "`",
    "{badge}`x`",
    "*",
    "**",
    "_",
    "\u00e9",
    "\u5b57",
    "@bob",
    "![i](u)",
    *"[]()|",
    "words here",
]
BLANKS = [
    "\n",
    "\n\n",
    "\n",
    "\n\n",
    "\t",
    "\u2028",
    "\x0b",
    "\xa0",
    "\r",
    "\r\n",
    "\ufeff",
    "| a |\n|---|\n",
]
ATOMS = [*HEADINGS, *SECTIONS, *NAMES, *MARKS, *BLOCKS, *LINKS, *INLINE, "javascript:"]
TEXTS = st.lists(st.sampled_from(ATOMS) | st.sampled_from(BLANKS), max_size=60).map("".join)


def read(text: str) -> Page | None:
    try:
        page = read_page(text)
    except PageError:
        return None
    check(page)
    return page


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_markdown(text: str) -> None:
    read(text)
    read(f"## T\n\n### Goal\n\nx\n\n{text}")
    read(f"## T\n\nKey outcomes\n: {text}")


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_any_text(text: str) -> None:
    read("## T\n### Goal\n" + text)


@settings(deadline=None, max_examples=100)
@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    try:
        text = decode_page(data)
    except PageError:
        return
    assert text.encode() == data
    read(text)


def test_random_pages_of_project_parts() -> None:
    chance = random.Random(20261106)
    found = 0
    for _ in range(800):
        text = "## X\n" + "".join(chance.choice(chance.choice([ATOMS, BLANKS])) for _ in range(60))
        page = read(text)
        found += len(page.projects) if page else 0
    assert found > 150


DEEP = {
    "quotes": "> " * 500 + "x",
    "bullets": "".join("  " * depth + "- x\n" for depth in range(300)),
    "bullets on one line": "- " * 500 + "x",
    "brackets": "[" * 5000 + "x" + "](https://x.org)" * 5000,
    "definitions": "".join("  " * depth + "a\n" + "  " * depth + ": b\n" for depth in range(100)),
    "emphasis": "*_" * 5000 + "x",
    "fences": "".join(f"{':' * (300 - depth)}{{note}}\n" for depth in range(290)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
@pytest.mark.parametrize(
    "before", ["", "## T\n\n### Outcomes\n\n", "## T\n\n### Links\n\n- ", "## T\n\n### Goal\n\n"]
)
def test_deep_nesting_neither_fails_nor_swallows_what_follows(text: str, before: str) -> None:
    page = read(f"## First\n\n{before}{text}\n\n## Last\n\n### Goal\n\nx\n")
    assert page is not None
    if "{note}" not in text:  # an open fence goes on to the end of the page
        assert page.projects[-1].slug == "last"


REPEATED = {
    "projects": "## A\n\n### Goal\n\nx\n\n### Outcomes\n\n- a\n- b\n\n### Links\n\n- [l](https://x.org)\n\n",
    "definitions": "## A\n\nGoal\n: x\n\nOutcomes\n: - a\n  - b\n\n",
    "sub-projects": "#### A\n\nx\n\n- [l](https://x.org)\n\n",
    "outcomes": "- a [l](https://x.org)\n",
    "open brackets": "[a ![b ",
    "open brackets, a line each": "[a\n",
    "open fences": ":::{a}\n",
    "open comments": "<!-- a\n",
    "quotes": "> a\n",
    "definitions of links": "[a]: https://x.org 'x\n",
    "labels": "(a)=\n",
    "tables": "|a|b|\n|-|-|\n|c|d|\n",
    "backticks": "`a ``b ",
    "roles": "{a}`b {c}``d ",
    "bare addresses": "http://a) ",
    "tasks": "- [ ] a\n\n",
    "setext": "a\nb\n",
    "blank lines": "\n",
    "carriage returns": "a\r",
}


WITHIN_A_PARAGRAPH = {
    "blanks": ("## T\n\n### Goal\n\nx\n\n### Team\n\n- Ana{}x", "  "),
    "tabs": ("## T\n\n### Goal\n\nx\n\n### Team\n\n- Ana{}x", "\t"),
    "no-break spaces": ("## T\n\n### Goal\n\nx\n\n### Team\n\n- Ana{}x", "\u00a0"),
    "underlines": ("## T\n\n### Goal\n\nx\n\n### Team\n\n{}x", "_"),
}

OF_ANY_LENGTH = {
    "blanks after a colon fence": ("## T\n\n### Goal\n\n:::{}!\n:::\n", " "),
    "blanks in a title": ("---\ntitle: x{}x\n---\n## T\n\n### Goal\n\nx\n", " "),
    "blanks in a quoted title": ("---\ntitle: 'x{}x\n---\n## T\n\n### Goal\n\nx\n", " "),
    "open comments in a line": ("## T\n\n### Goal\n\nx {}", "<!-- "),
    "at signs in an address": ("## T\n\n### Links\n\n- [a][b]\n\n[b]: <mailto:{} x>\n", "a@"),
}


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED.keys())
@pytest.mark.parametrize(
    "before", ["## T\n\n### Links\n\n", "## T\n\n### Outcomes\n\n"], ids=["links", "outcomes"]
)
def test_time_grows_in_line_with_the_page(unit: str, before: str) -> None:
    require_linear_growth(lambda size: read_page(before + unit * (size // len(unit))), 4_000)


@pytest.mark.parametrize(("page", "unit"), WITHIN_A_PARAGRAPH.values(), ids=WITHIN_A_PARAGRAPH.keys())
def test_time_grows_in_line_with_a_paragraph(page: str, unit: str) -> None:
    # Sixteen times this is just below the length from which a paragraph is no longer looked through.
    require_linear_growth(lambda size: read_page(page.format(unit * (size // len(unit)))), 600)


@pytest.mark.parametrize(("page", "unit"), OF_ANY_LENGTH.values(), ids=OF_ANY_LENGTH.keys())
def test_time_grows_in_line_with_what_a_hostile_page_repeats(page: str, unit: str) -> None:
    require_linear_growth(lambda size: read_page(page.format(unit * (size // len(unit)))), 4_000)

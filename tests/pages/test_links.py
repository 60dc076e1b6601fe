"""Links, members, slugs, and other details of what is read."""

import pytest

from bot.pages import read_page
from bot.pages.inline import find_links
from bot.pages.links import refusal
from bot.pages.values import PageLink, PageProject
from tests.pages.reading import check, links_of, notes_of


def information(below: str) -> PageProject:
    page = read_page(f"## T\n\n### Project information\n\n{below}\n")
    check(page)
    return page.projects[0]


@pytest.mark.parametrize(
    ("below", "links"),
    [
        ("- Board: [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("- **Board**: [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("- **Board:** [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("- Board \u2013 [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("- [b](https://x.org)", [("", "b", "https://x.org")]),
        ("[b](https://x.org)", [("", "b", "https://x.org")]),
        ("Board: [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("We plan on [b](https://x.org).", [("", "b", "https://x.org")]),
        ("- We plan on [b](https://x.org).", [("We plan on", "b", "https://x.org")]),
        ("- <https://x.org/a?b=c>", [("", "https://x.org/a?b=c", "https://x.org/a?b=c")]),
        ("- see https://x.org/a_(b).", [("see", "https://x.org/a_(b)", "https://x.org/a_(b)")]),
        ("- (https://x.org/a)", [("", "https://x.org/a", "https://x.org/a")]),
        ("- <team@x.org>", [("", "team@x.org", "mailto:team@x.org")]),
        ("- [mail](mailto:team@x.org)", [("", "mail", "mailto:team@x.org")]),
        ("- [](https://x.org)", [("", "https://x.org", "https://x.org")]),
        ('- [b]( <https://x.org/a b> "title")', []),
        ('- [b]( <https://x.org/a> "title")', [("", "b", "https://x.org/a")]),
        (
            "- [b][r] and [r][]\n\n[r]: https://x.org",
            [("", "b", "https://x.org"), ("", "r", "https://x.org")],
        ),
        (
            "- Chat: [a](https://x.org), [b](https://y.org)",
            [("Chat", "a", "https://x.org"), ("Chat", "b", "https://y.org")],
        ),
        ("- Board:\n  [b](https://x.org)", [("Board", "b", "https://x.org")]),
        (
            "- Code:\n  - [a](https://x.org)\n  - Docs: [b](https://y.org)",
            [("Code", "a", "https://x.org"), ("Docs", "b", "https://y.org")],
        ),
        (
            "- [a](https://x.org)\n  1. [b](https://y.org)",
            [("", "a", "https://x.org"), ("a", "b", "https://y.org")],
        ),
        ("- [![shield](https://s.org/i.svg)](https://x.org)", [("", "shield", "https://x.org")]),
        ("- ![picture](https://s.org/i.svg)", []),
        ("- `[a](https://x.org)`", []),
        ("- {doc}`[a](https://x.org)`", []),
        ("- \\[a](x)", []),
        ("- [x] [a](https://x.org)", [("", "a", "https://x.org")]),
        ("Wiki\n: [a](https://x.org)", [("Wiki", "a", "https://x.org")]),
        ("- [a *b* `c` {d}`e`](https://x.org)", [("", "a *b* `c` {d}`e`", "https://x.org")]),
    ],
)
def test_links(below: str, links: list[tuple[str, str, str]]) -> None:
    assert links_of(information(below)) == links


def only_link(below: str) -> tuple[PageLink, str]:
    text = f"## T\n### Links\n{below}\n"
    (link,) = read_page(text).projects[0].links
    return link, text


def test_a_link_knows_the_places_of_its_parts() -> None:
    link, text = only_link("- Board: [the\n  board](<https://x.org> 'x')")
    assert link.place.of(text) == "[the\n  board](<https://x.org> 'x')"
    assert link.label == "the board"
    assert link.label_place is not None
    assert link.label_place.of(text) == "the\n  board"
    assert link.url_place is not None
    assert link.url_place.of(text) == "https://x.org"
    assert link.lead_place is not None
    assert link.lead_place.of(text) == "Board"
    assert link.item.of(text) == "- Board: [the\n  board](<https://x.org> 'x')\n"


@pytest.mark.parametrize("below", ["- [r]\n\n[r]: https://x.org", "- [r][]\n\n[r]: https://x.org"])
def test_a_label_that_names_its_definition_has_no_place_of_its_own(below: str) -> None:
    link, _ = only_link(below)
    assert (link.label, link.url, link.label_place, link.url_place) == ("r", "https://x.org", None, None)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://x.org", None),
        ("HTTP://x.org", None),
        ("mailto:a@x.org", None),
        ("javascript:alert(1)", "unsafe link"),
        ("data:text/html,x", "unsafe link"),
        ("file:///etc", "unsafe link"),
        ("ftp://x.org", "unsafe link"),
        ("../x.md", "local link"),
        ("#x", "local link"),
        ("//x.org", "local link"),
        ("https:", "local link"),
        ("https://a b", "local link"),
        ("", "local link"),
    ],
)
def test_addresses_that_are_no_links_of_a_record(url: str, kind: str | None) -> None:
    refused = refusal(url)
    assert (refused.value if refused else None) == kind


def test_words_after_a_link_are_noted() -> None:
    page = read_page("## T\n### Links\n- [a](https://x.org), every second Monday\n")
    assert [(note.kind.value, note.text) for note in page.notes] == [("prose", ", every second Monday")]


def test_a_paragraph_of_any_length_is_noted_when_it_is_too_long_to_search() -> None:
    page = read_page("## T\n### Links\n" + "[a](https://x.org) " * 1000)
    assert page.projects[0].links == ()
    assert notes_of(page) == [(3, 3, "too long")]


def test_many_brackets_end_soon() -> None:
    assert find_links("[" * 9_999 + "]", {}) == []
    assert len(find_links("[a](https://x.org)" * 500, {})) == 500

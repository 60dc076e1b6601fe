"""Links, members, slugs, and other details of what is read."""

import pytest

from bot.pages import read_page
from bot.pages.inline import find_links
from bot.pages.links import refusal
from bot.pages.slugs import LONGEST, Taken, slugify
from bot.pages.source import normalise
from bot.pages.values import PageLink, PageProject
from tests.pages.reading import check, links_of, members_of, notes_of


def information(below: str) -> PageProject:
    page = read_page(f"## T\n\n### Project information\n\n{below}\n")
    check(page)
    return page.projects[0]


def team(below: str, name: str = "Team") -> PageProject:
    page = read_page(f"## T\n\n### Goal\n\nx\n\n### {name}\n\n{below}\n")
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
        ("- [b][r] and [r][]\n\n[r]: https://x.org", [("", "b", "https://x.org"), ("", "r", "https://x.org")]),
        ("- Chat: [a](https://x.org), [b](https://y.org)", [("Chat", "a", "https://x.org"), ("Chat", "b", "https://y.org")]),
        ("- Board:\n  [b](https://x.org)", [("Board", "b", "https://x.org")]),
        ("- Code:\n  - [a](https://x.org)\n  - Docs: [b](https://y.org)",
         [("Code", "a", "https://x.org"), ("Docs", "b", "https://y.org")]),
        ("- [a](https://x.org)\n  1. [b](https://y.org)", [("", "a", "https://x.org"), ("a", "b", "https://y.org")]),
        ("- [![shield](https://s.org/i.svg)](https://x.org)", [("", "shield", "https://x.org")]),
        ("- ![picture](https://s.org/i.svg)", []),
        ("- `[a](https://x.org)`", []),
        ("- {doc}`[a](https://x.org)`", []),
        ("- \\[a](x)", []),
        ("- [x] [a](https://x.org)", [("", "a", "https://x.org")]),
        ("Wiki\n: [a](https://x.org)", [("Wiki", "a", "https://x.org")]),
        ("- [a *b* `c` {d}`e`](https://x.org)", [("", "a *b* `c` {d}`e`", "https://x.org")]),
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("below", "members"),
    [
        ("Ana Silva, Bo Chen and Cy O'Neil", [("Ana Silva", "member"), ("Bo Chen", "member"), ("Cy O'Neil", "member")]),
        ("- Ana Silva (lead)\n- Bo Chen \u2013 data engineer", [("Ana Silva", "lead"), ("Bo Chen", "data engineer")]),
        ("- Ana Silva, project lead\n- Bo", [("Ana Silva", "lead"), ("Bo", "member")]),
        ("- Lead: Ana Silva\n- Members: Bo Chen & Cy", [("Ana Silva", "lead"), ("Bo Chen", "member"), ("Cy", "member")]),
        ("- **Lead:** [Ana Silva](https://x.org/a)", [("Ana Silva", "lead")]),
        ("- [Silva, Ana](https://x.org/a)", [("Silva, Ana", "member")]),
        ("@ana and @bo-c", [("ana", "member"), ("bo-c", "member")]),
        ("- Ana Silva (@ana)\n- Bo Chen @bo", [("Ana Silva", "member"), ("Bo Chen", "member")]),
        ("Ana de la Cruz; \u5c71\u7530\u592a\u90ce", [("Ana de la Cruz", "member"), ("\u5c71\u7530\u592a\u90ce", "member")]),
        ("Ana Silva\nBo Chen", [("Ana Silva", "member"), ("Bo Chen", "member")]),
        ("TBD", []),
        ("We meet every week and decide together.", []),
        ("-", []),
    ],
)  # fmt: skip
def test_members(below: str, members: list[tuple[str, str]]) -> None:
    assert members_of(team(below)) == members


@pytest.mark.parametrize("name", ["Leads", "Shepherds", "Owner"])
def test_those_who_lead_by_the_name_of_their_section(name: str) -> None:
    assert members_of(team("Ana Silva", name)) == [("Ana Silva", "lead")]


def test_members_have_addresses_and_handles() -> None:
    ana, bo, cy = team("- [Ana Silva](https://x.org/a)\n- Bo Chen (@bo)\n- @cy").members
    assert (ana.url, ana.handle) == ("https://x.org/a", None)
    assert (bo.url, bo.handle) == (None, "bo")
    assert (cy.name, cy.handle) == ("cy", "cy")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Organization-building", "organization-building"),
        ("Dev/ops & more", "dev-ops-more"),
        ("The *big* [one](https://x.org) `x`", "the-big-one-x"),
        ("{badge}`new` thing", "new-thing"),
        ("We're \u00c5ngstr\u00f6m \u0141\u00f3d\u017a stra\u00dfe", "were-angstrom-lodz-strasse"),
        ("\u041f\u0440\u043e\u0435\u043a\u0442 \u041e\u043a\u0435\u0430\u043d", "\u043f\u0440\u043e\u0435\u043a\u0442-\u043e\u043a\u0435\u0430\u043d"),
        ("\u6d77\u6d0b\u8ba1\u5212", "\u6d77\u6d0b\u8ba1\u5212"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("\U0001f680", "project"),
        ("", "project"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * LONGEST),
    ],
)  # fmt: skip
def test_slugs(words: str, slug: str) -> None:
    assert slugify(words) == slug


def test_slugs_are_made_unique_within_their_length() -> None:
    taken = Taken()
    assert [taken.take(slug) for slug in ["a", "a-2", "a", "a"]] == ["a", "a-2", "a-3", "a-4"]
    assert [taken.take("x" * LONGEST) for _ in range(2)] == ["x" * LONGEST, "x" * (LONGEST - 2) + "-2"]


def test_a_label_keeps_its_slug_from_a_heading_that_would_have_it() -> None:
    page = read_page("## Reef\n### Goal\nx\n\n(a:reef)=\n## Other\n### Goal\nx\n\n## reef\n### Goal\nx\n")
    check(page)
    assert [project.slug for project in page.projects] == ["reef-2", "reef", "reef-3"]
    assert [(note.line, note.kind.value, note.text) for note in page.notes] == [
        (1, "repeated slug", "reef-2"),
        (10, "repeated slug", "reef-3"),
        (10, "repeated name", "reef"),
    ]


def test_of_several_labels_the_one_for_projects_counts() -> None:
    page = read_page("(projects:reef)=\n(old)=\n% moved\n\n## Corals\n### Goal\nx\n")
    check(page)
    assert (page.projects[0].slug, page.projects[0].anchor) == ("reef", "projects:reef")
    assert notes_of(page) == [(2, 2, "label"), (3, 3, "comment")]
    assert page.projects[0].place.start == 0


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a\r\n  b\r\tc", "a b c"),
        ("a\n\n  b\n \n\nc", "a\n\nb\n\nc"),
        ("a  \nb\\\nc\\\\\nd\\", "a b c\\\\ d\\"),
        ("- a\n  b\n- c", "- a b\n- c"),
        ("", ""),
    ],
)
def test_normalising(raw: str, words: str) -> None:
    assert normalise(raw) == words
    assert normalise(words) == words

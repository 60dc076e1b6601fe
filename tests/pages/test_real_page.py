import pytest

from bot.pages import Page, decode_page, read_page
from tests.pages.reading import ROOT, by_slug, check, goal_of, links_of, notes_of, outcomes_of, summary_of
from tests.support.required import skip_or_fail

PATH = ROOT.parent / "shared" / "pages" / "active-projects.md"


@pytest.fixture(scope="module")
def page() -> Page:
    if not PATH.exists():
        skip_or_fail("the real page is not beside this checkout (../shared/pages/active-projects.md)")
    return read_page(decode_page(PATH.read_bytes()))


def test_its_projects_are_found_with_their_parents(page: Page) -> None:
    assert [(project.slug, project.parent) for project in page.projects] == [
        ("organization-building", None),
        ("panfoo-pilots", None),
        ("farallon-institute", "panfoo-pilots"),
        ("catalyst-cooperative", "panfoo-pilots"),
        ("jmte-pangeo", None),
    ]
    assert [project.anchor for project in page.projects if project.anchor] == [
        "projects:panfoo-pilots",
        "projects:jmte-pangeo",
    ]


def test_jmte_has_its_goal_outcomes_and_links(page: Page) -> None:
    jmte = by_slug(page)["jmte-pangeo"]
    assert (goal_of(jmte) or "").startswith("Pangeo is a key partner")
    assert [level for level, _ in outcomes_of(jmte)] == [0] * 5
    assert [(lead, url.split("/")[2]) for lead, _, url in links_of(jmte)] == [
        ("Project management", "github.com"),
        ("Meeting notes and updates", "docs.google.com"),
    ]
    assert all("`jupyter-earth`" in label for _, label, _ in links_of(jmte))


def test_sub_projects_have_links_of_their_own(page: Page) -> None:
    farallon, catalyst = by_slug(page)["farallon-institute"], by_slug(page)["catalyst-cooperative"]
    assert [lead for lead, _, _ in links_of(farallon)] == ["project management"] * 2
    assert [lead for lead, _, _ in links_of(catalyst)] == ["Project management"]
    assert len((summary_of(catalyst) or "").split("\n\n")) == 2
    assert by_slug(page)["panfoo-pilots"].links == ()


def test_a_role_in_a_link_survives(page: Page) -> None:
    (link,) = by_slug(page)["organization-building"].links
    assert "{badge}`strategy,badge-danger`" in link.label


def test_what_is_no_record_is_noted_with_its_lines(page: Page) -> None:
    assert notes_of(page) == [(3, 6, "admonition"), (48, 48, "prose"), (77, 77, "prose")]


def test_nothing_is_dropped(page: Page) -> None:
    check(page)


def test_other_line_ends_give_the_same_records(page: Page) -> None:
    other = read_page(page.text.replace("\n", "\r\n"))
    check(other)
    for one, two in zip(page.projects, other.projects, strict=True):
        assert (one.slug, goal_of(one), summary_of(one)) == (two.slug, goal_of(two), summary_of(two))
        assert (outcomes_of(one), links_of(one)) == (outcomes_of(two), links_of(two))

"""Pages of known content, in both forms and with each line end."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages import Page, PageProject, read_page
from bot.pages.values import Place
from tests.pages.generated import Made, projects, written
from tests.pages.reading import check, goal_of, links_of, members_of, outcomes_of, summary_of

LINE_ENDS = st.sampled_from(["\n", "\r\n"])
NEW = "Quite Other Words"
PAGES = st.lists(projects(), min_size=1, max_size=3)


def as_page(made: list[Made], line_end: str) -> str:
    return ("# Our work\n\nSome words.\n\n" + "\n".join(map(written, made))).replace("\n", line_end)


def assert_is(made: Made, project: PageProject, *, is_sub: bool = False) -> None:
    assert project.name.text == made.name
    assert project.anchor == made.label
    assert summary_of(project) == " ".join(made.summary)
    assert links_of(project) == made.links
    if not is_sub:
        assert goal_of(project) == (None if made.is_goal_missing else " ".join(made.goal))
        assert outcomes_of(project) == [(level, " ".join(text)) for level, text in made.outcomes]
        assert [name for name, _ in members_of(project)] == made.members


@settings(deadline=None, max_examples=80)
@given(PAGES, LINE_ENDS)
def test_what_was_written_is_read(made: list[Made], line_end: str) -> None:
    page = read_page(as_page(made, line_end))
    check(page)
    read = iter(page.projects)
    for one in made:
        project = next(read)
        assert_is(one, project)
        for sub in one.subs:
            below = next(read)
            assert_is(sub, below, is_sub=True)
            assert below.parent == project.slug
    assert next(read, None) is None


def records(page: Page) -> list[list[object]]:
    """All values of a page, each at a place in a list, without slugs and offsets."""
    return [
        [
            ("name", project.name.text),
            ("summary", summary_of(project)),
            ("goal", goal_of(project)),
            *(("outcome", outcome.level, outcome.text) for outcome in project.outcomes),
            *(("link", link.lead, link.label, link.url) for link in project.links),
            *(("member", member.name, member.role) for member in project.members),
        ]
        for project in page.projects
    ]


Replaceable = list[tuple[object, object, Place]]


def replaceable(project: PageProject) -> Replaceable:
    """What can be replaced in a project: what its record says before and after, and the place."""
    values = [("name", project.name), ("summary", project.summary), ("goal", project.goal)]
    places: Replaceable = [((kind, value.text), (kind, NEW), value.place) for kind, value in values if value]
    places += [
        (("outcome", outcome.level, outcome.text), ("outcome", outcome.level, NEW), outcome.place)
        for outcome in project.outcomes
    ]
    for link in project.links:
        old = ("link", link.lead, link.label, link.url)
        assert link.label_place
        assert link.url_place
        places += [
            (old, ("link", link.lead, NEW, link.url), link.label_place),
            (old, ("link", link.lead, link.label, "https://new.org"), link.url_place),
        ]
    places += [
        (("member", member.name, member.role), ("member", NEW, member.role), member.place)
        for member in project.members
    ]
    return places


def replaced(text: str, place: Place, words: str) -> str:
    return text[: place.start] + words + text[place.end :]


@settings(deadline=None, max_examples=80)
@given(PAGES, LINE_ENDS, st.data())
def test_a_value_that_is_replaced_is_all_that_changes(
    made: list[Made], line_end: str, data: st.DataObject
) -> None:
    page = read_page(as_page(made, line_end))
    before = records(page)
    number = data.draw(st.integers(0, len(before) - 1))
    project = page.projects[number]
    places = replaceable(project)
    old_value, new_value, place = data.draw(st.sampled_from(places))
    words = "https://new.org" if "https://new.org" in str(new_value) else NEW
    after = read_page(replaced(page.text, place, words))
    check(after)
    changed = [
        (one, two)
        for ones, twos in zip(before, records(after), strict=True)
        for one, two in zip(ones, twos, strict=True)
        if one != two
    ]
    assert changed == [(old_value, new_value)]
    assert [project.anchor for project in after.projects] == [project.anchor for project in page.projects]
    assert [note.kind for note in after.notes if note.kind.value[:8] != "repeated"] == [
        note.kind for note in page.notes if note.kind.value[:8] != "repeated"
    ]


@settings(deadline=None, max_examples=60)
@given(PAGES, LINE_ENDS, st.data())
def test_an_outcome_can_be_added_and_taken_away(made: list[Made], line_end: str, data: st.DataObject) -> None:
    page = read_page(as_page(made, line_end))
    with_outcomes = [project for project in page.projects if project.outcomes]
    if not with_outcomes:
        return
    project = data.draw(st.sampled_from(with_outcomes))
    number = page.projects.index(project)
    group = next(group for group in project.groups if group.kind.value == "outcomes")
    end = project.outcomes[-1].item.end
    longer = read_page(page.text[:end] + f"{group.item_prefix}{NEW}{line_end}" + page.text[end:])
    assert outcomes_of(longer.projects[number]) == [*outcomes_of(project), (0, NEW)]
    shorter = read_page(replaced(longer.text, longer.projects[number].outcomes[-1].item, ""))
    assert shorter.text == page.text
    assert replace(shorter, text="") == replace(page, text="")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_places_of_whole_sections_cover_the_page_in_order(line_end: str) -> None:
    text = re.sub(
        "\n", line_end, "# P\n\n## A\n### Goal\nx\n\n(l)=\n## B\n### Links\n#### C\ny\n\n## D\n\nGoal\n: z"
    )
    page = read_page(text)
    check(page)
    assert [project.place.of(text).splitlines()[0] for project in page.projects] == [
        "## A",
        "(l)=",
        "#### C",
        "## D",
    ]
    at_top = [project.place for project in page.projects if project.parent is None]
    assert [place.end for place in at_top] == [*(place.start for place in at_top[1:]), len(text)]

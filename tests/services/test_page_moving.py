"""A project that belongs to another one by now stands there on the page, and says what it said."""

import pytest

from bot.pages import read_page
from bot.pages.page_style import PageStyle
from bot.services.page_writing import write_page_told
from storage import projects
from storage.database import Database
from storage.records import OutcomeStatus
from tests.services.page_steps import SAMPLE, WHERE, field, known, new_project, status
from tests.services.published import PLAIN, WITH_STATUS, Publisher, diff_of
from tests.services.team import PAGE
from tests.support.make import NOW, make_channel

CHAIN = """\
# Work

## Apples

### Goal

Be red.

### Outcomes

- One apple

## Boats

An intro with a [link](https://x.org/boats).

### Goal

Float.

(projects:c)=
Corals
------

**Goal**
: Grow.

Links
: - Board: [all](https://x.org/corals)

After all that, words.
"""


@pytest.fixture
def publisher(sqlite_database: Database) -> Publisher:
    return Publisher(sqlite_database)


def below(publisher: Publisher, **parents: str | None) -> None:
    """What `/project parent` does, of several projects at once."""
    with publisher.database.write() as tx:
        for slug, parent in parents.items():
            parent_id = known(tx, parent)[0].id if parent else None
            project_id = known(tx, slug.replace("_", "-"))[0].id
            projects.change_project(tx, WHERE, project_id, NOW, parent_id=parent_id)


def parents_of(text: str) -> dict[str, str | None]:
    return {project.slug: project.parent for project in read_page(text).projects}


def unmoved(publisher: Publisher, style: PageStyle = PLAIN) -> tuple[str, ...]:
    with publisher.database.read() as tx:
        return write_page_told(tx, WHERE, publisher.page_id(), style, NOW).unmoved


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_project_goes_below_another(publisher: Publisher, line_end: str) -> None:
    page = PAGE.replace("\n", line_end)
    publisher.read(page)
    below(publisher, hubs="docs")
    start = PAGE.index("(projects:hubs)=")
    moved = PAGE[start:].replace("###", "#####").replace("## Hub", "#### Hub")
    expected = PAGE[:start].replace("### Team", moved + "\n### Team").rstrip("\n") + "\n"

    written = publisher.publish()

    assert written.rstrip("\r\n") == expected.replace("\n", line_end).rstrip("\r\n")
    assert parents_of(written) == {"docs": None, "style-guide": "docs", "hubs": "docs"}
    assert unmoved(publisher) == ()

    below(publisher, hubs=None)
    assert publisher.publish().rstrip("\r\n") == page.rstrip("\r\n")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_sub_project_goes_below_another_and_back(publisher: Publisher, line_end: str) -> None:
    sample = SAMPLE.replace("\n", line_end)
    publisher.read(sample)
    below(publisher, kelp_atlas="jmte-pangeo")
    start = sample.index("(projects:kelp-atlas)=")
    end = next(project.place.end for project in read_page(sample).projects if project.slug == "kelp-atlas")

    written = publisher.publish()

    assert sample[start:end].rstrip() in written
    assert parents_of(written)["kelp-atlas"] == "jmte-pangeo"
    assert not [
        line for line in diff_of(sample, written) if line[0] == "-" and line[2:] not in sample[start:end]
    ]

    below(publisher, kelp_atlas="hub-pilots")
    assert sorted(publisher.publish().splitlines()) == sorted(sample.splitlines())


def test_a_sub_project_of_few_words_becomes_a_project(publisher: Publisher) -> None:
    publisher.read(PAGE)
    below(publisher, style_guide=None)

    written = publisher.publish()

    assert written.endswith(
        """
- Four labs have taught a course

## Style guide

How we write.

- Chat: [channel](https://x.org/chat)

### Strategic goal

TBD
"""
    )
    assert parents_of(written) == {"docs": None, "hubs": None, "style-guide": None}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("style", [PLAIN, WITH_STATUS], ids=["plain", "with status"])
def test_chains_move_at_once(publisher: Publisher, style: PageStyle, line_end: str) -> None:
    publisher.read(CHAIN.replace("\n", line_end))
    with publisher.database.write() as tx:
        status("apples", 1, OutcomeStatus.AT_RISK)(tx)
    publisher.publish(style)
    below(publisher, apples="boats", boats="c")

    written = publisher.publish(style)

    assert parents_of(written) == {"c": None, "boats": "c", "apples": "boats"}
    assert "(projects:c)=" in written
    assert "After all that, words." in written
    assert "An intro with a [link](https://x.org/boats)." in written
    assert ("*(at risk · " in written) is (style is WITH_STATUS)
    assert ("\r" in written) == (line_end == "\r\n")

    below(publisher, c="apples", boats=None)  # all the other way round, in one go
    assert parents_of(publisher.publish(style)) == {"boats": None, "apples": "boats", "c": "apples"}

    below(publisher, apples=None, boats=None, c=None)
    assert set(parents_of(publisher.publish(style)).values()) == {None}


def test_what_is_below_moves_along_and_may_go_its_own_way(publisher: Publisher) -> None:
    publisher.read(PAGE)
    below(publisher, docs="hubs")
    assert parents_of(publisher.publish()) == {"hubs": None, "docs": "hubs", "style-guide": "docs"}

    below(publisher, docs=None, style_guide="hubs")
    assert parents_of(publisher.publish()) == {"hubs": None, "style-guide": "hubs", "docs": None}


def test_what_changes_as_well_is_written_where_it_goes(publisher: Publisher) -> None:
    publisher.read(PAGE)
    below(publisher, hubs="docs")
    publisher.change("hubs", name="Pilots", goal="Labs run hubs.")
    publisher.change_outcome("hubs", 1, text="Five labs")

    written = publisher.publish()

    assert "(projects:hubs)=\n#### Pilots\n\n##### Strategic goal\n\nLabs run hubs.\n" in written
    assert "- Five labs\n" in written


def test_what_was_below_an_archived_one_stays_when_that_goes(publisher: Publisher) -> None:
    publisher.read(PAGE)
    below(publisher, style_guide="hubs")
    publisher.change("docs", state="archived")

    assert parents_of(publisher.publish()) == {"hubs": None, "style-guide": "hubs"}


def test_what_the_page_cannot_show_stays_where_it_is_and_is_told(publisher: Publisher) -> None:
    deep = "## Deep\n\n### Goal\n\nG\n\n#### A\n\n##### Goal\n\nB\n\n##### Outcomes\n\n- one\n"
    page = f"{deep}\n## Other\n\n### Goal\n\nG\n\n### Outcomes\n\n- two\n\n##### Far down\n\nProse.\n"
    publisher.read(page)
    below(publisher, other="a")

    assert publisher.publish() == page
    assert unmoved(publisher) == ("other",)
    assert publisher.project("other").parent_id == publisher.project("a").id


def test_one_whose_parent_is_not_on_the_page_stays(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.read("## Boats\n\n### Goal\n\nSail.\n", "boats.md")
    below(publisher, style_guide="boats", hubs="boats")

    assert publisher.publish() == PAGE
    assert unmoved(publisher) == ("style-guide",)


@pytest.mark.parametrize("parent", [None, "hubs"], ids=["of its own", "below another"])
def test_one_goes_below_a_project_that_is_new_itself(publisher: Publisher, parent: str | None) -> None:
    publisher.read(PAGE)
    with publisher.database.write() as tx:
        new_project("fleet", parent, name="The fleet", goal="Sail.")(tx)
    below(publisher, docs="fleet", style_guide="hubs")
    publisher.change("docs", goal="Found.")

    written = publisher.publish()

    assert parents_of(written) == {"hubs": None, "style-guide": "hubs", "fleet": parent, "docs": "fleet"}
    assert unmoved(publisher) == ()


def test_that_it_belongs_to_a_private_project_is_not_said(publisher: Publisher) -> None:
    publisher.read(PAGE)
    with publisher.database.write() as tx:
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        make_channel(tx, "C0HUBS")
        field("docs", channel_id="C0SECRET")(tx)
        field("hubs", channel_id="C0HUBS")(tx)
    below(publisher, hubs="docs")

    assert parents_of(publisher.publish()) == {"hubs": None}
    assert unmoved(publisher) == ()


def test_a_parent_that_is_held_stays(publisher: Publisher) -> None:
    publisher.read(PAGE)
    below(publisher, hubs="docs")

    assert publisher.write(held=((publisher.project("hubs").id, "parent", None),)) == PAGE


def test_of_two_of_one_name_each_keeps_its_address(publisher: Publisher) -> None:
    text = "".join(f"## {name}\n\n### Goal\n\nGoal.\n\n" for name in ("Reef", "Boats", "Reef"))
    publisher.read(text)
    below(publisher, reef="reef-2")

    written = publisher.publish()

    assert parents_of(written) == {"boats": None, "reef-2": None, "reef": "reef-2"}
    assert "(projects:reef)=\n#### Reef\n" in written


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_new_projects_go_among_those_in_order(publisher: Publisher, line_end: str) -> None:
    page = "".join(f"## {name}\n\n### Goal\n\nG\n\n" for name in ("Boats", "corals", "Dunes"))
    publisher.read(page.replace("\n", line_end))
    with publisher.database.write() as tx:
        for name in ("Eels", "Cod", "Crabs", "Algae"):
            new_project(name.casefold(), name=name, goal="G")(tx)

    names = [project.name.text for project in read_page(publisher.publish()).projects]

    assert names == ["Algae", "Boats", "Cod", "corals", "Crabs", "Dunes", "Eels"]


@pytest.mark.parametrize("names", [("Boats", "Dunes"), ("Dunes", "Boats", "Corals")], ids=" ".join)
def test_new_projects_go_behind_the_last_where_there_is_no_order(
    publisher: Publisher, names: tuple[str, ...]
) -> None:
    page = "".join(f"## {name}\n\n### Goal\n\nG\n\n" for name in names)
    publisher.read(page)
    with publisher.database.write() as tx:
        new_project("cod", name="Cod", goal="G")(tx)

    written = publisher.publish()

    assert written.startswith(page)
    assert written.endswith("## Cod\n\n### Goal\n\nG\n")

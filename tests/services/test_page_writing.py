"""One change at a time in the records: the page differs there, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage import links, members, outcomes, project_parts, projects
from storage.database import Database, Tx
from storage.records import Outcome, OutcomeStatus, Project, ProjectParts, UpdateSource
from tests.pages.test_real_page import PATH as REAL_PAGE
from tests.services.published import MARKED, PLAIN, WITH_STATUS, Publisher, diff_of
from tests.services.team import PAGE
from tests.support.make import NOW, SEES, make_channel, make_project, say
from tests.support.required import skip_or_fail

SAMPLE = (Path(__file__).parents[2] / "bot" / "pages" / "sample.md").read_text(encoding="utf-8")
WHERE = "T0TEST"
Step = Callable[[Tx], None]


@pytest.fixture
def publisher(sqlite_database: Database) -> Publisher:
    return Publisher(sqlite_database)


def known(tx: Tx, slug: str) -> tuple[Project, tuple[Outcome, ...], ProjectParts]:
    project = projects.find_project_by_slug(tx, WHERE, slug)
    assert project is not None
    parts = project_parts.get_parts(tx, WHERE, SEES, project.id)
    return project, outcomes.list_outcomes(tx, WHERE, project.id), parts


def field(slug: str, **values: object) -> Step:
    return lambda tx: projects.change_project(tx, WHERE, known(tx, slug)[0].id, NOW, **values)


def outcome(slug: str, number: int, **values: object) -> Step:
    return lambda tx: outcomes.change_outcome(tx, WHERE, known(tx, slug)[1][number - 1].id, NOW, **values)


def new_outcome(slug: str, text: str, **values: int) -> Step:
    def do(tx: Tx) -> None:
        outcomes.add_outcome(tx, WHERE, known(tx, slug)[0].id, text=text, now=NOW, **values)

    return do


def order(slug: str, *numbers: int) -> Step:
    def do(tx: Tx) -> None:
        record = known(tx, slug)[1]
        outcomes.order_outcomes(tx, WHERE, [record[number - 1].id for number in numbers])

    return do


def new_link(slug: str, label: str, url: str) -> Step:
    return lambda tx: void(links.add_link(tx, WHERE, known(tx, slug)[0].id, label=label, url=url))


def no_link(slug: str, *numbers: int) -> Step:
    def do(tx: Tx) -> None:
        ids = [each.id for each in known(tx, slug)[2].links]
        for number in numbers:
            links.change_link(tx, WHERE, ids[number - 1], removed_at=NOW)

    return do


def link(slug: str, number: int, **values: str) -> Step:
    return lambda tx: links.change_link(tx, WHERE, known(tx, slug)[2].links[number - 1].id, **values)


def new_member(slug: str, **values: str) -> Step:
    return lambda tx: void(members.add_member(tx, WHERE, known(tx, slug)[0].id, **values))


def no_member(slug: str, number: int) -> Step:
    return lambda tx: members.change_member(
        tx, WHERE, known(tx, slug)[2].members[number - 1].id, removed_at=NOW
    )


def new_project(slug: str, parent: str | None = None, **values: object) -> Step:
    def do(tx: Tx) -> None:
        parent_id = known(tx, parent)[0].id if parent else None
        make_project(tx, slug=slug, parent_id=parent_id, **values)

    return do


def status(slug: str, number: int, said: OutcomeStatus, days: int = 0) -> Step:
    return lambda tx: void(say(tx, known(tx, slug)[1][number - 1], said, ago=timedelta(days=days)))


def void(_: object) -> None:
    """A step gives nothing back."""


CASES: dict[str, tuple[str, Step, str]] = {
    "an outcome": (
        PAGE,
        outcome("docs", 1, text="Thirty *questions* have a page"),
        """\
- - Twenty questions have a page
+ - Thirty *questions* have a page
""",
    ),
    "an outcome that is only words": (
        PAGE,
        outcome("docs", 3, text="# and <b>a</b>\n- date"),
        """\
-   - and a date
+   - \\# and \\<b>a\\</b>\\
+     \\- date
""",
    ),
    "an outcome in two paragraphs": (
        SAMPLE,
        outcome("docs-refresh", 4, text="Broken links are found\n\nand mended"),
        """\
-   - Broken links are found by us within a day, and not by readers
+   - Broken links are found
+ 
+     and mended
""",
    ),
    "a goal in lines of its own": (
        SAMPLE,
        field(
            "jmte-pangeo",
            goal="Show that a small non-profit can run **research-grade cloud hubs in the open**, at a cost that a"
            " field station can pay, so that where a scientist works no longer decides which questions they ask.",
        ),
        """\
- afford, so that where a scientist works no longer decides which questions they can ask.
+ pay, so that where a scientist works no longer decides which questions they ask.
""",
    ),
    "a goal where there was none": (
        SAMPLE,
        field("grants-2027", goal="Have enough\n\n- for all"),
        """\
- TBD, at the next team meeting
+ Have enough
+ 
+ \\- for all
""",
    ),
    "no goal": (
        PAGE,
        field("docs", goal=""),
        """\
- 
- A newcomer finds the answer.
""",
    ),
    "no goal in a definition": (
        SAMPLE,
        field("community-calls", goal=""),
        """\
- : Nobody who runs a hub for a community should have to solve alone what another community has solved already.
+ : TBD
""",
    ),
    "a name": (PAGE, field("docs", name="Docs #"), "- ## Documentation\n+ ## Docs \\#\n"),
    "a name without a label": (
        PAGE,
        field("style-guide", name="How we write"),
        "- #### Style guide\n+ #### How we write\n",
    ),
    "a summary": (
        PAGE,
        field("docs", summary="We *write*."),
        "- Our guides grew by chance.\n+ We *write*.\n",
    ),
    "a first summary": (PAGE, field("hubs", summary="We try."), "+ We try.\n+ \n"),
    "a new outcome": (PAGE, new_outcome("docs", "All is read"), "+ - All is read\n"),
    "a new outcome in a definition": (SAMPLE, new_outcome("docs-refresh", "New"), "+   - New\n"),
    "a new outcome with a number": (SAMPLE, new_outcome("hub-pilots", "New"), "+ 5. New\n"),
    "a new part of an outcome": (PAGE, new_outcome("docs", "Deep", level=1), "+   - Deep\n"),
    "a new outcome at the end of the page": (PAGE, new_outcome("hubs", "New"), "+ - New\n"),
    "a first outcome": (
        PAGE,
        new_outcome("style-guide", "New"),
        """\
+ ##### Key outcomes
+ 
+ - New
+ 
""",
    ),
    "no outcome": (PAGE, outcome("docs", 4, removed_at=NOW), "- - Links are checked daily\n"),
    "no outcome at the start of a definition": (
        SAMPLE,
        outcome("docs-refresh", 1, removed_at=NOW),
        """\
- : - The twenty questions asked most often each have one page, and search finds it first
-   - Every page names an owner and the date on which somebody last followed it
+ : - Every page names an owner and the date on which somebody last followed it
""",
    ),
    "a dropped outcome": (
        PAGE,
        status("docs", 1, OutcomeStatus.DROPPED),
        "- - Twenty questions have a page\n",
    ),
    "another order": (
        PAGE,
        order("docs", 4, 1, 2, 3),
        """\
+ - Links are checked daily
- - Links are checked daily
""",
    ),
    "another order of numbers": (
        SAMPLE,
        order("hub-pilots", 2, 1, 3, 4),
        """\
- 1. Four labs have taught at least one course on their hub
- 2. The set-up guide has been followed by someone who is not on our team, start to finish
? ^

+ 1. The set-up guide has been followed by someone who is not on our team, start to finish
? ^

+ 2. Four labs have taught at least one course on their hub
""",
    ),
    "a label of a link": (
        PAGE,
        link("docs", 1, label="*a* board"),
        """\
- - Board: [the board](https://x.org/board)
+ - Board: [*a* board](https://x.org/board)
""",
    ),
    "an address": (
        PAGE,
        link("docs", 2, url="https://y.org/a(b"),
        """\
- - Notes: [the notes](https://x.org/notes)
+ - Notes: [the notes](<https://y.org/a(b>)
""",
    ),
    "a new link": (PAGE, new_link("docs", "New", "https://y.org"), "+ - [New](https://y.org)\n"),
    "a new link without a label": (
        SAMPLE,
        new_link("tide-gauges", "", "https://y.org"),
        "+ - <https://y.org>\n",
    ),
    "a new link in a definition": (
        SAMPLE,
        new_link("docs-refresh", "New", "https://y.org"),
        "+   - [New](https://y.org)\n",
    ),
    "a new link below a sub-project": (
        SAMPLE,
        new_link("kelp-atlas", "New", "https://y.org"),
        "+ - [New](https://y.org)\n",
    ),
    "a first link": (
        PAGE,
        new_link("hubs", "New", "https://y.org"),
        """\
+ 
+ ### Project information
+ 
+ - [New](https://y.org)
""",
    ),
    "no link": (PAGE, no_link("docs", 1), "- - Board: [the board](https://x.org/board)\n"),
    "no links below some words": (
        SAMPLE,
        no_link("jmte-pangeo", 3, 4),
        """\
- - Infrastructure:
-   - [deployment repository](https://github.example.com/tidewater/jmte-hubs)
-   - [status of the hubs](https://status.example.org/jmte)
""",
    ),
    "no link in a definition": (
        SAMPLE,
        no_link("community-calls", 1),
        """\
- : - Agenda and notes: [running document](https://notes.example.org/community-calls)
-   - Calendar: [subscribe](https://calendar.example.org/community-calls.ics)
+ : - Calendar: [subscribe](https://calendar.example.org/community-calls.ics)
""",
    ),
    "a new member": (PAGE, new_member("docs", name="Cy de Wit"), "+ - Cy de Wit\n"),
    "a new lead in a line": (
        SAMPLE,
        new_member("hub-pilots", name="Cy de Wit", role="lead"),
        """\
- Priya Raghunathan and Mateo Quispe
+ Priya Raghunathan, Mateo Quispe and Cy de Wit
""",
    ),
    "somebody of the workspace": (
        SAMPLE,
        new_member("community-calls", user_id="U0ANA"),
        """\
- : Haruki Tanaka
+ : Haruki Tanaka, U0ana (member)
""",
    ),
    "no member": (PAGE, no_member("docs", 1), "- - Ana Silva (lead)\n"),
    "no member in a line": (
        SAMPLE,
        no_member("hub-pilots", 1),
        """\
- Priya Raghunathan and Mateo Quispe
+ Mateo Quispe
""",
    ),
    "no member in a definition": (SAMPLE, no_member("community-calls", 1), "- : Haruki Tanaka\n+ : TBD\n"),
    "a new project": (
        PAGE,
        new_project(
            "new-one",
            name="New one",
            summary="Why",
            goal="Do it",
            outcomes=["A", "B"],
            links=["https://y.org"],
        ),
        """\
+ 
+ (projects:new-one)=
+ ## New one
+ 
+ Why
+ 
+ ### Strategic goal
+ 
+ Do it
+ 
+ ### Key outcomes
+ 
+ - A
+ - B
+ 
+ ### Project information
+ 
+ - [Link 0](https://y.org)
""",
    ),
    "a new sub-project": (
        PAGE,
        new_project("new-one", "docs", name="New one", summary="Why", links=["https://y.org"]),
        """\
+ #### New one
+ 
+ Why
+ 
+ - [Link 0](https://y.org)
+ 
""",
    ),
    "a project that is archived": (
        PAGE,
        field("hubs", state="archived"),
        """\
- 
- (projects:hubs)=
- ## Hub pilots
- 
- ### Strategic goal
- 
- Labs run their own hubs.
- 
- ### Key outcomes
- 
- - Four labs have taught a course
""",
    ),
    "a sub-project that is archived": (
        PAGE,
        field("style-guide", state="archived"),
        """\
- #### Style guide
- 
- How we write.
- 
- - Chat: [channel](https://x.org/chat)
- 
""",
    ),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("page", "step", "diff"), CASES.values(), ids=CASES.keys())
def test_one_change_is_one_place(
    publisher: Publisher, page: str, step: Step, diff: str, line_end: str
) -> None:
    publisher.read(page.replace("\n", line_end))
    with publisher.database.write() as tx:
        step(tx)

    written = publisher.publish()

    expected = "".join(line for line in diff.splitlines(keepends=True) if line[0] in "+-")
    assert "".join(diff_of(page.replace("\n", line_end), written)) == expected.replace("\n", line_end)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("begins", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("ends", ["", "\n", "\n\n  \n"])
def test_unchanged_records_give_the_same_bytes(
    publisher: Publisher, line_end: str, begins: str, ends: str
) -> None:
    odd = PAGE.replace("daily\n", "daily  \n").replace("chance.\n", "chance. \t\n\n\n")
    text = (begins + odd.rstrip("\n") + ends).replace("\n", line_end)
    publisher.read(text)

    assert publisher.write() == text
    publisher.publish(WITH_STATUS)
    assert publisher.publish() == text


def test_the_sample_and_the_real_page_give_the_same_bytes(publisher: Publisher) -> None:
    if not REAL_PAGE.exists():
        skip_or_fail("the real page is not beside this checkout (../shared/pages/active-projects.md)")
    for text in (SAMPLE, REAL_PAGE.read_bytes().decode()):
        for line_end in ("\n", "\r\n"):
            publisher.read(text.replace("\n", line_end))
            assert publisher.write() == text.replace("\n", line_end)


def test_how_things_stand_is_said_behind_what_stands(publisher: Publisher) -> None:
    publisher.read(PAGE)
    with publisher.database.write() as tx:
        status("docs", 1, OutcomeStatus.ON_TRACK)(tx)
        status("docs", 2, OutcomeStatus.DROPPED, 1)(tx)
        status("docs", 4, OutcomeStatus.AT_RISK, 90)(tx)

    assert (
        "".join(diff_of(PAGE, publisher.publish(WITH_STATUS)))
        == """\
+ 
+ *Last checked: 4 May 2026*
- - Twenty questions have a page
- - Every page names an owner
-   - and a date
- - Links are checked daily
+ - Twenty questions have a page *(on track · 4 May 2026)*
+ - Every page names an owner *(dropped · 3 May 2026)*
+   - and a date *(no update yet)*
+ - Links are checked daily *(at risk · 3 Feb 2026 · may be out of date)*
+ *Last checked: not yet*
+ 
- - Four labs have taught a course
+ - Four labs have taught a course *(no update yet)*
"""
    )


def test_a_status_past_its_freshness_says_so_without_another_word(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.say("docs", 1)
    fresh, stale = publisher.write(WITH_STATUS), publisher.write(WITH_STATUS, days=60)

    assert (
        "".join(diff_of(fresh, stale))
        == """\
- - Twenty questions have a page *(on track · 4 May 2026)*
+ - Twenty questions have a page *(on track · 4 May 2026 · may be out of date)*
"""
    )


def test_what_is_archived_is_marked_where_that_is_wanted(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change("docs", state="archived")

    assert diff_of(PAGE, publisher.publish(MARKED)) == ["+ \n", "+ *This project is archived.*\n"]

    publisher.change("docs", state="active")
    assert publisher.publish(MARKED) == PAGE


def test_a_project_that_was_archived_and_is_not_is_back(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change("hubs", state="archived")
    assert "Hub pilots" not in publisher.publish()

    publisher.change("hubs", state="active")
    assert publisher.publish() == PAGE


def test_an_archived_project_stays_for_the_sake_of_those_below_it(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change("docs", state="archived")
    assert diff_of(PAGE, publisher.publish()) == ["+ \n", "+ *This project is archived.*\n"]

    publisher.change("style-guide", state="archived")
    without = publisher.publish()
    assert "Documentation" not in without
    assert "Style guide" not in without


def test_a_project_that_somebody_took_off_the_page_stays_off(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.say("hubs", 1)
    shorter = PAGE[: PAGE.index("\n(projects:hubs)=")]
    publisher.read(shorter)
    assert publisher.project("hubs").state.value == "active"

    assert publisher.write() == shorter


def test_nothing_that_is_said_of_a_private_project_is_on_a_page(publisher: Publisher) -> None:
    publisher.read(PAGE)
    with publisher.database.write() as tx:
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        hubs = known(tx, "hubs")[0].id
    published = publisher.publish(WITH_STATUS)
    with publisher.database.write() as tx:
        projects.change_project(tx, WHERE, hubs, NOW, channel_id="C0SECRET", goal="Secret")
        say(tx, known_all(tx, hubs)[0], OutcomeStatus.AT_RISK)
        make_project(tx, name="Secret", parent_id=hubs, goal="Secret", outcomes=["Secret"])
        make_project(tx, name="Secret too", channel_id="C0SECRET", goal="Secret", outcomes=["Secret"])

    written = publisher.publish(WITH_STATUS)

    assert "ecret" not in written
    assert written.endswith("- Four labs have taught a course\n")
    assert "Labs run their own hubs." in written
    assert published.count("Last checked") == 2
    assert written.count("Last checked") == 1


def known_all(tx: Tx, project_id: int) -> tuple[Outcome, ...]:
    return outcomes.list_outcomes(tx, WHERE, project_id)


def test_what_is_held_stays_as_the_page_has_it(publisher: Publisher) -> None:
    publisher.read(PAGE)
    docs = publisher.project("docs")
    first = publisher.outcomes("docs")[0]
    publisher.change_outcome("docs", 1, text="Said in chat")
    publisher.change("docs", goal="Said in chat", name="Said")

    held = ((docs.id, "outcome", first.id), (docs.id, "goal", None))

    assert "".join(diff_of(PAGE, publisher.write(held=held))) == "- ## Documentation\n+ ## Said\n"


def test_a_heading_that_would_be_the_address_of_another_project_gets_a_label(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change("style-guide", name="Hubs")

    assert "(projects:style-guide)=\n#### Hubs\n" in publisher.publish()


def test_several_pages_have_each_their_own_projects(publisher: Publisher) -> None:
    publisher.read(PAGE)
    other = "## Boats\n\n### Goal\n\nSail.\n"
    publisher.read(other, "boats.md")
    with publisher.database.write() as tx:
        make_project(tx, name="Oars", slug="oars", goal="Row.")
        make_project(tx, name="Sails", slug="sails", parent_id=known(tx, "boats")[0].id, summary="Up.")

    assert "Sails" not in publisher.write()
    assert publisher.write().endswith("### Strategic goal\n\nRow.\n")


def test_what_an_import_dropped_for_being_gone_does_not_come_back(publisher: Publisher) -> None:
    publisher.read(PAGE)
    shorter = PAGE.replace("- Links are checked daily\n", "")
    publisher.read(shorter)
    last = publisher.outcomes("docs")[-1]
    assert (last.status, last.newest and last.newest.source) == (OutcomeStatus.DROPPED, UpdateSource.PAGE)

    assert publisher.write() == shorter
    assert "checked daily" not in publisher.write(WITH_STATUS)


def test_words_that_only_hold_a_place_are_not_written_again_and_again(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change_outcome("docs", 1, text="TBD")
    with publisher.database.write() as tx:
        outcomes.add_outcome(tx, WHERE, known(tx, "docs")[0].id, text="TBD", now=NOW)

    assert publisher.write(PLAIN) == PAGE


def test_nobody_who_says_something_while_a_page_is_published_is_overheard(publisher: Publisher) -> None:
    publisher.read(PAGE)
    publisher.change_outcome("docs", 1, text="Said before")
    text = publisher.write()
    publisher.change_outcome("docs", 1, text="Something else altogether")
    publisher.keep(text)

    assert publisher.read(text).updated == 0
    assert "- Something else altogether\n" in publisher.publish()

"""One change at a time in the records: the page differs there, and nowhere else."""

import pytest

from storage import outcomes, projects
from storage.database import Database, Tx
from storage.records import Outcome, OutcomeStatus, ProjectState, UpdateSource
from tests.pages.test_real_page import PATH as REAL_PAGE
from tests.services import page_cases, page_cases_of_parts
from tests.services.page_steps import SAMPLE, WHERE, Step, known, status
from tests.services.published import MARKED, PLAIN, WITH_STATUS, Publisher, diff_of
from tests.services.team import PAGE
from tests.support.make import NOW, make_channel, make_project, say
from tests.support.required import skip_or_fail

CASES = page_cases.CASES | page_cases_of_parts.CASES


@pytest.fixture
def publisher(sqlite_database: Database) -> Publisher:
    return Publisher(sqlite_database)


@pytest.mark.parametrize(
    ("page", "step", "diff", "line_end"),
    # In turn: that line ends are kept is no matter of what changes, and has tests of its own.
    [(*case, "\r\n" if number % 2 else "\n") for number, case in enumerate(CASES.values())],
    ids=CASES.keys(),
)
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

    assert diff_of(PAGE, publisher.publish(MARKED)) == ["+\n", "+ *This project is archived.*\n"]

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
    assert diff_of(PAGE, publisher.publish()) == ["+\n", "+ *This project is archived.*\n"]

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


def test_two_that_are_archived_at_the_end_of_a_page_both_leave(publisher: Publisher) -> None:
    last = "\n## Boats\n\n### Goal\n\nSail.\n"
    publisher.read(PAGE + last)
    publisher.change("hubs", state=ProjectState.ARCHIVED.value)
    publisher.change("boats", state=ProjectState.ARCHIVED.value)

    assert publisher.publish() == PAGE[: PAGE.index("\n(projects:hubs)=")]


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
    assert "hubs" not in written
    assert "no update yet" in published
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
    publisher.read("## Boats\n\n### Goal\n\nSail.\n", "boats.md")
    publisher.change("style-guide", name="Boats")

    assert "(projects:style-guide)=\n#### Boats\n" in publisher.publish()


def test_of_several_projects_of_one_name_each_keeps_its_address(publisher: Publisher) -> None:
    text = "".join(f"## Reef\n\n### Goal\n\nGoal {number}.\n\n" for number in range(3))
    publisher.read(text)
    publisher.change("reef", name="Corals")

    assert publisher.publish() == text.replace("## Reef", "(projects:reef)=\n## Corals", 1)

    publisher.change("reef", state="archived")
    publisher.change("reef-2", state="archived")
    assert publisher.publish() == "(projects:reef-3)=\n## Reef\n\n### Goal\n\nGoal 2.\n\n"


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


def test_on_each_database(database: Database) -> None:
    publisher = Publisher(database)
    publisher.read(PAGE)
    publisher.say("docs", 1)
    with database.write() as tx:
        make_project(tx, name="Boats", slug="boats", goal="Sail.", outcomes=["Away"], members=["Ana Silva"])

    assert publisher.publish(WITH_STATUS).endswith("- Away *(no update yet)*\n\n### Team\n\n- Ana Silva\n")

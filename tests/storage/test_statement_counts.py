"""How many statements it takes, whatever the size of the record."""

from datetime import timedelta

import pytest

from bot.domain.cadence_words import parse_cadence
from bot.services.asking import Asker
from bot.services.digests import Going, set_digest
from bot.services.editions import open_due_editions
from bot.services.finding import find_meant_project
from bot.services.homes import read_home
from bot.services.reading import LISTS, read_list, read_record, read_search, read_shown_record
from bot.slack.every_kind import KINDS
from bot.slack.kinds import Ready
from storage.charts_drawn import record_charts
from storage.database import Database
from storage.delivery_claims import claim_deliveries
from storage.digests import DigestKind
from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus
from tests.support.make import NOW, make_project, make_workspace, say
from tests.support.statements import recorded_statements

ASKER = Asker("T0TEST", "U0ANA", "C0DOCS")


@pytest.fixture
def large(database: Database) -> Database:
    """A small project, and a large one with 60 of everything."""
    with database.write() as tx:
        make_workspace(tx)
        parent = make_project(tx, slug="parent")
        project = make_project(
            tx,
            slug="jmte-pangeo",
            name="Jupyter meets the Earth",
            owner_id="U0ANA",
            channel_id="C0DOCS",
            parent_id=parent.id,
            outcomes=[f"Outcome {number}" for number in range(60)],
            links=[f"https://example.org/{number}" for number in range(60)],
            members=[f"Member {number}" for number in range(60)],
            aliases=[f"alias-{number}" for number in range(60)],
        )
        for number in range(60):
            make_project(tx, slug=f"child-{number}", parent_id=project.id)
        for outcome in list_outcomes(tx, "T0TEST", project.id):
            say(tx, outcome, OutcomeStatus.ON_TRACK)
            say(tx, outcome, OutcomeStatus.DONE)
    return database


def test_showing_a_project_takes_three_statements_at_most(large: Database) -> None:
    for typed in ("jmte-pangeo", "JMTE", "pang", "eets the", "alias-7", "", "<#C0DOCS|docs>"):
        with large.read() as tx, recorded_statements() as statements:
            project = find_meant_project(tx, ASKER, typed, command="show")
            record = read_record(tx, ASKER, project)

        assert (len(record.outcomes), len(record.parts.links), len(record.parts.children)) == (60, 60, 60)
        assert len(statements) <= 3, typed


def test_where_slack_draws_charts_the_course_of_a_project_comes_with_the_same_three(large: Database) -> None:
    with large.write() as tx:
        record_charts(tx, "T0TEST", drawn=True, now=NOW)
        parent = find_meant_project(tx, ASKER, "JMTE", command="show")
        say(tx, list_outcomes(tx, "T0TEST", parent.id)[0], OutcomeStatus.ON_TRACK, ago=timedelta(days=-10))
    with large.read() as tx, recorded_statements() as statements:
        project = find_meant_project(tx, ASKER, "JMTE", command="show")
        record = read_shown_record(tx, ASKER, project, NOW + timedelta(days=20))

    assert record.charts is not None
    assert record.charts.weeks[-1].counts == {OutcomeStatus.DONE: 59, OutcomeStatus.ON_TRACK: 1}
    assert len(statements) <= 3


def test_a_page_of_a_list_takes_three_statements_at_most(large: Database) -> None:
    for which in ("", *LISTS):
        with large.read() as tx, recorded_statements() as statements:
            read_list(tx, ASKER, which, 0, NOW)

        assert 2 <= len(statements) <= 3, which


def test_a_page_of_search_results_takes_three_statements(large: Database) -> None:
    with large.read() as tx, recorded_statements() as statements:
        found = read_search(tx, ASKER, "jupyter earth", 0)

    assert [row.project.slug for row in found.rows] == ["jmte-pangeo"]
    assert len(statements) == 3


def test_a_digest_takes_thirteen_statements_whatever_the_number_of_projects_and_others_fewer(
    large: Database,
) -> None:
    with large.write() as tx:
        for number in range(60):
            project = make_project(tx, slug=f"other-{number}", owner_id="U0ANA", outcomes=["One", "Two"])
            for outcome in list_outcomes(tx, "T0TEST", project.id):
                say(tx, outcome, OutcomeStatus.AT_RISK, ago=timedelta(days=1))
    until = NOW + timedelta(minutes=1)
    places = {DigestKind.DIGEST: "C0DOCS", DigestKind.BRIEF: "U0BO", DigestKind.MINE: "U0ANA"}
    with large.write() as tx:
        cadence = parse_cadence("weekly fri 15:00", "UTC", NOW.date())
        for kind, place in places.items():
            asker = Asker("T0TEST", place if place.startswith("U") else "U0ANA", None)
            set_digest(tx, asker, Going(kind, place), cadence, NOW)
        assert open_due_editions(tx, until + timedelta(days=4, hours=6)) == 3
        promised = claim_deliveries(tx, "T0TEST", until + timedelta(days=5), 99, "lease")
    # Five of the digest's are for its two charts.
    most = {"digest": 13, "brief": 5, "mine": 6}
    assert {each.kind for each in promised} == set(most)
    for delivery in promised:
        with large.read() as tx, recorded_statements() as statements:
            drawn = KINDS[delivery.kind].draw(tx, delivery, until)
        assert isinstance(drawn, Ready)
        assert "Project" in drawn.message.text
        assert len(statements) <= most[delivery.kind], delivery.kind


def test_a_home_takes_seven_statements_and_two_more_for_a_page_that_has_gone(large: Database) -> None:
    for page, most in ((0, 7), (3, 7), (99, 9)):
        with large.read() as tx, recorded_statements() as statements:
            record = read_home(tx, ASKER, page, NOW)

        assert (len(record.waiting) + len(record.others), len(record.projects)) == (0, 1)
        assert record.workspace.rows
        assert len(statements) <= most, page

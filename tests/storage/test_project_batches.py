"""Projects many at a time: their order, who is told of which, and what it takes."""

import pytest

from storage.database import Database
from storage.members import add_member
from storage.outcomes import change_outcome, list_outcomes
from storage.project_batches import list_spots, list_wholes
from storage.project_parts import get_parts
from storage.records import OutcomeStatus, ProjectState
from storage.sight import EVERYTHING, of_place
from tests.support.make import NOW, SEES, make_channel, make_person, make_project, make_workspace, say
from tests.support.statements import recorded_statements


@pytest.fixture
def team(database: Database) -> Database:
    with database.write() as tx:
        make_workspace(tx)
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        make_person(tx, "U0GUEST", is_guest=True)
        alpha = make_project(tx, slug="alpha", name="alpha")
        beta = make_project(tx, slug="beta", name="Beta", parent_id=alpha.id)
        make_project(tx, slug="zeta", name="Zeta", parent_id=beta.id)
        make_project(tx, slug="able", name="Able", parent_id=alpha.id)
        secret = make_project(tx, slug="secret", name="Aaa", channel_id="C0SECRET")
        make_project(tx, slug="open", name="Open", parent_id=secret.id, channel_id="C0OPEN")
        make_project(tx, slug="gone", name="Gone", state=ProjectState.ARCHIVED)
        make_workspace(tx, "T0OTHER")
        make_project(tx, "T0OTHER", slug="other")
    return database


def order(team: Database, person: str | None = None, **more: object) -> list[tuple[str, int]]:
    sight = EVERYTHING if person is None else of_place(person)
    given = {"with_private": True, **more}
    with team.read() as tx:
        spots = list_spots(tx, "T0TEST", sight, **given)  # type: ignore[arg-type]  # what each test is about
        wholes = list_wholes(tx, "T0TEST", [spot.project_id for spot in spots])
        return [(whole.project.slug, spot.depth) for whole, spot in zip(wholes, spots, strict=True)]


TREE = [("alpha", 0), ("able", 1), ("beta", 1), ("zeta", 2)]


def test_parents_come_before_their_parts_and_both_by_name(team: Database) -> None:
    assert order(team) == [("secret", 0), ("open", 1), *TREE, ("gone", 0)]


def test_private_ones_are_left_out_and_what_is_below_them_stands_alone(team: Database) -> None:
    assert order(team, with_private=False) == [*TREE, ("gone", 0), ("open", 0)]


def test_a_person_is_told_of_what_they_see(team: Database) -> None:
    assert order(team, "U0ANA") == order(team)
    assert order(team, "U0BO") == order(team, with_private=False)
    assert order(team, "U0GUEST") == []
    assert order(team, "U0STRANGER") == []


def test_one_project_comes_with_what_is_below_it(team: Database) -> None:
    with team.read() as tx:
        ids = {spot.project_id for spot in list_spots(tx, "T0TEST", EVERYTHING, with_private=True)}
        by_slug = {whole.project.slug: whole.project.id for whole in list_wholes(tx, "T0TEST", sorted(ids))}

    assert order(team, project_id=by_slug["beta"]) == [("beta", 0), ("zeta", 1)]
    assert order(team, "U0BO", project_id=by_slug["secret"]) == []


def test_states_are_chosen(team: Database) -> None:
    assert order(team, states=[ProjectState.ARCHIVED]) == [("gone", 0)]


def test_a_whole_project_is_what_other_questions_say_of_it(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(
            tx,
            slug="docs",
            outcomes=["One", "Two", "Three"],
            links=["https://example.org/1", "https://example.org/2"],
            members=["Ana", "Bo"],
            aliases=["handbook", "manual"],
        )
        add_member(tx, "T0TEST", project.id, user_id="U0ANA", role="lead")
        first, second, third = list_outcomes(tx, "T0TEST", project.id)
        say(tx, first, OutcomeStatus.AT_RISK, note="late", value=3)
        say(tx, first, OutcomeStatus.ON_TRACK, note="again")
        change_outcome(tx, "T0TEST", second.id, NOW, removed_at=NOW)
        change_outcome(tx, "T0TEST", third.id, NOW, metric_start=0.0, metric_target=9.0, metric_unit="weeks")
    with database.read() as tx:
        (whole,) = list_wholes(tx, "T0TEST", [project.id])
        parts = get_parts(tx, "T0TEST", SEES, project.id)

        assert whole.outcomes == list_outcomes(tx, "T0TEST", project.id)
        assert (whole.aliases, whole.links, whole.members) == (parts.aliases, parts.links, parts.members)


def test_so_many_statements_whatever_the_number_of_projects(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(300):
            make_project(tx, name=f"P {number}", outcomes=["One", "Two"], links=["https://example.org"])
    with database.read() as tx, recorded_statements() as statements:
        spots = list_spots(tx, "T0TEST", EVERYTHING, with_private=False)
        wholes = list_wholes(tx, "T0TEST", [spot.project_id for spot in spots])

    assert len(wholes) == 300
    assert len(statements) == 6

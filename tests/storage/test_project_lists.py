"""Lists of projects: who is on them, in which order, and how many there are."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import insert

from storage import members, outcomes, project_lists, tables
from storage.database import Database, Tx
from storage.project_lists import COUNT_LIMIT, ProjectFilter, count_projects, list_projects
from storage.projects import change_project, get_project
from storage.records import OutcomeStatus, Project, ProjectState, UpdateSource
from storage.terms import fold
from tests.support.make import NOW, SEES, make_outcome, make_project, make_workspace, say

NAMES = [
    "docs",
    "Docs",
    "Émeraude",
    "emerald",
    "Zürich",
    "zebra",
    "_x",
    "10 calls",
    "9 calls",
    "海洋",
    "Ωmega",
    "🌊",
]
STALE = NOW - timedelta(days=28)
EVERY_STATE = tuple(ProjectState)


def names(tx: Tx, which: ProjectFilter, limit: int = 99, offset: int = 0) -> list[str]:
    return [p.name for p in list_projects(tx, "T0TEST", SEES, which, limit=limit, offset=offset)]


def test_a_list_is_in_the_order_of_folded_names_on_every_database(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        made = [make_project(tx, name=name, state=state) for state in EVERY_STATE for name in NAMES]

    with database.read() as tx:
        for which in (ProjectFilter(), ProjectFilter((ProjectState.ARCHIVED,)), ProjectFilter(EVERY_STATE)):
            found = list_projects(tx, "T0TEST", SEES, which, limit=99)
            shown = (project for project in made if project.state in which.states)
            assert list(found) == sorted(shown, key=lambda project: (fold(project.name), project.id))
            assert count_projects(tx, "T0TEST", SEES, which) == len(found)
    assert ProjectFilter().states == (ProjectState.ACTIVE, ProjectState.PAUSED)


def test_the_pages_of_a_list_are_the_list(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(23):
            make_project(tx, name="Same name" if number % 3 else f"Name {number}")

    with database.read() as tx:
        whole = list_projects(tx, "T0TEST", SEES, ProjectFilter(), limit=99)
        pages = [
            list_projects(tx, "T0TEST", SEES, ProjectFilter(), limit=5, offset=5 * page) for page in range(6)
        ]

    assert [len(page) for page in pages] == [5, 5, 5, 5, 3, 0]
    assert tuple(project for page in pages for project in page) == whole


def test_mine_are_those_that_i_own_belong_to_or_own_an_outcome_of(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, name="Owner", owner_id="U0ME")
        member = make_project(tx, name="Member")
        members.add_member(tx, "T0TEST", member.id, position=0, user_id="U0ME")
        members.add_member(tx, "T0TEST", member.id, position=1, user_id="U0ME")
        helper = make_outcome(tx, make_project(tx, name="Outcome"))
        outcomes.change_outcome(tx, "T0TEST", helper.id, NOW, owner_id="U0ME")
        make_project(tx, name="Archived", owner_id="U0ME", state=ProjectState.ARCHIVED)
        make_project(tx, name="Not mine", owner_id="U0YOU", members=["U0ME"])

    with database.read() as tx:
        mine = ProjectFilter(person_id="U0ME")
        assert names(tx, mine) == ["Member", "Outcome", "Owner"]
        assert names(tx, mine, limit=1, offset=1) == ["Outcome"]
        assert count_projects(tx, "T0TEST", SEES, mine) == 3
        assert names(tx, ProjectFilter(states=EVERY_STATE, person_id="U0ME")) == [
            "Archived",
            "Member",
            "Outcome",
            "Owner",
        ]
        assert names(tx, ProjectFilter(person_id="U0NOBODY")) == []


def test_stale_are_those_with_an_open_outcome_that_nobody_has_vouched_for(database: Database) -> None:
    days = timedelta(days=1)
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, name="Without outcomes")
        make_project(tx, name="Never said", outcomes=["x"])
        fresh = make_outcome(tx, make_project(tx, name="Just in time"))
        say(tx, fresh, OutcomeStatus.ON_TRACK, ago=28 * days - timedelta(microseconds=1))
        old = make_outcome(tx, make_project(tx, name="Too old"))
        say(tx, old, OutcomeStatus.ON_TRACK, ago=28 * days)
        still = make_outcome(tx, make_project(tx, name="Still true"))
        say(tx, still, OutcomeStatus.ON_TRACK, ago=90 * days)
        say(tx, still, None, ago=1 * days)
        for status in (OutcomeStatus.DONE, OutcomeStatus.DROPPED):
            closed = make_outcome(tx, make_project(tx, name=f"Long {status}"))
            say(tx, closed, status, ago=90 * days)
        again = make_outcome(tx, make_project(tx, name="Open again"))
        say(tx, again, OutcomeStatus.DONE, ago=90 * days)
        say(tx, again, OutcomeStatus.AT_RISK, ago=80 * days)
        mixed = make_project(tx, name="One of two")
        say(tx, make_outcome(tx, mixed), OutcomeStatus.ON_TRACK)
        say(tx, make_outcome(tx, mixed), OutcomeStatus.ON_TRACK, ago=50 * days)
        make_project(tx, name="Archived", outcomes=["x"], state=ProjectState.ARCHIVED)

    with database.read() as tx:
        which = ProjectFilter(stale_at=NOW)
        assert names(tx, which) == ["Never said", "One of two", "Open again", "Too old"]
        assert count_projects(tx, "T0TEST", SEES, which) == 4


@pytest.mark.parametrize("first", [8 * COUNT_LIMIT, 2])
def test_any_combination_lists_what_going_through_all_projects_finds(
    database: Database, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    # With 2, there are more unvouched outcomes than the count reads at first.
    monkeypatch.setattr(project_lists, "_FIRST", first)
    chance = random.Random(20260504)
    with database.write() as tx:
        make_workspace(tx)
        made = [_made_by_chance(tx, chance) for _ in range(60)]

    with database.read() as tx:
        facts = [(project, *_facts(tx, project)) for project in made]
        for states in ((ProjectState.ACTIVE,), (ProjectState.ACTIVE, ProjectState.ARCHIVED), EVERY_STATE):
            for person_id in (None, "U0A"):
                for stale_at in (None, NOW):
                    which = ProjectFilter(states, person_id, stale_at)
                    expected = [
                        project
                        for project, people, is_stale in facts
                        if project.state in states
                        and (person_id is None or person_id in people)
                        and (stale_at is None or is_stale)
                    ]
                    expected.sort(key=lambda project: (fold(project.name), project.id))
                    # Few stale projects and many are read in two ways.
                    for total in (None, 0, COUNT_LIMIT + 1):
                        assert (
                            list(list_projects(tx, "T0TEST", SEES, which, limit=99, total=total)) == expected
                        )
                    assert count_projects(tx, "T0TEST", SEES, which) == len(expected)


def _made_by_chance(tx: Tx, chance: random.Random) -> Project:
    people = ["U0A", "U0B", None]
    project = make_project(
        tx, name=chance.choice(NAMES), state=chance.choice(EVERY_STATE), owner_id=chance.choice(people)
    )
    for position in range(chance.randrange(3)):
        members.add_member(tx, "T0TEST", project.id, position=position, user_id=chance.choice(people))
        outcome = make_outcome(tx, project)
        outcomes.change_outcome(tx, "T0TEST", outcome.id, NOW, owner_id=chance.choice(people))
        for _ in range(chance.randrange(3)):
            status = chance.choice([*OutcomeStatus, None])
            source = chance.choice([UpdateSource.REPLY, UpdateSource.PAGE])
            say(tx, outcome, status, ago=timedelta(days=chance.randrange(60)), source=source)
    if chance.random() < 0.3:
        change_project(tx, "T0TEST", project.id, NOW, state=chance.choice(EVERY_STATE).value)
    return get_project(tx, "T0TEST", project.id)


def _facts(tx: Tx, project: Project) -> tuple[set[str | None], bool]:
    """Whom it concerns, and whether it is stale, from its records."""
    record = outcomes.list_outcomes(tx, "T0TEST", project.id)
    people = {project.owner_id, *(outcome.owner_id for outcome in record)}
    rows = tx.execute(tables.members.select().where(tables.members.c.project_id == project.id))
    people |= {row.user_id for row in rows}
    is_stale = any(o.is_open and (o.vouched_at is None or o.vouched_at <= STALE) for o in record)
    return people, is_stale


def test_many_projects_are_counted_up_to_a_limit(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        rows = [
            {"workspace_id": "T0TEST", "slug": f"p{number}", "name": "P", "sort_name": "p", "summary": ""}
            | {"goal": "", "state": "active", "created_at": NOW, "updated_at": NOW}
            for number in range(COUNT_LIMIT + 5)
        ]
        tx.execute(insert(tables.projects), rows[:COUNT_LIMIT])
        assert count_projects(tx, "T0TEST", SEES, ProjectFilter()) == COUNT_LIMIT
        tx.execute(insert(tables.projects), rows[COUNT_LIMIT:])

    with database.read() as tx:
        assert count_projects(tx, "T0TEST", SEES, ProjectFilter()) == COUNT_LIMIT + 1
        assert len(list_projects(tx, "T0TEST", SEES, ProjectFilter(), limit=10, offset=COUNT_LIMIT)) == 5

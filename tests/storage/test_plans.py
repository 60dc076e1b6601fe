"""How SQLite answers, with many projects and without statistics, as every file of a team is.

A plan, unlike a time, does not depend on the machine. What has to stay: nothing but what reads all on
purpose goes through a whole table, or through all that a workspace has of something.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from storage import (
    check_ins,
    digests,
    finding,
    homes,
    openings,
    outcomes,
    own_outcomes,
    pages,
    periods,
    project_lists,
    project_parts,
    projects,
    reminder_candidates,
    reminder_line_outcomes,
    reminder_messages,
    reminder_turns,
    schedules,
    search,
    snoozed,
    standings,
    tables,
    term_tables,
    terms,
    topmost,
    unplaced,
)
from storage.database import Database, Tx
from storage.digests import DigestKind
from storage.migrate import migrate
from storage.project_lists import ProjectFilter
from storage.records import ProjectState
from storage.reminder_candidates import Period
from storage.sight import Sight
from tests.support.make import NOW, SEES, make_workspace

MANY = 20_000
WHOLE_TABLES = tuple(f"SCAN {name}" for name in tables.metadata.tables)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A workspace of many projects, each with an outcome, a link and a member."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('many')}/many.db")
    migrate(database)
    of = [{"workspace_id": "T0TEST", "project_id": number} for number in range(1, MANY + 1)]
    with database.write() as tx:
        make_workspace(tx)
        tx.execute(insert(tables.projects), [_project(number) for number in range(1, MANY + 1)])
        tx.execute(insert(tables.outcomes), [each | _OUTCOME for each in of])
        tx.execute(insert(tables.links), [each | _LINK for each in of])
        tx.execute(
            insert(tables.members), [each | _MEMBER | {"user_id": f"U{each['project_id']}"} for each in of]
        )
        keys = [each | {"key": f"{kind} {each['project_id']}"} for each in of for kind in ("tide", "project")]
        tx.execute(insert(term_tables.project_keys), [key | {"rank": 2} for key in keys])
        words = [each | {"word": word} for each in of for word in ("tide", str(each["project_id"]))]
        tx.execute(insert(term_tables.project_words), [word | {"rank": terms.Rank.TEXT} for word in words])
    yield database
    database.close()


_AT = {"created_at": NOW, "updated_at": NOW}
_OUTCOME: dict[str, Any] = {"position": 0, "level": 0, "text": "x", "owner_id": "U1", **_AT} | {
    "is_open": True,
    "project_state": "active",
}
_LINK: dict[str, Any] = {"position": 0, "label": "x", "url": "https://x", "lead": ""}
_MEMBER: dict[str, Any] = {"position": 0, "name": "x", "role": "member"}


def _project(number: int) -> dict[str, Any]:
    name = f"tide {number}"
    states = ["active", "paused", "active", "archived"]
    return {
        "id": number,
        "workspace_id": "T0TEST",
        "slug": f"project-{number}",
        "name": name,
        "sort_name": name,
        "summary": "",
        "goal": "",
        "state": states[number % len(states)],
        "owner_id": f"U{number % 5000}",
        "channel_id": f"C{number}",
        **_AT,
    }


Ask = Callable[[Tx], object]
WEEK = timedelta(days=7)
STALE = ProjectFilter(stale_at=NOW)
PERIOD = Period(NOW, NOW.date() - WEEK, NOW.date() + WEEK, NOW - WEEK)

FOUND_BY_AN_INDEX: dict[str, Ask] = {
    "find": lambda tx: finding.list_candidates(tx, "T0TEST", SEES, "tide 77"),
    "by slug": lambda tx: projects.find_project_by_slug(tx, "T0TEST", "project-7"),
    "by alias": lambda tx: projects.find_project_by_alias(tx, "T0TEST", "seven"),
    "by id": lambda tx: projects.find_project(tx, "T0TEST", 7),
    "by channel": lambda tx: projects.find_projects_of_channel(tx, "T0TEST", SEES, "C7"),
    "outcomes": lambda tx: outcomes.list_outcomes(tx, "T0TEST", 7),
    "standings of many": lambda tx: outcomes.list_standings_of(tx, "T0TEST", [1, 2, 3]),
    "parts": lambda tx: project_parts.get_parts(tx, "T0TEST", SEES, 7),
    "parts and said": lambda tx: project_parts.get_parts_and_said(tx, "T0TEST", SEES, 7, NOW - WEEK),
    "own outcomes": lambda tx: own_outcomes.list_own_outcomes(tx, "T0TEST", Sight("U7"), limit=10),
    "home": lambda tx: homes.find_home(tx, "T0TEST", "U7"),
    "homes that show a project": lambda tx: homes.list_watchers(tx, "T0TEST", [7], NOW),
    "places": lambda tx: pages.list_places_of_project(tx, "T0TEST", 7),
    "search": lambda tx: search.search_projects(tx, "T0TEST", SEES, "tide 77", limit=10),
    "prompt by its message": lambda tx: check_ins.find_check_in_at(tx, "T0TEST", "C7", "1777887000.000100"),
    "prompts that may be there": lambda tx: unplaced.list_unplaced(tx, "T0TEST", "prompt", ["C7", "U7"]),
    "rounds that were put off": lambda tx: snoozed.list_snoozed(tx, "T0TEST", SEES, NOW, 10),
    "rounds that are known": lambda tx: openings.list_known_rounds(tx, [1, 2, 3], NOW),
    "projects that are due": lambda tx: schedules.claim_due_projects(tx, NOW, 10),
    "said in a week": lambda tx: periods.list_said(tx, "T0TEST", SEES, NOW - WEEK, NOW),
    "noted in a week": lambda tx: periods.list_noted(tx, "T0TEST", SEES, NOW - WEEK, NOW),
    "unheard in a week": lambda tx: periods.list_unheard(tx, "T0TEST", SEES, NOW - WEEK, NOW),
    "stale for a digest": lambda tx: standings.list_stale(tx, "T0TEST", SEES, NOW, limit=500),
    "topmost": lambda tx: topmost.list_topmost(tx, "T0TEST", SEES, [1, 2, 3]),
    "digests of a place": lambda tx: digests.find_digest(tx, "T0TEST", DigestKind.DIGEST, "C7"),
    "digests that are due": lambda tx: digests.claim_due_digests(tx, NOW, 10),
    "turns that have come": lambda tx: reminder_turns.claim_turns(tx, NOW, 10),
    "due for people": lambda tx: reminder_candidates.list_for_people(tx, "T0TEST", ["U7", "U8"], PERIOD),
    "goals for people": lambda tx: reminder_candidates.list_goals_for_people(tx, "T0TEST", ["U7"], PERIOD),
    "due for channels": lambda tx: reminder_candidates.list_for_channels(tx, "T0TEST", [1, 2], PERIOD),
    "the ladder of a project": lambda tx: reminder_candidates.list_of_project(tx, "T0TEST", 7),
    "messages of the week": lambda tx: reminder_messages.list_recent_messages(tx, "T0TEST", ["U7"], NOW),
    "on a message": lambda tx: reminder_line_outcomes.list_line_outcomes(tx, "T0TEST", 7),
    "messages about a project": lambda tx: reminder_messages.has_messages_about(tx, "T0TEST", [7], NOW),
    "messages to renew": lambda tx: reminder_messages.renew_messages_about(tx, "T0TEST", [7], NOW, NOW),
    "stale, counted": lambda tx: project_lists.count_projects(tx, "T0TEST", SEES, STALE),
    "few stale": lambda tx: project_lists.list_projects(tx, "T0TEST", SEES, STALE, limit=10, total=7),
}

WAYS_INTO_A_WORKSPACE = ("(workspace_id=?)", "(workspace_id=? AND state=?)")

PAGES_OF_LISTS: dict[str, ProjectFilter] = {
    "open": ProjectFilter(),
    "one state": ProjectFilter((ProjectState.ARCHIVED,)),
    "all": ProjectFilter(tuple(ProjectState)),
    "stale": ProjectFilter(stale_at=NOW),
}


def plan_of(database: Database, ask: Ask) -> list[str]:
    """The steps of all statements, as SQLite's EXPLAIN QUERY PLAN says them."""
    asked: list[str] = []
    with database.read() as tx:
        driver: Any = tx.connection.driver_connection
        driver.set_trace_callback(asked.append)
        try:
            ask(tx)
        finally:
            driver.set_trace_callback(None)
        return [row[3] for statement in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]


@pytest.mark.parametrize("name", FOUND_BY_AN_INDEX)
def test_what_is_asked_of_one_project_does_not_read_the_others(many: Database, name: str) -> None:
    plan = plan_of(many, FOUND_BY_AN_INDEX[name])

    assert plan
    # Behind LIMIT 0, unless no word begins with what was typed.
    read_only_if_need_be = (
        ["SEARCH project_keys USING PRIMARY KEY (workspace_id=?)"] if name == "find" else []
    )
    # A workspace has one row of settings.
    asked = [step for step in plan if not step.startswith("SEARCH settings ")]
    whole = [step for step in asked if step.startswith(WHOLE_TABLES) or step.endswith(WAYS_INTO_A_WORKSPACE)]
    assert whole == read_only_if_need_be


def test_of_what_was_said_in_the_years_before_a_chart_reads_the_last_alone(many: Database) -> None:
    plan = plan_of(many, FOUND_BY_AN_INDEX["parts and said"])

    bounds = [step.partition("(outcome_id=?")[2] for step in plan if "outcome_id=?" in step]
    # The others read the values of the one metric that is drawn, and the newest word of each outcome.
    of_metric_and_newest = [")"] * 3
    assert sorted(bounds) == [" AND said_at<?)", " AND said_at>?)", *of_metric_and_newest]


@pytest.mark.parametrize("name", PAGES_OF_LISTS)
def test_a_page_of_a_list_is_read_in_its_order_and_not_sorted(many: Database, name: str) -> None:
    plan = plan_of(
        many, lambda tx: project_lists.list_projects(tx, "T0TEST", SEES, PAGES_OF_LISTS[name], limit=10)
    )

    assert plan
    assert not [step for step in plan if "ORDER BY" in step or step.startswith(WHOLE_TABLES)]


def test_a_list_of_ones_own_reads_ones_own_only(many: Database) -> None:
    mine = ProjectFilter(person_id="U7")

    plan = plan_of(many, lambda tx: project_lists.list_projects(tx, "T0TEST", SEES, mine, limit=10))

    assert plan
    assert not [
        step for step in plan if step.startswith(WHOLE_TABLES) or step.endswith(WAYS_INTO_A_WORKSPACE)
    ]


def test_a_part_that_a_word_begins_with_is_found_without_looking_inside_words(many: Database) -> None:
    steps = 0

    def count_steps() -> int:
        nonlocal steps
        steps += 1
        return 0

    with many.read() as tx:
        connection: Any = tx.connection.driver_connection
        for typed in ("tide 777", "ide 777"):
            connection.set_progress_handler(count_steps, 100)
            steps = 0
            found = finding.list_candidates(tx, "T0TEST", SEES, typed)
            connection.set_progress_handler(None, 0)
            assert [c.project.id for c in found[:1]] == [777]
            if typed == "tide 777":
                assert steps < 100, "a hundred times a hundred steps of SQLite's machine"
            else:
                assert steps > 1000, "which is what looking at every key takes"

"""Whether a line of a reminder is dealt with, as a table of cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.reminder_lines import Dealt, GoalNow, Line, Now, how_dealt, how_goal_dealt
from storage.records import OutcomeStatus, OwnOutcome, ProjectName, ProjectState
from tests.support.said import an_outcome, an_update

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
BEFORE, AFTER = AT - timedelta(days=40), AT + timedelta(hours=1)
DUE = date(2026, 5, 11)


def now(
    *,
    owner_id: str | None = "U0ANA",
    project_owner_id: str = "U0BO",
    owner_can_be_told: bool = True,
    vouched_at: datetime | None = BEFORE,
    status: OutcomeStatus = OutcomeStatus.ON_TRACK,
    state: ProjectState = ProjectState.ACTIVE,
    due_on: date | None = DUE,
    snoozed_at: datetime | None = None,
) -> Now:
    newest = an_update(status, vouched_at or BEFORE)
    outcome = an_outcome(newest, owner_id=owner_id, due_on=due_on, vouched_at=vouched_at)
    own = OwnOutcome(project=ProjectName(id=1, slug="a", name="A"), project_state=state, outcome=outcome)
    told = owner_id is not None and owner_can_be_told
    return Now(own, project_owner_id, told, snoozed_at and date(2026, 5, 11), snoozed_at)


def line(rule: str = "stale", about: str = "", person_id: str | None = "U0ANA") -> Line:
    return Line(rule, about, person_id, AT)


@pytest.mark.parametrize(
    ("of", "how", "expected"),
    [
        (line(), now(), None),
        (line(), Now(None), Dealt.GONE),
        (line(), now(state=ProjectState.PAUSED), Dealt.GONE),
        (line(), now(status=OutcomeStatus.DONE), Dealt.CLOSED),
        (line(), now(vouched_at=AT), Dealt.VOUCHED),
        (line(), now(vouched_at=AFTER), Dealt.VOUCHED),
        (line(), now(snoozed_at=AFTER), Dealt.SNOOZED),
        # A snooze from before the message was decided on is over.
        (line(), now(snoozed_at=BEFORE), None),
        (line(), now(owner_id="U0CY"), Dealt.OWNED),
        (line(), now(owner_id=None), Dealt.OWNED),
        # Whoever owns the project is still asked.
        (line(person_id="U0BO"), now(owner_id=None), None),
        # Until they hand it to somebody who gets messages.
        (line(person_id="U0BO"), now(owner_id="U0CY"), Dealt.OWNED),
        (line(person_id="U0BO"), now(owner_id="U0CY", owner_can_be_told=False), None),
        (line(person_id="U0BO"), now(owner_id="U0BO"), None),
        # Whoever took it over sees it in their own message, too.
        (line(), now(owner_can_be_told=False), None),
        (line(person_id=None), now(owner_id="U0CY"), None),
        (line("ahead", DUE.isoformat()), now(), None),
        (line("ahead", DUE.isoformat()), now(due_on=None), Dealt.MOVED),
        (line("past", "2026-04-20"), now(), Dealt.MOVED),
        (line("left", "U0ANA", "U0BO"), now(vouched_at=AFTER), None),
        (line("left", "U0ANA", "U0BO"), now(owner_id="U0CY"), Dealt.OWNED),
        (line("left", "U0ANA", "U0BO"), now(owner_id=None), None),
        (line("disowned", "", "U0BO"), now(owner_id=None), None),
        (line("disowned", "", "U0BO"), now(), Dealt.OWNED),
    ],
)
def test_how_a_line_is_dealt_with(of: Line, how: Now, expected: Dealt | None) -> None:
    assert how_dealt(of, how) is expected


def goal(
    text: str = "A goal",
    *,
    owner_id: str = "U0ANA",
    state: ProjectState = ProjectState.ACTIVE,
    confirmed_at: datetime | None = None,
    snoozed_at: datetime | None = None,
) -> GoalNow:
    return GoalNow(text, owner_id, state, confirmed_at, snoozed_at)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (goal(), None),
        (goal(confirmed_at=BEFORE, snoozed_at=BEFORE), None),
        (goal(""), Dealt.GONE),
        (goal(state=ProjectState.ARCHIVED), Dealt.GONE),
        (goal(confirmed_at=AFTER), Dealt.VOUCHED),
        (goal(snoozed_at=AFTER), Dealt.SNOOZED),
        (goal(owner_id="U0BO"), Dealt.OWNED),
    ],
)
def test_how_a_goal_is_dealt_with(how: GoalNow, expected: Dealt | None) -> None:
    assert how_goal_dealt(line("goal"), how) is expected

"""Forms and buttons that somebody kept from before, or made up: they ask for rights as all else does."""

from collections.abc import Callable

import pytest

from bot.local.seed import MATEO
from bot.slack.home_values import OutcomeTarget
from bot.slack.memos import Doing, Memo, Wanted
from bot.slack.queries import Query, Taking
from storage.history import list_changes_of_act
from storage.records import Project
from tests.scenarios.forged import click, memo_of, submit, view_of
from tests.scenarios.rights_world import KINDS, PEOPLE, build
from tests.scenarios.test_writing import changes_of, outcomes_of
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import NOW

OF = [
    "open",
    "of no channel",
    "restricted",
    "of the private channel",
    "private and restricted",
    "below a private one",
    "archived",
    "with the guest on its team, restricted",
]
WHO = [name for name in PEOPLE if name not in {"team member", "named admin"}]
"""The others differ in what tests/scenarios/test_rights.py asks of every pair."""


@pytest.fixture(scope="module")
def bot(table_bot: Bot) -> Bot:
    """One for the whole table: what may be changed gets another text each time."""
    return table_bot


@pytest.fixture(scope="module")
def made(bot: Bot) -> dict[str, Project]:
    return build(bot)


Way = Callable[[Bot, str, Project, int], str]
"""A person, a project and one of its outcomes; what is said to it."""


def _form(name: str, **typed: str) -> Way:
    def way(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
        chosen = {"project_id": str(project.id), "outcome_id": str(outcome_id)}
        more = chosen if name in {"update", "save"} else {}
        memo = memo_of(bot, project, name)
        unique = {field: f"{text} {len(changes_of(bot, project))}" for field, text in typed.items()}
        return submit(bot, person, name, memo, **unique, **more)

    return way


def _doing(do: str, *, of_all: bool = False) -> Way:
    def way(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
        card = Query(name="show", project_id=project.id)
        doing = Doing.model_validate({"do": do, "id": None if of_all else outcome_id, "card": card})
        return click(bot, person, "still" if of_all else f"outcome:{outcome_id}", doing.encode())

    return way


def _vouch(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
    target = OutcomeTarget(project_id=project.id, outcome_id=outcome_id)
    home = {"id": "V0HOME0001", "type": "home", "hash": "1.a", "state": {"values": {}}}
    return click(bot, person, "vouch", target.encode(), home)


CHANGING: dict[str, Way] = {
    "the record's form": _form("project", goal="Forged goal"),
    "an outcome's form": _form("outcome", note="Forged note"),
    "a new outcome's form": _form("add", text="Forged outcome"),
    "the form to choose in": _form("update", note="Forged note"),
    "a message's form": _form("save", note="Forged note"),
    "still true": _doing("still"),
    "all still true": _doing("still", of_all=True),
    "still true at home": _vouch,
}


@pytest.mark.parametrize("way", CHANGING)
@pytest.mark.parametrize("of", OF)
@pytest.mark.parametrize("who", WHO)
def test_a_forged_change_is_made_for_those_who_may_and_tells_others_nothing(
    bot: Bot, made: dict[str, Project], who: str, of: str, way: str
) -> None:
    kind, person, project = KINDS[of], PEOPLE[who], made[KINDS[of].slug]
    outcome_id = outcomes_of(bot, project)[0].id
    before, count = dump(bot.database), len(changes_of(bot, project))

    said = CHANGING[way](bot, person, project, outcome_id)

    if kind.may_be_changed_by(person) and not kind.is_archived:
        assert len(changes_of(bot, project)) > count, said
    else:
        assert dump(bot.database) == before
    if not kind.is_seen_by(person):
        assert kind.name not in said
        assert kind.slug not in said
        assert "Jars" not in said


def _wanted(form: str) -> Way:
    def way(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
        values = {"form": form, "project_id": project.id, "outcome_id": outcome_id}
        return click(bot, person, "form:x", Wanted.model_validate(values).encode())

    return way


def _asked(name: str, **more: object) -> Way:
    def way(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
        values = {"name": name, "project_id": project.id, "outcome_id": outcome_id, **more}
        return click(bot, person, "open:x", Query.model_validate(values).encode())

    return way


def _turn(bot: Bot, person: str, project: Project, _outcome_id: int) -> str:
    view = view_of("project", memo_of(bot, project, "project"))
    return click(bot, person, "turn:1", "0", view)


def _choose(name: str) -> Way:
    def way(bot: Bot, person: str, project: Project, outcome_id: int) -> str:
        typed = {"project_id": str(project.id), "outcome_id": str(outcome_id)}
        return click(bot, person, name, typed[name], view_of("update", Memo(), **typed))

    return way


OPENING: dict[str, Way] = {
    **{f"the form {name}": _wanted(name) for name in ("project", "outcome", "add", "update", "save")},
    "another page of a form": _turn,
    "a project that is chosen": _choose("project_id"),
    "an outcome that is chosen": _choose("outcome_id"),
}
READING: dict[str, Way] = {
    "links": _asked("links"),
    "access": _asked("access"),
    "show --on": _asked("show", on=NOW.date().isoformat(), at=NOW.isoformat()),
}
ASKING: dict[str, Way] = {**OPENING, **READING}


@pytest.mark.parametrize("way", ASKING)
@pytest.mark.parametrize("of", OF)
@pytest.mark.parametrize("who", WHO)
def test_a_forged_question_shows_what_the_person_may_see_and_no_more(
    bot: Bot, made: dict[str, Project], who: str, of: str, way: str
) -> None:
    kind, person, project = KINDS[of], PEOPLE[who], made[KINDS[of].slug]
    before = dump(bot.database)

    said = ASKING[way](bot, person, project, outcomes_of(bot, project)[0].id)

    assert dump(bot.database) == before
    assert (kind.slug in said or kind.name in said) is kind.is_seen_by(person), said
    if way in OPENING and not (kind.may_be_changed_by(person) and not kind.is_archived):
        assert "Jars" not in said


@pytest.mark.parametrize("who", WHO)
def test_nobody_takes_back_what_somebody_else_did(bot: Bot, made: dict[str, Project], who: str) -> None:
    project = made["zq-open"]
    bot.command(f"goal zq-open For {who}", person=MATEO)
    act_id = changes_of(bot, project)[0].act_id
    before = dump(bot.database)

    said = click(bot, PEOPLE[who], "undo", Taking(act_id=act_id).encode())

    assert (dump(bot.database) == before) is (PEOPLE[who] != MATEO), said
    with bot.database.read() as tx:
        assert list_changes_of_act(tx, WORKSPACE, act_id)

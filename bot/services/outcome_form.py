"""The form of one outcome: what it shows, and what is made of what was typed into it."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from pydantic import JsonValue

from bot.domain.status_words import parse_number, parse_said
from bot.errors import MissingTextError, NoDistanceError, NoMetricError, NotANumberError, WrongDateError
from bot.services.changing import Act
from bot.services.dating import today_of
from bot.services.editing import LONGEST_UNIT, part_of_way, require_short, vouch
from bot.services.people import require_present
from bot.services.revising import Read, Revision, Shown, revise
from storage.records import Metric, Outcome, OutcomeStatus

BETWEEN = "|"
"""Between the three parts of a metric, which are one field of the record and three of the form."""
_COLUMNS = ("text", "owner_id", "due_on", "metric")
_WHOLE_NUMBERS = 1e15
"""Up to here a whole number is written without an exponent, and read back as what it was."""


def shown_outcome(outcome: Outcome) -> Shown:
    """The outcome as the form shows it; the note is empty, since updates are added, not changed."""
    newest = outcome.newest
    value = newest.value if newest else None
    return Shown(
        {
            "status": outcome.status.value if outcome.status else "",
            "note": "",
            "value": "" if value is None else number_text(value),
            "text": outcome.text,
            "owner_id": outcome.owner_id or "",
            "due_on": outcome.due_on.isoformat() if outcome.due_on else "",
            "metric": _metric_text(outcome.metric),
        }
    )


def shown_new_outcome() -> Shown:
    return Shown(dict.fromkeys(_COLUMNS, ""))


def number_text(number: float) -> str:
    """A number as people write it, and as it is read back."""
    if number.is_integer() and abs(number) < _WHOLE_NUMBERS:
        return str(int(number))
    return repr(number)


def revise_outcome(act: Act, outcome: Outcome | None, seen: Mapping[str, str], typed: Shown) -> Revision:
    """What is to be written of what was typed, into a form that showed `seen`; None for a new outcome."""
    now = shown_outcome(outcome) if outcome else shown_new_outcome()
    # A status and a number are not taken away, only followed by others.
    filled = {name: text for name, text in typed.texts.items() if text or name not in {"status", "value"}}
    typed = Shown({**{name: now.texts[name] for name in {"status", "value"} & now.texts.keys()}, **filled})
    revision = revise(now, seen, typed, _readers(act))
    if outcome is None and not revision.values.get("text"):
        revision.errors.setdefault("text", MissingTextError())
    if outcome is not None and "value" in revision.values:
        _read_value(act, outcome, revision)
    return revision


def write_outcome(
    act: Act, outcome: Outcome, revision: Revision, *, permalink: str | None = None, vouches: bool = False
) -> bool:
    """All of it, in one act; whether it was saved as it is to say that it is still true (`vouches`).

    `permalink`: the message that the words are from.
    """
    values = revision.values
    for name in _COLUMNS:
        if name in values:
            act.change_outcome(outcome, name, values[name])
    said = values.keys() & {"status", "note", "value"}
    if said or permalink is not None:
        status, value = values.get("status", outcome.status), values.get("value")
        if value is None and outcome.newest is not None:
            value = outcome.newest.value
        act.say(
            outcome,
            OutcomeStatus(str(status)) if status else None,
            str(values.get("note", "")),
            float(str(value)) if value is not None else None,
            permalink,
        )
    elif vouches and revision.is_empty and outcome.is_open:
        vouch(act, outcome)
        return True
    return False


def add_outcome(act: Act, revision: Revision) -> int:
    """The new outcome's id."""
    values = {name: revision.values[name] for name in _COLUMNS if revision.values.get(name) is not None}
    return act.add_outcome(str(values.pop("text")), **values)


def _readers(act: Act) -> dict[str, Read]:
    return {
        "status": lambda typed: OutcomeStatus(typed).value,
        "note": require_short,
        "value": lambda typed: typed,
        "text": _text,
        "owner_id": lambda typed: require_present(act.tx, act.asker.workspace_id, typed) if typed else None,
        "due_on": partial(_due_on, act),
        "metric": _read_metric,
    }


def _text(typed: str) -> JsonValue:
    if not typed:
        raise MissingTextError
    return require_short(typed)


def _due_on(act: Act, typed: str) -> JsonValue:
    if not typed:
        return None
    day = date.fromisoformat(typed)
    if day < today_of(act.asker, act.now):
        raise WrongDateError(day, is_past=True)
    return day.isoformat()


def _metric_text(metric: Metric | None) -> str:
    if metric is None:
        return ""
    return BETWEEN.join([number_text(metric.start), number_text(metric.target), metric.unit])


def _read_metric(typed: str) -> JsonValue:
    """Three parts; without a beginning it begins at nothing."""
    start, target, unit = (part.strip() for part in [*typed.split(BETWEEN, 2), "", ""][:3])
    if not (start or target or unit):
        return None
    numbers = [_number(start or "0"), _number(target)]
    if numbers[0] == numbers[1]:
        raise NoDistanceError
    return [*numbers, require_short(unit, LONGEST_UNIT)]


def _number(typed: str) -> float:
    number = parse_number(typed)
    if number is None:
        raise NotANumberError(typed)
    return number


def _read_value(act: Act, outcome: Outcome, revision: Revision) -> None:
    """A number, or per cent of the way, by what the outcome is measured by from now on."""
    typed = str(revision.values["value"])
    metric = outcome.metric
    if "metric" in revision.values:
        parts = revision.values["metric"]
        metric = (
            Metric.model_validate(dict(zip(("start", "target", "unit"), parts, strict=True)))
            if isinstance(parts, list)
            else None
        )
    said = parse_said(typed)
    if metric is None:
        revision.errors["value"] = NoMetricError(act.project.slug, outcome.number, typed)
    elif said is None or said.value is None or said.status or said.note:
        revision.errors["value"] = NotANumberError(typed)
    else:
        revision.values["value"] = part_of_way(metric, said.value) if said.is_percent else said.value

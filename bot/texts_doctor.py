"""What `doctor` finds, in words: what is wrong, what still holds, and the way to mend it. See `bot.texts`.

The words of a code are templates over the facts of its finding; how a person, a channel or a project is
written differs between Slack and a terminal, which `Show` knows. A list of projects `projects` can also be
asked for its first (`projects_first`), to show a command with.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.doctor import Channel, Examined, Fact, Finding, Part, Person, Projects, Severity
from bot.texts_doctor_records import RECORDS
from bot.texts_doctor_setup import SETUP, Words
from bot.texts_publishing import UNFORESEEN, WHY, Why

SEVERITY = {Severity.OK: "ok", Severity.NOTE: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
MARK = {Severity.OK: "✅", Severity.NOTE: "💬", Severity.WARNING: "⚠️", Severity.ERROR: "⛔"}
PART = {Part.SETTINGS: "Settings", Part.DATABASE: "Database", Part.SLACK: "Slack", Part.RECORDS: "Records"}

TITLE = "What Waymark finds"
TITLE_OF_SLACK = "What Slack says"
SLACKS_WORD_COMES = (
    "Slack is asked about scopes, channels, people and the clock: its word comes by direct message."
)
SLACKS_WORD = "You asked with `/project doctor`, which shows what Waymark knows by itself."
HOLDS, MEND = "Still holds:", "To mend it:"

_HIDDEN = ", besides {count} that you do not see"

WORDS: Mapping[str, Words] = {**SETUP, **RECORDS}
"""By code."""


class Show(Protocol):
    """How things are written for who reads it."""

    def text(self, said: str) -> str: ...
    def person(self, person: Person) -> str: ...
    def channel(self, channel_id: str) -> str: ...
    def instant(self, at: datetime) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    what: str
    holds: str
    mend: str


def say(finding: Finding, show: Show) -> Said:
    """The whole of one finding."""
    words = WORDS[finding.code]
    fields = _fields(finding.facts, show)
    return Said(*(template.format_map(fields) for template in (words.what, words.holds, words.mend)))


def all_is_well(examined: Examined, whose: str) -> str:
    """In one line. `whose`: the workspaces that were looked at, in words."""
    return f"All is well{whose}: {len(examined.made)} checks, nothing to mend."


def summary(examined: Examined) -> str:
    """How much there is to mend: `2 errors, 1 warning`."""
    found = [each.finding.severity for each in examined.found]
    counts = ((found.count(severity), SEVERITY[severity]) for severity in sorted(Severity, reverse=True))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)


def cut(count: int) -> str:
    return f"… and {count:,} more, which are left out here: `python -m bot doctor` says all."


def _fields(facts: Mapping[str, Fact], show: Show) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, fact in facts.items():
        fields[name] = _written(fact, show)
        if isinstance(fact, Projects):
            fields[f"{name}_first"] = show.text(fact.first or "PROJECT")
    for name, made in _MADE.items():
        if name in _NEEDS and not _NEEDS[name] <= facts.keys():
            continue
        fields[name] = made(facts, show)
    return fields


def _written(fact: Fact, show: Show) -> str:  # noqa: PLR0911 - a case a kind
    match fact:
        case Projects():
            return _projects(fact, show)
        case Person():
            return show.person(fact)
        case Channel():
            return show.channel(fact.id) if fact.id else "a channel that you do not see"
        case datetime():
            return show.instant(fact)
        case int():
            return f"{fact:,}"
        case str():
            return show.text(fact)
        case _:
            return _listed([f"`{show.text(each)}`" for each in fact])


def _projects(found: Projects, show: Show) -> str:
    named = [f"`{show.text(slug)}`" for slug in found.slugs]
    if found.more:
        named.append(f"{found.more:,} more")
    if not named:
        return _count(found.hidden, "project") + " that you do not see"
    return _listed(named) + (_HIDDEN.format(count=f"{found.hidden:,}") if found.hidden else "")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _is_any(fact: Fact | None) -> bool:
    return isinstance(fact, Projects) and fact != Projects()


def _held(facts: Mapping[str, Fact], show: Show) -> str:
    """What somebody who has left still has."""
    said = []
    if _is_any(facts["owner"]):
        said.append(f"owns {_written(facts['owner'], show)}")
    if _is_any(facts["outcome"]):
        said.append(f"looks after outcomes of {_written(facts['outcome'], show)}")
    return " and ".join(said)


def _hand_on(facts: Mapping[str, Fact], show: Show) -> str:
    ways = []
    for name, command in (("owner", "owner {} @person"), ("outcome", "assign {} N @person")):
        fact = facts[name]
        if isinstance(fact, Projects) and _is_any(fact):
            ways.append(f"`/project {command.format(show.text(fact.first or 'PROJECT'))}`")
    return " and ".join(ways)


def _uses(facts: Mapping[str, Fact], show: Show) -> str:
    """What a channel is used for: what does not come there."""
    said = []
    if _is_any(facts["projects"]):
        said.append(f"check-ins of {_written(facts['projects'], show)}")
    if facts["digests"]:
        said.append("a digest or brief")
    if facts["lines"]:
        said.append("the line after each check-in")
    return f"{_listed(said)} cannot be posted there"


def _choose_channel(facts: Mapping[str, Fact], show: Show) -> str:
    ways = []
    projects = facts["projects"]
    if isinstance(projects, Projects) and _is_any(projects):
        ways.append(f"`/project channel {show.text(projects.first or 'PROJECT')} #channel`")
    if facts["digests"]:
        ways.append("`/project digest #channel WHEN`")
    if facts["lines"]:
        ways.append("`/project settings lines #channel`")
    return ", ".join(ways)


def _where(facts: Mapping[str, Fact], show: Show) -> str:
    place = facts["place"]
    return f"{'to' if isinstance(place, Person) else 'in'} {_written(place, show)}"


def _set_again(facts: Mapping[str, Fact], _show: Show) -> str:
    is_own = isinstance(facts["place"], Person)
    return f"`/project {facts['kind']} {'WHEN`, typed by them' if is_own else '#channel WHEN`'}"


def _mend_failed(facts: Mapping[str, Fact], _show: Show) -> str:
    return _BECAUSE.get(str(facts["because"]), _OTHERWISE)


def _why_page(facts: Mapping[str, Fact]) -> Why:
    return WHY.get(str(facts["because"]), UNFORESEEN)


_OF_CHANNEL = "`/invite @Waymark` in the channel, or choose another: `/project channel PROJECT #channel`."
_BECAUSE = {
    "is_archived": "Bring the channel back, or choose another: `/project channel PROJECT #channel`.",
    "is_inactive": "Bring the channel back, or choose another: `/project channel PROJECT #channel`.",
    "not_in_channel": _OF_CHANNEL,
    "channel_not_found": _OF_CHANNEL,
    "user_not_found": "Whoever was written to has left: `/project owner PROJECT @person` says who is asked.",
    "user_disabled": "Whoever was written to has left: `/project owner PROJECT @person` says who is asked.",
    "missing_scope": "Grant the scope that `python -m bot doctor` names, and install the app again.",
    "invalid_auth": "Whoever runs Waymark mends it: `python -m bot doctor` says how.",
}
_OTHERWISE = "An admin of the workspace may know why; docs.slack.dev says what the word means."

_MADE: Mapping[str, Callable[[Mapping[str, Fact], Show], str]] = {
    "held": _held,
    "hand_on": _hand_on,
    "uses": _uses,
    "choose_channel": _choose_channel,
    "mend_failed": _mend_failed,
    "why_page": lambda facts, _: _why_page(facts).what,
    "mend_page": lambda facts, _: _why_page(facts).mend,
    "where": _where,
    "set_again": _set_again,
    "count_messages": lambda facts, _: _count(int(str(facts["count"])), "message"),
    "about_projects": lambda facts, show: (
        f", about {_written(facts['projects'], show)}" if _is_any(facts["projects"]) else ""
    ),
}
"""What is made of several facts."""
_NEEDS: Mapping[str, frozenset[str]] = {
    "held": frozenset({"owner", "outcome"}),
    "hand_on": frozenset({"owner", "outcome"}),
    "uses": frozenset({"projects", "digests", "lines"}),
    "choose_channel": frozenset({"projects", "digests", "lines"}),
    "mend_failed": frozenset({"because"}),
    "why_page": frozenset({"address", "because"}),
    "mend_page": frozenset({"address", "because"}),
    "where": frozenset({"place"}),
    "set_again": frozenset({"place"}),
    "count_messages": frozenset({"count"}),
    "about_projects": frozenset({"projects"}),
}

"""What may be wrong between Waymark and Slack. Pure; see bot/domain/doctor.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.domain.doctor import Finding, Severity
from bot.domain.scopes import SCOPES, SPARED

CLOCK_WARNING = timedelta(seconds=30)
CLOCK_ERROR = timedelta(minutes=4)
"""Slack's requests count as somebody's replay when their time is five minutes from ours."""

Trouble = Literal["archived", "without_bot", "unknown"]


@dataclass(frozen=True, slots=True)
class SlackSeen:
    """What Slack says. `unreachable`: why it did not answer; `refused`: its word for why it would not.

    `granted`: the scopes of the token, None where Slack did not say. `ahead`: by how much its clock is before
    ours. `other_workspace`: whose token it is, if not that of this workspace. `channels`: those of the ones
    asked about that messages cannot be posted in, with their `names`; of `unasked` others nobody was asked.
    `gone`: people who have left. `untold`: methods that it refused, each with its word.
    """

    unreachable: str | None = None
    refused: str | None = None
    granted: frozenset[str] | None = None
    ahead: timedelta | None = None
    other_workspace: str | None = None
    channels: Mapping[str, Trouble] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    untold: Mapping[str, str] = field(default_factory=dict)
    unasked: int = 0


def answers(seen: SlackSeen) -> Iterator[Finding]:
    if seen.unreachable is not None:
        yield Finding("slack_unreachable", Severity.ERROR, {"because": seen.unreachable})
    if seen.refused is not None:
        yield Finding("token_refused", Severity.ERROR, {"because": seen.refused})
    if seen.other_workspace is not None:
        yield Finding("token_of_other_workspace", Severity.NOTE, {"other": seen.other_workspace})
    for method, because in seen.untold.items():
        yield Finding("slack_untold", Severity.NOTE, {"method": method, "because": because})
    if seen.unasked:
        yield Finding("channels_unasked", Severity.NOTE, {"count": seen.unasked})


def scopes_missing(seen: SlackSeen) -> Iterator[Finding]:
    if seen.granted is None:
        return
    for scope, purpose in SCOPES.items():
        if scope not in seen.granted:
            severity = Severity.WARNING if scope in SPARED else Severity.ERROR
            yield Finding("scope_missing", severity, {"scope": scope, "purpose": purpose})


def scopes_unused(seen: SlackSeen) -> Iterator[Finding]:
    unused = sorted((seen.granted or frozenset()) - SCOPES.keys())
    if unused:
        yield Finding("scopes_unused", Severity.NOTE, {"scopes": tuple(unused)})


def slack_clock(seen: SlackSeen) -> Iterator[Finding]:
    if seen.ahead is not None and abs(seen.ahead) > CLOCK_WARNING:
        severity = Severity.ERROR if abs(seen.ahead) > CLOCK_ERROR else Severity.WARNING
        code = "clock_behind" if seen.ahead > timedelta() else "clock_ahead"
        yield Finding(code, severity, {"seconds": f"{abs(seen.ahead).total_seconds():,.0f}"})

"""What `python -m bot doctor` prints: for a terminal, for a file, or as JSON."""

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.doctor import Check, Examined, Finding, Found, Part, Person, Severity, exit_code
from bot.services.doctor import CHECKS
from bot.settings import wants_colour
from bot.texts_doctor import HOLDS, MEND, PART, SEVERITY, Said, all_is_well, say, summary
from storage.records import Workspace

VERSION = 1
"""Of the JSON: grows when something in it is renamed or taken away, not when something is added."""

_MARKS = {Severity.OK: "✔", Severity.NOTE: "•", Severity.WARNING: "▲", Severity.ERROR: "✘"}
_COLOURS = {Severity.OK: "32", Severity.NOTE: "36", Severity.WARNING: "33", Severity.ERROR: "31"}
_BOLD, _DIM = "1", "2"
_NARROWEST, _WIDEST = 40, 110
_INDENT = " " * 4
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")


class Visited(Protocol):
    """What was looked at."""

    @property
    def workspaces(self) -> Sequence[Workspace]: ...
    @property
    def names(self) -> Mapping[str, str]: ...


class _Plain:
    """How things are written outside of Slack: names, where they are known, with their ids."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def text(self, said: str) -> str:
        # What was typed by people must not move the cursor, nor turn the line around.
        return "".join(each if each.isprintable() else "?" for each in said)

    def person(self, person: Person) -> str:
        return f"{self.text(person.name)} ({person.id})" if person.name else person.id

    def channel(self, channel_id: str) -> str:
        name = self._names.get(channel_id)
        return f"#{self.text(name)} ({channel_id})" if name else channel_id

    def instant(self, at: datetime) -> str:
        return f"{at:%Y-%m-%d %H:%M} UTC"


def report_text(examined: Examined, visited: Visited) -> str:
    """A line for each part that is well, and for each finding what, what still holds, and how to mend it.

    One line for all, if nothing was found. Plain, and a line for each finding, where nobody looks at it.
    """
    is_seen = sys.stdout.isatty()
    paint = _paint if is_seen and wants_colour() else _unpainted
    if not examined.found:
        well = all_is_well(examined, _whose(visited.workspaces))
        return " ".join(
            [*([paint(_MARKS[Severity.OK], Severity.OK)] if is_seen else []), well, *_left(examined)]
        )
    show = _Plain(visited.names)
    lines: list[str] = []
    for heading, found, checks in _groups(examined, visited.workspaces):
        if lines and is_seen:
            lines.append("")
        if not found:
            lines.append(_well(heading, checks, is_seen=is_seen))
            continue
        lines.append(paint(heading, _BOLD))
        for each in found:
            lines += _for_eyes(each, show, paint) if is_seen else [_for_files(each, show)]
    lines += ["", *([" ".join(_left(examined))] if examined.left_out else []), summary(examined) + "."]
    return "\n".join(lines)


def report_json(examined: Examined, visited: Visited, now: datetime) -> str:
    """As the README has it; VERSION says which shape."""
    show = _Plain(visited.names)
    findings = []
    for each in examined.found:
        finding = each.finding
        findings.append(
            {
                "severity": SEVERITY[finding.severity],
                "part": each.part.value,
                "check": each.check,
                "code": finding.code,
                "workspace": each.workspace or None,
                **asdict(_said(finding, show)),
                "facts": {name: _fact(fact) for name, fact in finding.facts.items()},
            }
        )
    report = {
        "version": VERSION,
        "severity": SEVERITY[examined.severity],
        "exit_code": exit_code(examined.severity),
        "checked_at": now.isoformat(),
        "workspaces": [{"id": each.id, "name": each.name} for each in visited.workspaces],
        "checks": {"made": list(examined.made), "left_out": list(examined.left_out)},
        "findings": findings,
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _said(finding: Finding, show: _Plain) -> Said:
    """Without the stars that Slack makes bold letters of."""
    said = say(finding, show)
    return Said(*(_EMPHASIS.sub(r"\1", words) for words in (said.what, said.holds, said.mend)))


def _fact(fact: Any) -> object:  # noqa: ANN401 - each kind of facts
    if isinstance(fact, datetime):
        return fact.isoformat()
    return asdict(fact) if is_dataclass(fact) and not isinstance(fact, type) else fact


def _groups(
    examined: Examined, workspaces: Sequence[Workspace]
) -> Iterator[tuple[str, list[Found], list[Check]]]:
    """By part, and of what differs from workspace to workspace by that, too."""
    for part in Part:
        checks = [each for each in CHECKS if each.part is part and each.name in examined.made]
        found = [each for each in examined.found if each.part is part]
        whose = list(dict.fromkeys(each.workspace for each in found))
        if not found and checks:
            yield PART[part], [], checks
        for workspace_id in whose:
            name = next((each.name for each in workspaces if each.id == workspace_id), "")
            heading = f"{PART[part]} of {name} ({workspace_id})" if workspace_id else PART[part]
            yield heading, [each for each in found if each.workspace == workspace_id], checks


def _well(heading: str, checks: Iterable[Check], *, is_seen: bool) -> str:
    paint = _paint if is_seen and wants_colour() else _unpainted
    names = ", ".join(each.name for each in checks)
    mark = f"{paint(_MARKS[Severity.OK], Severity.OK)} " if is_seen else ""
    return f"{mark}{paint(heading, _BOLD)}: ok ({names})"


def _for_files(found: Found, show: _Plain) -> str:
    said = _said(found.finding, show)
    return f"{SEVERITY[found.finding.severity]}: {said.what}. {HOLDS} {said.holds} {MEND} {said.mend}"


def _for_eyes(found: Found, show: _Plain, paint: "_Paint") -> list[str]:
    said, severity = _said(found.finding, show), found.finding.severity
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns)) - 1
    mark = f"{_MARKS[severity]} {SEVERITY[severity]}"
    what = textwrap.wrap(f"{mark}  {said.what}.", width, subsequent_indent=_INDENT)
    what[0] = what[0].replace(mark, paint(mark, severity), 1)
    holds = textwrap.wrap(f"{HOLDS} {said.holds}", width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    mend = textwrap.wrap(
        f"→ {said.mend}",
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT + "  ",
    )
    return [*what, *(paint(line, _DIM) for line in holds), *mend]


def _left(examined: Examined) -> list[str]:
    return [f"Not looked at: {', '.join(examined.left_out)}."] if examined.left_out else []


def _whose(workspaces: Sequence[Workspace]) -> str:
    return f" in {', '.join(each.name for each in workspaces)}" if workspaces else ""


class _Paint(Protocol):
    def __call__(self, words: str, colour: Severity | str) -> str: ...


def _paint(words: str, colour: Severity | str) -> str:
    code = _COLOURS[colour] if isinstance(colour, Severity) else colour
    return f"\x1b[{code}m{words}\x1b[0m"


def _unpainted(words: str, colour: Severity | str) -> str:
    del colour
    return words

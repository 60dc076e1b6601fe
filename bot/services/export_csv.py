"""Outcomes as CSV for spreadsheets: a line each, as RFC 4180 has it, in UTF-8 without a byte order mark.

A text that a spreadsheet would take for a formula has an apostrophe before it.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime

from bot.domain.freshness import freshness_of
from bot.services.export_reading import Exported, Progress, Selection, instant, read_exported
from storage.database import Tx
from storage.records import Outcome

COLUMNS = (
    *("project", "project_name", "parent", "state", "project_owner", "channel"),
    *("number", "level", "outcome", "status", "freshness", "owner", "due_on"),
    *("metric_start", "metric_target", "metric_now", "metric_unit"),
    *("note", "said_by", "said_at", "last_checked_at", "permalink"),
)
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""The wide forms too, which some spreadsheets take for the same."""
_FLUSHED = 64 * 1024
_Cell = str | int | float | None


def csv_pieces(
    tx: Tx, selection: Selection, now: datetime, progress: Progress | None = None
) -> Iterator[bytes]:
    """The table with its heading, piece by piece."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for exported in read_exported(tx, selection, progress):
        for outcome in exported.whole.outcomes:
            writer.writerow([_cell(value) for value in _line(exported, outcome, now)])
        if text.tell() > _FLUSHED:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def defused(text: str) -> str:
    """The text, so that no spreadsheet calculates it."""
    return f"'{text}" if _FORMULA.match(text) else text


def undefused(text: str) -> str:
    """What `defused` made it of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _cell(value: _Cell) -> _Cell:
    return defused(value) if isinstance(value, str) else value


def _line(exported: Exported, outcome: Outcome, now: datetime) -> tuple[_Cell, ...]:
    project, newest, metric = exported.project, outcome.newest, outcome.metric
    return (
        *(project.slug, project.name, exported.parent, project.state.value),
        *(exported.name_of(project.owner_id), project.channel_id),
        *(outcome.number, outcome.level, outcome.text),
        outcome.status.value if outcome.status else None,
        freshness_of(outcome, now).name.lower() if outcome.is_open else None,
        exported.name_of(outcome.owner_id),
        outcome.due_on.isoformat() if outcome.due_on else None,
        *((metric.start, metric.target) if metric else (None, None)),
        newest.value if metric and newest else None,
        metric.unit if metric else None,
        *(
            (newest.note, exported.name_of(newest.said_by), newest.said_at.isoformat())
            if newest
            else _NOTHING
        ),
        instant(outcome.vouched_at),
        newest.permalink if newest else None,
    )


_NOTHING = (None, None, None)

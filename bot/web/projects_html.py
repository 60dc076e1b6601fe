"""The pages themselves: templates filled with what is public, every value escaped where it is put in."""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot import texts_public as texts
from bot.domain.chart import Chart
from bot.domain.status_weeks import WeekOfStatuses, say_something
from bot.services.public_records import PublicList, PublicOutcome, PublicProject
from bot.slack.views.charts import course_chart, statuses_chart
from bot.web import projects_svg as svg
from bot.web.projects_markup import markup, words
from bot.web.projects_routes import Addresses

_FOLDER = Path(__file__).parent / "templates"
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def list_html(found: PublicList, at: Addresses) -> bytes:
    """All projects, or a page of them."""
    fresh = {each: found.freshness[each] for each in sorted(found.freshness)}
    return _render(
        "list", found=found, at=at, how_fresh=fresh, chart=_weeks_chart(found.weeks), tiny=_tiny, tally=_tally
    )


def project_html(found: PublicProject, title: str, at: Addresses) -> bytes:
    """One project, with all that is public of it."""
    courses = {each.number: _course_chart(each) for each in found.outcomes if each.course}
    return _render(
        "project", found=found, title=title, at=at, chart=_weeks_chart(found.weeks), courses=courses
    )


def note_html(title: str, lead: str, at: Addresses | None) -> bytes:
    """A page that says one thing; with the way to all projects, if there is one."""
    return _render("note", title=title, lead=lead, at=at)


@cache
def policy() -> str:
    """What the browser may do with these pages: show them, in this very style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; {_NOTHING_ELSE}"


def _render(template: str, **values: Any) -> bytes:  # noqa: ANN401 - what a template is given
    return _environment().get_template(f"{template}.html.jinja").render(values).encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"markup": markup, "words": words, "iso": _iso, "utc": _utc}
    made.globals |= {"t": texts, "style": Markup(_style()), "svg": svg}  # noqa: S704 - our own style
    return made


@cache
def _style() -> str:
    return (_FOLDER / "projects.css").read_text(encoding="utf-8")


def _weeks_chart(weeks: Sequence[WeekOfStatuses]) -> Chart | None:
    """None where nothing has ever been said."""
    is_told = any(status is not None for week in weeks for status in week.counts)
    return statuses_chart(weeks) if is_told else None


def _tiny(project: PublicProject) -> Markup | str:
    """How its weeks went, where that says more than its outcomes do."""
    if not say_something(project.weeks):
        return ""
    return svg.draw_tiny(statuses_chart(project.weeks), f"{texts.CHARTS}: {_tally(project)}")


def _tally(project: PublicProject) -> str:
    return texts.tally(Counter(each.status for each in project.outcomes))


def _course_chart(outcome: PublicOutcome) -> Chart | None:
    return None if outcome.course is None else course_chart(outcome.number, outcome.course)


def _iso(at: date) -> str:
    """For machines: a day, or an instant in UTC."""
    return _utc(at) if isinstance(at, datetime) else at.isoformat()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")

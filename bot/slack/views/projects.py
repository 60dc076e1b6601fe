"""One project: the whole record, or its goal, outcomes or links alone."""

from datetime import date, datetime

from bot import texts
from bot.domain.ages import age_in_words
from bot.domain.freshness import Freshness, freshness_of, worst_freshness
from bot.services.reading import ProjectRecord
from bot.slack import ids
from bot.slack.mrkdwn import escape, link, mrkdwn, plain
from bot.slack.queries import Query
from bot.slack.views.layout import Part, button, context, header, section
from bot.slack.views.sheet import Sheet
from storage.records import Member, Metric, Outcome, Project, ProjectParts, ProjectState

_INDENT = "\u2003"


def record_sheet(record: ProjectRecord, now: datetime) -> Sheet:
    """Everything, in the order in which a person reads it."""
    project, outcomes, parts = record.project, record.outcomes, record.parts
    body = [*_summary(project), *_goal(project), *_outcomes(outcomes, now), *_links(parts)]
    body += [*_children(parts), *_team(parts), *_next_check_in(project)]
    return Sheet(_top(project, _facts(record, now)), body)


def goal_sheet(project: Project) -> Sheet:
    return Sheet(_top(project, []), _goal(project), _whole_record(project))


def outcomes_sheet(project: Project, outcomes: tuple[Outcome, ...], now: datetime) -> Sheet:
    return Sheet(_top(project, _health(outcomes, now)), _outcomes(outcomes, now), _whole_record(project))


def links_sheet(project: Project, parts: ProjectParts) -> Sheet:
    body = _links(parts) or section(texts.NO_LINKS)
    return Sheet(_top(project, []), body, _whole_record(project))


def _top(project: Project, facts: list[str]) -> list[Part]:
    name = plain(project.name)
    # A section is drawn as mrkdwn, a header as plain text, so a name too long for a header is escaped.
    heading = header(name) if len(name) <= 150 else section(f"*{escape(name)}*")  # noqa: PLR2004 - see layout.HEADER
    return [*heading, *context(" · ".join([f"`{project.slug}`", texts.STATE[project.state], *facts]))]


def _whole_record(project: Project) -> list[dict[str, object]]:
    query = Query(name="show", project_id=project.id)
    return [button("Whole record", f"{ids.OPEN}:show", query.encode())]


def _facts(record: ProjectRecord, now: datetime) -> list[str]:
    facts = []
    if record.parts.parent is not None:
        facts.append(f"part of {escape(plain(record.parts.parent.name))}")
    if record.project.owner_id is not None:
        facts.append(f"owner <@{record.project.owner_id}>")
    if record.project.channel_id is not None:
        facts.append(f"<#{record.project.channel_id}>")
    return [*facts, *_health(record.outcomes, now)]


def _health(outcomes: tuple[Outcome, ...], now: datetime) -> list[str]:
    worst = worst_freshness(outcomes, now)
    if worst is None:
        return []
    return [texts.FRESHNESS[worst]]


def _summary(project: Project) -> list[Part]:
    return section(mrkdwn(project.summary)) if project.summary else []


def _goal(project: Project) -> list[Part]:
    return section(f"*Strategic goal*\n{mrkdwn(project.goal) if project.goal else texts.NO_GOAL}")


def _outcomes(outcomes: tuple[Outcome, ...], now: datetime) -> list[Part]:
    if not outcomes:
        return section(f"*Key outcomes*\n{texts.NO_OUTCOMES}")
    parts = section("*Key outcomes*")
    for outcome in outcomes:
        parts += section(outcome_lines(outcome, now))
    return parts


def outcome_lines(outcome: Outcome, now: datetime) -> str:
    """An outcome's text, and below it its status, metric, owner, date, last words and freshness."""
    indent = _INDENT * outcome.level
    return f"{indent}*{outcome.number}.* {mrkdwn(outcome.text)}\n{indent}{_state_of(outcome, now)}"


def _state_of(outcome: Outcome, now: datetime) -> str:
    newest = outcome.newest
    facts = [texts.NO_STATUS if outcome.status is None else texts.STATUS[outcome.status]]
    if outcome.metric is not None:
        facts.append(_metric(outcome.metric, newest.value if newest else None))
    if outcome.owner_id is not None:
        facts.append(f"<@{outcome.owner_id}>")
    if outcome.due_on is not None:
        facts.append(f"due {_date(outcome.due_on)}")
    if newest is None:
        return " · ".join([*facts, texts.FRESHNESS[Freshness.NEVER]])
    freshness = freshness_of(newest.said_at, now)
    age = age_in_words(newest.said_at, now)
    facts.append(age if freshness is Freshness.FRESH else f"{texts.FRESHNESS[freshness]}, last checked {age}")
    if newest.note:
        said = f"“{mrkdwn(newest.note)}”"
        facts.append(f"{said} (<@{newest.said_by}>)" if newest.said_by else said)
    return " · ".join(facts)


def _metric(metric: Metric, value: float | None) -> str:
    unit = f" {escape(metric.unit)}" if metric.unit and metric.unit != "%" else escape(metric.unit)
    now = metric.start if value is None else value
    return f"{now:g} of {metric.target:g}{unit}"


def _date(day: date) -> str:
    # A date has no zone: Slack's date tokens would move it to the day before for half of the world.
    return f"{day.day} {day:%b %Y}"


def _links(parts: ProjectParts) -> list[Part]:
    if not parts.links:
        return []
    lines = []
    for each in parts.links:
        lead = f"{mrkdwn(each.lead)}: " if each.lead else ""
        lines.append(f"• {lead}{link(each.url, plain(each.label))}")
    return section("*Find more*\n" + "\n".join(lines))


def _children(parts: ProjectParts) -> list[Part]:
    if not parts.children:
        return []
    lines = [f"• {escape(plain(child.name))} (`{child.slug}`)" for child in parts.children]
    return section("*Sub-projects*\n" + "\n".join(lines))


def _team(parts: ProjectParts) -> list[Part]:
    if not parts.members:
        return []
    return section("*Team*\n" + ", ".join(_person(member) for member in parts.members))


def _person(member: Member) -> str:
    who = f"<@{member.user_id}>" if member.user_id else mrkdwn(member.name)
    return who if member.role == "member" else f"{who} ({escape(member.role)})"


def _next_check_in(project: Project) -> list[Part]:
    if project.next_check_in_at is None or project.state is not ProjectState.ACTIVE:
        return context(texts.NO_CHECK_IN)
    at = int(project.next_check_in_at.timestamp())
    fallback = f"{project.next_check_in_at:%Y-%m-%d %H:%M} UTC"
    return context(f"Next check-in <!date^{at}^{{date_short_pretty}} at {{time}}|{fallback}>")

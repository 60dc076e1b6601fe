"""One project: the whole record, or its goal, outcomes or links alone."""

from datetime import date, datetime
from itertools import groupby

from bot import texts, texts_freshness, texts_rights
from bot.domain.ages import age_changes_at, age_in_words
from bot.domain.freshness import goal_held_at, goal_is_old, worst_is_faded, worst_status
from bot.services.reading import ProjectRecord
from bot.services.show_charts import ShownCharts
from bot.slack import ids
from bot.slack.mrkdwn import address, escape, link, mrkdwn, plain
from bot.slack.queries import Query
from bot.slack.views.cards import card_buttons, chart_button, goal_button, outcome_menu
from bot.slack.views.charts import course_chart, freshness_parts, statuses_chart
from bot.slack.views.layout import Part, button, chart, context, header, section, shorten
from bot.slack.views.lists import NAME, facts_of, name_of, slug_of
from bot.slack.views.outcomes import instant, outcome_lines, outcomes_hold_until, status_words
from bot.slack.views.sheet import Sheet
from storage.records import Link, Member, Outcome, Project, ProjectParts, ProjectState

_HEADING = 2900
"""Characters of a name on top of every page. One that is longer is no name."""
_ADDRESS = 3000
"""Characters of a button's address (docs.slack.dev, "button element")."""


def record_sheet(record: ProjectRecord, query: Query, now: datetime) -> Sheet:
    """Everything, in the order in which a person reads it. `query` asked for it."""
    project, outcomes, parts = record.project, record.outcomes, record.parts
    body = [*_summary(project), *_goal(project), *_goal_age(project, now)]
    body += [*_outcomes(project, outcomes, query, now), *_charts(record.charts), *_links(parts)]
    body += [*_children(parts)]
    body += freshness_parts(record.charts.freshness, is_drawn=True) if record.charts else []
    body += [*_team(parts), *_aliases(parts), *_next_check_in(project, parts)]
    return Sheet(
        top(project, _facts(record, now)),
        body,
        for_all=[*card_buttons(project, outcomes, query), *chart_button(project, outcomes)],
        holds_until=None if _has_relatives(record) else _holds_until(record, now),
    )


def _holds_until(record: ProjectRecord, now: datetime) -> datetime:
    """The next check-in comes without anybody changing the record."""
    goal_until = age_changes_at(goal_held_at(record.project), now)
    until = min(outcomes_hold_until(record.outcomes, now), goal_until)
    if record.charts is not None:
        until = min(until, record.charts.until)
    asked_at = record.parts.next_check_in_at
    if asked_at is None:
        return until
    # Due, and not asked yet: that takes seconds.
    return min(until, asked_at) if asked_at > now else now


def _has_relatives(record: ProjectRecord) -> bool:
    """Others may see more or fewer of them."""
    return record.project.parent_id is not None or bool(record.parts.children) or record.parts.has_unseen


def past_sheet(record: ProjectRecord, at: datetime, on: date) -> Sheet:
    """Everything as it was at that instant, on that day; nothing in it can be changed."""
    project, parts = record.project, record.parts
    head = [*header(shorten(name_of(project), _HEADING)), *section(texts.as_it_was(on))]
    line = [slug_of(project), texts.STATE[project.state], *_facts(record, at)]
    body = [
        *_summary(project),
        *_goal(project),
        *_outcomes(project, record.outcomes, None, at),
        *_links(parts),
    ]
    body += [*_children(parts), *_team(parts), *_aliases(parts)]
    return Sheet([*head, *context(" · ".join(line))], body, whole_record(project, "The record now"))


def goal_sheet(project: Project, query: Query, now: datetime) -> Sheet:
    return Sheet(
        top(project, []),
        [*_goal(project), *_goal_age(project, now)],
        whole_record(project),
        for_all=goal_button(project, query),
        holds_until=age_changes_at(goal_held_at(project), now),
    )


def outcomes_sheet(project: Project, outcomes: tuple[Outcome, ...], query: Query, now: datetime) -> Sheet:
    body = _outcomes(project, outcomes, query, now)
    # Of a single outcome, its own menu says all.
    buttons = [] if query.outcome_id else card_buttons(project, outcomes, query)
    # One outcome says nothing of how the others stand.
    facts = [] if query.outcome_id else health(project, outcomes, now)
    return Sheet(
        top(project, facts),
        body,
        whole_record(project),
        for_all=buttons,
        holds_until=outcomes_hold_until(outcomes, now),
    )


def links_sheet(project: Project, parts: ProjectParts) -> Sheet:
    body = _links(parts) or section(texts.NO_LINKS)
    return Sheet(top(project, []), body, whole_record(project))


def top(project: Project, facts: list[str]) -> list[Part]:
    """What stands above all that is said of a project."""
    line = " · ".join([slug_of(project), texts.STATE[project.state], *facts])
    return [*header(shorten(name_of(project), _HEADING)), *context(line)]


def whole_record(project: Project, label: str = "Whole record") -> list[dict[str, object]]:
    query = Query(name="show", project_id=project.id)
    return [button(label, f"{ids.OPEN}:show", query.encode())]


def _facts(record: ProjectRecord, now: datetime) -> list[str]:
    facts = []
    if record.parts.parent is not None:
        facts.append(f"part of {escape(shorten(name_of(record.parts.parent), NAME))}")
    if record.project.owner_id is not None:
        facts.append(f"owner <@{record.project.owner_id}>")
    if record.project.channel_id is not None:
        facts.append(f"<#{record.project.channel_id}>")
    if record.project.is_restricted:
        facts.append(texts_rights.CHANGED_BY_TEAM)
    return [*facts, *health(record.project, record.outcomes, now)]


def health(project: Project, outcomes: tuple[Outcome, ...], now: datetime) -> list[str]:
    """How the whole stands, and how fresh what is said of it is."""
    status = whole_status(project, outcomes, now)
    facts = facts_of(outcomes, now)
    if facts:
        return [*status, f"outcomes: {', '.join(facts)}"]
    return [*status, texts.ALL_FRESH] if any(outcome.is_open for outcome in outcomes) else status


def whole_status(project: Project, outcomes: tuple[Outcome, ...], now: datetime) -> list[str]:
    """By its owner's word, else as its worst open outcome; nothing where nobody has said anything."""
    if project.own_status is not None:
        return [f"{texts.STATUS[project.own_status]} {texts_freshness.AS_A_WHOLE}"]
    status = worst_status(outcomes)
    return [] if status is None else [status_words(status, is_faded=worst_is_faded(outcomes, now))]


def _summary(project: Project) -> list[Part]:
    return section(mrkdwn(project.summary)) if project.summary else []


def _goal(project: Project) -> list[Part]:
    return section(f"*Strategic goal*\n{mrkdwn(project.goal) or texts.NO_GOAL}")


def _goal_age(project: Project, now: datetime) -> list[Part]:
    """When somebody last said that it holds; nothing of a new one, which nobody has to confirm yet."""
    if not project.goal:
        return []
    age = age_in_words(goal_held_at(project), now)
    is_old = goal_is_old(project, now)
    if project.goal_confirmed_at is not None:
        return context(texts_freshness.goal_confirmed(age, is_old=is_old))
    return context(texts_freshness.goal_unconfirmed(age)) if is_old else []


def _outcomes(
    project: Project, outcomes: tuple[Outcome, ...], query: Query | None, now: datetime
) -> list[Part]:
    """`query` asked for the card, whose menus change the outcomes; None where nothing can be changed."""
    if not outcomes:
        return section(f"*Key outcomes*\n{texts.NO_OUTCOMES}")
    parts = section("*Key outcomes*")
    card = query and query.encode()
    for outcome in outcomes:
        parts += section(outcome_lines(outcome, now), outcome_menu(project, outcome, card) if card else None)
    return parts


def _charts(charts: ShownCharts | None) -> list[Part]:
    """How they went, where Slack draws it and there is something to be seen."""
    if charts is None:
        return []
    parts = chart(statuses_chart(charts.weeks), is_drawn=True) if charts.weeks else []
    if charts.course is not None:
        parts += chart(course_chart(*charts.course), is_drawn=True)
    return parts


def _links(parts: ProjectParts) -> list[Part]:
    """A line for those that share what stands before them on the page; a button for what no line can hold."""
    if not parts.links:
        return []
    lines, too_long = ["*Find more*"], []
    for lead, group in groupby(parts.links, lambda each: each.lead or each.id):
        together = []
        for each in group:
            drawn = link(each.url, plain(each.label))
            if drawn.startswith("<") or not _has_button(each):
                together.append(drawn)
            else:
                too_long.append(each)
        before = f"{mrkdwn(lead)}: " if isinstance(lead, str) else ""
        lines += [f"• {before}{' · '.join(together)}"] if together else []
    return [*section("\n".join(lines)), *(part for each in too_long for part in _long_link(each))]


def _has_button(each: Link) -> bool:
    target = address(each.url)
    return target is not None and len(target) <= _ADDRESS


def _long_link(each: Link) -> list[Part]:
    label = plain(each.label) or each.url
    to_it = button("Open", f"{ids.LINK}:{each.id}", "", url=address(each.url))
    before = f"{mrkdwn(each.lead)}: " if each.lead else ""
    return section(f"• {before}{escape(label)}", to_it)


def _children(parts: ProjectParts) -> list[Part]:
    if not parts.children:
        return []
    lines = [f"• {escape(name_of(child))} ({slug_of(child)})" for child in parts.children]
    return section("*Sub-projects*\n" + "\n".join(lines))


def _team(parts: ProjectParts) -> list[Part]:
    if not parts.members:
        return []
    return section("*Team*\n" + ", ".join(_person(member) for member in parts.members))


def _aliases(parts: ProjectParts) -> list[Part]:
    names = ", ".join(f"`{escape(alias)}`" for alias in parts.aliases)
    return context(f"Also found by {names}") if names else []


def _person(member: Member) -> str:
    who = f"<@{member.user_id}>" if member.user_id else mrkdwn(member.name)
    return who if member.role == "member" else f"{who} ({escape(member.role)})"


def _next_check_in(project: Project, parts: ProjectParts) -> list[Part]:
    if parts.next_check_in_at is None or project.state is not ProjectState.ACTIVE:
        return context(texts.NO_CHECK_IN)
    return context(f"Next check-in {instant(parts.next_check_in_at)}")

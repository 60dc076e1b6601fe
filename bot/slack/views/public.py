"""The public page in chat: the very values that everybody reads there, in the words of the page."""

from bot import texts_public as texts
from bot.services.public_records import Beside, PublicList, PublicOutcome, PublicProject, PublicUpdate
from bot.services.public_telling import IN_FEED
from bot.slack.mrkdwn import escape, link, mrkdwn, plain
from bot.slack.public_address import HERE
from bot.slack.views.layout import Part, context, header, section
from bot.slack.views.sheet import Sheet
from storage.public_pages import PublicPage

_INDENT = "\u2003"


def where(page: PublicPage) -> str:
    """The address, to be clicked; or words, where it is not known."""
    address = HERE.of(page)
    return link(address, address) if address else texts.UNKNOWN_PLACE


def setting(page: PublicPage) -> str:
    if not page.is_on:
        return texts.SETTING_OFF
    return texts.setting_on(where(page), with_names=page.with_names, with_notes=page.with_notes)


def page_sheet(page: PublicPage, found: PublicList | None, beside: Beside | None = None) -> Sheet:
    """`found` is None for who may not look at it yet."""
    if found is None:
        return Sheet(_top(page), [*section(texts.GUESTS)])
    body = [] if beside is None else section(_beside(page, beside))
    body += header(texts.PREVIEW if page.is_on else texts.PREVIEW_OFF)
    body += context(f"{escape(texts.page_title(plain(found.title)))} · {texts.many_projects(found.total)}")
    if found.pages > 1:
        body += context(texts.page_of(found.page, found.pages))
    if not found.projects:
        body += section(texts.PREVIEW_EMPTY)
    for project in found.projects:
        body += _project(project)
    return Sheet(_top(page), body)


def project_sheet(page: PublicPage, slug: str, found: PublicProject | None) -> Sheet:
    """One project, as on its own page; `found` is None for one that is not public."""
    if found is None:
        return Sheet(_top(page), section(texts.not_public(escape(slug))))
    body = [*header(texts.PREVIEW if page.is_on else texts.PREVIEW_OFF), *_project(found, is_whole=True)]
    return Sheet(_top(page), body)


def _beside(page: PublicPage, beside: Beside) -> str:
    held = (texts.updates(beside.updates, IN_FEED), texts.days(beside.due, beside.check_ins))
    if not page.is_on:
        return texts.would_be_beside(*held)
    root = HERE.of(page)
    feed, calendar = (f"{root or '/projects'}.{each}" for each in ("atom", "ics"))
    places = [link(each, each) if root else f"`{each}`" for each in (feed, calendar)]
    return texts.is_beside(*held, feed=places[0], calendar=places[1])


def _top(page: PublicPage) -> list[Part]:
    with_ = {"with_names": page.with_names, "with_notes": page.with_notes}
    if page.is_on:
        return [*section(texts.is_on(where(page), **with_)), *context(texts.HOW_OFF)]
    return [*section(f"{texts.IS_OFF} {texts.shown(**with_)}"), *context(texts.HOW_ON)]


def _project(found: PublicProject, *, is_whole: bool = False) -> list[Part]:
    status = f"{texts.STATUS_MARK[found.status]} {texts.status_with(found.status, is_faded=found.is_faded)}"
    facts = [texts.STATE[found.state], status if found.says_status else ""]
    if found.freshness is not None:
        facts += [
            texts.how_fresh(found.freshness, found.as_fresh, found.open),
            texts.checked(found.vouched_on),
        ]
    facts += [escape(texts.looked_after(found.owner))] if found.owner else []
    lines = [f"*{escape(plain(found.ref.name))}*", " · ".join(each for each in facts if each)]
    if found.parent:
        lines.append(escape(texts.part_of(plain(found.parent.name))))
    shown = (found.summary, found.goal) if is_whole else (found.summary or found.goal,)
    lines += [mrkdwn(text) for text in shown if text]
    lines += [_outcome(each) for each in found.outcomes] or [f"_{texts.NO_OUTCOMES}_"]
    if is_whole:
        lines += _rest(found)
    return section("\n".join(lines))


def _fresh(found: PublicOutcome) -> str:
    if found.freshness is None:
        return ""
    said = texts.FRESHNESS[found.freshness]
    return said if found.vouched_on is None else f"{said}, {texts.checked(found.vouched_on)}"


def _outcome(found: PublicOutcome) -> str:
    facts = [
        plain(texts.metric(found.metric, found.value)) if found.metric else "",
        texts.due(found.due_on, is_overdue=found.is_overdue) if found.due_on else "",
        found.owner,
        _fresh(found) or (texts.day(found.said_on) if found.said_on else ""),
    ]
    status = f"{texts.STATUS_MARK[found.status]} {texts.status_with(found.status, is_faded=found.is_faded)}"
    lines = [f"{_INDENT}{found.number}. {status}: {mrkdwn(found.text)}"]
    said = escape(" · ".join(each for each in facts if each))
    lines += [f"{_INDENT}{_INDENT}{said}"] if said else []
    lines += [f"{_INDENT}{_INDENT}“{mrkdwn(found.note)}”"] if found.note else []
    return "\n".join(lines)


def _rest(found: PublicProject) -> list[str]:
    """What stands on a project's own page alone."""
    lines = [f"{texts.PARTS}: {', '.join(escape(plain(each.name)) for each in found.children)}"]
    lines = lines if found.children else []
    for each in found.links:
        lead = f"{escape(plain(each.lead))}: " if each.lead else ""
        lines.append(f"{lead}{link(each.url, plain(each.label or each.url))}")
    lines += [f"{texts.PEOPLE}: {escape(', '.join(found.people))}"] if found.people else []
    lines += [texts.next_check_in(found.next_check_in_at)] if found.next_check_in_at else []
    lines += [f"*{texts.UPDATES}*", *map(_update, found.updates)] if found.updates else []
    return lines


def _update(found: PublicUpdate) -> str:
    what = [
        f"{texts.STATUS_MARK[found.status]} {texts.STATUS[found.status]}" if found.status else "",
        escape(plain(texts.value(found.value, found.unit))) if found.value is not None else "",
        mrkdwn(found.outcome),
        f"“{mrkdwn(found.note)}”" if found.note else "",
    ]
    by = f", {escape(found.by)}" if found.by else ""
    return f"{texts.moment(found.said_at)}{by}: {' · '.join(each for each in what if each)}"

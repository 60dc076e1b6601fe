"""Lines of digests, briefs and one's own week, and how they are divided into messages.

Slack advises at most 4,000 characters in a message's text (docs.slack.dev, "chat.postMessage"). What does not
fit in the first message goes on in its thread, and what does not fit there is said to be elsewhere.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from bot import texts, texts_digests
from bot.domain.cadence import cadence_in_words
from bot.domain.cadence_words import stored_cadence
from bot.domain.digest import News
from bot.domain.freshness import is_faded
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.mrkdwn import escape, link
from bot.slack.queries import Query
from bot.slack.views.layout import BLOCKS, Part, briefly, button, context, message, section, shorten
from bot.slack.views.lists import BUTTON, name_of
from bot.slack.views.outcomes import instant, metric_words, status_words
from storage.digests import Digest
from storage.editions import Edition
from storage.periods import Told
from storage.records import Outcome, OutcomeStatus, ProjectName, UpdateSource
from storage.sight import is_person

LONGEST = 3_600
"""Characters of a message's text but for what stands at its end."""
MOST_MESSAGES = 20
"""Of one brief, or in the thread of one digest: so much nobody reads to its end."""
_MOST_BLOCKS = BLOCKS - 6
_TEXT, _NOTE, _NAME = 160, 240, 60

Unit = list[Part]
"""What stays together: a line, and a heading above it."""


def called(project: ProjectName) -> str:
    return escape(shorten(name_of(project), _NAME))


def show_button(project: ProjectName, *, where: str) -> dict[str, object]:
    """`where` keeps apart what leads to the same record in one message."""
    return button(
        "Show",
        f"{ids.OPEN}:{where}",
        Query(name="show", project_id=project.id).encode(),
        # Read aloud in place of "Show", which every line has.
        accessibility_label=shorten(f"Show {name_of(project)}", BUTTON),
    )


def outcome_line(told: Told, at: datetime, *, was: OutcomeStatus | None = None, mark: str = "") -> str:
    """Its number and text with the project's name; its status, and what was last said, by whom and when."""
    outcome = told.outcome
    first = f"{mark} " if mark else ""
    return (
        f"{first}*{called(told.project)} {outcome.number}.* {briefly(outcome.text, _TEXT)}\n"
        f"{' · '.join(_facts(outcome, was, at))}"
    )


def _facts(outcome: Outcome, was: OutcomeStatus | None, at: datetime) -> list[str]:
    newest = outcome.newest
    facts = [texts.NO_STATUS]
    if outcome.status is not None:
        facts = [status_words(outcome.status, is_faded=is_faded(outcome, at))]
    if was is not None and was is not outcome.status:
        facts.append(texts_digests.was(texts.STATUS_WORD[was]))
    if outcome.metric is not None:
        facts.append(metric_words(outcome.metric, newest.value if newest else None))
    if newest is None:
        return [*facts, texts.NOBODY_SAID]
    if newest.note:
        facts.append(f"“{briefly(newest.note, _NOTE)}”")
    who = f"<@{newest.said_by}> " if newest.said_by else ""
    still = "still true, says " if newest.source is UpdateSource.BUTTON and who else ""
    facts.append(f"{still}{who}{instant(newest.said_at)}")
    if newest.permalink:
        facts.append(link(newest.permalink, "the message"))
    return facts


def news_line(project: ProjectName, news: News) -> str:
    """What came of a project's own changes."""
    facts = [texts_digests.NEW_PROJECT] if news.is_new else []
    facts += [texts_digests.STATE[news.state]] if news.state else []
    facts += [texts_digests.NEW_GOAL] if news.has_new_goal else []
    facts += [f"has {texts.count(news.added, 'new outcome')}"] if news.added else []
    facts += [f"has {texts.count(news.removed, 'outcome')} fewer"] if news.removed else []
    return f"📝 *{called(project)}* {', '.join(facts)}"


def headed(heading: str, lines: Sequence[list[Part]]) -> list[Unit]:
    """The heading stays with the first line."""
    units = [list(line) for line in lines]
    if units:
        units[0] = [*section(f"*{heading}*"), *units[0]]
    return units


def why(edition: Edition, digest: Digest | None) -> list[Part]:
    """Why it came, and how to have fewer."""
    if digest is None or digest.cadence is None:
        return context(texts_digests.why_asked_for(edition.kind.value))
    words = cadence_in_words(stored_cadence(digest.cadence))
    channel_id = None if is_person(digest.place) else digest.place
    return context(texts_digests.why(digest.kind.value, channel_id, words, digest.set_by))


def divided(top: list[Part], units: Sequence[Unit], bottom: list[Part]) -> list[Message]:
    """As many messages as it takes, MOST_MESSAGES at most: the first has `top` and `bottom`."""
    pages: list[list[Unit]] = [[]]
    size, blocks = _size(top), len(top)
    for unit in units:
        is_full = size + _size(unit) > LONGEST or blocks + len(unit) > _MOST_BLOCKS
        if pages[-1] and is_full:
            pages.append([])
            size = blocks = 0
        pages[-1].append(unit)
        size += _size(unit)
        blocks += len(unit)
    left_out = sum(map(len, pages[MOST_MESSAGES:]))
    drawn = [list(chain.from_iterable(page)) for page in pages[:MOST_MESSAGES]]
    goes_on = context(texts_digests.GOES_ON_IN_THREAD) if len(drawn) > 1 else []
    drawn[0] = [*top, *drawn[0], *goes_on, *bottom]
    if left_out:
        drawn[-1] += context(texts_digests.more_elsewhere(left_out))
    return [message(page) for page in drawn if page]


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.text) + 1 for part in parts)

"""What becomes of a form that was submitted: the answer where it was opened from, or what is wrong in it."""

from collections.abc import Mapping
from datetime import datetime

from bot import texts, texts_changes, texts_forms
from bot.domain.status_words import parse_number
from bot.errors import AnyBotError, NotANumberError, TextTooLongError
from bot.services.changing import Act
from bot.services.outcome_form import BETWEEN
from bot.services.revising import Shown
from bot.slack.commands.command import Written
from bot.slack.effects import Back, Close, Effect, FieldErrors
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.forms import project_view
from bot.slack.memos import Memo
from bot.slack.queries import Query
from bot.slack.views.inputs import Fields
from bot.slack.views.layout import shorten

_TYPED = 60
"""Characters of what was typed that are said back at its field."""


def done(
    act: Act, memo: Memo, query: Query, said: str, now: datetime, *, offers_check_ins: bool = False
) -> Effect:
    """The card that the form was opened from, as it is now; with nothing changed it says so."""
    if act.is_empty:
        said = texts_changes.UNCHANGED
    written = Written(
        memo.card or query, None if act.is_empty else act.id, said, offers_check_ins=offers_check_ins
    )
    # In a modal there is no channel to share it in.
    is_public = memo.origin.is_nowhere
    message = show_written(act.tx, act.asker, written, now, is_public=is_public)
    below = memo.below
    if below is None:
        return Close(message, memo.origin)
    memo = Memo(
        project_id=memo.project_id,
        card=memo.card,
        since=below.since,
        seen=below.seen,
        times=below.times,
        page=below.page,
    ).coming_from(memo.origin)
    return Back(below.view_id, project_view(act.tx, act.asker, memo, now, said=said), message, memo.origin)


def at_metric(errors: Mapping[str, AnyBotError], typed: Shown) -> dict[str, AnyBotError]:
    """What is wrong with a metric stands at the one of its three fields that is wrong."""
    found = dict(errors)
    if "metric" in found:
        error = found.pop("metric")
        start = typed.texts["metric"].split(BETWEEN)[0]
        is_at_start = isinstance(error, NotANumberError) and start and parse_number(start) is None
        name = "unit" if isinstance(error, TextTooLongError) else "start" if is_at_start else "target"
        found[name] = error
    return found


def wrong(errors: Mapping[str, AnyBotError], fields: Fields) -> FieldErrors:
    return FieldErrors({fields.block_id(name): sentence_at_field(error) for name, error in errors.items()})


def sentence_at_field(error: AnyBotError) -> str:
    if isinstance(error, TextTooLongError):
        # What is too long stands in the field itself.
        return texts_forms.too_many(len(error.typed), error.limit)
    return texts_forms.plain_sentence(texts.sentence(error, lambda typed: shorten(typed, _TYPED)))

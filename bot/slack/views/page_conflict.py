"""What was changed on a page and in chat: the question, and what became of it."""

import json
from collections.abc import Callable

from bot import texts_page_conflicts as texts
from bot.services.page_questions import ConflictRecord
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import OfConflict
from bot.slack.mrkdwn import escape, link, mrkdwn
from bot.slack.views.layout import actions, button, context, message, section, shorten
from bot.slack.views.lists import name_of
from storage.page_conflicts import ConflictState

_NAME = 80
_VALUE = 2_400
"""Characters of a value in a question; the page and the record have the whole."""
_LISTED = 20


def conflict_message(record: ConflictRecord) -> Message:
    """Both values with two buttons; later who decided, and what the other one was."""
    conflict = record.conflict
    name, what = escape(shorten(name_of(record.project), _NAME)), what_of(record)
    page, said = _value(record, conflict.on_page), _value(record, conflict.in_record)
    page = page or texts.GONE_FROM_PAGE
    said = said or texts.GONE_FROM_RECORD
    if conflict.state is ConflictState.KEPT:
        return message([*section(texts.kept(name, what, conflict.answered_by or "")), *section(page)])
    if conflict.state is ConflictState.TAKEN:
        return message([*section(texts.taken(name, what, conflict.answered_by or "")), *section(said)])
    if conflict.state is ConflictState.SETTLED:
        return message(section(texts.settled(name, what)))
    buttons = [
        button(texts.KEEP, f"{ids.CONFLICT}:keep", _carried(record, "keep"), style="primary"),
        button(texts.TAKE, f"{ids.CONFLICT}:take", _carried(record, "take")),
    ]
    return message(
        [
            *section(_question(record)(name, what)),
            *section(texts.here(said)),
            *section(texts.on_page(_code(record.page_name), _who(record), page)),
            *actions(buttons),
            *context(texts.NOTHING_IS_LOST),
        ]
    )


def _question(record: ConflictRecord) -> Callable[[str, str], str]:
    if record.conflict.on_page is None:
        return texts.question_of_gone
    return texts.question_of_removed if record.conflict.in_record is None else texts.question


def what_of(record: ConflictRecord) -> str:
    """Which value it is about, in words."""
    return texts.called(record.conflict.item, record.number)


def _carried(record: ConflictRecord, do: str) -> str:
    conflict = record.conflict
    return OfConflict.model_validate({"do": do, "id": conflict.id, "version": conflict.version}).encode()


def _who(record: ConflictRecord) -> str | None:
    conflict = record.conflict
    if conflict.author_id:
        return f"<@{conflict.author_id}>"
    return escape(shorten(conflict.author, _NAME)) if conflict.author else None


def _code(name: str) -> str:
    """In a code span, which a backtick would end."""
    return escape(shorten(name, _NAME)).replace("`", "'")


def _value(record: ConflictRecord, value: str | None) -> str | None:
    """As people read it."""
    if value is None:
        return None
    item = record.conflict.item
    if item == "outcomes":
        listed = [record.texts[id_] for id_ in json.loads(value) if id_ in record.texts]
        lines = [f"{number}. {mrkdwn(shorten(each, 100))}" for number, each in enumerate(listed, 1)]
        return _or_nothing("\n".join([*lines[:_LISTED], *(["…"] if lines[_LISTED:] else [])]))
    if item == "link":
        url, label, lead = json.loads(value)
        return _or_nothing(" ".join(filter(None, (escape(f"{lead}:") if lead else "", link(url, label)))))
    if item == "member":
        name, role = json.loads(value)
        return _or_nothing(escape(f"{name} ({role})"))
    if item in {"parent", "project"}:
        return _or_nothing(f"`{escape(value)}`" if value and value not in record.hidden else _unnamed(value))
    return _or_nothing(mrkdwn(shorten(value, _VALUE)))


def _unnamed(value: str) -> str:
    return texts.ANOTHER_PROJECT if value else ""


def _or_nothing(words: str) -> str:
    return words or f"_{texts.EMPTY}_"

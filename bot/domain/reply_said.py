"""What the words after an outcome's number or name say of it, and how clearly. Pure.

"done, two sites are live" says done. "done except for the docs", "done by Friday" and "red lines crossed"
have the word and do not say it: of these the bot asks.
"""

import re
from dataclasses import dataclass

from bot.domain.status_words import Found, Said, find_statuses, parse_said
from storage.records import OutcomeStatus

_DIRECT = re.compile(r"\s+(?P<word>[^\W\d_]+|\d+)")
_FOLLOWS_ANY = frozenset(
    re.findall(
        r"\w+", "today yesterday on since last already now thanks because due at and again finally also"
    )
)
_FOLLOWS_DROPPED = frozenset(re.findall(r"\w+", "by for without"))
_FOLLOWS_OPEN = frozenset(re.findall(r"\w+", "by for until while waiting without with"))
"""After "blocked" or "red": reasons. After "done" each of them takes some of it back."""
_DATE = re.compile(
    r"\s+\d{1,4}(?:-\d\d-\d\d\b|\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", re.IGNORECASE
)
_FOLLOWS_PHRASE = frozenset(re.findall(r"\w+", "no if of to we but still in this as the"))
_TAKEN_BACK = re.compile(
    r"(?:no more|no longer|any ?more|not (?:yet|really|quite|any)|(?:no|nope|not|ish|yet|soon)(?:$|[,.;:!]))",
    re.IGNORECASE,
)
_NOT_WHOLLY = re.compile(
    r"(?:but|except|excluding|excepting|apart|aside|save|minus|unless|if|when|once|until|till|by|before|after"
    r"|soon|tomorrow|next|later|pending|assuming|provided|hopefully|half|partly|partially|mostly|almost"
    r"|nearly|maybe|perhaps|probably|though|although|modulo|or)\b"
    r"|\d+\s(?:\w+\s)?(?:to go|left|remain\w*|more|open|missing|pending|still|not|others?|are|is)\b"
    r"|\d+\s?%",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(r"(?:[\s>/|&+\u2192-]|or\b|to\b|and\b)*+", re.IGNORECASE)
_TAGS = re.compile(
    r"(?:is|isn|are|aren|right|correct|or|no|yes|yet|still|ok|okay|sure|really|i think)\b", re.IGNORECASE
)
_AMOUNT = re.compile(r"[-+]?(?:\d[\d.,]*)?\d\s?(?:%|per\s?cent\b|(?:of|/)\s?(?:\d[\d.,]*)?\d)", re.IGNORECASE)
_BARE = re.compile(r"-?(?:\d[\d.,]*)?\d[.!]?")
_PAUSED = re.compile(r"\s*[,:;.!\u2013\u2014-]")
_SHORT = re.compile(r"(?:on|off)\b", re.IGNORECASE)
"""The first letters that count in prose: others are words of their own ("3 a.m.", "2 of")."""
_LAST = re.compile(r"\s?[,;.:\u2013\u2014-]\s(?P<last>[^,;.:]+[.!]?)$")
_LONGEST_LAST = 40
_FEW = 3
"""Words: a question as short as that asks about the status before it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`is_sure` is whether it is said outright; if not, the bot asks."""

    said: Said
    is_sure: bool


def hear(words: str, *, is_measured: bool, is_marked: bool) -> Heard | None:
    """What words that begin with a status or a number say; None when that is nothing, or asked.

    `is_marked`: that an outcome is meant stands clearly before them (`#3`, `3:`), so that a bare number
    can be its value and not a count of something.
    """
    found = next(find_statuses(words), None)
    if found is not None and found.start == 0:
        return _status(words, found, is_measured=is_measured, is_marked=is_marked)
    said = parse_said(words)
    if said is None:
        return None
    if said.value is None:
        is_short = is_marked and _SHORT.match(words) is not None
        return Heard(said, is_sure=True) if is_short and not _is_asked(words) else None
    return _number(words, said, is_measured=is_measured, is_marked=is_marked)


def _status(words: str, found: Found, *, is_measured: bool, is_marked: bool) -> Heard | None:
    tail = words[found.end :]
    said = parse_said(words, is_measured=is_measured)
    if said is None or said.status is None or tail.lstrip(" .!").startswith("?"):
        return None
    direct = None if found.is_mark else _DIRECT.match(tail)
    if _is_tag(said.note, is_direct=direct is not None) or _is_taken_back(said):
        return Heard(said, is_sure=False)
    if direct is None or said.value is not None or _DATE.match(tail):
        return Heard(said, is_sure=True)
    word = direct["word"].casefold()
    if found.is_one_word:
        return Heard(said, is_sure=_may_follow(word, said.status))
    # "3 at risk youth joined" counts them.
    return Heard(said, is_sure=is_marked or word in _FOLLOWS_ANY | _FOLLOWS_OPEN | _FOLLOWS_PHRASE)


def _is_tag(note: str, *, is_direct: bool) -> bool:
    """Whether the question at the end asks about the status itself: "2 is done, right?"."""
    return note.endswith("?") and (is_direct or len(note.split()) <= _FEW or _TAGS.match(note) is not None)


def _is_taken_back(said: Said) -> bool:
    if said.status is OutcomeStatus.DONE and _NOT_WHOLLY.match(said.note):
        return True
    return _TAKEN_BACK.match(said.note) is not None or _is_another(said)


def _may_follow(word: str, status: OutcomeStatus) -> bool:
    """Whether it can follow a status of one word; "finished drafts" and "red lines" are no statuses."""
    if word in _FOLLOWS_ANY:
        return True
    if status is OutcomeStatus.DONE:
        return False
    return word in (_FOLLOWS_DROPPED if status is OutcomeStatus.DROPPED else _FOLLOWS_OPEN)


def _is_another(said: Said) -> bool:
    """As in "at risk -> on track": which of the two is it now is for the person to say."""
    rest = _TO_ANOTHER.sub("", said.note, count=1)
    second = next(find_statuses(rest), None)
    if second is None or second.start > 0:
        return False
    other = parse_said(rest)
    return other is not None and other.status is not said.status


def _number(words: str, said: Said, *, is_measured: bool, is_marked: bool) -> Heard | None:
    amount = _AMOUNT.match(words)
    is_followed = bool(re.match(r"[-+]?[\d.,]*\d\s*[^\W\d_]", words)) and amount is None
    if _is_asked(words) or (not is_marked and (amount is None or words.startswith("+"))):
        return None
    if is_followed and said.status is None and not is_measured:
        return None
    return Heard(said, is_sure=is_measured and not is_followed and not _TAKEN_BACK.match(said.note))


def last_status(words: str) -> Said | None:
    """What the last words say after a pause ("first draft is up, on track"), with the others as the note."""
    match = _LAST.search(words[-_LONGEST_LAST:])
    found = next(find_statuses(match["last"]), None) if match else None
    if match is None or found is None or found.start > 0 or match["last"][found.end :].strip(" .!"):
        return None
    said = parse_said(match["last"])
    return said and Said(said.status, None, is_percent=False, note=words.removesuffix(match[0]))


def hear_amount(words: str) -> Heard | None:
    """A number alone (then not sure: it may be an outcome's), a part of a whole, which words may follow."""
    amount = _AMOUNT.match(words)
    said = parse_said(words) if amount or _BARE.fullmatch(words) else None
    if said is None or said.value is None or said.status is not None or _is_asked(words):
        return None
    if amount and said.note and not _PAUSED.match(words[amount.end() :]):
        return None
    return Heard(said, is_sure=amount is not None)


def _is_asked(words: str) -> bool:
    return words.endswith("?")

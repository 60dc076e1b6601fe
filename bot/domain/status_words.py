"""How people write a status: by word, by its first letters, by emoji, as a number or per cent. Pure.

`done`, `on track`, `at risk: waiting for the grant office`, `off`, `🟢 first draft is up`, `70%`, `12 of 20`.
Nothing is guessed: a beginning that two statuses share is none of them, and first letters count only when
nothing but punctuation follows them ("on Tuesday" is not "on track").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import OutcomeStatus

_NAMES = {
    OutcomeStatus.ON_TRACK: ("on track", "ontrack", "on-track", "on_track", "green"),
    OutcomeStatus.AT_RISK: ("at risk", "atrisk", "at-risk", "at_risk", "risk", "yellow", "amber", "orange"),
    OutcomeStatus.OFF_TRACK: ("off track", "offtrack", "off-track", "off_track", "red", "blocked"),
    OutcomeStatus.DONE: ("done", "finished", "complete", "completed"),
    OutcomeStatus.DROPPED: ("dropped", "drop", "cancelled", "canceled"),
}
_JOINED = frozenset({"ontrack", "atrisk", "offtrack"})
"""One word to the eye, but no word of other sentences as `red`, `done` and `risk` are."""
_EMOJI = {
    OutcomeStatus.ON_TRACK: ("🟢", "💚", ":large_green_circle:", ":green_circle:", ":green_heart:"),
    OutcomeStatus.AT_RISK: ("🟡", "🟠", "⚠", ":large_yellow_circle:", ":large_orange_circle:", ":warning:"),
    OutcomeStatus.OFF_TRACK: ("🔴", "🛑", ":red_circle:", ":octagonal_sign:"),
    OutcomeStatus.DONE: (
        "✅", "✔", "☑", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:",
    ),
    OutcomeStatus.DROPPED: ("⚪", "🗑", ":white_circle:", ":wastebasket:"),
}  # fmt: skip

_DASHES = "\u2013\u2014"
_ENDS = rf"(?=$|[\s;!?{_DASHES}]|[,:.](?!\d)|-(?!\w))"
"""After a number or a name. A hyphen, comma, colon or full stop inside of a word or a number ends nothing."""
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?)"
"""At most 15 before the point: so many are exact, and none of them is infinite."""
_NUMBER = re.compile(rf"([-+]?{_DIGITS})\s*(%|per\s?cent\b)?(\s*(?:of|/)\s*{_DIGITS})?{_ENDS}", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_PAUSES = rf"[\s,:;.!{_DASHES}-]"
_BETWEEN = re.compile(rf"^{_PAUSES}+")
_PUNCTUATION = re.compile(rf"^\s*(?:$|[,:;.!?{_DASHES}\n-])")
_WHOLE_NAMES = tuple(
    (status, re.compile(r"\s+".join(map(re.escape, name.split())) + _ENDS, re.IGNORECASE))
    for status, names in _NAMES.items()
    for name in names
)
_ANY_MARK = {
    status: "(?:" + "|".join(map(re.escape, marks)) + r")\ufe0f?" for status, marks in _EMOJI.items()
}
"""U+FE0F says that the character before it is drawn in colour; people do not see it."""
_MARKS = tuple((status, re.compile(rf"{mark}(?:{_PAUSES}*+{mark})*+")) for status, mark in _ANY_MARK.items())
_ANY_NAME = "|".join(r"\s+".join(map(re.escape, name.split())) for names in _NAMES.values() for name in names)
_ANYWHERE = re.compile(
    f"(?P<mark>{'|'.join(_ANY_MARK.values())})|(?<![\\w-])(?:{_ANY_NAME}){_ENDS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A status, a number (`is_percent`: of the way to the target), and what else was said."""

    status: OutcomeStatus | None
    value: float | None
    is_percent: bool
    note: str


def parse_said(text: str, *, is_measured: bool = True) -> Said | None:
    """What a text that begins with a status or a number says; None when it begins with neither.

    Where nothing is measured, a number after a status belongs to the note.
    """
    text = text.strip()
    status, rest = _status_at_start(text)
    if status is not None:
        value, is_percent, rest = _number_after_status(rest) if is_measured else (None, False, rest)
        return Said(status, value, is_percent, _after(rest))
    value, is_percent, rest = _number_at_start(text)
    if value is None:
        return None
    status, rest = _status_at_start(_after(rest))
    return Said(status, value, is_percent, _after(rest))


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text a status stands: its whole name, or its mark (an emoji)."""

    start: int
    end: int
    is_mark: bool
    is_one_word: bool


def find_statuses(text: str) -> Iterator[Found]:
    """Every status of a text, from left to right; first letters are none, since any text has some."""
    for match in _ANYWHERE.finditer(text):
        is_mark = match["mark"] is not None
        one_word = not is_mark and match[0].isalpha() and match[0].casefold() not in _JOINED
        yield Found(match.start(), match.end(), is_mark=is_mark, is_one_word=one_word)


def parse_number(text: str) -> float | None:
    """The number that the text is, and nothing else."""
    value, is_percent, rest = _number_at_start(text.strip())
    return None if rest or is_percent else value


def _after(rest: str) -> str:
    return _BETWEEN.sub("", rest).strip()


def _status_at_start(text: str) -> tuple[OutcomeStatus | None, str]:
    """The status that the text begins with, and what follows it."""
    for status, marks in _MARKS:
        if match := marks.match(text):
            rest = text[match.end() :]
            again, after = _name_at_start(_after(rest))
            # People put the mark before the words: both together are one status, if they agree.
            return (status, after) if again is status else (status, rest)
    return _name_at_start(text)


def _name_at_start(text: str) -> tuple[OutcomeStatus | None, str]:
    for status, name in _WHOLE_NAMES:
        if match := name.match(text):
            return status, text[match.end() :]
    return _by_first_letters(text)


def _by_first_letters(text: str) -> tuple[OutcomeStatus | None, str]:
    match = re.match(r"[^\W\d_]+(?: [^\W\d_]+)?", text)
    if match is None or not _PUNCTUATION.match(text[match.end() :]):
        return None, text
    rest = text[match.end() :]
    if rest.startswith("-") and rest[1:2].isalnum():
        return None, text
    letters = match[0].casefold()
    meant = {status for status, names in _NAMES.items() if any(name.startswith(letters) for name in names)}
    return (meant.pop(), rest) if len(meant) == 1 else (None, text)


def _number_after_status(rest: str) -> tuple[float | None, bool, str]:
    """Only one that stands alone, or says what it is: "at risk: 3 people left" has none."""
    value, is_percent, after = _number_at_start(_BETWEEN.sub("", rest))
    says_of_what = re.search(r"(?:of|/)\s*[\d.,]+$", rest[: len(rest) - len(after)], re.IGNORECASE)
    if value is None or not (is_percent or says_of_what or _PUNCTUATION.match(after)):
        return None, False, rest
    return value, is_percent, after


def _number_at_start(text: str) -> tuple[float | None, bool, str]:
    match = _NUMBER.match(text)
    if match is None:
        return None, False, text
    number = float(_THOUSANDS.sub("", match[1]).replace(",", "."))
    return number, match[2] is not None, text[match.end() :]

"""The lines of a reply, as they were typed and as words to be understood. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.command_line import as_typed

_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x1f\x7f-\x9f]"
)
"""Not the joiners (U+200C, U+200D): emoji and whole languages are written with them."""
_BULLET = re.compile(
    r"(?:[-*+\u2013\u2014]\s|[\u2022\u25e6\u25aa\u25ab\u25cf\u25cb\u2023\u2043\u00b7]\s?)\s*+"
)
_ADDRESSED = re.compile(r"(?:@[UW][A-Z0-9]{2,}+[,:]?\s+)++")
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|morning|good morning)(?:\s(?:all|team|everyone|folks|there|waymark))?|yes|ok|okay"
    r"|fyi|(?:(?:my|quick|short|an)\s)?updates?)(?:[,:!.]|\s[\u2013\u2014-])\s",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![^\W_])(\*{1,2})(?=[^\s*])([^*]++)(?<=\S)\1(?![^\W_])")
_ITALIC = re.compile(r"(?<![^\W_])_(?=[^\s_])([^_]++)(?<=\S)_(?![^\W_])")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """`typed` as it was (mentions and links as kept), and its `words` without bullet, bold and greeting.

    `is_said` is false for what the person only shows: a quotation, code, words struck out. `is_item` is the
    first line of a list's item, `is_blank` one with nothing to be seen.
    """

    typed: str
    words: str
    is_said: bool
    is_item: bool

    @property
    def is_blank(self) -> bool:
        return not self.words and not self.typed.strip()


def lines_of(text: str) -> Iterator[TypedLine]:
    """Every line of a message as Slack hands it over (escaped)."""
    is_code = is_quoted = False
    for typed in as_typed(text).splitlines():
        fences = typed.count("```")
        is_shown = is_code or fences > 0 or is_quoted or typed.lstrip().startswith((">", "~", "`"))
        # Three of them quote all that follows.
        is_quoted = is_quoted or typed.lstrip().startswith(">>>")
        is_code = is_code != (fences % 2 == 1)
        words = " ".join(_UNSEEN.sub("", typed.replace("\t", " ")).split())
        bare = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
        is_item = bare != words and not typed.startswith((" ", "\t", "\u00a0"))
        bare = _ITALIC.sub(r"\1", _BOLD.sub(r"\2", _without_greeting(bare)))
        yield TypedLine(typed, bare, not is_shown, is_item)


def _without_greeting(words: str) -> str:
    for before in (_ADDRESSED, _GREETING, _ADDRESSED):
        if match := before.match(words):
            words = words[match.end() :]
    return words

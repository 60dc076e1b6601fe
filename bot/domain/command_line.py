"""What a person typed after `/project`, taken apart. Pure.

Quotes, capitals, stray and non-breaking spaces do not matter. Slack hands over people and channels as
`<@U123>` or `<@U123|name>` and `<#C123>` or `<#C123|name>`, and text with `&`, `<` and `>` escaped.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^<|>]+)(?:\|([^<>]*))?>")
_NAMED = re.compile(r"<[#@][A-Z0-9]++\|([^<>]*)>")
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}](?=\s|$)")
_COUNTED = re.compile(r"(?:#|no\.? ?)?([0-9]{1,6})[.:,]?", re.IGNORECASE)
_CALL = re.compile(r"<!(?:[a-z]++(?:\^[^<|>]*)?\|([^<|>]+)|([a-z]++))>")
_MENTION = re.compile(r"<([@#])([A-Z0-9]++)(?:\|([^<>]*))?>")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The first word in lower case, and all that follows it, every run of blanks as one space.

    `raw` is what follows it with every blank and line as it was typed, for what is to be kept.
    """

    name: str
    rest: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """The first word of a text, or the first words in quotation marks, and what follows."""

    word: str
    rest: str
    is_quoted: bool = False


@lru_cache(maxsize=8)
def parse_command_line(text: str) -> CommandLine:
    """Never fails: an empty text has an empty name."""
    # Kept for the moment between asking whether a line writes and answering it.
    cleaned = clean(text)
    first, _, rest = cleaned.partition(" ")
    raw = split_word(text).rest if rest else ""
    return CommandLine(unquote(first).lower().lstrip("/"), rest.strip(), raw)


def split_word(text: str) -> First:
    """Never fails: an empty text has an empty first word."""
    word, rest = "", text.strip()
    while rest and not word:
        # A word of which nothing can be seen is none.
        first, *others = rest.split(maxsplit=1)
        word, rest = clean(first), others[0] if others else ""
    return First(word, rest)


def split_first(text: str) -> First:
    """As `split_word`, but words in quotation marks stay together."""
    match = _QUOTED.match(text.strip())
    if match is None:
        return split_word(text)
    return First(match[1].strip(), text.strip()[match.end() :].strip(), is_quoted=True)


def clean(text: str) -> str:
    """Without what cannot be seen, every run of blanks as one space."""
    return " ".join(_INVISIBLE.sub("", text).split())


def unquote(text: str) -> str:
    """Without quotation marks around it, of whatever kind."""
    return text.strip().strip(_QUOTES).strip()


def channel_in(text: str) -> str | None:
    """The channel's id when the text is a mention of a channel and nothing else."""
    match = _CHANNEL.fullmatch(unquote(text))
    return match[1] if match else None


def person_in(text: str) -> str | None:
    """The person's id when the text is a mention of a person and nothing else."""
    match = _PERSON.fullmatch(unquote(text))
    return match[1] if match else None


def number_in(text: str) -> int | None:
    """The number that the text is (`2`, `#2`, `2.`), if it is one that an outcome can have."""
    match = _COUNTED.fullmatch(unquote(clean(text)))
    return int(match[1]) if match else None


def as_typed(text: str) -> str:
    """The text before Slack escaped it, each line and blank as it was.

    Mentions are written by name, as they were typed; addresses as they were typed, too, or as a Markdown link
    where the person linked other words to them.
    """
    text = _LINK.sub(_link_as_typed, text.strip())
    text = _CALL.sub(lambda m: "@" + (m[1] or m[2]).lstrip("@"), text)
    text = _MENTION.sub(lambda m: f"{m[1]}{m[3] or m[2]}", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def split_link(text: str) -> tuple[str, str]:
    """An address, and what it is to be called: what follows it, else the words that were linked to it.

    Slack makes `<http://example.org|example.org>` of an address that was typed without its beginning.
    """
    match = _LINK.match(text.strip())
    if match is None:
        first = split_word(as_typed(text))
        return first.word, first.rest
    url = as_typed(match[1])
    linked = as_typed(match[2] or "")
    return url, as_typed(text.strip()[match.end() :]) or ("" if linked in url else linked)


def _link_as_typed(match: re.Match[str]) -> str:
    url, label = match[1], match[2]
    if not label or label in url:
        return label or url
    return f"[{label}]({url})"


def words_in(text: str) -> str:
    """The text as the person saw it: mentions by name where Slack gives one, links as words."""
    if "<" not in text and "&" not in text:
        return unquote(text)
    text = _LINK.sub(lambda m: m[2] or m[1], text)
    text = _NAMED.sub(r"\1", text)
    return unquote(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))

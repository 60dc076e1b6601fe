"""What a person typed after `/project`, taken apart. Pure.

Quotes, capitals, stray and non-breaking spaces do not matter. Slack hands over people and channels as
`<@U123>` or `<@U123|name>` and `<#C123>` or `<#C123|name>`, and text with `&`, `<` and `>` escaped.
"""

import re
from dataclasses import dataclass

_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^<|>]+)(?:\|([^<>]*))?>")
_NAMED = re.compile(r"<[#@][A-Z0-9]++\|([^<>]*)>")
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The first word in lower case, and all that follows it, as typed but for spaces at the ends."""

    name: str
    rest: str


def parse_command_line(text: str) -> CommandLine:
    """Never fails: an empty text has an empty name."""
    cleaned = clean(text)
    first, _, rest = cleaned.partition(" ")
    return CommandLine(unquote(first).lower().lstrip("/"), rest.strip())


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


def words_in(text: str) -> str:
    """The text as the person saw it: mentions by name where Slack gives one, links as words."""
    if "<" not in text and "&" not in text:
        return unquote(text)
    text = _LINK.sub(lambda m: m[2] or m[1], text)
    text = _NAMED.sub(r"\1", text)
    return unquote(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))

"""The words of somebody's message, as people read them: mentions by name."""

import re
from collections.abc import Mapping

from bot.domain.command_line import as_typed

_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
MOST_NAMES = 8
"""People whose names are asked of Slack for one message: the form has to be open in three seconds."""


def mentioned(text: str) -> list[str]:
    """The ids of the people who are mentioned, each once, the first MOST_NAMES of them."""
    return list(dict.fromkeys(_PERSON.findall(text)))[:MOST_NAMES]


def readable(text: str, names: Mapping[str, str]) -> str:
    """`names` of people by id; who is not among them stays an id."""

    def named(match: re.Match[str]) -> str:
        name = names.get(match[1])
        # Escaped as all else in the text is, until it is read.
        return f"<@{match[1]}|{_escaped(name)}>" if name else match[0]

    return as_typed(_PERSON.sub(named, text))


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

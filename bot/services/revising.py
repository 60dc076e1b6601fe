"""What a person changed in a form, beside what others changed since it was opened. Pure.

A form knows of each field how it was when the person first saw it, as a short digest: a view of Slack's can
carry no more. What the person did not touch stays as others left it; what both changed is a conflict. Lists
are merged item by item, where nobody is in anybody's way.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from bot.errors import AnyBotError, OutdatedFormError
from bot.errors_base import BotError

_DIGEST = 6
"""Hexadecimal digits: of two different texts, one pair in 16 million looks the same."""
LONGEST = 3000
"""Characters that a field of Slack's takes."""
MOST_ITEMS = 80
"""Of a list in a form: so many digests fit in what a view can carry."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form shows of a record, or what was typed into it: texts, and lists with their items."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def too_long(self) -> frozenset[str]:
        """The fields that Slack could not show whole."""
        texts = {name for name, text in self.texts.items() if len(text) > LONGEST}
        lists = {
            name
            for name, items in self.lists.items()
            if len(items) > MOST_ITEMS or len("\n".join(items)) > LONGEST
        }
        return frozenset(texts | lists)

    def seen(self) -> dict[str, str]:
        """The digests of all that fits in a form."""
        found = {name: digest(text) for name, text in self.texts.items()}
        found |= {name: "".join(map(digest, items)) for name, items in self.lists.items()}
        return {name: seen for name, seen in found.items() if name not in self.too_long}


Read = Callable[[str], JsonValue]
"""From a text in a field to the value that is kept. Raises a BotError."""


@dataclass(slots=True)
class Revision:
    """What is to be written (`values`, `added`, `removed`), what cannot be, and what is in somebody's way.

    `added` and `removed` hold items of lists. `shown` is what the form shows when it comes back: what the
    person typed, and of all else what is there now.
    """

    values: dict[str, JsonValue] = field(default_factory=dict)
    added: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, AnyBotError] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.values or any(self.added.values()) or any(self.removed.values()))


def digest(text: str) -> str:
    return hashlib.blake2b(normal(text).encode(), digest_size=_DIGEST // 2).hexdigest()


def normal(text: str) -> str:
    """A text as it is kept: without the blanks around it, with one kind of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def revise(now: Shown, seen: Mapping[str, str], typed: Shown, read: Mapping[str, Read]) -> Revision:
    """`now` is what a form would show now; `seen` what the person's form showed, as digests.

    A field that the form did not have (it is not in `seen`, or nothing came of it) is as it was.
    """
    revision = Revision()
    texts = {name: _revise_text(revision, name, now, seen, typed, read) for name in now.texts}
    lists = {name: _revise_list(revision, name, now, seen, typed) for name in now.lists}
    revision.shown = Shown(texts, lists)
    return revision


def laid_over(now: Shown, seen: Mapping[str, str], typed: Shown) -> Shown:
    """What a form shows that comes back: what was typed, and of all else what is there now."""
    return revise(now, seen, typed, dict.fromkeys(now.texts, str)).shown


def _revise_text(  # noqa: PLR0917 - the three states of a field, and how it is read
    revision: Revision,
    name: str,
    now: Shown,
    seen: Mapping[str, str],
    typed: Shown,
    read: Mapping[str, Read],
) -> str:
    current, mine = now.texts[name], normal(typed.texts.get(name, ""))
    was_in_form = name in seen and name in typed.texts
    if not was_in_form or digest(mine) == seen[name] or mine == normal(current):
        return current
    try:
        revision.values[name] = read[name](mine)
    except BotError as error:
        revision.errors[name] = error  # type: ignore[assignment]  # BotError is the base of a closed set
    except ValueError:
        # A choice that this version does not offer.
        revision.errors[name] = OutdatedFormError()
    if digest(current) != seen[name]:
        revision.conflicts.append(name)
    return mine


def _revise_list(
    revision: Revision, name: str, now: Shown, seen: Mapping[str, str], typed: Shown
) -> tuple[str, ...]:
    current = now.lists[name]
    if name not in seen or name not in typed.lists:
        return current
    was = _items(seen[name])
    mine = [item for item in map(normal, typed.lists[name]) if item]
    kept, here = set(map(digest, mine)), set(map(digest, current))
    revision.added[name] = [item for item in dict.fromkeys(mine) if digest(item) not in {*was, *here}]
    revision.removed[name] = [item for item in current if digest(item) in was and digest(item) not in kept]
    return (*(item for item in current if item not in revision.removed[name]), *revision.added[name])


def _items(digests: str) -> set[str]:
    return {digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)}


def line_of(typed: Sequence[str], item: str) -> int:
    """Which line an item was typed on, counted from 1."""
    return next(number for number, line in enumerate(typed, 1) if normal(line) == item)

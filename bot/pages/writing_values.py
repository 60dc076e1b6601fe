"""Words of a record as they are written on a page, so that reading gives the same words back."""

import re
from functools import lru_cache

from bot.pages.active import Active, active_in
from bot.pages.errors import PageError
from bot.pages.escapes import (
    begins_block,
    elements_of,
    escape_active,
    escape_line,
    unescape_active,
    unescape_line,
)
from bot.pages.reader import read_page
from bot.pages.values import GroupKind, PageProject

_LINE_END = re.compile(r"\r\n?|\n")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_NUMBER_SIGNS = re.compile(r"(?<=[ \t])(#+)$")
_CHECKED = {
    GroupKind.GOAL: "## P\n\n### Goal\n\n{}\n",
    GroupKind.SUMMARY: "## P\n\n{}\n\n### Goal\n\nx\n",
    GroupKind.OUTCOMES: "## P\n\n### Outcomes\n\n- {}\n",
    GroupKind.INFORMATION: "## P\n\n### Links\n\n- {}\n",
    GroupKind.TEAM: "## P\n\n### Goal\n\nx\n\n### Team\n\n- {}\n",
}
_NAMED = "## {}\n\n### Goal\n\nx\n"


def canonical(words: str) -> str:
    """The words as reading gives them: what no page can tell apart is one."""
    words = unescape_active(_UNSEEN.sub("", words))
    lines = [unescape_line(line.strip(" \t")) for line in _LINE_END.split(words)]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join(_broken(paragraph) for paragraph in paragraphs if paragraph)


def _broken(lines: list[str]) -> str:
    """A paragraph: a backslash that breaks a line is no word, since the line is broken already."""
    return "\n".join([*(_without_backslash(line) for line in lines[:-1]), lines[-1]])


def _without_backslash(line: str) -> str:
    odd = (len(line) - len(line.rstrip("\\"))) % 2
    return line[:-1].rstrip() if odd else line


def is_same(record: str, page: str) -> bool:
    """Whether the page says what the record does."""
    return record == page or canonical(record) == page


def one_line(words: str) -> str:
    """A name, in which there is no other line."""
    return " ".join(canonical(words).split())


def name_text(words: str, *, is_underlined: bool = False) -> str | None:
    """What is written in a heading; None when no heading can say it."""
    wanted = one_line(words)
    raw = escape_active(escape_line(wanted))
    raw = raw if is_underlined else _NUMBER_SIGNS.sub(r"\\\1", raw)
    found = _read(_NAMED.format(raw))
    return raw if found and found.name.text in {wanted, raw} else None


def value_text(kind: GroupKind, words: str, *, indent: str, eol: str, like: str = "") -> str | None:
    """What is written for a summary, a goal or an outcome, further lines behind the indent.

    `like`: what stood there before, whose lists and length of lines are kept. None when no page can say it:
    words that only hold a place, for one.
    """
    wanted = canonical(words)
    if not wanted:
        return None
    kept = elements_of(like)
    allowed = active_in(like) if kept else frozenset()
    for has_lists in (True, False) if _has_items(like) else (False,):
        raw = _written(wanted, _width(like), kept, has_lists=has_lists)
        if reads_as(kind, raw, allowed) == wanted:
            return raw.replace("\n", f"{eol}{indent}").replace(f"{eol}{indent}{eol}", f"{eol}{eol}")
    return None


def _has_items(raw: str) -> bool:
    return any(_ITEM.match(line.lstrip(" \t")) for line in _LINE_END.split(raw))


def _width(raw: str) -> int:
    """How long a line may be; 0 for as long as it gets, where no line was broken before."""
    lines = _LINE_END.split(raw)
    return max(map(len, lines)) if len(lines) > 1 and lines[1].strip() and not _has_items(raw) else 0


def _written(words: str, width: int, kept: frozenset[str], *, has_lists: bool) -> str:
    paragraphs = []
    for paragraph in words.split("\n\n"):
        written = ""
        for line in paragraph.split("\n"):
            is_item = has_lists and _ITEM.match(line)
            end = "" if not written else "\n" if is_item else "\\\n"
            written += end + (line if is_item else "\n".join(_wrapped(escape_line(line), width)))
        paragraphs.append(written)
    return escape_active("\n\n".join(paragraphs), kept)


def _wrapped(line: str, width: int) -> list[str]:
    """The line in as many as it needs, none of which begins a block or ends in a backslash."""
    if not width or len(line) <= width:
        return [line]
    lines, current = list[str](), ""
    words = line.split(" ")
    for number, word in enumerate(words):
        is_free = current and word and not begins_block(" ".join(words[number : number + 4]))
        if is_free and len(current) + 1 + len(word) > width and not current.endswith(("\\", " ")):
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if number else word
    return [*lines, current]


def placeholder_text(words: str) -> str | None:
    """Words that only hold a place, as they are written; None for those that do more than that."""
    raw = escape_active(escape_line(words))
    return None if active_in(raw) else raw


def reads_as(kind: GroupKind, raw: str, allowed: frozenset[Active] = frozenset()) -> str | None:
    """The words that are read of it where it is the only thing of its kind; None when it is read as none.

    Nor is it read when it is more than words, but for what is `allowed`.
    """
    found = _read(_CHECKED[kind].format(raw.replace("\n", "\n  ") if kind in _IN_ITEMS else raw), allowed)
    return _value(kind, found) if found else None


_IN_ITEMS = {GroupKind.OUTCOMES, GroupKind.INFORMATION, GroupKind.TEAM}


def _value(kind: GroupKind, project: PageProject) -> str | None:
    match kind:
        case GroupKind.GOAL:
            return project.goal.text if project.goal else None
        case GroupKind.SUMMARY:
            return project.summary.text if project.summary and not project.links else None
        case GroupKind.OUTCOMES:
            return project.outcomes[0].text if len(project.outcomes) == 1 else None
        case GroupKind.INFORMATION:
            one = project.links[0] if len(project.links) == 1 else None
            return f"{one.url}\n{one.label}\n{one.lead}" if one else None
        case GroupKind.TEAM:
            person = project.members[0] if len(project.members) == 1 else None
            return f"{person.name}\n{person.role}" if person else None


@lru_cache(maxsize=256)
def _read(text: str, allowed: frozenset[Active] = frozenset()) -> PageProject | None:
    """The one project of a page, if it has one and nothing else, and nothing active that is not allowed."""
    if not active_in(text) <= allowed:
        return None
    try:
        found = read_page(text).projects
    except PageError:
        return None
    return found[0] if len(found) == 1 else None

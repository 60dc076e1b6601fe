"""What people typed, as Markdown that does nothing but say it.

Texts of records are inline Markdown: emphasis, code and links that are safe stay what they are. All that
would be more on a page gets a backslash: headings, lists, quotes, fences, labels, comments, roles,
substitutions, formulas, pictures, HTML, and links to anywhere but http, https and mail. Read back, the words
are the same: exactly, if there was nothing to escape; else with its backslashes, which then stay as they are.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.pages.blocks import Block
from bot.pages.links import refusal
from bot.pages.names import known_name
from bot.pages.notebook import paragraph_kind
from bot.pages.parts import is_line_of_links
from bot.pages.values import NoteKind

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u2028\u2029\x85]")
_BLANKS = re.compile(r"[ \t\f\v]+")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_ENDS = re.compile(r"[ \n]*\n[ \n]*")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<(?:https?://[^\s<>]+|mailto:[^\s<>@]+@[^\s<>]+)>", re.IGNORECASE)
_LINK = re.compile(
    r"\[((?:\\.|`[^`\[\]]+`|[^\[\]\\`<\n])+)\]"
    r"\((<[^<>\n\\]+>|[^\s()<>\\]+(?:\([^\s()<>\\]*\)[^\s()<>\\]*)*)\)"
)
_START = re.compile(
    r"""
    \#{1,6}(?=\s|$) | > | [-+*](?=\s|$) | \+\+\+ | % | :(?=\s|$|::) | ~(?=\s|$|~~)
    | \( (?=.*\)=\s*$)
    | [-=*_+~.:|] (?=[-=*_+~.:|\s]*$)
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_NOTHING = "&#8203;"
"""A blank of no width."""
_ENDS_OF_LINK = re.compile(r"[()<>\\\s]|&(?=#|[a-z0-9]+;)", re.IGNORECASE)


def paragraphs(text: str, indent: str = "") -> str:
    """Its paragraphs, each line below the first behind `indent`; no line of it begins anything."""
    found = (_paragraph(part, indent) for part in _BETWEEN_PARAGRAPHS.split(cleaned(text).strip()))
    return f"\n\n{indent}".join(part for part in found if part)


def one_line(text: str) -> str:
    """The same in one line, for a heading, or for a place within a line."""
    line = _started(_inline(" ".join(cleaned(text).split())))
    # Number signs at its end would be taken for a part of the heading.
    stem = line.rstrip("#")
    return line if stem == line or stem.endswith("\\") else f"{stem}\\{line[len(stem) :]}"


def heading(text: str) -> str:
    """The same for the name of a project, which is not the name of a part of one even if it is "Team"."""
    line = one_line(text)
    return _numbered(line) if known_name(line) else line


def link(url: str, label: str) -> str:
    """A link that can be followed, or the address in words if it is not safe."""
    words = " ".join(cleaned(label).split())
    if refusal(url) is not None or not url.isprintable():
        return one_line(words if words == url else f"{words} {url}".strip())
    if words in {"", url, url.removeprefix("mailto:")} and not re.search(r"[<>\s\\]", url):
        return f"<{url}>"
    inner = _inline(words, has_links=False)
    if _ENDS_OF_LINK.search(url):
        escaped = re.sub(r"[<>\\]|&(?=#|\w+;)", r"\\\g<0>", url)
        return f"[{inner}](<{escaped}>)"
    return f"[{inner}]({url})"


def cleaned(text: str) -> str:
    """Line ends of one kind, and nothing that cannot be seen."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANKS.sub(" ", text.replace("\ufeff", ""))


def _paragraph(text: str, indent: str) -> str:
    lines = (line.strip() for line in _inline(text.strip()).split("\n"))
    words = f"\\\n{indent}".join(_started(line) for line in lines if line)
    if words and paragraph_kind(words) is not NoteKind.PROSE:
        # It would be taken for something that only holds a place ("TBD").
        return _numbered(words)
    return words


def _numbered(words: str) -> str:
    """The same to whoever reads it, and not the same text."""
    return f"&#{ord(words[0])};{words[1:]}" if words[0].isalnum() else f"{_NOTHING}{words}"


def _started(line: str) -> str:
    """The line, with a backslash where it would else begin a block."""
    if _START.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def _inline(text: str, *, has_links: bool = True) -> str:
    """Line by line as it was, but that code stays on one line. Linear in the text."""
    return "".join(_pieces(text, has_links=has_links))


def _pieces(text: str, *, has_links: bool) -> Iterator[str]:
    at, closing = 0, _closing_ticks(text)
    while at < len(text):
        piece, at = _next(text, at, closing, has_links=has_links)
        yield piece


def _next(text: str, at: int, closing: dict[int, list[int]], *, has_links: bool) -> tuple[str, int]:
    """What is written for the next stretch of the text, and where the one after it begins."""
    letter = text[at]
    if letter == "\\":
        return _backslash(text, at)
    if letter == "`":
        return _ticked(text, at, closing)
    if letter == "!" and text[at + 1 : at + 2] == "[":
        return "!\\[", at + 2
    if letter in "<[" and has_links and (linked := _linked(text, at)):
        return linked
    if letter in "<[{$" or (letter == "]" and not has_links):
        return f"\\{letter}", at + 1
    return letter, at + 1


def _linked(text: str, at: int) -> tuple[str, int] | None:
    """A link that can be followed, if one begins there."""
    if found := _AUTOLINK.match(text, at):
        return found[0], found.end()
    if (found := _LINK.match(text, at)) and refusal(found[2].strip("<>")) is None:
        return f"[{_inline(found[1], has_links=False)}]({found[2]})", found.end()
    return None


def _backslash(text: str, at: int) -> tuple[str, int]:
    after = text[at + 1 : at + 2]
    if after == "\n":
        return "", at + 1  # a line is broken there in any case
    if not after:
        return "\\\\", at + 1
    return (f"\\{after}", at + 2) if after in _PUNCTUATION else ("\\", at + 1)


def _ticked(text: str, at: int, closing: dict[int, list[int]]) -> tuple[str, int]:
    """Code as it is; backticks that nothing closes are no more than that."""
    end = at
    while end < len(text) and text[end] == "`":
        end += 1
    size = end - at
    starts = closing.get(size, [])
    number = bisect_left(starts, end)
    if number == len(starts):
        return "\\`" * size, end
    close = starts[number] + size
    return _LINE_ENDS.sub(" ", text[at:close]), close


def _closing_ticks(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their size."""
    found: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        found.setdefault(len(run[0]), []).append(run.start())
    return found


def is_taken_for_links(markdown: str) -> bool:
    """Whether a paragraph of it says no more than where to look: below a project's name it would be links."""
    return any(
        is_line_of_links(Block("paragraph", 0, 1, part), {}) for part in _BETWEEN_PARAGRAPHS.split(markdown)
    )

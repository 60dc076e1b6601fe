r"""Backslashes that only keep words from being more than words.

A record's text is inline Markdown: nothing in it begins a block, "<" begins no HTML, and "{{" nothing that
the machine that builds a page would run or copy. On a page some words need a backslash for that
("\# of gauges", "1\. May", "a \<b>"). It is added when a page is written, and taken away when one is read, so
the record never has it.
"""

import re
from collections.abc import Iterator

# Behind the line there may be a backslash that breaks it.
_BLOCK = re.compile(
    r"""
      \#{1,6}(?:[ \t]|\\?$)                 # a heading
    | [-+*](?:[ \t]|\\?$)                      # an item of a list
    | >                                     # a quote
    | `{3,}[^`]*$ | ~{3,} | :{3,}           # a fence, which may be a directive
    | [:~](?:[ \t]|\\?$)                       # a definition
    | %                                     # a comment
    | \+{3}                                 # a break between blocks
    | =+[ \t]*\\?$ | -+[ \t]*\\?$                 # the underline of a heading
    | ([-_*])(?:[ \t]*\1){2,}[ \t]*\\?$        # a rule
    | [|:-][-:| \t]*\\?$                       # the second row of a table
    | \([^()]*\)=[ \t]*\\?$                    # a label
    | \[[^\]\[]*\]:                         # what a link or a footnote is defined by
    | \[[ xX]\][ \t]                        # the box of a task
    | \$\$                                  # a formula
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d{1,9})([.)](?:[ \t]|\\?$))")
_ESCAPED_NUMBER = re.compile(r"(\d{1,9})\\([.)](?:[ \t]|\\?$))")
_TAG = re.compile(
    r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)(?![\w.+-]+@[\w.-]+>)"
    r"|\{(?=\\?\{|(?:eval|download)\b)",  # Jinja's words; roles that run code, or publish any file
    re.IGNORECASE,
)
_OPENING = re.compile(r"[<{]")
_ESCAPED_OPENING = re.compile(r"\\[<{]")
_TICKS = re.compile(r"`+")
_PARAGRAPHS = re.compile(r"((?:\r\n?|\n)[ \t]*(?:\r\n?|\n))")


def escape_line(line: str) -> str:
    """The line, so that it begins no block; without blanks around it."""
    if _BLOCK.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def unescape_line(line: str) -> str:
    """What `escape_line` made it of, or the line itself."""
    if line.startswith("\\") and _BLOCK.match(line, 1):
        return line[1:]
    return _ESCAPED_NUMBER.sub(r"\1\2", line, count=1) if _ESCAPED_NUMBER.match(line) else line


def begins_block(line: str) -> bool:
    """Whether a line that begins so would not be a line of its paragraph."""
    return _BLOCK.match(line) is not None or _NUMBER.match(line) is not None


def escape_tags(text: str) -> str:
    """The text, so that no HTML is in it, nor what is run; code and addresses in angle brackets stay."""
    if not _OPENING.search(text):
        return text
    return "".join(piece if is_code else _escape_tags(piece) for piece, is_code in _pieces(text))


def unescape_tags(text: str) -> str:
    """What `escape_tags` made it of, or the text itself."""
    if not _ESCAPED_OPENING.search(text):
        return text
    return "".join(piece if is_code else _unescape_tags(piece) for piece, is_code in _pieces(text))


def _escape_tags(text: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if _is_escaped(text, tag.start()) else f"\\{tag[0]}", text)


def _unescape_tags(text: str) -> str:
    kept, start = list[str](), 0
    for tag in _TAG.finditer(text):
        if _is_escaped(text, tag.start()):
            kept.append(text[start : tag.start() - 1])
            start = tag.start()
    return "".join([*kept, text[start:]])


def _is_escaped(text: str, at: int) -> bool:
    before = text[:at] if at < 100 else text[at - 100 : at]  # noqa: PLR2004 - nobody types as many backslashes
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its code spans, each piece with whether it is one; none goes beyond its paragraph."""
    for part in _PARAGRAPHS.split(text):
        yield from _cut(part)


def _cut(text: str) -> Iterator[tuple[str, bool]]:
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(text)]
    # After a backslash one backtick begins no code, though it may be one of those that end some.
    begins = [start + _is_escaped(text, start) for start, _ in runs]
    closing: list[int | None] = []
    last: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        closing.append(last.get(runs[number][1] - begins[number]))
        last[runs[number][1] - runs[number][0]] = number
    closing.reverse()
    start, number = 0, 0
    while number < len(runs):
        close = closing[number] if begins[number] < runs[number][1] else None
        if close is None:
            number += 1
            continue
        yield text[start : begins[number]], False
        start = runs[close][1]
        yield text[begins[number] : start], True
        number = close + 1
    yield text[start:], False

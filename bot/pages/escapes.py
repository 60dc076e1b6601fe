r"""Backslashes that only keep words from being more than words.

A record's text is inline Markdown: nothing in it begins a block, and nothing in it is more than emphasis,
code and links to the web or mail. It has no HTML, role, substitution, formula, attribute or picture, and
no link to a file of whoever builds the page. On a page some words need a backslash for that ("\# of gauges",
"1\. May", "a \<b>", "\{eval}`x`"). It is added when a page is written, and taken away when one is read, so
the record never has it.
"""

import re
from collections.abc import Collection, Iterator

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
    | \(.+\)=[ \t]*\\?$                       # a label
    | \[[^\]\[]*\]:                         # what a link or a footnote is defined by
    | \[[ xX]\][ \t]                        # the box of a task
    | \$\$                                  # a formula
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d{1,9})([.)](?:[ \t]|\\?$))")
_ESCAPED_NUMBER = re.compile(r"(\d{1,9})\\([.)](?:[ \t]|\\?$))")
_ACTIVE = re.compile(
    r"""
      <(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)(?![\w.+-]+@[\w.-]+>)    # a tag
    | [{$]                                                      # a role, a substitution, a formula
    | !(?=\[)                                                   # a picture
    | \](?=\((?![ \t]*(?:\r\n?|\n)?[ \t]*<?(?:https?://|mailto:)))   # a link to anywhere else
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROLE = re.compile(r"\{[\w:.+-]+\}\Z")
_ELEMENT = re.compile(
    r"""
      !?\[[^\[\]\n]*\]\([^()\s]*\)
    | \{\{[^{}\n]*\}\}
    | \$[^$\n]+\$
    """,
    re.VERBOSE,
)
"""What is more than words and can be kept, but for roles, which end in code."""
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


def escape_active(text: str, kept: Collection[str] = ()) -> str:
    """The text, so that it does nothing but say what it says; code and addresses in angle brackets stay.

    So do those of the elements that are `kept`: what stood there already may go on standing there.
    """
    if not _ACTIVE.search(text):
        return text
    pieces = list(_pieces(text))
    codes = [*(code if is_code else "" for code, is_code in pieces[1:]), ""]
    return "".join(
        piece if is_code else _escape(piece, kept, code)
        for (piece, is_code), code in zip(pieces, codes, strict=True)
    )


def unescape_active(text: str) -> str:
    """What `escape_active` made it of, or the text itself."""
    if "\\" not in text:
        return text
    return "".join(piece if is_code else _unescape(piece) for piece, is_code in _pieces(text))


def elements_of(text: str) -> frozenset[str]:
    """What in a page's text is more than words, such as a role: each as it is written."""
    if not _ACTIVE.search(text):
        return frozenset()
    found = set[str]()
    before = ""
    for piece, is_code in _pieces(text):
        if is_code:
            found.update(f"{role[0]}{piece}" for role in _ROLE.finditer(before[-100:]))
        else:
            found.update(each[0] for each in _ELEMENT.finditer(piece))
        before = "" if is_code else piece
    return frozenset(found)


def _escape(text: str, kept: Collection[str], code: str) -> str:
    """`code`: what follows it."""
    stays = [each.span() for each in _ELEMENT.finditer(text) if each[0] in kept] if kept else []
    if code and (role := _ROLE.search(text, max(len(text) - 100, 0))) and f"{role[0]}{code}" in kept:
        stays.append(role.span())

    def escaped(found: re.Match[str]) -> str:
        at = found.start()
        is_free = _is_escaped(text, at) or any(start <= at < end for start, end in stays)
        return found[0] if is_free else f"\\{found[0]}"

    return _ACTIVE.sub(escaped, text)


def _unescape(text: str) -> str:
    kept, start = list[str](), 0
    for active in _ACTIVE.finditer(text):
        if _is_escaped(text, active.start()):
            kept.append(text[start : active.start() - 1])
            start = active.start()
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

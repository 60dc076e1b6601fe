"""The words of a project that moves: the same, with headings as deep as its new place needs them."""

from bot.pages.blocks import Block, parse_blocks
from bot.pages.errors import PageError
from bot.pages.patterns import Patterns
from bot.pages.reader import read_page
from bot.pages.source import Source
from bot.pages.values import Form, GroupKind, Page, PageProject
from bot.pages.writing_fields import label_line
from bot.pages.writing_places import TOP, Write
from bot.pages.writing_projects import Part, part_words

_DEEPEST = 6


def in_its_new_place(page: Page, patterns: Patterns, project: PageProject, *, is_labelled: bool) -> Write:
    """What is written of the project, by the level of its heading there."""
    start, end = project.place.start, project.place.end
    label = label_line(patterns, project) if is_labelled and project.label is None else ""
    parts = [group.place.start for group in project.groups]
    parts += [each.place.start for each in page.projects if each.parent == project.slug]
    split = min(parts, default=end)
    intro, rest = page.text[start:split], page.text[split:end]
    has_below = any(each.parent == project.slug for each in page.projects)

    def write(level: int) -> str | None:
        first, second = (with_levels(words, level - project.level) for words in (intro, rest))
        if first is None or second is None:
            return None
        words = _without_blank_end(first + second)
        if level == TOP and not _is_project(words):
            words = _with_a_part(patterns, first, second, has_below=has_below)
        return label + words

    return write


def with_levels(words: str, more: int) -> str | None:
    """With every heading so many levels deeper; None when one cannot be."""
    if not more or not words.strip():
        return words
    source = Source(words)
    root, _ = parse_blocks(source.markdown())
    pieces, at = list[str](), 0
    for block in root.children:
        if block.kind != "heading":
            continue
        if not 1 < block.level + more <= _DEEPEST:
            return None
        start, end = source.starts[block.first], source.starts[block.last]
        pieces += [words[at:start], _heading(source, block, block.level + more)]
        at = end
    return "".join([*pieces, words[at:]])


def _heading(source: Source, block: Block, level: int) -> str:
    first, last = source.starts[block.first], source.starts[block.last]
    whole = source.text[first:last]
    end = whole[len(whole.rstrip("\r\n")) :]
    if not block.markup.startswith("#"):  # underlined, as no deeper heading can be
        lines = (line.strip() for line in source.lines[block.first : block.last - 1])
        return f"{'#' * level} {' '.join(lines)}{end}"
    start = whole.index("#")
    behind = whole[start + block.level :]
    closing = behind.rstrip()
    if closing.endswith(" " + "#" * block.level):
        behind = closing[: -block.level] + "#" * level + behind[len(closing) :]
    return whole[:start] + "#" * level + behind


def _without_blank_end(words: str) -> str:
    """Up to the end of the last line that says something, without its line end."""
    lines = words.splitlines(keepends=True)
    while lines and not lines[-1].strip():
        lines.pop()
    return "".join(lines).rstrip("\r\n")


def _is_project(words: str) -> bool:
    try:
        return any(project.parent is None for project in read_page(words + "\n").projects)
    except PageError:
        return False


def _with_a_part(patterns: Patterns, intro: str, rest: str, *, has_below: bool) -> str:
    """With what a project is known by, where a sub-project may be a few words only."""
    kind = GroupKind.INFORMATION if has_below else GroupKind.GOAL
    form = Form.SECTIONS if has_below else patterns.form
    words = part_words(patterns, Part(kind, ("TBD",)), form, TOP + 1)
    pieces = [_without_blank_end(intro), words, _without_blank_end(rest)]
    return f"{patterns.eol}{patterns.eol}".join(piece for piece in pieces if piece)

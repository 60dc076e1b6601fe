"""Key outcomes: each bullet one, nested ones below, or a paragraph each when there is no list."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.pages.blocks import LISTS, Block
from bot.pages.marks import split_edited_mark, split_mark, words_of
from bot.pages.notebook import paragraph_kind, task_box
from bot.pages.parts import Context, Item, Part, is_prose
from bot.pages.source import normalise
from bot.pages.values import NoteKind, Page, PageOutcome, Place


def read_outcomes(context: Context, part: Part) -> list[PageOutcome]:
    """The outcomes in a part; what is around the list stays prose."""
    outcomes: list[PageOutcome] = []
    has_list = any(block.kind in LISTS for block in part.blocks)
    for block in part.blocks:
        if block.kind in LISTS:
            _read_list(context, block, part, 0, outcomes)
        elif is_prose(block) and not has_list:
            place, mark, is_edited = _without_mark(context, context.words(block).place())
            value = context.value(place)
            lines = context.lines_of(block)
            outcomes.append(PageOutcome(value.text, value.place, 0, lines, "", "", "", mark, is_edited))
        else:
            context.notes.note_block(block)
    return outcomes


def _read_list(context: Context, block: Block, part: Part, level: int, outcomes: list[PageOutcome]) -> None:
    for item in block.children:
        if item.kind != "list_item":
            context.notes.note_block(item)
            continue
        start = Item.of(context.source, item, part)
        inside = Part(item.children, item.first, start.column)
        count = _count_of_paragraphs(item)
        if count:
            _read_item(context, item, start, level, outcomes)
        elif not item.children:
            context.notes.note(NoteKind.EMPTY, item.first, item.last)
        for child in item.children[count:]:
            if child.kind in LISTS:
                _read_list(context, child, inside, level + 1, outcomes)
            else:
                context.notes.note_block(child)


def _count_of_paragraphs(item: Block) -> int:
    """How many paragraphs the item begins with."""
    return next((i for i, child in enumerate(item.children) if child.kind != "paragraph"), len(item.children))


def _read_item(context: Context, item: Block, start: Item, level: int, outcomes: list[PageOutcome]) -> None:
    """The paragraphs that an item begins with, as one outcome unless they only hold its place."""
    paragraphs = item.children[: _count_of_paragraphs(item)]
    first, last = paragraphs[0], paragraphs[-1]
    box = task_box(first.content)
    words = first.content[len(box) :].lstrip()
    kind = paragraph_kind(words)
    if len(paragraphs) == 1 and kind is not NoteKind.PROSE:
        context.notes.note(kind, first.first, first.last, words)
        return
    place = context.words(first).place(len(first.content) - len(words))
    if len(paragraphs) > 1:
        place = Place(place.start, context.words(last).place().end, place.line)
    place, mark, is_edited = _without_mark(context, place)
    value = context.value(place)
    if box:
        context.notes.note(NoteKind.TASK, first.first, first.last, value.text)
    outcomes.append(
        PageOutcome(
            value.text,
            value.place,
            level,
            _item_lines(context, item, start),
            start.prefix,
            start.marker,
            box.strip(),
            mark,
            is_edited,
        )
    )


def _without_mark(context: Context, place: Place) -> tuple[Place, Place | None, bool]:
    """The place of the words alone, that of the mark behind them, and whether somebody has edited it."""
    context.notes.account_for_place(place)
    words = place.of(context.source.text)
    length = split_mark(words)
    is_edited = length is None and context.has_marks
    if is_edited:
        length = split_edited_mark(words)
    if length is None:
        return place, None, False
    end = place.start + length
    return Place(place.start, end, place.line), Place(end, place.end, place.line), is_edited


def with_known_words(page: Page, texts: Collection[str], is_status: Callable[[str], bool]) -> Page:
    """What an outcome is known to end in is no edited mark, nor what says no status behind one that is new.

    `texts`: of outcomes, as the page had them. `is_status`: whether a mark says one, or that there is none.
    """

    def known(outcome: PageOutcome) -> PageOutcome:
        if not outcome.is_edited or outcome.mark is None:
            return outcome
        whole = replace(outcome.place, end=outcome.mark.end)
        text = normalise(whole.of(page.text))
        is_mark = outcome.text in texts or is_status(words_of(outcome.mark.of(page.text)))
        if is_mark and text not in texts:
            return outcome
        return replace(outcome, text=text, place=whole, mark=None, is_edited=False)

    projects = tuple(
        replace(project, outcomes=tuple(map(known, project.outcomes)))
        if any(each.is_edited for each in project.outcomes)
        else project
        for project in page.projects
    )
    return replace(page, projects=projects)


def _item_lines(context: Context, item: Block, start: Item) -> Place:
    """All lines of an item, from its marker on where something else stands before that."""
    lines = context.lines_of(item)
    offset = len(start.prefix) if start.prefix.strip() else 0
    return Place(lines.start + offset, lines.end, lines.line)


def list_style(context: Context, part: Part) -> tuple[str, bool] | None:
    """What a new item of the first list would start with, and whether blank lines go between items."""
    for block in part.blocks:
        if block.kind in LISTS and block.children:
            items = [Item.of(context.source, item, part) for item in block.children]
            prefix = "".join(letter if letter in " \t" else " " for letter in items[-1].prefix)
            marker = _next_marker([item.marker for item in items])
            is_loose = any(context.source.is_blank(item.first - 1) for item in block.children[1:])
            return f"{prefix}{marker} ", is_loose
    return None


def _next_marker(markers: list[str]) -> str:
    """The same mark for a bullet; the next number, unless all have the same one."""
    last = markers[-1]
    if not last[:-1].isdigit() or markers[-2:-1] == [last]:
        return last
    return f"{int(last[:-1]) + 1}{last[-1]}"

"""What people write in the thread of a check-in, line by line. Pure.

`1 done`, `2: at risk, waiting for the grant office`, `#3 70%`, `1-3 on track`, `Docs outcome is off track`,
`done with 1`. Nothing is guessed: an update that is missed costs a click, one that is wrong costs trust.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.replies import Asked, Line, NoSuchOutcome, Plain, Unclear, Understood
from bot.domain.reply_lines import TypedLine, lines_of
from bot.domain.reply_reader import Reader
from bot.domain.status_words import find_statuses
from bot.domain.vouching import vouches_for_all

__all__ = [
    "Asked", "Line", "NoSuchOutcome", "Plain", "Unclear", "Understood", "parse_reply", "vouches_for_all",
]  # fmt: skip


def parse_reply(text: str, asked: Sequence[Asked]) -> tuple[Line, ...]:
    """What each line of a message says, in order; `text` as Slack hands it over (escaped).

    Nothing that can be seen is lost: each line with something in it is in the `line` of a result, as it was
    typed. A line with several updates is in several results. A line of words that directly follows an update
    belongs to its note.
    """
    reader = Reader(asked)
    results: list[Line] = []
    updates: list[Line] = []
    more: list[str] = []
    for line in lines_of(text):
        if line.is_blank:
            results += _with_more(updates, more)
            updates, more = [], []
            continue
        read = reader.read(line)
        if updates and read == (Plain(line.typed),) and _goes_on(line):
            more.append(line.typed)
            continue
        results += _with_more(updates, more)
        updates, more = [], []
        if all(isinstance(each, Understood) for each in read):
            updates = list(read)
        else:
            results += read
    return (*results, *_with_more(updates, more))


def _goes_on(line: TypedLine) -> bool:
    """Whether words can belong to the update on the line before them."""
    if not line.is_said or line.is_item or line.words.endswith("?") or line.words[:1].isdigit():
        return False
    return next(find_statuses(line.words), None) is None


def _with_more(updates: list[Line], more: list[str]) -> list[Line]:
    if not more:
        return updates
    lines, words = "\n".join(more), "\n".join(line.strip() for line in more)
    return [
        replace(
            each,
            line=f"{each.line}\n{lines}",
            said=replace(each.said, note=f"{each.said.note}\n{words}".strip()),
        )
        for each in updates
        if isinstance(each, Understood)
    ]

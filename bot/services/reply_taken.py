"""What became of a reply, as it stands: for the person who gave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.reply_grammar import Line, NoSuchOutcome, Unclear, vouches_for_all
from bot.errors import ArchivedProjectError
from bot.errors_rights import NotAllowedError
from bot.services.reply_acts import Wrote, as_from_slack, lines_of_reply, list_written, settled_lines
from storage import status_updates
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.projects import get_project
from storage.records import Outcome, Project
from storage.replies import Reply

Refused = NotAllowedError | ArchivedProjectError


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a reply. `outcomes`: all of them as they are now.

    `updated`: those of which it says the last word. `overtaken`: those of which somebody has said something
    after it, so that its words were put right, and theirs stand. `settled`: unclear lines that a click has
    made clear, by number. `refused`: why nothing can be updated, though it is kept. `vouched`: it said that
    all is still true, of so many outcomes. `has_taken_back`: it said something of outcomes before.
    """

    check_in: CheckIn
    project: Project
    reply_id: int
    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...]
    updated: tuple[Outcome, ...] = ()
    overtaken: tuple[Outcome, ...] = ()
    settled: frozenset[int] = frozenset()
    is_vouching: bool = False
    vouched: int = 0
    act_id: str | None = None
    refused: Refused | None = None
    has_taken_back: bool = False

    @property
    def unclear(self) -> tuple[tuple[int, Unclear], ...]:
        """With the number of the line among `lines`, from 0; a number alone is about what is measured."""
        found = []
        for n, line in enumerate(self.lines):
            if isinstance(line, Unclear) and n not in self.settled:
                candidates = self._candidates(line)
                found += [(n, replace(line, candidates=candidates))] if candidates else []
        return tuple(found)

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """Lines with a number alone, of outcomes that have none."""
        return tuple(
            line.line for line in self.lines if isinstance(line, Unclear) and not self._candidates(line)
        )

    @property
    def unknown(self) -> tuple[NoSuchOutcome, ...]:
        return tuple(line for line in self.lines if isinstance(line, NoSuchOutcome))

    def _candidates(self, line: Unclear) -> tuple[int, ...]:
        measured = {each.number for each in self.outcomes if each.metric is not None}
        return tuple(n for n in line.candidates if line.said.status is not None or n in measured)


def taken_of(tx: Tx, check_in: CheckIn, reply: Reply) -> Taken:
    """As it stands now."""
    workspace_id = check_in.workspace_id
    outcomes = list_outcomes(tx, workspace_id, check_in.project_id)
    is_vouching = vouches_for_all(as_from_slack(reply.text))
    said = said_in(tx, workspace_id, reply)
    lines = () if is_vouching else lines_of_reply(reply.text, outcomes, said)
    written = {each.outcome_id for each in said}
    ours = {each.update_id for each in said}
    told = () if is_vouching else tuple(each for each in outcomes if each.id in written)
    newest = {each.id for each in told if each.newest is not None and each.newest.id in ours}
    return Taken(
        check_in=check_in,
        project=get_project(tx, workspace_id, check_in.project_id),
        reply_id=reply.id,
        lines=lines,
        outcomes=outcomes,
        updated=tuple(each for each in told if each.id in newest),
        overtaken=tuple(each for each in told if each.id not in newest),
        settled=frozenset(settled_in(tx, workspace_id, lines, said)),
        is_vouching=is_vouching,
        act_id=reply.act_id,
    )


def said_in(tx: Tx, workspace_id: str, reply: Reply) -> tuple[Wrote, ...]:
    """The updates that a reply led to."""
    return tuple(each for each in list_written(tx, workspace_id, reply.act_id) if each.is_said)


def settled_in(tx: Tx, workspace_id: str, lines: Sequence[Line], said: Sequence[Wrote]) -> dict[int, int]:
    """Unclear lines that a click has made clear, and of which outcome; none when that was taken back."""
    if all(status_updates.find_update(tx, workspace_id, each.update_id) for each in said):
        return settled_lines(lines, said)
    return {}

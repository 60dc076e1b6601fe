"""Which check-in a direct message answers: what is no command may be about each that is open."""

from collections.abc import Sequence

from bot.domain.command_line import as_typed, parse_command_line
from bot.services.asking import Asker
from bot.services.replying import Words, meant_rounds
from bot.slack.effects import Message
from bot.slack.registry import COMMANDS
from bot.slack.views.replies import which_round_message
from storage.check_ins import CheckIn, list_open_check_ins_of
from storage.database import Tx
from storage.projects import list_project_names


def is_command(line: str) -> bool:
    return parse_command_line(line.removeprefix("/project").lstrip()).name in COMMANDS


def meant_or_asked(tx: Tx, asker: Asker, text: str) -> tuple[tuple[CheckIn, ...], tuple[CheckIn, ...]]:
    """The open rounds that a text as Slack writes it answers, and all that its person is asked in."""
    open_ = list_open_check_ins_of(tx, asker.workspace_id, asker.person_id)
    if not open_:
        return (), ()
    # What is not seen is not asked about, either.
    names = list_project_names(tx, asker.workspace_id, asker.own_sight, [each.project_id for each in open_])
    seen = {each.id for each in names}
    asked = tuple(each for each in open_ if each.project_id in seen)
    return meant_rounds(tx, asked, as_typed(text)), asked


def ask_which_round(tx: Tx, asker: Asker, words: Words, rounds: Sequence[CheckIn]) -> Message:
    """A question with a button for each of these rounds."""
    ids = [each.project_id for each in rounds]
    names = {each.id: each for each in list_project_names(tx, asker.workspace_id, asker.own_sight, ids)}
    asked = [(each, names[each.project_id]) for each in rounds if each.project_id in names]
    return which_round_message(words.text, words.message_ts, asked)

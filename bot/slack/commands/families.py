"""`parent`: which project another one is a part of."""

from dataclasses import replace
from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import clean, split_first, unquote
from bot.errors import IncompleteCommandError
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.family import require_may_be_parent
from bot.services.finding import find_meant_project, is_called
from bot.services.rights import require_shown
from bot.slack.commands.command import Typed, Written
from bot.slack.commands.writing import begin, is_last, is_nothing, require_words, written
from bot.slack.mrkdwn import escape
from storage import projects
from storage.database import Tx

PARENT_USAGE = "PROJECT PARENT | PROJECT none"
PARENT_EXAMPLE = "parent jmte pangeo"
PARENT_EXAMPLES = (PARENT_EXAMPLE, "parent jmte none")

_NONE = frozenset({"none", "nobody", "nothing", "-"})


def parent(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    usage = f"parent {PARENT_USAGE}"
    require_words(typed.raw, usage, PARENT_EXAMPLE)
    act, rest = _begin(tx, asker, typed, now)
    words = require_words(rest, usage, PARENT_EXAMPLE)
    if unquote(clean(words)).lower() in _NONE:
        act.change_project("parent_id", None)
        return written(act, "show", texts_changes.NO_PARENT)
    meant = find_meant_project(tx, asker, words, command="parent")
    require_shown(asker, meant)
    require_may_be_parent(tx, asker.workspace_id, act.project, meant)
    act.change_project("parent_id", meant.id)
    return written(act, "show", texts_changes.PARENT.format(parent=escape(meant.name)))


def _begin(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> tuple[Act, str]:
    """In a project's own channel, one name alone, of however many words, is the parent's."""
    own = projects.find_projects_of_channel(tx, asker.workspace_id, asker.own_sight, asker.channel_id or "")
    is_one_word = is_last(split_first(typed.raw))
    if is_one_word and not own:
        raise IncompleteCommandError(f"parent {PARENT_USAGE}", PARENT_EXAMPLE)
    if is_one_word or (own and is_called(tx, asker, typed.rest)):
        act, _ = begin(tx, asker, replace(typed, raw=""), now, reaches_others=True)
        return act, typed.raw
    return begin(tx, asker, typed, now, follows=is_nothing, reaches_others=True)

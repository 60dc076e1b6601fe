"""`goal`, `owner`, `pause` and its like, `alias`, `link`, `create`: what is changed of a project."""

import re
from dataclasses import replace
from datetime import datetime

from bot import texts_changes, texts_freshness
from bot.domain.command_line import (
    as_typed,
    clean,
    number_in,
    split_first,
    split_link,
    unquote,
    words_in,
)
from bot.errors import ArchivedProjectError, SurplusWordsError
from bot.services import editing, pausing
from bot.services.asking import Asker
from bot.services.creating import create_project
from bot.services.finding import find_meant_project, is_called
from bot.services.freshness import confirm_goal
from bot.slack.commands import check_ins, projects
from bot.slack.commands.command import Typed, Write, Written
from bot.slack.commands.writing import (
    begin,
    is_address,
    is_last,
    is_nothing,
    is_number,
    is_person,
    person_meant,
    require_words,
    split_verb,
    text_in,
    written,
)
from bot.slack.memos import Wanted
from bot.slack.mrkdwn import escape, link
from storage.database import Tx
from storage.records import ProjectState, UpdateSource
from storage.terms import fold

OWNER_USAGE = "PROJECT @person"
OWNER_EXAMPLE = "owner jmte me"
ALIAS_USAGE = "add PROJECT NAME | remove PROJECT NAME"
ALIAS_EXAMPLES = ("alias add jmte earth", "alias remove jmte earth")
LINK_USAGE = "add PROJECT ADDRESS [LABEL] | remove PROJECT N"
LINK_EXAMPLES = ("link add jmte https://example.org/notes Meeting notes", "link remove jmte 2")
CREATE_EXAMPLE = "create Reef survey"

_HOLDS = "still true"
_UNTIL = re.compile(r"(?:^|\s)until\s+(.+)$", re.IGNORECASE | re.DOTALL)
_STATES = {
    "pause": ProjectState.PAUSED,
    "resume": ProjectState.ACTIVE,
    "complete": ProjectState.COMPLETED,
    "archive": ProjectState.ARCHIVED,
    "restore": ProjectState.ACTIVE,
}


def is_goal_written(typed: Typed) -> bool:
    """One word, or several in quotation marks, name a project whose goal is to be shown."""
    return bool(split_first(typed.raw).rest)


def goal(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    if fold(split_first(typed.raw).rest) and is_called(tx, asker, typed.rest):
        # Several words that a project is called by are no goal of another.
        return Written(projects.ask(tx, asker, typed, now).query, None, "")
    act, rest = begin(tx, asker, typed, now)
    text = text_in(rest)
    if fold(text) == _HOLDS:
        confirm_goal(act)
        return written(act, "goal", texts_freshness.GOAL_HOLDS)
    act.change_project("goal", "" if unquote(text).lower() in {"", "none"} else text)
    return written(act, "goal", texts_changes.GOAL)


def owner(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    require_words(typed.raw, f"owner {OWNER_USAGE}", OWNER_EXAMPLE)
    act, rest = begin(tx, asker, typed, now, follows=is_person)
    person_id = person_meant(asker, require_words(rest, f"owner {OWNER_USAGE}", OWNER_EXAMPLE))
    editing.set_owner(act, person_id)
    return written(act, "show", texts_changes.owned("The project", person_id))


def change_state(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """`pause`, `resume`, `complete`, `archive` and `restore`, by the command's name."""
    if typed.name == "pause" and (until := _UNTIL.search(typed.raw)):
        words = clean(words_in(until[1]))
        return check_ins.pause_until(tx, asker, replace(typed, raw=typed.raw[: until.start()]), now, words)
    about_archived = typed.name in {"restore", "archive"}
    act, rest = begin(
        tx,
        asker,
        typed,
        now,
        follows=is_nothing,
        may_be_archived=about_archived,
        reaches_others=True,
    )
    if clean(rest):
        raise SurplusWordsError(f"{typed.name} PROJECT", words_in(rest))
    if typed.name != "restore" or act.project.state is ProjectState.ARCHIVED:
        pausing.set_state(act, _STATES[typed.name])
    return written(act, "show", texts_changes.STATE[typed.name])


def alias(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """`alias add` or `remove`."""
    verbs: dict[str, Write] = {"add": _add_alias, "remove": _remove_alias}
    verb, of = split_verb(typed, verbs, ALIAS_USAGE, ALIAS_EXAMPLES[0])
    return verb(tx, asker, of, now)


def _add_alias(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_last, reaches_others=True)
    name = editing.add_alias(act, words_in(require_words(rest, "alias add PROJECT NAME", ALIAS_EXAMPLES[0])))
    return written(act, "show", texts_changes.part_changed(f"The alias `{escape(name)}`", is_added=True))


def _remove_alias(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_last)
    words = words_in(require_words(rest, "alias remove PROJECT NAME", ALIAS_EXAMPLES[1]))
    name = editing.remove_alias(act, words)
    return written(act, "show", texts_changes.part_changed(f"The alias `{escape(name)}`", is_added=False))


def link_(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """`link add` or `remove`."""
    verbs: dict[str, Write] = {"add": _add_link, "remove": _remove_link}
    verb, of = split_verb(typed, verbs, LINK_USAGE, LINK_EXAMPLES[0])
    return verb(tx, asker, of, now)


def _add_link(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_address)
    typed_link = require_words(rest, "link add PROJECT ADDRESS [LABEL]", LINK_EXAMPLES[0])
    url, label = split_link(typed_link)
    editing.add_link(act, url, label)
    return written(act, "links", texts_changes.part_changed(f"The link {link(url, '')}", is_added=True))


def _remove_link(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    words = as_typed(require_words(rest, "link remove PROJECT N", LINK_EXAMPLES[1]))
    url = editing.remove_link(act, number_in(words), words)
    return written(act, "links", texts_changes.part_changed(f"The link {link(url, '')}", is_added=False))


def edit(tx: Tx, asker: Asker, typed: Typed) -> Wanted:
    """The form with the whole record."""
    words = typed.rest if words_in(typed.rest) else ""
    project = find_meant_project(tx, asker, words, command="edit")
    if project.state is ProjectState.ARCHIVED:
        raise ArchivedProjectError(project.slug)
    return Wanted(form="project", project_id=project.id)


def create(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """A new project; without a name, the form for one."""
    if not clean(typed.raw):
        return Wanted(form="create")
    name = clean(as_typed(typed.raw))
    act = create_project(tx, asker, name, UpdateSource.COMMAND, now)
    return written(act, "show", texts_changes.created(escape(act.project.slug), is_mine=True))

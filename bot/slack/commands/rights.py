"""`access` and `admin`: who may do what."""

from contextlib import suppress
from datetime import datetime

from bot import texts_changes, texts_rights
from bot.domain.command_line import clean, person_in, split_word, words_in
from bot.errors import IncompleteCommandError, NotUnderstoodError, UnknownProjectError
from bot.services import editing, rights
from bot.services.asking import Asker
from bot.services.finding import find_called_project
from bot.slack.commands import projects
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.commands.projects import get_project
from bot.slack.commands.writing import begin, written
from bot.slack.queries import Query
from bot.slack.views import rights as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx

ACCESS_USAGE = "[PROJECT] [members | everyone]"
ACCESS_EXAMPLES = ("access jmte", "access jmte members", "access jmte everyone")
ADMIN_USAGE = "[add @people | remove @people]"
ADMIN_EXAMPLES = ("admin", "admin add @sofia", "admin remove @sofia")

_WHO = {"members": True, "member": True, "team": True, "everyone": False, "everybody": False, "all": False}


def is_access_written(typed: Typed) -> bool:
    """Whether the last word says who may change it."""
    return _who(typed) is not None


def ask_access(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Asked:
    return projects.ask(tx, asker, typed, now)


def answer_access(tx: Tx, asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    return views.access_sheet(get_project(tx, asker, asked))


def access(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    with suppress(UnknownProjectError):
        # A project may be called so, with the word and all.
        project = find_called_project(tx, asker, typed.rest, command="access")
        return Written(Query(name="access", project_id=project.id), None, "")
    act, rest = begin(tx, asker, typed, now, follows=lambda first: first.word.lower() in _WHO)
    who = _WHO.get(clean(rest).lower())
    if who is None:
        raise IncompleteCommandError(f"access {ACCESS_USAGE}", ACCESS_EXAMPLES[1])
    editing.set_restricted(act, is_restricted=who)
    return written(act, "access", texts_rights.ACCESS_CHANGED)


def _who(typed: Typed) -> bool | None:
    words = clean(typed.raw).split()
    return _WHO.get(words[-1].lower()) if words else None


def is_admin_written(typed: Typed) -> bool:
    return bool(clean(typed.raw))


def ask_admin(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="admin"))


def answer_admin(tx: Tx, asker: Asker, _asked: Asked, _now: datetime) -> Sheet:
    return views.admins_sheet(rights.list_admins(tx, asker))


def admin(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """`admin add` or `remove`."""
    first = split_word(typed.raw)
    verb = first.word.lower()
    change = {"add": rights.name_admins, "remove": rights.take_off_admins}.get(verb)
    words = clean(first.rest).replace(",", " ").split()
    if change is None or not words:
        raise IncompleteCommandError(f"admin {ADMIN_USAGE}", ADMIN_EXAMPLES[1])
    people = [person_in(word) or (asker.person_id if word.lower() == "me" else None) for word in words]
    for word, person_id in zip(words, people, strict=True):
        if person_id is None:
            raise NotUnderstoodError("person", words_in(word))
    is_changed = change(tx, asker, [person_id for person_id in people if person_id], now)
    said = texts_rights.ADMINS_CHANGED if is_changed else texts_changes.UNCHANGED
    return Written(Query(name="admin"), None, said)

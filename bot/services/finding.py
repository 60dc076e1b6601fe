"""Which project a person means: by slug, alias, name, or any part of one that only one project has."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.command_line import First, channel_in, split_first, words_in
from bot.errors import (
    AmbiguousProjectError,
    ChannelWithoutProjectError,
    GoneProjectError,
    MissingProjectError,
    UnknownProjectError,
)
from bot.services.asking import Asker
from bot.services.spelling import nearest_projects
from storage import finding, project_lists, projects
from storage.database import Tx
from storage.finding import Candidate
from storage.project_lists import ProjectFilter
from storage.records import Project, ProjectName, ProjectState
from storage.terms import Rank, fold

CHOICES = 10
"""Projects to choose from at most; more than that is no choice."""
_ID_DIGITS = 18
"""Of the ids that both databases take."""
_OFFERED = 50
"""Projects that a menu offers: whoever sees theirs not among them types more of it."""
_LONGEST_NAME = 8
"""Words after the first that a name without quotation marks may have."""


@dataclass(frozen=True, slots=True)
class Named:
    """A project, and what was typed after it."""

    project: Project
    rest: str


Follows = Callable[[First], bool]
"""Whether a text begins with what a command wants after the project."""


def find_project_and_rest(
    tx: Tx, asker: Asker, typed: str, *, command: str, follows: Follows = lambda _first: True
) -> Named:
    """The project that the first word, quoted words or channel names, and what follows it.

    In a project's own channel it may be left out: there, a first word that `follows` is a part of the rest,
    unless it is a whole slug, alias or name. Raises as `find_meant_project`, with what was to be written.
    """
    first = split_first(typed)
    if not first.word or channel_in(first.word) is not None:
        return Named(_or_with_rest(tx, asker, first.word, command, first.rest), first.rest)
    exact = _find_exact(tx, asker, first.word)
    is_clear = first.is_quoted or (exact is not None and follows(split_first(first.rest)))
    if first.rest and not is_clear:
        longer = _find_longer(tx, asker, first, follows)
        if longer is not None:
            return longer
    if exact is not None:
        return Named(exact, first.rest)
    own = asker.channel_id and projects.find_projects_of_channel(
        tx, asker.workspace_id, asker.own_sight, asker.channel_id
    )
    if own and follows(first):
        return Named(_or_with_rest(tx, asker, "", command, typed), typed)
    try:
        return Named(_or_with_rest(tx, asker, first.word, command, first.rest), first.rest)
    except UnknownProjectError as error:
        if not own or error.nearest:
            raise
        # Nothing is called like it: what is wrong is the rest.
        return Named(_or_with_rest(tx, asker, "", command, typed), typed)


def _find_longer(tx: Tx, asker: Asker, first: First, follows: Follows) -> Named | None:
    """A name of several words without quotation marks, where what follows it shows its end."""
    words, rest = first.word, first.rest
    for _ in range(_LONGEST_NAME):
        following = split_first(rest)
        words, rest = f"{words} {following.word}", following.rest
        if not rest:
            return None
        if follows(split_first(rest)) and (named := _find_exact(tx, asker, words)):
            return Named(named, rest)
    return None


def is_called(tx: Tx, asker: Asker, typed: str) -> bool:
    """Whether a project is called so, whole or by a part of its name."""
    return bool(finding.list_candidates(tx, asker.workspace_id, asker.own_sight, words_in(typed)))


def _find_exact(tx: Tx, asker: Asker, typed: str) -> Project | None:
    return (
        _only(finding.list_called(tx, asker.workspace_id, asker.own_sight, words_in(typed)))
        if typed
        else None
    )


def _or_with_rest(tx: Tx, asker: Asker, typed: str, command: str, rest: str) -> Project:
    try:
        return find_meant_project(tx, asker, typed, command=command)
    except (
        MissingProjectError,
        UnknownProjectError,
        ChannelWithoutProjectError,
        AmbiguousProjectError,
    ) as error:
        raise replace(error, rest=rest) from error


def find_meant_project(tx: Tx, asker: Asker, typed: str, *, command: str) -> Project:
    """The one project that is meant.

    With nothing typed it is the project of the channel. Raises MissingProjectError, UnknownProjectError,
    ChannelWithoutProjectError or AmbiguousProjectError.
    """
    channel_id = channel_in(typed)
    if channel_id is not None or not typed.strip():
        return _of_channel(tx, asker, channel_id, command)
    words = words_in(typed)
    candidates = finding.list_candidates(tx, asker.workspace_id, asker.own_sight, words)
    chosen = _only(candidates)
    if chosen is not None:
        return chosen
    if not candidates:
        raise UnknownProjectError(command, words, nearest_projects(tx, asker, words))
    raise _ambiguous(command, words, candidates)


def find_called_project(tx: Tx, asker: Asker, typed: str, *, command: str) -> Project:
    """The one project with this slug, alias or name, as a whole: an index answers that, in any case.

    Raises UnknownProjectError, without others that are near, or AmbiguousProjectError.
    """
    words = words_in(typed)
    candidates = finding.list_called(tx, asker.workspace_id, asker.own_sight, words)
    chosen = _only(candidates)
    if chosen is not None:
        return chosen
    if not candidates:
        raise UnknownProjectError(command, words, ())
    raise _ambiguous(command, words, candidates)


def _ambiguous(command: str, words: str, candidates: tuple[Candidate, ...]) -> AmbiguousProjectError:
    names = tuple(candidate.project.named for candidate in _visible(candidates))
    return AmbiguousProjectError(command, words, names[:CHOICES], has_more=len(names) > CHOICES)


def suggest_projects(tx: Tx, asker: Asker, typed: str) -> tuple[ProjectName, ...]:
    """What a menu of projects offers: with nothing typed the person's own first, then others by name."""
    where = tx, asker.workspace_id, asker.own_sight
    words = words_in(typed)
    if not fold(words):
        mine = project_lists.list_projects(*where, ProjectFilter(person_id=asker.person_id), limit=_OFFERED)
        others = project_lists.list_projects(*where, ProjectFilter(), limit=_OFFERED)
        found = {project.id: project.named for project in (*mine, *others)}
        return tuple(found.values())[:_OFFERED]
    candidates = _visible(finding.list_candidates(*where, words))
    if candidates:
        return tuple(each.project.named for each in candidates[:_OFFERED])
    return nearest_projects(tx, asker, words)


def id_in(text: str) -> int | None:
    """The id that a choice in a menu carries; None for what is none."""
    return int(text) if text.isdecimal() and len(text) <= _ID_DIGITS else None


def get_named_project(tx: Tx, asker: Asker, project_id: int) -> Project:
    """The project that a button leads to. Raises GoneProjectError, also for one that they do not see."""
    project = projects.find_seen_project(tx, asker.workspace_id, asker.own_sight, project_id)
    if project is None:
        raise GoneProjectError
    return project


def _of_channel(tx: Tx, asker: Asker, typed_channel_id: str | None, command: str) -> Project:
    channel_id = typed_channel_id or asker.channel_id
    found: tuple[Project, ...] = ()
    if channel_id:
        found = projects.find_projects_of_channel(tx, asker.workspace_id, asker.own_sight, channel_id)
    if len(found) == 1:
        return found[0]
    if typed_channel_id and not found:
        raise ChannelWithoutProjectError(command, typed_channel_id)
    raise MissingProjectError(command, tuple(project.named for project in found[:CHOICES]))


def find_own_project(tx: Tx, asker: Asker) -> Project | None:
    """The project of the channel that the person is in, if there is just one."""
    found = projects.find_projects_of_channel(tx, asker.workspace_id, asker.own_sight, asker.channel_id or "")
    return found[0] if len(found) == 1 else None


def _only(candidates: tuple[Candidate, ...]) -> Project | None:
    """The one that is meant, if it is clear: a whole slug, alias or name wins over parts of others."""
    for rank in (Rank.SLUG, Rank.ALIAS, Rank.NAME):
        whole = [c for c in candidates if c.is_whole and c.rank == rank]
        if len(whole) == 1:
            return whole[0].project
    visible = _visible(candidates)
    return visible[0].project if len(visible) == 1 else None


def _visible(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """Archived projects are meant by a part of their name only when nothing else is."""
    present = [c for c in candidates if c.project.state is not ProjectState.ARCHIVED]
    return present or list(candidates)

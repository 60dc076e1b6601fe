"""Which projects a person sees: one predicate, in every statement that finds, lists, counts or names any.

A project is seen in its own channel, or else in that of the nearest above it that has one (`seen_in`). If
that channel is private, its members alone see the project; a guest sees those of their own channels only, and
somebody of another organization, where they speak in a channel, those of that one only. Of a channel that
Slack has not told of, nobody knows who is in it: it counts as private, without members.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    update,
)

from storage.database import Tx
from storage.revisions import change_lists, touch_neighbours, touch_project
from storage.slack_tables import channel_members, channels, people
from storage.tables import projects


class Sight(NamedTuple):
    """Who looks. `heard_in`: the channel in which others read the answer too, or "" when nobody else does.

    `only_of`: the channel of whose projects alone they see any, or "" for all that they may see.
    """

    person_id: str
    heard_in: str = ""
    only_of: str = ""


def of_place(place: str) -> Sight:
    """What may be said in a channel, whoever reads it; or, where the place is a person, what they see."""
    return Sight(place) if is_person(place) else Sight("", place)


def is_person(place: str) -> bool:
    """Whether a place to which something is sent is a person, by direct message, and no channel."""
    return place.startswith(("U", "W"))


EVERYTHING = None
"""In place of a sight: for what no person reads."""

_WORKSPACE = bindparam("workspace_id", type_=String())
_VIEWER = bindparam("viewer_id", type_=String())
_HEARD_IN = bindparam("heard_in", type_=String())
_ONLY_OF = bindparam("only_of", type_=String())
_ONE: ColumnElement[int] = literal_column("1")


def values_of(workspace_id: str, sight: Sight | None) -> dict[str, Any]:
    """What a statement with `is_seen` in it is given."""
    viewer_id, heard_in, only_of = sight or Sight("")
    return {
        "workspace_id": workspace_id,
        "viewer_id": viewer_id,
        "heard_in": heard_in,
        "only_of": only_of,
    }


def is_seen(of: FromClause = projects) -> ColumnElement[bool]:
    """Whether a project is. `of` is the table, or an alias of it, in the statement around."""
    is_public = ~of.c.is_private
    return and_(
        or_(and_(is_public, is_full_member()), is_in_channel(of.c.seen_in, of)),
        # What a private channel knows is said aloud in that channel only.
        or_(is_public, _HEARD_IN == "", of.c.seen_in == _HEARD_IN),
        or_(_ONLY_OF == "", of.c.seen_in == _ONLY_OF),
    )


def is_told(sight: Sight, of: FromClause = projects) -> ColumnElement[bool]:
    """Whether a project may be told of to whom `of_place` names.

    As bot/services/rights.py: may_be_told, but that a person of whom Slack has told nothing is told nothing.
    """
    if sight.person_id:
        return is_seen(of)
    return or_(~of.c.is_private, of.c.seen_in == _HEARD_IN)


def is_full_member() -> ColumnElement[bool]:
    """Whether the viewer is one: asked once for a statement, whatever the number of its rows."""
    return exists(
        select(_ONE)
        .select_from(people)
        .where(
            people.c.workspace_id == _WORKSPACE,
            people.c.id == _VIEWER,
            ~people.c.is_guest,
            ~people.c.is_deleted,
        )
    )


def is_in_channel(channel_id: ColumnElement[Any], of: FromClause) -> ColumnElement[bool]:
    """Whether the viewer is known to be in the channel that this column of `of` names."""
    return exists(
        select(_ONE)
        .select_from(channel_members)
        .where(
            channel_members.c.workspace_id == _WORKSPACE,
            channel_members.c.person_id == _VIEWER,
            channel_members.c.channel_id == channel_id,
        )
        .correlate(of)
    )


def keep_sight(tx: Tx, workspace_id: str, project_ids: Iterable[int]) -> None:
    """Made true again for these projects and those below them, from their channels and those above them.

    Call it after a project's channel or parent has changed, or whether a channel is private. The caller
    holds `lock_workspace`.
    """
    waiting, done = sorted(project_ids), set[int]()
    while waiting:
        project_id = waiting.pop(0)
        if project_id in done:
            continue
        done.add(project_id)
        if _keep(tx, workspace_id, project_id):
            touch_project(tx, workspace_id, project_id)
            change_lists(tx, project_id)
            touch_neighbours(tx, workspace_id, project_id, ["channel_id"])
            below = select(projects.c.id).where(
                projects.c.workspace_id == workspace_id,
                projects.c.parent_id == project_id,
                projects.c.channel_id.is_(None),
            )
            waiting += sorted(tx.execute(below).scalars())


def list_seen_in(tx: Tx, workspace_id: str, channel_id: str) -> tuple[int, ...]:
    """The ids of the projects of that very channel; those below them follow from them."""
    found = select(projects.c.id).where(
        projects.c.workspace_id == workspace_id, projects.c.channel_id == channel_id
    )
    return tuple(sorted(tx.execute(found).scalars()))


def where_seen(
    tx: Tx, workspace_id: str, channel_id: str | None, parent_id: int | None
) -> tuple[str | None, bool]:
    """`seen_in` and `is_private` of a project of this channel, below that parent, as that is kept now."""
    if channel_id is not None:
        is_private = tx.execute(
            select(channels.c.is_private).where(
                channels.c.workspace_id == workspace_id, channels.c.id == channel_id
            )
        ).scalar_one_or_none()
        # Public only once Slack has said so.
        return channel_id, is_private is not False
    row = tx.execute(
        select(projects.c.seen_in, projects.c.is_private).where(
            projects.c.workspace_id == workspace_id, projects.c.id == parent_id
        )
    ).one_or_none()
    return (None, False) if row is None else (row[0], row[1])


def _keep(tx: Tx, workspace_id: str, project_id: int) -> bool:
    """Whether anything is other than it was."""
    mine = (projects.c.workspace_id == workspace_id, projects.c.id == project_id)
    columns = projects.c.channel_id, projects.c.parent_id, projects.c.seen_in, projects.c.is_private
    row = tx.execute(select(*columns).where(*mine)).one_or_none()
    if row is None:
        return False
    seen_in, is_private = where_seen(tx, workspace_id, row.channel_id, row.parent_id)
    if (seen_in, is_private) == (row.seen_in, row.is_private):
        return False
    tx.execute(update(projects).where(*mine).values(seen_in=seen_in, is_private=is_private))
    return True

"""The form with a project's whole record: what it shows, and what is made of what was typed into it."""

from collections.abc import Mapping
from functools import partial

from pydantic import JsonValue

from bot.errors import BadLineError, MissingTextError, NameTakenError
from bot.errors_base import BotError
from bot.services.changing import Act
from bot.services.editing import LONGEST_ADDRESS, LONGEST_NAME, is_address, require_short
from bot.services.family import require_no_ring
from bot.services.finding import get_named_project, id_in
from bot.services.naming import find_owner, named_to, slug_for
from bot.services.pausing import set_state
from bot.services.people import require_may_own, require_present
from bot.services.revising import Read, Revision, Shown, line_of, revise
from bot.services.rights import require_known_channel
from bot.services.values import link_value, member_value
from storage import aliases, project_parts
from storage.history_records import WHOLE, ChangedItem
from storage.records import Link, Project, ProjectParts, ProjectState
from storage.workspaces import lock_workspace

_IN_ORDER = ("name", "summary", "goal", "owner_id", "channel_id", "parent_id", "state")
"""How the columns are written. The slug comes before, between the names that go and those that come."""


def shown_project(project: Project, parts: ProjectParts) -> Shown:
    """The record as the form shows it; columns by their names, "" for nothing."""
    texts = {
        "name": project.name,
        "slug": project.slug,
        "summary": project.summary,
        "goal": project.goal,
        "owner_id": project.owner_id or "",
        "channel_id": project.channel_id or "",
        "state": project.state.value,
        # One that the person does not see stays, unless they choose another.
        "parent_id": str(project.parent_id) if parts.parent else "",
    }
    members = tuple(member.user_id for member in parts.members if member.user_id)
    links = tuple(map(link_line, parts.links))
    return Shown(texts, {"aliases": parts.aliases, "links": links, "members": members})


def link_line(link: Link) -> str:
    return " ".join([*link.label.split(), *link.url.split()])


def revise_project(act: Act, seen: Mapping[str, str], typed: Shown) -> Revision:
    """What is to be written of what was typed, into a form that showed `seen`. Nothing is written yet.

    Nobody else gives a name, or moves a project, until the transaction ends.
    """
    lock_workspace(act.tx, act.asker.workspace_id)
    parts = project_parts.get_parts(act.tx, act.asker.workspace_id, act.asker.own_sight, act.project.id)
    revision = revise(shown_project(act.project, parts), seen, typed, _readers(act))
    for name, read in (
        ("aliases", partial(_alias, act, revision)),
        ("links", partial(_link, typed)),
        ("members", partial(_member, act)),
    ):
        try:
            for item in revision.added.get(name, ()):
                read(item)
        except BotError as error:
            revision.errors[name] = error  # type: ignore[assignment]  # BotError is the base of a closed set
    if "slug" in revision.values:
        try:
            _require_free(act, str(revision.values["slug"]), revision.removed.get("aliases", ()))
        except NameTakenError as error:
            revision.errors["slug"] = error
    return revision


def write_project(act: Act, revision: Revision) -> None:
    """All of it, in one act. The revision has neither errors nor conflicts."""
    with act.indexed_once():
        _write(act, revision)


def _write(act: Act, revision: Revision) -> None:
    parts = project_parts.get_parts(act.tx, act.asker.workspace_id, act.asker.own_sight, act.project.id)
    _take_off(act, parts, revision)
    for name in ("slug", *_IN_ORDER):
        value = revision.values.get(name)
        if name == "state" and value is not None:
            set_state(act, ProjectState(str(value)))
        elif name in revision.values and (value is None or isinstance(value, str | int)):
            act.change_project(name, value)
    for words in revision.added.get("aliases", ()):
        alias = slug_for(words)
        # Two ways to write one name are one.
        if find_owner(act.tx, act.asker.workspace_id, alias) is None:
            act.add_alias(alias)
    for line in revision.added.get("links", ()):
        label, url = _split_link(line)
        act.add_link(label, url)
    for person_id in revision.added.get("members", ()):
        act.add_member(person_id)


def _take_off(act: Act, parts: ProjectParts, revision: Revision) -> None:
    for alias in revision.removed.get("aliases", ()):
        alias_id = aliases.find_alias_id(act.tx, act.asker.workspace_id, act.project.id, alias)
        act.set(ChangedItem.ALIAS, alias_id, WHOLE, alias, None)
    for link in parts.links:
        if link_line(link) in revision.removed.get("links", ()):
            act.set(ChangedItem.LINK, link.id, WHOLE, link_value(link), None)
    for member in parts.members:
        if member.user_id in revision.removed.get("members", ()):
            act.set(ChangedItem.MEMBER, member.id, WHOLE, member_value(member), None)


def _readers(act: Act) -> dict[str, Read]:
    return {
        "name": _name,
        "slug": slug_for,
        "summary": require_short,
        "goal": require_short,
        "owner_id": lambda typed: require_may_own(act.tx, act.asker.workspace_id, typed) if typed else None,
        "channel_id": partial(_channel, act),
        "state": lambda typed: ProjectState(typed).value,
        "parent_id": partial(_parent, act),
    }


def _name(typed: str) -> JsonValue:
    if not typed:
        raise MissingTextError
    slug_for(typed)
    return require_short(" ".join(typed.split()), LONGEST_NAME)


def _channel(act: Act, typed: str) -> JsonValue:
    if typed and typed != act.project.channel_id:
        require_known_channel(act.tx, act.asker, typed)
    return typed or None


def _parent(act: Act, typed: str) -> JsonValue:
    if not typed:
        return None
    parent = get_named_project(act.tx, act.asker, id_in(typed) or 0)
    require_no_ring(act.tx, act.asker.workspace_id, act.project, parent)
    return parent.id


def _alias(act: Act, revision: Revision, words: str) -> None:
    alias = slug_for(words)
    if alias == revision.values.get("slug"):
        raise NameTakenError(alias, act.project.named)
    free = (*revision.removed.get("aliases", ()), *([act.project.slug] if "slug" in revision.values else []))
    _require_free(act, alias, free)


def _require_free(act: Act, name: str, given_up: tuple[str, ...] | list[str]) -> None:
    """Nobody is called so, or this project, which gives the name up."""
    owner = find_owner(act.tx, act.asker.workspace_id, name)
    if owner is not None and not (owner.id == act.project.id and name in given_up):
        raise NameTakenError(name, named_to(act.tx, act.asker, owner))


def _link(typed: Shown, line: str) -> None:
    label, url = _split_link(line)
    if not is_address(url):
        raise BadLineError(line_of(typed.lists["links"], line), line)
    require_short(label)
    require_short(url, LONGEST_ADDRESS)


def _split_link(line: str) -> tuple[str, str]:
    """The label and the address, which stands at the end; people write it first, too."""
    *words, last = line.split()
    if words and not is_address(last) and is_address(words[0]):
        return " ".join([*words[1:], last]), words[0]
    return " ".join(words), last


def _member(act: Act, person_id: str) -> str:
    return require_present(act.tx, act.asker.workspace_id, person_id)

"""The overview and the help: how to go on."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot import texts
from bot.domain.nearest import nearest_word
from bot.slack import ids
from bot.slack.mrkdwn import escape
from bot.slack.queries import Query
from bot.slack.views.layout import Part, button, context, header, section
from bot.slack.views.sheet import Sheet
from storage.project_lists import COUNT_LIMIT


class Helpful(Protocol):
    """As much of a command as help shows."""

    @property
    def name(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...
    @property
    def about_project(self) -> bool: ...


def overview_sheet(*, total: int, mine: int | None, stale: int) -> Sheet:
    """`mine` is None where others read it too."""
    how_many = texts.LIST_EMPTY[""]
    if total:
        how_many = texts.how_many(
            _capped(total),
            None if mine is None else _capped(mine),
            _capped(stale),
        )
    body = [*section(how_many), *section(texts.HOW_TO_GO_ON), *context(texts.WHAT_PROJECT_MEANS)]
    buttons = [
        _open("Projects", Query(name="list")),
        _open("My projects", Query(name="list", words="mine")),
        _open("Stale projects", Query(name="list", words="stale")),
        _open("Help", Query(name="help")),
    ]
    return Sheet([*header("Waymark"), *section(texts.PRODUCT)], body, buttons)


class Wrong(Protocol):
    """As much of a mistake as help shows: the line, and what is said of it."""

    @property
    def line(self) -> str: ...
    @property
    def said(self) -> str: ...


def help_sheet(
    commands: Mapping[str, Helpful],
    groups: Mapping[str, Sequence[Helpful]],
    mistakes: Mapping[str, Sequence[Wrong]],
    asked: str,
) -> Sheet:
    """All commands, or the one asked for; for one that there is not, all of them, and the nearest first."""
    command = commands.get(asked.removeprefix("/project").strip()) if asked else None
    if command is not None:
        return _one(command, mistakes.get(command.name, ()))
    body = [part for heading, group in groups.items() for part in _group(heading, group)]
    body += context(texts.WHAT_PROJECT_MEANS)
    if asked:
        body = [*section(texts.no_help_for(escape(asked), nearest_word(asked, commands))), *body]
    return Sheet(header("What Waymark understands"), body)


def _group(heading: str, commands: Sequence[Helpful]) -> list[Part]:
    lines = [f"`{each.form}`\n{each.summary}" for each in commands]
    return section("\n".join([f"*{heading}*", *lines]))


def _one(command: Helpful, mistakes: Sequence[Wrong]) -> Sheet:
    lines = [command.summary]
    if command.examples:
        lines += ["", "*For example*", *(f"• `/project {example}`" for example in command.examples)]
    if mistakes:
        lines += ["", "*What may go wrong*"]
        lines += [f"• `/project {each.line}`\n{each.said}" for each in mistakes]
    body = section("\n".join(lines))
    if command.about_project:
        body += context(texts.WHAT_PROJECT_MEANS)
    return Sheet(header(command.form), body, [_open("All commands", Query(name="help"))])


def _open(label: str, query: Query) -> dict[str, object]:
    return button(label, f"{ids.OPEN}:{query.name}-{query.words or 'all'}", query.encode())


def _capped(number: int) -> str:
    return f"more than {COUNT_LIMIT:,}" if number > COUNT_LIMIT else f"{number:,}"

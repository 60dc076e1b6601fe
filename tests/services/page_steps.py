"""One thing that people do in chat, each as a function of a transaction."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from storage import links, members, outcomes, project_parts, projects
from storage.database import Tx
from storage.records import Outcome, OutcomeStatus, Project, ProjectParts
from tests.support.make import NOW, SEES, make_project, say

SAMPLE = (Path(__file__).parents[2] / "bot" / "pages" / "sample.md").read_text(encoding="utf-8")
WHERE = "T0TEST"
Step = Callable[[Tx], None]


def known(tx: Tx, slug: str) -> tuple[Project, tuple[Outcome, ...], ProjectParts]:
    project = projects.find_project_by_slug(tx, WHERE, slug)
    assert project is not None
    parts = project_parts.get_parts(tx, WHERE, SEES, project.id)
    return project, outcomes.list_outcomes(tx, WHERE, project.id), parts


def field(slug: str, **values: object) -> Step:
    return lambda tx: projects.change_project(tx, WHERE, known(tx, slug)[0].id, NOW, **values)


def outcome(slug: str, number: int, **values: object) -> Step:
    return lambda tx: outcomes.change_outcome(tx, WHERE, known(tx, slug)[1][number - 1].id, NOW, **values)


def new_outcome(slug: str, text: str, **values: int) -> Step:
    def do(tx: Tx) -> None:
        outcomes.add_outcome(tx, WHERE, known(tx, slug)[0].id, text=text, now=NOW, **values)

    return do


def order(slug: str, *numbers: int) -> Step:
    def do(tx: Tx) -> None:
        record = known(tx, slug)[1]
        outcomes.order_outcomes(tx, WHERE, [record[number - 1].id for number in numbers])

    return do


def new_link(slug: str, label: str, url: str) -> Step:
    return lambda tx: void(links.add_link(tx, WHERE, known(tx, slug)[0].id, label=label, url=url))


def no_link(slug: str, *numbers: int) -> Step:
    def do(tx: Tx) -> None:
        ids = [each.id for each in known(tx, slug)[2].links]
        for number in numbers:
            links.change_link(tx, WHERE, ids[number - 1], removed_at=NOW)

    return do


def link(slug: str, number: int, **values: str) -> Step:
    return lambda tx: links.change_link(tx, WHERE, known(tx, slug)[2].links[number - 1].id, **values)


def new_member(slug: str, **values: Any) -> Step:
    return lambda tx: void(members.add_member(tx, WHERE, known(tx, slug)[0].id, **values))


def no_member(slug: str, number: int) -> Step:
    return lambda tx: members.change_member(
        tx, WHERE, known(tx, slug)[2].members[number - 1].id, removed_at=NOW
    )


def new_project(slug: str, parent: str | None = None, **values: Any) -> Step:
    def do(tx: Tx) -> None:
        parent_id = known(tx, parent)[0].id if parent else None
        make_project(tx, slug=slug, parent_id=parent_id, **values)

    return do


def status(slug: str, number: int, said: OutcomeStatus, days: int = 0) -> Step:
    return lambda tx: void(say(tx, known(tx, slug)[1][number - 1], said, ago=timedelta(days=days)))


def void(_: object) -> None:
    """A step gives nothing back."""

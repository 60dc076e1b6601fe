"""Which project a person means."""

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import (
    AmbiguousProjectError,
    ChannelWithoutProjectError,
    GoneProjectError,
    MissingProjectError,
    UnknownProjectError,
)
from bot.errors_base import BotError
from bot.services.asking import Asker
from bot.services.finding import (
    CHOICES,
    find_called_project,
    find_meant_project,
    get_named_project,
)
from bot.services.spelling import nearest_projects
from storage.database import Database
from storage.records import ProjectState
from tests.support.make import make_project, make_workspace
from tests.support.statements import recorded_statements

IN_DOCS = Asker("T0TEST", "U0ANA", "C0DOCS")
ELSEWHERE = Asker("T0TEST", "U0ANA", "C0ELSE")


@pytest.fixture
def projects(sqlite_database: Database) -> Database:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="docs", name="Documentation", channel_id="C0DOCS")
        make_project(tx, slug="docs-old", name="Old documentation", state=ProjectState.ARCHIVED)
        make_project(tx, slug="tide-gauges", name="Open tide gauges", aliases=["harbour"])
        make_project(tx, slug="gauge-kit", name="A kit for schools", channel_id="C0KIT")
        make_project(tx, slug="kit-two", name="Another one", channel_id="C0KIT")
    return sqlite_database


def meant(database: Database, typed: str, asker: Asker = ELSEWHERE) -> str:
    with database.read() as tx:
        return find_meant_project(tx, asker, typed, command="show").slug


def refused(database: Database, typed: str, asker: Asker = ELSEWHERE) -> Any:
    with database.read() as tx, pytest.raises(BotError) as caught:
        find_meant_project(tx, asker, typed, command="show")
    return caught.value


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("docs", "docs"),
        ("“Docs”", "docs"),
        ("documen", "docs"),
        ("old doc", "docs-old"),
        ("harbour", "tide-gauges"),
        ("tide", "tide-gauges"),
        ("ide gau", "tide-gauges"),
        ("schools", "gauge-kit"),
        ("<#C0DOCS|docs>", "docs"),
        ("<#C0DOCS>", "docs"),
        ("<http://docs|docs>", "docs"),
    ],
)
def test_a_part_that_one_project_has_means_it(projects: Database, typed: str, slug: str) -> None:
    assert meant(projects, typed) == slug


def test_nothing_typed_means_the_project_of_the_channel(projects: Database) -> None:
    assert meant(projects, "", IN_DOCS) == "docs"
    assert meant(projects, "  ", IN_DOCS) == "docs"


def test_a_part_that_several_have_offers_them(projects: Database) -> None:
    error = refused(projects, "gauge")

    assert isinstance(error, AmbiguousProjectError)
    assert {project.slug for project in error.projects} == {"tide-gauges", "gauge-kit"}
    assert (error.typed, error.command, error.has_more) == ("gauge", "show", False)


def test_more_than_can_be_chosen_from_says_so(projects: Database) -> None:
    with projects.write() as tx:
        for number in range(CHOICES + 1):
            make_project(tx, slug=f"reef-{number}")

    error = refused(projects, "reef")

    assert isinstance(error, AmbiguousProjectError)
    assert (len(error.projects), error.has_more) == (CHOICES, True)


def test_what_nobody_is_called_offers_the_nearest(projects: Database) -> None:
    error = refused(projects, "harbuor")

    assert isinstance(error, UnknownProjectError)
    assert [project.slug for project in error.nearest] == ["tide-gauges"]


def test_nonsense_offers_nothing(projects: Database) -> None:
    with projects.read() as tx:
        assert nearest_projects(tx, ELSEWHERE, "qqqq") == ()
        assert nearest_projects(tx, ELSEWHERE, "🌊") == ()
        assert nearest_projects(tx, replace(ELSEWHERE, workspace_id="T0OTHER"), "harbour") == ()


@pytest.mark.parametrize(
    "typed", ["harbuor", "tide-guages", "opne tide gauges", "tide guages", "documentatoin"]
)
def test_among_very_many_names_those_that_begin_alike_are_compared(projects: Database, typed: str) -> None:
    with projects.read() as tx:
        among_all = nearest_projects(tx, ELSEWHERE, typed)
        among_many = nearest_projects(tx, ELSEWHERE, typed, compared=0)

    assert among_many[0] == among_all[0]


def test_what_a_project_is_called_as_a_whole_is_found_without_a_search(projects: Database) -> None:
    with projects.read() as tx, recorded_statements() as statements:
        assert find_called_project(tx, ELSEWHERE, "Harbour", command="show").slug == "tide-gauges"
        with pytest.raises(UnknownProjectError):
            find_called_project(tx, ELSEWHERE, "harb", command="show")

    assert not [statement for statement in statements if "LIKE" in statement]


def test_a_channel_without_a_project_says_which_channel(projects: Database) -> None:
    typed, nothing = refused(projects, "<#C0NEW|new>"), refused(projects, "")

    assert typed == ChannelWithoutProjectError("show", "C0NEW")
    assert nothing == MissingProjectError("show")


def test_a_channel_of_several_projects_offers_them(projects: Database) -> None:
    error = refused(projects, "<#C0KIT>")

    assert isinstance(error, MissingProjectError)
    assert [project.slug for project in error.of_channel] == ["gauge-kit", "kit-two"]


def test_a_button_to_a_project_that_is_gone_says_so(projects: Database) -> None:
    with projects.read() as tx:
        with pytest.raises(GoneProjectError):
            get_named_project(tx, ELSEWHERE, 9999)
        with pytest.raises(GoneProjectError):
            get_named_project(
                tx,
                replace(IN_DOCS, workspace_id="T0OTHER"),
                find_meant_project(tx, IN_DOCS, "docs", command="show").id,
            )

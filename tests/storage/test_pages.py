"""Pages as they were imported, and the places of values on them."""

from datetime import timedelta
from typing import Any

from storage import pages
from storage.database import Database
from storage.pages import Page
from storage.records import Project
from tests.support.dumps import dump
from tests.support.make import NOW, make_project, make_workspace


def place(project: Project, start: int, value: str = "", item: str = "goal") -> dict[str, Any]:
    end = start + len(value)
    return {
        "project_id": project.id,
        "item": item,
        "item_id": None,
        "value": value,
        "start": start,
        "end": end,
        "line": 1,
    }


def test_a_page_is_kept_character_by_character_and_replaced_as_a_whole(database: Database) -> None:
    text = "\ufeff# Übersicht\r\n\t🌊 'quotes' \\ % _ \u2028 end "
    with database.write() as tx:
        make_workspace(tx)
        first = pages.save_page(tx, "T0TEST", "a.md", "old", NOW)
        other = pages.save_page(tx, "T0TEST", "b.md", "other", NOW)
        again = pages.save_page(tx, "T0TEST", "a.md", text, NOW + timedelta(days=1))

    with database.read() as tx:
        found = pages.find_page(tx, "T0TEST", "a.md")
        untouched = pages.find_page(tx, "T0TEST", "b.md")

    assert again == first
    assert found == Page(id=first, name="a.md", text=text, imported_at=NOW + timedelta(days=1))
    assert untouched == Page(id=other, name="b.md", text="other", imported_at=NOW)


def test_places_come_in_the_order_of_the_page(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        page_id = pages.save_page(tx, "T0TEST", "a.md", "", NOW)
        pages.replace_places(tx, "T0TEST", page_id, [place(project, 90, "c"), place(project, 5, "a")])

    with database.read() as tx:
        found = pages.list_places(tx, "T0TEST", page_id)

    assert [(p.start, p.end, p.value, p.page_id) for p in found] == [
        (5, 6, "a", page_id),
        (90, 91, "c", page_id),
    ]


def test_replacing_places_leaves_those_of_other_pages(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        one, two = (pages.save_page(tx, "T0TEST", name, "", NOW) for name in ("1.md", "2.md"))
        pages.replace_places(tx, "T0TEST", one, [place(project, 1), place(project, 2)])
        pages.replace_places(tx, "T0TEST", two, [place(project, 3)])

        pages.replace_places(tx, "T0TEST", one, [])

        assert pages.list_places(tx, "T0TEST", one) == ()
        assert [p.start for p in pages.list_places(tx, "T0TEST", two)] == [3]


def test_a_projects_places_are_those_on_the_page_that_was_imported_last(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project, stranger = make_project(tx), make_project(tx)
        for name, days, value in (("a.md", 2, "newest"), ("b.md", 1, "older"), ("c.md", 3, None)):
            page_id = pages.save_page(tx, "T0TEST", name, "", NOW + timedelta(days=days))
            whose = stranger if value is None else project
            pages.replace_places(tx, "T0TEST", page_id, [place(whose, 1, value or "x")])

    with database.read() as tx:
        assert [p.value for p in pages.list_places_of_project(tx, "T0TEST", project.id)] == ["newest"]
        assert pages.find_other_page(tx, "T0TEST", project.id, "a.md") == "b.md"
        assert pages.find_other_page(tx, "T0TEST", stranger.id, "c.md") is None


def test_a_page_that_a_project_is_gone_from_counts_only_when_there_is_no_other(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        gone = pages.save_page(tx, "T0TEST", "a.md", "", NOW + timedelta(days=1))
        pages.replace_places(tx, "T0TEST", gone, [place(project, 0, "gone") | {"line": 0}])
        alone = pages.list_places_of_project(tx, "T0TEST", project.id)
        there = pages.save_page(tx, "T0TEST", "b.md", "", NOW)
        elsewhere = pages.find_other_page(tx, "T0TEST", project.id, "b.md")
        pages.replace_places(tx, "T0TEST", there, [place(project, 5, "there")])

    with database.read() as tx:
        assert [p.value for p in alone] == ["gone"]
        assert [p.value for p in pages.list_places_of_project(tx, "T0TEST", project.id)] == ["there"]
        assert elsewhere is None
        assert pages.find_other_page(tx, "T0TEST", project.id, "a.md") == "b.md"


def test_the_places_of_a_project_go_with_it_and_the_page_stays(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)
        page_id = pages.save_page(tx, "T0TEST", "a.md", "text", NOW)
        pages.replace_places(tx, "T0TEST", page_id, [place(project, 1)])
        tx.exec_driver_sql("DELETE FROM projects")

    rows = dump(database)
    assert rows["places"] == []
    assert len(rows["pages"]) == 1

"""`python -m bot import`: what it prints, what it leaves, and how it refuses."""

import json
from pathlib import Path

import pytest

from storage.database import Database
from storage.projects import change_project, find_project_by_slug
from storage.workspaces import list_workspaces
from tests.cli.conftest import Folder
from tests.support.dumps import dump
from tests.support.make import NOW, make_workspace

PAGE = """\
# Work

A word of welcome.

(projects:docs)=
## Documentation

How we write.

### Strategic goal

A *newcomer* finds the “answer”.

### Key outcomes

- Every page names an owner
  - and a date

### Project information

- Board: [the board](https://example.org/board)

#### Style guide

- <https://example.org/guide>

### Team

- Ana Silva (lead)
"""

RECORDS = {
    "projects": [
        {
            "slug": "docs",
            "name": "Documentation",
            "parent": None,
            "summary": "How we write.",
            "goal": "A *newcomer* finds the “answer”.",
            "outcomes": ["Every page names an owner", "and a date"],
            "links": [{"label": "the board", "url": "https://example.org/board"}],
            "members": ["Ana Silva"],
        },
        {
            "slug": "style-guide",
            "name": "Style guide",
            "parent": "docs",
            "summary": "",
            "goal": "",
            "outcomes": [],
            "links": [{"label": "https://example.org/guide", "url": "https://example.org/guide"}],
            "members": [],
        },
    ],
    "created": 2,
    "updated": 0,
    "unchanged": 0,
    "notes": ["line 3: prose; kept as prose: “A word of welcome.”"],
}


def test_a_newcomers_first_import_makes_the_database_and_says_what_was_read(empty_folder: Folder) -> None:
    done = empty_folder.bot("import", empty_folder.write(PAGE))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Imported: 2 created, 0 updated, 0 unchanged",
        "  docs: new",
        "  style-guide: new",
        "Not (all) read as records; it stays on the page as it is:",
        "  line 3: prose; kept as prose: “A word of welcome.”",
    ]
    database = Database(empty_folder.database_url)
    assert {row["slug"] for row in dump(database)["projects"]} == {"docs", "style-guide"}
    database.close()


def test_json_is_of_the_promised_shape_and_nothing_else(folder: Folder) -> None:
    done = folder.bot("import", folder.write(PAGE), "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == RECORDS
    assert list(json.loads(done.stdout)) == list(RECORDS)


def test_an_edit_is_reported_for_people_and_for_programs(folder: Folder, database: Database) -> None:
    folder.bot("import", folder.write(PAGE))
    folder.write(PAGE.replace("Every page", "Each page"))

    first = json.loads(folder.bot("import", "page.md", "--json", "--dry-run").stdout)
    second = folder.bot("import", "page.md")
    third = folder.bot("import", "page.md")

    said = "docs: outcome 1 changed from “Every page names an owner” to “Each page names an owner”"
    assert first["notes"] == [said, *RECORDS["notes"]]  # type: ignore[misc]  # a list, among values of several types
    assert (first["created"], first["updated"], first["unchanged"]) == (0, 1, 1)
    assert second.stdout.splitlines()[:2] == ["Imported: 0 created, 1 updated, 1 unchanged", f"  {said}"]
    assert third.stdout.splitlines()[0] == "Imported: 0 created, 0 updated, 2 unchanged"
    assert "Each page names an owner" in {row["text"] for row in dump(database)["outcomes"]}


def test_a_dry_run_says_what_would_be_and_leaves_every_byte(folder: Folder) -> None:
    folder.bot("import", folder.write(PAGE))
    folder.write(PAGE.replace("Documentation", "Docs").replace("## Style", "## Other style"))
    before = folder.database_file.read_bytes()

    done = folder.bot("import", "page.md", "--dry-run")

    assert done.returncode == 0
    assert done.stdout.startswith("Dry run, nothing was written: ")
    assert "docs: name changed from “Documentation” to “Docs”" in done.stdout
    assert folder.database_file.read_bytes() == before
    assert {path.name for path in folder.path.iterdir()} == {"waymark.db", "page.md"}


def test_a_dry_run_on_nothing_leaves_no_row(folder: Folder, database: Database) -> None:
    done = folder.bot("import", folder.write(PAGE), "--dry-run", "--json")

    assert json.loads(done.stdout) == RECORDS
    assert not any(dump(database).values())


def test_a_page_of_another_name_is_another_page(folder: Folder, database: Database) -> None:
    folder.bot("import", folder.write(PAGE), "--name", "work")
    other = PAGE.replace("projects:docs", "projects:other").replace("Style", "Other style")

    done = folder.bot("import", folder.write(other), "--name", "second")

    assert done.stdout.splitlines()[0] == "Imported: 2 created, 0 updated, 0 unchanged"
    assert {row["name"] for row in dump(database)["pages"]} == {"work", "second"}
    assert {row["state"] for row in dump(database)["projects"]} == {"active"}


def test_what_has_no_project_is_read_with_notes(folder: Folder) -> None:
    done = folder.bot("import", folder.write("# Work\n\n## Some words\n\nNothing planned.\n"))

    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "Imported: 0 created, 0 updated, 0 unchanged"
    assert "line" in done.stdout


def big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory."),
        ("folder", "cannot be read: Is a directory."),
        ("## Docs\n\ncaf\u00e9".encode("latin-1"), "is not UTF-8 text (byte 12)."),
        (b"", "is empty."),
        (b" \n\t\r\n", "is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not text (a NUL at byte 8)."),
        (b"# Only a title\n\nAnd words.\n", "has no “##” heading"),
        ("50 MB", "is too large: 52,428,800 bytes"),
    ],
    ids=["missing", "directory", "not UTF-8", "empty", "blank", "binary", "no heading", "50 MB"],
)
def test_what_is_no_page_is_refused_in_one_line_and_nothing_is_changed(
    folder: Folder, content: str | bytes | None, said: str
) -> None:
    path = folder.path / "page.md"
    if content == "folder":
        path.mkdir()
    elif content == "50 MB":
        big(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    before = folder.database_file.read_bytes()

    done = folder.bot("import", "page.md", "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("page.md ")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert folder.database_file.read_bytes() == before


def test_with_several_workspaces_one_has_to_be_named(folder: Folder, database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0ONE")
        make_workspace(tx, "T0TWO")
    before = dump(database)
    folder.write(PAGE)

    unnamed = folder.bot("import", "page.md")
    unknown = folder.bot("import", "page.md", "--workspace", "T0THREE")
    after_errors = dump(database)
    named = folder.bot("import", "page.md", "--workspace", "T0TWO")

    assert (unnamed.returncode, unnamed.stdout) == (2, "")
    assert unnamed.stderr == "Which workspace? Say --workspace with one of: T0ONE, T0TWO.\n"
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr == "There is no workspace T0THREE. There are: T0ONE, T0TWO.\n"
    assert after_errors == before
    assert named.returncode == 0
    assert {row["workspace_id"] for row in dump(database)["projects"]} == {"T0TWO"}


def test_the_only_workspace_needs_no_name(folder: Folder, database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0ONE")

    folder.bot("import", folder.write(PAGE))

    assert {row["workspace_id"] for row in dump(database)["projects"]} == {"T0ONE"}


def test_a_long_import_writes_no_bar_where_nobody_watches(folder: Folder) -> None:
    text = "".join(f"## Project {n}\n\n### Outcomes\n\n- One\n- Two\n- Three\n\n" for n in range(600))

    done = folder.bot("import", folder.write(text))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Imported: 600 created")
    assert "\r" not in done.stdout


def test_a_page_may_be_on_another_path_and_have_a_strange_name(folder: Folder, database: Database) -> None:
    (folder.path / "a folder").mkdir()
    folder.write(PAGE, "a folder/Übersicht 2026 %s.md")

    done = folder.bot("import", "a folder/Übersicht 2026 %s.md")

    assert done.returncode == 0
    assert [row["name"] for row in dump(database)["pages"]] == ["a folder/Übersicht 2026 %s.md"]


def names_of_pages(database: Database) -> list[str]:
    return [row["name"] for row in dump(database)["pages"]]


def test_two_files_of_one_name_are_two_pages(folder: Folder, database: Database) -> None:
    for name in ("x", "y"):
        (folder.path / name).mkdir()
        folder.write(f"## In {name}\n\n### Goal\n\nA goal.\n", f"{name}/index.md")
        folder.bot("import", f"{name}/index.md")

    assert names_of_pages(database) == ["x/index.md", "y/index.md"]
    assert {row["state"] for row in dump(database)["projects"]} == {"active"}


def test_a_page_is_the_same_however_its_path_is_written(folder: Folder, database: Database) -> None:
    path = folder.path / folder.write(PAGE)

    for name in ("page.md", "./page.md", f"../{folder.path.name}/page.md", str(path)):
        assert folder.bot("import", name).returncode == 0

    assert names_of_pages(database) == ["page.md"]


def test_a_page_from_elsewhere_is_known_by_its_whole_path(
    folder: Folder, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("elsewhere") / "page.md"
    path.write_text(PAGE)

    folder.bot("import", str(path))

    assert names_of_pages(database) == [path.resolve().as_posix()]


def projects_page(*names: str) -> str:
    return "".join(f"## {name}\n\n### Goal\n\nWhat {name} is for.\n\n" for name in names)


def test_an_import_that_would_archive_most_of_a_page_is_refused(folder: Folder, database: Database) -> None:
    folder.bot("import", folder.write(projects_page("Aye", "Bee", "Cee", "Dee")))
    before = dump(database)
    folder.write(projects_page("Dee", "Other", "Another"))

    refused = folder.bot("import", "page.md", "--json")
    after_refusal = dump(database)
    shown = folder.bot("import", "page.md", "--dry-run")
    named = folder.bot("import", "page.md", "--name", "other", "--dry-run")
    done = folder.bot("import", "page.md", "--archive")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(
        "page.md would archive 3 of the 4 projects that this page had (aye, bee, cee)"
    )
    assert "--name" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert after_refusal == before
    assert shown.returncode == 0
    assert "aye: no longer on the page, so archived" in shown.stdout
    assert "archived" not in named.stdout
    assert done.returncode == 0
    states = {row["slug"]: row["state"] for row in dump(database)["projects"]}
    assert states == {
        **dict.fromkeys(("aye", "bee", "cee"), "archived"),
        **dict.fromkeys(("dee", "other", "another"), "active"),
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Aye", "Bee", "Cee", "Dee"), ("Aye", "Bee")),
        (("Aye", "Bee", "Cee"), ("Dee",)),
    ],
    ids=["half", "few"],
)
def test_an_import_that_archives_no_more_than_people_do_goes_on(
    folder: Folder, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    folder.bot("import", folder.write(projects_page(*before)))
    folder.write(projects_page(*after))

    done = folder.bot("import", "page.md")

    assert done.returncode == 0
    assert "archived" in done.stdout


def test_what_both_changed_is_told_with_who_edited_the_page(folder: Folder, database: Database) -> None:
    folder.bot("import", folder.write(PAGE))
    with database.write() as tx:
        (workspace,) = list_workspaces(tx)
        project = find_project_by_slug(tx, workspace.id, "docs")
        assert project is not None
        change_project(tx, workspace.id, project.id, NOW, goal="Said goal")
    folder.write(PAGE.replace("A *newcomer* finds", "Everybody finds"))

    dry = folder.bot("import", "page.md", "--by", "Noor Haddad", "--dry-run")
    found = json.loads(folder.bot("import", "page.md", "--by", "Noor Haddad", "--json").stdout)
    again = folder.bot("import", "page.md")

    to_decide = "To be decided in Slack, and kept on both sides until then: 1"
    assert to_decide in dry.stdout
    assert to_decide in again.stdout
    assert list(found) == [*RECORDS, "conflicts"]
    goals = {"before": "A *newcomer* finds the “answer”.", "page": "Everybody finds the “answer”."}
    assert found["conflicts"] == [
        {"project": "docs", "item": "goal", **goals, "record": "Said goal", "by": "Noor Haddad"}
    ]
    assert "kept as people said it" in found["notes"][0]

"""`python -m bot publish`: which page goes where, said and refused on a terminal."""

from pathlib import Path

import pytest

from storage import projects
from storage.database import Database
from tests.cli.conftest import Folder, empty_folder, folder, migrated_file
from tests.support.make import NOW, make_project, make_workspace

__all__ = ["empty_folder", "folder", "migrated_file"]

PAGE = "# Work\n\n## Docs\n\n### Key outcomes\n\n- Every page names an owner\n"


@pytest.fixture
def place(folder: Folder) -> Path:
    """Where a page may go; there is a workspace with a project."""
    database = Database(folder.database_url)
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, slug="reef", name="Reef", outcomes=["Gauges"])
    database.close()
    (folder.path / "www").mkdir()
    return folder.path / "www" / "projects.md"


def test_a_page_is_added_checked_published_listed_and_removed(folder: Folder, place: Path) -> None:
    added = folder.bot("publish", "add", "--to", f"file:{place}", "--with-status")
    checked = folder.bot("publish", "check")
    is_there = place.exists()
    published = folder.bot("publish", "now")
    listed = folder.fork("publish", "list")
    again = folder.fork("publish", "check", "1")
    removed = folder.fork("publish", "remove", f"file:{place}")

    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.startswith(f"A new page goes to file:{place} from now on (publication 1)")
    assert not is_there
    assert "\n+## Reef\n" in checked.stdout
    assert (published.returncode, published.stdout) == (0, f"file:{place}: published.\n")
    assert "## Reef" in place.read_text()
    assert listed.stdout.splitlines()[0] == f"1: file:{place}"
    assert "with status, archived projects removed" in listed.stdout
    assert "nothing waits" in listed.stdout
    assert again.stdout == f"file:{place}: it stands there as the records say.\n"
    assert removed.returncode == 0
    to_add = f"python -m bot publish add file:{place} --to file:{place}"
    assert removed.stdout.endswith(f"To have it go there again: {to_add}\n")
    assert place.exists()
    assert folder.fork("publish", "list").stdout.startswith("No page is published.")


def test_an_imported_page_goes_where_it_stands(folder: Folder, place: Path) -> None:
    place.write_text(PAGE)
    folder.fork("import", "www/projects.md")

    added = folder.fork("publish", "add", "www/projects.md", "--to", f"file:{place}")
    published = folder.fork("publish", "now", "1")

    assert (added.returncode, published.returncode) == (0, 0), added.stderr + published.stdout
    # What the records have besides is put there, too.
    assert place.read_text().startswith(PAGE)
    assert "- Gauges\n" in place.read_text()


def test_what_cannot_be_is_refused_with_the_way_to_do_it(folder: Folder, place: Path) -> None:
    place.write_text(PAGE)
    folder.fork("import", "www/projects.md")
    other = place.with_name("other.md")
    other.write_text("Somebody's\n")
    folder.fork("publish", "add", "www/projects.md", "--to", f"file:{place}")
    template = folder.write("{% for %}", "page.jinja")

    refused = {
        said: folder.fork("publish", *line)
        for said, line in {
            "ftp:there is no address of a page: it begins neither with": ("add", "--to", "ftp:there"),
            "file:there is no address of a page: there is no whole path": ("add", "--to", "file:there"),
            "GITHUB_TOKEN is not set": ("add", "--to", "github:owner/repo//docs/projects.md"),
            "the folder is not there": ("add", "--to", f"file:{folder.path}/none/page.md"),
            "Something stands at": ("add", "--to", f"file:{other}"),
            "is not www/projects.md as it was imported": ("add", "www/projects.md", "--to", f"file:{other}"),
            "No page nothing.md was imported. There are: www/projects.md.": (
                *("add", "nothing.md", "--to"),
                f"file:{folder.path}/new.md",
            ),
            "and a page goes to one place": ("add", "www/projects.md", "--to", f"file:{folder.path}/new.md"),
            "its template cannot be used": (
                *("add", "--template", template, "--to"),
                f"file:{folder.path}/new.md",
            ),
            "Nothing is published as 7. There is 1: file:": ("now", "7"),
        }.items()
    }

    for said, done in refused.items():
        assert (done.returncode, done.stdout) == (2, ""), said
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_what_fails_is_said_in_the_exit_code(folder: Folder, place: Path) -> None:
    folder.fork("publish", "add", "--to", f"file:{place}")
    place.parent.rmdir()

    published = folder.fork("publish", "now")
    checked = folder.fork("publish", "check")
    listed = folder.fork("publish", "list")
    place.parent.mkdir()
    again = folder.fork("publish", "now", "--again")

    said = f"file:{place}: the folder is not there"
    assert (published.returncode, checked.returncode, again.returncode) == (1, 1, 0)
    assert published.stdout.startswith(said)
    assert checked.stdout.startswith(said)
    assert "stopped: " in listed.stdout
    assert place.exists()


def test_what_a_page_cannot_show_is_said_with_what_came_of_it(folder: Folder, place: Path) -> None:
    deep = "## Deep\n\n### Goal\n\nG\n\n#### Atolls\n\n##### Goal\n\nB\n\n"
    page = f"{deep}## Other\n\n### Goal\n\nG\n\n### Outcomes\n\n- two\n\n##### Far down\n\nProse.\n"
    place.write_text(page)
    folder.fork("import", "www/projects.md")
    folder.fork("publish", "add", "www/projects.md", "--to", f"file:{place}")
    database = Database(folder.database_url)
    with database.write() as tx:
        atolls, other = (projects.find_project_by_slug(tx, "T0TEST", slug) for slug in ("atolls", "other"))
        assert atolls is not None
        assert other is not None
        projects.change_project(tx, "T0TEST", other.id, NOW, parent_id=atolls.id)
    database.close()

    published = folder.fork("publish", "now")

    assert published.returncode == 0
    assert published.stdout.startswith(f"file:{place}: published.\nother: still in the old place on the page")


def test_the_trial_is_said_where_it_is_meant_or_may_be(folder: Folder, place: Path) -> None:
    nothing = folder.fork("publish", "list")
    tried = folder.fork("publish", "now", "--try")
    folder.fork("publish", "add", "--try", "--to", f"file:{place}")
    removed = folder.fork("publish", "remove", "--try", "1")
    (folder.path / "waymark-try.db").touch()
    maybe = folder.fork("publish", "list")
    unknown = folder.fork("publish", "remove", "7")

    add = "No page is published. python -m bot publish add"
    assert nothing.stdout == f"{add} --to ADDRESS begins with one.\n"
    assert tried.stdout == f"{add} --try --to ADDRESS begins with one.\n"
    assert removed.stdout.endswith(f"python -m bot publish add --try --to file:{place}\n")
    asked_for = "What `make run` publishes is asked for with --try.\n"
    assert maybe.stdout.endswith(f"begins with one. {asked_for}")
    assert unknown.stderr.endswith(f"Nothing is published as 7. There is none. {asked_for}")

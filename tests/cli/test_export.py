"""`export` as a page, JSON, CSV and Markdown: which one, of what, where to, and what is said."""

import csv
import io
import json
import stat

import pytest

from bot.pages import read_page
from storage import projects
from storage.database import Database, Tx
from storage.records import ProjectState
from tests.cli.conftest import Folder
from tests.support.make import NOW, make_channel, make_project, make_workspace

PAGE = "# P\n\n(projects:docs)=\n## Docs  \n\n### Strategic goal\n\nFindable\r\n\n### Key outcomes\n* One\n"


@pytest.fixture
def team(folder: Folder, database: Database) -> Folder:
    with database.write() as tx:
        make_workspace(tx, "T0TEST", "Tidewater")
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        make_project(tx, slug="docs", name="Docs", outcomes=["Ünë 🌱", "=1+1"], members=["Ana Silva"])
        make_project(tx, slug="secret", name="Secret", channel_id="C0SECRET", outcomes=["Hidden"])
        make_project(tx, slug="old", name="Old", state=ProjectState.ARCHIVED)
    return folder


WITHOUT = "Without 1 private project: --with-private has it, too."


def test_alone_it_is_a_page_on_standard_output(team: Folder) -> None:
    done = team.bot("export")

    assert (done.returncode, done.stderr) == (0, f"{WITHOUT}\n")
    (project,) = read_page(done.stdout).projects
    assert (project.slug, project.outcomes[0].text) == ("docs", "Ünë 🌱")


@pytest.mark.parametrize("more", [(), ("--workspace", "T0TEST")])
def test_json_has_all_that_is_public_and_says_what_it_has_not(team: Folder, more: tuple[str, ...]) -> None:
    done = team.bot("export", "--format", "json", *more)

    assert done.stderr == f"{WITHOUT}\n"
    found = json.loads(done.stdout)
    assert (found["waymark"], found["version"], found["with_private"]) == ("projects", 1, False)
    assert [each["slug"] for each in found["projects"]] == ["docs", "old"]
    assert "Hidden" not in done.stdout


def test_private_projects_come_only_where_they_are_asked_for(team: Folder) -> None:
    for file_format in ("myst", "json", "csv", "md"):
        without = team.bot("export", "--format", file_format)
        done = team.bot("export", "--format", file_format, "--with-private")

        assert "Hidden" not in without.stdout
        assert "Hidden" in done.stdout
        assert done.stderr == "With 1 private project: give the file to nobody who may not see it.\n"


def test_csv_is_defused(team: Folder) -> None:
    done = team.bot("export", "--format", "csv")

    rows = list(csv.reader(io.StringIO(done.stdout, newline="")))
    assert [row[8] for row in rows[1:]] == ["Ünë 🌱", "'=1+1"]


def test_a_file_is_for_its_owner_and_replaced_only_where_that_is_said(team: Folder) -> None:
    done = team.bot("export", "out.md")
    file = team.path / "out.md"

    assert done.stdout == f"Exported 1 project of Tidewater (T0TEST) to out.md as myst. {WITHOUT}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    again = team.bot("export", "out.md", "--format", "md")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert file.read_bytes() == before
    file.chmod(0o644)
    assert team.bot("export", "out.md", "--format", "md", "--replace").returncode == 0
    assert file.read_bytes() != before
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_an_imported_page_is_written_back_byte_for_byte(folder: Folder) -> None:
    name = folder.write(PAGE)
    assert folder.bot("import", name).returncode == 0
    done = folder.bot("export", "out.md")

    assert done.stdout == (
        "Wrote the page page.md to out.md, as the records say now. Private projects are no part of it.\n"
    )
    assert (folder.path / "out.md").read_bytes() == PAGE.encode()
    made = folder.bot("export", "--new").stdout
    assert made != PAGE
    assert read_page(made).projects[0].goal
    assert "does nothing for a page that was imported" in folder.bot("export", "--with-private").stderr


def test_what_the_page_cannot_show_is_told_beside_it(folder: Folder, database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0TEST", "Tidewater")
    folder.bot("import", folder.write(f"{PAGE}\n#### Guide\n\n##### Goal\n\nHelp.\n", "a.md"))
    folder.bot("import", folder.write("## Reef\n\n### Goal\n\nGrow.\n", "b.md"))
    with database.write() as tx:
        ids = {slug: _project_id(tx, slug) for slug in ("guide", "reef")}
        projects.change_project(tx, "T0TEST", ids["guide"], NOW, parent_id=ids["reef"])

    done = folder.bot("export", "--page", "a.md")

    assert done.stderr == (
        "guide: still in the old place on the page, which cannot show the new one. The records keep it; move"
        " the text by hand, or leave it.\n"
    )
    assert "#### Guide" in done.stdout


def _project_id(tx: Tx, slug: str) -> int:
    found = projects.find_project_by_slug(tx, "T0TEST", slug)
    assert found is not None
    return found.id


def test_of_several_pages_one_is_named(folder: Folder) -> None:
    folder.bot("import", folder.write(PAGE, "b.md"))
    folder.bot("import", folder.write(PAGE.replace("docs", "reef").replace("Docs", "Reef"), "a.md"))

    assert folder.bot("export").stderr == "Which page? Say --page with one of: a.md, b.md.\n"
    assert folder.bot("export", "--page", "b.md").stdout.encode().count(b"Docs") == 1
    assert folder.bot("export", "--page", "c.md").stderr == (
        "No page was imported as c.md. There are: a.md, b.md.\n"
    )


def test_a_template_of_the_teams_own(team: Folder) -> None:
    name = team.write("= {{ title }}\n{% for p in projects %}\n* {{ p.name }}\n{% endfor %}\n", "t.jinja")
    assert team.bot("export", "--template", name).stdout == "= Projects of Tidewater\n* Docs\n"

    broken = team.write("# {{ title }}\n\n{% for p in projects %}\n{{ p.nme }}\n{% endfor %}\n", "t.jinja")
    done = team.bot("export", "--template", broken, "out.md")
    assert done.returncode == 2
    assert done.stderr.startswith("The template cannot be filled in (t.jinja, line 4): ")
    assert "has no attribute 'nme'. No file was made.\n" in done.stderr
    assert not (team.path / "out.md").exists()


def test_archived_projects_and_how_things_stand_where_that_is_asked_for(team: Folder) -> None:
    done = team.bot("export", "--archived", "mark", "--with-status")

    assert "*This project is archived.*" in done.stdout
    assert "Ünë 🌱 *(no update yet)*" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--format", "json", "--with-status"),
            "--with-status does nothing for --format json. Leave it out.",
        ),
        (("--format", "csv", "--template", "x"), "--template does nothing for --format csv. Leave it out."),
        (("--replace",), "--replace needs FILE. Leave it out."),
        (("--page", "a", "--new"), "--new makes a page from nothing, --page writes one back."),
        (("--template", "none.jinja"), "none.jinja cannot be read: No such file or directory."),
        (("--workspace", "T0NONE", "--format", "csv"), "There is no workspace T0NONE. There are: T0TEST."),
    ],
)
def test_what_does_not_fit_is_said(team: Folder, arguments: tuple[str, ...], said: str) -> None:
    done = team.bot("export", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_without_a_workspace_there_is_nothing_to_export(folder: Folder) -> None:
    done = folder.bot("export")

    assert done.returncode == 2
    assert done.stderr == "There is no workspace yet, so there is nothing to export.\n"


def test_of_several_workspaces_one_is_named(team: Folder, database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0OTHER", "Upland")

    assert team.bot("export").stderr == "Which workspace? Say --workspace with one of: T0OTHER, T0TEST.\n"
    assert json.loads(team.bot("export", "--workspace", "T0TEST").stdout)["waymark"] == "export"
    assert team.bot("export", "--workspace", "T0TEST", "--format", "myst").stdout.startswith("# Projects")

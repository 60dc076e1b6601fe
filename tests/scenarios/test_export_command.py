"""`/project export`: what is in the file, who gets it, how often, and what is said where Slack takes none."""

import csv
import io
import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.local.model import File, Message
from bot.local.seed import DOCS, JMTE, SOFIA, STEWARDS, WANJIRU
from bot.local.unkind import Rule
from bot.pages import read_page
from bot.services.export_asking import EXPORT, MOST_PROJECTS
from bot.services.export_csv import COLUMNS
from bot.services.importing import PageImport
from bot.slack.uploading import BEGIN, COMPLETE
from storage.check_in_tables import deliveries
from storage.projects import change_project, find_project_by_slug
from storage.records import Project
from storage.sight import keep_sight
from storage.tables import projects
from tests.scenarios.records import add, add_jmte, close_channel
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_channel

pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def project(lite: Bot) -> Project:
    with lite.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(WANJIRU,))
    return add_jmte(lite)


def text_of(body: dict[str, Any]) -> str:
    return str(body["text"])


def direct_messages(bot: Bot, person: str = WANJIRU) -> list[Message]:
    bot.tick()
    with bot.slack.workspace.lock:
        return list(bot.slack.workspace.messages.get(bot.direct(person), []))


def files_of(bot: Bot, person: str = WANJIRU) -> list[File]:
    return [file for message in direct_messages(bot, person) for file in message.files]


def all_files(bot: Bot) -> int:
    with bot.slack.workspace.lock:
        found = bot.slack.workspace.messages.values()
        return sum(len(message.files) for messages in found for message in messages)


def test_all_that_is_seen_comes_as_a_page_and_the_answer_comes_at_once(lite: Bot) -> None:
    answer = lite.command("export", channel=JMTE)
    assert "on its way to you alone" in text_of(answer)

    (message,) = direct_messages(lite)
    (file,) = message.files
    assert file.name == "projects-2026-05-04-0930.page.md"
    page = read_page(file.content.decode())
    assert {each.slug for each in page.projects} == {"jmte-pangeo", "pangeo", "tide-notebooks"}
    assert next(each for each in page.projects if each.slug == "jmte-pangeo").parent == "pangeo"
    assert "3 projects as a page" in message.text


@pytest.mark.parametrize("line", ["export csv", "export CSV", "export  csv "])
def test_csv_has_a_line_an_outcome(lite: Bot, line: str) -> None:
    lite.command(line)
    (file,) = files_of(lite)

    rows = list(csv.DictReader(io.StringIO(file.content.decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["outcome"] for row in rows if row["project"] == "jmte-pangeo"] == [
        "Three hubs run for a year",
        "Sessions start within *two* minutes",
        "Costs are published",
    ]
    assert file.name.endswith("-0930.csv")


@pytest.mark.parametrize("line", ["export json jmte", "export json Jupyter Meets the Earth"])
def test_json_of_one_project_has_that_and_its_sub_projects(lite: Bot, line: str) -> None:
    lite.command(line)
    (file,) = files_of(lite)

    found = json.loads(file.content)
    assert [(each["slug"], each["parent"]) for each in found["projects"]] == [
        ("jmte-pangeo", None),
        ("tide-notebooks", "jmte-pangeo"),
    ]
    assert file.name == "jmte-pangeo-2026-05-04-0930.json"


def test_a_project_without_a_format_comes_as_a_page_with_its_sub_projects(lite: Bot) -> None:
    lite.command("export pangeo")
    (file,) = files_of(lite)

    page = read_page(file.content.decode())
    assert [each.slug for each in page.projects] == ["pangeo", "jmte-pangeo", "tide-notebooks"]


def test_markdown_says_how_things_stand(lite: Bot) -> None:
    lite.command("export md jmte")
    (file,) = files_of(lite)

    assert "on track" in file.content.decode().lower()
    assert file.name == "jmte-pangeo-2026-05-04-0930.md"


@pytest.mark.parametrize("file_format", ["myst", "json", "csv", "md"])
def test_a_private_project_comes_to_those_in_its_channel_alone(lite: Bot, file_format: str) -> None:
    add(lite, slug="reserve", name="Reserve", channel_id=STEWARDS, outcomes=("Four secret months",))
    lite.command(f"export {file_format}", person=WANJIRU)
    lite.command(f"export {file_format}", person=SOFIA)

    (hers,), (others,) = files_of(lite, WANJIRU), files_of(lite, SOFIA)
    assert b"Four secret months" in hers.content
    assert b"reserve" not in others.content.lower()
    assert b"secret" not in others.content
    said = text_of(lite.command(f"export {file_format} reserve", person=SOFIA))
    assert "No project is called" in said


def test_a_sub_project_of_a_private_one_does_not_name_it(lite: Bot) -> None:
    secret = add(lite, slug="reserve", name="Reserve", channel_id=STEWARDS)
    add(lite, slug="open-part", name="Open part", channel_id=JMTE, parent_id=secret.id, outcomes=("One",))
    for file_format in ("myst", "json", "csv", "md"):
        lite.command(f"export {file_format}", person=SOFIA)

    files = files_of(lite, SOFIA)
    assert len(files) == 4
    assert all(b"open-part" in file.content.lower() or b"Open part" in file.content for file in files)
    assert not any(b"reserve" in file.content.lower() for file in files)


def test_what_has_become_private_meanwhile_is_not_sent(lite: Bot, project: Project) -> None:
    with lite.works.held():
        lite.command("export json jmte", person=SOFIA, channel=DOCS)
        close_channel(lite, project, WANJIRU)
    lite.tick()

    assert all_files(lite) == 0
    with lite.database.read() as tx:
        row = tx.execute(select(deliveries).where(deliveries.c.kind == EXPORT)).mappings().one()
    assert (row["message_ts"], row["due_at"]) == (None, None)


def test_twice_in_a_minute_is_once(lite: Bot) -> None:
    lite.command("export csv")
    assert "one is enough" in text_of(lite.command("export csv"))
    assert "on its way" in text_of(lite.command("export json"))
    assert len(files_of(lite)) == 2

    lite.tick(minutes=1)
    lite.command("export csv")
    assert len(files_of(lite)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("export cvs", "Did you mean `/project export csv`?"),
        # Though a project is spelled much like it.
        ("export mys", "Did you mean `/project export myst`?"),
        ("export qqqq", "There are `myst`, `json`, `csv` and `md`"),
        ("export csv atlantis", "No project is called “atlantis”"),
        ("export jmte-pangoe", "Did you mean one of these?"),
    ],
)
def test_what_cannot_be_exported_is_said_with_what_helps(lite: Bot, line: str, said: str) -> None:
    assert said in text_of(lite.command(line))
    lite.tick()
    assert all_files(lite) == 0


def test_more_than_fits_a_message_is_said_and_what_else_there_is(lite: Bot) -> None:
    row = {
        "workspace_id": WORKSPACE,
        "summary": "",
        "goal": "",
        "state": "active",
        "created_at": NOW,
        "updated_at": NOW,
    }
    with lite.database.write() as tx:
        names = [f"many-{number}" for number in range(MOST_PROJECTS)]
        tx.execute(projects.insert(), [{**row, "slug": n, "name": n, "sort_name": n} for n in names])

    said = text_of(lite.command("export json"))
    assert "more than 5,000 projects" in said
    assert "python -m bot export --format json" in said
    assert "on its way" in text_of(lite.command("export json jmte"))


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("method", [BEGIN, COMPLETE, "conversations.open", "conversations.history"])
def test_whatever_breaks_off_the_file_comes_once(lite: Bot, method: str, drop: str) -> None:
    lite.command("export csv")
    lite.slack.platform.unkindness.add(Rule(method=method, drop=drop))
    for _ in range(4):
        lite.tick(minutes=2)

    assert len(files_of(lite)) == 1


@pytest.mark.parametrize(
    ("code", "helps"),
    [("missing_scope", "`files:write`"), ("file_uploads_disabled", "An admin of the workspace")],
)
def test_where_files_are_refused_it_is_said_with_what_to_do(lite: Bot, code: str, helps: str) -> None:
    lite.slack.platform.unkindness.add(Rule(method=BEGIN, error=code, times=100))
    lite.command("export csv")

    (message,) = direct_messages(lite)
    assert not message.files
    assert f"Slack takes no files from Waymark here (`{code}`)" in message.text
    assert helps in message.text
    assert "python -m bot export --format csv" in message.text
    lite.tick(minutes=30)
    assert len(direct_messages(lite)) == 1


def test_asked_aloud_the_file_comes_to_whoever_asked(lite: Bot) -> None:
    lite.say("@waymark export csv")

    assert len(files_of(lite)) == 1
    assert "on its way to you alone" in lite.last_message().text


def test_an_imported_page_comes_as_it_is_to_whoever_sees_all_of_it(lite: Bot) -> None:
    text = "# P\n\n(projects:reef)=\n## Reef  \n\n### Goal\nMap *it*\r\n\n### Outcomes\n* One\n"
    with lite.database.write() as tx:
        tx.execute(projects.delete())
        PageImport(tx, WORKSPACE, "page.md", read_page(text), NOW).run()
    lite.command("export", person=SOFIA)
    (file,) = files_of(lite, SOFIA)
    assert file.content == text.encode()

    with lite.database.write() as tx:
        reef = find_project_by_slug(tx, WORKSPACE, "reef")
        assert reef is not None
        change_project(tx, WORKSPACE, reef.id, NOW, channel_id=STEWARDS)
        keep_sight(tx, WORKSPACE, [reef.id])
    add(lite, slug="open", name="Open", channel_id=JMTE)
    lite.tick(minutes=1)
    lite.command("export", person=SOFIA)
    lite.command("export", person=WANJIRU)
    (_, made), (hers,) = files_of(lite, SOFIA), files_of(lite, WANJIRU)
    assert b"Map" not in made.content
    assert b"## Open" in made.content
    assert b"Map *it*" in hers.content


def test_what_the_page_cannot_show_where_it_belongs_is_said_with_the_file(lite: Bot) -> None:
    page = (
        "## Deep\n\n### Goal\n\nG\n\n#### Atolls\n\n##### Goal\n\nB\n\n"
        "## Other\n\n### Goal\n\nG\n\n### Outcomes\n\n- two\n\n##### Far down\n\nProse.\n"
    )
    with lite.database.write() as tx:
        PageImport(tx, WORKSPACE, "deep.md", read_page(page), lite.now()).run()
    lite.command("parent other atolls")

    lite.command("export")

    (message,) = (each for each in direct_messages(lite) if each.files)
    assert "`other`: still in the old place on the page" in message.text

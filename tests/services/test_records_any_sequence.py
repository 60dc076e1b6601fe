"""Whatever is changed from chat and by imports, in any order: what is kept beside the records is true."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors_base import BotError
from bot.pages import read_page
from bot.services.asking import Asker
from bot.services.importing import PageImport
from bot.slack.interactions.buttons import on_undo
from bot.slack.interactions.slash import answer_line
from bot.slack.queries import Taking
from bot.slack.registry import COMMANDS
from bot.slack.requests import ButtonRequest
from storage import projects
from storage.database import Database
from storage.indexing import reindex
from storage.vouching import keep_vouching
from tests.services.made_pages import PAGES, MadeProject, edits, written
from tests.support.dumps import dump_in
from tests.support.make import NOW, make_channel, make_workspace
from tests.support.revised import Records, records_in, require_revised

SLOWLY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
    deadline=None,
)
PERSON = "U0ANA"

COMMANDS_TYPED = (
    "update {slug} {n} {status} as said",
    "update {slug} {n} 41",
    "goal {slug} Words for a goal",
    "outcome add {slug} Words for an outcome",
    "outcome edit {slug} {n} Other words",
    "outcome move {slug} {n} {m}",
    "outcome drop {slug} {n}",
    "assign {slug} {n} me",
    "owner {slug} {person}",
    "due {slug} {n} in {m} weeks",
    "parent {slug} {parent}",
    "metric {slug} {n} 0 52 weeks",
    "member add {slug} me",
    "member remove {slug} me",
    "channel {slug} <#C0PLACE|place>",
    "link add {slug} https://said.test Said",
    "link remove {slug} {n}",
    "alias add {slug} called {m}",
    "alias remove {slug} called {m}",
    "create Made in chat {m}",
    "pause {slug}",
    "resume {slug}",
    "complete {slug}",
    "archive {slug}",
    "restore {slug}",
    "access {slug} members",
    "access {slug} everyone",
    "schedule {slug} weekly mon 0{n}:30 Europe/Berlin",
    "schedule {slug} every {m} weeks thu 16:00",
    "schedule {slug} off",
    "skip {slug}",
    "checkin {slug}",
    "pause {slug} until 2027-0{m}-0{n}",
    "away until 2027-0{m}-0{n}",
    "away off",
    "settings country DE",
    "settings country none",
    "settings zone Europe/Berlin",
    "settings freshness due {n} stale 1{m}",
    "settings freshness usual",
    "settings reminders 0{n}:30",
    "goal {slug} still true",
    "status {slug} {status}",
    "status {slug} usual",
    "freshness {slug} due {n} stale 2{m}",
    "freshness {slug} {n} due {m} stale 3{n}",
    "freshness {slug} usual",
    "digest fri 1{n}:00",
    "digest off",
    "brief",
    "doctor",
    "mine fri 0{n}:00",
    "mine off",
    "admin add me",
    "admin remove me",
    "undo",
)

TYPED = st.builds(
    str.format,
    st.sampled_from(COMMANDS_TYPED),
    slug=st.sampled_from("abc"),
    n=st.integers(1, 3),
    m=st.integers(1, 3),
    parent=st.sampled_from(["a", "b", "none"]),
    status=st.sampled_from(["done", "at risk", "on track"]),
    person=st.sampled_from(["me", "nobody"]),
)


@dataclass
class Chat:
    """A workspace in which each step is a transaction of its own."""

    database: Database
    workspace_id: str
    steps: int = 0

    def read(self, page: tuple[MadeProject, ...]) -> None:
        with self.database.write() as tx:
            now = NOW + timedelta(days=self.steps)
            PageImport(tx, self.workspace_id, "page.md", read_page(written(page)), now).run()

    def type(self, text: str) -> None:
        asker = Asker(self.workspace_id, PERSON, None)
        with suppress(BotError), self.database.write() as tx:
            answer_line(tx, asker, text, NOW + timedelta(days=self.steps))

    def click_undo(self, number: int) -> None:
        """On one of the last answers, perhaps a second time."""
        with self.database.read() as tx:
            changes = dump_in(tx)["changes"]
        acts = [row["act_id"] for row in changes if row["workspace_id"] == self.workspace_id]
        if not acts:
            return
        value = Taking(act_id=acts[-1 - number % len(acts)]).encode()
        request = ButtonRequest(self.workspace_id, PERSON, None, "undo", value, None, is_ephemeral=True)
        with suppress(BotError), self.database.write() as tx:
            on_undo(tx, request, NOW + timedelta(days=self.steps))

    def tell(self, slug: str, column: str, value: str) -> None:
        """What no command does yet: a new name, slug or parent."""
        with self.database.write() as tx:
            where = tx, self.workspace_id
            project = projects.find_project_by_slug(*where, slug)
            other = projects.find_project_by_slug(*where, value)
            if project is None or (column == "slug" and other is not None):
                return
            told: dict[str, Any] = {column: value}
            if column == "parent_id":
                told = {column: other.id if other and other.id != project.id else None}
            projects.change_project(*where, project.id, NOW, **told)
            reindex(*where, project.id)

    def step(self, data: st.DataObject, page: tuple[MadeProject, ...]) -> tuple[MadeProject, ...]:
        self.steps += 1
        match data.draw(st.sampled_from(["command"] * 6 + ["import", "undo", "tell"])):
            case "command":
                self.type(data.draw(TYPED))
            case "import":
                page = data.draw(edits(page))
                self.read(page)
            case "undo":
                self.click_undo(data.draw(st.integers(0, 3)))
            case "tell":
                column = data.draw(st.sampled_from(["name", "slug", "parent_id"]))
                self.tell(data.draw(st.sampled_from("abc")), column, data.draw(st.sampled_from("abcd")))
        return page

    def records(self) -> Records:
        with self.database.read() as tx:
            return records_in(tx, self.workspace_id)

    def require_kept(self) -> None:
        """What is rebuilt from the records is as it is already, and so is what outcomes keep for lists."""
        with self.database.write(dry_run=True) as tx:
            before = dump_in(tx, without={"projects.revision"})
            states = {row["id"]: row["state"] for row in before["projects"]}
            for row in before["outcomes"]:
                assert row["project_state"] == states[row["project_id"]]
                keep_vouching(tx, row["workspace_id"], row["id"])
            for row in before["projects"]:
                reindex(tx, row["workspace_id"], row["id"])
            assert dump_in(tx, without={"projects.revision"}) == before


_numbers = count(1)


def chat_in(database: Database) -> Chat:
    workspace_id = f"T0CHAT{next(_numbers)}"
    with database.write() as tx:
        make_workspace(tx, workspace_id)
        make_channel(tx, "C0PLACE", workspace_id)
    return Chat(database, workspace_id)


def test_every_command_that_writes_is_typed_here() -> None:
    writing = {command.name for command in COMMANDS.values() if command.write is not None}
    # It writes a page, and no record.
    writing -= {"publish"}

    assert {typed.split()[0] for typed in COMMANDS_TYPED} == writing


@SLOWLY
@given(data=st.data(), page=PAGES)
def test_a_record_never_changes_without_a_new_revision(
    sqlite_database: Database, data: st.DataObject, page: tuple[MadeProject, ...]
) -> None:
    chat = chat_in(sqlite_database)
    chat.read(page)
    chat.tell("b", "parent_id", "a")
    before = chat.records()
    for _ in range(data.draw(st.integers(5, 20))):
        page = chat.step(data, page)
        after = chat.records()
        require_revised(before, after)
        before = after


@SLOWLY
@given(data=st.data(), page=PAGES)
def test_what_lists_and_searches_go_by_is_what_the_records_say(
    sqlite_database: Database, data: st.DataObject, page: tuple[MadeProject, ...]
) -> None:
    chat = chat_in(sqlite_database)
    chat.read(page)
    chat.tell("b", "parent_id", "a")
    for _ in range(data.draw(st.integers(5, 20))):
        page = chat.step(data, page)
    chat.require_kept()

"""Whatever is changed, from chat and from the page: the record can be read as it was at every time."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import NotYetError
from bot.errors_base import BotError
from bot.pages import read_page
from bot.services.asking import Asker
from bot.services.importing import PageImport
from bot.services.past import read_record_at
from bot.services.reading import ProjectRecord, read_record
from bot.services.undoing import undo
from bot.slack.interactions.slash import answer_line
from storage import projects, tables
from storage.database import Database, Tx
from storage.records import UpdateSource
from tests.services.team import PAGE
from tests.support.dumps import dump_in
from tests.support.make import NOW, SEES, make_workspace

PEOPLE = ("U0ANA", "U0BO")
SLUGS = ("docs", "hubs", "style-guide", "reef")
NUMBER = st.integers(1, 5).map(str)
WORDS = st.sampled_from(["alpha", "beta", "gamma delta", "a *b* <!here>"])
STEP = timedelta(hours=1)

EDITS = (
    ("Twenty questions have a page", "Thirty questions have a page"),
    ("- Twenty questions have a page\n", ""),
    ("  - and a date\n", ""),
    ("- Links are checked daily\n", "- Quite another thing\n- Links are checked daily\n"),
    ("- Every page names an owner\n  - and a date\n", ""),
    ("  - and a date", "- and a date"),
    ("- Board: [the board](https://x.org/board)\n- Notes: [the notes](https://x.org/notes)\n",
     "- Notes: [the notes](https://x.org/notes)\n- Board: [our board](https://x.org/board)\n"),
    ("- Ana Silva (lead)\n- Bo Chen", "- Bo Chen (lead)\n- Cy Dee"),
    ("A newcomer finds the answer.", "Everybody finds the answer."),
    ("#### Style guide\n\nHow we write.\n\n- Chat: [channel](https://x.org/chat)\n\n", ""),
    ("(projects:hubs)=\n## Hub pilots", "(projects:pilots)=\n## Hub pilots"),
    (PAGE[PAGE.index("(projects:hubs)=") :], "## Else\n\n### Key outcomes\n\n- Nothing alike\n"),
)  # fmt: skip

READER = Asker("T0TEST", SEES.person_id, None)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Something that a person types."""
    slug, other = draw(st.sampled_from(SLUGS)), draw(st.sampled_from(SLUGS))
    number, to, words = draw(NUMBER), draw(NUMBER), draw(WORDS)
    status = draw(st.sampled_from(["on track", "at risk", "off track", "done", "dropped"]))
    person = draw(st.sampled_from(["me", "nobody", "<@U0CY>"]))
    verb = draw(st.sampled_from(["pause", "resume", "complete", "archive", "restore"]))
    forms = [
        f"update {slug} {number} {status}: {words}",
        f"update {slug} {number} {to}0%",
        f"outcome add {slug} {words}",
        f"outcome edit {slug} {number} {words}",
        f"outcome move {slug} {number} {to}",
        f"outcome drop {slug} {number}",
        f"assign {slug} {number} {person}",
        f"due {slug} {number} in {to} weeks",
        f"due {slug} {number} none",
        f"metric {slug} {number} 0 {to}0 pages",
        f"metric {slug} {number} none",
        f"goal {slug} {words} for ever",
        f"owner {slug} {person}",
        f"member add {slug} <@U0CY>",
        f"member remove {slug} <@U0CY>",
        f"channel {slug} <#C0{number}>",
        f"link add {slug} https://x.org/{to} {words}",
        f"link remove {slug} {number}",
        f"alias add {slug} also-{number}",
        f"alias remove {slug} also-{number}",
        f"parent {slug} {other}",
        f"parent {slug} none",
        f"{verb} {slug}",
        "create Reef",
    ]
    return draw(st.sampled_from(forms))


LINES = st.tuples(st.just("line"), lines(), st.sampled_from(PEOPLE))
UNDOS = st.tuples(st.just("undo"), st.integers(0, 5), st.sampled_from(PEOPLE))
IMPORTS = st.tuples(st.just("page"), st.sampled_from(EDITS), st.just(""))
STEPS = st.lists(st.one_of(LINES, LINES, LINES, UNDOS, IMPORTS), min_size=1, max_size=14)


@dataclass
class Story:
    """A workspace, its page, and what every record said after each step."""

    tx: Tx
    page: str = PAGE
    now: datetime = NOW
    noted: list[tuple[datetime, dict[int, Any]]] = field(default_factory=list)

    def take(self, kind: str, what: Any, person_id: str) -> None:
        self.now += STEP
        asker = Asker("T0TEST", person_id, None)
        saved = self.tx.begin_nested()
        try:
            if kind == "line":
                answer_line(self.tx, asker, what, self.now)
            elif kind == "undo":
                undo(self.tx, asker, self._act(what, person_id), UpdateSource.BUTTON, self.now)
            else:
                self.page = self.page.replace(*what) if what[0] in self.page else PAGE
                PageImport(self.tx, "T0TEST", "page.md", read_page(self.page), self.now).run()
        except BotError:
            saved.rollback()
        else:
            saved.commit()
        self.noted.append((self.now, self._records()))

    def _act(self, back: int, person_id: str) -> str | None:
        """One of the person's last acts, whatever it was."""
        rows = [row for row in dump_in(self.tx)["changes"] if row["person_id"] == person_id]
        acts = list(dict.fromkeys(row["act_id"] for row in sorted(rows, key=lambda row: -row["id"])))
        return acts[back] if back < len(acts) else None

    def _ids(self) -> list[int]:
        return list(self.tx.execute(tables.projects.select()).scalars())

    def _records(self) -> dict[int, Any]:
        return {
            id_: said(read_record(self.tx, READER, projects.get_project(self.tx, "T0TEST", id_)))
            for id_ in self._ids()
        }

    def check(self) -> None:
        for at, then in self.noted:
            for id_ in self._ids():
                project = projects.get_project(self.tx, "T0TEST", id_)
                for moment in (at, at + STEP / 2):
                    if id_ in then:
                        assert said(read_record_at(self.tx, READER, project, moment)) == then[id_]
                    else:
                        with pytest.raises(NotYetError):
                            read_record_at(self.tx, READER, project, moment)


def said(record: ProjectRecord) -> dict[str, Any]:
    """All that a record says."""
    project = record.project.model_dump(mode="json", exclude={"revision", "goal_confirmed_at"})
    outcomes = [outcome.model_dump(mode="json") for outcome in record.outcomes]
    parts = json.loads(record.parts.model_dump_json())
    return {"project": project, "outcomes": outcomes, "parts": {**parts, "aliases": sorted(parts["aliases"])}}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
    deadline=None,
)
@given(steps=STEPS)
def test_every_record_is_read_as_it_was_after_every_change(
    sqlite_database: Database, steps: list[tuple[str, Any, str]]
) -> None:
    with sqlite_database.write(dry_run=True) as tx:
        make_workspace(tx)
        story = Story(tx)
        story.take("page", ("", ""), "")
        for step in steps:
            story.take(*step)
        story.check()


def test_it_is_the_same_on_both_databases(database: Database) -> None:
    """`-` takes back the last act, whatever it was: twice is once more."""
    typed = [
        "create Reef", "outcome add reef One", "outcome add reef Two", "update reef 2 at risk: hm", "-", "-",
        "metric reef 1 0 10 pages", "update reef 1 50%", "-", "update reef 1 40%", "outcome move reef 2 1",
        "due reef 1 in 3 weeks", "outcome drop reef 1", "-", "-", "-", "parent reef docs",
        "alias add reef corals", "-", "link add reef https://x.org/1 One", "link remove reef 1", "-",
        "member add reef me", "archive reef", "restore reef", "assign reef 1 me", "parent style-guide none",
    ]  # fmt: skip
    with database.write() as tx:
        make_workspace(tx)
        story = Story(tx)
        story.take("page", ("", ""), "")
        for line in typed:
            before = len(dump_in(tx)["changes"])
            story.take(*(("undo", 0, "U0ANA") if line == "-" else ("line", line, "U0ANA")))
            assert len(dump_in(tx)["changes"]) > before, line
        for edit in EDITS:
            story.take("page", edit, "")
        story.check()

"""A team with a page: what the tests of importing arrange and look at."""

from dataclasses import dataclass
from datetime import timedelta

from bot.pages import read_page
from bot.services.import_report import ImportReport
from bot.services.importing import PageImport
from bot.texts_import import change_text
from storage import outcomes, pages, project_parts, projects
from storage.database import Database
from storage.indexing import reindex
from storage.records import Outcome, OutcomeStatus, Project, ProjectParts
from tests.support.dumps import Dump, dump
from tests.support.make import NOW, SEES, make_workspace, say

PAGE = """\
# Work

Some words before the first project.

(projects:docs)=
## Documentation

Our guides grew by chance.

### Strategic goal

A newcomer finds the answer.

### Key outcomes

- Twenty questions have a page
- Every page names an owner
  - and a date
- Links are checked daily

### Project information

- Board: [the board](https://x.org/board)
- Notes: [the notes](https://x.org/notes)

#### Style guide

How we write.

- Chat: [channel](https://x.org/chat)

### Team

- Ana Silva (lead)
- Bo Chen

(projects:hubs)=
## Hub pilots

### Strategic goal

Labs run their own hubs.

### Key outcomes

- Four labs have taught a course
"""


@dataclass
class Team:
    """One workspace of a database. Each import is a day after the one before."""

    database: Database
    workspace_id: str = "T0TEST"
    days: int = 0

    def __post_init__(self) -> None:
        with self.database.write() as tx:
            make_workspace(tx, self.workspace_id)

    def read(self, text: str, name: str = "page.md") -> ImportReport:
        """Import a page."""
        self.days += 1
        with self.database.write() as tx:
            now = NOW + timedelta(days=self.days)
            return PageImport(tx, self.workspace_id, name, read_page(text), now).run()

    def project(self, slug: str) -> Project:
        with self.database.read() as tx:
            found = projects.find_project_by_slug(tx, self.workspace_id, slug)
        assert found is not None, f"no project {slug}"
        return found

    def slugs(self) -> set[str]:
        return {row["slug"] for row in dump(self.database)["projects"]}

    def outcomes(self, slug: str) -> tuple[Outcome, ...]:
        with self.database.read() as tx:
            return outcomes.list_outcomes(tx, self.workspace_id, self.project(slug).id)

    def outcome_texts(self, slug: str) -> list[str]:
        return [outcome.text for outcome in self.outcomes(slug)]

    def parts(self, slug: str) -> ProjectParts:
        with self.database.read() as tx:
            return project_parts.get_parts(tx, self.workspace_id, SEES, self.project(slug).id)

    def urls(self, slug: str) -> list[str]:
        return [link.url for link in self.parts(slug).links]

    def members(self, slug: str) -> list[tuple[str, str]]:
        return [(member.name, member.role) for member in self.parts(slug).members]

    def change(self, slug: str, /, **changes: object) -> None:
        """What a command in chat would set of a project."""
        with self.database.write() as tx:
            project = self.project(slug)
            projects.change_project(tx, self.workspace_id, project.id, NOW, **changes)
            reindex(tx, self.workspace_id, project.id)

    def change_outcome(self, slug: str, number: int, /, **changes: object) -> None:
        outcome = self.outcomes(slug)[number - 1]
        with self.database.write() as tx:
            outcomes.change_outcome(tx, self.workspace_id, outcome.id, NOW, **changes)

    def say(self, slug: str, number: int, status: OutcomeStatus | None = OutcomeStatus.ON_TRACK) -> None:
        """A status update in chat."""
        outcome = self.outcomes(slug)[number - 1]
        with self.database.write() as tx:
            say(tx, outcome, status, workspace_id=self.workspace_id, note=f"said of {outcome.text}")

    def page_text(self, name: str = "page.md") -> str:
        with self.database.read() as tx:
            found = pages.find_page(tx, self.workspace_id, name)
        assert found is not None
        return found.text

    def rows(self) -> Dump:
        """Every row, but for the moment of the last import."""
        return dump(self.database, without={"pages.imported_at"})


def changes_of(report: ImportReport) -> list[str]:
    """What an import says that it did, in words."""
    return [change_text(change) for change in report.changes]


def counts_of(report: ImportReport) -> tuple[int, int, int]:
    """Created, updated, unchanged."""
    return report.created, report.updated, report.unchanged

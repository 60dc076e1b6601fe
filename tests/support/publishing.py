"""Publishing in tests: into a folder, a page with a line for each outcome, by a clock that a test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import select, update

from bot.domain.status_words import Said
from bot.errors_publish import Author, Standing
from bot.jobs.publisher import Publisher
from bot.pages.reader import decode_page
from bot.publish.file_target import FileTarget
from bot.publish.targets import Published, Target
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.page_writing import WrittenPage
from bot.services.publishing import Pages
from storage.database import Database, Tx
from storage.outcomes import list_outcomes
from storage.publications import Publication, add_publication, find_publication
from storage.records import OutcomeStatus, Project, UpdateSource
from storage.tables import pages, projects
from tests.support.make import NOW, make_person, make_project, make_workspace

WORKSPACE = "T0TEST"
WANJIRU = Asker(WORKSPACE, "U0WANJIRU", None)


def write(tx: Tx, publication: Publication, _now: datetime) -> WrittenPage:
    """Every project that everybody may see, with its outcomes and their status."""
    lines = ["# Projects"]
    found = select(projects.c.id, projects.c.slug).where(
        projects.c.workspace_id == publication.workspace_id, ~projects.c.is_private
    )
    for id_, slug in tx.execute(found.order_by(projects.c.id)).all():
        lines.append(f"## {slug}")
        record = list_outcomes(tx, publication.workspace_id, id_)
        lines += [f"- {outcome.text}: {outcome.status or 'nobody said'}" for outcome in record]
    return WrittenPage("\n".join(lines) + "\n")


def keep(tx: Tx, workspace_id: str, page_id: int, text: str, _now: datetime) -> None:
    mine = (pages.c.workspace_id == workspace_id, pages.c.id == page_id)
    tx.execute(update(pages).where(*mine).values(text=text))


def read_back(
    tx: Tx, workspace_id: str, page_id: int, standing: bytes, _author: Author | None, now: datetime
) -> None:
    """A line that says `done` by hand makes the outcome so."""
    text = decode_page(standing)
    for id_ in (
        tx.execute(select(projects.c.id).where(projects.c.workspace_id == workspace_id)).scalars().all()
    ):
        for outcome in list_outcomes(tx, workspace_id, id_):
            if f"- {outcome.text}: by hand" in text:
                act = Act.begin(tx, WANJIRU, id_, UpdateSource.PAGE, now)
                editing.say(act, outcome, Said(OutcomeStatus.DONE, None, is_percent=False, note=""))
    keep(tx, workspace_id, page_id, text, now)


PAGES = Pages(write, keep, read_back)


@dataclass
class Press:
    """Where pages of one workspace are published from; `now` is what its clock says."""

    database: Database
    folder: Path
    now: datetime = NOW
    commits: list[str] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def open_target(self, address: str) -> Target:
        return Noting(FileTarget(self.folder / address.removeprefix("file:")), self.commits)

    @property
    def publisher(self) -> Publisher:
        return Publisher(self.database, lambda: self.now, self.open_target, PAGES)

    def prepare(self, *outcomes: str, slug: str = "jmte") -> Project:
        """A project of somebody with a name."""
        with self.database.write() as tx:
            make_workspace(tx, WORKSPACE)
            make_person(tx, WANJIRU.person_id, WORKSPACE, name="Wanjiru", is_admin=True)
            return make_project(tx, WORKSPACE, slug=slug, name=slug.upper(), outcomes=outcomes)

    def add(self, address: str = "file:projects.md", page_id: int | None = None) -> int:
        with self.database.write() as tx:
            added = add_publication(tx, WORKSPACE, address, page_id=page_id, now=self.now)
        assert added is not None
        return added

    def say(self, project: Project, number: int, status: OutcomeStatus, asker: Asker = WANJIRU) -> None:
        with self.database.write() as tx:
            act = Act.begin(tx, asker, project.id, UpdateSource.COMMAND, self.now)
            editing.say(
                act,
                editing.get_outcome(act, number, str(number)),
                Said(status, None, is_percent=False, note=""),
            )

    def beat(self, after: timedelta = timedelta()) -> None:
        """The job runs, so much later."""
        self.now += after
        self.publisher.publish_due(self.stopping)

    def find(self, publication_id: int) -> Publication:
        with self.database.read() as tx:
            found = find_publication(tx, WORKSPACE, publication_id)
        assert found is not None
        return found

    @property
    def page(self) -> Path:
        return self.folder / "projects.md"


@dataclass
class Noting:
    """A target that notes each commit, as git would."""

    target: Target
    commits: list[str]

    def read(self) -> Standing | None:
        return self.target.read()

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        published = self.target.publish(data, message, over=over)
        if published.is_new:
            self.commits.append(message)
        return published

"""A page that is edited by hand while people speak in chat: what the tests of reading back arrange."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.errors_publish import Author
from bot.pages.page_style import PageStyle
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.import_report import ImportReport
from bot.services.page_answers import Answered, answer
from bot.services.page_keeping import keep_page
from bot.services.page_writing import write_page
from bot.services.reading_back import read_back, settle_overtaken
from bot.services.values import outcome_value
from storage import outcomes, page_conflicts, pages
from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.history_records import WHOLE, ChangedItem
from storage.page_conflicts import PageConflict, list_held
from storage.records import Outcome, UpdateSource
from tests.services.team import Team
from tests.support.make import NOW

ANA = "U0ANA"
STYLE = PageStyle(with_status=True)
NOOR = Author("Noor Haddad", "noor@example.org")


@dataclass
class Reader(Team):
    """A team whose page is read back. Everything is a minute after what was before."""

    minutes: int = 0
    page_name: str = "page.md"

    def now(self) -> datetime:
        self.minutes += 1
        return NOW + timedelta(days=400, minutes=self.minutes)

    @property
    def page_id(self) -> int:
        with self.database.read() as tx:
            found = pages.find_page(tx, self.workspace_id, self.page_name)
        assert found is not None
        return found.id

    def edit(self, text: str | bytes, author: Author | None = NOOR) -> ImportReport:
        """Somebody has edited the page by hand, and it is read back."""
        page_id = self.page_id
        data = text.encode() if isinstance(text, str) else text
        with self.database.write() as tx:
            return read_back(tx, self.workspace_id, page_id, data, author, self.now())

    def act(self, slug: str, person: str = ANA) -> "Speaking":
        return Speaking(self, self.project(slug).id, person)

    def open(self) -> tuple[PageConflict, ...]:
        page_id = self.page_id
        with self.database.read() as tx:
            return page_conflicts.list_open_conflicts(tx, self.workspace_id, page_id)

    def conflict(self, id_: int) -> PageConflict:
        with self.database.read() as tx:
            return page_conflicts.get_conflict(tx, self.workspace_id, id_)

    def decide(self, conflict: PageConflict, *, takes_page: bool, person: str = ANA) -> Answered:
        asker = Asker(self.workspace_id, person, None)
        with self.database.write() as tx:
            where = tx, asker, conflict.id, conflict.version
            return answer(*where, self.now(), takes_page=takes_page)

    def settle(self) -> int:
        with self.database.write() as tx:
            return settle_overtaken(tx, self.now())

    def asked(self) -> list[tuple[str, str, int]]:
        """Where people were asked: key, place, and which version of the message is wanted."""
        wanted = select(deliveries.c.key, deliveries.c.channel_id, deliveries.c.version)
        with self.database.read() as tx:
            rows = tx.execute(wanted.where(deliveries.c.kind == "page_conflict").order_by(deliveries.c.id))
            return [(row.key, row.channel_id, row.version) for row in rows]


@dataclass
class Published(Reader):
    """A team whose page is published, too."""

    def publish(self, style: PageStyle = STYLE) -> str:
        """What is asked about stays as it is."""
        page_id = self.page_id
        with self.database.write() as tx:
            where, now = (tx, self.workspace_id, page_id), self.now()
            text = write_page(*where, style, now, held=list_held(*where))
            keep_page(*where, text, now)
        assert self.page_text() == text
        return text


@dataclass
class Speaking:
    """What a person changes in chat, as commands do."""

    team: Reader
    project_id: int
    person: str

    def set(self, column: str, value: str | int | None) -> None:
        with self.team.database.write() as tx:
            act = self._begin(tx)
            act.change_project(column, value)

    def restrict(self) -> None:
        with self.team.database.write() as tx:
            act = self._begin(tx)
            act.change_project("is_restricted", value=True)

    def word(self, number: int, text: str) -> None:
        with self.team.database.write() as tx:
            act = self._begin(tx)
            act.change_outcome(self._outcome(act, number), "text", text)

    def drop(self, number: int) -> None:
        with self.team.database.write() as tx:
            act = self._begin(tx)
            outcome = self._outcome(act, number)
            act.set(ChangedItem.OUTCOME, outcome.id, WHOLE, outcome_value(outcome), None)

    def add(self, text: str) -> None:
        with self.team.database.write() as tx:
            self._begin(tx).add_outcome(text)

    def move(self, number: int, to: int) -> None:
        with self.team.database.write() as tx:
            act = self._begin(tx)
            editing.move_outcome(act, self._outcome(act, number), to, str(to))

    def unlink(self, number: int) -> None:
        with self.team.database.write() as tx:
            editing.remove_link(self._begin(tx), number, "")

    def _begin(self, tx: Tx) -> Act:
        asker = Asker(self.team.workspace_id, self.person, None)
        now = self.team.now()
        return Act.begin(tx, asker, self.project_id, UpdateSource.COMMAND, now, reaches_others=True)

    def _outcome(self, act: Act, number: int) -> Outcome:
        found = outcomes.list_outcomes(act.tx, self.team.workspace_id, self.project_id)
        return found[number - 1]

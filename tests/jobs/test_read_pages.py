"""Pages are looked at where they are published: hand edits come back, whoever of many processes looks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import update

from bot.jobs.publisher import Publisher
from bot.jobs.read_pages import LOOK_EVERY
from bot.publish.file_target import FileTarget
from bot.publish.targets import Target
from storage.database import Database
from storage.pages import list_places_of_project
from storage.publication_looks import look_soon
from storage.publication_tables import publications
from storage.publications import Publication, add_publication, find_publication
from storage.tables import projects
from tests.services.team import PAGE
from tests.support.make import NOW, make_channel, make_project
from tests.support.press_back import PAGES
from tests.support.read_back import ANA, Reader

GOAL = "A newcomer finds the answer."


@dataclass
class Place:
    """A folder with the page in it, and processes that publish it; `now` is what their clocks say."""

    team: Reader
    folder: Path
    now: datetime = NOW + timedelta(days=500)
    id: int = 0

    def __post_init__(self) -> None:
        self.file.write_bytes(PAGE.encode())
        with self.team.database.write() as tx:
            id_ = add_publication(tx, "T0TEST", "file:projects.md", page_id=self.team.page_id, now=self.now)
        assert id_ is not None
        self.id = id_
        self.beat()

    @property
    def file(self) -> Path:
        return self.folder / "projects.md"

    def publisher(self) -> Publisher:
        return Publisher(self.team.database, lambda: self.now, self._open, PAGES)

    def _open(self, _address: str) -> Target:
        return FileTarget(self.file)

    def beat(self, **later: float) -> None:
        self.now += timedelta(**later)
        self.publisher().publish_due(Event())

    def look(self, **later: float) -> int:
        """As the job does, so much later."""
        self.now += timedelta(**later)
        with self.team.database.write() as tx:
            return look_soon(tx, self.now - LOOK_EVERY, self.now)

    @property
    def publication(self) -> Publication:
        with self.team.database.read() as tx:
            found = find_publication(tx, "T0TEST", self.id)
        assert found is not None
        return found

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_bytes().decode()
        assert old in text
        self.file.write_bytes(text.replace(old, new, 1).encode())


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    team = Reader(database)
    team.read(PAGE)
    with database.write() as tx:
        tx.execute(update(projects).values(owner_id=ANA))
    return Place(team, tmp_path)


def test_a_hand_edit_comes_back_when_the_page_is_looked_at(place: Place) -> None:
    place.edit(GOAL, "Everybody finds it.")

    assert place.look(minutes=4) == 0
    assert place.look(minutes=2) == 1
    place.beat()

    assert place.team.project("docs").goal == "Everybody finds it."
    assert "Everybody finds it." in place.file.read_text(encoding="utf-8")
    assert place.look() == 0


def test_a_page_that_is_as_it_was_is_only_looked_at(place: Place) -> None:
    before, rows = place.file.stat(), place.team.rows()["places"]

    place.look(minutes=6)
    place.beat()

    assert place.file.stat() == before
    assert place.team.rows()["places"] == rows
    assert place.publication.checked_at == place.now
    assert place.publication.published_at == NOW + timedelta(days=500)


def test_a_hand_edit_and_words_in_chat_meet_on_the_page(place: Place) -> None:
    place.team.act("docs").word(1, "Twenty-one questions have a page")
    place.edit(GOAL, "Everybody finds it.")

    place.beat(minutes=2)
    place.beat(minutes=2)

    text = place.file.read_text(encoding="utf-8")
    assert "Everybody finds it." in text
    assert "Twenty-one questions have a page" in text
    assert place.team.open() == ()


@pytest.mark.parametrize("takes_page", [True, False])
def test_what_is_asked_about_stays_on_the_page_until_somebody_decides(
    place: Place,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    place.team.act("docs").set("goal", "Said goal")
    place.edit(GOAL, "Everybody finds it.")
    place.team.act("docs").word(1, "Twenty-one questions have a page")
    place.beat(minutes=2)
    place.beat(minutes=2)
    text = place.file.read_text(encoding="utf-8")
    assert "Everybody finds it." in text
    assert "Twenty-one questions have a page" in text
    (conflict,) = place.team.open()

    place.team.decide(conflict, takes_page=takes_page)
    place.beat(seconds=20)

    stays = "Everybody finds it." if takes_page else "Said goal"
    assert stays in place.file.read_text(encoding="utf-8")
    assert (place.team.project("docs").goal, place.team.open()) == (stays, ())


def test_a_link_that_people_removed_goes_from_the_page_once_that_is_decided(place: Place) -> None:
    place.team.act("docs").unlink(1)
    place.edit("[the board]", "[Kanban]")
    place.beat(minutes=2)
    place.beat(minutes=2)
    assert "[Kanban]" in place.file.read_text(encoding="utf-8")
    (conflict,) = place.team.open()

    place.team.act("hubs").set("goal", "Said goal")
    place.beat(minutes=2)
    place.beat(minutes=2)
    assert len(place.team.open()) == 1
    place.team.decide(conflict, takes_page=False)
    place.team.act("hubs").set("goal", "Said again")
    place.beat(minutes=2)
    place.beat(minutes=2)

    assert "[Kanban]" not in place.file.read_text(encoding="utf-8")


def test_a_heading_that_is_called_as_a_private_project_never_becomes_it(place: Place) -> None:
    with place.team.database.write() as tx:
        make_channel(tx, "C0SECRET", "T0TEST", private_to=(ANA,))
        make_project(tx, "T0TEST", slug="secret", name="Secret", channel_id="C0SECRET", goal="Ours")
    before = place.team.project("secret")
    text = place.file.read_text(encoding="utf-8")
    place.file.write_text(f"{text}\n## Secret\n\n### Goal\n\nMine.\n", encoding="utf-8")
    place.beat(minutes=2)
    place.team.act("docs").set("goal", "Said goal")
    place.beat(minutes=2)
    place.beat(minutes=2)
    assert "Said goal" in place.file.read_text(encoding="utf-8")
    assert "Mine." in place.file.read_text(encoding="utf-8")

    place.edit("Mine.", "Mine again.")
    place.beat(minutes=2)
    place.beat(minutes=6)

    assert place.team.project("secret") == before
    assert place.team.open() == ()
    assert "Ours" not in place.file.read_text(encoding="utf-8")
    with place.team.database.read() as tx:
        assert list_places_of_project(tx, "T0TEST", before.id) == ()


def test_of_two_processes_that_look_at_once_one_reads(place: Place) -> None:
    place.team.act("docs").set("goal", "Said goal")
    place.edit(GOAL, "Everybody finds it.")
    place.edit("Four labs", "Five labs")
    place.look(minutes=6)
    start = Barrier(2)

    def beat() -> None:
        start.wait()
        place.publisher().publish_due(Event())

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(beat) for _ in range(2)]:
            done.result(timeout=60)

    assert len(place.team.open()) == 1
    assert len(place.team.asked()) == 1
    rows = place.team.rows()["changes"]
    changed = [row for row in rows if (row["source"], row["field"]) == ("page", "text")]
    assert len(changed) == 1
    text = place.file.read_text(encoding="utf-8")
    assert "Everybody finds it." in text
    assert "Five labs" in text


def test_what_somebody_has_to_mend_first_is_not_looked_at(place: Place) -> None:
    with place.team.database.write() as tx:
        tx.execute(update(publications).values(is_stopped=True))

    assert place.look(minutes=6) == 0

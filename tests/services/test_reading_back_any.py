"""Hand edits, words in chat, publishing and answers in any order, beside a model of a few lines."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.errors_publish import Author
from bot.pages import read_page
from bot.pages.marks import standing_words
from bot.pages.page_style import PageStyle
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.importing import PageImport
from bot.services.page_answers import answer
from bot.services.page_keeping import keep_page
from bot.services.page_writing import write_page
from bot.services.reading_back import read_back, settle_overtaken
from storage import history, outcomes, page_conflicts, page_tables, pages, projects
from storage.database import TOUCHED, Database, Tx
from storage.page_conflicts import list_held
from storage.records import OutcomeStatus, UpdateSource
from tests.support.make import NOW, SEES, make_workspace

SLOWLY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
FIRST = {
    "name": "Reef atlas",
    "goal": "Everybody knows where the reefs are.",
    "summary": "Maps of reefs.",
    "one": "Corals are counted in the bay of word0",
    "two": "A handbook for rangers is printed by word0",
    "status": "no update yet",
}
PLACES = tuple(FIRST)
NUMBERS = {"one": 1, "two": 2}
WORDS = st.sampled_from(["word1", "word2", "word3"])
STATUSES = {"word1": OutcomeStatus.ON_TRACK, "word2": OutcomeStatus.OFF_TRACK, "word3": OutcomeStatus.DONE}
TODAY = f"{NOW:%-d %b %Y}"
STYLE = PageStyle(with_status=True)


def page_of(said: dict[str, str], checked: str) -> str:
    return (
        f"# Work\n\n(projects:atlas)=\n## {said['name']}\n\n"
        f"*Last checked: {checked}*\n\n{said['summary']}\n\n"
        f"### Goal\n\n{said['goal']}\n\n"
        f"### Outcomes\n\n- {said['one']} *({said['status']})*\n- {said['two']} *(no update yet)*\n"
    )


def worded(place: str, word: str) -> str:
    """Another value of a place, which is like its others."""
    if place == "status":
        return f"{STATUSES[word].value.replace('_', ' ')} · {TODAY}"
    return FIRST[place].replace("word0", word) if place in NUMBERS else f"{FIRST[place][:-1]} {word}."


@dataclass
class Value:
    """One place, by the rules: `base` is what both sides began from."""

    base: str
    page: str
    record: str
    is_open: bool = False

    def read(self) -> None:
        if self.page == self.record:
            self.base, self.is_open = self.page, False
        elif self.page == self.base:
            self.is_open = False
        elif self.record == self.base:
            self.record = self.base = self.page
            self.is_open = False
        else:
            self.is_open = True

    def said(self) -> None:
        """What was asked about, after something else was said in chat."""
        if self.is_open and (self.record in {self.page, self.base}):
            self.read()

    def publish(self) -> None:
        if not self.is_open:
            self.page = self.base = self.record


@dataclass
class World:
    tx: Tx
    model: dict[str, Value] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    minutes: int = 0
    checked: str = "not yet"

    def __post_init__(self) -> None:
        make_workspace(self.tx)
        PageImport(self.tx, "T0TEST", "page.md", read_page(page_of(FIRST, self.checked)), NOW).run()
        self.model = {place: Value(text, text, text) for place, text in FIRST.items()}
        page = pages.find_page(self.tx, "T0TEST", "page.md")
        project = projects.find_project_by_slug(self.tx, "T0TEST", "atlas")
        assert page is not None
        assert project is not None
        self.page_id, self.project_id = page.id, project.id

    def now(self) -> datetime:
        """Each step is as a transaction of its own: what it changes is changed anew."""
        self.tx.get_execution_options()[TOUCHED].clear()
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    @property
    def text(self) -> str:
        """What stands on the page, as the model has it."""
        return page_of({place: value.page for place, value in self.model.items()}, self.checked)

    def edit(self, edits: dict[str, str]) -> None:
        for place, word in edits.items():
            self.model[place].page = worded(place, word)
            self.typed |= {self.model[place].page} - {self.model["status"].page}
        read_back(self.tx, "T0TEST", self.page_id, self.text, Author("Noor", ""), self.now())
        for value in self.model.values():
            value.read()

    def say(self, place: str, word: str) -> None:
        text = worded(place, word)
        self.typed |= {text} if place != "status" else set()
        asker = Asker("T0TEST", "U0ANA", None)
        where = self.tx, asker, self.project_id, UpdateSource.COMMAND, self.now()
        act = Act.begin(*where, reaches_others=True)
        if place == "status":
            act.say(act.outcomes[0], STATUSES[word], "", None)
        elif place in NUMBERS:
            act.change_outcome(act.outcomes[NUMBERS[place] - 1], "text", text)
        else:
            act.change_project(place, text)
        self.model[place].record = text

    def settle(self) -> None:
        while settle_overtaken(self.tx, self.now()):
            pass
        for value in self.model.values():
            value.said()

    def publish(self) -> None:
        where = self.tx, "T0TEST", self.page_id
        text = write_page(*where, STYLE, self.now(), held=list_held(*where))
        keep_page(*where, text, self.now())
        for value in self.model.values():
            value.publish()
        # Somebody has said so, here or there, unless it is asked about still.
        self.checked = TODAY if self.model["status"].record != FIRST["status"] else "not yet"
        assert text == self.text

    def answer(self, place: str, *, takes_page: bool) -> None:
        """Nothing where nothing is asked."""
        for each in page_conflicts.list_open_conflicts(self.tx, "T0TEST", self.page_id):
            if self.place_of(each.item, each.item_id) == place:
                asker = Asker("T0TEST", "U0ANA", None)
                where = self.tx, asker, each.id, each.version
                done = answer(*where, self.now(), takes_page=takes_page)
                value = self.model[place]
                if done.is_mine:
                    value.record = value.page if takes_page else value.record
                    value.base, value.is_open = value.page, False

    def place_of(self, item: str, item_id: int | None) -> str:
        if item != "outcome":
            return item
        record = outcomes.list_outcomes(self.tx, "T0TEST", self.project_id)
        number = next(each.number for each in record if each.id == item_id)
        return next(place for place, at in NUMBERS.items() if at == number)

    def check(self) -> None:
        project = projects.get_project(self.tx, "T0TEST", self.project_id)
        record = outcomes.list_outcomes(self.tx, "T0TEST", self.project_id)
        found = {name: getattr(project, name) for name in ("name", "goal", "summary")}
        found |= {place: record[number - 1].text for place, number in NUMBERS.items()}
        newest = record[0].newest
        found["status"] = standing_words(record[0].status, newest.said_at.date() if newest else None)
        assert found == {place: value.record for place, value in self.model.items()}
        open_ = page_conflicts.list_open_conflicts(self.tx, "T0TEST", self.page_id)
        asked = {self.place_of(each.item, each.item_id): each.on_page for each in open_}
        assert asked == {place: value.page for place, value in self.model.items() if value.is_open}
        assert len(record) == len(NUMBERS)
        self._require_all_kept(found)

    def _require_all_kept(self, found: dict[str, str]) -> None:
        """Whatever anybody typed is on the record, in its history, or in what was asked."""
        entries = history.list_changes(self.tx, "T0TEST", SEES, self.project_id, limit=999)
        kept = {*found.values(), *(str(e.before) for e in entries), *(str(e.after) for e in entries)}
        kept |= {value.page for value in self.model.values()}
        rows = self.tx.execute(select(page_tables.page_conflicts)).mappings()
        kept |= {str(row[name]) for row in rows for name in ("on_page", "in_record", "base")}
        assert not {text for text in self.typed if text not in kept and text not in self.overwritten}

    overwritten: set[str] = field(default_factory=set)
    """What was on the page in a conflict, and edited again there before anybody decided."""


STEPS = st.one_of(
    st.tuples(st.just("edit"), st.dictionaries(st.sampled_from(PLACES), WORDS, min_size=1, max_size=2)),
    st.tuples(st.just("say"), st.tuples(st.sampled_from(PLACES), WORDS)),
    st.tuples(st.just("publish"), st.none()),
    st.tuples(st.just("settle"), st.none()),
    st.tuples(st.just("answer"), st.tuples(st.sampled_from(PLACES), st.booleans())),
)


@SLOWLY
@given(steps=st.lists(STEPS, max_size=12))
def test_in_any_order_nothing_is_lost_and_all_comes_to_be_the_same(
    sqlite_database: Database, steps: list[tuple[str, Any]]
) -> None:
    with sqlite_database.write(dry_run=True) as tx:
        world = World(tx)
        for kind, given_ in steps:
            # A page is published when whoever publishes has looked at it, and what was said is settled.
            match kind:
                case "edit":
                    before = {each.on_page for each in _open(world)}
                    world.edit(given_)
                    world.overwritten |= {str(text) for text in before - {e.on_page for e in _open(world)}}
                case "say":
                    world.say(*given_)
                case "publish":
                    world.settle()
                    world.publish()
                case "settle":
                    world.settle()
                case _:
                    place, takes_page = given_
                    world.settle()
                    world.answer(place, takes_page=takes_page)
            if kind != "say":
                world.settle()
                world.check()
        world.settle()
        for place in PLACES:
            world.answer(place, takes_page=True)
        world.publish()
        world.check()
        assert not _open(world)
        assert all(value.page == value.record == value.base for value in world.model.values())
        text = world.text
        read_back(tx, "T0TEST", world.page_id, text, None, world.now())
        world.publish()
        assert world.text == text


def _open(world: World) -> tuple[page_conflicts.PageConflict, ...]:
    return page_conflicts.list_open_conflicts(world.tx, "T0TEST", world.page_id)

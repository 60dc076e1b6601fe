"""A status that somebody edits by hand on the page is an update of that outcome, three-way like all else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import delete

from bot.pages.page_style import PageStyle
from bot.pages.values import NoteKind
from bot.services.undoing import undo
from bot.texts_import import note_text
from storage import history
from storage.database import Database
from storage.history_records import SAID
from storage.page_conflicts import ConflictState
from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource
from storage.tables import places
from tests.services.team import PAGE, changes_of
from tests.support.make import NOW, SEES, make_channel, make_person
from tests.support.read_back import ANA, NOOR, Published

TWENTY = "Twenty questions have a page"
NONE = f"{TWENTY} *(no update yet)*"


@dataclass
class Marked(Published):
    """A team whose page says how outcomes stand."""

    def say_now(self, status: OutcomeStatus, number: int = 1, slug: str = "docs") -> None:
        """In chat."""
        with self.database.write() as tx:
            act = self.act(slug)._begin(tx)  # noqa: SLF001 - the act that its other words begin
            act.say(act.outcomes[number - 1], status, "", None)

    def mark(self, words: str, text: str = TWENTY) -> str:
        """The page with another mark behind an outcome."""
        lines = self.page_text().splitlines(keepends=True)
        found = [number for number, line in enumerate(lines) if line.startswith(f"- {text}")]
        assert len(found) == 1
        lines[found[0]] = f"- {text}{words and ' '}{words}\n"
        return "".join(lines)

    def outcome(self) -> Outcome:
        return self.outcomes("docs")[0]

    def newest(self) -> StatusUpdate:
        found = self.outcome().newest
        assert found is not None
        return found

    @property
    def today(self) -> date:
        return (NOW + timedelta(days=400)).date()

    def line(self) -> str:
        return next(line for line in self.page_text().splitlines() if TWENTY in line)


def in_words(day: date | datetime) -> str:
    return f"{day.day} {day:%b %Y}"


@pytest.fixture
def team(database: Database) -> Marked:
    """On both databases, with the page published once, with `on track` of the first outcome."""
    return begun(Marked(database))


@pytest.fixture
def lite_team(sqlite_database: Database) -> Marked:
    return begun(Marked(sqlite_database))


def begun(made: Marked) -> Marked:
    made.read(PAGE)
    made.say_now(OutcomeStatus.ON_TRACK)
    made.publish()
    assert made.line() == f"- {TWENTY} *(on track · {in_words(made.today)})*"
    return made


def test_a_status_edited_on_the_page_is_an_update_by_its_editor(team: Marked) -> None:
    with team.database.write() as tx:
        make_person(tx, "U0NOOR", name="Noor Haddad")
    today = in_words(team.today)

    report = team.edit(team.mark(f"*(off track · {today})*"))

    assert changes_of(report) == [
        f"docs: status of outcome 1 changed from “on track · {today}” to “off track · {today}”"
    ]
    newest = team.newest()
    assert (newest.status, newest.said_by, newest.source) == (
        OutcomeStatus.OFF_TRACK,
        "U0NOOR",
        UpdateSource.EDIT,
    )
    assert team.outcome().vouched_at == newest.said_at
    assert (team.open(), team.asked()) == ((), [])
    assert team.publish() == team.page_text() == team.publish()
    assert team.line() == f"- {TWENTY} *(off track · {today})*"
    assert changes_of(team.edit(team.page_text())) == []


def test_its_history_says_that_it_was_read_from_the_page_and_who_edited_it(team: Marked) -> None:
    team.edit(team.mark(f"*(off track · {in_words(team.today)})*"))

    with team.database.read() as tx:
        (entry,) = history.list_changes(tx, "T0TEST", SEES, team.project("docs").id, limit=1)
    assert (entry.field, entry.source, entry.author, entry.person_id) == (
        SAID,
        UpdateSource.PAGE,
        "Noor Haddad",
        None,
    )
    assert (team.newest().said_by, team.newest().status) == (None, OutcomeStatus.OFF_TRACK)


@pytest.mark.parametrize(
    ("mark", "status", "note"),
    [
        ("*(🔴 Off track · {today})*", OutcomeStatus.OFF_TRACK, ""),
        ("*(off-track)*", OutcomeStatus.OFF_TRACK, ""),
        ("*(🟡)*", OutcomeStatus.AT_RISK, ""),
        ("*(Done!)*", OutcomeStatus.DONE, ""),
        ("*(at risk: two owners left)*", OutcomeStatus.AT_RISK, "two owners left"),
        ("*(at risk · two owners left · {today})*", OutcomeStatus.AT_RISK, "two owners left"),
        ("*(dropped · 31 Feb 2026)*", OutcomeStatus.DROPPED, ""),
        ("*(off track · {today} · may be out of date)*", OutcomeStatus.OFF_TRACK, ""),
    ],
)
def test_people_write_a_status_in_words_of_their_own(
    lite_team: Marked, mark: str, status: OutcomeStatus, note: str
) -> None:
    lite_team.edit(lite_team.mark(mark.format(today=in_words(lite_team.today))))

    newest = lite_team.newest()
    assert (newest.status, newest.note, newest.said_at.date()) == (status, note, lite_team.today)
    assert lite_team.outcome().text == TWENTY
    lite_team.publish()
    words = status.value.replace("_", " ")
    assert lite_team.line() == f"- {TWENTY} *({words} · {in_words(lite_team.today)})*"


@pytest.mark.parametrize(("days", "said"), [(0, 0), (-1, -1), (-4, -4), (-5, 0), (1, 0), (9_999, 0)], ids=str)
def test_the_day_that_is_written_counts_from_the_last_published_one_until_today(
    sqlite_database: Database, days: int, said: int
) -> None:
    team = Marked(sqlite_database)
    team.read(PAGE)
    team.minutes -= 4 * 24 * 60
    team.say_now(OutcomeStatus.ON_TRACK)
    team.publish()
    team.minutes += 4 * 24 * 60

    team.edit(team.mark(f"*(at risk · {in_words(team.today + timedelta(days=days))})*"))

    assert team.newest().said_at.date() == team.today + timedelta(days=said)
    assert team.newest().said_at <= team.now()
    assert team.outcome().status is OutcomeStatus.AT_RISK
    team.publish()
    assert team.line() == f"- {TWENTY} *(at risk · {in_words(team.today + timedelta(days=said))})*"


def test_another_day_of_the_same_status_is_an_update_too(sqlite_database: Database) -> None:
    team = Marked(sqlite_database)
    team.read(PAGE)
    team.minutes -= 4 * 24 * 60
    team.say_now(OutcomeStatus.ON_TRACK)
    team.publish()
    team.minutes += 4 * 24 * 60

    team.edit(team.mark(f"*(on track · {in_words(team.today)})*"))

    assert (team.newest().status, team.newest().said_at.date()) == (OutcomeStatus.ON_TRACK, team.today)


@pytest.mark.parametrize("mark", ["", "*()*", "*(no status)*", "*(no update yet)*"])
def test_a_mark_that_somebody_deletes_is_no_update_and_comes_back(lite_team: Marked, mark: str) -> None:
    before, line = lite_team.newest(), lite_team.line()

    assert changes_of(lite_team.edit(lite_team.mark(mark))) == []
    assert changes_of(lite_team.edit(lite_team.page_text())) == []

    assert lite_team.newest() == before
    lite_team.publish()
    assert lite_team.line() == line


def test_words_of_age_alone_are_no_update(sqlite_database: Database) -> None:
    team = Marked(sqlite_database)
    team.read(PAGE)
    team.minutes -= 200 * 24 * 60
    team.say_now(OutcomeStatus.ON_TRACK)
    team.minutes += 200 * 24 * 60
    team.publish()
    assert "· may be out of date)*" in team.line()
    before = team.newest()

    assert changes_of(team.edit(team.page_text().replace(" · may be out of date", "", 1))) == []

    assert team.newest() == before
    team.publish()
    assert "· may be out of date)*" in team.line()


@pytest.mark.parametrize("mark", ["*(halfway there)*", "*(70%)*", "*(quite well · 4 May 2025)*"])
def test_a_mark_that_says_no_status_is_left_and_told(lite_team: Marked, mark: str) -> None:
    before = lite_team.newest()

    report = lite_team.edit(lite_team.mark(mark))

    (note,) = (each for each in report.page_notes if each.kind is NoteKind.MARK)
    assert note_text(note).endswith(f"in words that say no status; kept as it is: “{mark[2:-2]}”")
    assert (changes_of(report), lite_team.newest(), lite_team.outcome().text) == ([], before, TWENTY)
    lite_team.publish()
    assert lite_team.line() == f"- {TWENTY} {mark}"
    # What people say in chat meanwhile waits for whoever wrote that; put right, it is compared with what was.
    lite_team.edit(lite_team.mark(f"*(done · {in_words(lite_team.today)})*"))
    assert (lite_team.outcome().status, lite_team.open()) == (OutcomeStatus.DONE, ())


def test_what_is_put_right_later_asks_where_people_spoke_meanwhile(lite_team: Marked) -> None:
    lite_team.edit(lite_team.mark("*(halfway there)*"))
    lite_team.say_now(OutcomeStatus.AT_RISK)
    lite_team.publish()

    lite_team.edit(lite_team.mark(f"*(done · {in_words(lite_team.today)})*"))

    assert lite_team.outcome().status is OutcomeStatus.AT_RISK
    assert [each.item for each in lite_team.open()] == ["status"]


def test_what_changed_in_chat_only_is_published_without_a_question(team: Marked) -> None:
    team.say_now(OutcomeStatus.AT_RISK)

    assert changes_of(team.edit(team.page_text())) == []

    assert (team.outcome().status, team.asked()) == (OutcomeStatus.AT_RISK, [])
    team.publish()
    assert team.line() == f"- {TWENTY} *(at risk · {in_words(team.today)})*"


def test_the_same_on_both_sides_asks_nobody(team: Marked) -> None:
    team.say_now(OutcomeStatus.OFF_TRACK)
    before = team.newest()

    report = team.edit(team.mark("*(off track)*"))

    assert (changes_of(report), team.newest(), team.open()) == ([], before, ())


@pytest.mark.parametrize("takes_page", [True, False])
def test_different_ones_are_asked_about_and_nothing_is_lost_meanwhile(
    team: Marked,
    takes_page: bool,  # noqa: FBT001 - a case's value
) -> None:
    with team.database.write() as tx:
        make_channel(tx, "C0DOCS")
    team.act("docs").set("channel_id", "C0DOCS")
    today = in_words(team.today)
    team.say_now(OutcomeStatus.AT_RISK)
    here = team.mark("*(off track: no boat)*")

    team.edit(here)

    (conflict,) = team.open()
    assert (conflict.item, conflict.base, conflict.on_page, conflict.in_record) == (
        "status",
        f"on track · {today}",
        "off track: no boat",
        f"at risk · {today}",
    )
    assert [place for _, place, _ in team.asked()] == ["C0DOCS"]
    assert team.publish() == here
    assert changes_of(team.edit(here)) == []
    done = team.decide(conflict, takes_page=takes_page)

    wanted = OutcomeStatus.OFF_TRACK if takes_page else OutcomeStatus.AT_RISK
    assert (done.is_mine, team.outcome().status, team.open()) == (True, wanted, ())
    assert team.newest().note == ("no boat" if takes_page else "")
    assert changes_of(team.edit(here)) == []
    team.publish()
    assert team.line() == f"- {TWENTY} *({wanted.value.replace('_', ' ')} · {today})*"
    assert (team.newest().said_by, team.newest().source) == (
        ANA,
        UpdateSource.EDIT if takes_page else UpdateSource.COMMAND,
    )


def test_what_was_taken_from_the_page_can_be_taken_back(team: Marked) -> None:
    team.say_now(OutcomeStatus.AT_RISK)
    team.edit(team.mark("*(off track)*"))
    done = team.decide(team.open()[0], takes_page=True)

    with team.database.write() as tx:
        undo(tx, done.act.asker, done.act.id, UpdateSource.BUTTON, team.now())

    assert team.outcome().status is OutcomeStatus.AT_RISK


def test_an_update_read_from_the_page_can_be_taken_back_like_any_other(team: Marked) -> None:
    with team.database.write() as tx:
        make_person(tx, ANA, name=NOOR.name)
    before = team.newest()
    team.edit(team.mark("*(off track)*"))
    with team.database.read() as tx:
        (entry,) = history.list_changes(tx, "T0TEST", SEES, team.project("docs").id, limit=1)

    with team.database.write() as tx:
        asker = team.act("docs")._begin(tx).asker  # noqa: SLF001 - whoever edited the page
        undo(tx, asker, entry.act_id, UpdateSource.BUTTON, team.now())

    assert team.newest() == before
    team.publish()
    assert team.line() == f"- {TWENTY} *(on track · {in_words(team.today)})*"
    assert changes_of(team.edit(team.page_text())) == []


def test_a_status_of_an_outcome_that_was_taken_off_the_record_brings_it_back_if_somebody_says_so(
    team: Marked,
) -> None:
    team.act("docs").drop(1)
    team.edit(team.mark("*(off track)*"))
    (conflict,) = team.open()
    assert (conflict.item, conflict.in_record) == ("status", None)

    done = team.decide(conflict, takes_page=True)

    assert (team.outcome().text, team.outcome().status) == (TWENTY, OutcomeStatus.OFF_TRACK)
    with team.database.write() as tx:
        undo(tx, done.act.asker, done.act.id, UpdateSource.BUTTON, team.now())
    assert TWENTY not in team.outcome_texts("docs")


def test_a_status_that_became_the_same_in_chat_is_settled(team: Marked) -> None:
    team.say_now(OutcomeStatus.AT_RISK)
    team.edit(team.mark("*(off track)*"))
    (conflict,) = team.open()

    team.say_now(OutcomeStatus.OFF_TRACK)

    assert team.settle() == 1
    assert team.conflict(conflict.id).state is ConflictState.SETTLED


def test_where_people_go_back_in_chat_the_page_alone_has_changed(team: Marked) -> None:
    team.say_now(OutcomeStatus.AT_RISK)
    team.edit(team.mark("*(off track)*"))
    team.say_now(OutcomeStatus.ON_TRACK)

    assert team.settle() == 1

    assert (team.outcome().status, team.open()) == (OutcomeStatus.OFF_TRACK, ())


def page_goal(team: Marked) -> None:
    text = team.page_text()
    team.edit(text.replace("A newcomer finds the answer.", "Everybody finds it."))


def chat_goal(team: Marked) -> None:
    team.act("docs").set("goal", "Said goal")


def page_status(team: Marked) -> None:
    team.edit(team.mark("*(off track)*"))


def chat_status(team: Marked) -> None:
    team.say_now(OutcomeStatus.AT_RISK)


EDITS = (page_goal, page_status, chat_goal, chat_status)


@pytest.mark.parametrize("order", [*permutations(EDITS)])
@pytest.mark.parametrize("is_published", [False, True])
def test_in_every_order_what_was_said_is_kept_until_somebody_decides(
    lite_team: Marked,
    order: tuple[Callable[[Marked], None], ...],
    is_published: bool,  # noqa: FBT001 - a case's value
) -> None:
    team = lite_team
    said_first = {
        name
        for name, chat, page in (("goal", chat_goal, page_goal), ("status", chat_status, page_status))
        if order.index(chat) < order.index(page)
    }
    for edit in order:
        edit(team)
        if is_published and not said_first:
            team.publish()

    assert {each.item for each in team.open()} == said_first
    assert (team.project("docs").goal, team.outcome().status) == ("Said goal", OutcomeStatus.AT_RISK)
    for each in team.open():
        team.decide(each, takes_page=True)
    assert team.open() == ()
    assert team.project("docs").goal == ("Everybody finds it." if "goal" in said_first else "Said goal")
    wanted = OutcomeStatus.OFF_TRACK if "status" in said_first else OutcomeStatus.AT_RISK
    assert team.outcome().status is wanted
    team.publish()
    assert f"*({wanted.value.replace('_', ' ')} · " in team.line()


def test_a_line_that_somebody_adds_with_a_status_has_it(team: Marked) -> None:
    text = team.page_text()

    team.edit(text.replace(f"- {TWENTY}", f"- A map is drawn *(at risk)*\n- {TWENTY}"))

    first = team.outcomes("docs")[0]
    assert (first.text, first.status) == ("A map is drawn", OutcomeStatus.AT_RISK)


def test_what_says_no_status_behind_a_line_that_is_new_is_its_words(team: Marked) -> None:
    text = team.page_text()

    team.edit(text.replace(f"- {TWENTY}", f"- A map is drawn *(see the notes)*\n- {TWENTY}"))

    assert team.outcome_texts("docs")[0] == "A map is drawn *(see the notes)*"
    assert "- A map is drawn *(see the notes)* *(no update yet)*\n" in team.publish()
    assert changes_of(team.edit(team.page_text())) == []


def test_words_and_status_edited_at_once_are_both_read(team: Marked) -> None:
    text = team.page_text()
    line = team.line()

    team.edit(text.replace(line, "- Thirty questions have a page *(done)*"))

    assert (team.outcome().text, team.outcome().status) == (
        "Thirty questions have a page",
        OutcomeStatus.DONE,
    )


def test_what_an_outcome_ends_in_is_no_mark(lite_team: Marked) -> None:
    beta = f"{TWENTY} *(beta)*"
    lite_team.act("docs").word(1, beta)
    lite_team.publish()

    report = lite_team.edit(lite_team.mark("", beta))

    assert (changes_of(report), lite_team.outcome().text) == ([], beta)
    lite_team.publish()
    assert lite_team.line() == f"- {beta} *(on track · {in_words(lite_team.today)})*"


def test_on_a_page_without_marks_such_words_are_words(lite_team: Marked) -> None:
    lite_team.publish(PageStyle())
    assert lite_team.line() == f"- {TWENTY}"

    lite_team.edit(lite_team.mark("*(off track)*"))

    assert (lite_team.outcome().text, lite_team.outcome().status) == (
        f"{TWENTY} *(off track)*",
        OutcomeStatus.ON_TRACK,
    )


def test_a_page_with_marks_that_is_imported_for_the_first_time_says_nothing_of_status(
    lite_team: Marked,
) -> None:
    text = lite_team.page_text().replace("projects:", "projects:other-").replace("\n## ", "\n## Other ")

    lite_team.read(text, "other.md")

    assert [each.status for each in lite_team.outcomes("other-docs")] == [None] * 4


def test_a_page_that_was_published_before_marks_were_read_is_compared_with_what_stands_there(
    lite_team: Marked,
) -> None:

    with lite_team.database.write() as tx:
        tx.execute(delete(places).where(places.c.item == "status"))

    lite_team.edit(lite_team.mark("*(off track)*"))

    assert lite_team.outcome().status is OutcomeStatus.OFF_TRACK

"""While the database is away, whatever people do is answered with a sentence, and nothing typed is lost."""

from datetime import timedelta

import pytest

from bot.local.seed import GENERAL, JMTE, WANJIRU
from storage.records import OutcomeStatus
from tests.scenarios.records import add_jmte
from tests.scenarios.test_forms import type_form
from tests.scenarios.test_home import own
from tests.support.away import database_away
from tests.support.bot import Bot
from tests.support.messages import AWAY


def says_so(blocks: object) -> bool:
    return AWAY.search(str(blocks)) is not None


def test_a_command_a_mention_and_a_direct_message(lite: Bot) -> None:
    add_jmte(lite)
    direct = lite.direct()
    with database_away(lite.database):
        answers = [lite.type_command("update jmte 2 done").text]
        lite.say("@waymark show jmte", channel=GENERAL)
        answers.append(lite.last_message(GENERAL).text)
        lite.say("show jmte", channel=direct)
        answers.append(lite.last_message(direct).text)

    assert all(map(AWAY.fullmatch, answers))


def test_a_button_at_a_message(lite: Bot) -> None:
    add_jmte(lite)
    question = lite.type_command("update jmte 2 done")
    with database_away(lite.database):
        lite.press(question, "Undo")
        answer = lite.last_message()

    assert AWAY.fullmatch(answer.text)
    assert lite.press(question, "Undo").ok


def test_a_menu_at_an_outcome(lite: Bot) -> None:
    add_jmte(lite)
    card = lite.type_command("show jmte")
    with database_away(lite.database):
        assert lite.choose(card, "Assign to me", number=2).ok

    assert AWAY.fullmatch(lite.last_message().text)


def test_what_was_typed_into_a_form_stays_and_is_saved_once_the_database_is_back(lite: Bot) -> None:
    add_jmte(lite)
    type_form(lite, "update jmte 2")
    form = lite.view().id
    with database_away(lite.database):
        lite.fill(status="done", note="All *there*")
        notice = lite.view()
        offered = lite.slack.workspace.modals[WANJIRU]

    assert says_so(notice.body["blocks"])
    assert offered[-2:] == [form, notice.id], "the form is below the sentence"
    lite.people.close_view(WANJIRU, notice.id)
    assert (lite.view().id, lite.held("note")) == (form, "All *there*")
    assert lite.fill(status="done", note="All *there*").ok
    assert "Outcome 2 is updated" in lite.last_message().text


def test_a_menu_in_a_form_offers_nothing(lite: Bot) -> None:
    add_jmte(lite)
    type_form(lite, "edit jmte")
    with database_away(lite.database):
        assert lite.suggest("parent_id", "doc") == []


def test_shortcuts(lite: Bot) -> None:
    add_jmte(lite)
    ts = lite.say("Done, all of it", channel=JMTE)
    with database_away(lite.database):
        assert lite.people.run_message_shortcut(WANJIRU, JMTE, ts, "save_update").ok
        saved = lite.view().body
        assert lite.people.run_shortcut(WANJIRU, "update_outcome").ok
        updated = lite.view().body

    assert says_so(saved)
    assert says_so(updated)


@pytest.mark.parametrize("label", ["Update", "Still true"])
def test_buttons_of_the_home(lite: Bot, label: str) -> None:
    own(lite, "Stale", OutcomeStatus.AT_RISK, timedelta(weeks=5))
    lite.open_home()
    with database_away(lite.database):
        lite.press_at_home(label)
        said = lite.view().body

    assert says_so(said)


def test_a_home_that_is_opened_comes_once_the_database_is_back(lite: Bot) -> None:
    add_jmte(lite)
    with database_away(lite.database):
        lite.people.open_home(WANJIRU)
        lite.settle()
        away = lite.slack.workspace.home_view(WANJIRU)
    lite.slack.workspace.clock.move(timedelta(minutes=1))

    assert away is None
    assert "Jupyter Meets the Earth" in str(lite.home(WANJIRU).body)

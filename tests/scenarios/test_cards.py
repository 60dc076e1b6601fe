"""What is done from a card: in a click, for whoever clicks, and answered by the card as it is then."""

from datetime import timedelta
from typing import Any

from bot.local.model import Message
from bot.local.seed import JMTE, MATEO, SOFIA, WANJIRU
from bot.slack.memos import Doing, Wanted
from bot.slack.queries import Query
from storage.records import OutcomeStatus, UpdateSource
from tests.scenarios.records import add, add_jmte, remove_project
from tests.scenarios.test_writing import changes_of, outcomes_of
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.messages import all_buttons, all_menus, buttons
from tests.support.signing import button_payload


def labels(menu: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in menu["options"]]


def menus(message: Message) -> list[dict[str, Any]]:
    return all_menus({"blocks": message.blocks})


def test_still_true_renews_what_was_said_and_records_who_vouched(bot: Bot) -> None:
    project = add_jmte(bot)
    card = bot.type_command("show jmte")
    assert "stale, checked 5 weeks ago" in card.text

    bot.choose(card, "Still true", number=2)

    outcome = outcomes_of(bot, project)[1]
    assert outcome.newest is not None
    assert (outcome.status, outcome.newest.note, outcome.newest.said_by, outcome.newest.source) == (
        OutcomeStatus.AT_RISK,
        "Down to *three* minutes",
        WANJIRU,
        UpdateSource.BUTTON,
    )
    (answer,) = bot.seen()
    assert f"🌿 Outcome 2 is still true, says <@{WANJIRU}>." in answer.text
    assert "🟡 At risk · checked just now" in answer.text
    assert f"“Down to _three_ minutes” · still true, says <@{WANJIRU}>" in answer.text
    assert "Three hubs run" in answer.text, "the whole card"
    assert "*Outcome 2* is still true: 🟡 At risk" in bot.command("history jmte")["text"]

    bot.press(answer, "Undo")

    assert outcomes_of(bot, project)[1].vouched_at == bot.now() - timedelta(weeks=5)


def test_still_true_leaves_a_number_as_it_is(lite: Bot) -> None:
    project = add_jmte(lite)
    lite.command("update jmte 1 41")

    lite.choose(lite.type_command("outcomes jmte"), "Still true")

    newest = outcomes_of(lite, project)[0].newest
    assert newest is not None
    assert (newest.status, newest.value) == (OutcomeStatus.ON_TRACK, 41)


def test_all_open_outcomes_are_still_true_in_one_act(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command("update jmte 3 done", person=SOFIA)
    card = bot.type_command("show jmte")

    bot.press(card, "All still true", person=WANJIRU)

    said = [outcome.newest and outcome.newest.said_by for outcome in outcomes_of(bot, project)]
    assert said == [WANJIRU, WANJIRU, SOFIA], "what is done needs no look"
    assert "🌿 All 2 open outcomes are still true" in bot.last_message().text
    bot.press(bot.last_message(), "Undo")
    assert [outcome.newest and outcome.newest.said_by for outcome in outcomes_of(bot, project)] == [
        MATEO,
        SOFIA,
        SOFIA,
    ]


def test_an_outcome_is_assigned_to_whoever_clicks(lite: Bot) -> None:
    project = add_jmte(lite)

    lite.choose(lite.type_command("outcomes jmte"), "Assign to me", number=3)
    lite.choose(lite.last_message(), "Assign to me", number=3)

    assert outcomes_of(lite, project)[2].owner_id == WANJIRU
    assert "👌 It says so already." in lite.last_message().text
    assert len(changes_of(lite, project)) == 1


def test_a_form_that_a_menu_opened_is_answered_by_the_card(bot: Bot) -> None:
    project = add_jmte(bot)
    card = bot.type_command("show jmte")

    bot.choose(card, "Update…", number=3)
    bot.fill(status="done", note="Published")

    (answer,) = bot.seen()
    assert "✏️ Outcome 3 is updated." in answer.text
    assert "Strategic goal" in answer.text
    assert outcomes_of(bot, project)[2].status is OutcomeStatus.DONE


def test_on_a_shared_card_they_work_for_whoever_clicks_and_answer_them_alone(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.press(bot.type_command("show jmte"), "Share in channel")
    (shared,) = bot.seen(person=SOFIA)
    assert set(buttons({"blocks": shared.blocks})) == {"Edit", "All still true", "Chart"}

    bot.choose(shared, "Still true", number=2, person=SOFIA)
    bot.press(shared, "Edit", person=SOFIA)
    bot.fill(person=SOFIA, goal="Sofia's goal")

    assert bot.seen(person=WANJIRU) == [shared]
    _, still_true, edited = bot.seen(person=SOFIA)
    assert still_true.ephemeral_to == edited.ephemeral_to == SOFIA
    assert {change.person_id for change in changes_of(bot, project)} == {SOFIA}
    assert "Undo" in buttons({"blocks": edited.blocks})


def test_what_is_closed_has_no_still_true_and_what_is_archived_no_menu(lite: Bot) -> None:
    add_jmte(lite)
    lite.command("update jmte 1 done")
    first, second, _ = menus(lite.type_command("outcomes jmte"))
    assert (labels(first), labels(second)) == (
        ["Update…", "Assign to me"],
        ["Update…", "Still true", "Assign to me"],
    )

    old = lite.type_command("show jmte")
    lite.command("archive jmte")
    archived = lite.type_command("show jmte")
    assert menus(archived) == []
    assert set(buttons({"blocks": archived.blocks})) == {"Share in channel"}
    before = dump(lite.database)
    lite.choose(old, "Still true", number=2)
    assert "is archived, so nothing was changed" in lite.last_message().text
    assert dump(lite.database) == before


def test_two_hundred_outcomes_have_their_menus_page_by_page(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=[f"Reef {n:03}" for n in range(1, 201)])
    lite.press(lite.type_command("outcomes reef"), "Next page")
    page = lite.last_message()

    lite.choose(page, "Still true")

    answer = lite.last_message()
    number = next(n for n, outcome in enumerate(outcomes_of(lite, project), 1) if outcome.newest)
    assert number > 40
    assert answer.text.splitlines()[-1] == page.text.splitlines()[-1], "the same page"
    assert f"*{number}.* Reef {number:03}" in answer.text


def test_every_choice_of_a_menu_reads_back_and_is_short_enough_for_slack(lite: Bot) -> None:
    add_jmte(lite)
    for menu in menus(lite.type_command("show jmte")):
        for option in menu["options"]:
            assert Doing.decode(option["value"]).encode() == option["value"]
    largest = 2**63 - 1
    card = Query(name="outcomes", project_id=largest, outcome_id=largest, page=1_000_000)
    assert len(Doing(do="assign", id=largest, card=card).encode()) <= 150


def test_what_is_gone_or_of_another_version_is_said_kindly(bot: Bot) -> None:
    project = add_jmte(bot)
    card = bot.type_command("show jmte")
    bot.command("outcome drop jmte 2")
    bot.choose(card, "Still true", number=2)
    bot.choose(card, "Update…", number=2)
    assert [message.text.partition(".")[0] for message in bot.seen()[1:]] == [
        "🍂 That outcome is off the record by now"
    ] * 2
    remove_project(bot, project)
    for label in ("Edit", "All still true"):
        bot.press(card, label)
        assert "That project is no longer there" in bot.last_message().text

    for action_id in ("outcome:1", "still", "form:x", "turn:1", "project_id", "outcome_id"):
        for value in ("", "{}", '{"v":2}', '{"do":"sing","card":{"name":"show"}}', '{"form":"x"}', "[" * 500):
            secret = bot.slack.platform.response_urls.issue(WANJIRU, JMTE, card.ts)
            address = f"{bot.slack.url}/hooks/actions/{WORKSPACE}/R1/{secret}"
            payload = button_payload(action_id, value, workspace_id=WORKSPACE, response_url=address)
            assert bot.click(payload).status == 200
            assert "no longer works" in bot.last_message().text, (action_id, value)


def test_a_card_in_a_modal_works_as_one_in_a_channel(lite: Bot) -> None:
    """Where a shortcut opened a form, there is no message to answer: the modal itself says it."""
    project = add_jmte(lite)
    lite.people.run_shortcut(WANJIRU, "update_outcome")
    lite.suggest("project_id", "jmte")
    lite.choose_in_view("project_id", str(project.id))
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[1].id))
    lite.fill(status="done")
    assert "Outcome 2 is updated" in str(lite.view().body["blocks"])
    assert "Share in channel" not in {each["text"]["text"] for each in all_buttons(lite.view().body)}

    lite.press_in_view("Undo")

    assert "Taken back" in str(lite.view().body["blocks"])
    assert outcomes_of(lite, project)[1].status is OutcomeStatus.AT_RISK


def test_a_button_that_opens_a_form_reads_back() -> None:
    wanted = Wanted(form="outcome", project_id=1, outcome_id=2, vouches=True, card=Query(name="show"))

    assert Wanted.decode(wanted.encode()) == wanted

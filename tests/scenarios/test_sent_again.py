"""A form that is sent again, since nobody saw the answer to the first time, is saved once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot import texts_forms
from tests.scenarios.records import add_jmte
from tests.support import signing
from tests.support.bot import Bot


def last_submission(bot: Bot) -> dict[str, Any]:
    """What Slack has sent of the form that was submitted last."""
    with bot.slack.workspace.lock:
        calls = [each for each in bot.slack.workspace.calls if each.name == "view_submission"]
    payload: dict[str, Any] = calls[-1].detail["payload"]
    return payload


def send(bot: Bot, payload: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = bot.send(signing.interaction_body(payload)).json
    return answer


def said(bot: Bot, words: str) -> int:
    """How often the history has it."""
    return str(bot.command("history jmte")["text"]).count(words)


def test_the_second_time_says_that_it_is_saved(bot: Bot) -> None:
    add_jmte(bot)
    bot.choose(bot.type_command("outcomes jmte"), "Update…")
    assert bot.fill(note="Reefs are mapped").ok

    again = send(bot, last_submission(bot))

    assert again["response_action"] == "update"
    assert texts_forms.SAVED_ALREADY in str(again["view"]["blocks"])
    assert said(bot, "Reefs are mapped") == 1


def test_of_two_at_the_same_time_one_is_saved(bot: Bot) -> None:
    add_jmte(bot)
    bot.choose(bot.type_command("outcomes jmte"), "Update…")
    assert bot.fill(note="Reefs are mapped").ok
    payload = last_submission(bot)
    # As it would be sent from another form, which nobody has saved yet.
    payload["view"]["id"] = "V0ANOTHER"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: send(bot, payload), range(6)))

    assert sorted(answer["response_action"] for answer in answers) == ["clear", *["update"] * 5]
    assert said(bot, "Reefs are mapped") == 2


def test_a_form_that_came_back_can_be_sent_again_as_it_is(bot: Bot) -> None:
    add_jmte(bot)
    bot.choose(bot.type_command("outcomes jmte"), "Update…")
    first = bot.fill(value="many")

    second = bot.fill(value="many")

    assert first.errors == second.errors != {}
    assert bot.fill(value="7", note="Seven weeks").ok
    assert not bot.has_view()
    assert said(bot, "Seven weeks") == 1


def test_a_form_with_the_same_words_that_is_opened_anew_is_another_one(bot: Bot) -> None:
    add_jmte(bot)
    for _ in range(2):
        bot.choose(bot.type_command("outcomes jmte"), "Update…")
        assert bot.fill(note="No change yet").ok

    assert said(bot, "No change yet") == 2

"""Answers that are shared with everybody in the channel."""

from datetime import timedelta

from bot.local.seed import GENERAL, MATEO, SOFIA, WANJIRU
from bot.local.unkind import Rule
from tests.scenarios.records import add, add_jmte, add_many, remove_project
from tests.support.bot import Bot
from tests.support.messages import buttons


def test_share_posts_the_answer_for_everybody_and_takes_the_private_one_away(bot: Bot) -> None:
    add_jmte(bot)
    question = bot.type_command("goal jmte")

    bot.press(question, "Share in channel")

    (shared,) = bot.seen()
    assert shared.ephemeral_to is None
    assert shared == bot.seen(person=SOFIA)[0]
    assert "Strategic goal" in shared.text
    assert shared.text.endswith(f"Shared by <@{WANJIRU}> with `/project`")
    assert list(buttons({"blocks": shared.blocks or []})) == ["Goal still holds"]


def test_share_works_where_the_bot_is_no_member(bot: Bot) -> None:
    add_jmte(bot)
    bot.people.remove(WANJIRU, GENERAL, bot.slack.workspace.bot.user_id)
    question = bot.type_command("show jmte", channel=GENERAL)

    bot.press(question, "Share in channel")

    assert "Key outcomes" in bot.last_message(GENERAL, MATEO).text
    assert "chat.postMessage" not in bot.calls_in()


def test_share_posts_the_page_in_sight(bot: Bot) -> None:
    add_many(bot, 12)
    bot.press(bot.type_command("list"), "Next page")

    bot.press(bot.last_message(), "Share in channel")

    assert "Reef survey 011" in bot.last_message(person=SOFIA).text
    assert "Page 2 of 2" in bot.last_message(person=SOFIA).text


def test_buttons_on_a_shared_message_answer_only_who_presses(bot: Bot) -> None:
    add_many(bot, 12)
    bot.press(bot.type_command("list"), "Share in channel")
    shared = bot.last_message(person=SOFIA)

    bot.press(shared, "Next page", person=SOFIA)
    bot.press(shared, "Show", person=SOFIA)

    assert bot.seen(person=WANJIRU) == [shared]
    still_shared, page, record = bot.seen(person=SOFIA)
    assert still_shared == shared
    assert "Reef survey 011" in page.text
    assert "Key outcomes" in record.text
    assert page.ephemeral_to == record.ephemeral_to == SOFIA


def test_my_projects_stay_mine_when_they_are_shared(bot: Bot) -> None:
    add_many(bot, 12, owner_id=WANJIRU)
    add(bot, name="Of another", slug="other", owner_id=SOFIA)
    bot.press(bot.type_command("list mine"), "Share in channel")
    shared = bot.last_message(person=SOFIA)

    bot.press(shared, "Next page", person=SOFIA)

    assert f"Projects of <@{WANJIRU}>" in shared.text
    assert "My projects" not in shared.text
    assert "Reef survey 011" in bot.last_message(person=SOFIA).text
    assert "Of another" not in bot.last_message(person=SOFIA).text


def test_a_shared_overview_counts_for_everybody(bot: Bot) -> None:
    add_jmte(bot)

    bot.press(bot.type_command(""), "Share in channel")

    assert "yours" not in bot.last_message(person=SOFIA).text


def test_a_shared_answer_is_as_of_now(bot: Bot) -> None:
    add_jmte(bot)
    question = bot.type_command("outcomes jmte")
    bot.now.at += timedelta(days=1)

    bot.press(question, "Share in channel")

    assert "checked 3 days ago" in question.text
    assert "checked 4 days ago" in bot.last_message(person=SOFIA).text


def test_an_answer_that_slack_does_not_take_leaves_the_question_where_it_is(bot: Bot) -> None:
    add_jmte(bot)
    question = bot.type_command("goal jmte")
    for rule in (
        Rule("response_url", status=500),
        Rule("response_url", status=429),
        Rule("response_url", error="invalid_blocks"),
        Rule("response_url", drop="before"),
    ):
        bot.slack.platform.unkindness.add(rule)

        pressed = bot.press(question, "Share in channel")

        assert pressed.ok
        assert bot.seen(person=SOFIA) == []
        assert bot.seen() == [question]
        bot.slack.platform.unkindness.clear()


def test_a_refusal_a_person_can_see_is_answered_only_to_them(bot: Bot) -> None:
    project = add_jmte(bot)
    question = bot.type_command("goal jmte")
    remove_project(bot, project)

    bot.press(question, "Share in channel")

    assert "no longer there" in bot.last_message().text
    assert bot.seen(person=SOFIA) == []


def test_a_share_whose_answer_is_lost_is_posted_once(bot: Bot) -> None:
    add_jmte(bot)
    bot.slack.platform.unkindness.add(Rule("response_url", drop="after"))

    bot.press(bot.type_command("goal jmte"), "Share in channel")

    assert len(bot.seen(person=SOFIA)) == 1

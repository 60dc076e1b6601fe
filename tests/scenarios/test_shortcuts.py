"""Slack's shortcuts: a message becomes a status update, and an outcome is updated from anywhere."""

from bot.local.seed import GENERAL, JMTE, MATEO, RANDOM, SOFIA, WANJIRU
from bot.local.unkind import Rule
from storage.records import OutcomeStatus, UpdateSource
from tests.scenarios.records import add, add_jmte
from tests.scenarios.test_forms import wrong
from tests.scenarios.test_writing import outcomes_of
from tests.support.bot import Bot


def save(bot: Bot, text: str, channel: str = JMTE, person: str = MATEO) -> str:
    """Somebody says something, and Wanjiru saves it; its timestamp."""
    ts = bot.say(text, person=person, channel=channel)
    result = bot.people.run_message_shortcut(WANJIRU, channel, ts, "save_update")
    assert result.ok, result.sentence
    return ts


def test_a_message_becomes_an_update_with_the_way_back_to_it(bot: Bot) -> None:
    project = add_jmte(bot)
    outcome = outcomes_of(bot, project)[2]

    save(bot, "The costs of @sofia's hub are up: https://e.org/costs?a=1&b=2 & more")
    assert bot.held("project_id") == str(project.id)
    note = "The costs of @Sofia Lindqvist's hub are up: https://e.org/costs?a=1&b=2 & more"
    assert bot.held("note") == note
    assert f"From a message of <@{MATEO}>. A link to the message is kept with it." in str(
        bot.view().body["blocks"]
    )
    bot.choose_in_view("outcome_id", str(outcome.id))
    bot.fill(status="on_track")

    newest = outcomes_of(bot, project)[2].newest
    assert newest is not None
    assert (newest.status, newest.note, newest.said_by, newest.source) == (
        OutcomeStatus.ON_TRACK,
        note,
        WANJIRU,
        UpdateSource.SHORTCUT,
    )
    assert newest.permalink
    assert f"/archives/{JMTE}/p" in newest.permalink
    answer = bot.last_message()
    assert answer.ephemeral_to == WANJIRU
    assert f"<{newest.permalink}|the message>" in answer.text
    assert "Outcome 3 is updated" in answer.text
    bot.press(answer, "Undo")
    assert outcomes_of(bot, project)[2].newest is None


def test_the_status_stays_where_none_is_chosen(lite: Bot) -> None:
    project = add_jmte(lite)

    save(lite, "Down to two minutes now")
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[1].id))
    lite.fill()

    newest = outcomes_of(lite, project)[1].newest
    assert newest is not None
    assert (newest.status, newest.note) == (OutcomeStatus.AT_RISK, "Down to two minutes now")


def test_a_note_that_is_reworded_stays_while_project_and_outcome_are_chosen(lite: Bot) -> None:
    project = add_jmte(lite)
    save(lite, "As it was said", channel=RANDOM)
    assert lite.held("project_id") is None, "the channel has no project"
    lite.suggest("project_id", "jmte")

    lite.choose_in_view("project_id", str(project.id), note="Reworded")
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[0].id))
    assert lite.held("note") == "Reworded"
    lite.fill()

    newest = outcomes_of(lite, project)[0].newest
    assert newest is not None
    assert newest.note == "Reworded"
    assert "Outcome 1 is updated" in lite.last_message(RANDOM).text


def test_a_long_message_is_shortened_with_a_word_that_says_so(lite: Bot) -> None:
    project = add_jmte(lite)
    save(lite, "word " * 1000)

    assert 2900 < len(lite.held("note")) <= 3000
    assert lite.held("note").endswith("word …")
    assert "longer than the 3,000 characters that a note holds" in str(lite.view().body["blocks"])
    assert "the link to it has the whole" in str(lite.view().body["blocks"])
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[0].id))
    lite.fill()
    assert "is updated" in lite.last_message().text


def test_where_slack_tells_no_link_the_words_are_kept_without(lite: Bot) -> None:
    project = add_jmte(lite)
    lite.slack.platform.unkindness.add(Rule(method="chat.getPermalink", error="channel_not_found"))

    save(lite, "Costs are up")
    assert "link" not in str(lite.view().body["blocks"])
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[0].id))
    lite.fill()

    newest = outcomes_of(lite, project)[0].newest
    assert newest is not None
    assert (newest.note, newest.permalink) == ("Costs are up", None)


def test_several_projects_in_a_channel_leave_the_choice(lite: Bot) -> None:
    add(lite, slug="one", channel_id=GENERAL)
    add(lite, slug="two", channel_id=GENERAL)

    save(lite, "Which?", channel=GENERAL, person=SOFIA)

    assert lite.held("project_id") is None


def test_a_project_without_outcomes_says_how_to_add_one(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", channel_id=RANDOM)

    save(lite, "Hm", channel=RANDOM, person=SOFIA)

    assert lite.held("project_id") == str(project.id)
    assert "`/project outcome add reef TEXT`" in str(lite.view().body["blocks"])
    assert "has no outcomes yet" in wrong(lite)["project_id"]
    assert lite.held("note") == "Hm"

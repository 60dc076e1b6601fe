"""Somebody of another organization replies to a check-in, in the thread in the channel that is shared."""

import pytest

from bot.local.seed import IMANI, JONAS, TIDE_GAUGES
from storage import members
from storage.projects import change_project
from storage.records import Project
from tests.scenarios.answering import Round, prompt_in
from tests.scenarios.test_external import NOT_THEIRS, add_projects
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW
from tests.support.messages import buttons


@pytest.fixture
def gauges(bot: Bot) -> Project:
    project = add_projects(bot)
    with bot.database.write() as tx:
        members.add_member(tx, WORKSPACE, project.id, user_id=IMANI)
    return project


@pytest.fixture
def round_(bot: Bot, gauges: Project) -> Round:
    bot.type_command("checkin zq-gauges", person=JONAS, channel=TIDE_GAUGES)
    bot.tick()
    return Round(bot, gauges, prompt_in(bot, TIDE_GAUGES, JONAS).ts, TIDE_GAUGES)


def outcomes(round_: Round) -> str:
    return str(round_.bot.command("outcomes zq-gauges", person=JONAS)["text"])


def test_the_reply_counts_under_their_name(round_: Round) -> None:
    ts = round_.say("1 done, it stands on the east quay\n2 at risk", IMANI)

    (told,) = round_.told(IMANI)
    reply = round_.kept(ts)
    assert reply is not None
    assert reply.person_id == IMANI
    assert round_.mark(ts) == ["white_check_mark"]
    assert told.text.startswith("✅ Noted, 2 outcomes:")
    assert "✅ Done" in outcomes(round_)
    assert f"<@{IMANI}>" in outcomes(round_)
    assert round_.heard() == {IMANI}
    assert "1 of 2 answered" in round_.prompt


def test_what_was_understood_is_put_right_by_an_edit_and_not_by_a_button(round_: Round) -> None:
    ts = round_.say("1 done", IMANI)
    (told,) = round_.told(IMANI)

    assert not buttons({"blocks": told.blocks})
    round_.edit(ts, "1 off track", IMANI)
    assert "🔴 Off track" in outcomes(round_)
    round_.delete(ts, IMANI)
    assert "🔴 Off track" not in outcomes(round_)
    assert round_.heard() == set()


def test_an_unclear_line_is_asked_about_and_their_click_settles_it(round_: Round) -> None:
    round_.say("1 done\non track", IMANI)
    (asked,) = round_.told(IMANI)

    round_.press(asked, "2. ", IMANI)

    assert "🟢 On track" in outcomes(round_)


def test_where_the_team_alone_changes_a_project_the_team_alone_is_taken_at_its_word(
    bot: Bot, gauges: Project, round_: Round
) -> None:
    with bot.database.write() as tx:
        change_project(tx, WORKSPACE, gauges.id, NOW, is_restricted=True)
    round_.say("1 done", IMANI)
    assert "✅ Done" in outcomes(round_)
    bot.command(f"member remove zq-gauges <@{IMANI}>", person=JONAS)

    ts = round_.say("2 done", IMANI)

    assert outcomes(round_).count("✅ Done") == 1
    assert "changed by its team only" in round_.told(IMANI)[-1].text
    kept = round_.kept(ts)
    assert kept is not None
    assert kept.text == "2 done"


def test_a_command_in_the_thread_is_no_reply_and_a_direct_message_is_none_either(round_: Round) -> None:
    bot = round_.bot
    round_.say("@waymark archive zq-gauges", IMANI)
    assert NOT_THEIRS in round_.told(IMANI)[-1].text

    bot.say("1 done", person=IMANI, channel=bot.direct(IMANI))

    assert "✅ Done" not in outcomes(round_)
    assert round_.heard() == set()


def test_they_are_asked_and_reminded_in_the_channel_and_get_nothing_directly(round_: Round) -> None:
    bot = round_.bot
    bot.command(f"assign zq-gauges 1 <@{IMANI}>", person=JONAS)
    before = len(bot.seen(bot.direct(IMANI), IMANI))

    bot.tick(days=30)
    for _ in range(7 * 6):
        bot.tick(hours=4)

    assert any(f"<@{IMANI}>" in each.text for each in bot.seen(TIDE_GAUGES, JONAS))
    assert len(bot.seen(bot.direct(IMANI), IMANI)) == before
    assert len(bot.seen(bot.direct(JONAS), JONAS)) > 0

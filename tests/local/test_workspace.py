import threading
from datetime import timedelta

import pytest

from bot.local.clock import LocalClock
from bot.local.seed import BOT, GENERAL, JMTE, LEILANI, MATEO, RANDOM, STEWARDS, WANJIRU, seeded_workspace
from bot.local.server import LocalServer

from .conftest import Slack, settings_for
from .receiver import Receiver


def test_waits_until_something_changes() -> None:
    workspace = seeded_workspace()
    version = workspace.version
    assert workspace.wait_for_change(version, 0.01) == version
    changer = threading.Thread(target=workspace.touch)
    changer.start()
    assert workspace.wait_for_change(version, 10) == version + 1
    changer.join()


def test_the_clock_moves_only_ahead() -> None:
    clock = LocalClock(timedelta(days=1))
    before = clock.now()
    assert clock.move(timedelta(hours=1)) - before >= timedelta(hours=1)
    assert clock.now() - clock.machine_now() >= timedelta(days=1, minutes=59)
    with pytest.raises(ValueError, match="only moves ahead"):
        clock.move(timedelta(seconds=-1))


def test_messages_after_a_move_are_later() -> None:
    workspace = seeded_workspace()
    before = float(workspace.new_ts())
    workspace.clock.move(timedelta(days=7))
    assert float(workspace.new_ts()) - before >= 7 * 86_400


def test_everybody_can_post_at_once(slack: Slack) -> None:
    def talk(number: int) -> None:
        for turn in range(10):
            assert slack.people.say(MATEO, GENERAL, f"{number}.{turn}").ok

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timestamps = [message.ts for message in slack.workspace.messages[GENERAL]]
    assert len(set(timestamps)) == len(timestamps)
    assert timestamps == sorted(timestamps)
    assert len(slack.events()) == 60


def test_the_seed_has_what_a_team_has() -> None:
    workspace = seeded_workspace()
    people = [user for user in workspace.users.values() if not user.is_bot and user.id != "USLACKBOT"]
    assert len({user.tz for user in people}) == len(people)
    for mark in ("is_admin", "is_restricted", "deleted"):
        assert sum(getattr(user, mark) for user in people) == 1
    assert BOT.user_id not in workspace.channels[RANDOM].members
    assert BOT.user_id in workspace.channels[JMTE].members
    assert workspace.channels[STEWARDS].is_private
    assert all(
        message.user_id in workspace.channels[channel_id].members
        for channel_id, messages in workspace.messages.items()
        for message in messages
    )
    now = f"{workspace.clock.now().timestamp():.6f}"
    assert all(message.ts < now for messages in workspace.messages.values() for message in messages)


def test_seeds_are_independent() -> None:
    seeded_workspace().channels[JMTE].members.clear()
    seeded_workspace().users[MATEO].deleted = True
    assert seeded_workspace().channels[JMTE].members
    assert not seeded_workspace().users[MATEO].deleted


def test_two_servers_side_by_side(app: Receiver) -> None:
    settings = settings_for(app)
    with LocalServer(seeded_workspace(), settings) as one, LocalServer(seeded_workspace(), settings) as two:
        assert one.port != two.port
        one.people.say(MATEO, JMTE, "only here")
        assert two.workspace.messages[JMTE][-1].text != "only here"


def test_people_see_their_own_rules(slack: Slack) -> None:
    people = slack.people
    assert people.say(LEILANI, GENERAL, "x").sentence == "You are not in this channel."
    assert not people.join(LEILANI, GENERAL).ok, "a guest enters no channel by themself"
    assert not people.join(MATEO, STEWARDS).ok, "a private channel cannot be entered"
    for text in ("in #stewards", "in #general"):
        people.say(MATEO, GENERAL, text)
    said = [message.text for message in slack.workspace.messages[GENERAL][-2:]]
    assert said == ["in #stewards", f"in <#{GENERAL}>"], "nobody links to a private channel they are not in"
    assert people.say(MATEO, GENERAL, "  ").sentence == "There is nothing to send."
    ts = people.say(MATEO, GENERAL, "mine").ts or ""
    assert not people.edit(LEILANI, GENERAL, ts, "yours").ok
    assert not people.delete(LEILANI, GENERAL, ts).ok
    assert people.delete(WANJIRU, GENERAL, ts).ok, "an admin deletes any"
    assert people.delete(WANJIRU, GENERAL, ts).sentence == "This message is no longer there."


def test_makes_channels(slack: Slack) -> None:
    made = slack.people.create_channel(MATEO, "proj-new", is_private=True)
    assert slack.people.invite(MATEO, made.channel_id or "", BOT.user_id).ok
    listed = slack.client.conversations_list(types="private_channel")["channels"]
    assert "proj-new" in {channel["name"] for channel in listed}
    assert not slack.people.create_channel(MATEO, "proj-new").ok
    assert not slack.people.create_channel(MATEO, "No Spaces").ok

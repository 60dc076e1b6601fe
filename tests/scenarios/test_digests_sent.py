"""Digests on their way: once each whatever happens, within Slack's limits, told to nobody who may not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.local.model import Message
from bot.local.seed import DOCS, GENERAL, HARUKI, JMTE, MATEO, SOFIA, STEWARDS
from bot.local.unkind import Rule
from bot.services.editions import open_due_editions
from storage import tables
from storage.delivery_claims import claim_deliveries
from storage.digests import DigestKind, list_digests
from storage.records import OutcomeStatus
from tests.scenarios import rights_world
from tests.scenarios.records import add, add_jmte
from tests.support.bot import PERSON, WORKSPACE, Bot
from tests.support.digests import FRIDAY, IN_GENERAL, below, first_in, in_direct, whole
from tests.support.make import NOW, make_channel, make_outcome, say
from tests.support.messages import require_good_message

POST = "chat.postMessage"
ADVISED = 4_000
"""Characters of a message's text (docs.slack.dev, "chat.postMessage")."""


@pytest.fixture(scope="module")
def world(table_bot: Bot) -> Bot:
    """Every kind of project (see rights_world.py), each with something to tell of."""
    made = rights_world.build(table_bot)
    with table_bot.database.write() as tx:
        for project in made.values():
            outcome = make_outcome(tx, project, "Lids are tight")
            say(tx, outcome, OutcomeStatus.AT_RISK, workspace_id=WORKSPACE, ago=timedelta(days=1))
    table_bot.tick(minutes=1)
    return table_bot


def _told(text: str) -> set[str]:
    return {name for name, kind in rights_world.KINDS.items() if kind.name in text}


@pytest.mark.parametrize("kind", ["digest", "brief"])
@pytest.mark.parametrize("channel", [JMTE, DOCS, STEWARDS])
def test_a_channel_is_told_of_no_other_private_channels_projects(world: Bot, kind: str, channel: str) -> None:
    at = world.now.at + timedelta(minutes=1)
    world.command(f"{kind} <#{channel}|there> mon {at:%H:%M} UTC", person=SOFIA)
    world.tick(minutes=1)
    world.command(f"{kind} <#{channel}|there> off", person=SOFIA)

    told = _told(whole(world, first_in(world, channel, SOFIA)[-1], SOFIA))
    assert told == {
        name
        for name, each in rights_world.KINDS.items()
        if not each.is_archived and (channel == STEWARDS or not each.is_private)
    }


@pytest.mark.parametrize("name", rights_world.PEOPLE)
@pytest.mark.parametrize("line", ["digest now", "brief"])
def test_a_direct_message_tells_what_that_person_sees(world: Bot, name: str, line: str) -> None:
    person = rights_world.PEOPLE[name]
    world.command(line, person=person)
    world.tick()
    told = _told(whole(world, in_direct(world, person)[-1], person))

    assert told == {
        each for each, kind in rights_world.KINDS.items() if kind.is_seen_by(person) and not kind.is_archived
    }


def test_a_project_above_that_may_not_be_told_of_is_not_named(world: Bot) -> None:
    at = world.now.at + timedelta(minutes=1)
    world.command(f"digest <#{JMTE}|proj-jmte> mon {at:%H:%M} UTC", person=SOFIA)
    world.tick(minutes=1)
    world.command(f"digest <#{JMTE}|proj-jmte> off", person=SOFIA)

    text = whole(world, first_in(world, JMTE, SOFIA)[-1], SOFIA)
    assert "Hedgehog" in text
    assert "Echidna" not in text


def test_killed_after_it_was_claimed_it_is_sent_once(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("update jmte 1 at risk")
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.now.at += FRIDAY
    with bot.database.write() as tx:
        assert open_due_editions(tx, bot.now()) == 1
        # Somebody took it, and was killed before it was sent.
        (taken,) = claim_deliveries(tx, WORKSPACE, bot.now(), 9, "dead", lasts=timedelta(minutes=1))
    assert taken.key == "edition:1:0"
    bot.tick()
    assert first_in(bot, GENERAL) == []
    bot.tick(minutes=2)
    bot.tick(minutes=2)

    (digest,) = first_in(bot, GENERAL)
    assert len(below(bot, digest)) == 1


def test_killed_before_the_commit_it_is_still_due(bot: Bot) -> None:
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.now.at += FRIDAY
    with bot.database.write(dry_run=True) as tx:
        assert open_due_editions(tx, bot.now()) == 1
    bot.tick()

    assert len(first_in(bot, GENERAL)) == 1


@pytest.mark.parametrize("how", [{"drop": "after"}, {"drop": "before"}, {"status": 500}])
def test_however_slack_answers_each_message_stands_there_once(bot: Bot, how: dict[str, Any]) -> None:
    add_jmte(bot)
    bot.command("update jmte 1 at risk")
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.slack.platform.unkindness.add(Rule(POST, **how))
    bot.tick(seconds=FRIDAY.total_seconds())
    for _ in range(4):
        bot.tick(minutes=3)

    (digest,) = first_in(bot, GENERAL)
    assert len(below(bot, digest)) == 1


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("is_archived", "the channel is archived"),
        ("not_in_channel", "`/invite @Waymark` there brings it back"),
        ("restricted_action", "an admin of the workspace can allow it"),
        ("msg_too_long", "Slack refused it (`msg_too_long`)"),
    ],
)
def test_where_it_cannot_be_sent_it_stops_and_whoever_set_it_is_told_once(
    bot: Bot, code: str, way: str
) -> None:
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC", person=SOFIA)
    bot.slack.platform.unkindness.add(Rule(POST, error=code))
    bot.tick(seconds=FRIDAY.total_seconds())
    bot.tick(days=7)

    (trouble,) = in_direct(bot, SOFIA)
    assert f"⚠️ The digest in <#{GENERAL}> has stopped: " in trouble.text
    assert way in trouble.text
    assert "`/project digest #channel off` ends it." in trouble.text
    assert first_in(bot, GENERAL) == []
    assert "⚠️ stopped: " in bot.command("digest")["text"]


def test_when_the_bot_comes_back_into_the_channel_it_goes_on_by_itself(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("update jmte 1 at risk")
    bot.command(f"digest <#{DOCS}|proj-docs> fri 15:00 UTC")
    with bot.slack.workspace.changing():
        bot.slack.workspace.channels[DOCS].members.remove(bot.slack.workspace.bot.user_id)
    bot.tick(seconds=FRIDAY.total_seconds())
    assert "`/invite @Waymark` there brings it back" in in_direct(bot)[0].text

    assert bot.people.say(HARUKI, DOCS, "/invite @Waymark").ok
    bot.settle()
    bot.tick(days=7)
    (digest,) = [each for each in first_in(bot, DOCS, HARUKI) if each.text.startswith("Digest")]
    # Of both weeks.
    assert "Three hubs run for a year · now at risk" in digest.text


def test_setting_it_again_brings_it_back_and_the_message_says_so(bot: Bot) -> None:
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.slack.platform.unkindness.add(Rule(POST, error="is_archived"))
    bot.tick(seconds=FRIDAY.total_seconds())
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(days=7)

    with bot.database.read() as tx:
        (found,) = list_digests(tx, WORKSPACE, [DigestKind.DIGEST])
    assert found.stopped_because is None
    assert len(first_in(bot, GENERAL)) == 1


def _add_many(bot: Bot, count: int) -> None:
    """As many projects, each with six outcomes of which something was said in the week."""
    notes = "The *second* reader <b> gave up, and so would you & I " * 8
    with bot.database.write() as tx:
        for number in range(count):
            at = {"created_at": NOW, "updated_at": NOW, "workspace_id": WORKSPACE}
            name = f"A project with a rather long name, number {number:04}"
            row = {"slug": f"p{number}", "name": name, "sort_name": name, "summary": "", "goal": ""} | at
            project_id = tx.execute(
                insert(tables.projects).values(**row, state="active").returning(tables.projects.c.id)
            ).scalar_one()
            for position in range(6):
                outcome = {"project_id": project_id, "position": position, "level": 0, "text": "x" * 400}
                outcome_id = tx.execute(
                    insert(tables.outcomes)
                    .values(**outcome, **at, is_open=True, project_state="active", vouched_at=NOW)
                    .returning(tables.outcomes.c.id)
                ).scalar_one()
                said = {"project_id": project_id, "outcome_id": outcome_id, "workspace_id": WORKSPACE}
                status = list(OutcomeStatus)[position % 5].value
                tx.execute(
                    insert(tables.status_updates).values(
                        **said,
                        status=status,
                        note=notes,
                        said_by=SOFIA,
                        source="reply",
                        said_at=NOW - timedelta(days=1),
                    )
                )


@pytest.mark.parametrize("line", ["digest now", "brief"])
@pytest.mark.parametrize(("count", "is_cut"), [(12, False), (150, True)])
def test_however_much_there_is_each_message_is_one_that_people_read(
    lite: Bot, line: str, count: int, is_cut: str
) -> None:
    _add_many(lite, count)
    lite.command(line)
    lite.tick(minutes=1)

    (first,) = in_direct(lite)
    thread = below(lite, first)
    assert thread
    assert len(thread) <= 20
    for message in (first, *thread):
        assert len(message.text) <= ADVISED
        assert len(message.blocks or ()) <= 50
    text = whole(lite, first)
    # Each line once, or it is said how many are missing.
    lines = text.count("“The second reader") + text.count("“The *second* reader")
    assert bool("too many to read here" in text) == bool(is_cut)
    if not is_cut:
        assert lines == count * 6
    else:
        (last,) = [row for row in text.split("\n") if "too many to read here" in row]
        assert int(last.split()[2].replace(",", "")) + lines in range(count * 6 - 2, count * 6 + 3)


def every_digest_message(bot: Bot) -> dict[str, Message]:
    """One of each kind of message that digests make."""
    add_jmte(bot)
    add(bot, slug="kelp", name="Kelp <b>", owner_id=SOFIA, channel_id=JMTE, outcomes=("Kelp *grows*",))
    with bot.database.write() as tx:
        make_channel(tx, GENERAL, WORKSPACE)
    found = {"empty": bot.type_command("digest")}
    found["set"] = bot.type_command("digest #general mon 10:00 UTC")
    found["brief asked for"] = bot.type_command("brief")
    bot.command("mine mon 10:00 UTC", person=SOFIA)
    bot.command("update kelp 1 off track: <!here>", person=MATEO)
    bot.tick(minutes=31)
    found["digest"] = first_in(bot, GENERAL)[0]
    found["details"] = below(bot, found["digest"])[0]
    found["brief"] = in_direct(bot)[0]
    found["week"] = in_direct(bot, SOFIA)[0]
    found["week, asked for"] = bot.type_command("mine", person=SOFIA)
    bot.command("mine off", person=SOFIA)
    bot.tick(days=7)
    found["nothing"] = first_in(bot, GENERAL)[-1]
    bot.slack.platform.unkindness.add(Rule(POST, error="is_archived"))
    bot.tick(days=7)
    found["trouble"] = in_direct(bot)[-1]
    found["stopped"] = bot.type_command("digest")
    return found


def test_every_message_is_one_that_slack_takes(lite: Bot) -> None:
    found = every_digest_message(lite)

    for message in found.values():
        require_good_message({"text": message.text, "blocks": message.blocks})
    assert "🌿 Nothing to report" in found["nothing"].text
    assert "&lt;!here&gt;" in found["details"].text or "@here" in found["details"].text
    assert "⚠️" in found["trouble"].text
    assert PERSON in found["digest"].text

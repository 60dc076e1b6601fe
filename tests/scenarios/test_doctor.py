"""`/project doctor`: what is wrong, to admins alone; and Slack's own word by direct message."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.scopes import SCOPES
from bot.local import membership
from bot.local.seed import DOCS, JMTE, SOFIA, STEWARDS, TOMASZ, WANJIRU
from bot.local.unkind import Rule
from bot.slack.queries import Query
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.deliveries import promise_delivery
from storage.digests import DigestKind, save_digest
from storage.people import Person, save_person
from storage.records import ProjectState
from storage.schedules import change_schedule
from storage.settings import add_days_off, change_settings, remove_days_off
from storage.tables import outcomes
from tests.scenarios.records import add
from tests.support.bot import MANIFEST, WORKSPACE, Bot, running_bot
from tests.support.make import make_channel
from tests.support.messages import buttons
from tests.support.signing import interaction_body
from tests.support.statements import recorded_statements

CADENCE = "weekly mon 09:30 UTC"
WELL = "✅ All is well"


@contextmanager
def at_slacks_time(database: Database, *, scopes: tuple[str, ...] | None = None) -> Iterator[Bot]:
    """A bot whose clock is right."""
    with running_bot(database, scopes=scopes) as running:
        running.now.at = running.slack.workspace.clock.now()
        yield running


@pytest.fixture
def bot(database: Database) -> Iterator[Bot]:
    with at_slacks_time(database) as running:
        yield running


@pytest.fixture
def lite(lite_database: Database) -> Iterator[Bot]:
    with at_slacks_time(lite_database) as running:
        yield running


def ask(bot: Bot) -> str:
    text: str = bot.command("doctor")["text"]
    return text


def slacks_word(bot: Bot) -> str:
    """What comes by direct message."""
    ask(bot)
    bot.tick()
    return bot.last_message(bot.direct()).text


def test_a_healthy_workspace_says_so_in_one_line_and_slack_too(bot: Bot) -> None:
    project = add(bot, slug="reef", channel_id=JMTE, owner_id=SOFIA)
    with bot.database.write() as tx:
        change_schedule(tx, WORKSPACE, project.id, cadence=CADENCE, next_at=bot.now.at + timedelta(days=3))

    said = ask(bot)

    assert said.count(WELL) == 1
    assert "nothing to mend." in said
    assert "To mend it" not in said
    assert slacks_word(bot).count(WELL) == 1


def test_others_read_whom_to_ask_and_nothing_is_promised(bot: Bot) -> None:
    said = bot.command("doctor", person=SOFIA)["text"]

    assert said == f"🔒 `/project doctor` is for admins. Ask an admin: <@{WANJIRU}>."
    assert promised(bot) == []


def test_it_calls_nobody_and_its_word_comes_once_a_minute(lite: Bot) -> None:
    # Who a person is, Slack is asked once a day, whatever they change.
    ask(lite)
    before = lite.calls_in()

    ask(lite)

    assert lite.calls_in() == before
    assert len(promised(lite)) == 1
    lite.tick()
    assert len(lite.seen(lite.direct())) == 1


def test_who_is_no_admin_any_more_gets_no_word_of_slack(lite: Bot) -> None:
    ask(lite)
    with lite.database.write() as tx:
        save_person(tx, WORKSPACE, person(lite, WANJIRU, is_admin=False))

    lite.tick()

    assert lite.seen(lite.direct()) == []


def test_who_and_what_is_gone_or_never_comes_is_named_with_the_way_to_mend_it(bot: Bot) -> None:
    fill_with_trouble(bot)

    said = ask(bot)

    for expected in (
        f"<@{TOMASZ}> has left, and still owns `forsaken` and looks after outcomes of `outcome-left`.",
        "`/project owner forsaken @person` and `/project assign outcome-left N @person`.",
        "Check-ins have stopped, since Slack said `is_archived`: `stopped`.",
        "asked directly: `nowhere`.",
        "`/project channel nowhere #channel`",
        "Paused without an end, so that no check-in comes: `paused`.",
        "`/project resume paused`",
        "No check-in will ever come, since each day for it is off, for two years: `never`.",
        "Everybody has left of what still checks in: `forsaken`.",
        f"What `/project digest` sends in <#{DOCS}> has stopped: Slack said `not_in_channel`.",
        f"What `/project brief` is to send in <#{JMTE}> will never come",
        "2 messages of the last 7 days will never be sent: Slack said `is_archived`, about `stopped`.",
        "This machine does not know the workspace's time zone, `Mars/Base`.",
    ):
        assert expected in said, said
    assert "⛔ *Error*" in said
    assert said.count("Still holds:") == said.count("To mend it:") >= 10


def test_a_cadence_that_no_day_allows_is_found_where_it_was_chosen(lite: Bot) -> None:
    add(lite, slug="reef", channel_id=JMTE, owner_id=WANJIRU)
    today = lite.now.at.date()
    with lite.database.write() as tx:
        add_days_off(tx, WORKSPACE, {today + timedelta(days=day): "Off" for day in range(-7, 800)})
    lite.command("schedule reef weekly mon 09:30 UTC")

    assert "is off, for two years: `reef`." in ask(lite)

    lite.command("schedule reef weekly sat 09:30 UTC")
    with lite.database.write() as tx:
        remove_days_off(tx, WORKSPACE, [today + timedelta(days=day) for day in range(-7, 800)])
    lite.command("schedule reef weekly mon 09:30 UTC")

    assert WELL in ask(lite)


def test_whether_anybody_does_what_is_due_is_said(bot: Bot) -> None:
    long_ago = bot.now.at - timedelta(minutes=40)
    with bot.works.held():
        promise(bot, "late", due_at=long_ago, created_at=long_ago)
        assert "Nothing is sent or asked: no worker does what has been due since" in ask(bot)
        assert "(1 message waiting)" in ask(bot)

        promise(bot, "sent", sent_at=bot.now.at - timedelta(minutes=1), due_at=None)
        assert "The worker is behind" in ask(bot)


def test_messages_that_slack_refuses_or_that_come_to_nothing_are_said(bot: Bot) -> None:
    soon, long_ago = bot.now.at + timedelta(minutes=1), bot.now.at - timedelta(hours=2)
    promise(bot, "refused", due_at=soon, refused_since=long_ago)
    promise(bot, "tried", due_at=soon, attempts=7, created_at=long_ago)

    said = ask(bot)

    assert "Slack has refused 1 message since" in said
    assert "1 message came to nothing 5 times or more" in said


def test_projects_that_the_admin_does_not_see_are_counted_and_never_named(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=[SOFIA])
        save_person(tx, WORKSPACE, person(bot, TOMASZ, is_deleted=True))
    for number in range(2):
        project = add(bot, slug=f"secret-{number}", name="Secret", channel_id=STEWARDS, owner_id=TOMASZ)
        with bot.database.write() as tx:
            change_schedule(tx, WORKSPACE, project.id, cadence=CADENCE, stopped_because="is_archived")
            save_digest(
                tx,
                WORKSPACE,
                DigestKind.DIGEST,
                STEWARDS,
                cadence=CADENCE,
                set_by=SOFIA,
                stopped_because="is_archived",
            )
            promise_delivery(
                tx,
                WORKSPACE,
                f"failed-{number}",
                "prompt",
                channel_id=STEWARDS,
                now=bot.now.at,
                project_id=project.id,
            )
            tx.execute(update(deliveries).values(failed_because="is_archived", due_at=None))

    said = ask(bot)

    assert "still owns 2 projects that you do not see." in said
    assert "Slack said `is_archived`: 2 projects that you do not see." in said
    assert "Digests or briefs in places that you do not see have stopped, or never come: 1." in said
    for hidden in ("secret", "Secret", STEWARDS):
        assert hidden not in said


def test_slacks_word_does_not_name_them_either(lite: Bot) -> None:
    with lite.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=[SOFIA])
    add(lite, slug="secret", channel_id=STEWARDS)
    with lite.slack.workspace.lock:
        lite.slack.workspace.channels[STEWARDS].is_archived = True
        # A process that begins asks Slack.
        lite.slack.workspace.channels[STEWARDS].members.remove(WANJIRU)

    said = slacks_word(lite)

    assert "a channel that you do not see is archived" in said
    assert "secret" not in said
    assert STEWARDS not in said


def test_slacks_word_names_channels_that_are_gone_and_what_they_were_for(bot: Bot) -> None:
    platform = bot.slack.platform
    add(bot, slug="archived", channel_id=JMTE)
    add(bot, slug="without", channel_id=DOCS)
    add(bot, slug="unknown", channel_id="C0UNKNOWN1")
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, digest_channel_id=DOCS)
        save_digest(tx, WORKSPACE, DigestKind.DIGEST, JMTE, cadence=CADENCE, set_by=SOFIA, next_at=None)
    with platform.workspace.lock:
        membership.archive(platform, platform.workspace.channels[JMTE], WANJIRU, archived=True)
        membership.leave(platform, platform.workspace.channels[DOCS], platform.workspace.bot.user_id)

    said = slacks_word(bot)

    assert (
        f"<#{JMTE}> is archived, and check-ins of `archived` and a digest or brief cannot be posted" in said
    )
    assert f"not in <#{DOCS}>, and check-ins of `without` and the line after each check-in cannot" in said
    assert "`/project channel without #channel`, `/project settings lines #channel`" in said
    assert "Slack tells nothing of <#C0UNKNOWN1>" in said


def test_slacks_word_names_people_who_left_while_nobody_listened(bot: Bot) -> None:
    add(bot, slug="reef", owner_id=SOFIA)
    with bot.database.write() as tx:
        long_ago = bot.now.at - timedelta(days=3)
        save_person(tx, WORKSPACE, person(bot, SOFIA).model_copy(update={"refreshed_at": long_ago}))
    with bot.slack.workspace.lock:
        bot.slack.workspace.users[SOFIA].deleted = True

    assert WELL in ask(bot)
    assert f"<@{SOFIA}> has left, and still owns `reef`" in slacks_word(bot)


def test_slacks_word_names_scopes_that_are_missing_and_not_needed(database: Database) -> None:
    granted = (*(each for each in SCOPES if each not in {"files:write", "users:read"}), "channels:join")
    with at_slacks_time(database, scopes=granted) as bot:
        add(bot, slug="reef", owner_id=TOMASZ)
        with bot.database.write() as tx:
            long_ago = bot.now.at - timedelta(days=3)
            save_person(tx, WORKSPACE, person(bot, TOMASZ).model_copy(update={"refreshed_at": long_ago}))

        said = slacks_word(bot)

    assert "⛔ *Error* · The scope `users:read` is not granted" in said
    assert "⚠️ *Warning* · The scope `files:write` is not granted, so there are no charts as images" in said
    assert "Slack has granted more than Waymark uses: `channels:join`" in said
    assert "Slack did not answer users.info: missing_scope" in said


@pytest.mark.parametrize(("minutes", "said"), [(-2, "behind"), (9, "ahead of")])
def test_slacks_word_is_about_the_clock_too(lite: Bot, minutes: int, said: str) -> None:
    lite.now.at += timedelta(minutes=minutes)

    word = slacks_word(lite)

    assert re.search(
        rf"\*{'Warning' if minutes < 4 else 'Error'}\* · This machine's clock is \d+ seconds {said}", word
    )


@pytest.mark.in_process("Slack fails the call with which a process of its own would begin")
def test_slacks_word_waits_until_slack_answers(lite: Bot) -> None:
    ask(lite)
    lite.slack.platform.unkindness.add(Rule(method="auth.test", status=500))

    lite.tick()
    assert lite.seen(lite.direct()) == []
    lite.tick(minutes=1)

    assert len(lite.seen(lite.direct())) == 1


def test_there_is_no_way_to_share_it(lite: Bot) -> None:
    answer = lite.command("doctor")
    assert "Share in channel" not in buttons(answer)
    lite.people.run_command(WANJIRU, JMTE, "/project doctor")
    shown = lite.last_message(JMTE)

    query = Query(name="doctor").encode()
    payload = {
        "type": "block_actions",
        "team": {"id": WORKSPACE},
        "user": {"id": WANJIRU},
        "channel": {"id": JMTE},
        "response_url": f"{lite.slack.url}/nowhere",
        "container": {"type": "message", "is_ephemeral": True},
        "actions": [{"type": "button", "action_id": "share", "value": query}],
    }
    assert lite.send(interaction_body(payload)).status == 200
    assert WELL in shown.text
    assert [each for each in lite.seen(JMTE, SOFIA) if WELL in each.text] == []


def test_a_mention_in_a_channel_is_told_that_others_would_read_it(lite: Bot) -> None:
    lite.say("@waymark doctor")

    said = lite.last_message().text

    assert "is not for everybody who reads this. Type `/project doctor`" in said
    assert promised(lite) == []


def test_much_to_mend_is_divided_into_pages_and_slacks_word_is_cut_and_says_so(lite: Bot) -> None:
    with lite.database.write() as tx:
        for number in range(70):
            gone = person(lite, TOMASZ, is_deleted=True).model_copy(update={"id": f"U0GONE{number:04}"})
            save_person(tx, WORKSPACE, gone)
    for number in range(70):
        add(lite, slug=f"reef-{number:02}", owner_id=f"U0GONE{number:04}", channel_id=f"C0GONE{number:04}")
    answer = lite.command("doctor")

    assert "Page 1 of " in answer["text"]
    assert "Next page" in buttons(answer)
    assert "70 warnings" in answer["text"]

    word = slacks_word(lite)
    assert "50 more channels that Waymark is not in were not looked at" in word
    assert word.count("Slack tells nothing of") == 20


@pytest.mark.in_process("counts the statements of its own process")
def test_how_many_statements_it_takes_does_not_hang_on_the_number_of_projects(bot: Bot) -> None:
    counts = []
    for count in (1, 30):
        for number in range(count):
            add(bot, slug=f"reef-{count}-{number}", owner_id=SOFIA, channel_id=JMTE)
        ask(bot)
        with recorded_statements() as statements:
            ask(bot)
        counts.append(len([each for each in statements if each.startswith(("SELECT", "INSERT", "WITH"))]))

    assert counts[0] == counts[1] <= 16


def test_more_words_than_it_takes_are_said(lite: Bot) -> None:
    assert "is more than `/project doctor` takes" in lite.command("doctor jmte")["text"]
    assert promised(lite) == []


def test_the_scopes_in_the_code_are_those_that_the_manifest_asks_for() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))

    assert sorted(SCOPES) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def promised(bot: Bot) -> list[str]:
    with bot.database.read() as tx:
        found = tx.execute(deliveries.select().where(deliveries.c.kind == "doctor")).mappings()
        return [each["key"] for each in found]


def promise(bot: Bot, key: str, **values: object) -> None:
    with bot.database.write() as tx:
        promise_delivery(tx, WORKSPACE, key, "prompt", channel_id="C0FAR", now=bot.now.at)
        tx.execute(update(deliveries).where(deliveries.c.key == key).values(values))


def person(bot: Bot, person_id: str, **changes: bool) -> Person:
    values = {"is_admin": person_id == WANJIRU, "is_guest": False, "is_deleted": False, **changes}
    given = {"id": person_id, "name": person_id, "zone": "UTC", "refreshed_at": bot.now.at, **values}
    return Person.model_validate(given)


def fill_with_trouble(bot: Bot) -> None:
    """A project for each thing that may be wrong, called after it."""
    forsaken = add(bot, slug="forsaken", owner_id=TOMASZ, channel_id=JMTE)
    outcome_left = add(bot, slug="outcome-left", outcomes=["One"], owner_id=SOFIA)
    stopped = add(bot, slug="stopped", channel_id=DOCS)
    nowhere = add(bot, slug="nowhere")
    paused = add(bot, slug="paused", channel_id=JMTE, state=ProjectState.PAUSED)
    never = add(bot, slug="never", channel_id=JMTE)
    with bot.database.write() as tx:
        save_person(tx, WORKSPACE, person(bot, TOMASZ, is_deleted=True))
        tx.execute(update(outcomes).where(outcomes.c.project_id == outcome_left.id).values(owner_id=TOMASZ))
        next_at = bot.now.at + timedelta(days=3)
        change_schedule(tx, WORKSPACE, forsaken.id, cadence=CADENCE, next_at=next_at)
        change_schedule(tx, WORKSPACE, stopped.id, cadence=CADENCE, stopped_because="is_archived")
        for project in (nowhere, paused, never):
            change_schedule(tx, WORKSPACE, project.id, cadence=CADENCE)
        add_days_off(tx, WORKSPACE, {bot.now.at.date(): "Day off"})
        change_settings(tx, WORKSPACE, zone="Mars/Base")
        digest = {"cadence": CADENCE, "set_by": SOFIA}
        because = "not_in_channel"
        save_digest(tx, WORKSPACE, DigestKind.DIGEST, DOCS, stopped_because=because, **digest)
        save_digest(tx, WORKSPACE, DigestKind.BRIEF, JMTE, **digest)
    for key in ("one", "two"):
        promise(bot, key, failed_because="is_archived", due_at=None, project_id=stopped.id)

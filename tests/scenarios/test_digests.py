"""Digests, briefs and one's own week: set, ended and asked for by command, and read where they come."""

from datetime import timedelta

import pytest

from bot.local.model import Message
from bot.local.seed import DOCS, GENERAL, HARUKI, JMTE, LEILANI, MATEO, RANDOM, SOFIA, STEWARDS
from bot.services.editions import open_due_editions
from storage.digests import Digest, DigestKind, list_digests
from storage.records import OutcomeStatus, ProjectState, UpdateSource
from storage.settings import change_settings
from storage.status_updates import record_status_update
from tests.scenarios.records import add, add_jmte
from tests.support.bot import PERSON, WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import NOW, make_channel, make_outcome, say
from tests.support.messages import all_buttons, buttons

IN_GENERAL = f"<#{GENERAL}|general>"
FRIDAY = timedelta(days=4, hours=5, minutes=30)
"""From NOW, a Monday at 09:30, to Friday at 15:00, in UTC."""


def set_of(bot: Bot) -> list[Digest]:
    with bot.database.read() as tx:
        return list(list_digests(tx, WORKSPACE, tuple(DigestKind)))


def first_in(bot: Bot, channel: str, person: str = PERSON) -> list[Message]:
    """Messages that stand in no thread."""
    return [each for each in bot.seen(channel, person) if each.thread_ts in {None, each.ts}]


def below(bot: Bot, message: Message, person: str = PERSON) -> list[Message]:
    return [
        each
        for each in bot.seen(message.channel_id, person)
        if each.thread_ts == message.ts and each.ts != message.ts
    ]


def whole(bot: Bot, message: Message, person: str = PERSON) -> str:
    return "\n".join(each.text for each in (message, *below(bot, message, person)))


def in_direct(bot: Bot, person: str = PERSON) -> list[Message]:
    return first_in(bot, bot.direct(person), person)


def weeks_of(bot: Bot, person: str) -> list[Message]:
    """Somebody's own weeks: reminders come to them, too."""
    return [each for each in in_direct(bot, person) if "`/project mine off`" in each.text]


def test_a_digest_is_set_shown_changed_and_ended(bot: Bot) -> None:
    said = bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")["text"]

    assert f"The digest comes in <#{GENERAL}> every Friday at 15:00 (UTC)." in said
    assert "The first comes <!date^" in said
    assert "`/invite @Waymark`" in said
    assert "`/project digest #channel off` ends it." in said
    bot.command(f"digest {IN_GENERAL} every 2 weeks thu 4pm europe/berlin", person=SOFIA)
    shown = bot.command("digest")
    assert f"In <#{GENERAL}> every 2 weeks on Thursday at 16:00 (Europe/Berlin)" in shown["text"]
    assert f"set by <@{SOFIA}>" in shown["text"]
    assert "`/project settings lines #channel` is something else" in shown["text"]
    assert {"Send me a digest now", "Brief me now", "My week"} <= set(buttons(shown))
    said = bot.command(f"digest {IN_GENERAL} off", person=MATEO)["text"]
    assert f"The digest comes in <#{GENERAL}> no more." in said
    assert set_of(bot) == []
    assert "Nothing comes by itself yet" in bot.command("digest")["text"]


def test_a_weekday_and_a_time_take_the_zone_of_the_workspace_or_ones_own(lite: Bot) -> None:
    lite.command("mine fri 9am")
    lite.command(f"digest {IN_GENERAL} fri 15:00")
    lite.command("settings zone Europe/Berlin")
    lite.command(f"brief {IN_GENERAL} thu 09:00")
    found = {each.kind: each.cadence for each in set_of(lite)}

    assert found == {
        DigestKind.MINE: "weekly fri 09:00 Africa/Nairobi",
        DigestKind.DIGEST: "weekly fri 15:00 Africa/Nairobi",
        DigestKind.BRIEF: "weekly thu 09:00 Europe/Berlin",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("digest friday", "At what time? That is missing. Write it as `/project digest fri 15:00`"),
        (f"digest {IN_GENERAL}", "On which weekday? That is missing. Write it as `/project digest #channel"),
        (f"digest {IN_GENERAL} fri", "At what time? That is missing."),
        (f"digest {IN_GENERAL} fri 25:00", "At what time? “25:00” is not understood."),
        (f"digest {IN_GENERAL} daily 09:00", "How often? “daily” is not understood."),
        (f"digest {IN_GENERAL} fri 15:00 Europe/Berlim", "Did you mean `Europe/Berlin`"),
        (f"digest {IN_GENERAL} fri thu 15:00", "On which weekday? “fri thu” is not understood."),
        ("digest #genral fri 15:00", "Slack knows no channel “#genral”"),
        ("digest <#C0SECRET999|secret> fri 15:00", "does not know <#C0SECRET999>"),
        (f"digest {IN_GENERAL} off", f"Nothing is set by `/project digest` in <#{GENERAL}>"),
        ("brief off", "Nothing is set by `/project brief` for you by direct message"),
        ("brief tomorrow", "On which weekday?"),
        ("mine off", "Nothing is set by `/project mine` for you by direct message"),
        ("mine soon", "On which weekday? “soon” is not understood."),
    ],
)
def test_what_is_not_understood_is_named_and_sets_nothing(lite: Bot, line: str, said: str) -> None:
    lite.command(f"settings lines {IN_GENERAL}")
    before = dump(lite.database)

    assert said in lite.command(line)["text"]
    assert dump(lite.database) == before


def test_guests_set_nothing_in_a_channel_and_have_theirs_by_direct_message(bot: Bot) -> None:
    said = bot.command(f"digest <#{RANDOM}|random> fri 15:00", person=LEILANI)["text"]

    assert "🔒 Full members of the workspace set what comes in a channel; guests do not." in said
    assert set_of(bot) == []
    assert "to you by direct message every Friday" in bot.command("mine fri 15:00", person=LEILANI)["text"]
    assert "on its way" in bot.command("brief", person=LEILANI)["text"]


def test_what_is_set_in_a_private_channel_is_known_to_its_members_alone(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    bot.command(f"digest <#{STEWARDS}|stewards> fri 15:00")
    bot.command("brief thu 09:00", person=MATEO)
    before = dump(bot.database)

    for line in (f"digest <#{STEWARDS}|stewards> off", f"digest <#{STEWARDS}|stewards> mon 08:00"):
        assert f"does not know <#{STEWARDS}>" in bot.command(line, person=MATEO)["text"]
    assert dump(bot.database) == before
    for line in ("digest", "preview"):
        assert f"<#{STEWARDS}>" in bot.command(line, person=SOFIA)["text"]
        assert f"<#{STEWARDS}>" not in bot.command(line, person=MATEO)["text"]
        # What comes by direct message is nobody else's business.
        assert "direct message every Thursday" not in bot.command(line, person=SOFIA)["text"]
    # Nor are either told to others who read along.
    bot.say("@waymark digest", person=PERSON, channel=JMTE)
    assert f"<#{STEWARDS}>" not in bot.last_message(JMTE).text
    bot.press(bot.type_command("digest", channel=JMTE), "Share in channel")
    assert f"<#{STEWARDS}>" not in bot.last_message(JMTE).text


def test_on_friday_it_tells_what_became_of_outcomes_and_details_stand_in_the_thread(bot: Bot) -> None:
    add_jmte(bot)
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(days=1)
    bot.command("update jmte 1 at risk, the cloud credits end", person=MATEO)
    bot.command("update jmte 2 on track: two minutes again", person=SOFIA)
    bot.command("update jmte 3 done <!channel>", person=SOFIA)
    bot.command("goal tide Notebooks that run anywhere")
    bot.command("create Kelp atlas")
    bot.tick(days=3, hours=5, minutes=30)

    (digest,) = first_in(bot, GENERAL)
    assert "*Now:* 🟡 1 at risk · 🟢 1 on track" in digest.text
    lines = digest.text.split("\n")
    # Under the project above all of them, what matters most first.
    at = lines.index("*Pangeo*")
    assert [line[0] for line in lines[at + 1 : at + 5]] == ["🟡", "✅", "🟢", "📝"]
    assert "Jupyter Meets the Earth 1.* Three hubs run for a year · now at risk, was on track" in digest.text
    assert "2.* Sessions start within two minutes · back on track, was at risk" in digest.text
    assert "📝 *Tide notebooks* has another goal" in digest.text
    assert "📝 *Kelp atlas* is new" in digest.text
    assert "because <@U0WANJIRU01> set it. `/project digest #channel off` ends it" in digest.text
    types = [block["type"] for block in digest.blocks or []]
    assert ("data_visualization" in types, "table" in types) == (True, True), "status by week, and freshness"
    assert "Jupyter Meets the Earth: Fresh 2." in digest.text
    (details,) = below(bot, digest)
    assert f"“the cloud credits end” · <@{MATEO}> <!date^" in details.text
    assert "“@channel”" in details.text
    assert "Show" in buttons({"blocks": details.blocks})


def test_the_next_one_tells_only_of_its_own_week_and_says_when_there_is_nothing(bot: Bot) -> None:
    add_jmte(bot)
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.command("update jmte 1 at risk")
    bot.tick(seconds=FRIDAY.total_seconds())
    bot.tick(days=7)

    _, second = first_in(bot, GENERAL)
    assert "🌿 Nothing to report" in second.text
    assert "This comes every Friday at 15:00 (UTC)" in second.text
    assert below(bot, second) == []


def test_what_was_taken_back_is_not_told(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef", channel_id=JMTE, outcomes=("Corals grow",))
    lite.tick(days=7)
    lite.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    for line in ("update reef 1 off track", "goal reef Another", "outcome add reef One more"):
        lite.command(line)
        lite.command("undo")
    lite.tick(seconds=FRIDAY.total_seconds())

    assert "🌿 Nothing to report" in first_in(lite, GENERAL)[0].text


def test_projects_that_were_not_heard_are_named_and_no_people(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("schedule jmte weekly mon 09:30 UTC")
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(days=7)
    bot.tick(days=3)
    bot.tick(days=1, hours=5, minutes=30)

    digest = first_in(bot, GENERAL)[-1]
    _, unheard = digest.text.split("*🔇 Not heard from*\n")
    assert unheard.split("\n")[0] == "Jupyter Meets the Earth"
    for person in (SOFIA, HARUKI, MATEO):
        assert person not in unheard
    assert "Nobody answered their last check-in" in whole(bot, digest)


def test_what_has_become_stale_in_the_week_is_told_once(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", channel_id=JMTE)
    with bot.database.write() as tx:
        outcome = make_outcome(tx, project, "Corals grow")
        say(tx, outcome, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=26))
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(seconds=FRIDAY.total_seconds())
    bot.tick(days=7)

    first, second = first_in(bot, GENERAL)
    assert "🍂 *Reef 1.* Corals grow · now stale" in first.text
    assert "*Now:* 🟢 1 on track · 🍂 1 stale" in second.text
    assert "🍂 *Reef" not in whole(bot, second)


def test_a_brief_is_led_by_what_is_off_track_with_last_words_and_a_way_to_each(bot: Bot) -> None:
    add_jmte(bot)
    project = add(bot, slug="reef", name="Reef", channel_id=JMTE, outcomes=("Corals grow", "Fish return"))
    bot.command("update reef 1 off track: bleaching", person=MATEO)
    bot.command("update reef 2 on track: many fish", person=MATEO)
    bot.command(f"brief {IN_GENERAL} thu 09:00 UTC")
    bot.tick(days=3)

    (brief,) = first_in(bot, GENERAL)
    titles = [line for line in brief.text.split("\n") if line.startswith("*") and line.endswith(")*")]
    assert titles == ["*🔴 Off track (1)*", "*🟡 At risk (1)*", "*🍂 Stale (1)*", "*💬 Changed since (2)*"]
    assert f"🔴 Off track · “bleaching” · <@{MATEO}> <!date^" in brief.text
    shows = [each for each in all_buttons({"blocks": brief.blocks}) if each["text"]["text"] == "Show"]
    assert len(shows) == 5
    assert bot.people.press(SOFIA, GENERAL, brief.ts, shows[0]["action_id"]).ok
    assert "Corals grow" in bot.last_message(GENERAL, SOFIA).text
    # The next one does not tell again what has not changed since.
    bot.tick(days=7)
    second = first_in(bot, GENERAL)[-1]
    assert "“bleaching”" in second.text
    assert "Fish return" not in whole(bot, second)
    assert project.slug == "reef"


def test_words_that_stand_in_a_message_are_linked_to(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", channel_id=JMTE)
    with lite.database.write() as tx:
        record_status_update(
            tx,
            WORKSPACE,
            make_outcome(tx, project, "Corals grow"),
            status=OutcomeStatus.AT_RISK,
            note="storm",
            said_by=SOFIA,
            said_at=NOW - timedelta(days=1),
            source=UpdateSource.SHORTCUT,
            permalink="https://tidewater.slack.com/archives/C0JMTE00001/p1",
        )
    lite.command("brief")
    lite.tick()

    text = in_direct(lite)[0].text
    assert f"“storm” · <@{SOFIA}> <!date^" in text
    assert "<https://tidewater.slack.com/archives/C0JMTE00001/p1|the message>" in text


def test_anyone_gets_a_brief_at_once_by_direct_message(bot: Bot) -> None:
    add_jmte(bot)
    said = bot.command("brief", person=MATEO)["text"]
    assert "📬 Your brief is on its way: it comes by direct message in a moment." in said
    bot.tick()

    (brief,) = in_direct(bot, MATEO)
    assert "*🟡 At risk (1)*" in brief.text
    assert "You asked for it. `/project brief thu 09:00` has it come by itself." in brief.text
    # What has changed since is that since the last brief.
    bot.tick(hours=1)
    bot.command("update jmte 1 on track: news", person=SOFIA)
    bot.tick(hours=1)
    bot.press(bot.type_command("digest", person=MATEO, channel=JMTE), "Brief me now", person=MATEO)
    bot.tick()
    last = in_direct(bot, MATEO)[-1]
    assert "*💬 Changed since (1)*" in last.text
    assert first_in(bot, JMTE, MATEO)[-1].text.startswith("📬 Your brief is on its way")


def test_a_digest_now_comes_by_direct_message_and_tells_of_seven_days(bot: Bot) -> None:
    add_jmte(bot)
    assert "📬 A digest of the last seven days is on its way" in bot.command("digest now")["text"]
    bot.tick()

    (digest,) = in_direct(bot)
    assert "💬 1 more outcome was spoken of" in digest.text
    assert len(below(bot, digest)) == 1


@pytest.mark.parametrize("line", ["digest now", "brief"])
def test_who_asks_twice_at_once_gets_one(lite: Bot, line: str) -> None:
    add_jmte(lite)
    for _ in range(2):
        assert "on its way" in lite.command(line)["text"]
    lite.tick()
    assert len(in_direct(lite)) == 1
    lite.now.at += timedelta(minutes=1)
    lite.command(line)
    lite.tick()
    assert len(in_direct(lite)) == 2


def test_my_week_is_answered_at_once_and_comes_on_the_day_that_i_choose(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("schedule jmte weekly mon 09:30 UTC")
    bot.command("due jmte 1 8 May", person=SOFIA)
    now = bot.command("mine", person=MATEO)["text"]
    assert "*📅 Due within a week, or overdue*\n*Jupyter Meets the Earth 1.*" in now
    sofias = bot.command("mine", person=SOFIA)["text"]
    assert "*🟡 At risk*" in sofias
    assert "*🍂 Waiting for your word*\n*Jupyter Meets the Earth 3.*" in sofias
    assert "*📍 Check-ins to come*" in sofias

    said = bot.command("mine fri 09:00 UTC", person=SOFIA)["text"]
    assert "Your week comes to you by direct message every Friday at 09:00 (UTC)" in said
    bot.command("update jmte 3 done", person=SOFIA)
    bot.tick(days=4)
    (mine,) = weeks_of(bot, SOFIA)
    assert "*🟡 At risk*" in mine.text
    assert "because you set it. `/project mine off` ends it" in mine.text
    bot.command("mine off", person=SOFIA)
    bot.tick(days=7)
    assert len(weeks_of(bot, SOFIA)) == 1


def test_my_week_in_a_channel_is_mine_and_tells_nothing_that_others_may_not_read(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    add(bot, slug="budget", name="Budget", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    add(bot, slug="reef", name="Reef", channel_id=JMTE, owner_id=SOFIA, outcomes=("Corals grow",))
    bot.say("@waymark mine", person=SOFIA, channel=JMTE)
    told = bot.last_message(JMTE)

    assert f"*The week of <@{SOFIA}>*" in told.text
    assert "Corals grow" in told.text
    assert "balanced" not in told.text
    assert "balanced" in bot.command("mine", person=SOFIA)["text"]


def test_who_turns_the_pages_of_anothers_week_reads_what_they_see_themselves(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    reefs = tuple(f"Coral {number} grows" for number in range(60))
    add(bot, slug="reef", name="Reef", channel_id=JMTE, owner_id=SOFIA, outcomes=reefs)
    add(bot, slug="vault", name="Vault", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    bot.say("@waymark mine", person=SOFIA, channel=JMTE)
    told = bot.last_message(JMTE)

    bot.press(told, "Next page", person=MATEO)
    turned = bot.last_message(JMTE, MATEO)
    assert f"*The week of <@{SOFIA}>*" in turned.text
    assert "Coral 59 grows" in turned.text
    assert "balanced" not in turned.text
    bot.press(told, "Next page", person=SOFIA)
    assert "balanced" in bot.last_message(JMTE, SOFIA).text


def test_what_comes_is_told_by_preview(lite: Bot) -> None:
    lite.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    lite.command("mine thu 09:00 UTC")
    text = lite.command("preview")["text"]

    assert text.index("· My week\nto you by direct message, every Thursday") < text.index("· Digest\n")
    assert f"in <#{GENERAL}>, every Friday at 15:00 (UTC), set by <@{PERSON}>" in text


def test_one_that_is_ended_before_it_was_sent_is_not_sent(lite: Bot) -> None:
    lite.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    lite.now.at += FRIDAY
    with lite.database.write() as tx:
        assert open_due_editions(tx, lite.now()) == 1
    lite.command(f"digest {IN_GENERAL} off")
    lite.tick()

    assert first_in(lite, GENERAL) == []


def test_lines_after_check_ins_and_digests_do_not_get_in_each_others_way(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("schedule jmte weekly mon 09:30 UTC")
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, digest_channel_id=GENERAL)
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(days=7)
    bot.tick(days=3)
    bot.tick(days=1, hours=6)

    texts = [each.text for each in first_in(bot, GENERAL)]
    assert [text.split("\n")[0][:12] for text in texts] == ["🧾 *Jupyter M", "Digest"]


def test_a_project_that_is_completed_or_paused_is_told(lite: Bot) -> None:
    for name, state in (("Done one", "complete"), ("Resting", "pause")):
        project = add(lite, slug=name.split()[0].lower(), name=name, channel_id=DOCS)
        assert project.state is ProjectState.ACTIVE
        lite.command(f"{state} {project.slug}")
    lite.tick(minutes=1)
    lite.command("digest now")
    lite.tick()

    text = in_direct(lite)[0].text
    assert "📝 *Done one* is completed" in text
    assert "📝 *Resting* is paused" in text

"""Digests, briefs and one's own week: set, ended and asked for by command, and read where they come."""

from datetime import timedelta

import pytest

from bot.local.seed import DOCS, GENERAL, HARUKI, JMTE, LEILANI, MATEO, RANDOM, SOFIA, STEWARDS
from bot.services.editions import open_due_editions
from storage.digests import DigestKind
from storage.records import OutcomeStatus, ProjectState
from storage.settings import change_settings
from tests.scenarios.records import add, add_jmte
from tests.support.bot import PERSON, WORKSPACE, Bot
from tests.support.digests import FRIDAY, IN_GENERAL, below, first_in, in_direct, set_of, whole
from tests.support.dumps import dump
from tests.support.make import make_channel, make_outcome, say
from tests.support.messages import buttons
from tests.support.statements import statements_of_requests


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
    assert "Nothing of that kind comes by itself yet" in bot.command("digest")["text"]


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


def test_guests_know_of_what_comes_in_their_own_channels(bot: Bot) -> None:
    for place in (IN_GENERAL, f"<#{RANDOM}|random>"):
        bot.command(f"digest {place} fri 15:00", person=MATEO)
    shown = bot.command("digest", person=LEILANI)["text"]
    assert f"<#{RANDOM}>" in shown
    assert f"<#{GENERAL}>" not in shown


@pytest.mark.in_process("counts the statements of its own process")
def test_showing_what_is_set_takes_as_many_statements_for_one_channel_as_for_three(bot: Bot) -> None:
    taken = []
    for place in (IN_GENERAL, f"<#{RANDOM}|random>", f"<#{JMTE}|jmte>"):
        assert "The digest comes in" in bot.command(f"digest {place} fri 15:00")["text"]
        with statements_of_requests() as statements:
            bot.command("digest")
        taken.append(sum(map(len, statements.values())))
    assert len(set(taken)) == 1, taken


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
    (details,) = below(bot, second)
    assert details.text.startswith("*🍂 Stale for longer*"), "of what was stale before, and nothing else"


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


def test_what_has_become_stale_is_news_once_and_then_stands_in_the_thread_for_as_long_as_it_is(
    bot: Bot,
) -> None:
    project = add(bot, slug="reef", name="Reef", channel_id=JMTE)
    with bot.database.write() as tx:
        outcome = make_outcome(tx, project, "Corals grow")
        say(tx, outcome, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=26))
    bot.command(f"digest {IN_GENERAL} fri 15:00 UTC")
    bot.tick(seconds=FRIDAY.total_seconds())
    bot.tick(days=7)

    first, second = first_in(bot, GENERAL)
    assert "🍂 *Reef 1.* Corals grow · now stale" in first.text
    assert "Stale for longer" not in whole(bot, first)
    assert "*Now:* 🟢 1 on track · 🍂 1 stale" in second.text
    assert "🧵 What has been stale for longer is in the thread." in second.text
    (details,) = below(bot, second)
    assert details.text.startswith("*🍂 Stale for longer*\n*Reef 1.* Corals grow\n🌫️ _On track_")

    bot.command("update reef 1 on track")
    bot.tick(days=7)
    assert "Stale for longer" not in whole(bot, first_in(bot, GENERAL)[-1])


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

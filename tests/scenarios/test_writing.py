"""What is changed from chat: the record says so, the history keeps it, and it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from bot.local.seed import GENERAL, JMTE, MATEO, SOFIA, WANJIRU
from storage import history, outcomes, project_parts, projects
from storage.history_records import Change
from storage.records import Outcome, OutcomeStatus, Project, ProjectState, UpdateSource
from tests.scenarios.records import add, add_jmte
from tests.scenarios.test_commands import WRITES
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import SEES
from tests.support.messages import buttons, heading


def outcomes_of(bot: Bot, project: Project) -> tuple[Outcome, ...]:
    with bot.database.read() as tx:
        return outcomes.list_outcomes(tx, WORKSPACE, project.id)


def texts_of(bot: Bot, project: Project) -> list[str]:
    return [outcome.text for outcome in outcomes_of(bot, project)]


def project_now(bot: Bot, project: Project) -> Project:
    with bot.database.read() as tx:
        return projects.get_project(tx, WORKSPACE, project.id)


def changes_of(bot: Bot, project: Project) -> tuple[Change, ...]:
    with bot.database.read() as tx:
        return history.list_changes(tx, WORKSPACE, SEES, project.id, limit=100)


def parts_of(bot: Bot, project: Project) -> Any:
    with bot.database.read() as tx:
        return project_parts.get_parts(tx, WORKSPACE, SEES, project.id)


def test_an_update_says_what_the_record_says_now_and_who_said_it(bot: Bot) -> None:
    project = add_jmte(bot)

    answer = bot.command("update jmte 3 at risk: waiting for *finance*", person=SOFIA)

    newest = outcomes_of(bot, project)[2].newest
    assert newest is not None
    assert (newest.status, newest.note, newest.said_by, newest.source, newest.said_at) == (
        OutcomeStatus.AT_RISK,
        "waiting for *finance*",
        SOFIA,
        UpdateSource.COMMAND,
        bot.now(),
    )
    assert heading(answer) == "Jupyter Meets the Earth"
    assert "✏️ Outcome 3 is updated." in answer["text"]
    assert "*3.* Costs are published\n🟡 At risk · checked just now" in answer["text"]
    assert "Three hubs run" not in answer["text"]
    assert {"Undo", "Share in channel"} <= set(buttons(answer))


def test_a_number_or_per_cent_moves_the_metric_and_leaves_the_status(bot: Bot) -> None:
    project = add_jmte(bot)

    number = bot.command("update jmte 1 41 weeks without an outage")["text"]
    percent = bot.command("update jmte 1 at risk 75%")["text"]
    words = bot.command("update jmte 1 done")["text"]

    assert "🟢 On track · 41 of 52 weeks" in number
    assert "🟡 At risk · 39 of 52 weeks" in percent
    assert "✅ Done · 39 of 52 weeks" in words
    assert len(changes_of(bot, project)) == 3


def test_every_write_keeps_a_history_of_who_what_and_when(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command("update jmte 2 done: at last", person=MATEO)
    bot.now.at += timedelta(hours=1)
    bot.command("goal jmte A goal with &lt;!channel&gt; in it", person=SOFIA)

    text = bot.command("history jmte")["text"]
    goal, said = changes_of(bot, project)
    assert (goal.person_id, goal.before, goal.after) == (
        SOFIA,
        project.goal,
        "A goal with <!channel> in it",
    )
    assert (said.person_id, said.source) == (MATEO, UpdateSource.COMMAND)
    assert text.index(f"<@{SOFIA}> · <!date^") < text.index(f"<@{MATEO}> · <!date^")
    assert "→ “A goal with &lt;!channel&gt; in it”" in text
    assert "*Outcome 2* 🟡 At risk “Down to three minutes” → ✅ Done “at last”" in text


def test_the_history_of_one_outcome_and_pages_of_a_long_one(bot: Bot) -> None:
    add_jmte(bot)
    assert "Nothing has been changed" in bot.command("history jmte")["text"]
    for number in range(12):
        bot.command(f"update jmte {1 + number % 2} on track: round {number}")

    first = bot.type_command("history jmte")
    bot.press(first, "Next page")

    assert "round 11" in first.text
    assert "Page 1 of 2" in first.text
    assert "round 0”" in bot.last_message().text
    one = bot.command("history jmte 2")["text"]
    assert "*Outcome 2*" in one
    assert "*Outcome 1*" not in one
    assert "they are numbered 1 to 3" in bot.command("history jmte 9")["text"]


@pytest.mark.parametrize("line", [line for line in WRITES if line != "undo"])
def test_every_write_can_be_taken_back_done_again_and_taken_back(lite: Bot, line: str) -> None:
    add_jmte(lite)
    if line.startswith(("resume", "restore")):
        lite.command("pause jmte" if line.startswith("resume") else "archive jmte", person=SOFIA)
    if line in {"skip jmte", "schedule jmte off"}:
        lite.command("schedule jmte weekly mon 09:30 Europe/Berlin", person=SOFIA)
    answer = lite.type_command(line.replace("<#C0RANDOM001|random>", "#random"))
    assert answer.blocks is not None
    changed = shown(lite)

    lite.press(answer, "Undo")
    undone = shown(lite)
    taken_back = lite.last_message()
    lite.press(taken_back, "Redo")
    redone = shown(lite)
    lite.press(lite.last_message(), "Undo")

    assert "↩️ Taken back." in taken_back.text
    assert undone != changed
    assert redone == changed
    assert shown(lite) == undone


def shown(bot: Bot) -> list[str]:
    """What everybody sees of the records."""
    lines = ["show jmte", "list all", "list archived", "links jmte", "search atlas"]
    lines += ["show kelp-atlas", "show earth-jupyter", "freshness jmte"]
    return [bot.command(line)["text"] for line in lines]


def test_a_taken_back_update_counts_as_not_said(bot: Bot) -> None:
    project = add_jmte(bot)
    before = outcomes_of(bot, project)[1].newest
    bot.command("update jmte 2 done")

    answer = bot.command("undo")["text"]

    assert outcomes_of(bot, project)[1].newest == before
    assert "↩️ Taken back." in answer
    assert "🌫️ _At risk_ · stale, checked 5 weeks ago" in answer
    assert len([row for row in dump(bot.database)["status_updates"] if row["status"] == "done"]) == 1


def test_undo_goes_back_from_one_act_to_the_one_before(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command("goal jmte First goal")
    bot.command("goal jmte Second goal", person=SOFIA)
    bot.command("outcome add jmte A fourth")

    answers = [bot.command("undo")["text"] for _ in range(2)]

    assert len(outcomes_of(bot, project)) == 3
    assert "↩️ Taken back." in answers[0]
    assert f"<@{SOFIA}> has changed the same thing since" in answers[1]
    assert project_now(bot, project).goal == "Second goal"
    assert "nothing of yours to take back" in bot.command("undo", person=MATEO)["text"]


def test_what_was_changed_back_to_can_be_taken_back_further(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command("goal jmte First goal")
    bot.command("goal jmte Second goal", person=SOFIA)

    bot.command("undo", person=SOFIA)
    bot.command("undo")

    assert project_now(bot, project).goal == project.goal


def test_a_button_takes_back_once_and_only_for_who_did_it(bot: Bot) -> None:
    project = add_jmte(bot)
    answer = bot.type_command("goal jmte First goal")
    bot.command("undo")

    bot.press(answer, "Undo")

    assert "taken back already" in bot.last_message().text
    assert project_now(bot, project).goal == project.goal


def test_an_outcome_that_somebody_has_spoken_of_is_not_unmade(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command("outcome add jmte A fourth")
    bot.command("update jmte 4 on track", person=SOFIA)

    refused = bot.command("undo")["text"]
    bot.command("undo", person=SOFIA)
    bot.command("undo")

    assert f"<@{SOFIA}> has changed" in refused
    assert len(outcomes_of(bot, project)) == 3


def test_outcomes_are_added_reworded_moved_and_dropped(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", outcomes=("One", "Two", "Three"))

    added = bot.command("outcome add reef Four")["text"]
    edited = bot.command("outcome edit reef 2 Two, and a half")["text"]
    moved = bot.command("outcome move reef 4 1")["text"]
    dropped = bot.command("outcome drop reef 2")["text"]

    assert "✏️ Outcome 4 is added." in added
    assert "*2.* Two, and a half" in edited
    assert "*1.* Four\n" in moved
    assert "Outcome 2 is off the record" in dropped
    assert texts_of(bot, project) == ["Four", "Two, and a half", "Three"]
    assert "One" in {row["text"] for row in dump(bot.database)["outcomes"]}
    assert "No project says" in bot.command("search one")["text"]
    assert "*Reef*" in bot.command("search four")["text"]


def test_an_outcome_takes_its_parts_along(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=("One", "Part of one", "Two"))
    with lite.database.write() as tx:
        part = outcomes.list_outcomes(tx, WORKSPACE, project.id)[1]
        outcomes.change_outcome(tx, WORKSPACE, part.id, lite.now(), level=1)

    lite.command("outcome move reef 1 9")
    moved = texts_of(lite, project)
    lite.command("undo")
    back = texts_of(lite, project)
    lite.command("outcome drop reef 1")

    assert moved == ["Two", "One", "Part of one"]
    assert back == ["One", "Part of one", "Two"]
    assert texts_of(lite, project) == ["Two"]
    lite.command("undo")
    assert texts_of(lite, project) == ["One", "Part of one", "Two"]


def test_people_are_named_by_mention_me_or_nobody(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command(f"assign jmte 3 <@{MATEO}|mateo>")
    bot.command("owner jmte me", person=WANJIRU)
    bot.command("assign jmte 1 nobody")

    assert [outcome.owner_id for outcome in outcomes_of(bot, project)] == [None, None, MATEO]
    assert project_now(bot, project).owner_id == WANJIRU
    assert "is nobody Slack knows" in bot.command("owner jmte sofia")["text"]


def test_a_project_is_made_paused_completed_archived_and_restored(bot: Bot) -> None:
    add_jmte(bot)

    made = bot.command("create Kelp atlas & friends".replace("&", "&amp;"), person=SOFIA)
    states = {}
    for verb in ("pause", "resume", "complete", "archive", "restore"):
        bot.command(f"{verb} kelp-atlas-friends")
        states[verb] = bot.command("show kelp")["text"].splitlines()[1].split(" · ")[1]

    assert heading(made) == "Kelp atlas & friends"
    assert f"owner <@{SOFIA}>" in made["text"]
    assert states == {
        "pause": "Paused",
        "resume": "Active",
        "complete": "Completed",
        "archive": "Archived",
        "restore": "Active",
    }


def test_nothing_is_written_to_an_archived_project(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", state=ProjectState.ARCHIVED, outcomes=("One",))

    texts = [bot.command(line)["text"] for line in ("goal reef New goal", "update reef 1 done", "pause reef")]

    assert all("`reef` is archived" in text for text in texts)
    assert changes_of(bot, project) == ()


def test_what_was_written_comes_back_and_a_number_alone_does_not(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef", state=ProjectState.ARCHIVED, outcomes=("One",))

    assert "You wrote:\n1 done" in lite.command("update reef 1 done")["text"]
    assert "You wrote" not in lite.command("update reef 1")["text"]


def test_names_are_given_once(bot: Bot) -> None:
    project = add_jmte(bot)
    add(bot, slug="reef", name="Reef")

    taken = [
        bot.command(line)["text"]
        for line in ("create Reef", "alias add jmte reef", "alias add reef jupearth")
    ]
    added = bot.command("alias add jmte The Earth hubs")["text"]
    bot.command("alias remove jmte the-earth-hubs")
    bot.command("alias add reef the-earth-hubs")

    assert all("is taken" in text for text in taken)
    assert "Also found by `jupearth`, `the-earth-hubs`" in added
    assert parts_of(bot, project).aliases == ("jupearth",)
    assert heading(bot.command("show the-earth-hubs")) == "Reef"
    assert "It has:\n• jupearth" in bot.command("alias remove jmte nonsense")["text"]


def test_links_are_added_and_taken_off(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command("link add jmte <https://more.example.org/?a=1&amp;b=2> More to read")
    bot.command("link remove jmte 1")

    labels = [(link.url, link.label) for link in parts_of(bot, project).links]
    assert ("https://more.example.org/?a=1&b=2", "More to read") in labels
    assert "https://board.example.org/jmte" not in [url for url, _ in labels]
    assert "is no address" in bot.command("link add jmte javascript:alert(1) x")["text"]


def test_an_outcome_is_measured_and_then_a_number_says_how_it_stands(bot: Bot) -> None:
    add_jmte(bot)

    measured = bot.command("metric jmte 2 10 2 minutes")["text"]
    half = bot.command("update jmte 2 50%")["text"]
    no_longer = bot.command("metric jmte 2 none")["text"]

    assert "✏️ Outcome 2 is measured from 10 to 2 minutes now." in measured
    assert "6 of 2 minutes" in half
    assert "✏️ Outcome 2 is not measured now." in no_longer
    assert "is not measured" in bot.command("update jmte 2 5")["text"]
    for line in ("metric jmte 2", "metric jmte 2 ten 2", "metric jmte 2 5 5"):
        assert "That needs more words" in bot.command(line)["text"]


def test_members_come_and_go(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command(f"member add jmte <@{MATEO}|mateo>, <@{SOFIA}> me")
    again = bot.command(f"member add jmte <@{MATEO}|mateo>")["text"]
    bot.command(f"member remove jmte <@{SOFIA}>")

    team = {member.user_id for member in parts_of(bot, project).members}
    assert {MATEO, WANJIRU} <= team
    assert SOFIA not in team
    assert "👌 It says so already." in again
    assert "Jupyter" in bot.command("list mine", person=WANJIRU)["text"]
    assert "is nobody Slack knows" in bot.command("member add jmte noor")["text"]


def test_a_project_moves_to_another_channel(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command(f"channel jmte <#{GENERAL}|general>")
    bot.command("update 2 done", channel=GENERAL)

    assert project_now(bot, project).channel_id == GENERAL
    assert outcomes_of(bot, project)[1].status is OutcomeStatus.DONE
    assert "That needs more words" in bot.command("channel jmte general")["text"]


def test_in_its_own_channel_a_project_may_be_left_out(bot: Bot) -> None:
    project = add_jmte(bot)
    other = add(bot, slug="reef", name="Reef", outcomes=("One",))

    bot.command("update 3 done", channel=JMTE)
    bot.command("goal Hubs for everybody", channel=JMTE)
    bot.command("update reef 1 done", channel=JMTE)
    bot.command(f"update <#{JMTE}|proj-jmte> 2 done", channel=GENERAL)
    bot.command('update "Jupyter Meets the Earth" 1 off', channel=GENERAL)

    assert project_now(bot, project).goal == "Hubs for everybody"
    assert [str(o.status) for o in outcomes_of(bot, project)] == ["off_track", "done", "done"]
    assert outcomes_of(bot, other)[0].status is OutcomeStatus.DONE


def test_a_goal_is_still_shown_by_any_name_of_its_project(bot: Bot) -> None:
    project = add_jmte(bot)

    lines = ("goal jmte", "goal Jupyter Meets the Earth", "goal jupyter meets", "goal “jupyter meets”")
    answers = [bot.command(line)["text"] for line in lines]

    assert all("Run *hubs* in the open" in answer for answer in answers)
    assert project_now(bot, project).goal == project.goal


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("update jmte 9 done", "“9” is no outcome of `jmte-pangeo`: they are numbered 1 to 3"),
        ("update jmte done", "“done” is no outcome of"),
        ("update jmte 2 the draft is up", "update jmte-pangeo 2 on track: the draft is up`"),
        ("update jmte 2 on Tuesday we meet", "begins with no status. There are `on track`, `at risk`"),
        ("update jmte 2 70%", "Outcome 2 of `jmte-pangeo` is not measured"),
        ("update jmte-pangoe 2 done: at last", "`/project update PROJECT 2 done: at last`"),
        ("update 2 done", "`/project update PROJECT done`"),
        ("outcome", "That needs more words: `/project outcome add PROJECT TEXT |"),
        ("outcome paint jmte 2", "That needs more words"),
        ("outcome drop jmte 2 3", "“3” is more than `/project outcome drop PROJECT N` takes"),
        ("outcome move jmte 2 up", "“up” is no outcome"),
        ("pause jmte please", "“please” is more than `/project pause PROJECT` takes"),
        ("goal jmte " + "x" * 3001, "has 3,001 characters; at most 3,000"),
        ("create 🌊", "has no letters or digits"),
        ("undo", "nothing of yours to take back"),
    ],
)
def test_a_mistake_is_explained_and_changes_nothing(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    before = dump(lite.database)

    answer = lite.command(line)

    assert said in answer["text"]
    assert dump(lite.database) == before


def test_a_text_that_is_too_long_is_not_lost(lite: Bot) -> None:
    add_jmte(lite)

    answer = lite.command("goal jmte " + "word " * 700)

    assert answer["text"].count("word") == 700


def test_what_the_record_says_already_is_no_change(lite: Bot) -> None:
    project = add_jmte(lite)
    lite.command("goal jmte A new goal")

    answer = lite.command("goal jmte A new goal")

    assert "👌 It says so already." in answer["text"]
    assert "Undo" not in buttons(answer)
    assert len(changes_of(lite, project)) == 1


def test_reading_waits_for_no_writer(lite: Bot) -> None:
    add_jmte(lite)

    with lite.database.write():
        answer = lite.command("goal jmte")

    assert "Strategic goal" in answer["text"]

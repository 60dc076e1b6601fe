"""Forms: what is filled in is written whole, what is wrong stands at its field, and nothing typed is lost."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.local.seed import HARUKI, JMTE, MATEO, RANDOM, SOFIA, WANJIRU
from storage import outcomes
from storage.members import add_member
from storage.records import Metric, Outcome, OutcomeStatus, Project, ProjectState, UpdateSource
from tests.scenarios.records import GOAL, add, add_jmte, remove_project
from tests.scenarios.test_commands import OPENS
from tests.scenarios.test_writing import changes_of, outcomes_of, parts_of, project_now
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.messages import NO_FORM, block_named, buttons
from tests.support.signing import command_body
from tests.support.statements import recorded_statements


def type_form(bot: Bot, line: str, person: str = WANJIRU, channel: str = JMTE) -> None:
    """A line that opens a form: nothing is said in the channel."""
    result = bot.people.run_command(person, channel, f"/project {line}")
    assert result.ok, result.sentence
    assert bot.has_view(person), line


def wrong(bot: Bot, **answers: Any) -> dict[str, str]:
    """Submit what cannot be taken; each sentence by the name of its field. Nothing is changed by it."""
    before = dump(bot.database)
    result = bot.fill(**answers)
    assert not result.ok
    assert dump(bot.database) == before
    return {name.partition(":")[0]: sentence for name, sentence in result.errors.items()}


def outcome_2(bot: Bot, project: Project) -> Outcome:
    return outcomes_of(bot, project)[1]


def test_the_whole_record_stands_in_the_form_and_is_written_in_one_act(bot: Bot) -> None:
    project = add_jmte(bot)
    reef = add(bot, slug="reef", name="Reef survey")

    type_form(bot, "edit jmte")
    assert (bot.held("name"), bot.held("slug"), bot.held("goal")) == (project.name, "jmte-pangeo", GOAL)
    assert (bot.held("owner_id"), bot.held("channel_id"), bot.held("state")) == (SOFIA, JMTE, "active")
    assert bot.held("aliases") == "jupearth"
    assert "🌫️ _At risk_ · stale, checked 5 weeks ago" in str(bot.view().body["blocks"])
    assert bot.held("links").splitlines()[0] == "Link 0 https://board.example.org/jmte"
    assert bot.held("members") == [HARUKI]
    bot.suggest("parent_id", "reef")
    bot.fill(
        name="Jupyter and the Earth",
        slug="JMTE",
        summary="",
        goal="Hubs\nfor all",
        owner_id=MATEO,
        channel_id=RANDOM,
        state="paused",
        parent_id=str(reef.id),
        aliases="earth, Blue Planet",
        links="Notes https://notes.example.org/a?b=1&c=2\nhttps://new.example.org The new one",
        members=[MATEO, SOFIA],
    )

    now, parts = project_now(bot, project), parts_of(bot, project)
    assert (now.name, now.slug, now.summary, now.goal) == (
        "Jupyter and the Earth",
        "jmte",
        "",
        "Hubs\nfor all",
    )
    assert (now.owner_id, now.channel_id, now.state, now.parent_id) == (
        MATEO,
        RANDOM,
        ProjectState.PAUSED,
        reef.id,
    )
    assert parts.aliases == ("earth", "blue-planet")
    assert [(link.label, link.url) for link in parts.links] == [
        ("Notes", "https://notes.example.org/a?b=1&c=2"),
        ("The new one", "https://new.example.org"),
    ]
    assert [member.user_id or member.name for member in parts.members] == ["Noor Haddad", MATEO, SOFIA]
    changes = changes_of(bot, project)
    assert {(change.act_id, change.source) for change in changes} == {(changes[0].act_id, UpdateSource.MODAL)}
    answer = bot.last_message()
    assert "✏️ Jupyter and the Earth is changed." in answer.text
    assert not bot.has_view()

    bot.press(answer, "Undo")

    # Whoever takes a goal back says that the one before holds.
    apart = {"revision": 0, "goal_confirmed_at": None}
    assert project_now(bot, project).model_copy(update=apart) == project.model_copy(update=apart)
    assert parts_of(bot, project).aliases == ("jupearth",)


def test_saving_a_form_as_it_is_changes_nothing_and_says_so(lite: Bot) -> None:
    add_jmte(lite)
    lite.command("goal jmte   two  blanks &amp; a &lt;tag&gt; ")
    for line in ("edit jmte", "outcome edit jmte 2"):
        type_form(lite, line)
        before = dump(lite.database)

        lite.fill()

        assert "👌 It says so already." in lite.last_message().text
        assert dump(lite.database) == before


def test_an_outcome_is_changed_and_said_in_one_act(bot: Bot) -> None:
    project = add_jmte(bot)

    type_form(bot, "update jmte 2")
    (said,) = [block for block in bot.view().body["blocks"] if block["type"] == "context"]
    assert "Down to *three* minutes".replace("*", "_") in said["elements"][0]["text"]
    assert f"<@{SOFIA}>" in said["elements"][0]["text"]
    bot.fill(
        status="off_track",
        note="Now *four* minutes",
        owner_id=MATEO,
        due_on="2026-12-24",
        start="10",
        target="2",
        unit="minutes",
        text="Sessions start at once",
    )

    outcome = outcome_2(bot, project)
    assert (outcome.text, outcome.owner_id, outcome.due_on) == (
        "Sessions start at once",
        MATEO,
        date(2026, 12, 24),
    )
    assert outcome.metric == Metric(start=10, target=2, unit="minutes")
    assert outcome.newest is not None
    assert (outcome.status, outcome.newest.note, outcome.newest.said_by, outcome.newest.source) == (
        OutcomeStatus.OFF_TRACK,
        "Now *four* minutes",
        WANJIRU,
        UpdateSource.MODAL,
    )
    assert len({change.act_id for change in changes_of(bot, project)}) == 1
    bot.press(bot.last_message(), "Undo")
    undone = outcome_2(bot, project)
    assert (undone.text, undone.status, undone.metric) == (
        "Sessions start within *two* minutes",
        OutcomeStatus.AT_RISK,
        None,
    )


def test_the_number_now_stands_in_the_form_and_per_cent_is_understood(lite: Bot) -> None:
    project = add_jmte(lite)
    lite.command("update jmte 1 41")

    type_form(lite, "update jmte 1")
    assert lite.held("value") == "41"
    lite.fill(value="75%")

    newest = outcomes_of(lite, project)[0].newest
    assert newest is not None
    assert newest.value == 39


def test_an_update_saved_as_it_is_says_that_it_is_still_true(lite: Bot) -> None:
    project = add_jmte(lite)

    type_form(lite, "update jmte 2")
    lite.fill()

    newest = outcome_2(lite, project).newest
    assert newest is not None
    assert (newest.status, newest.note, newest.said_by) == (
        OutcomeStatus.AT_RISK,
        "Down to *three* minutes",
        WANJIRU,
    )
    assert f"🌿 Outcome 2 is still true, says <@{WANJIRU}>." in lite.last_message().text


def test_an_outcome_is_added_and_changed_on_top_of_the_record_in_which_nothing_typed_is_lost(
    bot: Bot,
) -> None:
    project = add_jmte(bot)
    type_form(bot, "edit jmte")

    bot.press_in_view("Add an outcome", goal="A goal that is being typed")
    bot.fill(text="A fourth", due_on="2026-09-01", target="20", unit="labs")
    assert bot.held("goal") == "A goal that is being typed"
    assert "*4.* A fourth" in str(bot.view().body["blocks"])
    bot.press_in_view("Change")
    bot.fill(text="Three hubs, all year")
    assert "Three hubs, all year" in str(bot.view().body["blocks"])
    bot.fill()

    assert project_now(bot, project).goal == "A goal that is being typed"
    assert [outcome.text for outcome in outcomes_of(bot, project)] == [
        "Three hubs, all year",
        "Sessions start within *two* minutes",
        "Costs are published",
        "A fourth",
    ]
    assert outcomes_of(bot, project)[3].metric == Metric(start=0, target=20, unit="labs")


def test_an_outcome_that_was_added_in_a_form_is_taken_back(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.press_in_view("Add an outcome")
    lite.fill(text="A fourth", owner_id=MATEO, due_on="2026-09-01", target="20", unit="labs")

    lite.press(lite.last_message(), "Undo")
    assert len(outcomes_of(lite, project)) == 3
    lite.press(lite.last_message(), "Redo")
    assert outcomes_of(lite, project)[3].owner_id == MATEO


def test_a_project_and_its_outcome_are_chosen_in_the_form(bot: Bot) -> None:
    add(bot, slug="reef", name="Reef survey", outcomes=("Corals are counted", "Fish are counted"))
    project = add_jmte(bot)

    type_form(bot, "update", channel=RANDOM)
    assert "Choose a project" in str(bot.view().body["blocks"])
    offered = bot.suggest("project_id", "jupy")
    assert [option["text"]["text"] for option in offered] == ["Jupyter Meets the Earth (jmte-pangeo)"]
    bot.choose_in_view("project_id", str(project.id))
    chosen = outcome_2(bot, project)
    bot.choose_in_view("outcome_id", str(chosen.id))
    assert bot.held("status") == "at_risk"
    bot.fill(status="done", note="At last")

    newest = outcome_2(bot, project).newest
    assert newest is not None
    assert (newest.status, newest.note) == (OutcomeStatus.DONE, "At last")
    assert "✏️ Outcome 2 is updated." in bot.last_message(RANDOM).text


def test_a_note_that_is_typed_stays_while_another_outcome_is_chosen(lite: Bot) -> None:
    project = add_jmte(lite)
    one, two, _ = outcomes_of(lite, project)
    type_form(lite, "update")
    assert lite.held("project_id") == str(project.id), "the channel's own"
    lite.choose_in_view("outcome_id", str(one.id))

    lite.choose_in_view("outcome_id", str(two.id), note="Typed already", status="done")

    assert (lite.held("note"), lite.held("status")) == ("Typed already", "at_risk")


def test_two_hundred_outcomes_are_paged_in_the_form_and_grouped_in_the_menu(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=[f"Reef {n:03}" for n in range(1, 201)])
    type_form(lite, "edit reef")
    lite.press_in_view("Next outcomes", goal="being typed")
    assert "Reef 021" in str(lite.view().body["blocks"])
    assert lite.held("goal") == "being typed"
    lite.fill()
    assert project_now(lite, project).goal == "being typed"

    type_form(lite, "update reef")
    menu = block_named(lite.view().body, "outcome_id")["element"]
    assert [len(group["options"]) for group in menu["option_groups"]] == [100, 100]
    lite.choose_in_view("outcome_id", str(outcomes_of(lite, project)[150].id))
    lite.fill(status="done")
    assert outcomes_of(lite, project)[150].status is OutcomeStatus.DONE


def test_a_new_project_is_made_with_all_that_the_form_says(bot: Bot) -> None:
    type_form(bot, "create")
    assert bot.held("owner_id") == WANJIRU
    bot.fill(name="Kelp  atlas", goal="See the kelp", owner_id=MATEO, channel_id=RANDOM)

    answer = bot.last_message()
    assert "🌱 A new project. Next: `/project outcome add kelp-atlas TEXT`." in answer.text
    shown = bot.command("show kelp-atlas")["text"]
    assert "Kelp atlas" in shown
    assert "See the kelp" in shown
    assert f"owner <@{MATEO}> · <#{RANDOM}>" in shown
    bot.press(answer, "Undo")
    assert "Archived" in bot.command("show kelp-atlas")["text"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "🌊", "“🌊” has no letters or digits, so nobody could type it. Another name?"),
        ("name", "x" * 151, "151 characters; at most 150 can be kept."),
        ("slug", "reef", "“reef” is taken: it already finds reef. Another name?"),
        ("slug", "!!!", "has no letters or digits"),
        ("aliases", "jupearth, corals", "“corals” is taken: it already finds reef."),
        ("aliases", "jupearth, jmte-pangeo", "“jmte-pangeo” is taken"),
        ("aliases", "earth, ***", "“***” has no letters or digits"),
        (
            "links",
            "Notes https://e.org\n\nThe board, somewhere",
            "Line 3 has no address at its end: “The board, somewhere”. One begins with https://.",
        ),
    ],
)
def test_what_is_wrong_in_the_record_stands_at_its_field(
    lite: Bot, field: str, typed: str, said: str
) -> None:
    add_jmte(lite)
    add(lite, slug="reef", name="Reef survey", aliases=("corals",))
    type_form(lite, "edit jmte")

    found = wrong(lite, **{field: typed, "goal": "typed already"})

    assert list(found) == [field]
    assert said in found[field]
    assert (lite.held("goal"), lite.held(field)) == ("typed already", typed)


def test_a_parent_that_would_make_a_ring_is_refused_at_its_field(bot: Bot) -> None:
    project = add_jmte(bot)
    for words, said in (("tide", "so that would make a ring"), ("jmte", "cannot be a part of itself")):
        type_form(bot, "edit jmte")
        chosen = next(each["value"] for each in bot.suggest("parent_id", words) if each["value"] != "none")
        assert said in wrong(bot, parent_id=chosen)["parent_id"]

    type_form(bot, "edit jmte")
    bot.suggest("parent_id")
    bot.fill(parent_id="none")
    assert project_now(bot, project).parent_id is None


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"due_on": "2026-05-01"}, "due_on", "Friday 1 May 2026 is past. A date is today or later"),
        ({"target": "many"}, "target", "“many” is no number. One looks like 41, 2.5 or 1,000."),
        ({"start": "few", "target": "3"}, "start", "“few” is no number"),
        ({"start": "3"}, "target", "A number is missing here."),
        ({"start": "3", "target": "3"}, "target", "It would begin where it ends."),
        ({"target": "3", "unit": "x" * 41}, "unit", "41 characters; at most 40 can be kept."),
        ({"text": "   "}, "text", "This cannot be empty."),
    ],
)
def test_what_is_wrong_in_an_outcome_stands_at_its_field(
    lite: Bot, answers: dict[str, str], field: str, said: str
) -> None:
    add_jmte(lite)
    type_form(lite, "outcome edit jmte 2")

    found = wrong(lite, note="typed already", **answers)

    assert list(found) == [field]
    assert said in found[field]
    assert lite.held("note") == "typed already"


def test_a_number_that_is_none_is_refused_where_the_number_now_stands(lite: Bot) -> None:
    add_jmte(lite)
    type_form(lite, "update jmte 1")

    assert "“a lot” is no number" in wrong(lite, value="a lot")["value"]


def test_a_date_that_is_over_stays_when_nobody_touches_it(lite: Bot) -> None:
    project = add_jmte(lite)
    with lite.database.write() as tx:
        outcomes.change_outcome(
            tx, WORKSPACE, outcome_2(lite, project).id, lite.now(), due_on=date(2026, 1, 1)
        )

    type_form(lite, "outcome edit jmte 2")
    lite.fill(text="Reworded")

    assert (outcome_2(lite, project).text, outcome_2(lite, project).due_on) == ("Reworded", date(2026, 1, 1))


def test_a_new_project_that_cannot_be_is_refused_at_its_name(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef")
    for name, said in (("reef", "“reef” is taken"), ("🌊", "no letters"), ("x" * 151, "at most 150")):
        type_form(lite, "create")
        assert said in wrong(lite, name=name, goal="typed")["name"]


def test_what_is_too_long_for_a_form_is_left_out_and_stays_with_a_word_how_to_change_it(lite: Bot) -> None:
    project = add(
        lite,
        slug="long",
        name="Long",
        summary="s" * 4000,
        goal="g" * 4000,
        links=[f"https://e.org/{number}" for number in range(120)],
        outcomes=("o" * 4000,),
    )
    type_form(lite, "edit long")
    said = str(lite.view().body["blocks"])
    for words in ("The summary is longer", "`/project goal long TEXT`", "`/project link add long ADDRESS`"):
        assert words in said
    lite.fill(name="Longer")
    type_form(lite, "outcome edit long 1")
    assert "`/project outcome edit long 1 TEXT` writes another" in str(lite.view().body["blocks"])
    lite.fill(note="said")

    now = project_now(lite, project)
    assert (now.name, now.summary, now.goal) == ("Longer", "s" * 4000, "g" * 4000)
    assert len(parts_of(lite, project).links) == 120
    (outcome,) = outcomes_of(lite, project)
    assert (outcome.text, outcome.newest and outcome.newest.note) == ("o" * 4000, "said")


def test_a_form_needs_a_trigger_and_without_one_a_button_opens_it(bot: Bot) -> None:
    project = add_jmte(bot)
    for line in OPENS:
        bot.say(f"@waymark {line}")
        asked = bot.seen()[-1]
        assert asked.text == "📝 Slack opens a form only from a button:", line
        bot.press(asked, "Open the form")
        assert bot.has_view()
        bot.people.close_view(WANJIRU, bot.view().id, clear=True)

    bot.press(asked, "Open the form", person=SOFIA)
    assert bot.has_view(SOFIA), "whoever presses it"
    assert not bot.has_view()
    assert changes_of(bot, project) == ()


def test_a_form_that_slack_cannot_open_in_time_is_answered_in_words(lite: Bot) -> None:
    add_jmte(lite)
    sent = command_body(
        "edit jmte", team_id=WORKSPACE, user_id=WANJIRU, channel_id=JMTE, trigger_id="1.2.gone"
    )

    assert NO_FORM.fullmatch(lite.send(sent).json["text"])


def test_a_form_from_another_version_or_of_what_is_gone_says_so_and_keeps_what_was_typed(lite: Bot) -> None:
    project = add_jmte(lite)
    for memo in ("", "nonsense", '{"v":2}', '{"project_id":1,"new":true}'):
        type_form(lite, "edit jmte")
        form = lite.view()
        form.body["private_metadata"] = memo
        lite.fill(goal="typed already")
        assert "That form is from before an upgrade" in str(lite.view().body["blocks"])
        lite.people.close_view(WANJIRU, lite.view().id)
        assert lite.view().values["goal"]["goal"]["value"] == "typed already"
    lite.view().body["callback_id"] = "sing"
    lite.fill()
    assert "That form is from before an upgrade" in str(lite.view().body["blocks"])

    type_form(lite, "edit jmte")
    remove_project(lite, project)
    lite.fill(goal="typed")
    assert "That project is no longer there" in str(lite.view().body["blocks"])


def test_an_outcome_or_a_project_that_was_put_away_meanwhile_is_said_and_nothing_is_written(
    lite: Bot,
) -> None:
    project = add_jmte(lite)
    type_form(lite, "update jmte 2")
    lite.command("outcome drop jmte 2")
    lite.fill(status="done")
    assert "That outcome is off the record by now" in str(lite.view().body["blocks"])

    type_form(lite, "edit jmte")
    lite.command("archive jmte")
    lite.fill(goal="typed")
    assert "is archived, so nothing was changed" in str(lite.view().body["blocks"])
    assert project_now(lite, project).goal == GOAL
    assert "is archived" in lite.command("edit jmte")["text"]


def test_the_answer_takes_the_place_of_the_card_that_the_form_was_opened_from(bot: Bot) -> None:
    add_jmte(bot)
    card = bot.type_command("show jmte")

    bot.press(card, "Edit")
    bot.fill(goal="Another")

    (answer,) = bot.seen()
    assert "Another" in answer.text
    assert "Key outcomes" in answer.text
    assert {"Undo", "Edit", "All still true"} <= set(buttons({"blocks": answer.blocks}))


def test_an_answer_for_which_the_address_is_used_up_comes_to_the_channel(lite: Bot) -> None:
    add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.slack.workspace.clock.move(timedelta(minutes=31))

    lite.fill(goal="Another")

    answer = lite.last_message()
    assert (answer.ephemeral_to, "Another" in answer.text) == (WANJIRU, True)


def test_a_long_record_fits_in_what_a_form_can_carry(lite: Bot) -> None:
    project = add(
        lite,
        slug="long",
        name="Long",
        aliases=[f"alias-{number}" for number in range(80)],
        links=[f"https://e.org/{number}" for number in range(80)],
        outcomes=("One",),
    )
    with lite.database.write() as tx:
        for number in range(80):
            add_member(tx, WORKSPACE, project.id, user_id=f"U0PERSON{number:03}")
    card = lite.type_command("show long")
    lite.press(card, "Edit")
    assert len(lite.view().body["private_metadata"]) < 2500
    assert len(lite.held("members")) == 80
    lite.press_in_view("Change", aliases="alias-0")
    assert len(lite.view().body["private_metadata"]) < 2900
    lite.fill(note="said")
    lite.fill()
    assert parts_of(lite, project).aliases == ("alias-0",)
    assert len(parts_of(lite, project).members) == 80


@pytest.mark.in_process("counts the statements of its own process")
def test_however_many_names_go_at_once_what_it_is_found_by_is_made_anew_once(lite: Bot) -> None:
    project = add(lite, slug="long", name="Long", aliases=[f"alias-{number}" for number in range(80)])
    type_form(lite, "edit long")

    with recorded_statements() as statements:
        assert lite.fill(aliases="alias-0", name="Longer", goal="A goal").ok

    assert parts_of(lite, project).aliases == ("alias-0",)
    assert sum(each.startswith("DELETE FROM project_keys") for each in statements) == 1
    assert "Longer" in lite.command("show longer")["text"]
    assert "No project is called" in lite.command("show alias-7")["text"]


def test_a_choice_that_this_version_does_not_know_is_refused_and_changes_nothing(lite: Bot) -> None:
    add_jmte(lite)
    for line, field, value in (("edit jmte", "state", "sung"), ("update jmte 2", "status", "sung")):
        type_form(lite, line)
        block = block_named(lite.view().body, field)
        block["element"]["options"].append({"text": {"type": "plain_text", "text": "?"}, "value": value})
        assert "from before an upgrade" in wrong(lite, **{field: value})[field]
    type_form(lite, "edit jmte")
    element = block_named(lite.view().body, "parent_id")["element"]
    element["initial_option"] = {"text": {"type": "plain_text", "text": "?"}, "value": "9" * 40}
    assert "no longer there" in wrong(lite, parent_id="9" * 40)["parent_id"]

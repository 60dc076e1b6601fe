"""The home tab, as people see it: what waits for them, what they press, and when it is published."""

from datetime import date, timedelta

from bot.local import notices
from bot.local.seed import HARUKI, JMTE, LEILANI, MATEO, PRIYA, SOFIA, WANJIRU
from bot.local.unkind import Rule
from bot.slack.home_values import HomePlace, OutcomeTarget
from storage import outcomes
from storage.records import OutcomeStatus, Project, ProjectState
from tests.scenarios.records import add, add_jmte, add_many
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, say
from tests.support.messages import all_buttons
from tests.support.signing import button_payload

WEEK = timedelta(weeks=1)


def said_at(bot: Bot, person: str = WANJIRU) -> str:
    """All that is written in a person's home tab."""
    return "\n".join(
        part["text"]
        for block in bot.home(person).body["blocks"]
        for part in (block.get("text"), *block.get("elements", ()))
        if part and part["type"] in {"mrkdwn", "plain_text"}
    )


def published(bot: Bot) -> int:
    """How often the bot has published a home tab, which Slack took."""
    bot.settle()
    with bot.slack.workspace.lock:
        return len([call for call in bot.slack.workspace.calls if call.name == "views.publish" and call.ok])


def own(
    bot: Bot, text: str, status: OutcomeStatus | None, ago: timedelta | None, *, person: str = WANJIRU
) -> Project:
    """A project with one outcome that is the person's; somebody said so of it, so long ago."""
    project = add(bot, name=f"Project of {text}", slug=f"of-{text.lower()}", outcomes=(text,))
    with bot.database.write() as tx:
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
        outcomes.change_outcome(tx, WORKSPACE, outcome.id, NOW, owner_id=person)
        if ago is not None:
            say(tx, outcome, status, workspace_id=WORKSPACE, ago=ago, said_by=MATEO)
    return project


def test_what_waits_comes_first_in_the_order_in_which_it_matters(bot: Bot) -> None:
    own(bot, "Fine", OutcomeStatus.ON_TRACK, WEEK)
    own(bot, "Risky", OutcomeStatus.AT_RISK, WEEK)
    own(bot, "Wrong", OutcomeStatus.OFF_TRACK, WEEK)
    late = own(bot, "Late", OutcomeStatus.ON_TRACK, WEEK)
    own(bot, "Due", OutcomeStatus.ON_TRACK, 2 * WEEK)
    own(bot, "Unseen", None, None)
    own(bot, "Stale", OutcomeStatus.ON_TRACK, 5 * WEEK)
    own(bot, "Reached", OutcomeStatus.DONE, 9 * WEEK)
    with bot.database.write() as tx:
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, late.id)
        outcomes.change_outcome(tx, WORKSPACE, outcome.id, NOW, due_on=date(2026, 5, 1))

    bot.open_home()
    text = said_at(bot)

    first, others = text.split("Your other outcomes")
    named = ("*Stale*", "*Unseen*", "*Due*", "*Late*", "*Wrong*", "*Risky*")
    places = [first.index(each) for each in named]
    assert places == sorted(places)
    assert text.startswith("What waits for you")
    assert "*Fine*\nProject of Fine, outcome 1 · 🟢 On track · fresh, <!date^" in others
    assert "*was due 1 May 2026*" in first
    assert "never checked" in first
    assert "*Reached*" not in text


def test_an_outcome_of_nobody_waits_for_the_owner_of_its_project(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.open_home(SOFIA)
    bot.open_home(MATEO)

    waiting, _, _ = said_at(bot, SOFIA).partition("Your projects")
    assert "*Sessions start within two minutes*\nJupyter Meets the Earth, outcome 2 · 🌫️ _At risk_" in waiting
    assert "“Down to three minutes”" in waiting
    assert "Three hubs run for a year" not in waiting, "that one is Mateo's"
    assert "*Three hubs run for a year*" in said_at(bot, MATEO)
    assert project.name in said_at(bot, MATEO)


def test_what_rests_does_not_wait(bot: Bot) -> None:
    own(bot, "Asleep", OutcomeStatus.ON_TRACK, 9 * WEEK)
    own(bot, "Over", OutcomeStatus.ON_TRACK, 9 * WEEK)
    bot.command("pause of-asleep")
    bot.command("archive of-over")

    bot.open_home()

    text = said_at(bot)
    assert "🌿 Nothing waits for you" in text
    assert "*Asleep*\nProject of Asleep, outcome 1 · paused · 🌫️ _On track_ · stale" in text
    assert "*Over*" not in text


def test_a_new_person_reads_what_it_is_and_three_things_to_try(bot: Bot) -> None:
    bot.open_home(HARUKI)
    empty = said_at(bot, HARUKI)
    add_jmte(bot)
    bot.open_home(LEILANI)

    assert empty.startswith("Welcome to Waymark\nWaymark keeps your team's project records true")
    assert "1. `/project create NAME`" in empty
    assert "No projects yet." in empty
    assert "Your time zone is *Asia/Tokyo*" in empty
    assert "1. `/project show jmte-pangeo`" in said_at(bot, LEILANI)


def test_a_guest_is_not_told_to_make_a_project(bot: Bot) -> None:
    """It would be refused."""
    add_jmte(bot)
    bot.open_home(PRIYA)
    bot.open_home(LEILANI)

    assert "2. `/project create NAME` begins a project of your own" in said_at(bot, PRIYA)
    assert "2. `/project search WORDS` finds projects" in said_at(bot, LEILANI)
    assert "create" not in said_at(bot, LEILANI)


def test_still_true_makes_it_fresh_says_so_and_can_be_taken_back(bot: Bot) -> None:
    own(bot, "Stale", OutcomeStatus.AT_RISK, 5 * WEEK)
    bot.open_home()

    bot.press_at_home("Still true")
    vouched = said_at(bot)
    bot.press_at_home("Undo")
    undone = said_at(bot)
    bot.press_at_home("Redo")

    assert vouched.startswith("👍 Still true: “Stale”\n")
    assert "🟡 At risk · fresh" in vouched
    assert undone.startswith("↩️ Taken back.\n")
    assert "🌫️ _At risk_ · *stale*" in undone
    assert "🟡 At risk · fresh" in said_at(bot)
    assert f"<@{WANJIRU}>" in bot.command("history of-stale")["text"]
    bot.open_home()
    assert said_at(bot).startswith("What waits for you"), "what was said has had its time"


def test_update_opens_the_outcome(bot: Bot) -> None:
    own(bot, "Stale", OutcomeStatus.AT_RISK, 5 * WEEK)
    bot.open_home()

    bot.press_at_home("Update", of="Stale")

    with bot.slack.workspace.lock:
        (view_id,) = bot.slack.workspace.modals[WANJIRU]
        shown = str(bot.slack.workspace.views[view_id].body["blocks"])
    assert "Stale" in shown


def test_a_project_opens_in_a_modal_in_which_pages_are_turned(bot: Bot) -> None:
    add(bot, slug="long", name="Long", goal="long " * 8000)
    bot.open_home()

    bot.press_at_home("Show")
    with bot.slack.workspace.lock:
        (view_id,) = bot.slack.workspace.modals[WANJIRU]
        labels = {each["text"]["text"] for each in all_buttons(bot.slack.workspace.views[view_id].body)}
    bot.people.press_in_view(WANJIRU, view_id, "open:next")
    bot.settle()

    assert "Next page" in labels
    assert "Share in channel" not in labels, "there is no channel here"
    with bot.slack.workspace.lock:
        assert bot.slack.workspace.modals[WANJIRU] == [view_id]
        assert "Page 2 of" in str(bot.slack.workspace.views[view_id].body)


def test_each_part_is_paged_and_stays_where_it_is_while_another_is_turned(bot: Bot) -> None:
    add_many(bot, 23, owner_id=WANJIRU, outcomes=("Reach",))
    bot.open_home()

    bot.press_at_home("Next page", of="what waits")
    bot.press_at_home("Next page", of="the projects")
    bot.press_at_home("Next page", of="the projects")

    text = said_at(bot)
    assert "Page 2 of 4" in text, "what waits: 23, six a page"
    assert "Page 1 of 3\nProjects going on" in text, "one's own projects: eight a page"
    assert text.index("Page 3 of 3") > text.index("Projects going on")
    bot.open_home()
    assert "Page 3 of 3" not in said_at(bot), "opened anew, it begins at its beginning"


def test_a_page_that_is_no_longer_there_shows_the_last_one(bot: Bot) -> None:
    add_many(bot, 11)
    bot.open_home()
    far = HomePlace(waiting=9, outcomes=9, mine=9, workspace=999).encode()
    view = bot.home()

    payload = button_payload("home_page:workspace-next", far, workspace_id=WORKSPACE)
    payload |= {"view": {"id": view.id, "type": "home", "hash": view.hash, "state": {"values": {}}}}
    payload["user"]["id"] = WANJIRU
    bot.click(payload)

    assert "Page 2 of 2" in said_at(bot)


def test_the_largest_home_fits(bot: Bot) -> None:
    worst = "<&>" * 1000
    for number in range(9):
        add(
            bot,
            slug=f"p-{number}",
            name=f"{number} {worst}"[:140],
            owner_id=WANJIRU,
            outcomes=[f"{each} {worst}"[:3000] for each in range(30)],
        )

    view = bot.open_home()

    assert len(view.body["blocks"]) <= 100
    text = said_at(bot)
    assert "You look after more than 200 open outcomes" in text
    assert "Page 1 of 34" in text


def test_it_is_published_when_something_in_it_changes_and_only_then(bot: Bot) -> None:
    add_jmte(bot)
    add(bot, name="Elsewhere", slug="elsewhere", owner_id=HARUKI, outcomes=("Far away",))
    bot.open_home(SOFIA)
    assert published(bot) == 1

    bot.open_home(SOFIA)
    bot.now.at += timedelta(minutes=50)
    bot.open_home(SOFIA)
    bot.command("update jmte 1 on track", person=SOFIA)
    bot.command("show jmte", person=SOFIA)
    bot.command("link add jmte https://example.org More", person=SOFIA)
    assert published(bot) == 1, "the outcome is on track and fresh, as it was, and links are not shown"

    bot.command("update jmte 2 off track: the grant", person=MATEO)
    assert published(bot) == 2
    assert "“the grant”" in said_at(bot, SOFIA)

    bot.command("update elsewhere 1 off", person=HARUKI)
    assert "🔴 1 off track" in said_at(bot, SOFIA), "it is on the page of all projects"


def test_homes_that_nobody_has_opened_are_left_alone(bot: Bot) -> None:
    add_jmte(bot)

    bot.command("update jmte 2 done", person=SOFIA)
    assert published(bot) == 0

    bot.open_home(SOFIA)
    bot.now.at += timedelta(days=31)
    bot.command("update jmte 2 off", person=MATEO)
    assert published(bot) == 1
    bot.open_home(SOFIA)
    assert "🔴 Off track" in said_at(bot, SOFIA)


def test_a_new_project_or_another_name_or_state_comes_to_everybody(bot: Bot) -> None:
    bot.open_home(HARUKI)

    bot.command("create Reef survey", person=MATEO)
    assert "*Reef survey*" in said_at(bot, HARUKI)

    bot.command("archive reef", person=MATEO)
    assert "*Reef survey*" not in said_at(bot, HARUKI)


def test_who_is_taken_off_a_project_no_longer_sees_it_as_theirs(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(HARUKI)
    assert "Your projects" in said_at(bot, HARUKI)

    bot.command(f"member remove jmte <@{HARUKI}>", person=SOFIA)
    assert "Your projects" not in said_at(bot, HARUKI)
    bot.command(f"member add jmte <@{HARUKI}>", person=SOFIA)
    assert "Your projects" in said_at(bot, HARUKI)


def test_what_slack_refuses_or_never_hears_is_published_when_it_is_next_opened(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    bot.slack.platform.unkindness.add(Rule("views.publish", status=500))
    bot.command("update jmte 2 off", person=MATEO)
    assert "🔴 Off track" not in said_at(bot, SOFIA)

    bot.open_home(SOFIA)
    assert "🔴 Off track" in said_at(bot, SOFIA)

    # Slack has it, but the answer that says so was lost.
    bot.slack.platform.unkindness.add(Rule("views.publish", drop="after"))
    bot.command("update jmte 2 done", person=MATEO)
    bot.command("update jmte 2 at risk", person=MATEO)
    assert "🟡 At risk" in said_at(bot, SOFIA)


def test_a_busy_slack_is_asked_again(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    bot.slack.platform.unkindness.add(Rule("views.publish", status=429, retry_after=1))

    bot.command("update jmte 2 off", person=MATEO)

    assert "🔴 Off track" in said_at(bot, SOFIA)


def test_an_answer_does_not_wait_for_other_peoples_homes(bot: Bot) -> None:
    add_jmte(bot)
    for person in (SOFIA, MATEO, WANJIRU):
        bot.open_home(person)
    before = published(bot)
    bot.slack.platform.unkindness.add(Rule("views.publish", delay=1.0, times=1))

    bot.command("update jmte 2 off", person=HARUKI, channel=JMTE)

    assert bot.calls_in().count("views.publish") == before, "it is answered, and no home is published yet"
    assert published(bot) == before + 3


def test_opened_twice_by_one_event_counts_once(bot: Bot) -> None:
    bot.slack.platform.unkindness.add(Rule(event="app_home_opened"))

    bot.open_home()

    assert published(bot) == 1


def test_the_messages_tab_is_not_the_home_tab(bot: Bot) -> None:
    bot.people.open_home(WANJIRU, "messages")

    assert published(bot) == 0


def test_buttons_of_what_has_gone_are_answered_kindly(bot: Bot) -> None:
    project = own(bot, "Stale", OutcomeStatus.AT_RISK, 5 * WEEK)
    view = bot.open_home()
    with bot.database.write() as tx:
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
        outcomes.change_outcome(tx, WORKSPACE, outcome.id, NOW, removed_at=NOW)
    values = (
        OutcomeTarget(project_id=project.id, outcome_id=outcome.id).encode(),
        OutcomeTarget(project_id=99, outcome_id=outcome.id).encode(),
        "nonsense",
    )

    for value in values:
        payload = button_payload("vouch:1", value, workspace_id=WORKSPACE)
        payload |= {"view": {"id": view.id, "type": "home", "hash": view.hash, "state": {"values": {}}}}
        payload["user"]["id"] = WANJIRU
        assert bot.click(payload).status == 200

    assert said_at(bot).startswith("🍂 That outcome is no longer on the record.")
    assert ProjectState.ACTIVE.value not in said_at(bot)


def test_the_time_zone_is_the_one_that_the_person_is_known_by_and_follows_it(bot: Bot) -> None:
    bot.open_home()
    assert "Your time zone is *Africa/Nairobi*" in said_at(bot)

    with bot.slack.workspace.changing():
        user = bot.slack.workspace.users[WANJIRU]
        user.tz = "Asia/Kathmandu"
        notices.user_changed(bot.slack.platform, user)
    bot.settle()
    assert "Your time zone is *Asia/Kathmandu*" in said_at(bot)

    with bot.slack.workspace.changing():
        user.tz = "UTC"
        notices.user_changed(bot.slack.platform, user)
    bot.settle()
    assert "Your dates are read in UTC" in said_at(bot)
    assert "users.info" not in bot.calls_in()


def test_settings_open_from_the_home(lite: Bot) -> None:
    lite.open_home(SOFIA)
    lite.command("away until 2026-05-20", person=SOFIA)
    lite.press_at_home("When I am away", person=SOFIA)
    away = str(lite.view(SOFIA).body)
    lite.people.close_view(SOFIA, lite.view(SOFIA).id)
    lite.press_at_home("Days off and more", person=SOFIA)

    assert "20 May" in away
    assert "time zone" in str(lite.view(SOFIA).body).lower()

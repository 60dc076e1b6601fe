"""Somebody of another organization, in a channel that it shares: reads, replies, and changes nothing else."""

from collections.abc import Callable
from typing import get_args

import pytest

from bot.local.model import User
from bot.local.seed import GENERAL, IMANI, JMTE, JONAS, NEIGHBOURS, TIDE_GAUGES, WANJIRU
from bot.slack import ids
from bot.slack.interactions.buttons import BUTTONS
from bot.slack.interactions.external import READABLE
from bot.slack.interactions.menus import MENUS
from bot.slack.interactions.shortcuts import SHORTCUTS
from bot.slack.interactions.submitting import SUBMISSIONS
from bot.slack.memos import Memo
from bot.slack.queries import Query, QueryName
from bot.slack.registry import COMMANDS
from storage import members
from storage.people import find_person, name_admin
from storage.records import Project
from tests.scenarios.forged import click, said_after, submit
from tests.scenarios.records import add
from tests.scenarios.test_writing import outcomes_of, project_now
from tests.support.bot import WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import NOW, make_channel
from tests.support.messages import buttons
from tests.support.signing import button_payload

NOT_THEIRS = "You are here from another organization"
OUTCOMES = ("The second gauge stands", "Readings come every minute")


@pytest.fixture
def gauges(bot: Bot) -> Project:
    return add_projects(bot)


def add_projects(bot: Bot) -> Project:
    """One of the shared channel; one of another, which is a part of it; and one of no channel."""
    with bot.database.write() as tx:
        for channel in (TIDE_GAUGES, JMTE):
            make_channel(tx, channel, WORKSPACE)
    project = add(
        bot, slug="zq-gauges", name="Aardvark", channel_id=TIDE_GAUGES, owner_id=JONAS, outcomes=OUTCOMES
    )
    add(bot, slug="zq-other", name="Bandicoot", channel_id=JMTE, owner_id=JONAS, parent_id=project.id)
    add(bot, slug="zq-none", name="Capybara", owner_id=JONAS)
    return project


def ask(bot: Bot, line: str, channel: str = TIDE_GAUGES, person: str = IMANI) -> str:
    """What is answered to a mention, wherever the person sees it."""
    before = len(bot.seen(channel, person))
    bot.say(f"@waymark {line}", person=person, channel=channel)
    return "\n".join(each.text for each in bot.seen(channel, person)[before:])


def test_slack_tells_who_is_external_and_that_is_written_down(bot: Bot, gauges: Project) -> None:
    with bot.database.read() as tx:
        imani, jonas = (find_person(tx, WORKSPACE, each) for each in (IMANI, JONAS))

    assert imani is not None
    assert jonas is not None
    assert (imani.is_external, imani.is_guest) == (True, True)
    assert not jonas.is_external
    assert gauges.channel_id == TIDE_GAUGES


@pytest.mark.usefixtures("gauges")
def test_they_read_the_projects_of_the_channel_that_is_shared_and_no_others(bot: Bot) -> None:
    shown = ask(bot, "show zq-gauges")
    listed = ask(bot, "list all")

    assert "Aardvark" in shown
    assert "The second gauge stands" in shown
    assert "Bandicoot" not in shown
    assert "Aardvark" in listed
    assert "Bandicoot" not in listed
    assert "Capybara" not in listed
    for hidden in ("zq-other", "zq-none"):
        assert "No project is called" in ask(bot, f"show {hidden}")


@pytest.mark.usefixtures("gauges")
def test_in_each_shared_channel_they_see_its_own_projects_and_directly_those_of_all(bot: Bot) -> None:
    with bot.slack.workspace.lock:
        bot.slack.workspace.channels[JMTE].connected_team_ids = [NEIGHBOURS.id]
    assert bot.people.invite(WANJIRU, JMTE, IMANI).ok
    bot.settle()

    here, there = ask(bot, "list all"), ask(bot, "list all", JMTE)
    bot.say("list all", person=IMANI, channel=bot.direct(IMANI))
    direct = bot.last_message(bot.direct(IMANI), IMANI).text

    assert ("Aardvark" in here, "Bandicoot" in here) == (True, False)
    assert ("Aardvark" in there, "Bandicoot" in there) == (False, True)
    assert ("Aardvark" in direct, "Bandicoot" in direct, "Capybara" in direct) == (True, True, False)


LINES = {
    "update": "update zq-gauges 1 done",
    "outcome": "outcome add zq-gauges Another",
    "assign": "assign zq-gauges 1 me",
    "due": "due zq-gauges 1 2027-01-01",
    "metric": "metric zq-gauges 1 none",
    "status": "status zq-gauges on track",
    "freshness": "freshness zq-gauges due 9",
    "create": "create Ours",
    "edit": "edit zq-gauges",
    "owner": "owner zq-gauges me",
    "member": f"member add zq-gauges <@{IMANI}>",
    "channel": f"channel zq-gauges <#{GENERAL}>",
    "link": "link zq-gauges https://example.org",
    "alias": "alias zq-gauges tides",
    "parent": "parent zq-gauges none",
    "pause": "pause zq-gauges",
    "resume": "resume zq-gauges",
    "complete": "complete zq-gauges",
    "archive": "archive zq-gauges",
    "restore": "restore zq-gauges",
    "undo": "undo",
    "goal": "goal zq-gauges Ours now",
    "chart": "chart zq-gauges",
    "schedule": "schedule zq-gauges weekly mon 09:30",
    "skip": "skip zq-gauges",
    "checkin": "checkin zq-gauges",
    "preview": "preview zq-gauges",
    "remind": "remind zq-gauges",
    "away": "away until 2027-01-01",
    "digest": "digest fri 15:00",
    "brief": "brief",
    "mine": "mine mon 09:00",
    "settings": "settings",
    "access": "access zq-gauges members",
    "admin": f"admin add <@{IMANI}>",
    "doctor": "doctor",
    "export": "export csv",
    "page": "page",
    "publish": "publish",
}
"""By command, what is for members of the workspace alone."""


def test_every_command_is_readable_or_refused() -> None:
    assert set(COMMANDS) == READABLE | set(LINES)


WHO = {
    "in the channel": IMANI,
    "on the team": "U0TEAMMATE1",
    "named an admin, before it was known whose they are": "U0ADMIRAL01",
}


def add_external_people(bot: Bot, project: Project) -> None:
    """What somebody of another organization may be to a project, and to the workspace."""
    with bot.slack.workspace.lock:
        for person in set(WHO.values()) - {IMANI}:
            bot.slack.workspace.users[person] = User(
                person,
                person.lower(),
                person.title(),
                team_id=NEIGHBOURS.id,
                team_name=NEIGHBOURS.name,
            )
            bot.slack.workspace.channels[TIDE_GAUGES].members.append(person)
    with bot.database.write() as tx:
        members.add_member(tx, WORKSPACE, project.id, user_id=WHO["on the team"])
        name_admin(tx, WORKSPACE, WHO["named an admin, before it was known whose they are"], WANJIRU, NOW)
    for person in WHO.values():
        # The bot has met them.
        bot.say("hello", person=person, channel=bot.direct(person))


@pytest.fixture(scope="module")
def world(table_bot: Bot) -> tuple[Bot, Project]:
    """One for the whole table: nothing in it is changed."""
    project = add_projects(table_bot)
    add_external_people(table_bot, project)
    return table_bot, project


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("command", LINES)
def test_a_command_that_is_not_theirs_answers_a_sentence_and_changes_nothing(
    world: tuple[Bot, Project], command: str, who: str
) -> None:
    require_refused_line(world[0], WHO[who], LINES[command])


def require_refused_line(bot: Bot, person: str, line: str) -> None:
    """However it comes."""
    before = records(bot)

    said = bot.command(line, person=person, channel=TIDE_GAUGES)["text"]
    mentioned = ask(bot, line, person=person)
    bot.say(line, person=person, channel=bot.direct(person))
    directly = bot.last_message(bot.direct(person), person).text

    assert said.startswith(f"🔒 {NOT_THEIRS}")
    assert mentioned == said
    assert directly == said
    assert records(bot) == before


def records(bot: Bot) -> dict[str, object]:
    """All that is written down, but for which events came."""
    return {name: rows for name, rows in dump(bot.database).items() if name not in {"seen_events", "homes"}}


Way = Callable[[Bot, str, Project], str]


def _pressed(name: str) -> Way:
    return lambda bot, person, _project: click(bot, person, f"{name}:1", "{}")


def _asked(name: str) -> Way:
    def way(bot: Bot, person: str, project: Project) -> str:
        query = Query.model_validate({"name": name, "project_id": project.id})
        return click(bot, person, "open:1", query.encode())

    return way


def _submitted(form: str) -> Way:
    return lambda bot, person, _project: submit(bot, person, form, Memo())


def _shortcut(callback_id: str) -> Way:
    def way(bot: Bot, person: str, _project: Project) -> str:
        payload = {
            "type": "message_action" if callback_id == "save_update" else "shortcut",
            "callback_id": callback_id,
            "trigger_id": bot.slack.platform.triggers.issue(person),
            "team": {"id": WORKSPACE},
            "user": {"id": person, "team_id": NEIGHBOURS.id},
            "channel": {"id": TIDE_GAUGES},
            "message": {"ts": "1.2", "text": "Done", "user": JONAS},
            "response_url": "http://127.0.0.1:9/hooks/actions",
        }
        return said_after(bot, payload)

    return way


OPEN_BUTTONS = {ids.OPEN, ids.LINK, ids.MEANT, ids.HOME_PAGE}
CLOSED: dict[str, Way] = {
    **{f"button {name}": _pressed(name) for name in BUTTONS if name not in OPEN_BUTTONS},
    **{f"question {name}": _asked(name) for name in get_args(QueryName) if name not in READABLE},
    **{f"form {name}": _submitted(name) for name in SUBMISSIONS},
    **{f"shortcut {name}": _shortcut(name) for name in SHORTCUTS},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("way", CLOSED)
def test_a_button_form_or_shortcut_that_is_not_theirs_answers_a_sentence_and_changes_nothing(
    world: tuple[Bot, Project], way: str, who: str
) -> None:
    require_refused(*world, WHO[who], way)


def require_refused(bot: Bot, project: Project, person: str, way: str) -> None:
    before = records(bot)

    said = CLOSED[way](bot, person, project)

    assert NOT_THEIRS in said, way
    assert records(bot) == before, way


def test_all_of_it_holds_on_both_databases(bot: Bot, gauges: Project) -> None:
    add_external_people(bot, gauges)
    for line in LINES.values():
        require_refused_line(bot, WHO["on the team"], line)
    for way in CLOSED:
        require_refused(bot, gauges, WHO["on the team"], way)


@pytest.mark.parametrize("callback_id", SHORTCUTS)
def test_slack_shares_no_shortcut(world: tuple[Bot, Project], callback_id: str) -> None:
    assert not world[0].people.run_shortcut(IMANI, callback_id).ok


@pytest.mark.parametrize("name", MENUS)
def test_a_menu_offers_them_nothing(world: tuple[Bot, Project], name: str) -> None:
    payload = {
        "type": "block_suggestion",
        "team": {"id": WORKSPACE},
        "user": {"id": IMANI, "team_id": NEIGHBOURS.id},
        "action_id": name,
        "value": "zq",
    }

    assert world[0].click(payload).json == {"options": []}


def test_what_only_they_read_has_no_button_that_they_may_not_press(bot: Bot, gauges: Project) -> None:
    url = bot.slack.workspace.url
    query = Query(name="show", project_id=gauges.id)
    public = bot.say("look", person=JONAS, channel=TIDE_GAUGES)
    response_url = bot.slack.platform.response_urls.issue(IMANI, TIDE_GAUGES, public)
    payload = button_payload(
        "open:1",
        query.encode(),
        workspace_id=WORKSPACE,
        person_id=IMANI,
        response_url=f"{url}hooks/actions/{WORKSPACE}/R1/{response_url}",
        is_ephemeral=False,
    )
    payload["channel"]["id"] = TIDE_GAUGES
    assert bot.click(payload).status == 200

    shown = bot.last_message(TIDE_GAUGES, IMANI)

    assert "Aardvark" in shown.text
    assert shown.ephemeral_to == IMANI
    assert {"Share in channel", "Edit", "Update"}.isdisjoint(buttons({"blocks": shown.blocks}))
    assert '"outcome:' not in str(shown.blocks)


@pytest.mark.usefixtures("gauges")
def test_their_home_has_the_shared_channels_projects_and_says_how_it_is(bot: Bot) -> None:
    home = str(bot.open_home(IMANI).body)

    assert "You are here from another organization" in home
    assert "Aardvark" in home
    assert "Bandicoot" not in home
    assert "Capybara" not in home
    assert "Settings" not in home
    assert "Add a project" not in home


@pytest.mark.usefixtures("gauges")
def test_slack_sends_none_of_their_commands_and_the_bot_hears_the_rest_as_from_its_workspace(
    bot: Bot,
) -> None:
    refused = bot.people.run_command(IMANI, TIDE_GAUGES, "/project list")
    ask(bot, "list")

    assert refused.sentence is not None
    assert "/project is not a valid command" in refused.sentence
    sent = [call.detail["event"] for call in bot.slack.workspace.calls if call.name.startswith("event")]
    theirs = [each for each in sent if each["event"].get("user") == IMANI]
    assert {each["team_id"] for each in theirs} == {NEIGHBOURS.id, WORKSPACE}
    assert all(each["is_ext_shared_channel"] for each in theirs)
    with bot.database.read() as tx:
        assert find_person(tx, NEIGHBOURS.id, IMANI) is None


def test_an_owner_and_an_admin_are_of_the_workspace_and_an_outcome_may_be_anybodys(
    bot: Bot, gauges: Project
) -> None:
    owner = bot.command(f"owner zq-gauges <@{IMANI}>", person=JONAS)["text"]
    admin = bot.command(f"admin add <@{IMANI}>", person=WANJIRU)["text"]
    assigned = bot.command(f"assign zq-gauges 1 <@{IMANI}>", person=JONAS)["text"]
    member = bot.command(f"member add zq-gauges <@{IMANI}>", person=JONAS)["text"]

    assert f"<@{IMANI}> is of another organization" in owner
    assert f"<@{IMANI}> is of another organization" in admin
    assert project_now(bot, gauges).owner_id == JONAS
    assert f"<@{IMANI}>" in assigned
    assert outcomes_of(bot, gauges)[0].owner_id == IMANI
    assert f"<@{IMANI}>" in member


def test_whoever_is_met_in_the_channel_is_known_to_be_in_it_though_slack_lists_no_channels_of_theirs(
    lite: Bot,
) -> None:
    add_projects(lite)
    with lite.slack.workspace.lock:
        newcomer = User(
            "U0NEWCOMER1", "newcomer", "New Comer", team_id=NEIGHBOURS.id, team_name=NEIGHBOURS.name
        )
        lite.slack.workspace.users[newcomer.id] = newcomer
        lite.slack.workspace.channels[TIDE_GAUGES].members.append(newcomer.id)

    said = ask(lite, "list", person=newcomer.id)

    assert "Aardvark" in said
    assert "Bandicoot" not in said


@pytest.mark.parametrize("is_colleague", [True, False])
def test_a_colleague_of_another_workspace_of_the_organization_is_a_guest_and_a_neighbour_is_external(
    lite: Bot, *, is_colleague: bool
) -> None:
    project = add_projects(lite)
    somebody = User(
        "W0SOMEBODY1",
        "somebody",
        "Some Body",
        team_id="T0ELSEWHERE",
        team_name="Elsewhere",
        organization_id="E0TIDEWATER" if is_colleague else "E0ALDERSEA1",
    )
    with lite.slack.workspace.lock:
        lite.slack.workspace.organization_id = "E0TIDEWATER"
        lite.slack.workspace.users[somebody.id] = somebody
        lite.slack.workspace.channels[TIDE_GAUGES].members.append(somebody.id)
    with lite.database.write() as tx:
        members.add_member(tx, WORKSPACE, project.id, user_id=somebody.id)

    ask(lite, "update zq-gauges 1 done", person=somebody.id)

    with lite.database.read() as tx:
        person = find_person(tx, WORKSPACE, somebody.id)
    assert person is not None
    assert (person.is_guest, person.is_external) == (True, not is_colleague)
    newest = outcomes_of(lite, project)[0].newest
    assert (newest is not None and newest.said_by == somebody.id) is is_colleague

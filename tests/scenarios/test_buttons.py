"""What happens when somebody presses a button."""

from bot.local.model import Message
from bot.local.seed import WANJIRU
from bot.services.reading import ListedProject, ProjectList
from bot.slack.queries import Query
from bot.slack.views.lists import list_sheet
from bot.slack.views.sheet import draw
from storage.project_lists import COUNT_LIMIT
from tests.scenarios.records import add, add_jmte, add_many, remove_project
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW
from tests.support.messages import buttons
from tests.support.signing import button_payload


def test_pages_are_turned_in_place_to_the_end_and_back(bot: Bot) -> None:
    add_many(bot, 25)
    message = bot.type_command("list")

    turns = []
    for label in ("Next page", "Next page", "Previous page", "Previous page"):
        bot.press(bot.last_message(), label)
        turns.append(bot.last_message().text.splitlines()[-1])

    assert turns == ["Page 2 of 3", "Page 3 of 3", "Page 2 of 3", "Page 1 of 3"]
    assert len(bot.seen()) == 1
    assert bot.last_message().text == message.text


def test_the_first_page_has_no_previous_and_the_last_no_next(bot: Bot) -> None:
    add_many(bot, 12)

    first = bot.command("search reef")
    second = bot.type_command("search reef")
    bot.press(second, "Next page")

    assert "Previous page" not in buttons(first)
    assert set(buttons({"blocks": bot.last_message().blocks})) == {
        "Show",
        "Previous page",
        "Share in channel",
    }


def test_a_page_that_is_no_longer_there_shows_the_last_one(bot: Bot) -> None:
    projects = add_many(bot, 21)
    listed, found = bot.type_command("list"), bot.type_command("search reef")
    for message in (listed, found):
        bot.press(message, "Next page")
    listed, found = bot.seen()
    for project in projects[5:]:
        remove_project(bot, project)

    bot.press(listed, "Next page")
    bot.press(found, "Next page")

    for message in bot.seen():
        assert "5 projects\n*Reef survey 001*" in message.text
        assert "Page" not in message.text


def test_a_project_that_has_gone_is_said_kindly(bot: Bot) -> None:
    project = add_jmte(bot)
    listed = bot.type_command("list")
    remove_project(bot, project)

    bot.press(listed, "Show")

    assert "That project is no longer there. `/project list`" in bot.last_message().text
    assert bot.seen()[0].text == listed.text, "the list is not lost"


def test_a_button_of_another_version_is_answered_kindly(bot: Bot) -> None:
    question = bot.type_command("help")
    values = (
        "",
        "nonsense",
        "{}",
        "[]",
        "null",
        '{"v":2,"name":"show","project_id":1}',
        '{"name":"sing"}',
        '{"name":"list","words":"tomorrow"}',
        '{"name":"show","project_id":99999999999999999999999}',
        '{"name":"show","project_id":-1}',
        '{"name":"show","project_id":"1; DROP TABLE projects"}',
        '{"name":"show","project_id":1,"new_field":1}',
        '{"name":"list","page":99999999999999999}',
        '{"name":"list","person_id":"<!channel>"}',
        '{"name":"search","words":"' + "x" * 600 + '"}',
        "{" * 2000,
    )

    for value in values:
        address = address_for(bot, question)
        response = bot.click(button_payload("open:x", value, workspace_id=WORKSPACE, response_url=address))
        assert (response.status, response.body) == (200, b""), value

    assert {message.text for message in bot.seen()[1:]} == {
        "🍂 That button is from an older message and no longer works. `/project` starts afresh."
    }
    assert len(bot.seen()) == len(values) + 1


def test_a_button_that_no_version_knows_is_answered_kindly(bot: Bot) -> None:
    question = bot.type_command("help")
    address = address_for(bot, question)

    bot.click(button_payload("launch:all", "{}", workspace_id=WORKSPACE, response_url=address))

    assert "no longer works" in bot.last_message().text


def test_the_list_beyond_all_lists_is_still_answered(bot: Bot) -> None:
    add_many(bot, 3)
    question = bot.type_command("list")
    address = address_for(bot, question)
    value = Query(name="list", page=1_000_000).encode()

    bot.click(button_payload("open:next", value, workspace_id=WORKSPACE, response_url=address))

    assert "3 projects" in bot.last_message().text


def test_an_address_for_answers_that_is_used_up_or_dead_breaks_nothing(bot: Bot) -> None:
    add_jmte(bot)
    question = bot.type_command("goal jmte")
    value = Query(name="goal", project_id=1).encode()
    addresses = (
        f"{bot.slack.url}/hooks/actions/{WORKSPACE}/R1/never-issued",
        "http://127.0.0.1:9/refused",
        "http://[::1:bad/",
        "http://127.0.0.1:port/",
    )

    for address in addresses:
        response = bot.click(button_payload("share", value, workspace_id=WORKSPACE, response_url=address))
        assert response.status == 200, address

    payload = button_payload("share", value, workspace_id=WORKSPACE)
    del payload["response_url"]
    assert bot.click(payload).status == 200
    assert bot.seen() == [question]


def address_for(bot: Bot, question: Message) -> str:
    """An address at which one click on the question can be answered."""
    secret = bot.slack.platform.response_urls.issue(WANJIRU, question.channel_id, question.ts)
    return f"{bot.slack.url}/hooks/actions/{WORKSPACE}/R1/{secret}"


def test_a_list_of_more_than_it_counts_says_so_and_ends_with_where_to_go_on(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef")
    row = ListedProject(project, ())

    def page(number: int) -> str:
        found = ProjectList((row,), number, COUNT_LIMIT + 1)
        return draw(list_sheet(found, "", NOW), Query(name="list", page=number)).text

    assert "More than 1,000 projects, by name" in page(0)
    assert page(0).endswith("Page 1 of more than 100")
    assert "`/project search WORDS` finds the others.\nPage 100 of more than 100" in page(99)

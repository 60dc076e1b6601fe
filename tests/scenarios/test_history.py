"""The history reads as what happened: who, when, through what, from what to what."""

from datetime import timedelta

from bot.local.seed import SOFIA
from bot.pages import read_page
from bot.services.importing import PageImport
from storage import history, projects
from storage.records import UpdateSource
from tests.scenarios.records import add
from tests.services.team import PAGE
from tests.support.bot import CHANNEL, WORKSPACE, Bot
from tests.support.make import SEES, make_change


def read(bot: Bot, page: str) -> None:
    """An import, a day later."""
    bot.now.at += timedelta(days=1)
    with bot.database.write() as tx:
        PageImport(tx, WORKSPACE, "page.md", read_page(page), bot.now()).run()


def test_what_a_page_changed_stands_in_the_history(bot: Bot) -> None:
    read(bot, PAGE)
    began = bot.command("history docs")["text"]
    read(bot, PAGE)
    again = bot.command("history docs")["text"]
    edited = PAGE.replace("A newcomer finds the answer.", "Everybody finds the answer.")
    edited = edited.replace("- Twenty questions have a page\n", "").replace("- Bo Chen", "- Cy Dee (lead)")

    read(bot, edited)

    text = bot.command("history docs")["text"]
    assert "*Project* added: “Documentation”\n<!date^" in began
    assert "*Sub-project* added: “Style guide”" in began
    assert again == began
    assert "*Project* goal\n“A newcomer finds the answer.”\n→ “Everybody finds the answer.”" in text
    assert "⚪ Dropped “No longer on the page”" in text
    assert "*Member* removed: “Bo Chen”" in text
    assert "*Member* added: “Cy Dee”" in text
    assert text.count("from the page") == 6
    assert "<@" not in text


def test_what_the_page_changed_since_is_not_taken_back(bot: Bot) -> None:
    read(bot, PAGE)
    bot.command("outcome edit docs 1 Twenty questions")
    read(bot, PAGE.replace("Twenty questions have a page", "Twenty questions"))
    bot.command("alias add docs manual")
    bot.command("undo")

    # What the page says now is what the person had said: theirs is still the last word.
    assert "↩️ Taken back." in bot.command("undo")["text"]
    assert "nothing of yours to take back" in bot.command("undo")["text"]


def test_each_entry_says_through_what_it_came(bot: Bot) -> None:
    project = add(bot, slug="reef", name="Reef", channel_id=CHANNEL, outcomes=("One",))
    answer = bot.type_command("update reef 1 done: at last", person=SOFIA)
    bot.press(answer, "Undo", person=SOFIA)

    lines = bot.command("history reef")["text"].splitlines()

    assert lines[2] == "*Outcome 1* ✅ Done “at last” → nothing"
    assert lines[3].startswith(f"↩️ took back · <@{SOFIA}> · <!date^")
    assert lines[3].endswith("> · by button")
    assert lines[4] == "*Outcome 1* nothing → ✅ Done “at last”"
    assert lines[5].endswith("> · by command")
    with bot.database.read() as tx:
        found = history.list_changes(tx, WORKSPACE, SEES, project.id, limit=9)
    assert [change.source for change in found] == [UpdateSource.BUTTON, UpdateSource.COMMAND]


def test_an_outcome_that_is_off_the_record_is_called_by_its_text(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef", outcomes=("Corals are counted", "Two"))
    lite.command("update reef 1 at risk")
    lite.command("outcome drop reef 1")

    text = lite.command("history reef")["text"]

    assert "*“Corals are counted”, off the record now:* nothing → 🟡 At risk" in text
    assert "*Outcome* removed: “Corals are counted”" in text


def test_nobody_looks_after_what_has_no_owner(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef", owner_id=SOFIA)
    lite.command("owner reef nobody")

    assert f"*Project* owner: <@{SOFIA}> → nobody" in lite.command("history reef")["text"]


def test_every_page_of_a_long_history_can_be_reached(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=("One",))
    with lite.database.write() as tx:
        projects.lock_project(tx, WORKSPACE, project.id)
        for number in range(1_105):
            by = history.By(SOFIA, UpdateSource.COMMAND, f"{number:x}", None, lite.now())
            make_change(tx, project, by, before=f"goal {number}", after=f"goal {number + 1}")

    assert "Page 1 of 111" in lite.command("history reef")["text"]

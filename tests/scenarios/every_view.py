"""One of each kind of view that the bot makes, as people come to see them."""

from copy import deepcopy
from typing import Any

from bot.local.seed import JMTE, SOFIA, WANJIRU
from storage.records import Project
from tests.scenarios.records import add
from tests.scenarios.test_forms import type_form
from tests.scenarios.test_writing import outcomes_of
from tests.support.bot import Bot
from tests.support.reminding import WEDNESDAY_NAIROBI, add_stale, choose, go_to, reminders


def every_view(bot: Bot, project: Project) -> dict[str, dict[str, Any]]:
    """Each by what it is; records are made for it, but for `project`, which `add_jmte` has made."""
    add(bot, slug="many", name="Many", outcomes=[f"Reef {n:03}" for n in range(1, 131)])
    add(bot, slug="vast", name="Vast", summary="s" * 4000, goal="g" * 4000, outcomes=("o" * 4000,))
    found: dict[str, dict[str, Any]] = {}

    def keep(name: str) -> None:
        found[name] = deepcopy(bot.view().body)

    for name, line in (
        ("project", "edit jmte"),
        ("project of many outcomes", "edit many"),
        ("project too long", "edit vast"),
        ("outcome", "update jmte 2"),
        ("outcome measured", "update jmte 1"),
        ("outcome too long", "outcome edit vast 1"),
        ("update", "update jmte"),
        ("update of many outcomes", "update many"),
        ("create", "create"),
    ):
        type_form(bot, line)
        keep(name)
    _keep_schedules(bot, keep)
    _keep_on_the_way(bot, keep, str(outcomes_of(bot, project)[1].id))
    _keep_of_reminders(bot, keep)
    return found


def _keep_of_reminders(bot: Bot, keep: Any) -> None:
    add_stale(bot, 1, owner_id=None)
    go_to(bot, WEDNESDAY_NAIROBI)
    (message,) = reminders(bot, WANJIRU)
    bot.press(message, "Not mine…")
    keep("assign")
    choose(bot, message, "snooze", 1, person=WANJIRU)
    keep("snooze")


def _keep_schedules(bot: Bot, keep: Any) -> None:
    for line in ("schedule pangeo", "schedule jmte"):
        bot.press(bot.type_command(line), "Set…")
        keep(line)
    bot.choose_in_view("rhythm", "monthly last")
    keep("schedule of a month")
    bot.choose_in_view("rhythm", "off")
    keep("no schedule")
    bot.fill()


def _keep_on_the_way(bot: Bot, keep: Any, outcome_id: str) -> None:
    type_form(bot, "edit jmte")
    bot.press_in_view("Add an outcome")
    keep("add")
    bot.fill(text="A fourth")
    keep("project after an outcome")
    bot.command("goal jmte Another", person=SOFIA)
    bot.fill(goal="Mine")
    keep("project with a conflict")
    type_form(bot, "update jmte 2")
    bot.command("update jmte 2 done: sooner", person=SOFIA)
    bot.fill(status="off_track")
    keep("outcome with a conflict")
    bot.people.run_shortcut(WANJIRU, "update_outcome")
    keep("update without a project")
    ts = bot.people.say(SOFIA, JMTE, "word " * 1000).ts or ""
    bot.people.run_message_shortcut(WANJIRU, JMTE, ts, "save_update")
    keep("save")
    bot.choose_in_view("outcome_id", outcome_id)
    keep("save with an outcome")
    bot.people.run_shortcut(WANJIRU, "update_outcome")
    bot.choose_in_view("project_id", str(bot.suggest("project_id", "jmte")[0]["value"]))
    bot.choose_in_view("outcome_id", outcome_id)
    bot.fill(note="done in a modal")
    keep("notice")

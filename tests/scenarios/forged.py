"""Requests that nobody's hand could make: any button, menu or form, by anybody, of any project."""

from typing import Any

from bot.local.seed import RANDOM, WANJIRU
from bot.services import reading
from bot.services.asking import Asker
from bot.services.outcome_form import shown_new_outcome, shown_outcome
from bot.services.project_form import shown_project
from bot.slack.memos import Memo
from storage.projects import get_project
from storage.records import Project
from tests.scenarios.test_buttons import address_for
from tests.support.bot import WORKSPACE, Bot
from tests.support.signing import button_payload


def said_after(bot: Bot, payload: dict[str, Any]) -> str:
    """All that the bot says to it, in its answer and through Slack: views and messages whole."""
    with bot.slack.workspace.lock:
        before = {id(call) for call in bot.slack.workspace.calls}
    response = bot.click(payload)
    bot.settle()
    assert response.status == 200
    with bot.slack.workspace.lock:
        made = [call for call in bot.slack.workspace.calls if id(call) not in before]
    return response.body.decode() + " ".join(str(call.detail) for call in made if call.direction == "in")


def click(bot: Bot, person: str, action_id: str, value: str, view: dict[str, Any] | None = None) -> str:
    """A click in a message, or in a view."""
    question = bot.type_command("help", person=WANJIRU, channel=RANDOM)
    payload = button_payload(
        action_id,
        value,
        workspace_id=WORKSPACE,
        person_id=person,
        response_url=address_for(bot, question),
    )
    payload["trigger_id"] = bot.slack.platform.triggers.issue(person)
    payload["channel"]["id"] = payload["container"]["channel_id"] = RANDOM
    if view is not None:
        payload["view"] = view
        del payload["response_url"], payload["channel"], payload["container"]
    return said_after(bot, payload)


def submit(bot: Bot, person: str, form: str, memo: Memo, **typed: str) -> str:
    """A form of that name with this memo."""
    payload = {
        "type": "view_submission",
        "team": {"id": WORKSPACE},
        "user": {"id": person},
        "trigger_id": bot.slack.platform.triggers.issue(person),
        "view": view_of(form, memo, **typed),
    }
    return said_after(bot, payload)


def view_of(form: str, memo: Memo, **typed: str) -> dict[str, Any]:
    values = {field: {field: {"type": "plain_text_input", "value": text}} for field, text in typed.items()}
    return {
        "id": "V0FORGED01",
        "type": "modal",
        "hash": "1.a",
        "callback_id": form,
        "private_metadata": memo.encode(),
        "state": {"values": values},
    }


def memo_of(bot: Bot, project: Project, name: str) -> Memo:
    """What the form of that name would know if it was opened now by somebody who sees everything."""
    asker = Asker(WORKSPACE, WANJIRU, None)
    with bot.database.read() as tx:
        record = reading.read_record(tx, asker, get_project(tx, WORKSPACE, project.id))
    outcome = record.outcomes[0]
    shown = shown_outcome(outcome)
    if name == "project":
        shown = shown_project(record.project, record.parts)
    if name == "add":
        shown = shown_new_outcome()
    return Memo(project_id=project.id, outcome_id=outcome.id, seen=shown.seen())

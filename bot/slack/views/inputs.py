"""The fields of forms. Limits: docs.slack.dev, "plain text input", "option" (75 characters)."""

from collections.abc import Sequence
from typing import Any

from bot import texts_forms
from bot.slack.effects import Block
from bot.slack.mrkdwn import plain
from bot.slack.views.layout import shorten
from storage.records import Outcome, Project, ProjectName

_OPTION = 75
_READ = 300
"""Characters of Markdown that an option is made of: a form with hundreds of long texts has three seconds."""
_GROUP = 100
"""Options that a menu takes, in each of at most so many groups."""


class Fields:
    """Makes the fields of one form. `suffix`: fields with another one are others to Slack.

    Where Slack finds the same id again, it keeps what was typed, whatever the new view says.
    """

    def __init__(self, suffix: str | int = "") -> None:
        self._suffix = f":{suffix}" if suffix else ""

    def block_id(self, name: str) -> str:
        return f"{name}{self._suffix}"

    def text(
        self, name: str, value: str, *, lines: bool = False, needed: bool = False, hint: str | None = None
    ) -> Block:
        element = {"type": "plain_text_input", "multiline": lines, **_initial("value", value)}
        return self._input(name, element, needed=needed, hint=hint)

    def person(self, name: str, value: str, *, needed: bool = False) -> Block:
        return self._input(name, {"type": "users_select", **_initial("user", value)}, needed=needed)

    def people(self, name: str, values: Sequence[str], hint: str | None = None) -> Block:
        initial = {"initial_users": list(values)} if values else {}
        return self._input(name, {"type": "multi_users_select", **initial}, hint=hint)

    def channel(self, name: str, value: str, hint: str | None = None) -> Block:
        only = {"include": ["public", "private"], "exclude_bot_users": True}
        element = {"type": "conversations_select", "filter": only, **_initial("conversation", value)}
        return self._input(name, element, hint=hint)

    def day(self, name: str, value: str, *, needed: bool = False) -> Block:
        return self._input(name, {"type": "datepicker", **_initial("date", value)}, needed=needed)

    def choice(
        self,
        name: str,
        options: Sequence[Block],
        value: str,
        *,
        needed: bool = False,
        hint: str | None = None,
        asks_at_once: bool = False,
    ) -> Block:
        """A menu of at most 100 options. `asks_at_once`: the form changes with what is chosen."""
        chosen = next((option for option in options if option["value"] == value), None)
        initial = {"initial_option": chosen} if chosen else {}
        element = {"type": "static_select", "options": list(options), **initial}
        return self._input(name, element, needed=needed, hint=hint, asks_at_once=asks_at_once)

    def time(self, name: str, value: str) -> Block:
        """A time of day, `09:30`."""
        return self._input(
            name, {"type": "timepicker", **_initial("time", value)}, needed=True, asks_at_once=True
        )

    def zone(self, name: str, chosen: Block | None) -> Block:
        """A menu of time zones, which the bot fills with those like what is typed."""
        initial = {"initial_option": chosen} if chosen else {}
        element = {"type": "external_select", "min_query_length": 2, **initial}
        return self._input(name, element, needed=True, asks_at_once=True)

    def project(
        self, name: str, chosen: Block | None, *, needed: bool = False, asks_at_once: bool = False
    ) -> Block:
        """A menu of projects, which the bot fills. `asks_at_once`: the form changes with what is chosen."""
        initial = {"initial_option": chosen} if chosen else {}
        element = {"type": "external_select", "min_query_length": 0, **initial}
        return self._input(name, element, needed=needed, asks_at_once=asks_at_once)

    def outcome(self, name: str, outcomes: Sequence[Outcome], outcome_id: int | None) -> Block:
        """A menu of a project's outcomes, in groups where there are many."""
        options = [outcome_option(outcome) for outcome in outcomes]
        chosen = next((option for option in options if option["value"] == str(outcome_id)), None)
        initial = {"initial_option": chosen} if chosen else {}
        offered: dict[str, Any] = {"options": options}
        if len(options) > _GROUP:
            offered = {
                "option_groups": [
                    {
                        "label": plain_text(f"{at + 1} to {min(at + _GROUP, len(options))}"),
                        "options": options[at : at + _GROUP],
                    }
                    for at in range(0, len(options), _GROUP)
                ]
            }
        element = {"type": "static_select", **offered, **initial}
        return self._input(name, element, needed=True, asks_at_once=True)

    def _input(
        self,
        name: str,
        element: Block,
        *,
        needed: bool = False,
        hint: str | None = None,
        asks_at_once: bool = False,
    ) -> Block:
        return {
            "type": "input",
            "block_id": self.block_id(name),
            "label": plain_text(texts_forms.LABEL[name]),
            "element": {**element, "action_id": name},
            "optional": not needed,
            **({"hint": plain_text(hint)} if hint else {}),
            **({"dispatch_action": True} if asks_at_once else {}),
        }


def plain_text(words: str) -> Block:
    return {"type": "plain_text", "text": words, "emoji": True}


def option(label: str, value: str) -> Block:
    return {"text": plain_text(shorten(label, _OPTION) or value), "value": value}


def project_option(project: Project | ProjectName) -> Block:
    """Its name, and its slug to tell it from others called alike."""
    name = plain(project.name) or project.slug
    room = _OPTION - len(project.slug) - 3
    return option(f"{shorten(name, room)} ({project.slug})" if room > 1 else name, str(project.id))


def outcome_option(outcome: Outcome) -> Block:
    return option(f"{outcome.number}. {plain(outcome.text[:_READ])}", str(outcome.id))


def modal(name: str, blocks: list[Block], memo: str, *, submit: str | None = "Save") -> Block:
    """A form. `name` says what it is, for whoever reads what was typed into it."""
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain_text(texts_forms.TITLE[name]),
        "close": plain_text("Cancel"),
        "private_metadata": memo,
        "blocks": blocks,
        **({"submit": plain_text(submit)} if submit else {}),
    }


def _initial(of: str, value: str) -> Block:
    return {f"initial_{of}": value} if value else {}

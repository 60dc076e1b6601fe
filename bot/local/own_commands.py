"""Slack's own commands, as far as an app is touched by them: who is in a channel, and whether it is open."""

from collections.abc import Callable

from bot.local.conduct import NO_CHANNEL, ChannelConduct
from bot.local.results import Result
from bot.local.settings import SlashCommand

OWN_COMMANDS = (
    SlashCommand("/invite", "Invite another member, or an app, to a channel", "@someone [#channel]"),
    SlashCommand("/remove", "Remove a person, or an app, from this channel", "@someone"),
    SlashCommand("/leave", "Leave this channel"),
    SlashCommand("/archive", "Archive this channel"),
)
NOBODY = "There is nobody of that name."


def run_own(people: ChannelConduct, user_id: str, channel_id: str, line: str) -> Result | None:
    """Do what one of Slack's own commands says; None when it is none of them."""
    name, *words = line.split()
    does: dict[str, Callable[[], Result]] = {
        "/invite": lambda: _invite(people, user_id, channel_id, words),
        "/remove": lambda: _with_person(
            people, words, lambda other: people.remove(user_id, channel_id, other)
        ),
        "/leave": lambda: people.leave(user_id, channel_id),
        "/archive": lambda: people.archive(user_id, channel_id),
    }
    return does[name]() if name in does else None


def _invite(people: ChannelConduct, user_id: str, channel_id: str, words: list[str]) -> Result:
    channels = [word for word in words if word.startswith("#")]
    if channels:
        named = people.platform.workspace.channel_named(channels[0])
        if named is None:
            return Result.failed(NO_CHANNEL)
        channel_id = named.id
    return _with_person(people, words, lambda other: people.invite(user_id, channel_id, other))


def _with_person(people: ChannelConduct, words: list[str], act: Callable[[str], Result]) -> Result:
    name = next((word for word in words if word.startswith("@")), "")
    person = people.platform.workspace.user_named(name) if name else None
    return act(person.id) if person else Result.failed(NOBODY)

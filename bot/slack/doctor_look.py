"""Looks at a workspace through Slack's eyes, for `doctor`: token, scopes, channels, people, clock.

Nothing is changed, in Slack or here. A few calls, whatever the number of projects.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.domain.doctor_slack import SlackSeen, Trouble
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.services.doctor import Questions
from bot.slack.calling import Answer, Caller

_CHANNELS = "public_channel,private_channel"
_A_PAGE = 200
_ASKED = 20
"""Channels without the bot that are asked about one by one."""
_HALF_A_SECOND = timedelta(seconds=0.5)
"""Of a date in whole seconds, which was cut."""


async def look_at_slack(
    caller: Caller, workspace_id: str | None, questions: Questions, clock: Callable[[], datetime]
) -> SlackSeen:
    """What Slack says of this workspace (None: of whichever the token is for); of another one, only that.

    It never raises.
    """
    began = clock()
    try:
        greeting, headers = await caller.greet()
    except SlackRefusedError as error:
        if error.retry_after_s is not None:
            return SlackSeen(untold={error.method: error.code})
        return SlackSeen(refused=error.code)
    except SlackUnreachableError as error:
        return SlackSeen(unreachable=str(error))
    seen = SlackSeen(granted=_granted(headers), ahead=_ahead(headers, began, clock()))
    if workspace_id is not None and greeting.get("team_id") != workspace_id:
        return replace(seen, other_workspace=str(greeting.get("team") or greeting.get("team_id")))
    untold: dict[str, str] = {}
    looked = await _look_at_channels(caller, questions.channel_ids, untold)
    gone = await _gone(caller, questions.person_ids, untold)
    return replace(
        seen,
        channels=looked.troubles,
        names=looked.names,
        gone=gone,
        untold=untold,
        unasked=looked.unasked,
    )


def _granted(headers: Mapping[str, str]) -> frozenset[str] | None:
    said = headers.get("x-oauth-scopes")
    if said is None:
        return None
    return frozenset(scope.strip() for scope in said.split(",") if scope.strip())


def _ahead(headers: Mapping[str, str], began: datetime, ended: datetime) -> timedelta | None:
    try:
        at = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return at + _HALF_A_SECOND - (began + (ended - began) / 2)


@dataclass
class _Channels:
    """Those that the bot cannot post in, what they are called, and of how many nobody was asked why."""

    troubles: dict[str, Trouble] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unasked: int = 0


async def _look_at_channels(
    caller: Caller, channel_ids: Collection[str], untold: dict[str, str]
) -> _Channels:
    looked = _Channels()
    if not channel_ids:
        return looked
    try:
        own = {channel["id"]: channel async for channel in _own_channels(caller)}
    except (SlackRefusedError, SlackUnreachableError) as error:
        untold["users.conversations"] = _word(error)
        return looked
    others = [id_ for id_ in channel_ids if id_ not in own]
    looked.unasked = max(0, len(others) - _ASKED)
    for channel_id in [id_ for id_ in channel_ids if id_ in own and own[id_].get("is_archived")]:
        _note(looked, own[channel_id])
    for asked, channel_id in enumerate(others[:_ASKED]):
        try:
            _note(looked, await _channel(caller, channel_id))
        except (SlackRefusedError, SlackUnreachableError) as error:
            untold["conversations.info"] = _word(error)
            looked.unasked = len(others) - asked
            break
    return looked


def _note(looked: _Channels, channel: Answer) -> None:
    """One that the bot is not in, or that is archived."""
    id_ = str(channel["id"])
    if "name" in channel:
        looked.names[id_] = str(channel["name"])
        looked.troubles[id_] = "archived" if channel.get("is_archived") else "without_bot"
    else:
        looked.troubles[id_] = "unknown"


async def _own_channels(caller: Caller) -> AsyncIterator[Answer]:
    cursor = ""
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = await caller.ask("users.conversations", types=_CHANNELS, limit=_A_PAGE, **more)
        for channel in page.get("channels") or ():
            yield channel
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


async def _channel(caller: Caller, channel_id: str) -> Answer:
    """Without a name, where Slack tells nothing of it."""
    try:
        found = (await caller.ask("conversations.info", channel=channel_id)).get("channel") or {}
    except SlackRefusedError as error:
        if error.code == "channel_not_found":
            return {"id": channel_id}
        raise
    return {**found, "id": channel_id}


async def _gone(caller: Caller, person_ids: Collection[str], untold: dict[str, str]) -> frozenset[str]:
    gone = set()
    for person_id in person_ids:
        try:
            user = (await caller.ask("users.info", user=person_id)).get("user") or {}
        except SlackRefusedError as error:
            if error.code not in {"user_not_found", "user_not_visible"}:
                untold["users.info"] = _word(error)
                break
            if error.code == "user_not_found":
                gone.add(person_id)
        except SlackUnreachableError as error:
            untold["users.info"] = _word(error)
            break
        else:
            if user.get("deleted"):
                gone.add(person_id)
    return frozenset(gone)


def _word(error: SlackRefusedError | SlackUnreachableError) -> str:
    return error.code if isinstance(error, SlackRefusedError) else str(error)

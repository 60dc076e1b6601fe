"""Which workspaces an event may be for, in a channel that several share: the ids alone, asked of all of them.

Slack sends such an event once, for whichever of them it likes. What it leads to is decided in each alone.
"""

from collections.abc import Collection

from sqlalchemy import select

from storage.database import Tx
from storage.serving import is_served
from storage.slack_tables import channels, slack_installations


def list_knowing(tx: Tx, channel_id: str) -> tuple[str, ...]:
    """Those that have the bot and have something to do with the channel, by id."""
    found = select(channels.c.workspace_id).where(
        channels.c.id == channel_id, is_served(channels.c.workspace_id)
    )
    return tuple(sorted(tx.execute(found).scalars()))


def list_with_bots(tx: Tx, bot_user_ids: Collection[str]) -> tuple[str, ...]:
    """Those that have installed the bot, where it is one of these people, by id."""
    found = select(slack_installations.c.workspace_id).where(
        slack_installations.c.bot_user_id.in_(sorted(bot_user_ids)),
        is_served(slack_installations.c.workspace_id),
    )
    return tuple(sorted(tx.execute(found).scalars()))

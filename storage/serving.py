"""Which workspaces the bot serves: those that have it. In the others nothing is asked, reminded or sent."""

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, select

from storage.slack_tables import slack_installations
from storage.tables import workspaces

# Nearly always an empty list, from an index of those alone.
_GONE = select(workspaces.c.id).where(workspaces.c.uninstalled_at.is_not(None))


def is_served(workspace_id: Column[Any]) -> ColumnElement[bool]:
    """A condition for the jobs' claims: the workspace of the row has not removed the bot.

    What would have been due meanwhile stays as it is, and is taken up, like after a time in which the bot was
    down, if the workspace installs the bot again.
    """
    return workspace_id.not_in(_GONE)


def is_installed(workspace_id: Column[Any]) -> ColumnElement[bool]:
    """A condition for what is late where there are many workspaces: it is served, by a token of its own.

    One that was there before any could install the bot has none until it does, and waits for that.
    """
    return and_(is_served(workspace_id), workspace_id.in_(select(slack_installations.c.workspace_id)))

"""Builds what puts pages where they go: a part of the composition root."""

import logging
from collections.abc import Callable
from functools import partial

from bot import clock
from bot.jobs.publisher import Publisher
from bot.publish import Target, open_target
from bot.services.published_pages import PAGES
from bot.settings import Settings
from bot.slack.outage import Outage
from storage.database import Database
from storage.revisions import Changes

_log = logging.getLogger(__name__)


def create_publisher(
    settings: Settings,
    database: Database,
    now: clock.Clock,
    wake: Callable[[], None] = lambda: None,
    changed: Callable[[str, Changes], None] = lambda _workspace_id, _changes: None,
    *,
    outage: Outage | None = None,
) -> Publisher:
    """`wake`: deliveries were promised; `changed`: what somebody has edited by hand."""
    away = outage or Outage(_log, "The database")
    return Publisher(database, now, target_opener(settings), PAGES, away, wake, changed)


def target_opener(settings: Settings) -> Callable[[str], Target]:
    """With the token that the environment has. What it gives may raise PublishError."""
    token = settings.github_token.get_secret_value().strip() or None
    return partial(open_target, token=token, api_url=settings.github_api_url)

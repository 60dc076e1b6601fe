"""What a process answers beside Slack's requests: a part of the composition root."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import Clock, clock_moved_by
from bot.settings import Settings
from bot.web.projects import PublicPages, Shown
from bot.web.readiness import Readiness, Served
from bot.web.watch import Watch
from storage.database import Database

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def with_public_pages(
    beside: "WSGIApplication", settings: Settings, database: Database, now: Clock, workspace_id: str | None
) -> "WSGIApplication":
    """The same, and the public pages: of one workspace, or (None) of all that publish theirs."""
    shown = Shown(workspace_id, settings.public_url, is_for_many=settings.is_for_many)
    return PublicPages(beside, database, now, shown)


def with_github(
    beside: "WSGIApplication", settings: Settings, database: Database, now: Clock
) -> "WSGIApplication":
    """The same, and where GitHub tells of pushes; only with the secret that they are signed with."""
    secret = settings.github_webhook_secret.get_secret_value()
    if not secret:
        return beside
    from bot.web.github_hook import GithubHook  # noqa: PLC0415 - most have none

    return GithubHook(database, secret, now, beside)


def with_watch(
    database: Database, settings: Settings, served: Served, beside: "WSGIApplication"
) -> "WSGIApplication":
    """The same, and the pages for whoever runs the bot."""
    late_after = timedelta(seconds=settings.ready_queue_age_s)
    now = clock_moved_by(settings.clock_offset_file)
    readiness = Readiness(database, now, late_after, served)
    return Watch(readiness, settings.metrics_token.get_secret_value(), beside)

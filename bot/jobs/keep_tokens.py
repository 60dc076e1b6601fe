"""Replaces tokens before they end, and encrypts with the newest key; see bot/slack/refreshing.py."""

from bot.jobs.work import Work
from storage.errors import UnreachableError


def keep_tokens(work: Work) -> None:
    try:
        work.keep_tokens()
    except UnreachableError as error:
        work.outage.went(error)

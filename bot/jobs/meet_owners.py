"""Asks Slack who the owners are whom the bot has never met; see bot/slack/meeting.py."""

from bot.jobs.work import Work
from storage.errors import UnreachableError


def meet_owners(work: Work) -> None:
    try:
        work.meet()
    except UnreachableError as error:
        work.outage.went(error)

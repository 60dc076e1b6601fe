"""Gives whoever is new a turn to be reminded: people, and projects with a channel."""

from bot.jobs.work import Work
from bot.services.reminding import take_turns


def take_reminder_turns(work: Work) -> None:
    work.in_batches(take_turns)

"""Reminds the people whose hour has come, and the channels of projects; see bot/services/reminding.py."""

from bot.jobs.work import Work
from bot.services.reminding import remind_due, take_turns


def remind_people(work: Work) -> None:
    work.in_batches(remind_due)


def take_reminder_turns(work: Work) -> None:
    """Whoever is new gets a turn."""
    work.in_batches(take_turns)

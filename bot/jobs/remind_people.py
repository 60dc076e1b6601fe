"""Reminds the people whose hour has come, and the channels of projects; see bot/services/reminding.py."""

from bot.jobs.work import Work
from bot.services.reminding import remind_due


def remind_people(work: Work) -> None:
    work.in_batches(remind_due)

"""Reminds, closes and sums up the rounds whose next step is due."""

from bot.jobs.work import Work
from bot.services.closing import move_on_due


def move_rounds_on(work: Work) -> None:
    work.in_batches(move_on_due)

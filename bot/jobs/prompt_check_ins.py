"""Asks the projects whose prompt is due."""

from bot.jobs.work import Work
from bot.services.opening import open_due


def prompt_check_ins(work: Work) -> None:
    work.in_batches(open_due)

"""Asks the projects whose prompt is due."""

from bot.jobs.work import Work
from bot.services.opening import open_due

_AT_ONCE = 2
"""While PostgreSQL is at work for one batch, another one is made ready."""


def prompt_check_ins(work: Work) -> None:
    work.in_batches(open_due, at_once=_AT_ONCE)

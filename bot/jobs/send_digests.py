"""Sends the digests and briefs that are due."""

from bot.jobs.work import Work
from bot.services.editions import open_due_editions


def send_digests(work: Work) -> None:
    work.in_batches(open_due_editions)

"""What was asked about a page, and has changed in chat since, is asked anew or is over."""

from bot.jobs.work import Work
from bot.services.reading_back import settle_overtaken


def settle_conflicts(work: Work) -> None:
    work.in_batches(settle_overtaken)

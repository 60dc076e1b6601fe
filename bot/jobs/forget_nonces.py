"""Forgets the requests that nobody can send again, since their signatures hold no longer."""

from bot.jobs.work import Work
from storage.nonces import forget_nonces as forget_some


def forget_nonces(work: Work) -> None:
    work.in_batches(forget_some)

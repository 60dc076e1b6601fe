"""Resumes the projects that were paused until a day that has come."""

from bot.jobs.work import Work
from bot.services.pausing import resume_due


def resume_paused(work: Work) -> None:
    work.in_batches(resume_due)

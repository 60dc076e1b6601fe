"""Removes the workspaces that have removed the bot, when their time is over."""

from bot.jobs.work import Work
from bot.services.forgetting import remove_forgotten


def remove_workspaces(work: Work) -> None:
    work.in_batches(remove_forgotten)

"""Publishes the pages whose records have changed; see bot/jobs/publisher.py."""

from bot.jobs.work import Work
from storage.errors import UnreachableError


def publish_pages(work: Work) -> None:
    try:
        work.publish(work.stopping)
    except UnreachableError as error:
        work.outage.went(error)

"""A process that publishes what is due, and is killed on the way, as a process of its own.

python -m tests.support.dies_publishing sqlite:///waymark.db FOLDER SECONDS WHERE

WHERE: `before` it is put in its place, `after` that, or while that is written down (`keep`).
"""

import os
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.publish.targets import Published, Target
from storage.database import Database, Tx
from tests.support.make import NOW
from tests.support.publishing import PAGES, Press, keep


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    def __init__(self, target: Target, where: str) -> None:
        self._target = target
        self._where = where

    def read(self):  # type: ignore[no-untyped-def]  # as Target's
        return self._target.read()

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        if self._where == "before":
            die()
        published = self._target.publish(data, message, over=over)
        if self._where == "after":
            die()
        return published


def keep_and_die(tx: Tx, workspace_id: str, page_id: int, text: str, now: datetime) -> None:
    keep(tx, workspace_id, page_id, text, now)
    die()


if __name__ == "__main__":
    url, folder, seconds, where = sys.argv[1:]
    press = Press(Database(url), Path(folder), NOW + timedelta(seconds=float(seconds)))
    publisher = replace(
        press.publisher,
        open_target=lambda address: Dying(press.open_target(address), where),
        pages=replace(PAGES, keep=keep_and_die) if where == "keep" else PAGES,
    )
    publisher.publish_due(press.stopping)

"""A process that publishes what is due, and is killed on the way."""

import os
import signal
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app_publishing import create_publisher
from bot.errors_publish import Standing
from bot.publish.targets import Published, Target
from bot.settings import Settings
from storage.database import Database, Tx
from tests.support.make import NOW
from tests.support.publishing import Press


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    def __init__(self, target: Target, where: str) -> None:
        self._target = target
        self._where = where

    def read(self) -> Standing | None:
        return self._target.read()

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        if self._where == "before":
            die()
        published = self._target.publish(data, message, over=over)
        if self._where == "after":
            die()
        return published


def publish_and_die(url: str, folder: str, seconds: str, where: str) -> str:
    """So long after NOW. FOLDER: as in tests/support/publishing.py; with "-", as the bot has it.

    WHERE: `before` the page is put in its place, `after` that, or while that is written down (`keep`).
    Killed nowhere, it says `done`.
    """
    press = Press(Database(url), Path(folder), NOW + timedelta(seconds=float(seconds)))
    real = (
        press.publisher if folder != "-" else create_publisher(Settings(), press.database, lambda: press.now)
    )

    def keep_and_die(tx: Tx, workspace_id: str, page_id: int, text: str, now: datetime) -> None:
        real.pages.keep(tx, workspace_id, page_id, text, now)
        if where == "keep":
            die()

    publisher = replace(
        real,
        open_target=lambda address: Dying(real.open_target(address), where),
        pages=replace(real.pages, keep=keep_and_die),
    )
    publisher.publish_due(press.stopping)
    press.database.close()
    return "done"

"""Where Chromium is, and how it is started."""

import shutil

ARGUMENTS = ("--no-sandbox",)
"""Containers often forbid the sandbox, and the pages are our own."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)

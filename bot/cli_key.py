"""`python -m bot key`: a new key for WAYMARK_KEYS."""

import argparse

from bot.settings import Settings

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.


def run_key(_options: argparse.Namespace, _settings: Settings) -> None:
    from storage.keys import new_key

    print(new_key())

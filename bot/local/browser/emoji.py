"""The emoji that people and bots use most, by Slack's names. Any other is shown as written."""

import json
from pathlib import Path

EMOJI: dict[str, str] = json.loads((Path(__file__).parent / "static" / "emoji.json").read_text("utf-8"))
"""The page's script reads the same file."""

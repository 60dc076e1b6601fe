"""What the page is told by whoever starts the workspace, beyond what the app's manifest says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Completion:
    """How a command can go on: `text` with the command ("/project show"), then what may follow it."""

    text: str
    usage: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """`hints` are things to try, shown until they are put away: a text to send, or a sentence."""

    completions: tuple[Completion, ...] = ()
    hints: tuple[str, ...] = ()
    poll_seconds: float = 20.0
    """How long a request for news may wait for some."""

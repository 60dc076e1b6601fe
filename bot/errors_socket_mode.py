"""What ends Socket Mode, as data. `bot.cli_run` has the sentences."""

from enum import Enum


class SocketModeEnd(Enum):
    """Why there is no connection, and will be none without somebody's doing."""

    REFUSED = "Slack refuses to open one"
    SWITCHED_OFF = "Socket Mode is off in the app's settings"
    TOO_MANY = "as many as Slack allows are open already"
    UNREACHABLE = "none could be made, or none held"
    SILENT = "none had anything to hear on it"
    BROKEN = "a mistake of ours"


class SocketModeError(Exception):
    """`detail`: Slack's word, what the network said, or the reference in the log."""

    def __init__(self, end: SocketModeEnd, detail: str = "", tries: int = 1) -> None:
        super().__init__(f"{end.value}: {detail}")
        self.end = end
        self.detail = detail
        self.tries = tries

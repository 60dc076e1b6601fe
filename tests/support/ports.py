"""Ports of this machine."""

import os
import socket
from itertools import count

_FIRST, _LAST = 20_000, 32_000
"""Below those of outgoing connections, which come and go while a test starts a server."""
_numbers = count(os.getpid() * 997)
"""Processes that run tests at once begin at different places; none gives the same port twice in a run."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and that was not given before."""
    while True:
        port = _FIRST + next(_numbers) % (_LAST - _FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port

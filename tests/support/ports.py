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


def hold_port() -> socket.socket:
    """Bound to such a port, which nobody else is given until this is closed; a server may listen there.

    What is free when it is looked at may be somebody's by the time that a process has begun.
    """
    while True:
        held = socket.socket()
        try:
            held.bind(("127.0.0.1", free_port()))
        except OSError:
            held.close()
            continue
        # Only now: at first nobody else may have it, and from here on whoever asks for the same, as servers.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return held

"""The HTTP server: granian, which took twice as many requests a second here as the next WSGI server."""

import errno
import functools
import multiprocessing
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from bot.errors import CannotListenError, PortInUseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.sharedctypes import Synchronized
    from wsgiref.types import WSGIApplication

THREADS = 8
"""Requests handled at once by a worker. Each may wait for the database, or up to two seconds for Slack.

With 32, each request cost a quarter more CPU: the server hands them to its threads in turn, so that none has
anything of its own still at hand.
"""

_LOOK_EVERY_S = 1
_END_WITHIN_S = 9
"""A worker that is told to end; what it has not done by then, whoever runs next goes on with."""


def require_free_port(host: str, port: int) -> None:
    """Raises PortInUseError, CannotListenError: the server itself would say so in a page of traceback."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUseError(host, port) from error
            raise CannotListenError(host, port, error.strerror or str(error)) from error


def can_pin() -> bool:
    """Whether this system lets a process choose its processor."""
    return hasattr(os, "sched_setaffinity")


def serve(
    create: "Callable[[], WSGIApplication]", host: str, port: int, workers: int = 1, *, pin: bool = False
) -> None:
    """Serve until told to stop. `create` is called in each worker. Raises PortInUseError.

    `pin`: each worker stays on one processor, the next one on the next; where the system can (`can_pin`). Of
    the threads of a worker one computes at a time, and handing over to another processor costs more than the
    request: at eight connections a pinned worker took half of the CPU, and answered twice as many. Which
    processor is the first is a matter of chance, so that several programs do not all choose the same.
    """
    require_free_port(host, port)
    started = multiprocessing.Value("i", 0) if pin else None
    server = Granian(
        "bot",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        workers_kill_timeout=_END_WITHIN_S,
        # It warns of more threads than cores; ours wait for databases and for Slack most of the time.
        log_level=LogLevels.error,
        # In the form of all other lines.
        log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}},
    )
    server.serve(target_loader=functools.partial(_load, create, started), wrap_loader=False)


def _load(create: "Callable[[], WSGIApplication]", started: "Synchronized[int] | None") -> "WSGIApplication":
    """In the worker: its application. `started` counts the workers so far, if they are to be pinned."""
    # Those of the process that this is a fork of would only tell that one, so that a worker which is told to
    # end while it is loading would not. The server sets its own afterwards.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if started is not None:
        # Before its threads are made: these stay where the one is that makes them.
        _pin(started)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    return create()


def _pin(started: "Synchronized[int]") -> None:
    with started.get_lock():
        # The parent's number, so that workers of one server are next to each other.
        number = os.getppid() + started.value
        started.value += 1
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[number % len(processors)]})


def _end_with_parent() -> None:
    """A worker whose parent was killed would go on, and keep the port from the next start."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    while os.getppid() == parent.pid:
        # Ends with the parent only once no younger worker is left, since these have inherited its pipe.
        parent.join(_LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_END_WITHIN_S)
    # Whatever it waits for: nobody is left to look after it.
    os.kill(os.getpid(), signal.SIGKILL)

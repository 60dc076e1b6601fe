"""What `web`, `worker` and `run` do for whoever watches them."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from bot.settings import Settings, share_metrics_in

if TYPE_CHECKING:
    from bot.web.readiness import Served


def add_watch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--watch-port",
        type=int,
        help="answer /healthz, /readyz, /metrics here; default: the setting WATCH_PORT",
    )
    parser.add_argument("--watch-host", default="127.0.0.1", help="default: %(default)s")


def share_metrics(settings: Settings, workers: int) -> None:
    """Before the workers of a `web` begin: whichever is asked for metrics has those of all."""
    if workers == 1 or not settings.metrics_token.get_secret_value():
        return
    # Not a TemporaryDirectory, which each worker would take away when it forgets it.
    folder = tempfile.mkdtemp(prefix="waymark-metrics-")
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    share_metrics_in(folder)


@contextmanager
def watching(
    settings: Settings, host: str, port: int | None, *, with_page: bool = False
) -> Iterator["Served"]:
    """Meanwhile the pages are there, if they have a port. Raises PortInUseError, CannotListenError.

    Tell what is given which workspace the process is for, as soon as that is known; where any may install the
    bot, it is for all. `with_page`: see `create_watch`.
    """
    from bot.web.readiness import Served

    port = settings.watch_port if port is None else port
    served = Served(of_many=settings.is_for_many)
    if port == 0:
        yield served
        return
    from bot.app import create_watch
    from bot.web.side_server import SideServer

    server = SideServer(create_watch(settings, served, with_page=with_page), host, port)
    server.start()
    print(f"Waymark is watched at http://{host}:{port}/readyz", flush=True)
    try:
        yield served
    finally:
        server.stop()

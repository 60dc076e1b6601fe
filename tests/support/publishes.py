"""A process that publishes, to be killed or to be one of many."""

import os
from pathlib import Path

from bot.publish import EditedError, PublishError, Target, open_target
from tests.support.environment import machine_path, take_path
from tests.support.forks import Fork

_ATTEMPTS = 500
_GITHUB = "https://api.github.com"


def once(address: str, over: str, data: str, *, token: str = "", api_url: str = _GITHUB) -> str:
    """`new`, `there` where it stood there already, or the reason why not."""
    target = open_target(address, token=token or None, api_url=api_url)
    try:
        done = target.publish(data.encode(), f"Says {data}", over=over.encode())
    except PublishError as error:
        return error.reason
    return "new" if done.is_new else "there"


def start_once(
    address: str, over: str, data: str, *, token: str = "", api_url: str = _GITHUB, path: Path | None = None
) -> Fork:
    """`once`, in a process. Programs in the folder `path` come before those of the machine."""
    programs = f"{path}:{machine_path()}" if path else machine_path()
    return Fork(_once, programs, token, api_url, address, over, data)


def start_appending(address: str, name: str, count: int, *, token: str = "", api_url: str = _GITHUB) -> Fork:
    """A process that says `done` when so many lines of this name stand there."""
    return Fork(_append, address, name, str(count), token, api_url)


def _once(programs: str, token: str, api_url: str, *ask: str) -> str:
    os.setsid()
    take_path(programs)
    return once(*ask, token=token, api_url=api_url)


def _append(address: str, name: str, count: str, token: str, api_url: str) -> str:
    """A line at a time, to what stands there, as long as it takes."""
    target = open_target(address, token=token or None, api_url=api_url)
    for number in range(int(count)):
        _add_line(target, f"{name} {number}")
    return "done"


def _add_line(target: Target, words: str) -> None:
    line = f"{words}\n".encode()
    for _ in range(_ATTEMPTS):
        standing = target.read()
        stands = standing.data if standing else b""
        if line in stands:
            return
        try:
            target.publish(stands + line, words, over=standing.data if standing else None)
        except EditedError:
            continue
        except PublishError as error:
            if error.is_lasting:
                raise

"""A process that publishes, to be killed or to be one of many.

python -m tests.support.publishes once ADDRESS TOKEN API_URL OVER DATA
python -m tests.support.publishes append ADDRESS TOKEN API_URL NAME COUNT
"""

import os
import subprocess
import sys
from pathlib import Path

from bot.publish import EditedError, PublishError, Target, open_target
from tests.support.environment import child_environment, machine_path

_ATTEMPTS = 500


def start(
    what: str, address: str, *more: str, token: str = "", api_url: str = "", path: Path | None = None
) -> subprocess.Popen[str]:
    """The process. Programs in the folder `path` come before those of the machine."""
    url = api_url or "https://api.github.com"
    command = [sys.executable, "-m", "tests.support.publishes", what, address, token or "none", url, *more]
    changes = {"PATH": f"{path}:{machine_path()}"} if path else {}
    changes |= {"GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=child_environment(**changes), start_new_session=True
    )


def outcome(process: subprocess.Popen[str]) -> str:
    """What it said at its end: `new`, `there`, a reason, or `killed`."""
    said, _ = process.communicate(timeout=120)
    return said.strip() if process.returncode == 0 else "killed"


def _once(target: Target, over: str, data: str) -> str:
    try:
        done = target.publish(data.encode(), f"Says {data}", over=over.encode())
    except PublishError as error:
        return error.reason
    return "new" if done.is_new else "there"


def _append(target: Target, name: str, count: str) -> str:
    """A line at a time, to what stands there, as long as it takes."""
    for number in range(int(count)):
        line = f"{name} {number}\n".encode()
        for _ in range(_ATTEMPTS):
            standing = target.read()
            stands = standing.data if standing else b""
            if line in stands:
                break
            try:
                target.publish(stands + line, f"{name} {number}", over=standing.data if standing else None)
            except EditedError:
                continue
            except PublishError as error:
                if error.is_lasting:
                    raise
    return "done"


if __name__ == "__main__":
    what, address, token, api_url, *more = sys.argv[1:]
    opened = open_target(address, token=token, api_url=api_url)
    print((_once if what == "once" else _append)(opened, *more))  # noqa: T201 - this is its answer

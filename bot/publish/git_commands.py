"""Git's command line, run so that it neither asks, nor waits for ever, nor runs what a checkout brings along.

The command line and not a library: a checkout's own settings (credential helpers, ssh, filters, worktrees,
alternates) are honoured in full by git alone.
"""

import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors_publish import PublishError, Reason
from bot.settings import environment_of

LOCAL_S = 60.0
REMOTE_S = 120.0
_SETTINGS = (
    # People's hooks ask, format and refuse; commits of the bot are not theirs. The server's own hooks do run.
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("commit.gpgSign", "false"),
    ("push.gpgSign", "false"),
    ("push.followTags", "false"),
    ("push.recurseSubmodules", "no"),
    ("fetch.recurseSubmodules", "false"),
    ("submodule.recurse", "false"),
    # Tidying a large repository up takes longer than anybody waits for a page.
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    # A connection that has stopped moving; the time limit is for all else.
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", "30"),
)
_INHERITED = (
    *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "XDG_", "SSH_A", "DBUS_", "KRB5"),
    *(
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ),
    *("GIT_SSH", "GIT_SSL_", "GIT_PROXY_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    *("GIT_EXEC_PATH", "GIT_TEMPLATE_DIR"),
)
"""What a checkout's programs (credential helpers, filters, ssh) need. The bot's secrets are no part of it."""
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "SSH_ASKPASS_REQUIRE": "never",
    "GIT_EDITOR": "true",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # Stronger than any setting: no ext::, which runs a command, whatever the checkout's remote is.
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
}
_MOST_SAID = 500
_WITH_PASSWORD = re.compile(r"([a-z+]+://)[^/@\s]*@")


@dataclass(frozen=True)
class Answer:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """What it printed, without the line's end."""
        return self.out.decode("utf-8", "replace").removesuffix("\n")


class Git:
    """Git in one folder. Its children inherit `lock`, so that they hold what their parent held."""

    def __init__(self, folder: Path, lock: int | None = None) -> None:
        self._folder = folder
        self._lock = lock

    def ask(
        self,
        *arguments: str,
        given: bytes = b"",
        limit_s: float = LOCAL_S,
        environment: Mapping[str, str] | None = None,
    ) -> Answer:
        """Whatever the answer is. Raises PublishError when there is none in time, or no git."""
        settings = [part for name, value in _SETTINGS for part in ("-c", f"{name}={value}")]
        command = ["git", "-C", str(self._folder), *settings, *arguments]
        try:
            return _run(command, given, limit_s, self._lock, environment or {})
        except FileNotFoundError as error:
            raise PublishError(Reason.NO_GIT, "git is not installed") from error
        except OSError as error:
            raise PublishError(Reason.FAILED, f"git: {error.strerror}") from error

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        limit_s: float = LOCAL_S,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """What it printed. Raises PublishError when git refuses."""
        answer = self.ask(*arguments, given=given, limit_s=limit_s, environment=environment)
        if answer.code:
            raise as_git_error(answer, arguments[0])
        return answer.text


_KNOWN = (
    ("dubious ownership", Reason.NO_PERMISSION),
    ("not a git repository", Reason.NOT_A_CHECKOUT),
    ("must be run in a work tree", Reason.NOT_A_CHECKOUT),
    (".lock': File exists", Reason.BUSY),
    ("cannot lock ref", Reason.BUSY),
    ("No space left", Reason.DISK_FULL),
    ("Disk quota exceeded", Reason.DISK_FULL),
    ("Authentication failed", Reason.UNAUTHORIZED),
    ("could not read Username", Reason.UNAUTHORIZED),
    ("could not read Password", Reason.UNAUTHORIZED),
    ("Permission denied (", Reason.UNAUTHORIZED),
    ("Host key verification failed", Reason.UNAUTHORIZED),
    ("The requested URL returned error: 403", Reason.FORBIDDEN),
    ("The requested URL returned error: 404", Reason.NOT_FOUND),
    ("repository not found", Reason.NOT_FOUND),
    ("Repository not found", Reason.NOT_FOUND),
    ("does not appear to be a git repository", Reason.NOT_FOUND),
    ("' not found", Reason.NOT_FOUND),
    ("transport '", Reason.REFUSED),
    ("strange ", Reason.REFUSED),
    ("The requested URL returned error: 5", Reason.UNAVAILABLE),
    ("unable to access", Reason.UNREACHABLE),
    ("Could not resolve host", Reason.UNREACHABLE),
    ("Connection ", Reason.UNREACHABLE),
    ("Could not read from remote repository", Reason.UNREACHABLE),
    ("early EOF", Reason.UNREACHABLE),
    ("Permission denied", Reason.NO_PERMISSION),
    ("Read-only file system", Reason.NO_PERMISSION),
    ("insufficient permission", Reason.NO_PERMISSION),
)
"""What git says, the more exact first. It says so in English: LC_ALL is set."""


def as_git_error(answer: Answer, command: str) -> PublishError:
    """By what git said. What it said is in the detail, without passwords of addresses."""
    reason = next((reason for words, reason in _KNOWN if words in answer.err), Reason.FAILED)
    return PublishError(reason, f"git {command}: {said(answer.err)}")


def said(text: str) -> str:
    """In one line, and without what stands before an @ in an address."""
    words = " ".join(text.split())
    return _WITH_PASSWORD.sub(r"\1", words)[:_MOST_SAID]


def _run(
    command: Sequence[str], given: bytes, limit_s: float, lock: int | None, changes: Mapping[str, str]
) -> Answer:
    with subprocess.Popen(  # noqa: S603 - every argument is checked by bot/publish/addresses.py, or git's own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment_of(*_INHERITED), **_ENVIRONMENT, **changes},
        pass_fds=() if lock is None else (lock,),
        # Away from the terminal, where a child could ask, and a group that can be ended as one.
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(given, timeout=limit_s)
        except subprocess.TimeoutExpired:
            raise PublishError(Reason.TIMEOUT, f"git took longer than {limit_s:g} s") from None
        finally:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    return Answer(process.returncode, out, err.decode("utf-8", "replace"))

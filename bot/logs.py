"""What is logged, and how: a line of JSON each on a platform, readable on a terminal.

All modules log with the standard library; structlog puts the lines into their form. It is imported with the
first line: that takes as long as half a start, and a start that goes well has nothing to say.

No line quotes what people wrote. Of an exception its kind and its place are logged and not its message,
which may quote anything; what a module says of one by itself is chosen there. What has the form of a secret,
or is one of the settings', is taken out of every line at last.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

import orjson

from bot import current

if TYPE_CHECKING:
    from collections.abc import MutableMapping

Format = Literal["auto", "json", "text"]

_log = logging.getLogger(__name__)

_HIDDEN = "[hidden]"
_SECRETS = re.compile(
    # Slack's tokens, of all kinds.
    r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[A-Za-z0-9-]+"
    # Signatures, and the addresses at which anybody may answer for the bot.
    r"|\bv0=[0-9a-f]{64}|https://hooks\.slack(?:-gov)?\.com/[^\s\"']+"
    # What lets whoever has it open a connection of Socket Mode, or end an installation.
    r"|(?<=[?&])(?:ticket|code|state)=[^\s&\"']+"
    # A password in an address. Of bounded length: else a line of much the same would take seconds.
    r"|(?<=://)[^\s/@\"':]{0,200}:[^\s@\"']{1,1000}(?=@)"
)
_SHORTEST = 6
"""Of a setting that is looked for: a shorter one would be found in innocent words."""
_MOST_FRAMES = 40
_MOST_CAUSES = 5


def configure(form: Format, secrets: Collection[str]) -> None:
    """Once for a process, and those that it forks. Does nothing where somebody else has said how to log."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler()
    is_terminal = handler.stream.isatty()
    is_json = form == "json" or (form == "auto" and not is_terminal)
    handler.setFormatter(SafeFormatter(secrets, is_json=is_json, is_coloured=is_terminal))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # A line that cannot be written would be told of with all that it is made of.
    logging.raiseExceptions = False
    # What it says of a call that failed, the one who called says too.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    sys.excepthook = _log_end
    threading.excepthook = _log_end_of_thread


def describe(error: BaseException) -> str:
    """Kind and place, of what it was raised for, too; nothing that it says."""
    return "\n\nwhile handling that, or because of it:\n\n".join(
        "".join(traceback.format_tb(each.__traceback__, -_MOST_FRAMES)) + _kind_of(each)
        for each in _chain(error)
    )


def hide(text: str, secrets: Collection[str] = ()) -> str:
    """Without what has the form of a secret, and without these."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, _HIDDEN)
    return _SECRETS.sub(_HIDDEN, text)


class SafeFormatter(logging.Formatter):
    """From a record to its line."""

    def __init__(self, secrets: Collection[str], *, is_json: bool, is_coloured: bool = False) -> None:
        super().__init__()
        # Longest first: one may be a part of another. As they stand in JSON, too.
        every = {form for each in secrets for form in (each, orjson.dumps(each).decode()[1:-1])}
        self._secrets = sorted(every, key=len, reverse=True)
        self._is_json = is_json
        self._is_coloured = is_coloured
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        if self._formatter is None:
            self._formatter = _create_formatter(is_json=self._is_json, is_coloured=self._is_coloured)
        return hide(self._formatter.format(record), self._secrets)


def _create_formatter(*, is_json: bool, is_coloured: bool) -> logging.Formatter:
    import structlog  # noqa: PLC0415 - see above

    render: Any = (
        structlog.processors.JSONRenderer(serializer=_to_json)
        if is_json
        else structlog.dev.ConsoleRenderer(colors=is_coloured, pad_event_to=0)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
        ],
        processors=[
            _add_facts,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            render,
        ],
    )


def _to_json(value: object, **_: object) -> str:
    return orjson.dumps(
        value, default=lambda odd: type(odd).__name__, option=orjson.OPT_NON_STR_KEYS
    ).decode()


def _add_facts(_: object, __: str, line: "MutableMapping[str, Any]") -> "MutableMapping[str, Any]":
    """When, for which request or delivery, and of an exception what may be said."""
    record: logging.LogRecord = line["_record"]
    line["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    doing = current.current()
    if doing is not None:
        facts = {"kind": doing.kind, "workspace": doing.workspace_id, "delivery": doing.delivery}
        line["request" if doing.delivery is None else "try"] = doing.reference
        line.update({name: value for name, value in facts.items() if value})
    # As the formatter was given it, or as whoever made the record had it.
    given = line.pop("exc_info", None) or record.exc_info
    error = given[1] if isinstance(given, tuple) else given
    # What other handlers of the same record have made of it.
    for name in ("stack_info", "message", "asctime"):
        line.pop(name, None)
    if isinstance(error, BaseException):
        line["exception"] = describe(error)
    return line


def _chain(error: BaseException) -> Iterator[BaseException]:
    """It, and what it was raised for, the last first."""
    at: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if at is None:
            return
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _kind_of(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if hasattr(error, "sqlite_errorname"):
        # SQLite names tables and columns, and never what stands in them.
        return f"{name}: {error}"
    # What another database or the system says by a code, which quotes nothing.
    codes = (getattr(error, code, None) for code in ("sqlstate", "errno"))
    said = " ".join(str(code) for code in codes if code)
    return f"{name} ({said})" if said else name


def _log_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("ended by a mistake", exc_info=(kind, error, trace))


def _log_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and ended.exc_type is not SystemExit:
        name = ended.thread.name if ended.thread else "?"
        trace = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        _log.critical("the thread %s was ended by a mistake", name, exc_info=trace)

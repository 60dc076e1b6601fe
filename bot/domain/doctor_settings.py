"""What may be wrong with the settings, and with the database as such. Pure; see bot/domain/doctor.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.domain.doctor import Fact, Finding, Severity
from bot.domain.doctor_slack import CLOCK_ERROR, CLOCK_WARNING
from bot.settings import TRIAL_FILE, Settings

_SECRET = re.compile(r"[0-9a-f]{32}")
_OTHER_TOKENS = {
    "xoxp-": "a person's token",
    "xapp-": "an app-level token",
    "xoxe": "a token for renewing others",
    "xoxc-": "a browser's token",
}
_OF_MANY = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "WAYMARK_KEYS", "PUBLIC_URL", "SLACK_SIGNING_SECRET")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_OF_SLACK = "slack.com"
_SHORT_LEASE_S = 20
"""A call of Slack's may take a quarter of it, and Slack itself takes some seconds now and then."""
_MB = 1_000_000
_FULL, _LOW = 50 * _MB, 500 * _MB


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """`settings` is None where they cannot be read, which `problems` says."""

    settings: Settings | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseSeen:
    """`schema`: what it stands at, None for an empty one; `wanted`: what this version works with.

    `unreachable`: why it cannot be read, and `not_writable`: why it cannot be written. `ahead`: by how much
    its clock is before ours. In bytes: `free` on its disk, and `size`.
    """

    address: str
    wanted: str
    is_sqlite: bool
    is_absent: bool = False
    unreachable: str | None = None
    schema: str | None = None
    is_unknown: bool = False
    not_writable: str | None = None
    ahead: timedelta | None = None
    free: int | None = None
    size: int = 0


def malformed(seen: SettingsSeen) -> Iterator[Finding]:
    for problem in seen.problems:
        yield Finding("settings_malformed", Severity.ERROR, {"problem": problem})


def missing(seen: SettingsSeen) -> Iterator[Finding]:
    if seen.settings is None:
        return
    for name in _needed(seen.settings):
        value = getattr(seen.settings, name.lower())
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value).strip():
            yield Finding("setting_missing", Severity.ERROR, {"setting": name})


def _needed(settings: Settings) -> tuple[str, ...]:
    if settings.is_for_many:
        return _OF_MANY
    # Socket Mode has the app's own token in place of signatures.
    over_socket = settings.slack_app_token.get_secret_value().strip()
    return ("SLACK_BOT_TOKEN",) if over_socket else ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")


def secrets(seen: SettingsSeen) -> Iterator[Finding]:
    """Of the wrong kind, by what they look like; nothing of them is said."""
    if seen.settings is None:
        return
    token = seen.settings.slack_bot_token.get_secret_value().strip()
    kind = next((said for start, said in _OTHER_TOKENS.items() if token.startswith(start)), None)
    if token and not token.startswith("xoxb-") and not token.startswith("xoxe.xoxb-"):
        yield Finding("token_of_other_kind", Severity.ERROR, {"kind": kind or "something else"})
    secret = seen.settings.slack_signing_secret.get_secret_value().strip()
    if secret and not _SECRET.fullmatch(secret):
        yield Finding("secret_odd", Severity.WARNING)


def contradictions(seen: SettingsSeen) -> Iterator[Finding]:
    """Settings that do not go together."""
    settings = seen.settings
    if settings is None:
        return
    if settings.is_for_many and settings.slack_bot_token.get_secret_value().strip():
        problem = "SLACK_BOT_TOKEN and SLACK_CLIENT_ID cannot both be set: leave one of them out."
        yield Finding("settings_malformed", Severity.ERROR, {"problem": problem})
    url = urlsplit(settings.slack_api_url)
    host = url.hostname or ""
    is_slack = host == _OF_SLACK or host.endswith("." + _OF_SLACK)
    if url.scheme != "https" and host not in _HERE:
        yield Finding("api_unencrypted", Severity.WARNING, {"address": host})
    if is_slack and settings.clock_offset_file is not None:
        yield Finding("clock_moved", Severity.WARNING)
    if is_slack and settings.database_url.endswith(TRIAL_FILE):
        yield Finding("trial_database", Severity.WARNING)
    if settings.delivery_lease_s < _SHORT_LEASE_S:
        seconds: dict[str, Fact] = {"seconds": f"{settings.delivery_lease_s:g}", "enough": _SHORT_LEASE_S}
        yield Finding("lease_short", Severity.WARNING, seconds)


def reachable(seen: DatabaseSeen) -> Iterator[Finding]:
    if seen.is_absent:
        yield Finding("database_absent", Severity.WARNING, {"address": seen.address})
    if seen.unreachable is not None:
        because = {"address": seen.address, "because": seen.unreachable}
        yield Finding("database_unreachable", Severity.ERROR, because)


def migrated(seen: DatabaseSeen) -> Iterator[Finding]:
    if seen.is_absent or seen.unreachable is not None or seen.schema == seen.wanted:
        return
    facts = {"found": seen.schema or "nothing", "wanted": seen.wanted}
    if seen.is_unknown:
        yield Finding("schema_unknown", Severity.ERROR, facts)
    elif seen.schema is not None and seen.schema > seen.wanted:
        yield Finding("schema_newer", Severity.ERROR, facts)
    else:
        # A SQLite file is brought up to date by whatever starts next.
        severity = Severity.WARNING if seen.is_sqlite else Severity.ERROR
        yield Finding("schema_older", severity, facts)


def writable(seen: DatabaseSeen) -> Iterator[Finding]:
    if seen.not_writable is None:
        return
    is_busy = "locked" in seen.not_writable
    code, severity = ("database_busy", Severity.WARNING) if is_busy else ("read_only", Severity.ERROR)
    yield Finding(code, severity, {"because": seen.not_writable})


def space(seen: DatabaseSeen) -> Iterator[Finding]:
    if seen.free is None:
        return
    facts = {"free": f"{seen.free / _MB:,.0f} MB", "size": f"{seen.size / _MB:,.1f} MB"}
    if seen.free < _FULL:
        yield Finding("disk_full", Severity.ERROR, facts)
    elif seen.free < max(_LOW, seen.size):
        yield Finding("disk_low", Severity.WARNING, facts)


def database_clock(seen: DatabaseSeen) -> Iterator[Finding]:
    if seen.ahead is not None and abs(seen.ahead) > CLOCK_WARNING:
        severity = Severity.ERROR if abs(seen.ahead) > CLOCK_ERROR else Severity.WARNING
        yield Finding("database_clock", severity, {"seconds": f"{abs(seen.ahead).total_seconds():,.0f}"})

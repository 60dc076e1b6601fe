"""The environment, read once and in no other module. Names as in Slack's own samples.

Every setting stands in the README's table and in `.env.sample`; a test compares them.
"""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

TRIAL_FILE = "waymark-try.db"
"""The database of `make run`, where no other is set: in the current folder."""
_SHORTEST_TOKEN = 16
_OF_BOT, _OF_APP = "xoxb-", "xapp-"
_PUBLIC = re.compile(
    r"https://[a-z0-9.-]+(:[0-9]+)?/?|http://(localhost|127\.0\.0\.1)(:[0-9]+)?/?", re.IGNORECASE | re.ASCII
)
"""Slack sends nobody back to an address without TLS, but to one on their own machine."""
_PASSWORD = re.compile(r"[^:]*://[^:/]*:([^@]*)@")
"""As SQLAlchemy reads one in an address. What else reads addresses ends at a "/", "?" or "#" in it."""


class Settings(BaseModel):
    """Secrets never show in `repr`, errors or logs."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr = Field(SecretStr(""), description="The bot's token, `xoxb-…`.")
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="The app's own token for Socket Mode (`run`), `xapp-…`."
    )
    slack_signing_secret: SecretStr = Field(SecretStr(""), description="Slack's secret for signing requests.")
    slack_client_id: str = Field(
        "", description="With the three below, for any number of workspaces: Slack's id of your app."
    )
    slack_client_secret: SecretStr = Field(SecretStr(""), description="Slack's secret for installing it.")
    waymark_keys: SecretStr = Field(
        SecretStr(""),
        description="Fernet keys for the workspaces' tokens, separated by commas: the first encrypts, all "
        "decrypt.",
    )
    public_url: str = Field(
        "", description="Where this bot is reached from outside, as `https://waymark.example.org`."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Where Slack's Web API is.")
    database_url: str = Field(
        "sqlite:///waymark.db", description="A SQLite file, or `postgresql://user:password@host/name`."
    )
    github_token: SecretStr = Field(
        SecretStr(""),
        description="For pages that are published on GitHub: it writes contents and pull requests.",
    )
    github_webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="With it, GitHub tells of pushes at `POST /github/events`, signed with this secret.",
    )
    github_api_url: str = Field("https://api.github.com", description="Where GitHub's REST API is.")
    port: int = Field(3000, ge=0, le=65535, description="Where `make run` and `web` listen.")
    delivery_lease_s: float = Field(
        60,
        ge=1,
        le=3600,
        description="Seconds after which a message that a dead process had begun is looked after.",
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="`json`, a line each; `text`; or `auto`: text on a terminal, else JSON."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="Who sends it as a bearer token reads `/metrics`; without it there is none.",
    )
    watch_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Where `run` and `worker` answer `/healthz`, `/readyz`, `/metrics`; 0: nowhere.",
    )
    ready_queue_age_s: float = Field(
        900,
        ge=0,
        description="`/readyz` says no when a message is late by so many seconds; 0: however late it is.",
    )
    clock_offset_file: Path | None = Field(
        None,
        description="A file with seconds to run ahead of the clock, or a time to stand at, for trials.",
    )

    @property
    def is_for_many(self) -> bool:
        """Whether any workspace may install the bot, and not the one that SLACK_BOT_TOKEN is of."""
        return bool(self.slack_client_id.strip() or self.slack_client_secret.get_secret_value().strip())

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and _PUBLIC.fullmatch(value) is None:
            raise ValueError("must begin with https:// (or be http:// on this machine), without a path")
        # Whether it begins with https:// decides what browsers are told of the cookie.
        return value.rstrip("/").lower()

    @field_validator("slack_api_url")
    @classmethod
    def _is_folder(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator("metrics_token", "github_webhook_secret")
    @classmethod
    def _is_no_guess(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < _SHORTEST_TOKEN:
            raise ValueError(f"it needs at least {_SHORTEST_TOKEN} characters")
        return value

    def secrets(self) -> frozenset[str]:
        """What must stand in no log: all that is secret, and the database's password as it may be written."""
        held = {value.get_secret_value() for _, value in self if isinstance(value, SecretStr)}
        # Each key by itself, too: all of them together stand nowhere else.
        held |= set(self.waymark_keys.get_secret_value().split(","))
        held |= _passwords_in(self.database_url)
        return frozenset(form for each in held for form in (each, each.strip())) - {""}


def _passwords_in(address: str) -> set[str]:
    """As they are written there, and as they are meant. An option may be one, too."""
    found = _PASSWORD.match(address)
    rest = address[found.end() :] if found else address
    options = parse_qsl(rest.partition("?")[2])
    return {
        *((found[1], unquote(found[1])) if found else ()),
        *(value for name, value in options if "password" in name.lower()),
    }


class SettingsError(Exception):
    """A setting cannot be used; `problems` says which and why, without its value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_settings() -> Settings:
    """From the environment, else from `.env` in this folder. Raises SettingsError."""
    # Not pydantic-settings: importing it alone takes as long as all of Bolt.
    found = {**dotenv_values(".env"), **os.environ}
    try:
        return Settings.model_validate({name.lower(): value for name, value in found.items() if value})
    except ValidationError as error:
        raise SettingsError(
            [f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}." for each in error.errors()]
        ) from None


def wants_colour() -> bool:
    """Whether nobody has asked for none (no-color.org)."""
    return not os.environ.get("NO_COLOR")


def require_tokens(settings: Settings, *, socket_mode: bool = False) -> None:
    """What Slack is spoken to with. Over HTTP its requests are signed; Socket Mode has a token of the app's.

    Only for one workspace: see `prepare_many` of bot/app_many.py for any number. Raises SettingsError.
    """
    if settings.is_for_many:
        raise SettingsError(
            [
                (
                    "SLACK_CLIENT_ID or SLACK_CLIENT_SECRET is set, for any number of workspaces: `web` and "
                    "`worker` serve these, over HTTP. `run` is for one: leave both out for it."
                )
            ]
        )
    bot, app = (
        each.get_secret_value().strip() for each in (settings.slack_bot_token, settings.slack_app_token)
    )
    secret = settings.slack_signing_secret.get_secret_value().strip()
    needed = {"SLACK_BOT_TOKEN": bot} | (
        {"SLACK_APP_TOKEN": app} if socket_mode else {"SLACK_SIGNING_SECRET": secret}
    )
    problems = [f"{name} is not set." for name, value in needed.items() if not value]
    if bot.startswith(_OF_APP) and app.startswith(_OF_BOT):
        problems.append(
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: xoxb-… is the bot's, xapp-… the app's."
        )
    elif bot.startswith(_OF_APP):
        problems.append(
            "SLACK_BOT_TOKEN is an app-level token (xapp-…), where the bot's (xoxb-…) belongs: "
            "it stands under OAuth & Permissions."
        )
    elif socket_mode and app and not app.startswith(_OF_APP):
        kind = "a bot's token (xoxb-…)" if app.startswith(_OF_BOT) else "none"
        problems.append(
            f"SLACK_APP_TOKEN is {kind}, where an app-level token (xapp-…) belongs: "
            "it stands under Basic Information, App-Level Tokens."
        )
    if problems:
        raise SettingsError(problems)


def environment_with(changes: dict[str, str]) -> dict[str, str]:
    """This process's environment with some changes, for a child of it."""
    return {**os.environ, **changes}


def environment_of(*prefixes: str) -> dict[str, str]:
    """What of this process's environment begins so, for a child that needs to know no secrets."""
    return {name: value for name, value in os.environ.items() if name.startswith(prefixes)}


def share_metrics_in(folder: str) -> None:
    """For the processes that this one starts: Prometheus's library takes it from the environment alone."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder

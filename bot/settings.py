"""The environment, read once and in no other module. Names as in Slack's own samples.

Every setting stands in the README's table and in `.env.sample`; a test compares them.
"""

import os
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator


class Settings(BaseModel):
    """Secrets never show in `repr`, errors or logs."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr = Field(SecretStr(""), description="The bot's token, `xoxb-…`.")
    slack_signing_secret: SecretStr = Field(SecretStr(""), description="Slack's secret for signing requests.")
    slack_api_url: str = Field("https://slack.com/api/", description="Where Slack's Web API is.")
    database_url: str = Field(
        "sqlite:///waymark.db", description="A SQLite file, or `postgresql://user:password@host/name`."
    )
    port: int = Field(3000, ge=0, le=65535, description="Where `make run` and `web` listen.")
    delivery_lease_s: float = Field(
        60,
        ge=1,
        le=3600,
        description="Seconds after which a message that a dead process had begun is looked after.",
    )
    clock_offset_file: Path | None = Field(
        None, description="A file with seconds to run ahead of the clock, for trying the bot out."
    )

    @field_validator("slack_api_url")
    @classmethod
    def _is_folder(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"


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


def environment_with(changes: dict[str, str]) -> dict[str, str]:
    """This process's environment with some changes, for a child of it."""
    return {**os.environ, **changes}

"""What buttons that open forms, menus on cards, and forms themselves carry: typed values, versioned.

A button or a form may be older than the code that reads it.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError, OutdatedFormError
from bot.slack.effects import Origin
from bot.slack.queries import Query

_LARGEST_ID = 2**63 - 1

FormName = Literal["project", "outcome", "add", "update", "create", "save"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)


class _Carried(_Value):
    """What a button carries, or an option of a menu."""

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedButtonError."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise OutdatedButtonError from error


class Wanted(_Carried):
    """A form that is asked for.

    `project`: the whole record. `outcome`: one outcome; with `vouches`, saving it as it is says that it is
    still true. `add`: a new outcome. `update`: a project and an outcome to choose. `card`: what the answer
    shows.
    """

    form: FormName
    project_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    outcome_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    vouches: bool = False
    card: Query | None = None


class Doing(_Carried):
    """What a menu or a button on a card does, with one outcome (`id`) or all that are open.

    At most 150 characters, as Slack allows for an option's value.
    """

    do: Literal["update", "still", "assign"]
    id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    card: Query


class Below(BaseModel):
    """The form with the whole record that an outcome's lies on: renewed when that one is done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    view_id: str = Field(max_length=64)
    since: int = 0
    seen: dict[str, str] = Field(default_factory=dict)
    times: int = 0
    page: int = Field(0, ge=0, le=10_000)


class Memo(_Value):
    """What a form knows of itself, in its private_metadata, for which Slack allows 3,000 characters.

    `seen`: how its fields were when it was opened (see services/revising.py), and `since`: the newest entry
    of the history then. `times` counts how often it came back: fields of an older one keep what was typed.
    """

    project_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    outcome_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    vouches: bool = False
    card: Query | None = None
    since: int = 0
    seen: dict[str, str] = Field(default_factory=dict)
    times: int = 0
    page: int = Field(0, ge=0, le=10_000)
    channel_id: str | None = Field(None, max_length=64)
    response_url: str | None = Field(None, max_length=500)
    is_ephemeral: bool = False
    permalink: str | None = Field(None, max_length=500)
    author_id: str | None = Field(None, max_length=64)
    is_cut: bool = False
    below: Below | None = None

    @property
    def origin(self) -> Origin:
        return Origin(self.channel_id, self.response_url, self.is_ephemeral)

    def coming_from(self, origin: Origin) -> Self:
        return self.model_copy(
            update={
                "channel_id": origin.channel_id,
                "response_url": origin.response_url,
                "is_ephemeral": origin.is_ephemeral,
            }
        )

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedFormError."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise OutdatedFormError from error

"""What buttons that open forms carry: typed values, versioned. A button may be older than the code."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError
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

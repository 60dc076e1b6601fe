"""What the buttons of the home tab carry: typed values, versioned. The place is kept with the person, too."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError

Part = Literal["waiting", "outcomes", "mine", "workspace"]
"""What a home tab has pages of."""

_LARGEST_ID = 2**63 - 1
_Page = Field(0, ge=0, le=1_000_000)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedButtonError."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise OutdatedButtonError from error


class OutcomeTarget(_Value):
    """The outcome that a button is about."""

    project_id: int = Field(ge=1, le=_LARGEST_ID)
    outcome_id: int = Field(ge=1, le=_LARGEST_ID)


class HomePlace(_Value):
    """Which pages a person is at: one for each part, counted from 0."""

    waiting: int = _Page
    outcomes: int = _Page
    mine: int = _Page
    workspace: int = _Page

    @classmethod
    def kept(cls, value: str) -> Self:
        """As it was written down, maybe by another version, which it is no use to complain about."""
        try:
            return cls.decode(value) if value else cls()
        except OutdatedButtonError:
            return cls()

    def at(self, part: Part, page: int) -> Self:
        return self.model_copy(update={part: page})

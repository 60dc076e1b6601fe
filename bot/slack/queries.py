"""A question that a command or a button asks, as a value: a button carries the whole of its question.

Typed and versioned, since messages outlive the code that posted them.
"""

from datetime import date
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError

_LARGEST_ID = 2**63 - 1
"""Of both databases."""

QueryName = Literal[
    "overview",
    "help",
    "list",
    "show",
    "goal",
    "outcomes",
    "links",
    "search",
    "history",
    "access",
    "admin",
    "schedule",
    "preview",
]


class Taking(BaseModel):
    """What the button Undo takes back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    act_id: str = Field(pattern=r"^[0-9a-f]{1,64}$")

    def encode(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedButtonError."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise OutdatedButtonError from error


class Query(BaseModel):
    """`page` counts from 0. `outcome_id` asks for one outcome only.

    `words` is a list's name, what to search for, or a command to help with.

    `at` asks for the record as it was at that instant: the end of the day `on`, where the asker was.

    `person_id` is whose question it was, on a message that others see too: there, "mine" is theirs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    name: QueryName
    project_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    outcome_id: int | None = Field(None, ge=1, le=_LARGEST_ID)
    words: str = Field("", max_length=500)
    page: int = Field(0, ge=0, le=1_000_000)
    on: date | None = None
    at: AwareDatetime | None = None
    person_id: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{1,64}$")

    def encode(self) -> str:
        """At most 2,000 characters, as Slack allows for a button's value."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedButtonError."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise OutdatedButtonError from error

    def at_page(self, page: int) -> Self:
        return self if page == self.page else self.model_copy(update={"page": page})

    def of_person(self, person_id: str) -> Self:
        """The same question, for others to read; one that was asked by somebody else stays theirs."""
        is_personal = self.name == "overview" or (self.name == "list" and self.words == "mine")
        if not is_personal or self.person_id is not None:
            return self
        return self.model_copy(update={"person_id": person_id})

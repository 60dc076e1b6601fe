"""A question that a command or a button asks, as a value: a button carries the whole of its question.

Typed and versioned, since messages outlive the code that posted them.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError

QueryName = Literal["overview", "help", "list", "show", "goal", "outcomes", "links", "search"]


class Query(BaseModel):
    """`page` counts from 0. `words` is a list's name, what to search for, or a command to help with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    name: QueryName
    project_id: int | None = None
    words: str = Field("", max_length=500)
    page: int = Field(0, ge=0, le=1_000_000)

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
        return self.model_copy(update={"page": page})

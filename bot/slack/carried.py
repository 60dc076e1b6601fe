"""The base of all that buttons, menus and forms carry: values as short JSON, typed and versioned.

Messages outlive the code that posted them: what this version cannot read is said kindly.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OutdatedButtonError, OutdatedFormError

_LARGEST_ID = 2**63 - 1
"""Of both databases."""

RowId = Annotated[int, Field(ge=1, le=_LARGEST_ID)]


class Carried(BaseModel):
    """`outdated`: what `decode` raises of a value that this version cannot read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    outdated: ClassVar[type[OutdatedButtonError | OutdatedFormError]] = OutdatedButtonError

    v: Literal[1] = 1

    def encode(self) -> str:
        """For Slack, which takes 2,000 characters at a button, 150 at an option, 3,000 at a form."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def decode(cls, value: str) -> Self:
        """Raises OutdatedButtonError, or OutdatedFormError for what a form carries."""
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise cls.outdated from error

"""What the buttons of the home tab carry: typed values, versioned. The place is kept with the person, too."""

from typing import Literal, Self

from pydantic import Field

from bot.errors import OutdatedButtonError
from bot.slack.carried import Carried, RowId

Part = Literal["waiting", "outcomes", "mine", "workspace"]
"""What a home tab has pages of."""

_Page = Field(0, ge=0, le=1_000_000)


class OutcomeTarget(Carried):
    """The outcome that a button is about."""

    project_id: RowId
    outcome_id: RowId


class HomePlace(Carried):
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

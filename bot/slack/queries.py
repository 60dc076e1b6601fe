"""A question that a command or a button asks, as a value: a button carries the whole of its question.

Typed and versioned, since messages outlive the code that posted them.
"""

from datetime import date
from typing import Literal, Self

from pydantic import AwareDatetime, Field

from bot.slack.carried import Carried, RowId

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
    "remind",
    "away",
    "settings",
    "digest",
    "brief",
    "mine",
    "freshness",
    "status",
    "doctor",
    "publish",
    "page",
]


class Taking(Carried):
    """What the button Undo takes back."""

    act_id: str = Field(pattern=r"^[0-9a-f]{1,64}$")


class Query(Carried):
    """`page` counts from 0. `outcome_id` asks for one outcome only.

    `words` is a list's name, what to search for, or a command to help with.

    `at` asks for the record as it was at that instant: the end of the day `on`, where the asker was.

    `person_id` is whose question it was, on a message that others see too: there, "mine" is theirs.
    """

    name: QueryName
    project_id: RowId | None = None
    outcome_id: RowId | None = None
    words: str = Field("", max_length=500)
    page: int = Field(0, ge=0, le=1_000_000)
    on: date | None = None
    at: AwareDatetime | None = None
    person_id: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{1,64}$")

    def at_page(self, page: int) -> Self:
        return self if page == self.page else self.model_copy(update={"page": page})

    def of_person(self, person_id: str) -> Self:
        """The same question, for others to read; one that was asked by somebody else stays theirs."""
        is_own_list = self.name == "list" and self.words == "mine"
        is_personal = is_own_list or self.name in {"overview", "away", "mine"}
        if not is_personal or self.person_id is not None:
            return self
        return self.model_copy(update={"person_id": person_id})

"""The entries of the history, frozen as all records. See storage/history.py."""

from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from storage.records import Record, UpdateSource


class ChangedItem(StrEnum):
    """What a change is a change of."""

    PROJECT = "project"
    OUTCOME = "outcome"
    LINK = "link"
    MEMBER = "member"
    ALIAS = "alias"
    SCHEDULE = "schedule"
    CHILD = "child"
    """A sub-project that came or went: said in the history of the parent; it follows from the child's own."""


WHOLE = "whole"
"""The field of a change that added an item (`before` is None) or removed it (`after` is None)."""
SAID = "said"
"""The field of a change that is a status update, or the taking back of one."""


ORDER = "order"
"""The field of a change that put items in another order: all their ids, before and after."""


class Change(Record):
    """One entry of the history: a value of a project or of one of its parts, before and after.

    What one person did at once is an act; `undoes` is the act that was taken back by it. When a page said so,
    `person_id` is whoever of the workspace edited it, None where nobody knows; `author` is the name that the
    page's own history has.
    """

    id: int
    project_id: int
    item: ChangedItem
    item_id: int | None
    field: str
    before: JsonValue
    after: JsonValue
    person_id: str | None
    source: UpdateSource
    act_id: str
    undoes: str | None
    changed_at: AwareDatetime
    author: str | None = None

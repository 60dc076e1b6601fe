"""How a page says what it says, where there is a choice."""

from dataclasses import dataclass

from storage.archived import Archived


@dataclass(frozen=True, slots=True)
class PageStyle:
    """`with_status`: each outcome with its status and its day, and each project with when it was checked."""

    with_status: bool = False
    archived: Archived = Archived.REMOVED

"""What becomes of archived projects on a page: a choice that a publication keeps."""

from enum import StrEnum


class Archived(StrEnum):
    REMOVED = "removed"
    MARKED = "marked"

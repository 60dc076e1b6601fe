"""What a file of records may be: what people choose, and nothing of how it is made."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """What a file of records is written as."""

    MYST = "myst"
    JSON = "json"
    CSV = "csv"
    MD = "md"

    @property
    def ending(self) -> str:
        """Of the names of such files."""
        return "md" if self is ExportFormat.MYST else self.value

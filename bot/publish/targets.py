"""What every target promises."""

from dataclasses import dataclass
from typing import Protocol

from bot.errors_publish import Author, Standing

DEFAULT_AUTHOR = Author("Waymark", "waymark@localhost")
"""In whose name commits are made, unless somebody else is given."""


@dataclass(frozen=True)
class Published:
    """What came of it. `url` is where people see it: a pull request, if there is one."""

    revision: str
    url: str | None
    is_new: bool
    """Whether it was published just now, and did not stand there already."""


class Target(Protocol):
    """Where a page goes. May be used by many threads and processes at once; every use may take a while."""

    def read(self) -> Standing | None:
        """What stands there now; None: nothing yet, or no more. Raises PublishError."""

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        """Put `data` there if `over` is what stands there (None: if nothing does).

        Nothing is done when `data` stands there already: published twice is published once, whatever was
        killed in the middle. Raises EditedError when something else stands there, and PublishError.
        """

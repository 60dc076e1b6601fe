"""Why a file cannot be read as a page, or a template makes none.

Data only: the sentences are in ``bot.texts_import`` and ``bot.texts_export``.
"""


class PageError(Exception):
    """The file is not a page that Waymark can read; nothing was read from it."""


class PageNotUtf8Error(PageError):
    """The bytes are not UTF-8 from ``offset`` (counted from 0, in bytes) on."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class PageTooLargeError(PageError):
    """The page has ``size`` bytes (or characters, if it came as text); ``limit`` is the most that is read."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        self.limit = limit


class PageBinaryError(PageError):
    """There is a NUL at ``offset``: this is a picture or a program, not text."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class PageEmptyError(PageError):
    """There is nothing in the file but blanks (``size`` characters of them, perhaps none)."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class NotAPageError(PageError):
    """The text has ``lines`` lines and no ``##`` heading among them, so no project can be on it."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines


class ManyGoneError(PageError):
    """Most of the ``before`` projects that this page had are gone from it (``slugs``): perhaps another."""

    def __init__(self, slugs: tuple[str, ...], before: int) -> None:
        super().__init__(slugs, before)
        self.slugs = slugs
        self.before = before


AnyPageError = (
    ManyGoneError | NotAPageError | PageBinaryError | PageEmptyError | PageNotUtf8Error | PageTooLargeError
)
PAGE_ERRORS = (
    ManyGoneError,
    NotAPageError,
    PageBinaryError,
    PageEmptyError,
    PageNotUtf8Error,
    PageTooLargeError,
)
"""The same, for `except`."""


class BrokenTemplateError(Exception):
    """A template cannot be read or filled in: where, and why in Jinja's words."""

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        super().__init__(name, line, reason)
        self.name = name
        self.line = line
        self.reason = reason

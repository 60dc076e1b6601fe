"""Where this bot is reached from outside, for what is said of it in chat. Of the process: `app` sets it."""

from urllib.parse import quote

from storage.public_pages import PublicPage


class PublicAddress:
    """`url` is the setting PUBLIC_URL; `is_for_many`: any workspace may install this bot."""

    def __init__(self) -> None:
        self._url = ""
        self._is_for_many = False

    def begin(self, url: str, *, is_for_many: bool) -> None:
        self._url, self._is_for_many = url, is_for_many

    def of(self, page: PublicPage) -> str | None:
        """That of the workspace's public page; None where nobody has said where the bot is."""
        if not self._url:
            return None
        rest = f"/in/{quote(page.address, safe='')}" if self._is_for_many and page.address else ""
        return f"{self._url}/projects{rest}"


HERE = PublicAddress()

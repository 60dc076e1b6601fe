"""From an address to its target."""

from pathlib import Path

from bot.errors_publish import Author, PublishError, Reason
from bot.publish.addresses import FileAddress, GitAddress, GithubAddress, parse_address, require_api_url
from bot.publish.file_target import FileTarget
from bot.publish.targets import DEFAULT_AUTHOR, Target


def open_target(
    address: str,
    *,
    token: str | None,
    api_url: str = "https://api.github.com",
    author: Author = DEFAULT_AUTHOR,
    within: Path | None = None,
) -> Target:
    """Where a page goes, by its address (see `parse_address`). Nothing is looked at yet.

    `token` and `api_url` are those of GitHub. With `within`, files and checkouts have to be in that folder.
    Raises AddressError, which says what is wrong with the address, and PublishError when a token is missing.
    """
    match parse_address(address):
        case FileAddress(path):
            return FileTarget(path, within)
        case GitAddress() as found:
            from bot.publish.git_target import GitTarget  # noqa: PLC0415 - files need nothing of it

            return GitTarget(found, author, within)
        case GithubAddress() as found:
            # httpx takes a tenth of a second to import, which only those wait for who use it.
            from bot.publish.github_target import open_github  # noqa: PLC0415 - httpx

            known = (token or "").strip()
            if not known:
                raise PublishError(Reason.NO_TOKEN, address)
            return open_github(found, known, require_api_url(api_url), author)

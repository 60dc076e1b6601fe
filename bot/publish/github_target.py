"""A page in a repository on GitHub, committed straight to its branch; and which of the two ways to take."""

from contextlib import AbstractContextManager

from bot.errors_publish import Author, EditedError, PublishError, Reason, Standing
from bot.publish.addresses import GithubAddress
from bot.publish.github_api import LIMIT_S, GithubApi, opened_api
from bot.publish.github_pulls import publish_by_pull, read_by_pull
from bot.publish.github_repository import GithubRepository
from bot.publish.targets import Published, Target

_ATTEMPTS = 5


class GithubTarget:
    """With `is_direct` of the address, commits go to the base branch; else to a pull request."""

    def __init__(
        self, address: GithubAddress, token: str, api_url: str, author: Author, limit_s: float
    ) -> None:
        self._address = address
        self._author = author
        self._token = token
        self._api_url = api_url
        self._limit_s = limit_s

    def read(self) -> Standing | None:
        """As Target.read. While there is a pull request, what stands there is what it has."""
        with self._open() as api:
            repository = GithubRepository(api, self._address.path, self._author)
            base = self._address.base or repository.find_default_branch()
            if not self._address.is_direct:
                return read_by_pull(repository, base)
            head = repository.get_head(base)
            page = repository.read_page(head)
            return repository.describe(page, head) if page else None

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        """As Target.publish."""
        with self._open() as api:
            repository = GithubRepository(api, self._address.path, self._author)
            base = self._address.base or repository.find_default_branch()
            attempt = _publish_directly if self._address.is_direct else publish_by_pull
            for _ in range(_ATTEMPTS):
                done = attempt(repository, base, data, message, over)
                if done is not None:
                    return done
        raise PublishError(Reason.BUSY, f"others were faster {_ATTEMPTS} times")

    def _open(self) -> AbstractContextManager[GithubApi]:
        where = self._address.owner, self._address.repository
        return opened_api(self._api_url, self._token, *where, self._limit_s)


def open_github(
    address: GithubAddress, token: str, api_url: str, author: Author, limit_s: float = LIMIT_S
) -> Target:
    """The target of an address on GitHub."""
    return GithubTarget(address, token, api_url, author, limit_s)


def _publish_directly(
    repository: GithubRepository, base: str, data: bytes, message: str, over: bytes | None
) -> Published | None:
    head = repository.get_head(base)
    page = repository.read_page(head)
    stands = page.data if page else None
    if page is not None and stands == data:
        return Published(repository.describe(page, head).revision, None, is_new=False)
    if stands != over:
        raise EditedError(repository.describe(page, head) if page else None)
    written = repository.put_page(base, data, page, message)
    if written is None:
        return None
    return Published(written.commit.sha, written.content.html_url, is_new=True)

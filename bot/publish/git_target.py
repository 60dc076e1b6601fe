"""A page in a git checkout: a commit for each publish, pulled before and pushed after."""

from pathlib import Path

from bot.errors_publish import Author, EditedError, PublishError, Reason, Standing
from bot.publish.addresses import GitAddress
from bot.publish.git_checkout import Checkout, opened_checkout
from bot.publish.git_commits import make_commit, put_file, take_commit
from bot.publish.git_upstream import Upstream, find_upstream, pull, push
from bot.publish.targets import Published

_ATTEMPTS = 8
"""How often somebody else may be faster."""


class GitTarget:
    """The commits are made in the name of `author`. With `within`, the checkout has to be in that folder.

    Where the branch follows another, a commit is made on top of what that one has, pushed, and only then
    taken into the checkout: a commit that was overtaken is nowhere, and is made anew.
    """

    def __init__(self, address: GitAddress, author: Author, within: Path | None = None) -> None:
        self._address = address
        self._author = author
        self._within = within

    def read(self) -> Standing | None:
        """As Target.read. A file that was edited and not committed counts; nobody knows by whom."""
        with opened_checkout(self._address, self._within) as checkout:
            upstream = find_upstream(checkout)
            if upstream is not None:
                pull(checkout, upstream)
            return checkout.read()[0]

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:
        """As Target.publish."""
        with opened_checkout(self._address, self._within) as checkout:
            upstream = find_upstream(checkout)
            for _ in range(_ATTEMPTS):
                theirs = pull(checkout, upstream) if upstream else None
                standing, is_committed = checkout.read()
                stands = standing.data if standing else None
                if standing is not None and stands == data and is_committed:
                    if upstream is None or self._push_head(checkout, upstream, theirs):
                        return Published(standing.revision, None, is_new=False)
                    continue
                if stands not in (data, over):
                    raise EditedError(standing)
                done = self._commit(checkout, upstream, data, message)
                if done is not None:
                    return done
        raise PublishError(Reason.BUSY, f"others were faster {_ATTEMPTS} times")

    def _commit(
        self, checkout: Checkout, upstream: Upstream | None, data: bytes, message: str
    ) -> Published | None:
        """None: somebody else was faster."""
        head = checkout.head()
        commit = make_commit(checkout, head, data, message, self._author)
        if commit is None:
            put_file(checkout, data)
            return Published(head or "", None, is_new=True)
        if upstream is not None and not push(checkout, upstream, commit):
            return None
        if not take_commit(checkout, head, commit, data):
            return None
        return Published(commit, None, is_new=True)

    def _push_head(self, checkout: Checkout, upstream: Upstream, theirs: str | None) -> bool:
        """Commits that were made while nobody could be reached, or by hand, go out as well."""
        head = checkout.head()
        return head is None or head == theirs or push(checkout, upstream, head)

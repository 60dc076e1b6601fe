"""A page that goes to GitHub by pull requests: one is open at a time, from a branch of the bot's own.

The branch is the memory of what was begun. Whatever is killed, the next look at the branch, the base and the
pull requests says where to go on.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot import texts_pull_requests as texts
from bot.errors_publish import EditedError, PublishError, Reason, Standing
from bot.publish.github_repository import GithubRepository, Page
from bot.publish.github_shapes import Pull
from bot.publish.targets import Published


class _Branch(Enum):
    MISSING = auto()
    SPENT = auto()  # nothing is on it that the base or a pull request of the past has not
    LIVE = auto()
    CONFLICTING = auto()  # live, and the page was edited on the base in a way that cannot be merged


@dataclass(frozen=True)
class _View:
    """What there is. `page` is what stands: that of the branch while it is live, else that of the base.

    It is as of `commit`. While they conflict it is the base's, and `own` is that of the branch, as of
    `own_commit`.
    """

    base: str
    base_commit: str
    kind: _Branch
    page: Page | None
    commit: str
    pull: Pull | None = None
    since: bytes | None = None
    own: Page | None = None
    own_commit: str = ""


_LONGEST = 100
"""Git keeps a branch in a file of its name, and names of files have an end."""


def branch_for(path: str) -> str:
    """The bot's own branch for a page."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", path).lower()
    return f"waymark/{words[:_LONGEST].strip('-') or 'page'}"


def read_by_pull(repository: GithubRepository, base: str) -> Standing | None:
    """As Target.read. An edit on the base branch is brought into the bot's own branch on the way."""
    return _describe(repository, _look(repository, base))


def publish_by_pull(
    repository: GithubRepository, base: str, data: bytes, message: str, over: bytes | None
) -> Published | None:
    """As Target.publish; None: somebody else was faster, and it has to be begun anew."""
    view = _look(repository, base)
    stands = view.page.data if view.page else None
    if view.kind is _Branch.CONFLICTING and _save_edits(repository, view, data, message, over):
        return None
    if stands not in (data, over):
        raise EditedError(_describe(repository, view))
    if view.kind is _Branch.CONFLICTING:
        _settle(repository, view)
        return None
    if stands == data:
        standing = _describe(repository, view)
        pull = _pull(repository, view) if view.kind is _Branch.LIVE else None
        return Published(standing.revision if standing else "", pull.html_url if pull else None, is_new=False)
    return _commit(repository, view, data, message)


def _commit(repository: GithubRepository, view: _View, data: bytes, message: str) -> Published | None:
    branch = branch_for(repository.path)
    if view.kind is _Branch.MISSING and not repository.make_branch(branch, view.base_commit):
        return None
    if view.kind is _Branch.SPENT and not repository.move_branch(branch, view.base_commit):
        return None
    written = repository.put_page(branch, data, view.page, message)
    if written is None:
        return None
    pull = _pull(repository, view)
    return Published(written.commit.sha, pull.html_url if pull else None, is_new=True)


def _look(repository: GithubRepository, base: str) -> _View:
    base_commit = repository.get_head(base)
    branch = branch_for(repository.path)
    own_commit = repository.find_head(branch)
    pulls = repository.list_pulls(branch, base)
    opened = next((pull for pull in pulls if pull.state == "open"), None)
    last = pulls[0] if pulls else None
    base_page = repository.read_page(base_commit)
    at_base = _View(base, base_commit, _Branch.SPENT, base_page, base_commit, opened)
    if own_commit is None or (opened is None and last and last.head.sha == own_commit):
        kind = _Branch.SPENT if own_commit else _Branch.MISSING
        since = _since(repository, base_commit, last) if last else None
        return _View(base, base_commit, kind, base_page, base_commit, None, since)
    compared = repository.compare(base_commit, own_commit)
    if compared.ahead_by == 0:
        return at_base
    own_page = repository.read_page(own_commit)
    live = _View(base, base_commit, _Branch.LIVE, own_page, own_commit, opened)
    if compared.behind_by == 0:
        return live
    before = repository.read_page(compared.merge_base_commit.sha)
    if base_page == before:
        return live
    # Even if both are the same by now: the next commit on the branch would conflict.
    merged = repository.merge(branch, base_commit, texts.brought_in(base, repository.path))
    if merged is None:
        since = before.data if before else b""
        return _View(
            base,
            base_commit,
            _Branch.CONFLICTING,
            base_page,
            base_commit,
            opened,
            since,
            own_page,
            own_commit,
        )
    return _View(base, base_commit, _Branch.LIVE, repository.read_page(merged), merged, opened)


def _since(repository: GithubRepository, base_commit: str, last: Pull) -> bytes | None:
    """What the base's page was edited from, if the last pull request was closed and its page never taken."""
    if last.merged_at is not None:
        return None
    # What was brought into the branch after that was perhaps never read.
    own = repository.find_own_last(base_commit, last.head.sha)
    begun = repository.compare(base_commit, own or last.head.sha).merge_base_commit.sha
    page = repository.read_page(begun)
    return page.data if page else b""


def _save_edits(
    repository: GithubRepository, view: _View, data: bytes, message: str, over: bytes | None
) -> bool:
    """Edits by hand on the branch, before it takes the base's page: they have to be read first of all.

    That they were read is known by a commit of the bot's own on top of them; whether one was made now.
    """
    own = repository.find_own_last(view.base_commit, view.own_commit)
    before = repository.read_page(own) if own else None
    if view.own is None or view.own == before:
        return False
    if view.own.data != over:
        since = before.data if before else None
        raise EditedError(repository.describe(view.own, view.own_commit, since))
    if view.own.data == data:
        return False
    repository.put_page(branch_for(repository.path), data, view.own, message)
    return True


def _settle(repository: GithubRepository, view: _View) -> None:
    """The base's page is known to whoever publishes: the branch takes it, and then the base can be merged."""
    branch, path = branch_for(repository.path), repository.path
    if view.page is None:
        raise PublishError(Reason.CONFLICT, f"{path} is gone from {view.base}, and changed on {branch}")
    if view.own != view.page:
        written = repository.put_page(branch, view.page.data, view.own, texts.taken_from(view.base, path))
        if written is None:
            return
    if repository.merge(branch, view.base_commit, texts.brought_in(view.base, path)) is None:
        raise PublishError(Reason.CONFLICT, f"{branch} and {view.base}, in other files than {path}")


def _pull(repository: GithubRepository, view: _View) -> Pull | None:
    """The one that is open, or a new one."""
    if view.pull is not None:
        return view.pull
    branch, path = branch_for(repository.path), repository.path
    made = repository.open_pull(branch, view.base, texts.title(path), texts.body(path, branch))
    if made is not None:
        return made
    pulls = repository.list_pulls(branch, view.base)
    return next((pull for pull in pulls if pull.state == "open"), None)


def _describe(repository: GithubRepository, view: _View) -> Standing | None:
    return repository.describe(view.page, view.commit, view.since) if view.page else None

"""The branch that a checkout's branch follows, as on a server: fetched before, pushed to after."""

from dataclasses import dataclass

from bot.errors_publish import PublishError, Reason
from bot.publish.git_checkout import Checkout
from bot.publish.git_commands import REMOTE_S, as_git_error, said
from bot.publish.whole_files import read_whole

_OWN_REF = "refs/waymark/upstream"
"""Where the upstream's commit is kept; FETCH_HEAD is everybody's."""
_NOT_THERE = "couldn't find remote ref"
_OVERTAKEN = ("fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref", "stale info")
"""What git says when somebody else was faster."""


@dataclass(frozen=True)
class Upstream:
    """`branch` is a whole ref of the remote."""

    remote: str
    branch: str


def find_upstream(checkout: Checkout) -> Upstream | None:
    """What the checkout's branch follows, if it follows a branch of another repository."""
    section = f"branch.{checkout.branch.removeprefix('refs/heads/')}"
    remote, branch = (checkout.git.ask("config", "--get", f"{section}.{key}").text for key in _KEYS)
    if not remote or not branch or remote == ".":
        return None
    if remote.startswith("-") or not branch.startswith("refs/heads/"):
        raise PublishError(Reason.REFUSED, f"{section}: {remote} {branch}")
    return Upstream(remote, branch)


_KEYS = ("remote", "merge")


def pull(checkout: Checkout, upstream: Upstream) -> str | None:
    """The upstream's commit, which the checkout has caught up with; None: it has none yet.

    Raises PublishError: DIVERGED when the checkout has commits that the upstream has not, and the other way
    round; CONFLICT when files that were edited by hand are in the way.
    """
    theirs = _fetch(checkout, upstream)
    ours = checkout.head()
    if theirs is None or ours == theirs or (ours is not None and _is_before(checkout, theirs, ours)):
        return theirs
    if ours is not None and not _is_before(checkout, ours, theirs):
        raise PublishError(Reason.DIVERGED, f"{checkout.branch} is at {ours}, {upstream.branch} at {theirs}")
    _recognise_own(checkout, theirs)
    answer = checkout.git.ask("merge", "-q", "--ff-only", "--no-autostash", theirs)
    if answer.code:
        known = as_git_error(answer, "merge")
        if known.reason is Reason.FAILED:
            raise PublishError(Reason.CONFLICT, known.detail)
        raise known
    return theirs


def push(checkout: Checkout, upstream: Upstream, commit: str) -> bool:
    """Whether the upstream took it; False: somebody else was faster. Never forced. Raises PublishError."""
    where = upstream.remote, f"{commit}:{upstream.branch}"
    answer = checkout.git.ask("push", "--porcelain", "--no-verify", "--", *where, limit_s=REMOTE_S)
    if answer.code == 0:
        return True
    refused = [line for line in answer.text.split("\n") if line.startswith("!")]
    if not refused:
        raise as_git_error(answer, "push")
    if any(words in refused[0] for words in _OVERTAKEN):
        return False
    raise PublishError(Reason.PROTECTED, said(f"{refused[0]} {answer.err}"))


def _fetch(checkout: Checkout, upstream: Upstream) -> str | None:
    where = upstream.remote, f"+{upstream.branch}:{_OWN_REF}"
    options = "-q", "--no-tags", "--no-write-fetch-head"
    answer = checkout.git.ask("fetch", *options, "--", *where, limit_s=REMOTE_S)
    if answer.code == 0:
        return checkout.find_object(_OWN_REF)
    if _NOT_THERE in answer.err:
        return None
    raise as_git_error(answer, "fetch")


def _is_before(checkout: Checkout, older: str, newer: str) -> bool:
    return checkout.git.ask("merge-base", "--is-ancestor", older, newer).code == 0


def _recognise_own(checkout: Checkout, theirs: str) -> None:
    """The file has what the upstream has, as when the bot was killed after it had pushed: then let it be."""
    checkout.require_inside()
    found = read_whole(checkout.file)
    if found is not None and checkout.hash_of(found[0]) == checkout.find_blob(theirs):
        checkout.git.run("update-index", "--add", "--", checkout.path)

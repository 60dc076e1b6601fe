"""One repository on GitHub, in the words of this package instead of its API's."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

import httpx

from bot.errors_publish import Author, PublishError, Reason, Standing
from bot.publish.github_api import RAW, GithubApi, said
from bot.publish.github_shapes import Commit, Comparison, Content, GitObject, Pull, Ref, Repository, Written

_CODES = httpx.codes
_MOVED_ON = ("does not match", "but expected", "wasn't supplied", "Reference already exists")
"""What GitHub says when somebody else was faster."""
_PROTECTED = ("rule violations", "protected branch", "pull request")
_COMMITS = 30
"""So many are looked through for who edited the page."""


@dataclass(frozen=True)
class Page:
    """A version of the page; `blob` is its id in git."""

    data: bytes
    blob: str


class GithubRepository:
    """The calls that a page at `path` needs. All raise PublishError."""

    def __init__(self, api: GithubApi, path: str, author: Author) -> None:
        self._api = api
        self.path = path
        self._author = author

    def find_default_branch(self) -> str:
        return self._api.read(self._api.get(""), Repository).default_branch

    def find_head(self, branch: str) -> str | None:
        """The branch's newest commit, if there is such a branch."""
        found = self._api.get(f"/git/ref/heads/{branch}")
        if found.status_code == _CODES.NOT_FOUND:
            return None
        if found.status_code == _CODES.CONFLICT:
            raise self._api.refusal(found, Reason.EMPTY)
        return self._api.read(found, Ref).object.sha

    def get_head(self, branch: str) -> str:
        """As `find_head`, of a branch that has to be there."""
        found = self.find_head(branch)
        if found is None:
            raise PublishError(Reason.NOT_FOUND, f"no branch {branch}, or none that the token may see")
        return found

    def read_page(self, commit: str) -> Page | None:
        """The page as it was at a commit."""
        found = self._api.get(f"/contents/{self.path}", ref=commit)
        if found.status_code == _CODES.NOT_FOUND:
            return None
        if found.content.startswith(b"["):
            raise PublishError(Reason.NOT_A_FILE, f"{self.path} is a folder")
        content = self._api.read(found, Content)
        if content.type != "file":
            raise PublishError(Reason.NOT_A_FILE, f"{self.path} is a {content.type}")
        if content.encoding == "base64" and content.content is not None:
            return Page(b64decode(content.content), content.sha)
        large = self._api.get(f"/git/blobs/{content.sha}", RAW)
        if not large.is_success:
            raise self._api.refusal(large)
        return Page(large.content, content.sha)

    def describe(self, page: Page, commit: str, since: bytes | None = None) -> Standing:
        """With whoever wrote it: behind a merge of ours that is somebody else, whose edit it brought in."""
        commits = self._list_changes(commit)
        is_merged = bool(commits) and _is_merge(commits[0])
        for each in commits:
            if _is_merge(each) or (is_merged and self._is_own(each)):
                continue
            who = each.commit.author
            author, at = Author(who.name, who.email), each.commit.committer.date
            return Standing(page.data, commits[0].sha, author, at, since)
        return Standing(page.data, commits[0].sha if commits else commit, since=since)

    def _list_changes(self, commit: str) -> list[Commit]:
        """Of the page, the newest first."""
        query = {"sha": commit, "path": self.path, "per_page": str(_COMMITS)}
        return self._api.read(self._api.get("/commits", **query), list[Commit])

    def _is_own(self, commit: Commit) -> bool:
        who = commit.commit.author
        return (who.name, who.email) == (self._author.name, self._author.email)

    def compare(self, base: str, head: str, part: int = 1) -> Comparison:
        """How two commits stand to each other, with one part of the commits between them."""
        query = {"per_page": str(_COMMITS), "page": str(part)}
        return self._api.read(self._api.get(f"/compare/{base}...{head}", **query), Comparison)

    def find_own_last(self, base: str, head: str) -> str | None:
        """The newest commit of the bot's own on the way from base to head."""
        found = self.compare(base, head)
        for part in range(-(-found.ahead_by // _COMMITS), 0, -1):
            commits = found.commits if part == 1 else self.compare(base, head, part).commits
            own = next((each.sha for each in reversed(commits) if self._is_own(each)), None)
            if own is not None:
                return own
        return None

    def make_branch(self, branch: str, commit: str) -> bool:
        """False: there is one by now."""
        made = self._api.send("POST", "/git/refs", ref=f"refs/heads/{branch}", sha=commit)
        return self._is_done(made)

    def move_branch(self, branch: str, commit: str) -> bool:
        """The bot's own branch starts anew. What was on it is kept by the pull request that it was in."""
        moved = self._api.send("PATCH", f"/git/refs/heads/{branch}", sha=commit, force=True)
        return self._is_done(moved)

    def put_page(self, branch: str, data: bytes, over: Page | None, message: str) -> Written | None:
        """One commit; None: somebody else was faster."""
        who = {"name": self._author.name, "email": self._author.email}
        body = {
            "message": message,
            "content": b64encode(data).decode(),
            "branch": branch,
            "author": who,
            "committer": who,
        }
        expected = {"sha": over.blob} if over else {}
        put = self._api.send("PUT", f"/contents/{self.path}", **body, **expected)
        if put.status_code == _CODES.NOT_FOUND:
            if self.find_head(branch) is None:
                return None
            # A token that may read and not write is answered so.
            raise self._api.refusal(put, Reason.FORBIDDEN)
        return self._api.read(put, Written) if self._is_done(put) else None

    def merge(self, branch: str, commit: str, message: str) -> str | None:
        """Bring a commit into the branch: the branch's newest commit after that; None: they conflict."""
        merged = self._api.send("POST", "/merges", base=branch, head=commit, commit_message=message)
        if merged.status_code == _CODES.CONFLICT and "onflict" in said(merged):
            return None
        if merged.status_code == _CODES.NO_CONTENT:
            return self.get_head(branch)
        return self._api.read(merged, GitObject).sha

    def list_pulls(self, branch: str, base: str) -> list[Pull]:
        """The pull requests of this branch, the newest first."""
        query = {"head": f"{self._api.owner}:{branch}", "base": base, "state": "all"}
        order = {"sort": "created", "direction": "desc"}
        return self._api.read(self._api.get("/pulls", **query, **order), list[Pull])

    def open_pull(self, branch: str, base: str, title: str, body: str) -> Pull | None:
        """None: there is one by now, or nothing that it could be about."""
        opened = self._api.send("POST", "/pulls", head=branch, base=base, title=title, body=body)
        words = said(opened)
        if opened.status_code == _CODES.UNPROCESSABLE_ENTITY and (
            "already exists" in words or "No commits between" in words
        ):
            return None
        return self._api.read(opened, Pull)

    def _is_done(self, response: httpx.Response) -> bool:
        """False: somebody else was faster. Raises PublishError for all other refusals."""
        if response.is_success:
            return True
        words = said(response)
        if response.status_code in {_CODES.CONFLICT, _CODES.UNPROCESSABLE_ENTITY}:
            if any(each in words for each in _MOVED_ON):
                return False
            if any(each in words for each in _PROTECTED):
                raise self._api.refusal(response, Reason.PROTECTED)
        raise self._api.refusal(response)


def _is_merge(commit: Commit) -> bool:
    return len(commit.parents) > 1

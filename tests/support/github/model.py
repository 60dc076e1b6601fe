"""What GitHub knows beside git: people's tokens, pull requests, webhooks."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot import clock
from tests.support.git import git
from tests.support.github.misfortunes import Fate
from tests.support.github.store import Store

NOBODY = "0" * 40


@dataclass
class Pull:
    number: int
    head: str
    base: str
    title: str
    body: str
    user: str
    sha: str
    """The branch's commit, as long as it is open; the last one of it after that."""
    state: str = "open"
    merged_at: datetime | None = None


@dataclass(frozen=True)
class Account:
    login: str
    may_write: bool = True


@dataclass(frozen=True)
class Hook:
    url: str
    secret: str


@dataclass(frozen=True)
class Event:
    hook: Hook
    name: str
    payload: dict[str, object]


@dataclass
class Repo:
    """One repository. Whoever changes it has the world's lock."""

    owner: str
    name: str
    store: Store
    default_branch: str = "main"
    pulls: list[Pull] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)
    protected: set[str] = field(default_factory=set)
    """Branches that are changed by pull requests only."""
    is_archived: bool = False
    seen: dict[str, str] = field(default_factory=dict)
    """Where the branches were when it was last looked at what had changed."""

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"


class World:
    """All of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self.lock = threading.RLock()
        self.repos: dict[str, Repo] = {}
        self.accounts: dict[str, Account] = {}
        self.fate = Fate()
        self.requests: list[str] = []
        self.events: list[Event] = []

    def add_repo(self, full_name: str, default_branch: str) -> Repo:
        owner, _, name = full_name.partition("/")
        folder = self.folder / owner / f"{name}.git"
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "--bare", "-b", default_branch)
        git(folder, "config", "http.receivepack", "true")
        repo = self.repos[full_name.lower()] = Repo(owner, name, Store(folder), default_branch)
        return repo

    def settle(self, repo: Repo, login: str) -> None:
        """Branches may have moved: pull requests follow them, and hooks are told of it."""
        now, before = repo.store.branches(), repo.seen
        moved = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
        repo.seen = now
        for pull in repo.pulls:
            if pull.state == "open" and moved & {pull.head, pull.base}:
                self._follow(repo, pull, now, is_head_moved=pull.head in moved)
        for name in sorted(moved):
            self._tell(repo, name, before.get(name, NOBODY), now.get(name, NOBODY), login)

    def _follow(self, repo: Repo, pull: Pull, now: dict[str, str], *, is_head_moved: bool) -> None:
        if pull.head not in now or pull.base not in now:
            pull.state = "closed"
            return
        pull.sha = now[pull.head]
        repo.store.run("update-ref", f"refs/pull/{pull.number}/head", pull.sha)
        if repo.store.has(now[pull.base], pull.sha):
            pull.state = "closed"
            pull.merged_at = None if is_head_moved else clock.now()

    def _tell(self, repo: Repo, branch: str, before: str, after: str, login: str) -> None:
        payload: dict[str, object] = {
            "ref": f"refs/heads/{branch}",
            "before": before,
            "after": after,
            "created": before == NOBODY,
            "deleted": after == NOBODY,
            "forced": NOBODY not in (before, after) and not repo.store.has(after, before),
            "repository": {
                "name": repo.name,
                "full_name": repo.full_name,
                "default_branch": repo.default_branch,
                "owner": {"login": repo.owner},
            },
            "pusher": {"name": login},
            "sender": {"login": login},
            "commits": _commits(repo, before, after),
        }
        payload["head_commit"] = (_commits_of(payload) or [None])[-1]
        self.events += [Event(hook, "push", payload) for hook in repo.hooks]


def _commits_of(payload: dict[str, object]) -> list[object]:
    commits = payload["commits"]
    assert isinstance(commits, list)
    return commits


def _commits(repo: Repo, before: str, after: str) -> list[object]:
    """Those that came to the branch, the oldest first; at most 2,048, as from GitHub."""
    if after == NOBODY:
        return []
    new = [after, *([] if before == NOBODY else [f"^{before}"])]
    form = "--format=%H%x00%an%x00%ae%x00%cI%x00%B%x01"
    said = repo.store.run("log", "--reverse", "-2048", form, *new).split("\x01")
    found: list[object] = []
    for one in said:
        if "\0" not in one:
            continue
        sha, name, email, at, message = one.lstrip("\n").split("\0")
        lines = repo.store.run("show", "--format=", "--name-status", "--no-renames", sha).splitlines()
        files = [line.split("\t") for line in lines if line]
        person = {"name": name, "email": email}
        found.append(
            {
                "id": sha,
                "message": message.rstrip("\n"),
                "timestamp": at,
                "author": person,
                "committer": person,
                **{
                    word: [path for letter, path in files if letter == mark]
                    for word, mark in (("added", "A"), ("modified", "M"), ("removed", "D"))
                },
            }
        )
    return found

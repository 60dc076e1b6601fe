"""The stand-in as tests use it."""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.git import ANN
from tests.support.github import api_pulls, deliveries
from tests.support.github.api import prepare
from tests.support.github.api_git import add_git_calls
from tests.support.github.git_http import add_git_over_http
from tests.support.github.misfortunes import Misfortune
from tests.support.github.model import Account, Hook, Pull, Repo, World

TOKEN = "github_pat_of-the-tests"
READ_ONLY_TOKEN = "github_pat_that-only-reads"


class Github:
    """A GitHub with nobody else on it. `token` belongs to `waymark-bot`, who may write everywhere."""

    token = TOKEN
    read_only_token = READ_ONLY_TOKEN

    def __init__(self, world: World) -> None:
        self._world = world
        self.before: Callable[[int], None] = lambda _number: None
        self.after: Callable[[int], None] = lambda _number: None

    @property
    def api_url(self) -> str:
        return f"{self._world.url}/api/v3"

    @property
    def requests(self) -> list[str]:
        """All that was asked of the API, as `GET /repos/…`."""
        return self._world.requests

    def make_repository(
        self, full_name: str, files: dict[str, bytes] | None = None, default_branch: str = "main"
    ) -> "Repository":
        """With one commit of these files by Ann; without files it is empty."""
        repo = self._world.add_repo(full_name, default_branch)
        made = Repository(self, self._world, repo)
        if files:
            made.commit(dict(files), message="First")
        return made

    def be_unkind(self, *misfortunes: Misfortune | None, elsewhere: str = "") -> None:
        """To the requests to come, the next first."""
        self._world.fate.elsewhere = elsewhere
        self._world.fate.send(*misfortunes)

    def deliver(self) -> list[deliveries.Delivery]:
        """Send the hooks what has happened.

        Everything that people do here ends with it, but nothing that comes by the API: a bot that is told of
        its own commit while it makes it would wait for itself.
        """
        events, self._world.events[:] = list(self._world.events), []
        return [deliveries.deliver(event) for event in events]


class Repository:
    """One repository, and what people do with it."""

    def __init__(self, github: Github, world: World, repo: Repo) -> None:
        self._github = github
        self._world = world
        self._repo = repo
        self.full_name = repo.full_name
        self.folder = repo.store.folder

    @property
    def clone_url(self) -> str:
        """With a token in it: for `git clone`."""
        return f"{self.plain_url.replace('://', f'://x-access-token:{TOKEN}@')}"

    @property
    def plain_url(self) -> str:
        return f"{self._world.url}/{self.full_name}.git"

    def address(self, path: str, more: str = "") -> str:
        """Of a target."""
        return f"github:{self.full_name}//{path}{more}"

    def read(self, path: str, ref: str = "main") -> bytes | None:
        """The file on a branch or at a commit."""
        commit = self._repo.store.commit_of(ref)
        entry = self._repo.store.entry(commit, path) if commit else None
        return self._repo.store.blob(entry[2]) if entry else None

    def commits(self, branch: str = "main") -> list[str]:
        """The first lines of the messages, the newest first."""
        return self._repo.store.run("log", "--format=%s", branch).splitlines()

    def authors(self, branch: str = "main") -> list[str]:
        return self._repo.store.run("log", "--format=%an <%ae>", branch).splitlines()

    def head(self, branch: str = "main") -> str | None:
        return self._repo.store.head(branch)

    def edit(
        self,
        path: str,
        data: bytes | None,
        who: tuple[str, str] = ANN,
        branch: str = "main",
        message: str = "Edited by hand",
    ) -> str:
        """Somebody commits a change of a file (None: takes it away). The commit's id."""
        return self.commit({path: data}, who, branch, message)

    def commit(
        self,
        files: dict[str, bytes | None] | dict[str, bytes],
        who: tuple[str, str] = ANN,
        branch: str = "main",
        message: str = "Edited by hand",
    ) -> str:
        """As `edit`, with many files."""
        store = self._repo.store
        with self._world.lock:
            head = store.head(branch)
            made = store.make_commit(dict(files), message, who, *([head] if head else []))
            store.move(branch, made, head)
            self._world.settle(self._repo, who[0])
        self._github.deliver()
        return made

    def pulls(self, state: str = "open") -> list[Pull]:
        """The pull requests, the oldest first; `all` for those of the past, too."""
        return [pull for pull in self._repo.pulls if state in (pull.state, "all")]

    def merge(self, number: int, how: str = "merge", who: str = "ann") -> str:
        """Somebody presses the button: `merge`, `squash` or `rebase`."""
        with self._world.lock:
            made = api_pulls.merge(self._world, self._repo, api_pulls.find(self._repo, number), how, who)
        self._github.deliver()
        return made

    def close(self, number: int) -> None:
        api_pulls.find(self._repo, number).state = "closed"

    def delete_branch(self, branch: str) -> None:
        """As the button does below a pull request that was merged."""
        with self._world.lock:
            self._repo.store.run("update-ref", "-d", f"refs/heads/{branch}")
            self._world.settle(self._repo, "ann")
        self._github.deliver()

    def protect(self, branch: str) -> None:
        self._repo.protected.add(branch)

    def archive(self) -> None:
        self._repo.is_archived = True

    def add_hook(self, url: str, secret: str) -> None:
        """Where pushes are told, signed with the secret."""
        self._repo.hooks.append(Hook(url, secret))


class _Handler(WSGIRequestHandler):
    """Says nothing, and can leave a request without an answer."""

    def log(self, *_said: object) -> None:
        pass


@contextmanager
def running_github() -> Iterator[Github]:
    """A GitHub of its own for whoever asks, with nothing on it."""
    with tempfile.TemporaryDirectory(prefix="github-") as folder:
        world = World(Path(folder))
        world.accounts[TOKEN] = Account("waymark-bot")
        world.accounts[READ_ONLY_TOKEN] = Account("reader", may_write=False)
        github = Github(world)
        server = make_server("127.0.0.1", 0, _app(world, github), threaded=True, request_handler=_Handler)
        world.url = f"http://127.0.0.1:{server.port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield github
        finally:
            world.fate.end()
            server.shutdown()
            thread.join()
            server.server_close()


def _app(world: World, github: Github) -> Callable[[WSGIEnvironment, StartResponse], Any]:
    app = Flask("github")
    prepare(app, world)
    add_git_calls(app, world)
    api_pulls.add_pull_calls(app, world)
    add_git_over_http(app, world)

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Any:
        if not environ["PATH_INFO"].startswith("/api/"):
            return app(environ, start)
        github.before(len(world.requests))
        is_dropped = world.fate.drops_next()
        answer = list(app(environ, start if not is_dropped else _say_nothing))
        github.after(len(world.requests) - 1)
        if is_dropped:
            connection: socket.socket = environ["werkzeug.socket"]
            connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        return answer

    return serve


def _say_nothing(_status: str, _headers: Any, _error: Any = None) -> Any:
    return lambda _data: None

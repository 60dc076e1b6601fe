"""The stand-in for GitHub itself: webhooks, pages of lists, git over HTTP; what other tests build upon."""

import hashlib
import hmac
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from bot.publish import open_target
from tests.publish.conftest import BRANCH, ONE, PATH
from tests.support.git import cloned
from tests.support.github import Github, Repository

_SECRET = "It's a Secret to Everybody"


class _Told(BaseHTTPRequestHandler):
    heard: list[tuple[str, bool]]

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        signature = hmac.new(_SECRET.encode(), sent, hashlib.sha256).hexdigest()
        is_signed = self.headers["X-Hub-Signature-256"] == f"sha256={signature}"
        self.heard.append((self.headers["X-GitHub-Event"], is_signed))
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Where to tell, and what was heard."""
    heard: list[tuple[str, bool]] = []
    server = HTTPServer(("127.0.0.1", 0), type("_Here", (_Told,), {"heard": heard}))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_pushes_are_told_signed(
    github: Github, repository: Repository, hook: tuple[str, list[tuple[str, bool]]], tmp_path: Path
) -> None:
    url, heard = hook
    repository.add_hook(url, _SECRET)

    repository.edit(PATH, b"two\n", ("Bob", "bob@x"))
    checkout = cloned(repository.clone_url, tmp_path / "checkout")
    checkout.commit(b"pushed\n", "Pushed")
    checkout.git("push", "-q")
    open_target(repository.address(PATH), token=github.token, api_url=github.api_url).publish(
        b"three\n", "Three", over=b"two\n"
    )

    assert heard == [("push", True)]
    pushed, made, committed = github.deliver()
    assert [each.status for each in (pushed, made, committed)] == [202, 202, 202]
    assert heard == [("push", True)] * 4
    assert pushed.payload["ref"] == "refs/heads/main"
    (commit,) = pushed.payload["commits"]
    assert (commit["message"], commit["added"], commit["author"]["name"]) == (
        *("Pushed", ["docs/projects.md"]),
        "Ann",
    )
    assert (made.payload["created"], made.payload["commits"][-1]["message"]) == (True, "Pushed")
    assert (committed.payload["ref"], committed.payload["sender"]) == (
        f"refs/heads/{BRANCH}",
        {"login": "waymark-bot"},
    )
    assert committed.payload["head_commit"]["modified"] == [PATH]


@pytest.fixture
def client(github: Github) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"token {github.token}"}
    with httpx.Client(base_url=f"{github.api_url}/repos/acme/site", headers=headers) as client:
        yield client


def test_lists_come_by_the_page(client: httpx.Client, repository: Repository) -> None:
    for number in range(3):
        repository.edit(PATH, b"%d\n" % number)

    first = client.get("/commits", params={"per_page": "2"})
    second = client.get(first.links["next"]["url"])

    assert [len(each.json()) for each in (first, second)] == [2, 2]
    assert first.links["last"]["url"] == first.links["next"]["url"]
    assert "next" not in second.links
    assert "prev" in second.links


@pytest.mark.parametrize(
    ("sha", "path", "branch", "status", "words"),
    [
        (None, PATH, "main", 422, '"sha" wasn\'t supplied.'),
        ("deadbeef", PATH, "main", 409, f"{PATH} does not match deadbeef"),
        ("deadbeef", "new.md", "main", 201, ""),
        (None, "new.md", "no", 404, "Branch no not found"),
        ("deadbeef", PATH, "no", 404, "Branch no not found"),
        (None, ".git/x", "main", 422, "path contains a malformed path component"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_contents_are_refused_as_github_refuses_them(
    client: httpx.Client, sha: str | None, path: str, branch: str, status: int, *, words: str
) -> None:
    """As measured against GitHub in 2026 by others: a sha of a file that is not there is ignored."""
    body = {"message": "m", "content": "", "branch": branch} | ({"sha": sha} if sha else {})

    answer = client.put(f"/contents/{path}", json=body)

    assert answer.status_code == status
    assert words in answer.json().get("message", "")


def test_pull_requests_are_refused_as_github_refuses_them(
    client: httpx.Client, repository: Repository
) -> None:
    asked = {"title": "t", "head": BRANCH, "base": "main"}
    missing = client.post("/pulls", json=asked)
    head = {"ref": f"refs/heads/{BRANCH}", "sha": repository.head()}
    assert client.post("/git/refs", json=head).status_code == 201
    again = client.post("/git/refs", json=head)
    nothing = client.post("/pulls", json=asked)
    repository.edit(PATH, b"two\n", branch=BRANCH)
    opened = client.post("/pulls", json=asked)
    twice = client.post("/pulls", json=asked)
    back = client.patch(f"/git/refs/heads/{BRANCH}", json={"sha": repository.head()})

    assert [each.status_code for each in (missing, again, nothing, opened, twice, back)] == [
        *(422, 422, 422),
        *(201, 422, 422),
    ]
    assert missing.json()["errors"] == [{"resource": "PullRequest", "field": "head", "code": "invalid"}]
    assert again.json()["message"] == "Reference already exists"
    assert nothing.json()["errors"][0]["message"] == f"No commits between main and {BRANCH}"
    assert twice.json()["errors"][0]["message"] == f"A pull request already exists for acme:{BRANCH}."
    assert back.json()["message"] == "Update is not a fast forward"


def test_a_branch_that_is_pushed_to_the_base_is_merged(github: Github, repository: Repository) -> None:
    target = open_target(repository.address(PATH), token=github.token, api_url=github.api_url)
    target.publish(b"two\n", "Two", over=ONE)

    with httpx.Client(headers={"Authorization": f"token {github.token}"}) as client:
        merged = client.put(f"{github.api_url}/repos/acme/site/pulls/1/merge", json={})
        again = client.put(f"{github.api_url}/repos/acme/site/pulls/1/merge", json={})

    assert (merged.status_code, again.status_code) == (200, 405)
    assert repository.read(PATH) == b"two\n"
    assert repository.pulls() == []

"""GitHub tells of pushes, over HTTP and signed: which pages are looked at then, and what is refused."""

import hashlib
import hmac
import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from sqlalchemy import select, update

from bot.web.answers import not_found
from bot.web.github_hook import MAX_BODY, PATH, GithubHook
from storage.database import Database
from storage.publication_tables import publications
from storage.publications import add_publication
from tests.support.make import NOW, make_workspace

SECRET = "a secret of sixteen letters or more"
ADDRESS = "github:acme/site//docs/projects.md@main"
LATER = NOW + timedelta(days=1)


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@dataclass
class Hook:
    database: Database
    port: int

    def add(self, address: str, workspace_id: str = "T0TEST") -> int:
        """A publication that is not due before LATER."""
        with self.database.write() as tx:
            make_workspace(tx, workspace_id)
            id_ = add_publication(tx, workspace_id, address, page_id=None, now=LATER)
            assert id_ is not None
            tx.execute(update(publications).values(seen=3, checked_at=NOW))
        return id_

    def due(self) -> dict[int, datetime]:
        with self.database.read() as tx:
            return {
                row.id: row.due_at for row in tx.execute(select(publications.c.id, publications.c.due_at))
            }

    def send(
        self,
        body: bytes,
        *,
        event: str = "push",
        signed_with: str = SECRET,
        method: str = "POST",
        **headers: str,
    ) -> int:
        signature = "sha256=" + hmac.new(signed_with.encode(), body, hashlib.sha256).hexdigest()
        sent = {
            "content-type": "application/json",
            "x-github-event": event,
            "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "x-hub-signature-256": signature,
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, PATH, body, {name: value for name, value in sent.items() if value})

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


def push(**given: Any) -> bytes:
    """As GitHub sends it, with what matters here."""
    commit = {"id": "c1", "added": [], "modified": ["docs/projects.md"], "removed": [], "distinct": True}
    body = {
        "ref": "refs/heads/main",
        "before": "0" * 40,
        "forced": False,
        "created": False,
        "commits": [commit],
        "repository": {"id": 1, "full_name": "Acme/Site", "default_branch": "main", "private": False},
        "sender": {"login": "noor"},
    }
    return json.dumps(body | given).encode()


@pytest.fixture
def hook(database: Database) -> Iterator[Hook]:
    app = GithubHook(database, SECRET, lambda: NOW, not_found)
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Hook(database, server.server_port)
        server.shutdown()
        thread.join()


def test_a_push_to_the_page_has_it_looked_at_once_or_told_again(hook: Hook) -> None:
    id_ = hook.add(ADDRESS)

    assert [hook.send(push()) for _ in range(3)] == [202, 202, 202]

    assert hook.due() == {id_: NOW}


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("github:acme/site//docs/projects.md", {}),
        ("github:acme/site//docs/projects.md!direct", {}),
        ("github:ACME/Site.git//docs/projects.md@main!direct", {}),
        (ADDRESS, {"forced": True, "commits": []}),
        (ADDRESS, {"commits": [{"added": ["docs/projects.md"]}]}),
        (ADDRESS, {"commits": [{"removed": ["docs/projects.md"]}]}),
        (ADDRESS, {"commits": [{"modified": [f"{n}.md"]} for n in range(2_048)]}),
        (
            "github:acme/site//docs/projects.md@next/one",
            {"ref": "refs/heads/next/one"},
        ),
    ],
)
def test_what_a_push_may_have_changed_is_looked_at(hook: Hook, address: str, given: dict[str, Any]) -> None:
    id_ = hook.add(address)

    assert hook.send(push(**given)) == 202
    assert hook.due() == {id_: NOW}


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("github:acme/other//docs/projects.md@main", {}),
        ("github:acme/sites//docs/projects.md@main", {}),
        ("github:acme/site//docs/other.md@main", {}),
        (ADDRESS, {"ref": "refs/heads/next"}),
        (ADDRESS, {"ref": "refs/tags/main"}),
        ("github:acme/site//docs/projects.md", {"ref": "refs/heads/next"}),
        ("git:/srv/checkout//docs/projects.md", {}),
        ("file:/srv/projects.md", {}),
    ],
)
def test_what_it_cannot_have_changed_is_not(hook: Hook, address: str, given: dict[str, Any]) -> None:
    id_ = hook.add(address)

    assert hook.send(push(**given)) == 204
    assert hook.due() == {id_: LATER}


def test_every_workspace_with_the_page_looks(hook: Hook) -> None:
    first, second = hook.add(ADDRESS), hook.add("github:acme/site//docs/projects.md", "T0OTHER")

    assert hook.send(push()) == 202
    assert hook.due() == {first: NOW, second: NOW}


def test_a_form_is_taken_as_json_is(hook: Hook) -> None:
    hook.add(ADDRESS)
    body = urlencode({"payload": push().decode()}).encode()

    assert hook.send(body, content_type="application/x-www-form-urlencoded") == 202


def test_a_ping_is_answered_and_other_events_are_not_minded(hook: Hook) -> None:
    assert hook.send(b'{"zen":"Keep it logically awesome."}', event="ping") == 200
    assert hook.send(b"{}", event="issues") == 204
    assert hook.send(b"{}", event="") == 204


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40, "sha256=" + "é" * 64, "SHA256=" + "0" * 64],
)
def test_what_is_not_signed_so_is_refused(hook: Hook, signature: str) -> None:
    id_ = hook.add(ADDRESS)
    headers = {"x_hub_signature_256": signature.encode().decode("latin-1")}

    assert hook.send(push(), **headers) == 401
    assert hook.send(push(), signed_with=SECRET + " ") == 401
    assert hook.due() == {id_: LATER}


def test_a_signature_is_of_its_own_body_alone(hook: Hook) -> None:
    body = push()
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()

    assert hook.send(push(ref="refs/heads/next"), x_hub_signature_256=signature) == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"{}", b'{"ref": 1}', b'{"ref":"x"'])
def test_what_is_no_push_is_refused(hook: Hook, body: bytes) -> None:
    assert hook.send(body) == 400


def test_what_is_too_large_is_refused_before_it_is_read(hook: Hook) -> None:
    headers = {"content-length": str(MAX_BODY + 1), "x-hub-signature-256": "sha256=" + "0" * 64}

    assert hook.ask("POST", PATH, b"", headers) == 413


def test_only_posts_to_its_path_are_taken(hook: Hook) -> None:
    assert hook.send(b"", method="GET") == 405
    assert hook.ask("POST", "/github/other", b"", {}) == 404

"""Branches, contents, commits and merges."""

import base64
import binascii
import json
from typing import Any

from flask import Flask, Response, g, jsonify, request

from tests.support.git import git_bytes
from tests.support.github.api import body, by_the_page, get_repo, require_sha
from tests.support.github.model import Repo, World
from tests.support.github.refusals import refuse
from tests.support.github.store import BRANCHES, OvertakenError, Store

_AT = "/api/v3/repos/<owner>/<name>"
_LARGE = 1024 * 1024


def add_git_calls(app: Flask, world: World) -> None:
    _add_refs(app, world)
    _add_contents(app, world)
    _add_history(app, world)


def _person(login: str) -> tuple[str, str]:
    return login, f"{login}@users.noreply.github.com"


def _add_refs(app: Flask, world: World) -> None:
    @app.get(f"{_AT}/git/ref/<path:ref>")
    def get_ref(owner: str, name: str, ref: str) -> Response:
        store = get_repo(world, owner, name).store
        if not store.branches():
            refuse(409, "Git Repository is empty.")
        sha = store.find(f"refs/{ref}")
        return _ref(f"refs/{ref}", sha or refuse(404))

    @app.post(f"{_AT}/git/refs")
    def make_ref(owner: str, name: str) -> tuple[Response, int]:
        repo = get_repo(world, owner, name, writes=True)
        sent = body("ref", "sha")
        ref, sha = sent["ref"], require_sha(sent["sha"])
        if not ref.startswith(BRANCHES):
            refuse(422, "Reference name must start with 'refs/'.")
        if repo.store.find(f"{sha}^{{commit}}") is None:
            refuse(422, "Object does not exist")
        with world.lock:
            try:
                repo.store.move(ref.removeprefix(BRANCHES), sha, None)
            except OvertakenError:
                refuse(422, "Reference already exists")
            world.settle(repo, g.account.login)
        return _ref(ref, sha), 201

    @app.patch(f"{_AT}/git/refs/heads/<path:branch>")
    def move_ref(owner: str, name: str, branch: str) -> Response:
        repo = get_repo(world, owner, name, writes=True)
        sent = body("sha")
        with world.lock:
            old = _get_head(repo, branch)
            _require_open(repo, branch)
            new = repo.store.find(f"{require_sha(sent['sha'])}^{{commit}}") or refuse(
                422, "Object does not exist"
            )
            if not sent.get("force") and not repo.store.has(new, old):
                refuse(422, "Update is not a fast forward")
            repo.store.move(branch, new, old)
            world.settle(repo, g.account.login)
        return _ref(f"{BRANCHES}{branch}", new)

    @app.delete(f"{_AT}/git/refs/heads/<path:branch>")
    def delete_ref(owner: str, name: str, branch: str) -> tuple[str, int]:
        repo = get_repo(world, owner, name, writes=True)
        with world.lock:
            _get_head(repo, branch)
            repo.store.run("update-ref", "-d", f"{BRANCHES}{branch}")
            world.settle(repo, g.account.login)
        return "", 204


def _get_head(repo: Repo, branch: str) -> str:
    return repo.store.head(branch) or refuse(422, "Reference does not exist")


def _ref(ref: str, sha: str) -> Response:
    return jsonify({"ref": ref, "object": {"type": "commit", "sha": sha}})


def _require_open(repo: Repo, branch: str) -> None:
    if branch in repo.protected:
        refuse(409, "Repository rule violations found\n\nChanges must be made through a pull request.\n\n")


def _add_contents(app: Flask, world: World) -> None:
    @app.get(f"{_AT}/contents/<path:path>")
    def get_contents(owner: str, name: str, path: str) -> Response:
        repo = get_repo(world, owner, name)
        ref = request.args.get("ref", repo.default_branch)
        commit = repo.store.commit_of(ref) or refuse(404, f"No commit found for the ref {ref}")
        mode, kind, sha = repo.store.entry(commit, path) or refuse(404)
        if kind == "tree":
            return jsonify([_listed(*each) for each in repo.store.names(commit, path)])
        if kind == "commit" or mode == "120000":
            return jsonify({"type": "symlink" if kind == "blob" else "submodule", "sha": sha, "path": path})
        data = repo.store.blob(sha)
        if _wants_raw():
            return Response(data, mimetype="application/vnd.github.raw+json")
        is_large = len(data) > _LARGE
        content = "" if is_large else base64.encodebytes(data).decode()
        encoding = "none" if is_large else "base64"
        return jsonify(
            _file(world, repo, path, sha) | {"encoding": encoding, "content": content, "size": len(data)}
        )

    @app.get(f"{_AT}/git/blobs/<sha>")
    def get_blob(owner: str, name: str, sha: str) -> Response:
        store = get_repo(world, owner, name).store
        if store.find(f"{require_sha(sha)}^{{blob}}") is None:
            refuse(404)
        if _wants_raw():
            return Response(store.blob(sha), mimetype="application/vnd.github.raw+json")
        content = base64.encodebytes(store.blob(sha)).decode()
        return jsonify({"sha": sha, "encoding": "base64", "content": content})

    @app.put(f"{_AT}/contents/<path:path>")
    def put_contents(owner: str, name: str, path: str) -> tuple[Response, int]:
        repo = get_repo(world, owner, name, writes=True)
        sent = body("message", "content")
        with world.lock:
            return _put(world, repo, path, sent)


def _wants_raw() -> bool:
    return "raw" in request.headers.get("Accept", "")


def _put(world: World, repo: Repo, path: str, sent: dict[str, Any]) -> tuple[Response, int]:
    if {".", "..", ".git", ""} & set(path.split("/")):
        refuse(422, "path contains a malformed path component")
    try:
        data = base64.b64decode(sent["content"], validate=True)
    except binascii.Error:
        refuse(422, "content is not valid Base64")
    branch = sent.get("branch", repo.default_branch)
    head = repo.store.head(branch)
    if head is None and repo.store.branches():
        refuse(404, f"Branch {branch} not found")
    found = repo.store.entry(head, path) if head else None
    if found is not None and sent.get("sha") is None:
        refuse(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    # Of a file that is not there, GitHub ignores the sha.
    if found is not None and sent["sha"] != found[2]:
        refuse(409, f"{path} does not match {sent['sha']}")
    _require_open(repo, branch)
    author = _given(sent, "author") or _given(sent, "committer") or _person(g.account.login)
    parents = (head,) if head else ()
    commit = repo.store.make_commit({path: data}, sent["message"], author, *parents)
    try:
        repo.store.move(branch, commit, head)
    except OvertakenError:
        refuse(409, f"{BRANCHES}{branch} is at {repo.store.head(branch)} but expected {head}")
    world.settle(repo, g.account.login)
    entry = repo.store.entry(commit, path)
    assert entry is not None
    written = {"content": _file(world, repo, path, entry[2]), "commit": _commit(repo.store, commit)}
    return jsonify(written), 200 if found else 201


def _given(sent: dict[str, Any], who: str) -> tuple[str, str] | None:
    person = sent.get(who)
    if person is None:
        return None
    if not isinstance(person, dict) or not person.get("name") or not person.get("email"):
        refuse(422, f'Invalid request.\n\n"email" wasn\'t supplied in "{who}".')
    return person["name"], person["email"]


def _file(world: World, repo: Repo, path: str, sha: str) -> dict[str, object]:
    html_url = f"{world.url}/{repo.full_name}/blob/{repo.default_branch}/{path}"
    return {"type": "file", "name": path.rpartition("/")[2], "path": path, "sha": sha, "html_url": html_url}


def _listed(kind: str, sha: str, path: str) -> dict[str, str]:
    return {"type": "dir" if kind == "tree" else "file", "path": path, "sha": sha}


def _add_history(app: Flask, world: World) -> None:
    @app.get(f"{_AT}/commits")
    def list_commits(owner: str, name: str) -> Response:
        repo = get_repo(world, owner, name)
        commit = repo.store.commit_of(request.args.get("sha", repo.default_branch)) or refuse(404)
        paths = ("--", request.args["path"]) if "path" in request.args else ()
        shas = repo.store.run("log", "--format=%H", commit, *paths).split()
        return by_the_page(shas, lambda sha: _commit(repo.store, sha))

    @app.get(f"{_AT}/compare/<path:span>")
    def compare(owner: str, name: str, span: str) -> Response:
        store = get_repo(world, owner, name).store
        base, _, head = (store.commit_of(each) if each != "..." else each for each in span.partition("..."))
        if base is None or head is None:
            refuse(404)
        between = store.merge_base(base, head)
        new = store.run("rev-list", "--reverse", "--date-order", head, f"^{base}").split()
        answer = by_the_page(new, lambda sha: _commit(store, sha))
        found = {
            "ahead_by": len(new),
            "behind_by": store.count(base, head),
            "total_commits": len(new),
            "merge_base_commit": _commit(store, between),
            "commits": answer.get_json(),
        }
        answer.set_data(json.dumps(found))
        return answer

    @app.post(f"{_AT}/merges")
    def merge(owner: str, name: str) -> tuple[Response | str, int]:
        repo = get_repo(world, owner, name, writes=True)
        sent = body("base", "head")
        with world.lock:
            ours = repo.store.head(sent["base"]) or refuse(404, "Base does not exist")
            theirs = repo.store.commit_of(sent["head"]) or refuse(404, "Head does not exist")
            _require_open(repo, sent["base"])
            if repo.store.has(ours, theirs):
                return "", 204
            tree = repo.store.merge_tree(ours, theirs) or refuse(409, "Merge conflict")
            message = sent.get("commit_message") or f"Merge {sent['head']} into {sent['base']}"
            made = repo.store.commit_tree(tree, message, _person(g.account.login), ours, theirs)
            repo.store.move(sent["base"], made, ours)
            world.settle(repo, g.account.login)
        return jsonify(_commit(repo.store, made)), 201


def _commit(store: Store, sha: str) -> dict[str, object]:
    form = "--format=%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%P%x00%B"
    said = git_bytes(store.folder, "show", "-s", form, sha).decode()
    an, ae, at, cn, ce, ct, parents, message = said.split("\0")
    return {
        "sha": sha,
        "commit": {
            "message": message.rstrip("\n"),
            "author": {"name": an, "email": ae, "date": at},
            "committer": {"name": cn, "email": ce, "date": ct},
        },
        "parents": [{"sha": parent} for parent in parents.split()],
    }

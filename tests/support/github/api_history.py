"""Commits, comparisons and merges."""

import json

from flask import Flask, Response, g, jsonify, request

from tests.support.git import git_bytes
from tests.support.github.api import body, by_the_page, get_repo, given, person_of, require_open, require_sha
from tests.support.github.model import World
from tests.support.github.refusals import refuse
from tests.support.github.store import Store

_AT = "/api/v3/repos/<owner>/<name>"


def add_history_calls(app: Flask, world: World) -> None:
    """Of one repository."""

    @app.get(f"{_AT}/commits")
    def list_commits(owner: str, name: str) -> Response:
        repo = get_repo(world, owner, name)
        commit = repo.store.commit_of(request.args.get("sha", repo.default_branch)) or refuse(404)
        paths = ("--", request.args["path"]) if "path" in request.args else ()
        shas = repo.store.run("log", "--format=%H", commit, *paths).split()
        return by_the_page(shas, lambda sha: show_commit(repo.store, sha))

    @app.get(f"{_AT}/git/commits/<sha>")
    def get_commit(owner: str, name: str, sha: str) -> Response:
        store = get_repo(world, owner, name).store
        tree = store.find(f"{require_sha(sha)}^{{tree}}") or refuse(404)
        return jsonify({"sha": sha, "tree": {"sha": tree}})

    @app.post(f"{_AT}/git/commits")
    def make_commit(owner: str, name: str) -> tuple[Response, int]:
        store = get_repo(world, owner, name, writes=True).store
        sent = body("message", "tree")
        parents = [require_sha(parent) for parent in sent.get("parents", [])]
        if any(store.find(f"{each}^{{tree}}") is None for each in (*parents, require_sha(sent["tree"]))):
            refuse(422, "Parent SHA or tree SHA does not exist or is not a commit or tree object")
        author = given(sent, "author") or person_of(g.account.login)
        made = store.commit_tree(sent["tree"], sent["message"], author, *parents)
        return jsonify(show_commit(store, made)), 201

    @app.get(f"{_AT}/compare/<path:span>")
    def compare(owner: str, name: str, span: str) -> Response:
        store = get_repo(world, owner, name).store
        base, _, head = (store.commit_of(each) if each != "..." else each for each in span.partition("..."))
        if base is None or head is None:
            refuse(404)
        between = store.merge_base(base, head)
        new = store.run("rev-list", "--reverse", "--date-order", head, f"^{base}").split()
        answer = by_the_page(new, lambda sha: show_commit(store, sha))
        found = {
            "ahead_by": len(new),
            "behind_by": store.count(base, head),
            "total_commits": len(new),
            "merge_base_commit": show_commit(store, between),
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
            require_open(repo, sent["base"])
            if repo.store.has(ours, theirs):
                return "", 204
            tree = repo.store.merge_tree(ours, theirs) or refuse(409, "Merge conflict")
            message = sent.get("commit_message") or f"Merge {sent['head']} into {sent['base']}"
            made = repo.store.commit_tree(tree, message, person_of(g.account.login), ours, theirs)
            repo.store.move(sent["base"], made, ours)
            world.settle(repo, g.account.login)
        return jsonify(show_commit(repo.store, made)), 201


def show_commit(store: Store, sha: str) -> dict[str, object]:
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

"""Repositories and pull requests."""

from flask import Flask, Response, g, jsonify, request

from bot import clock
from tests.support.github.api import body, by_the_page, get_repo
from tests.support.github.model import Pull, Repo, World
from tests.support.github.refusals import refuse, refuse_field

_AT = "/api/v3/repos/<owner>/<name>"
_METHODS = ("merge", "squash", "rebase")


def add_pull_calls(app: Flask, world: World) -> None:
    @app.get(_AT)
    def get_repository(owner: str, name: str) -> Response:
        repo = get_repo(world, owner, name)
        return jsonify({"full_name": repo.full_name, "default_branch": repo.default_branch, "private": True})

    @app.get(f"{_AT}/pulls")
    def list_pulls(owner: str, name: str) -> Response:
        repo = get_repo(world, owner, name)
        pulls = [pull for pull in repo.pulls if _is_asked_for(repo, pull)]
        is_newest_first = request.args.get("direction", "desc") == "desc"
        return by_the_page(pulls[::-1] if is_newest_first else pulls, lambda pull: show(world, repo, pull))

    @app.post(f"{_AT}/pulls")
    def open_pull(owner: str, name: str) -> tuple[Response, int]:
        repo = get_repo(world, owner, name, writes=True)
        sent = body("title", "head", "base")
        with world.lock:
            pull = _open(repo, sent["head"].removeprefix(f"{owner}:"), sent["base"])
            pull.title, pull.body = sent["title"], sent.get("body") or ""
        return jsonify(show(world, repo, pull)), 201

    @app.get(f"{_AT}/pulls/<int:number>")
    def get_pull(owner: str, name: str, number: int) -> Response:
        repo = get_repo(world, owner, name)
        return jsonify(show(world, repo, find(repo, number)))

    @app.patch(f"{_AT}/pulls/<int:number>")
    def change_pull(owner: str, name: str, number: int) -> Response:
        repo = get_repo(world, owner, name, writes=True)
        with world.lock:
            pull = find(repo, number)
            if body().get("state") == "closed":
                pull.state = "closed"
        return jsonify(show(world, repo, pull))

    @app.put(f"{_AT}/pulls/<int:number>/merge")
    def merge_pull(owner: str, name: str, number: int) -> Response:
        repo = get_repo(world, owner, name, writes=True)
        method = body().get("merge_method", "merge")
        with world.lock:
            sha = merge(world, repo, find(repo, number), method, g.account.login)
        return jsonify({"sha": sha, "merged": True})


def find(repo: Repo, number: int) -> Pull:
    return next((pull for pull in repo.pulls if pull.number == number), None) or refuse(404)


def merge(world: World, repo: Repo, pull: Pull, method: str, login: str) -> str:
    """By the button: a merge, one commit of all, or all of them again on top of the base."""
    assert method in _METHODS
    store, person = repo.store, (login, f"{login}@users.noreply.github.com")
    base = store.head(pull.base)
    tree = store.merge_tree(base, pull.sha) if base and pull.state == "open" else None
    if base is None or tree is None:
        refuse(405, "Pull Request is not mergeable")
    if method == "merge":
        made = store.commit_tree(tree, f"Merge pull request #{pull.number}", person, base, pull.sha)
    elif method == "squash":
        made = store.commit_tree(tree, f"{pull.title} (#{pull.number})", person, base)
    else:
        made = base
        for commit in store.run("rev-list", "--reverse", "--no-merges", f"{base}..{pull.sha}").split():
            author = store.run("show", "-s", "--format=%an%x00%ae%x00%B", commit).split("\0")
            # As if the base had been made from this commit's parent: then they have that in common.
            beside = store.commit_tree(f"{made}^{{tree}}", "", person, f"{commit}^")
            picked = store.merge_tree(beside, commit) or refuse(405, "This branch can't be rebased")
            made = store.commit_tree(picked, author[2], (author[0], author[1]), made)
    pull.state, pull.merged_at = "closed", clock.now()
    store.move(pull.base, made, base)
    world.settle(repo, login)
    return made


def show(world: World, repo: Repo, pull: Pull) -> dict[str, object]:
    return {
        "number": pull.number,
        "state": pull.state,
        "title": pull.title,
        "body": pull.body,
        "user": {"login": pull.user},
        "html_url": f"{world.url}/{repo.full_name}/pull/{pull.number}",
        "merged_at": pull.merged_at and pull.merged_at.isoformat(),
        "head": {"ref": pull.head, "sha": pull.sha, "label": f"{repo.owner}:{pull.head}"},
        "base": {"ref": pull.base, "sha": repo.store.head(pull.base)},
    }


def _is_asked_for(repo: Repo, pull: Pull) -> bool:
    asked = request.args
    if "head" in asked and ":" not in asked["head"]:
        # GitHub leaves such a filter out without a word, and lists everybody's.
        refuse(422, "head has to be owner:branch")
    return (
        asked.get("state", "open") in (pull.state, "all")
        and asked.get("head", f"{repo.owner}:{pull.head}") == f"{repo.owner}:{pull.head}"
        and asked.get("base", pull.base) == pull.base
    )


def _open(repo: Repo, head: str, base: str) -> Pull:
    base_commit = repo.store.head(base) or refuse_field("PullRequest", "base")
    commit = repo.store.head(head) or refuse_field("PullRequest", "head")
    if any((pull.head, pull.base, pull.state) == (head, base, "open") for pull in repo.pulls):
        words = f"A pull request already exists for {repo.owner}:{head}."
        refuse_field("PullRequest", "head", "custom", words)
    if repo.store.has(base_commit, commit):
        refuse_field("PullRequest", "head", "custom", f"No commits between {base} and {head}")
    pull = Pull(len(repo.pulls) + 1, head, base, "", "", g.account.login, commit)
    repo.pulls.append(pull)
    repo.store.run("update-ref", f"refs/pull/{pull.number}/head", commit)
    return pull

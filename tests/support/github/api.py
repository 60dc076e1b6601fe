"""What all calls of the API have in common: who asks, limits, refusals, lists by the page."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from tests.support.github.misfortunes import Misfortune
from tests.support.github.model import Account, Repo, World
from tests.support.github.refusals import Refusal, refuse

_LIMIT = 5000


def prepare(app: Flask, world: World) -> None:
    """Before and after every call."""

    @app.before_request
    def _come_in() -> Response | None:
        if not request.path.startswith("/api/v3/"):
            return None
        world.requests.append(f"{request.method} {request.path.removeprefix('/api/v3')}")
        g.misfortune = world.fate.take()
        token = request.headers.get("Authorization", "").rpartition(" ")[2]
        if g.misfortune not in (None, Misfortune.DROPPED):
            return world.fate.answer(g.misfortune, token)
        if not request.headers.get("User-Agent"):
            refuse(
                403,
                "Request forbidden by administrative rules. Please make sure your request has a User-Agent",
            )
        g.account = world.accounts.get(token)
        if token and g.account is None:
            refuse(401, "Bad credentials")
        return None

    @app.after_request
    def _go_out(response: Response) -> Response:
        response.headers.setdefault("X-RateLimit-Limit", str(_LIMIT))
        response.headers.setdefault("X-RateLimit-Remaining", str(max(0, _LIMIT - len(world.requests))))
        response.headers["X-GitHub-Request-Id"] = f"{len(world.requests):04X}"
        return response

    @app.errorhandler(Refusal)
    def _refused(refusal: Refusal) -> tuple[Response, int]:
        return jsonify(refusal.body), refusal.status

    @app.errorhandler(HTTPException)
    def _unknown(error: HTTPException) -> tuple[Response, int]:
        return jsonify({"message": error.name}), error.code or 500


def get_repo(world: World, owner: str, name: str, *, writes: bool = False) -> Repo:
    """As far as whoever asks may see and change it."""
    account: Account | None = g.account
    repo = world.repos.get(f"{owner}/{name}".lower())
    # Of what one may not see, GitHub does not say that it is there.
    if repo is None or account is None:
        refuse(404)
    if writes and not account.may_write:
        refuse(403, "Resource not accessible by personal access token")
    if writes and repo.is_archived:
        refuse(403, "Repository was archived so is read-only.")
    return repo


def body(*required: str) -> dict[str, Any]:
    """What was sent, with all that is required."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        refuse(400, "Problems parsing JSON")
    for name in required:
        if not isinstance(sent.get(name), str):
            refuse(422, f'Invalid request.\n\n"{name}" wasn\'t supplied.')
    return sent


def by_the_page(items: list[Any], show: Callable[[Any], Any]) -> Response:
    """Thirty to a page unless asked otherwise, with links to the others."""
    per_page = min(100, max(1, int(request.args.get("per_page", "30"))))
    page = max(1, int(request.args.get("page", "1")))
    response = jsonify([show(item) for item in items[(page - 1) * per_page : page * per_page]])
    last = -(-len(items) // per_page)
    others = {"next": page + 1, "last": last} if page < last else {}
    others |= {"prev": page - 1, "first": 1} if page > 1 else {}
    links = [
        f'<{request.base_url}?{urlencode({**request.args, "page": number})}>; rel="{word}"'
        for word, number in others.items()
    ]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


def require_sha(sha: object) -> str:
    if not isinstance(sha, str) or re.fullmatch(r"[0-9a-f]{40}", sha) is None:
        refuse(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    return sha

"""git over HTTP: git's own CGI program, behind the same tokens as the API."""

import subprocess

from flask import Flask, Response, request

from tests.support.git import environment
from tests.support.github.model import World

_REALM = {"WWW-Authenticate": 'Basic realm="GitHub"'}


def add_git_over_http(app: Flask, world: World) -> None:
    @app.route("/<owner>/<name>.git/<path:rest>", methods=["GET", "POST"])
    def serve(owner: str, name: str, rest: str) -> Response:
        given = request.authorization
        account = world.accounts.get(given.password or "") if given and given.type == "basic" else None
        if account is None:
            return Response("Invalid username or password.", 401, _REALM)
        repo = world.repos.get(f"{owner}/{name}".lower())
        if repo is None:
            return Response("Repository not found.", 404)
        is_push = "git-receive-pack" in (rest, request.args.get("service"))
        if is_push and not account.may_write:
            return Response("Write access to repository not granted.", 403)
        answer = _run(world, f"/{repo.owner}/{repo.name}.git/{rest}", account.login)
        if is_push:
            with world.lock:
                world.settle(repo, account.login)
        return answer


def _run(world: World, path: str, login: str) -> Response:
    variables = {
        "GIT_PROJECT_ROOT": str(world.folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": path,
        "QUERY_STRING": request.query_string.decode(),
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
        "REMOTE_USER": login,
        "REMOTE_ADDR": "127.0.0.1",
    }
    done = subprocess.run(
        ["git", "http-backend"],
        input=request.get_data(),
        capture_output=True,
        check=True,
        env={**environment(), **variables},
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    return Response(content, int(headers.pop("Status", "200").split(" ")[0]), headers)

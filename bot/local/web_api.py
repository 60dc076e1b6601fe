"""The Web API over HTTP: reading a call, checking its token, answering as Slack does, or worse on request."""

import json
from collections.abc import Mapping

from flask import Blueprint, Request, Response, jsonify, request

from bot.local.api.arguments import Arguments
from bot.local.api.oauth import CALLER
from bot.local.api.registry import METHODS, WITH_APP_TOKEN, WITHOUT_TOKEN
from bot.local.api.scopes import EVERY, accepted_by, require_scope
from bot.local.errors import SlackError
from bot.local.grants import SECRETS
from bot.local.misfortune import Misfortune
from bot.local.platform import Platform
from bot.local.shapes import Shape

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_JSON = "application/json"
_BEARER = "Bearer "
_NOBODYS = frozenset({"not_authed", "invalid_auth", "account_inactive"})
"""Said to a token that has no scopes."""


def create_blueprint(platform: Platform) -> Blueprint:
    """POST and GET /api/<method>."""
    blueprint = Blueprint("web_api", __name__, url_prefix="/api")

    @blueprint.route("/", defaults={"method": ""}, methods=["GET", "POST"])
    @blueprint.route("/<path:method>", methods=["GET", "POST"])
    def call(method: str) -> Response:
        return _call(platform, method.rstrip("/"))

    return blueprint


def _call(platform: Platform, method: str) -> Response:
    misfortune = Misfortune(platform, method)
    return misfortune.before() or misfortune.after(_answered(platform, method))


def _answered(platform: Platform, method: str) -> Response:
    body = answer(platform, method, request)
    response = jsonify(body)
    if method in METHODS and method not in WITHOUT_TOKEN and body.get("error") not in _NOBODYS:
        response.headers["x-oauth-scopes"] = ",".join(_granted(platform))
        response.headers["x-accepted-oauth-scopes"] = ",".join(accepted_by(method))
    return response


def _granted(platform: Platform) -> tuple[str, ...]:
    settings = platform.settings
    scopes = settings.scopes
    if scopes is None and settings.oauth is not None:
        # What it was installed with.
        scopes = settings.oauth.scopes
    return EVERY if scopes is None else scopes


def answer(platform: Platform, method: str, call: Request) -> Shape:
    """What Slack answers to this call, written down in the log as well."""
    values: Mapping[str, object] = {}
    try:
        values = read_values(call)
        body = {"ok": True, **_perform(platform, method, call, values)}
    except SlackError as refusal:
        body = refusal.body()
    detail = {"arguments": {name: value for name, value in values.items() if name not in SECRETS}}
    error = None if body["ok"] else str(body["error"])
    _called_in(platform, call, values).workspace.log(
        "in", method, ok=bool(body["ok"]), error=error, detail=detail
    )
    return body


def _perform(platform: Platform, method: str, call: Request, values: Mapping[str, object]) -> Shape:
    if method not in METHODS:
        raise SlackError("unknown_method", fields={"req_method": method})
    if method in WITHOUT_TOKEN:
        return METHODS[method](platform, Arguments({**_credentials(call), **values}))
    token = _token(call, values)
    if not token:
        raise SlackError("not_authed")
    here = _called_in(platform, call, values)
    if method in WITH_APP_TOKEN:
        _require_app_token(here, token)
        return METHODS[method](platform, Arguments(values))
    _require_bot_token(here, token)
    arguments = Arguments({**_credentials(call), **values, CALLER: token})
    require_scope(_granted(here), method, arguments)
    return METHODS[method](here, arguments)


def _require_app_token(here: Platform, token: str) -> None:
    if token != here.settings.app_token:
        raise SlackError("not_allowed_token_type" if here.tokens.is_one(token) else "invalid_auth")


def _require_bot_token(here: Platform, token: str) -> None:
    if not here.tokens.is_one(token):
        raise SlackError("not_allowed_token_type" if token == here.settings.app_token else "invalid_auth")
    if not here.workspace.installed:
        raise SlackError("account_inactive")
    here.tokens.require_good(token)


def read_values(call: Request) -> Mapping[str, object]:
    """The arguments, from the address and from a body of the kind that its Content-Type names."""
    values: dict[str, object] = dict(call.args.items())
    if call.method == "GET":
        return values
    if call.mimetype == _JSON:
        return values | read_json_object(call.get_data())
    if call.mimetype in _FORMS:
        return values | dict(call.form.items())
    if call.mimetype == "text/plain" or not call.content_length:
        return values
    raise SlackError("invalid_post_type" if call.mimetype else "missing_post_type")


def read_json_object(body: bytes) -> dict[str, object]:
    """The object that this JSON is, or Slack's refusal."""
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value


def _called_in(platform: Platform, call: Request, values: Mapping[str, object]) -> Platform:
    """That of the workspace which the token is of; else the first one."""
    token = _token(call, values)
    return next((each for each in platform.neighbours if each.tokens.is_one(token)), platform)


def _token(call: Request, values: Mapping[str, object]) -> str:
    header = call.headers.get("Authorization", "")
    token = header.removeprefix(_BEARER).strip() if header.startswith(_BEARER) else ""
    # In JSON, Slack looks for the token in the header only.
    if not token and call.mimetype != _JSON:
        token = str(values.get("token", ""))
    return token


def _credentials(call: Request) -> dict[str, object]:
    """The app's id and secret, if they came as HTTP's basic authentication."""
    given = call.authorization
    if given is None or given.type != "basic":
        return {}
    return {"client_id": given.username, "client_secret": given.password}

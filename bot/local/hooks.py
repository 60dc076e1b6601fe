"""The addresses that Slack hands out, over HTTP: response URLs, and where the bytes of a file go."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response, request

from bot.local.api import files
from bot.local.errors import SlackError
from bot.local.misfortune import Misfortune
from bot.local.platform import Platform
from bot.local.responses import respond
from bot.local.web_api import read_json_object

_GONE = frozenset({"used_url", "expired_url", "invalid_url"})


def create_blueprint(platform: Platform) -> Blueprint:
    """POST /hooks/… and /upload/v1/… ."""
    blueprint = Blueprint("hooks", __name__)

    @blueprint.post("/hooks/<kind>/<team_id>/<number>/<secret>")
    def answer(kind: str, team_id: str, number: str, secret: str) -> Response:  # noqa: ARG001  team and secret count
        misfortune = Misfortune(platform, "response_url")
        found = (each for each in platform.neighbours if each.workspace.team.id == team_id)
        return misfortune.before() or misfortune.after(_respond(next(found, platform), secret))

    @blueprint.post("/upload/v1/<secret>")
    def upload(secret: str) -> Response:
        # Clients may call the bytes a form when they are none: look for a file only where one can be.
        if request.mimetype == "multipart/form-data":
            uploaded = next(iter(request.files.values()), None)
            content = uploaded.read() if uploaded else b""
        else:
            content = request.get_data(parse_form_data=False)
        try:
            size = files.receive(platform, secret, content)
        except SlackError as refusal:
            return make_response(refusal.code, HTTPStatus.BAD_REQUEST)
        return make_response(f"OK - {size}")

    return blueprint


def _respond(platform: Platform, secret: str) -> Response:
    detail: dict[str, object] = {}
    try:
        fields = read_json_object(request.get_data())
        detail = {"arguments": fields}
        respond(platform, secret, fields)
    except SlackError as refusal:
        platform.workspace.log("in", "response_url", ok=False, error=refusal.code, detail=detail)
        response = jsonify(refusal.body())
        if refusal.code in _GONE:
            response.status_code = HTTPStatus.NOT_FOUND
        return response
    platform.workspace.log("in", "response_url", ok=True, detail=detail)
    return make_response("ok")

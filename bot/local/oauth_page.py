"""Slack's page that asks whether to install the app: GET and POST /oauth/v2/authorize."""

from html import escape
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from bot.local.errors import SlackError
from bot.local.platform import Platform
from bot.local.settings import LocalOAuth

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}"
    "form{border:1px solid #ccc;border-radius:.5rem;padding:1rem;margin:1rem 0}button{margin-right:.5rem}"
)


def create_blueprint(platform: Platform) -> Blueprint:
    """Where an app sends people to install it, and where they choose a workspace."""
    blueprint = Blueprint("oauth", __name__)

    @blueprint.get("/oauth/v2/authorize")
    def ask() -> BaseResponse:
        try:
            _require_good(platform.settings.oauth)
        except SlackError as refusal:
            return _refused(refusal)
        return make_response(_page(platform))

    @blueprint.post("/oauth/v2/authorize")
    def decide() -> BaseResponse:
        try:
            scopes = _require_good(platform.settings.oauth)
            return _decided(platform, scopes)
        except SlackError as refusal:
            return _refused(refusal)

    @blueprint.get("/app_redirect")
    def open_app() -> BaseResponse:
        return redirect("/")

    return blueprint


def _require_good(oauth: LocalOAuth | None) -> tuple[str, ...]:
    """The scopes that are asked for. Slack shows what is wrong with the address, and sends nobody back."""
    if oauth is None or request.args.get("client_id") != oauth.client_id:
        raise SlackError("invalid_client_id")
    redirect_uri = request.args.get("redirect_uri", "")
    if not any(redirect_uri.startswith(each) for each in oauth.redirect_urls):
        raise SlackError("bad_redirect_uri")
    scopes = tuple(each for each in request.args.get("scope", "").split(",") if each)
    if not scopes:
        raise SlackError("no_scopes")
    if not set(scopes) <= set(oauth.scopes):
        raise SlackError("invalid_scope")
    return scopes


def _decided(platform: Platform, scopes: tuple[str, ...]) -> BaseResponse:
    found = [each for each in platform.neighbours if each.workspace.team.id == request.form.get("team")]
    chosen = found[0] if found else platform
    user_id = request.form.get("user", "")
    user = chosen.workspace.users.get(user_id)
    back: dict[str, str] = {"state": request.args.get("state", "")}
    if request.form.get("decision") != "allow":
        back["error"] = "access_denied"
    elif user is None or user.is_bot or user.deleted or user.is_restricted:
        raise SlackError("user_not_allowed")
    else:
        redirect_uri, is_of_organization = request.args["redirect_uri"], request.form.get("for") == "org"
        back["code"] = platform.grants.allow(
            chosen, user_id, redirect_uri, scopes, is_of_organization=is_of_organization
        )
    address = request.args["redirect_uri"]
    return redirect(f"{address}{'&' if '?' in address else '?'}{urlencode(back)}")


def _refused(refusal: SlackError) -> Response:
    return make_response(f"Something went wrong: {refusal.code}", HTTPStatus.BAD_REQUEST)


def _page(platform: Platform) -> str:
    forms = "".join(_form(each) for each in platform.neighbours)
    name = escape(platform.workspace.bot.name)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Install {name}</title>'
        f"<style>{_STYLE}</style><h1>{name} asks to be installed</h1>{forms}"
    )


def _form(platform: Platform) -> str:
    workspace = platform.workspace
    people = "".join(
        f'<option value="{escape(user.id)}">{escape(user.real_name)}</option>'
        for user in workspace.users.values()
        if not (user.is_bot or user.deleted or user.is_restricted) and user.id != "USLACKBOT"
    )
    return (
        f'<form method="post"><h2>{escape(workspace.team.name)}</h2>'
        f'<input type="hidden" name="team" value="{escape(workspace.team.id)}">'
        f'<label>As <select name="user">{people}</select></label> '
        '<button name="decision" value="allow">Allow</button>'
        '<button name="decision" value="deny">Cancel</button>'
        "</form>"
    )

"""auth.test, api.test, bots.info: who am I, and is anybody there."""

from bot.local.api.arguments import Arguments
from bot.local.errors import SlackError
from bot.local.platform import Platform
from bot.local.shapes import Shape, bot_profile


def auth_test(platform: Platform, _: Arguments) -> Shape:
    workspace = platform.workspace
    of_grid = {"enterprise_id": workspace.organization_id} if workspace.organization_id else {}
    return {
        **of_grid,
        "url": workspace.url,
        "team": workspace.team.name,
        "user": workspace.users[workspace.bot.user_id].name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.user_id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: Platform, arguments: Arguments) -> Shape:
    given = {name: value for name, value in arguments.values.items() if name != "token"}
    if error := arguments.text("error"):
        raise SlackError(error, fields={"args": given})
    return {"args": given} if given else {}


def bots_info(platform: Platform, arguments: Arguments) -> Shape:
    if arguments.text("bot") not in ("", platform.workspace.bot.bot_id):
        raise SlackError("bot_not_found")
    return {"bot": bot_profile(platform.workspace)}

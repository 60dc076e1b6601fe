"""The methods of the Web API by name. What is not here is `unknown_method`."""

from collections.abc import Callable, Mapping

from bot.local.api import apps, auth, chat, conversations, files, history, oauth, reactions, users, views
from bot.local.api.arguments import Arguments
from bot.local.platform import Platform
from bot.local.shapes import Shape

Method = Callable[[Platform, Arguments], Shape]

METHODS: Mapping[str, Method] = {
    "api.test": auth.api_test,
    "apps.connections.open": apps.open_connection,
    "apps.uninstall": oauth.uninstall,
    "auth.revoke": oauth.revoke,
    "auth.test": auth.auth_test,
    "bots.info": auth.bots_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": history.history,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.list_,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_,
    "conversations.replies": history.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "oauth.v2.access": oauth.access,
    "reactions.add": reactions.add,
    "reactions.remove": reactions.remove,
    "users.conversations": conversations.of_user,
    "users.info": users.info,
    "users.list": users.list_,
    "views.open": views.open_,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}

WITHOUT_TOKEN = frozenset({"api.test", "oauth.v2.access"})
WITH_APP_TOKEN = frozenset({"apps.connections.open"})
"""They take the app's own token, and no other method does."""

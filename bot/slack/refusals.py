"""What Slack's words for a refusal mean for a delivery: never, not any more, or perhaps later."""

from datetime import timedelta

from bot.services.stopping import OF_WORKSPACE

BLOCKS_REFUSED = "invalid_blocks"
"""Slack does not know a block of the message, or knows of something wrong with it."""

PERMANENT = frozenset(
    {
        # The channel.
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "channel_type_not_supported",
        "method_not_supported_for_channel_type",
        "messages_tab_disabled",
        "slack_connect_file_link_sharing_blocked",
        # What the bot may do.
        "no_permission",
        "access_denied",
        "ekm_access_denied",
        # What may be said where, and to whom.
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "cannot_reply_to_message",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        # The message itself.
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_arguments",
        "invalid_attachments",
        "too_many_attachments",
        "metadata_too_large",
    }
)
"""It will never be there: asking again cannot help."""

GONE = "message_not_found"
"""Somebody has deleted the message."""

STAYS = frozenset(
    {
        GONE,
        "cant_update_message",
        "cant_delete_message",
        "edit_window_closed",
        "compliance_exports_prevent_deletion",
    }
)
"""The message can be neither changed nor taken away any more, which is no fault of the project's."""

UNKNOWN_FOR = timedelta(days=1)
"""For how long a word that is not known here is taken for trouble at Slack's: longer than that ever was."""
SHUT_OUT_FOR = timedelta(days=7)
"""For how long the bot waits to be let in again: until somebody has put its token or its scopes right."""
SHUT_OUT_AGAIN = timedelta(minutes=1)
UNKNOWN_AGAIN = timedelta(minutes=15)
"""So seldom is it tried in the end."""


def is_shut_out(code: str) -> bool:
    """Whether the bot as a whole is, and not this message."""
    return code in OF_WORKSPACE


def patience_with(code: str) -> timedelta:
    """For how long it is tried again after the first refusal."""
    if code in PERMANENT:
        return timedelta()
    return SHUT_OUT_FOR if is_shut_out(code) else UNKNOWN_FOR

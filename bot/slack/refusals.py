"""What Slack's words for a refusal mean for a delivery: never, not any more, or perhaps later."""

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
        # The bot and its token.
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "access_denied",
        "org_login_required",
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
        "team_access_not_granted",
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

MOST_ATTEMPTS = 8
"""For what Slack refuses with a word that is not known here: about ten minutes."""

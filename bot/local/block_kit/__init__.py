"""Block Kit as strict as Slack: what would be refused in a message or a view, and where.

Pure and quick: nothing is fetched and nothing is changed; any input at all gives an answer. Whether ids
exist, images load and mentions resolve is not known here.
"""

from bot.local.block_kit.views import message_errors, view_errors

__all__ = ["message_errors", "view_errors"]

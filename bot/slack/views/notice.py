"""A small modal that says something, where there is no message to answer."""

from bot.slack.effects import Message, View

TITLE = "Waymark"


def notice_view(message: Message) -> View:
    """What went wrong, or was done: nothing to fill in, and whatever is below it stays as it was."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": TITLE},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": message.blocks,
    }

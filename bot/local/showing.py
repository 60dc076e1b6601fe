"""What only the workspace knows of a message's blocks: whether it has them at all, and their files."""

from bot.local.content import Content
from bot.local.errors import SlackError
from bot.local.platform import Platform


def require_shown(platform: Platform, content: Content) -> None:
    """Raises invalid_blocks, as Slack does."""
    errors = []
    for number, block in enumerate(content.blocks or ()):
        if platform.unkindness.refuses(str(block["type"])):
            errors.append(f"unsupported type: {block['type']} [json-pointer:/blocks/{number}/type]")
        file_id = (block.get("slack_file") or {}).get("id") if block["type"] == "image" else None
        if file_id is not None and file_id not in platform.workspace.files:
            errors.append(f"invalid slack file [json-pointer:/blocks/{number}/slack_file]")
    if errors:
        raise SlackError("invalid_blocks", errors, {"errors": errors})

"""Slash commands: from the line that a person types to the answer that they see."""

import json
from collections.abc import Mapping

from bot.local import messages, payloads
from bot.local.content import Content, read_content
from bot.local.errors import SlackError
from bot.local.model import Channel
from bot.local.outgoing import Answer
from bot.local.parcels import Parcel
from bot.local.platform import Platform
from bot.local.results import Result
from bot.local.typed import as_sent, escape

_SLACKS_WORDS = {
    "http_timeout": "operation_timeout",
    "connection_failed": "dispatch_failed",
    "http_error": "dispatch_failed",
    "too_many_redirects": "dispatch_unknown_error",
}


def run(platform: Platform, user_id: str, channel_id: str, line: str, thread_ts: str | None = None) -> Result:
    """Send the line, slash first, to the app and show its answer."""
    workspace = platform.workspace
    name, _, rest = line.strip().partition(" ")
    with workspace.lock:
        user, channel = workspace.users[user_id], workspace.channels[channel_id]
        if thread_ts:
            return Result.failed(f"{name} is not supported in threads. Sorry!")
        command = next((one for one in platform.settings.commands if one.name == name), None)
        # Slash commands are not shared: they are those of the workspace that somebody is of.
        if command is None or not workspace.installed or user.is_external:
            return Result.failed(
                f'{name} is not a valid command. In Slack, all messages that start with the "/" character '
                "are interpreted as commands.\nIf you are trying to send a message and not run a command, "
                'try preceding the "/" with an empty space.'
            )
        typed = rest.strip()
        text = as_sent(workspace, user_id, typed, with_names=True) if command.should_escape else escape(typed)
        fields = payloads.command_fields(platform, user, channel, name, text)
    answer = platform.send(Parcel("slash_commands", fields))
    error = answer.failure and _SLACKS_WORDS[answer.failure]
    result = (
        Result.failed(_failure(name, error)) if error else _show(platform, user_id, channel, name, answer)
    )
    detail = {"text": text, "user_id": user_id, "channel_id": channel_id, "sentence": result.sentence}
    error = error or (None if result.ok else "invalid_command_response")
    workspace.log("out", f"command {name}", ok=result.ok, error=error, detail=dict(detail))
    return result


def _failure(name: str, code: str) -> str:
    return f'{name} failed with the error "{code}"'


def _show(platform: Platform, user_id: str, channel: Channel, name: str, answer: Answer) -> Result:
    try:
        fields = _read(answer)
        content = read_content(fields)
        if content.is_empty:
            return Result()
        in_channel = fields.get("response_type") == "in_channel"
        draft = messages.Draft(
            user_id=platform.workspace.bot.user_id,
            content=Content(content.text, content.blocks, content.attachments),
            ephemeral_to=None if in_channel else user_id,
        )
        return Result(ts=messages.post(platform, channel, draft).ts, channel_id=channel.id)
    except SlackError as refusal:
        platform.workspace.log(
            "in", "command answer", ok=False, error=refusal.code, detail={"messages": refusal.messages}
        )
        return Result.failed(_failure(name, refusal.code))


def _read(answer: Answer) -> Mapping[str, object]:
    """The answer's fields. What is not JSON is a text to show."""
    text = answer.body.decode("utf-8", errors="replace")
    if not answer.headers.get("content-type", "").lower().startswith("application/json"):
        return {"text": text}
    if not text.strip():
        return {}
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise SlackError("invalid_command_response")
    return fields

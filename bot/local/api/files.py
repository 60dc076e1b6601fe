"""files.*: the three steps of an upload; the second is a POST of bytes to an address given in the first."""

import mimetypes
import secrets

from bot.local import access, ids, messages
from bot.local.api.arguments import Arguments, is_number
from bot.local.content import Content
from bot.local.errors import SlackError
from bot.local.model import File
from bot.local.platform import Platform, Upload
from bot.local.shapes import Shape, file_shape

ALT_LIMIT = 1000
SIZE_LIMIT = 20_000_000
"""Slack takes a gigabyte; this one keeps files in memory."""


def get_upload_url(platform: Platform, arguments: Arguments) -> Shape:
    name, length = arguments.text("filename"), arguments.text("length")
    if not name:
        raise SlackError("missing_argument")
    if not is_number(length) or int(length) == 0:
        raise SlackError(
            "invalid_arguments", ["length must be a whole number above 0 [json-pointer:/length]"]
        )
    if int(length) > SIZE_LIMIT:
        raise SlackError("file_upload_size_restricted")
    if len(arguments.text("alt_txt")) > ALT_LIMIT:
        raise SlackError("alt_txt_too_large")
    file = File(
        id=ids.new_id("F"),
        name=name,
        title=name,
        mimetype=mimetypes.guess_type(name)[0] or "text/plain",
        size=int(length),
        alt_text=arguments.text("alt_txt"),
        user_id=platform.workspace.bot.user_id,
    )
    upload = Upload(secrets.token_urlsafe(24), file)
    with platform.workspace.lock:
        platform.uploads[file.id] = upload
    return {"upload_url": f"{platform.workspace.url}upload/v1/{upload.secret}", "file_id": file.id}


def receive(platform: Platform, secret: str, content: bytes) -> int:
    """Take the bytes of an upload; their number, which must be the one that was announced."""
    with platform.workspace.lock:
        upload = next((one for one in platform.uploads.values() if one.secret == secret), None)
        if upload is None or upload.received:
            raise SlackError("invalid_url")
        if len(content) != upload.file.size:
            raise SlackError("invalid_length")
        upload.file.content = content
        upload.received = True
        return len(content)


def complete_upload(platform: Platform, arguments: Arguments) -> Shape:
    """Make files of uploads, and share them as one message where a channel is given."""
    wanted = arguments.json("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise SlackError("invalid_arguments", ["files must be a list of objects [json-pointer:/files]"])
    workspace = platform.workspace
    with workspace.changing():
        uploads = [platform.uploads.get(str(one.get("id"))) for one in wanted]
        ready = [upload for upload in uploads if upload is not None and upload.received]
        if len(ready) != len(wanted):
            raise SlackError("file_not_found")
        target = arguments.text("channel_id")
        targets = [target] if target else arguments.items("channels")
        channels = [access.open_channel(workspace, one) for one in targets]
        for upload, fields in zip(ready, wanted, strict=True):
            upload.file.title = str(fields.get("title") or upload.file.name)
            workspace.files[upload.file.id] = upload.file
            del platform.uploads[upload.file.id]
        for channel in channels:
            draft = messages.Draft(
                user_id=workspace.bot.user_id,
                content=Content(arguments.text("initial_comment")),
                thread_ts=arguments.text("thread_ts") or None,
                files=tuple(upload.file for upload in ready),
            )
            messages.post(platform, channel, draft)
        return {"files": [file_shape(upload.file) for upload in ready]}

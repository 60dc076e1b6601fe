"""The workspace in a file: read at the start, written whenever something has changed."""

import base64
import json
import os
import tempfile
import threading
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.local.clock import LocalClock
from bot.local.model import Bot, Channel, File, Message, Team, User, View
from bot.local.seed import seeded_workspace
from bot.local.workspace import Workspace

FORMAT = 1
_PAUSE_SECONDS = 0.5


class UnreadableStateError(ValueError):
    """The file is not the state of a workspace, or of another version."""


def save(workspace: Workspace, path: Path) -> None:
    """Write the state, all of it or nothing: whoever reads the file never sees half of it."""
    with workspace.lock:
        text = json.dumps(_dump(workspace), indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        # Whatever it was goes on to the caller; half a file must not stay behind.
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> Workspace:
    """The workspace in this file."""
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableStateError(f"{path} does not hold the state of a local workspace: {error}") from error


def load_or_seed(path: Path | None) -> Workspace:
    """The workspace in this file, or the one to begin with when there is no file yet."""
    return load(path) if path is not None and path.exists() else seeded_workspace()


class StateKeeper:
    """Saves the workspace in a thread of its own, soon after each change and at the end."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self._workspace = workspace
        self._path = path
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="local-state", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._workspace.touch()
        self._thread.join()
        save(self._workspace, self._path)

    def _run(self) -> None:
        version = self._workspace.version
        while not self._stopping.is_set():
            changed = self._workspace.wait_for_change(version, 60.0)
            if changed != version and not self._stopping.wait(_PAUSE_SECONDS):
                version = self._workspace.version
                save(self._workspace, self._path)


def _dump(workspace: Workspace) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "offset_seconds": workspace.clock.offset.total_seconds(),
        "installed": workspace.installed,
        "team": asdict(workspace.team),
        "bot": asdict(workspace.bot),
        "users": [asdict(user) for user in workspace.users.values()],
        "channels": [asdict(channel) for channel in workspace.channels.values()],
        "files": [
            asdict(file) | {"content": base64.b64encode(file.content).decode()}
            for file in workspace.files.values()
        ],
        "messages": [
            asdict(message) | {"files": [file.id for file in message.files]}
            for messages in workspace.messages.values()
            for message in messages
        ],
        # A modal is open on somebody's screen; only home tabs outlast the program.
        "homes": [asdict(workspace.views[view_id]) for view_id in workspace.homes.values()],
    }


def _read(state: dict[str, Any]) -> Workspace:
    if state["format"] != FORMAT:
        raise UnreadableStateError(f"format {state['format']} is not {FORMAT}")
    clock = LocalClock(timedelta(seconds=state["offset_seconds"]))
    workspace = Workspace(Team(**state["team"]), Bot(**state["bot"]), clock)
    workspace.installed = state["installed"]
    workspace.users = {fields["id"]: User(**fields) for fields in state["users"]}
    workspace.channels = {fields["id"]: Channel(**fields) for fields in state["channels"]}
    for fields in state["files"]:
        fields["content"] = base64.b64decode(fields["content"])
        workspace.files[fields["id"]] = File(**fields)
    for fields in state["messages"]:
        fields["files"] = [workspace.files[file_id] for file_id in fields["files"]]
        message = Message(**fields)
        workspace.add_message(message)
        workspace.timestamps_after(message.ts)
    for fields in state["homes"]:
        view = View(**fields)
        workspace.views[view.id] = view
        workspace.homes[view.user_id] = view.id
    return workspace

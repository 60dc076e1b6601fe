"""What the page sends: JSON, read with care."""

from base64 import b64decode
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import abort

from bot.local.results import Answers, Choice


class Body:
    """The fields of one request: whatever is of another kind than expected is refused."""

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, dict) else abort(400)
        self.user = self.text("user")
        self.zone = ZoneInfo("UTC")

    @property
    def channel(self) -> str:
        return self.text("channel")

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else abort(400)

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self._values.get(name) else None

    def flag(self, name: str) -> bool:
        return self._values.get(name) is True

    def number(self, name: str) -> int:
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else abort(400)

    def data(self, name: str) -> bytes:
        """Bytes, which come in base64."""
        try:
            return b64decode(self.text(name), validate=True)
        except ValueError:
            return abort(400)

    def moment(self, name: str) -> datetime | None:
        """The instant that a date and time on the person's own clock means, or None when it was left out."""
        text = self.maybe(name)
        return self._read_moment(text) if text else None

    def choice(self) -> Choice:
        return self._read_choice(self._values.get("choice"))

    def answers(self) -> Answers:
        answers = self._values.get("answers") or {}
        if not isinstance(answers, dict) or not all(isinstance(block, dict) for block in answers.values()):
            abort(400)
        return {
            str(block_id): {str(action_id): self._read_choice(value) for action_id, value in block.items()}
            for block_id, block in answers.items()
        }

    def _read_choice(self, value: object) -> Choice:
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        if isinstance(value, dict) and isinstance(value.get("local"), str):
            return str(int(self._read_moment(value["local"]).timestamp()))
        return abort(400)

    def _read_moment(self, text: str) -> datetime:
        """A date and time as a browser's control has it: on the person's own clock, so not an instant yet."""
        try:
            return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return abort(400)

"""The arguments of a call, which come as a form, as JSON, or in the address; read as Slack reads them."""

import json
from collections.abc import Mapping

from bot.local import ids
from bot.local.errors import SlackError

_LONGEST_NUMBER = 15
_TRUE = frozenset({"1", "true"})


class Arguments:
    """Typed access to what was passed. What is needed and missing, or of the wrong kind, is refused."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def text(self, name: str) -> str:
        """The argument as text; "" when it was left out."""
        value = self.values.get(name, "")
        if isinstance(value, (dict, list)):
            raise SlackError("invalid_arguments", [f"{name} must be a string [json-pointer:/{name}]"])
        return value if isinstance(value, str) else json.dumps(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in _TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`; Slack calls anything else an invalid limit."""
        value = self.text(name)
        if not value:
            return default
        if not is_number(value) or not 1 <= int(value) <= most:
            raise SlackError("invalid_limit")
        return int(value)

    def timestamp(self, name: str, code: str) -> int | None:
        """A message's timestamp in microseconds, or None when it was left out."""
        value = self.text(name)
        if not value or value == "0":
            return None
        number = ids.ts_number(value)
        if number is None:
            raise SlackError(code)
        return number

    def items(self, name: str) -> list[str]:
        """A list, also one written with commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        text = self.text(name)
        if text.startswith("["):
            parsed = self.json(name)
            return [str(item) for item in parsed] if isinstance(parsed, list) else []
        return [item.strip() for item in text.split(",") if item.strip()]

    def json(self, name: str) -> object:
        """An object or a list, given as such or as JSON in a string; None when it was left out."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise SlackError("invalid_arguments", [f"{name} is not JSON [json-pointer:/{name}]"]) from None


def is_number(value: str) -> bool:
    """Whether this is a whole number, and not one of absurd length."""
    return value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER

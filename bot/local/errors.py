"""The one way this Slack says no."""

from collections.abc import Mapping, Sequence


class SlackError(Exception):
    """A refusal with Slack's code, and what Slack says beside it: `messages` and further fields."""

    def __init__(
        self, code: str, messages: Sequence[str] = (), fields: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.fields = dict(fields or {})

    def body(self) -> dict[str, object]:
        """The JSON that carries it."""
        body: dict[str, object] = {"ok": False, "error": self.code, **self.fields}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body

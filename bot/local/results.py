"""What a person gives (a choice, answers) and gets back (a result)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Choice = str | list[str] | None
"""What was picked or typed: an option's value, a date, a time, an id, a text; a list where several can be."""

Answers = Mapping[str, Mapping[str, Choice]]
"""What was filled in: block_id, then action_id, then the choice."""


@dataclass(frozen=True)
class Result:
    """What came of it. `sentence` is what Slack shows the person; `errors` are a form's, by block_id.

    `options` are those that the app offered; one from a group has the group's label as "group".
    """

    ok: bool = True
    sentence: str = ""
    ts: str | None = None
    channel_id: str | None = None
    view_id: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    options: list[dict[str, object]] = field(default_factory=list)

    @classmethod
    def failed(cls, sentence: str) -> "Result":
        return cls(ok=False, sentence=sentence)

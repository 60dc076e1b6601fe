"""What buttons that open forms, menus on cards, and forms themselves carry: typed values, versioned.

A button or a form may be older than the code that reads it.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.errors import OutdatedFormError
from bot.slack.carried import Carried, RowId
from bot.slack.effects import Origin
from bot.slack.queries import Query

FormName = Literal["project", "outcome", "add", "update", "create", "save", "schedule", "snooze", "assign"]


class Wanted(Carried):
    """A form that is asked for.

    `project`: the whole record. `outcome`: one outcome; with `vouches`, saving it as it is says that it is
    still true; with `repeats`, the last words stand in it. `add`: a new outcome. `update`: a project and an
    outcome to choose. `schedule`: when the project is asked. `snooze`: until when to leave an outcome be, or
    the goal, where there is none; `assign`: who is to look after it. `card`: what the answer shows.
    """

    form: FormName
    project_id: RowId | None = None
    outcome_id: RowId | None = None
    vouches: bool = False
    repeats: bool = False
    card: Query | None = None


class Doing(Carried):
    """What a menu or a button on a card does, with one outcome (`id`), all that are open, or the goal.

    At most 150 characters, as Slack allows for an option's value.
    """

    do: Literal["update", "still", "assign", "goal"]
    id: RowId | None = None
    card: Query


class Pressing(Carried):
    """What the button Publish now carries: all pages of the workspace are meant."""


class OfRound(Carried):
    """What a button of a round's messages does, with the round (`id`) or with its project.

    At most 150 characters, as Slack allows for an option's value.
    """

    do: Literal["still", "skip", "again", "snooze1", "snooze2", "go_on", "pause", "resume"]
    id: RowId
    project_id: RowId


class Planning(Carried):
    """What a button on a schedule does."""

    do: Literal["agree", "skip", "now", "resume", "weekly"]
    project_id: RowId


class Charting(Carried):
    """What a button for a chart asks for: of a project, or of the metric of one of its outcomes."""

    project_id: RowId
    outcome_id: RowId | None = None


class Sending(Carried):
    """What a button sends by direct message."""

    kind: Literal["digest", "brief"]


class OfReminder(Carried):
    """What a button, or a choice, of a reminder does with one outcome; or how often they are to come.

    With a `wish`, `project_id` means those in the project's channel.
    At most 150 characters, as Slack allows for an option's value.
    """

    do: Literal["still", "not_mine", "take", "week", "until", "wish"]
    project_id: RowId | None = None
    outcome_id: RowId | None = None
    wish: Literal["usual", "less", "digest", "never"] | None = None


class OfConflict(Carried):
    """What stays, of what was changed on a page and in chat; `version`: of the question that was read."""

    do: Literal["keep", "take"]
    id: RowId
    version: int = Field(ge=1)


class Meaning(Carried):
    """Which outcome the line of a reply is about; lines count from 0. `digest`: of the line, as it was."""

    reply_id: RowId
    line: int = Field(ge=0, le=100_000)
    digest: str = Field(max_length=16)
    outcome_id: RowId


class About(Carried):
    """Which round a direct message answers: its timestamp, and its words as people read them."""

    check_in_id: RowId
    message_ts: str = Field(max_length=32)
    text: str = Field(max_length=2000)


class Below(BaseModel):
    """The form with the whole record that an outcome's lies on: renewed when that one is done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    view_id: str = Field(max_length=64)
    since: int = 0
    seen: dict[str, str] = Field(default_factory=dict)
    times: int = 0
    page: int = Field(0, ge=0, le=10_000)


class Memo(Carried):
    """What a form knows of itself, in its private_metadata, for which Slack allows 3,000 characters.

    `seen`: how its fields were when it was opened (see services/revising.py), and `since`: the newest entry
    of the history then. `times` counts how often it came back: fields of an older one keep what was typed.
    `repeats`: the last words of the chosen outcome stand in it.
    """

    outdated = OutdatedFormError

    project_id: RowId | None = None
    outcome_id: RowId | None = None
    vouches: bool = False
    repeats: bool = False
    card: Query | None = None
    since: int = 0
    seen: dict[str, str] = Field(default_factory=dict)
    times: int = 0
    page: int = Field(0, ge=0, le=10_000)
    channel_id: str | None = Field(None, max_length=64)
    response_url: str | None = Field(None, max_length=500)
    is_ephemeral: bool = False
    permalink: str | None = Field(None, max_length=500)
    author_id: str | None = Field(None, max_length=64)
    is_cut: bool = False
    below: Below | None = None

    @property
    def origin(self) -> Origin:
        return Origin(self.channel_id, self.response_url, self.is_ephemeral)

    def coming_from(self, origin: Origin) -> Self:
        return self.model_copy(
            update={
                "channel_id": origin.channel_id,
                "response_url": origin.response_url,
                "is_ephemeral": origin.is_ephemeral,
            }
        )

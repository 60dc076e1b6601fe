"""What a command is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.asking import Asker
from bot.slack.effects import Message
from bot.slack.memos import Wanted
from bot.slack.queries import Query
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.records import Project


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed: its name, and what follows it; `raw` with every blank and line in it."""

    name: str
    rest: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the project that was read on the way to it, so that it is not read twice."""

    query: Query
    project: Project | None = None


Ask = Callable[[Tx, Asker, Typed, datetime], Asked]
"""From what was typed to what is asked. Raises a BotError when that is not clear."""

Answer = Callable[[Tx, Asker, Asked, datetime], Sheet]
"""From what is asked to the answer, read now."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was changed: `query` shows what the record says of it now, `said` says it in words.

    `act_id` is what takes it back; None when everything was so already. `is_undoing`: it took something back.
    `offers_check_ins`: a project has come to a channel, so that it can be asked there.
    """

    query: Query
    act_id: str | None
    said: str
    is_undoing: bool = False
    offers_check_ins: bool = False


Write = Callable[[Tx, Asker, Typed, datetime], Written | Wanted]
"""From what was typed to the change, or to a form. Raises a BotError, and has then changed nothing."""

Want = Callable[[Tx, Asker, Typed], Wanted]
"""From what was typed to the form that it opens. Raises a BotError."""


Send = Callable[[Tx, Asker, Typed, datetime], Message]
"""From what was typed to something that is promised, and to what is said of that. Raises a BotError."""


@dataclass(frozen=True, slots=True)
class Command:
    """One of `/project …`. `usage` is what follows the name; `examples` are whole lines without `/project`.

    It asks, or writes, or does one or the other, as `writes_if` says of what was typed; or it opens a
    form, or has something sent.
    `about_project`: it takes a project, which may be left out in a channel that belongs to one.
    """

    name: str
    usage: str
    summary: str
    ask: Ask | None
    answer: Answer | None
    examples: tuple[str, ...] = ()
    about_project: bool = False
    write: Write | None = None
    writes_if: Callable[[Typed], bool] = lambda _typed: True
    want: Want | None = None
    send: Send | None = None

    def writes(self, typed: Typed) -> bool:
        """Whether this line is a change, and needs a transaction that can write."""
        return self.send is not None or (self.write is not None and self.writes_if(typed))

    @property
    def form(self) -> str:
        """The whole line, as in `/project show [PROJECT]`."""
        name = "" if self.name == "overview" else self.name
        return " ".join(word for word in ("/project", name, self.usage) if word)


def changing(name: str, usage: str, summary: str, write: Write, examples: tuple[str, ...]) -> Command:
    """A command that always changes something of a project."""
    return Command(name, usage, summary, None, None, examples, about_project=True, write=write)

"""What the lines of a reply turn out to be. Pure."""

from dataclasses import dataclass

from bot.domain.status_words import Said


@dataclass(frozen=True, slots=True)
class Asked:
    """An outcome that can be answered about. `text` is its words, without markup."""

    number: int
    text: str
    is_measured: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """This line updates that outcome."""

    line: str
    number: int
    said: Said


@dataclass(frozen=True, slots=True)
class Unclear:
    """Says a status or a number, but not clearly or not of which outcome: the bot asks.

    `candidates`: those that it may be about, nearest first; all open ones when no words tell.
    """

    line: str
    said: Said
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoSuchOutcome:
    line: str
    number: int
    said: Said


@dataclass(frozen=True, slots=True)
class Plain:
    """Words only: kept as said, changes nothing."""

    line: str


Line = Understood | Unclear | NoSuchOutcome | Plain

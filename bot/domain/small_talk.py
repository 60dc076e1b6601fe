"""What people say to be kind, and what asks for nothing. Pure."""

import re
from enum import Enum, auto

from bot.domain.command_line import clean


class SmallTalk(Enum):
    GREETING = auto()
    THANKS = auto()


_MOST_WORDS = 6
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")

_GREETINGS = frozenset(
    _WORD.findall(
        "hello hi hey hiya howdy heya greetings yo hola bonjour salut hallo moin ciao jambo aloha namaste"
    )
)
_THANKS = frozenset(
    _WORD.findall(
        "thanks thank thx ty cheers gracias merci danke asante mahalo arigato great nice perfect cool"
    )
)
_BESIDES = frozenset(
    _WORD.findall(
        "there waymark bot you all team everyone everybody good morning afternoon evening day night "
        "a lot so very much many for that this the your help it again and oh ok okay bye goodbye"
    )
)
_GREETING_PHRASES = frozenset({"good morning", "good afternoon", "good evening", "good day"})
_THANKS_EMOJI = ("\U0001f64f", "\U0001f44d", ":pray:", ":+1:", ":thumbsup:", "\u2764", ":heart:")
_GREETING_EMOJI = ("\U0001f44b", ":wave:")


def small_talk_in(text: str) -> SmallTalk | None:
    """What the whole text is, if it is nothing else: "Hello!", "thank you so much", "hi there", a wave.

    Nothing that could be a question or a line for the bot: `thanks, show jmte` is none.
    """
    said = clean(text).lower()
    words = _WORD.findall(_EMOJI.sub(" ", said))
    if not words:
        return _by_emoji(said)
    if len(words) > _MOST_WORDS or not set(words) <= _GREETINGS | _THANKS | _BESIDES:
        return None
    if _THANKS & set(words):
        return SmallTalk.THANKS
    if _GREETINGS & set(words) or words[0] == "morning" or " ".join(words[:2]) in _GREETING_PHRASES:
        return SmallTalk.GREETING
    return None


def _by_emoji(said: str) -> SmallTalk | None:
    if said.startswith(_THANKS_EMOJI):
        return SmallTalk.THANKS
    return SmallTalk.GREETING if said.startswith(_GREETING_EMOJI) else None

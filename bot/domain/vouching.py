"""Whether a reply says that all is as it was, and nothing else. Pure."""

import re

from bot.domain.command_line import as_typed, clean
from storage.terms import fold

_THUMB = re.compile(r"\U0001f44d[\U0001f3fb-\U0001f3ff]?\ufe0f?|:(?:\+1|thumbsup):(?::skin-tone-[2-6]:)?")
_OTHER_SIGNS = re.compile(r"[^\w\s.,;!*'\u2019\u2013\u2014-]")
"""A question, a quotation, a line through it, another emoji: then it is not these words alone."""
_PAUSES = re.compile(r"[.,;!\n\u2013\u2014]|\s-\s")
_WHEN = (
    r"(?: (?:(?:this|since last|since the last|from last|from the last|in the last|over the last) "
    r"(?:week|time|month|round|fortnight|check in|update)|today|here|to report|since then|at all))*"
)
_ALL = (
    r"(?:(?:it s |its |they re |that s )?(?:all|everything)(?: of (?:it|them|these|this))?(?: here)?"
    r"(?: is| are| s)? )"
)
_BEFORE = r"(?:before|ever|always|it was|they were|(?:last|the last) (?:week|time|month|round|check in))"
_TRUE = r"(?:true|valid|correct|accurate|current|up to date|the same|unchanged|as is)"
_VOUCHES = re.compile(
    rf"(?:{_ALL}?still (?:all )?(?:{_TRUE}|as {_BEFORE})"
    rf"|{_ALL}(?:{_TRUE}|as {_BEFORE}|same as {_BEFORE})"
    rf"|(?:the )?same as {_BEFORE}|as {_BEFORE}|unchanged"
    r"|(?:no|zero) (?:change|changes|news|update|updates)"
    r"|nothing (?:new|to report|changed|has changed|s changed|to add)"
    rf"|(?:has|have) not changed){_WHEN}"
)
_KIND = re.compile(
    r"(?:hi|hello|hey|morning|good morning)(?: all| team| everyone| everybody| there| waymark)?"
    r"|thanks(?: all| team| everyone)?|thank you|cheers|yes|yep|ok|okay"
)


def vouches_for_all(text: str) -> bool:
    """Whether the whole reply says no more than that everything is still true: `no change`, a thumb up alone.

    "Nothing new on my side" is not: it speaks of some outcomes only.
    """
    words, thumbs = _THUMB.subn(" ", as_typed(text))
    if _OTHER_SIGNS.search(words):
        return False
    pieces = [fold(clean(piece)) for piece in _PAUSES.split(words)]
    others = [piece for piece in pieces if piece and not _KIND.fullmatch(piece)]
    if not all(_VOUCHES.fullmatch(piece) for piece in others):
        return False
    return bool(others) or (thumbs > 0 and not any(pieces))

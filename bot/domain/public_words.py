"""What somebody wrote for their workspace, as everybody may read it: inline Markdown in and out. Pure.

Nothing that only means something in Slack leaves it: ids, mentions, names of channels, links into Slack.
Where people are not named, who was called by @name is somebody.
"""

import re

from storage.records import Link

_MENTION = re.compile(r"<[@#!][^<>\n]{0,120}>")
_SLACK = r"https?://(?:[\w-]+\.)*slack\.com(?![\w.-])"
_LINK_TO_SLACK = re.compile(rf"\[([^\[\]\n]*)\]\(\s*<?{_SLACK}[^()\s]*>?[^()\n]*\)", re.IGNORECASE)
_ADDRESS_IN_SLACK = re.compile(rf"<?{_SLACK}[^\s<>|)\]]*(?:\|[^<>\n]*)?>?", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w/&#])(?<!\]\()#(?=[\w-]*[^\W\d])[\w-]+")
_PERSON = re.compile(r"(?<![\w./@+-])@[^\W_][\w.-]*[\w]|(?<![\w./@+-])@[^\W_]")
_ID = re.compile(r"\b[CDGUWTBSFAE]\d[A-Z0-9]{7,11}\b", re.ASCII)
_IS_SLACK = re.compile(_SLACK, re.IGNORECASE)
_HAS_ANY = re.compile(r"[<@#]|slack\.com|[A-Z0-9]{9}", re.IGNORECASE)

SOMEBODY, A_CHANNEL, IN_SLACK, NOTHING = "somebody", "a channel", "(in Slack)", "…"


def public_words(markdown: str, *, with_names: bool) -> str:
    """The text without what is of the workspace alone."""
    if not _HAS_ANY.search(markdown):
        return markdown
    text = _LINK_TO_SLACK.sub(r"\1", markdown)
    text = _ADDRESS_IN_SLACK.sub(IN_SLACK, text)
    text = _MENTION.sub(NOTHING, text)
    text = _CHANNEL.sub(A_CHANNEL, text)
    if not with_names:
        text = _PERSON.sub(SOMEBODY, text)
    return _ID.sub(NOTHING, text)


def is_public_link(link: Link) -> bool:
    """Whether it leads anywhere for people who are not in the workspace: over HTTP, and not into Slack."""
    return link.url.lower().startswith(("https://", "http://")) and not _IS_SLACK.match(link.url)

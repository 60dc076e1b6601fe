"""The small parts of formatted text: emoji, mentions, dates, and what stays plain."""

import re

from markupsafe import Markup, escape

from bot.local.browser.dates import write_date
from bot.local.browser.emoji import EMOJI
from bot.local.browser.markup import el, join, link
from bot.local.browser.scene import Scene

TOKEN = re.compile(r"<([^<>\n]+)>")
"""Slack's own notation for what is more than text: a mention, a link, a date."""
EMOJI_CODE = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?")


def draw_plain(text: str, *, emoji: bool = True) -> Markup:
    """A plain_text: no markup but emoji and line ends."""
    pieces = [draw_emoji(line) if emoji else escape(line) for line in unescape(text).split("\n")]
    return el("br").join(pieces)


def draw_emoji(text: str) -> Markup:
    parts: list[str] = []
    end = 0
    for found in EMOJI_CODE.finditer(text):
        drawn = draw_one_emoji(found[1], found[2])
        if drawn is not None:
            parts += [text[end : found.start()], drawn]
            end = found.end()
    return join([*parts, text[end:]])


def emoji_text(text: str) -> str:
    """The text as a menu or an attribute can hold it: emoji as characters, and no elements."""
    return EMOJI_CODE.sub(lambda found: EMOJI.get(found[1], found[0]), unescape(text))


def draw_one_emoji(name: str, skin_tone: str | None = None) -> Markup | None:
    character = EMOJI.get(name)
    if character is None:
        return None
    tone = chr(0x1F3F9 + int(skin_tone)) if skin_tone else ""
    spoken = name.replace("_", " ")
    return el(
        "span",
        {"class": "emoji", "role": "img", "aria-label": f"{spoken} emoji", "title": f":{name}:"},
        character + tone,
    )


def unescape(text: str) -> str:
    """Slack escapes three characters and no more."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed_text(text: str, scene: Scene) -> str:
    """What somebody typed to get this text: mentions by name, and nothing escaped."""

    def typed(found: re.Match[str]) -> str:
        content = found[1].partition("|")[0]
        if content.startswith("@") and content[1:] in scene.users:
            return f"@{scene.users[content[1:]].name}"
        if content.startswith("#") and content[1:] in scene.channels:
            return f"#{scene.channels[content[1:]].name}"
        return f"@{content[1:]}" if content.startswith("!") else content

    return unescape(TOKEN.sub(typed, text))


def draw_user(user_id: str, scene: Scene) -> Markup:
    classes = "mention mention-me" if user_id == scene.viewer.id else "mention"
    return el("span", {"class": classes, "data-user": user_id}, f"@{scene.user_name(user_id)}")


def draw_channel(channel_id: str, scene: Scene, label: str = "") -> Markup:
    channel = scene.channels.get(channel_id)
    if channel is None:
        return el("span", {"class": "mention"}, f"#{label}" if label else "🔒 private-channel")
    return el("a", {"class": "mention", "href": scene.channel_url(channel_id)}, f"#{channel.name}")


def draw_broadcast(name: str) -> Markup:
    return el("span", {"class": "mention mention-me"}, f"@{name}")


def draw_date(seconds: str, template: str, url: str, fallback: str, scene: Scene) -> Markup:
    written = write_date(seconds, template, scene)
    if written is None:
        return escape(fallback)
    spoken = write_date(seconds, "{date_long_full} at {time}", scene)
    drawn = el("time", {"title": spoken}, written)
    return link(url, drawn) if url else drawn

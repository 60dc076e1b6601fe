"""Slack's own markup to HTML. Everything that is drawn is escaped; only what is known is a tag.

What is settled (code, links, mentions, emoji) is put aside behind a pair of non-characters while the rest is
read, so an asterisk within an address never opens bold, and nothing that is written can pose as settled.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from bot.local.browser.dates import write_date
from bot.local.browser.emoji import EMOJI
from bot.local.browser.markup import el, join, link, safe_link
from bot.local.browser.scene import Scene

_ASIDE = re.compile("\ufdd0([0-9]+)\ufdd1")
_NON_CHARACTERS = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})
_FENCE = re.compile(r"```\n?(?!\n*```)((?:(?!```(?!`))[\s\S])+)```")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_TOKEN = re.compile(r"<([^<>\n]+)>")
_BARE_LINK = re.compile(r"\bhttps?://[^\s<>\ufdd0\ufdd1|\"]+", re.IGNORECASE)
_EMOJI = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?")
_EMPHASIS = (("*", "strong"), ("_", "em"), ("~", "s"))
_QUOTE = re.compile(r"(?:&gt;|>) ?")
_QUOTE_REST = re.compile(r"(?:&gt;|>){3} ?")
_TRAILING = ".,;:!?'*_~)"
_BROADCASTS = frozenset({"here", "channel", "everyone", "group"})


def draw_mrkdwn(text: str, scene: Scene) -> Markup:
    """A mrkdwn text, whole: code fences and quotes too."""
    return _Reader(scene).read(text)


def draw_plain(text: str, *, emoji: bool = True) -> Markup:
    """A plain_text: no markup but emoji and line ends."""
    pieces = [draw_emoji(line) if emoji else escape(line) for line in unescape(text).split("\n")]
    return el("br").join(pieces)


def draw_emoji(text: str) -> Markup:
    parts: list[str] = []
    end = 0
    for found in _EMOJI.finditer(text):
        drawn = draw_one_emoji(found[1], found[2])
        if drawn is not None:
            parts += [text[end : found.start()], drawn]
            end = found.end()
    return join([*parts, text[end:]])


def emoji_text(text: str) -> str:
    """The text as a menu or an attribute can hold it: emoji as characters, and no elements."""
    return _EMOJI.sub(lambda found: EMOJI.get(found[1], found[0]), unescape(text))


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

    return unescape(_TOKEN.sub(typed, text))


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


class _Reader:
    """Reads one text; keeps what is already settled."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._settled: list[Markup] = []

    def read(self, text: str) -> Markup:
        text = text.translate(_NON_CHARACTERS)
        drawn: list[Markup] = []
        end = 0
        for fence in _FENCE.finditer(text):
            drawn += self._read_lines(text[end : fence.start()].removesuffix("\n"))
            drawn.append(el("pre", {"class": "code-block"}, self._read_code(fence[1].removesuffix("\n"))))
            end = fence.end() + (text[fence.end() : fence.end() + 1] == "\n")
        return join([*drawn, *self._read_lines(text[end:])])

    def _read_lines(self, text: str) -> list[Markup]:
        if not text:
            return []
        drawn: list[Markup] = []
        plain: list[str] = []
        quoted: list[str] = []

        def settle() -> None:
            if plain:
                drawn.append(self._read_inline("\n".join(plain)))
            if quoted:
                drawn.append(el("blockquote", None, self._read_inline("\n".join(quoted))))
            plain.clear()
            quoted.clear()

        lines = text.split("\n")
        for number, line in enumerate(lines):
            rest = _QUOTE_REST.match(line)
            if rest:
                settle()
                quoted += [line[rest.end() :], *lines[number + 1 :]]
                break
            quote = _QUOTE.match(line)
            if (quoted if not quote else plain) and bool(quote) != bool(quoted):
                settle()
            if quote:
                quoted.append(line[quote.end() :])
            else:
                plain.append(line)
        settle()
        return drawn

    def _read_inline(self, text: str) -> Markup:
        text = _CODE.sub(lambda found: self._put_aside(el("code", None, self._read_code(found[1]))), text)
        text = _TOKEN.sub(self._read_token, text)
        text = _BARE_LINK.sub(self._read_bare_link, text)
        text = _EMOJI.sub(self._read_emoji, text)
        return self._bring_back(self._read_emphasis(text))

    def _read_emphasis(self, text: str) -> str:
        for marker, name in _EMPHASIS:
            text = _emphasise(text, marker, self._wrap(name))
        return text

    def _wrap(self, name: str) -> Callable[[str], str]:
        return lambda text: self._put_aside(el(name, None, self._bring_back(self._read_emphasis(text))))

    def _put_aside(self, drawn: Markup) -> str:
        self._settled.append(drawn)
        return f"\ufdd0{len(self._settled) - 1}\ufdd1"

    def _bring_back(self, text: str) -> Markup:
        parts: list[str] = []
        end = 0
        for found in _ASIDE.finditer(text):
            parts += [_lines(text[end : found.start()]), self._settled[int(found[1])]]
            end = found.end()
        return join([*parts, _lines(text[end:])])

    def _read_code(self, text: str) -> str:
        """Within code nothing is markup; a link is what it says."""
        return unescape(_TOKEN.sub(lambda found: found[1].rpartition("|")[2], text))

    def _read_emoji(self, found: re.Match[str]) -> str:
        drawn = draw_one_emoji(found[1], found[2])
        return found[0] if drawn is None else self._put_aside(drawn)

    def _read_bare_link(self, found: re.Match[str]) -> str:
        address = unescape(found[0])
        kept = address.rstrip(_TRAILING)
        if kept.count("(") > kept.count(")") and address[len(kept) :].startswith(")"):
            kept += ")"
        return self._put_aside(link(kept, kept) + address[len(kept) :])

    def _read_token(self, found: re.Match[str]) -> str:
        content, _, label = found[1].partition("|")
        scene = self._scene
        if content.startswith("@"):
            return self._put_aside(draw_user(content[1:], scene))
        if content.startswith("#"):
            return self._put_aside(draw_channel(content[1:], scene, unescape(label)))
        if content.startswith("!"):
            return self._put_aside(self._read_special(content[1:], unescape(label)))
        address = unescape(content)
        if safe_link(address) is None:
            return self._put_aside(draw_emoji(unescape(label)) if label else escape(f"<{address}>"))
        shown = draw_emoji(unescape(label)) if label else escape(address.removeprefix("mailto:"))
        return self._put_aside(link(address, shown))

    def _read_special(self, content: str, label: str) -> Markup:
        name, *arguments = content.split("^")
        if name in _BROADCASTS:
            return draw_broadcast(name)
        if name == "date" and len(arguments) > 1:
            url = unescape(arguments[2]) if len(arguments) > 2 else ""  # noqa: PLR2004 - date^ts^format^link
            return draw_date(arguments[0], unescape(arguments[1]), url, label, self._scene)
        shown = label or name
        return el("span", {"class": "mention"}, shown) if name == "subteam" else escape(shown)


def _lines(text: str) -> Markup:
    return el("br").join(escape(line) for line in unescape(text).split("\n"))


def _emphasise(text: str, marker: str, wrap: Callable[[str], str]) -> str:
    """Wrap what stands between two markers on one line, both at the edge of a word. One pass."""
    m = re.escape(marker)
    opens = rf"(?P<open>(?<![^\W_])(?<!{m}){m}(?=[^\s{m}]))"
    closes = rf"(?P<close>(?<=[^\s{m}]){m}(?![^\W_]|{m}))"
    edge = re.compile(rf"{opens}|{closes}|\n")
    parts: list[str] = []
    end = 0
    opened: int | None = None
    for found in edge.finditer(text):
        if found[0] == "\n":
            opened = None
        elif opened is None:
            opened = found.start() if found["open"] else None
        elif found["close"] or _closes(text, found.start(), marker):
            if found.start() == opened + 1:
                continue
            parts += [text[end:opened], wrap(text[opened + 1 : found.start()])]
            end = found.end()
            opened = None
    return "".join([*parts, text[end:]])


def _closes(text: str, position: int, marker: str) -> bool:
    """Whether a marker that could open could as well close: `*a*.*b*`."""
    before, after = text[position - 1], text[position + 1 : position + 2]
    return not before.isspace() and before != marker and not (after.isalnum() or after == marker)

"""Slack's own markup to HTML. Everything that is drawn is escaped; only what is known is a tag.

What is settled (code, links, mentions, emoji) is put aside behind a pair of non-characters while the rest is
read, so an asterisk within an address never opens bold, and nothing that is written can pose as settled.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from bot.local.browser.inline import (
    EMOJI_CODE,
    TOKEN,
    draw_broadcast,
    draw_channel,
    draw_date,
    draw_emoji,
    draw_one_emoji,
    draw_user,
    unescape,
)
from bot.local.browser.markup import el, join, link, safe_link
from bot.local.browser.scene import Scene

_ASIDE = re.compile("\ufdd0([0-9]+)\ufdd1")
_NON_CHARACTERS = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})
_FENCE = re.compile(r"```\n?(?!\n*```)((?:(?!```(?!`))[\s\S])+)```")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_BARE_LINK = re.compile(r"\bhttps?://[^\s<>\ufdd0\ufdd1|\"]+", re.IGNORECASE)
_EMPHASIS = (("*", "strong"), ("_", "em"), ("~", "s"))
_QUOTE = re.compile(r"(?:&gt;|>) ?")
_QUOTE_REST = re.compile(r"(?:&gt;|>){3} ?")
_TRAILING = ".,;:!?'*_~)"
_BROADCASTS = frozenset({"here", "channel", "everyone", "group"})


def draw_mrkdwn(text: str, scene: Scene) -> Markup:
    """A mrkdwn text, whole: code fences and quotes too."""
    return _Reader(scene).read(text)


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
        text = TOKEN.sub(self._read_token, text)
        text = _BARE_LINK.sub(self._read_bare_link, text)
        text = EMOJI_CODE.sub(self._read_emoji, text)
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
        return unescape(TOKEN.sub(lambda found: found[1].rpartition("|")[2], text))

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

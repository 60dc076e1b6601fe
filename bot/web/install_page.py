"""The pages of an installation: small, whole in themselves, and readable by anything that reads HTML."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot import texts_installing as texts

_STYLE = """
:root{color-scheme:light dark;--page:#f6f4ef;--card:#fff;--text:#1f2a2e;--soft:#566469;--line:#e2ddd2;
--accent:#1f4e5f;--on-accent:#fff;--ring:#3f8aa5}
@media(prefers-color-scheme:dark){:root{--page:#12191c;--card:#1b2529;--text:#e6ecee;--soft:#a3b1b6;
--line:#2e3b40;--accent:#8fc6d8;--on-accent:#0e1719;--ring:#8fc6d8}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);
color:var(--text);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:31rem;padding:2.25rem;background:var(--card);border:1px solid var(--line);
border-radius:1rem;box-shadow:0 1px 2px rgb(0 0 0/6%),0 12px 32px rgb(0 0 0/6%)}
svg{display:block;width:3rem;height:3rem;margin-bottom:1.25rem;color:var(--accent)}
h1{margin:0 0 .5rem;font-size:1.6rem;line-height:1.25;letter-spacing:-.01em}
p{margin:0 0 1rem;color:var(--soft)}
ul{margin:0 0 1.75rem;padding-left:1.15rem;color:var(--soft)}
li{margin:.4rem 0}
a.button{display:inline-block;padding:.7rem 1.4rem;border-radius:.6rem;background:var(--accent);
color:var(--on-accent);font-weight:600;text-decoration:none}
a.button:hover{text-decoration:underline}
a.button:focus-visible{outline:3px solid var(--ring);outline-offset:3px}
"""
_MARK = (
    '<svg viewBox="0 0 48 48" fill="currentColor" aria-hidden="true">'
    '<rect x="6" y="33" width="36" height="9" rx="4.5"/>'
    '<rect x="11" y="21" width="25" height="9" rx="4.5"/>'
    '<rect x="18" y="9" width="14" height="9" rx="4.5"/></svg>'
)
"""A cairn, as walkers pile one up to mark the way."""

STYLE_SOURCE = "'sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode() + "'"
"""What a Content-Security-Policy names the style of these pages by."""


@dataclass(frozen=True, slots=True)
class Page:
    """One of them, with a link at its end."""

    title: str
    lead: str
    link: str
    label: str
    points: Sequence[str] = ()

    def html(self) -> bytes:
        points = "".join(f"<li>{escape(point)}</li>" for point in self.points)
        listed = f"<ul>{points}</ul>" if points else ""
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{_STYLE}</style></head><body><main>{_MARK}"
            f"<h1>{escape(self.title)}</h1><p>{escape(self.lead)}</p>{listed}"
            f'<a class="button" href="{escape(self.link)}">{escape(self.label)}</a></main></body></html>'
        ).encode()


def begin_page(link: str) -> Page:
    """What the bot is, and the way to Slack's own page."""
    return Page(texts.TITLE, texts.LEAD, link, texts.BUTTON, texts.SEES)


def done_page(workspace: str, link: str) -> Page:
    return Page(texts.DONE_TITLE, texts.done(workspace), link, texts.OPEN_SLACK, (texts.HOW_TO_BEGIN,))


def failed_page(sentence: str, link: str) -> Page:
    """What went wrong, what still holds, and a way to begin again."""
    return Page(texts.FAILED_TITLE, f"{sentence} {texts.NOTHING_CHANGED}", link, texts.AGAIN)

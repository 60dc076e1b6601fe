"""What in a page's text would do more than say something, by whichever program the page is built."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.substitution import substitution_plugin

from bot.pages.blocks import Markdown
from bot.pages.links import refusal

Active = tuple[str, str]
"""The kind of it, and what it is about."""

_HINTS = re.compile(r"[<{$]|\]\(|!\[")
_KINDS = frozenset(
    {
        *("myst_role", "math_inline", "math_inline_double", "math_block", "math_block_label"),
        *("substitution_inline", "substitution_block", "html_inline", "html_block", "image"),
    }
)


def active_in(text: str) -> frozenset[Active]:
    """Roles, substitutions, formulas, HTML, pictures, and links to anywhere but the web and mail."""
    if not _HINTS.search(text):
        return frozenset()
    found = set[Active]()
    for block in _parser().parse(text):
        for token in (block, *(block.children or ())):
            if token.type in _KINDS:
                found.add((token.type, f"{token.meta} {token.content} {token.attrGet('src')}"))
            elif token.type == "link_open" and refusal(address := str(token.attrGet("href"))) is not None:
                found.add((token.type, address))
    return frozenset(found)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """With all that a page may be built with, so that more is found and not less."""
    markdown = Markdown("commonmark", {"html": True})
    for plugin in (dollarmath_plugin, myst_role_plugin, substitution_plugin):
        markdown.use(plugin)
    return markdown

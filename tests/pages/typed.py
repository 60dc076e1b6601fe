"""What people may type, harmless or not, and what of it is read back."""

import html
import re

from hypothesis import strategies as st

from bot.pages.template_words import cleaned

_PLAIN = re.compile(r"\\([!-/:-@\[-`{-~])")
_BITS = st.sampled_from(
    [
        *[
            "#",
            "##",
            "-",
            "+",
            "*",
            "1.",
            "12)",
            ">",
            "```",
            "~~~",
            ":::",
            "`",
            "``",
            "$",
            "$$",
            "|",
            "---",
            "===",
        ],
        *[
            "(a)=",
            "%",
            "+++",
            ":",
            "~",
            "[x]",
            "[ ] ",
            "[^1]:",
            "[a]:",
            "![a](b)",
            "[a](https://e.org)",
            "<b>",
        ],
        *[
            "[a](javascript:x)",
            "[a](b.md)",
            "<https://e.org>",
            "<!--",
            "{raw}`x`",
            "{{ x }}",
            "{eval}",
            "\\",
            "\\#",
        ],
        *[
            "words",
            "Ünë",
            "🌱",
            "TBD",
            "todo",
            "none",
            "&amp;",
            "_a_",
            "**b**",
            "https://e.org/a_b",
            "@ana",
            "\t",
        ],
        *[" ", " ", "\n", "\n", "\n\n", "\r\n", "\x0b", "\u2028", "\u00a0"],
    ]
)
TEXTS = st.lists(_BITS, min_size=1, max_size=10).map("".join) | st.text(max_size=40)


def said(text: str) -> str:
    """What is read, whatever had to be escaped, on however many lines."""
    words = _PLAIN.sub(r"\1", html.unescape(cleaned(text)))
    return " ".join(words.replace("\\", "").replace("\u200b", "").split())

"""Whatever people and apps write, what is drawn of it can do nothing."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local.browser.blocks import draw_block
from bot.local.browser.inline import draw_plain
from bot.local.browser.mrkdwn import draw_mrkdwn
from tests.local_browser.conftest import make_scene
from tests.local_browser.harmless import words_of
from tests.local_browser.test_blocks import BLOCKS
from tests.local_browser.test_elements import ELEMENTS
from tests.local_browser.test_rich_text import RICH

SCENE = make_scene()
PIECES = st.sampled_from(
    [
        *(
            "*",
            "_",
            "~",
            "`",
            "```",
            "<",
            ">",
            "&lt;",
            "&gt;",
            "&amp;",
            "|",
            "\n",
            " ",
            "a",
            "b c",
            '"',
            "'",
            "=",
        ),
        *(
            "<script>",
            "</pre>",
            "<@UADA>",
            "<@U",
            "<#CGEN|x>",
            "<!date^1^{time}^",
            "https://e.org/",
            "javascript:",
        ),
        *(
            "<https://e.org|",
            "onerror=",
            "<!--",
            "-->",
            "<![CDATA[",
            ":tada:",
            ":",
            "\ufdd0",
            "\ufdd1",
            "0",
            "\x00",
        ),
        *(
            "&#x3c;",
            "[x](",
            ")",
            "![",
            "data:text/html,",
            "//e.org",
            "mailto:",
            "<img src=x>",
            "</textarea>",
            "\r",
        ),
    ],
)
TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@given(TEXT)
def test_mrkdwn(text: str) -> None:
    words_of(draw_mrkdwn(text, SCENE))
    words_of(draw_plain(text))


@given(TEXT)
def test_markdown(text: str) -> None:
    words_of(draw_block({"type": "markdown", "text": text}, SCENE))


def replaced(value: Any, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """The same block with other strings in it, but for what says of what kind a part is."""
    if isinstance(value, dict):
        parts = {
            key: st.just(part) if key == "type" else replaced(part, texts) for key, part in value.items()
        }
        return st.fixed_dictionaries(parts)
    if isinstance(value, list):
        return st.tuples(*(replaced(part, texts) for part in value)).map(list)
    return st.one_of(st.just(value), texts) if isinstance(value, str) else st.just(value)


# Hypothesis goes by the clock, and a machine that is busy with browsers stands still for a second.
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])

KNOWN = [
    *(block for block, _, _ in (*BLOCKS, *RICH)),
    *({"type": "actions", "elements": [element]} for element, _ in ELEMENTS),
    *(
        {"type": "input", "label": {"type": "plain_text", "text": "l"}, "element": element}
        for element, _ in ELEMENTS
    ),
]


@settings(UNHURRIED, max_examples=300)
@given(st.sampled_from(KNOWN).flatmap(lambda block: replaced(block, TEXT)))
def test_a_known_block_with_hostile_texts(block: dict[str, Any]) -> None:
    words_of(draw_block(block, SCENE))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["text", "type", "elements", "value", "options", "url"]), inner, max_size=4
        ),
    ),
    max_leaves=8,
)


@UNHURRIED
@given(st.sampled_from(KNOWN), st.data())
def test_a_block_that_is_not_in_order_leaves_a_note(block: dict[str, Any], data: st.DataObject) -> None:
    broken = dict(block)
    for key in block:
        if key != "type" and data.draw(st.booleans()):
            broken[key] = data.draw(JSON)
    words_of(draw_block(broken, SCENE))

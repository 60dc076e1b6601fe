"""What people typed does nothing on an imported page but say what they typed, and is read back as that."""

import pytest
from hypothesis import given, settings

from bot.pages.active import active_in
from bot.pages.values import GroupKind
from bot.pages.wanted import WantedLink, WantedMember
from bot.pages.writing_fields import goal_lines
from bot.pages.writing_links import link_words
from bot.pages.writing_members import member_words
from bot.pages.writing_values import canonical, name_text, reads_as, value_text
from tests.pages.test_template_words import HARMLESS, kinds
from tests.pages.typed import TEXTS
from tests.support.growth import require_linear_growth

HOSTILE = (
    *("{eval}`x`", "{raw}`x`", "{download}`conf.py`", "a `b` {c}`d`", "text ``` {eval}`y`", "\\\\{eval}`x`"),
    *("{{ x }}", "{{ ''.__class__.__mro__ }}", "{{{ x }}}", "$5 and $6", "$$\\href{javascript:x}{y}$$"),
    *("<iframe src=x onload=alert(1)>", "<!-- x", "<path:../conf.py>", "<javascript:x>", "`<b>` <i>"),
    *("[a](javascript:x)", "[a](../../etc/passwd)", "[a](path:../conf.py)", "[x](<javascript:x>)", "[a]()"),
    *("![a](https://e.org/a.png)", "![a](b)", "[![a](b)](https://e.org)", "[a]{.x style=y}", "{.x}\nwords"),
    *(
        "a\n(b(c)d)=",
        "(b(c)d)=",
        "`a\\`{eval}`b`",
        "array[i](j)",
        "f(x) = {a: b}",
        "<https://e.org/`>{eval}`y`",
    ),
)
KINDS = (GroupKind.GOAL, GroupKind.SUMMARY, GroupKind.OUTCOMES)
LISTED = HARMLESS | {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}


def words_of(text: str) -> list[str]:
    """All that is written of a text, wherever it was typed."""
    link, lead = WantedLink("https://e.org/x", text), WantedLink("https://e.org/x", "Board", text)
    return [
        words
        for words in (
            *(value_text(kind, text, indent="", eol="\n") for kind in KINDS),
            "\n".join(goal_lines(text, "\n")),
            name_text(text),
            link_words(link),
            link_words(lead),
            member_words(WantedMember(text), leads=False),
            member_words(WantedMember("Ana Silva", text), leads=False),
        )
        if words
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_written_does_anything(text: str) -> None:
    for words in words_of(text):
        assert not active_in(words), words
        assert kinds(f"- {words}\n") <= LISTED, words


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_text_does_anything(text: str) -> None:
    for words in words_of(text):
        assert not active_in(words), words


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_it_is_read_back_as_it_was_typed(text: str) -> None:
    for kind in (GroupKind.GOAL, GroupKind.OUTCOMES):
        words = value_text(kind, text, indent="", eol="\n")

        assert words is not None
        assert reads_as(kind, words) == canonical(text)
        assert canonical(words) == canonical(text)


@pytest.mark.parametrize(
    "element", ["{doc}`guide`", "[guide](guide.md)", "{{ version }}", "$x^2$", "![a](a.png)"]
)
def test_what_stood_there_may_go_on_standing_there(element: str) -> None:
    stood = f"Read {element} first."

    def written(text: str) -> str | None:
        return value_text(GroupKind.GOAL, text, indent="", eol="\n", like=stood)

    assert written(f"Now read {element}.") == f"Now read {element}."
    assert written(f"{element} or {{eval}}`x`") == f"{element} or \\{{eval}}`x`"


@pytest.mark.parametrize("bit", ["{", "](", "![", "$", "{a}`", "`{{", "\\{"])
def test_it_takes_time_in_line_with_the_text(bit: str) -> None:
    require_linear_growth(lambda size: canonical(bit * size), 500)

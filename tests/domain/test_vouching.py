"""What says that all is as it was, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reply_grammar import vouches_for_all
from tests.support.growth import require_linear_growth


@pytest.mark.parametrize(
    "text",
    [
        *("all still true", "All still true!", "everything still true", "Everything is still true."),
        *("still true", "still all true", "all true", "it's all still true"),
        *("all of it is still true", "yes, all still true", "no change", "No changes."),
        *("no change this week", "no changes since last week", "no change at all", "nothing new"),
        *("Nothing new to report", "nothing to report", "nothing changed", "nothing's changed"),
        *("nothing has changed since last time", "everything as before", "all as before", "as before"),
        *("as ever", "same as last week", "the same as last week", "same as before", "still the same"),
        *("all unchanged", "everything is up to date", "all still up to date", "unchanged", "no news"),
        *("no updates", "👍", "👍🏽", "👍 👍", ":+1:", ":thumbsup:", ":+1::skin-tone-3:", "no change 👍"),
        *("👍 all still true", "Hi all, no change, thanks!", "*no change*", "_nothing new_"),
        *("no\u00a0change", "- no change", "No change.\nEverything as before."),
        *("no change \u2013 same as last week",),
    ],
)
def test_it_vouches(text: str) -> None:
    assert vouches_for_all(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "no", "yes", "ok", "thanks", "thanks 👍", "ok 👍", "hello", "true", "same here", "👎"),
        *("🎉", "👍 🎉", "no change?", "is all still true?", "not all still true"),
        *("all still true except 2", "no change but 2", "no change, 1 done", "no change\n2 at risk"),
        *("no change 🔴", "nothing new on my side", "no change for me", "no change yet"),
        *("nothing new for docs", "2 as before", "all done", "all good", "all on track", "on track"),
        *("&gt; no change", "~no change~", "`no change`", "no change <@U123>", "still blocked"),
        *("still not true", "nothing is true", "no changes to the docs", "everything changed"),
        *("the same problem as last week", "+1"),
    ],
)
def test_it_does_not(text: str) -> None:
    assert not vouches_for_all(text)


@given(st.text(max_size=80))
def test_any_text_is_one_or_the_other(text: str) -> None:
    assert vouches_for_all(text) in {True, False}


@pytest.mark.parametrize(
    "unit", ["no change, ", "this week ", "all ", "👍", ":+1:", "- ", " ", "thanks ", "\n"]
)
def test_time_grows_in_line_with_what_was_typed(unit: str) -> None:
    require_linear_growth(lambda size: vouches_for_all("no change " + unit * (size // len(unit))), 1_000)

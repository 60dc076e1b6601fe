"""What is kind and asks for nothing."""

import pytest

from bot.domain.small_talk import SmallTalk, small_talk_in


@pytest.mark.parametrize(
    "text",
    [
        *("hello", "Hi!", "  hey   there ", "Hello, Waymark", "good morning", "Good evening everyone", "👋"),
        *("Morning!", ":wave:", "hola", "hi :wave:"),
    ],
)
def test_greetings(text: str) -> None:
    assert small_talk_in(text) is SmallTalk.GREETING


@pytest.mark.parametrize(
    "text",
    [
        *("thanks", "Thank you!", "thank you so much", "thx", "Great, thanks", "ok thanks", "🙏", ":+1:"),
        *("Thanks a lot 🙏", "cheers", "hi, thanks for that"),
    ],
)
def test_thanks(text: str) -> None:
    assert small_talk_in(text) is SmallTalk.THANKS


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "help", "hello world project", "thanks, show jmte", "goal", "update 2 done", "the team"),
        *("good", "hi " * 7, "😀", "?", "help me"),
    ],
)
def test_what_is_something_else(text: str) -> None:
    assert small_talk_in(text) is None

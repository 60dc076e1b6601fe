"""A call costs the same whatever was said before: a torture test makes thousands of them."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from bot.local import ids
from bot.local.api.arguments import Arguments
from bot.local.api.registry import METHODS
from bot.local.browser.scene import Scene
from bot.local.browser.sidebar import show_sidebar, visible_channels
from bot.local.model import Channel, Message
from bot.local.platform import Platform
from bot.local.seed import BOT, JMTE, MATEO, WANJIRU, seeded_workspace
from bot.local.workspace import Workspace

from .conftest import settings_for
from .receiver import Receiver

NOON = 1_900_000_000_000_000


def work(act: Callable[[], object]) -> int:
    """How many functions are called: a measure of time that no busy machine can spoil."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


def workspace_with(number: int) -> Workspace:
    """One long thread and as many other messages, all in one channel."""
    workspace = seeded_workspace()
    first = ids.format_ts(NOON)
    for n in range(number):
        at = NOON + 2 * n
        workspace.add_message(Message(ids.format_ts(at), JMTE, MATEO, "said", thread_ts=first if n else None))
        workspace.add_message(Message(ids.format_ts(at + 1), JMTE, MATEO, "said"))
    workspace.timestamps_after(ids.format_ts(NOON + 2 * number))
    return workspace


@pytest.mark.parametrize(
    ("method", "values"),
    [
        (
            "chat.postMessage",
            {"channel": JMTE, "text": "x", "metadata": '{"event_type":"a","event_payload":{}}'},
        ),
        ("conversations.history", {"channel": JMTE, "limit": "20", "include_all_metadata": "true"}),
        ("conversations.history", {"channel": JMTE, "oldest": ids.format_ts(NOON + 350), "limit": "5"}),
        ("reactions.add", {"channel": JMTE, "timestamp": ids.format_ts(NOON + 3), "name": "tada"}),
    ],
)
def test_a_call_costs_the_same_in_a_channel_ten_times_as_long(
    app: Receiver, method: str, values: dict[str, str]
) -> None:
    def cost(number: int) -> int:
        platform = Platform(workspace_with(number), settings_for(app))
        return work(lambda: METHODS[method](platform, Arguments(values)))

    cost(10)  # what is made once is made
    assert cost(2_000) < 1.5 * cost(200)


def test_the_side_bar_is_drawn_without_reading_the_channels() -> None:
    def cost(messages: int) -> int:
        workspace = seeded_workspace()
        for n in range(50):
            channel = Channel(f"C{n:04}", f"torture-{n}", members=[WANJIRU, BOT.user_id])
            workspace.channels[channel.id] = channel
            for m in range(messages):
                at = ids.format_ts(NOON + messages * n + m)
                workspace.add_message(Message(at, channel.id, BOT.user_id, "x"))
        visible = visible_channels(workspace, WANJIRU)
        scene = Scene(workspace.users[WANJIRU], workspace.users, visible, workspace.clock.now())
        return work(lambda: show_sidebar(workspace, scene))

    cost(10)
    assert cost(200) < 1.5 * cost(20)

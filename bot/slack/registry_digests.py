"""What comes by itself, or on demand, of all projects. See bot/slack/registry.py."""

from bot.slack.commands import digests
from bot.slack.commands.command import Command

DIGESTS = (
    Command(
        "digest",
        digests.DIGEST_USAGE,
        "The weekly round-up: what changed, became at risk or off track, is done or stale, grouped by parent "
        "project. Without a channel by direct message; alone, what is set and how to change it.",
        digests.ask_digest,
        digests.answer_digest,
        digests.DIGEST_EXAMPLES,
        write=digests.digest,
        writes_if=digests.is_written,
    ),
    Command(
        "brief",
        digests.BRIEF_USAGE,
        "Before a meeting: what is off track, at risk, stale, and what has changed since the last brief. "
        "Alone, now and by direct message.",
        None,
        digests.answer_brief,
        digests.BRIEF_EXAMPLES,
        write=digests.brief,
    ),
    Command(
        "mine",
        digests.MINE_USAGE,
        "My week: what of mine is in trouble, due, or waits for my word. With a weekday and a time it comes "
        "by direct message.",
        digests.ask_mine,
        digests.answer_mine,
        digests.MINE_EXAMPLES,
        write=digests.mine,
        writes_if=digests.is_written,
    ),
)

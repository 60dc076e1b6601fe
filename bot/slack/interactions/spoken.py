"""What people say to the bot, by mention or in a direct message: the same lines as `/project …`.

Slash commands cannot be run in threads; a mention can, and its answer stays in the thread.
"""

from datetime import datetime

from bot.slack.effects import Effect, Message, Post
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.slash import answer_line
from bot.slack.requests import MessageRequest
from bot.slack.views.cards import form_message
from storage.database import Tx


def on_message(tx: Tx, request: MessageRequest, now: datetime) -> Effect:
    """The answer, where it was asked for. In a channel it begins a thread: the channel stays as it is."""
    answer = answer_line(tx, asker_of(tx, request), _line(request.text), now, is_public=True)
    # What is said comes with no trigger, and without one Slack opens no form.
    message = answer if isinstance(answer, Message) else form_message(answer)
    return Post(message, request.channel_id, thread_of(request))


def thread_of(request: MessageRequest) -> str | None:
    return request.thread_ts or (None if request.is_direct else request.message_ts)


def _line(text: str) -> str:
    """People type the command out of habit, too."""
    return text.removeprefix("/project").lstrip()

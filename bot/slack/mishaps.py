"""What comes of a request that went wrong: it is said where the person looks, or Slack sends it again."""

from bot import current, texts
from bot.slack.effects import Effect, Message, Nothing, OpenView, Options, Post, Reply, SendAgain
from bot.slack.interactions.spoken import thread_of
from bot.slack.news import ChannelMovedRequest, GoneRequest, MembershipRequest, PersonRequest
from bot.slack.requests import (
    AnsweredRequest,
    ButtonRequest,
    CommandRequest,
    HomeRequest,
    MessageRequest,
    MessageShortcutRequest,
    OptionsRequest,
    ShortcutRequest,
    SubmitRequest,
    ThreadRequest,
)
from bot.slack.views.errors import failure_message
from bot.slack.views.notice import notice_view

_SILENT = HomeRequest | MembershipRequest | ChannelMovedRequest | PersonRequest | ThreadRequest | GoneRequest
"""Events of which nobody is told when they cannot be taken: Slack is to send them again."""


def send_again() -> Effect:
    """Slack does, in a while: events alone."""
    current.note("again")
    return SendAgain()


def broken(request: AnsweredRequest, reference: str) -> Effect:
    """By a mistake of ours; `reference` is how the log calls the request."""
    current.note("failed")
    return undone(request, failure_message(texts.INTERNAL_ERROR.format(reference=reference)))


def undone(request: AnsweredRequest, message: Message) -> Effect:
    """What was done is undone, through no fault of a person's."""
    return SendAgain() if isinstance(request, _SILENT) else say_error(request, message)


def say_error(request: AnsweredRequest, message: Message) -> Effect:
    """What went wrong, said where the person looks. What stands in a form stays there."""
    match request:
        case CommandRequest():
            return Reply(message)
        case ButtonRequest(view=None):
            return Reply(message)
        case ButtonRequest() | SubmitRequest() | ShortcutRequest() | MessageShortcutRequest():
            return OpenView(notice_view(message))
        case MessageRequest():
            # A slip of one person's is nobody else's business.
            only_for = None if request.is_direct else request.person_id
            return Post(message, request.channel_id, thread_of(request), only_for)
        case OptionsRequest():
            return Options(())
        case _:
            return Nothing()

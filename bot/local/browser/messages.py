"""The messages of a channel or a thread as the page lists them: under their days, in groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from markupsafe import Markup

from bot.local.browser.blocks import draw_blocks
from bot.local.browser.dates import write_day, write_time
from bot.local.browser.emoji import EMOJI
from bot.local.browser.inline import draw_one_emoji, typed_text
from bot.local.browser.markup import el, join
from bot.local.browser.mrkdwn import draw_mrkdwn
from bot.local.browser.scene import Scene, initials
from bot.local.links import permalink
from bot.local.model import File, Message, User
from bot.local.workspace import Workspace

_GROUP = timedelta(minutes=5)
"""Messages of one person that follow each other so closely share one head."""
_SYSTEM = frozenset({"channel_join", "channel_leave", "group_join", "group_leave", "tombstone"})
_MOST_FACES = 5
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What is shown as a picture. Not SVG: that is a document, and may hold a script."""
_NOTHING = Markup()
_SAYS_SOMETHING = "💬"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    initials: str
    colour: int
    is_bot: bool
    status: str = ""
    """The emoji of their status, which `status_words` says in words."""
    status_words: str = ""
    organization: str = ""
    """Of an external person, the name of theirs."""


@dataclass(frozen=True)
class Reaction:
    name: str
    drawn: Markup
    count: int
    is_mine: bool
    people: str


@dataclass(frozen=True)
class Replies:
    count: int
    people: list[Person]
    last: str


@dataclass(frozen=True)
class Entry:
    """One message, ready for the template; or, without a message, what stands between two."""

    key: str
    day: str = ""
    count: str = ""
    """In a thread, between its first message and the replies: how many there are."""
    message: Message | None = None
    author: Person | None = None
    at: datetime | None = None
    time: str = ""
    spoken_time: str = ""
    body: Markup = _NOTHING
    is_compact: bool = False
    is_system: bool = False
    source: str = ""
    """One's own message as one typed it, to be edited."""
    thread_url: str = ""
    link: str = ""
    """The message's own address, to be passed on."""
    reactions: tuple[Reaction, ...] = ()
    replies: Replies | None = None


def show_person(user_id: str, scene: Scene) -> Person:
    user = scene.users.get(user_id) or User(user_id, user_id, "Unknown user")
    name = user.real_name or user.name
    return Person(
        user.id,
        name,
        initials(name),
        scene.colour_of(user.id),
        user.is_bot,
        _emoji_of(user),
        user.status_text or user.status_emoji.strip(":").replace("_", " "),
        user.team_name,
    )


def _emoji_of(user: User) -> str:
    """One emoji for the status; a speech balloon, as Slack has it, for one without."""
    if not (user.status_text or user.status_emoji):
        return ""
    return EMOJI.get(user.status_emoji.strip(":"), _SAYS_SOMETHING)


def list_channel(workspace: Workspace, channel_id: str, scene: Scene) -> list[Entry]:
    """What the viewer sees in the channel itself: replies only where they were also sent there."""
    messages = workspace.messages_for(scene.viewer.id, channel_id)
    shown = [m for m in messages if not m.is_reply or m.subtype == "thread_broadcast"]
    return _list_entries(workspace, shown, scene.within("channel"))


def list_thread(workspace: Workspace, channel_id: str, thread_ts: str, scene: Scene) -> list[Entry]:
    """The message that the thread hangs on, and its replies."""
    messages = workspace.messages_for(scene.viewer.id, channel_id)
    number = len(workspace.thread(channel_id, thread_ts))
    # As in Slack: what is for one person alone is shown in a thread that others have begun, or nowhere.
    shown = [m for m in messages if thread_ts in (m.ts, m.thread_ts) and (number or not m.ephemeral_to)]
    entries = _list_entries(workspace, shown, scene.within("thread"))
    at = next((n for n, entry in enumerate(entries) if entry.message and entry.message.ts == thread_ts), None)
    if number > 0 and at is not None:
        words = "1 reply" if number == 1 else f"{number} replies"
        entries.insert(at + 1, Entry(f"count-{number}", count=words))
    return entries


def _list_entries(workspace: Workspace, messages: Iterable[Message], scene: Scene) -> list[Entry]:
    entries: list[Entry] = []
    last: Entry | None = None
    today = scene.now.astimezone(scene.zone).date()
    for message in messages:
        entry = _show(workspace, message, scene, last)
        at = entry.at
        if at and (last is None or last.at is None or last.at.date() != at.date()):
            entries.append(Entry(f"day-{at.date()}", day=write_day(at.date(), today)))
        entries.append(entry)
        last = entry
    return entries


def _show(workspace: Workspace, message: Message, scene: Scene, last: Entry | None) -> Entry:
    scene = scene.within(f"{scene.key}-{message.ts}")
    at = datetime.fromtimestamp(float(message.ts), tz=UTC).astimezone(scene.zone)
    is_system = message.subtype in _SYSTEM
    thread_ts = message.thread_ts or message.ts
    return Entry(
        message.ts,
        message=message,
        author=show_person(message.user_id, scene),
        at=at,
        time=write_time(at),
        spoken_time=f"{at:%A}, {at.day} {at:%B %Y}, {write_time(at)} ({scene.zone.key})",
        body=draw_message(message, scene),
        is_compact=_follows(message, at, last) and not is_system,
        is_system=is_system,
        source=typed_text(message.text, scene) if message.user_id == scene.viewer.id else "",
        thread_url=f"{scene.channel_url(message.channel_id)}?thread={quote(thread_ts, safe='')}",
        link=permalink(workspace, message),
        reactions=tuple(_show_reactions(message, scene)),
        replies=_show_replies(workspace, message, scene),
    )


def draw_message(message: Message, scene: Scene) -> Markup:
    """What a message says. Blocks take the place of the text, as in Slack."""
    body = draw_blocks(message.blocks, scene) if message.blocks else ""
    if not body and message.text:
        body = el("div", {"class": "text"}, draw_mrkdwn(message.text, scene))
    attachments = [_draw_attachment(attachment, scene) for attachment in message.attachments or []]
    return join([body, *attachments, *(_draw_file(file, scene) for file in message.files)])


def _follows(message: Message, at: datetime, last: Entry | None) -> bool:
    if last is None or last.message is None or last.at is None or last.is_system:
        return False
    is_same = last.message.user_id == message.user_id and last.message.ephemeral_to == message.ephemeral_to
    return is_same and at - last.at < _GROUP and at.date() == last.at.date()


def _show_reactions(message: Message, scene: Scene) -> Iterable[Reaction]:
    for name, user_ids in message.reactions.items():
        drawn = draw_one_emoji(name) or el("span", None, f":{name}:")
        people = ", ".join(scene.user_name(user_id) for user_id in user_ids)
        yield Reaction(name, drawn, len(user_ids), scene.viewer.id in user_ids, people)


def _show_replies(workspace: Workspace, message: Message, scene: Scene) -> Replies | None:
    replies = [] if message.is_reply else workspace.thread(message.channel_id, message.ts)
    if not replies:
        return None
    people = [show_person(user_id, scene) for user_id in dict.fromkeys(reply.user_id for reply in replies)]
    last = datetime.fromtimestamp(float(replies[-1].ts), tz=UTC).astimezone(scene.zone)
    day = write_day(last.date(), scene.now.astimezone(scene.zone).date())
    return Replies(len(replies), people[:_MOST_FACES], f"{day} at {write_time(last)}")


def _draw_attachment(attachment: dict[str, object], scene: Scene) -> Markup:
    """Slack's older way. Its colour would need a style of its own; the bar is grey."""
    blocks = attachment.get("blocks")
    if isinstance(blocks, list):
        return el("div", {"class": "attachment"}, draw_blocks(blocks, scene))
    names = [name for name in ("pretext", "title", "text") if attachment.get(name)] or ["fallback"]
    parts = [
        el("div", {"class": f"attachment-{name}"}, draw_mrkdwn(str(attachment.get(name) or ""), scene))
        for name in names
    ]
    return el("div", {"class": "attachment"}, *parts)


def _draw_file(file: File, scene: Scene) -> Markup:
    name = file.title or file.name
    if file.mimetype in PICTURES:
        return el("img", {"class": "image", "src": scene.file_url(file.id), "alt": file.alt_text or name})
    label = el("span", {"class": "file-name"}, name)
    size = el("span", {"class": "file-size"}, f"{file.size:,} bytes")
    return el("a", {"class": "file", "href": scene.file_url(file.id), "download": file.name}, label, size)

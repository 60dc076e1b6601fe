"""Where the pages go, and what an admin is told when one does not get there."""

from collections.abc import Iterator, Sequence

from bot import texts_publishing as texts
from bot.services.publishing_status import Placing
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import Pressing
from bot.slack.mrkdwn import escape, plain
from bot.slack.views.layout import Part, actions, button, context, header, message, section, shorten
from bot.slack.views.lists import name_of
from bot.slack.views.outcomes import instant
from bot.slack.views.sheet import Sheet
from storage.publication_changes import Placed
from storage.publications import Publication
from storage.records import Project

_DETAIL = 300
_NAME = 60


def publishing_sheet(placing: Placing) -> Sheet:
    """For admins with a button, and with the places on the server; for all others how it stands."""
    body = [part for each in placing.placed for part in _parts(each, is_admin=placing.is_admin)]
    small = context(f"{texts.ONLY_PUBLIC} {texts.ON_THE_SERVER}")
    if not body:
        return Sheet([*header(texts.TITLE), *section(texts.NONE)], [*context(texts.ONLY_PUBLIC)])
    buttons = [_press()] if placing.is_admin else []
    return Sheet(header(texts.TITLE), [*body, *small], buttons, is_private=placing.is_admin)


def trouble_message(publication: Publication) -> Message:
    """To an admin: what happened, what still holds, and the way to mend it; or that it is mended."""
    address = _code(publication.address)
    if publication.failed_because is None:
        return message(section(texts.goes_on_again(address)))
    detail = _code((publication.failed_detail or "")[:_DETAIL])
    said = texts.stopped(address, publication.failed_because, detail, is_lasting=publication.is_stopped)
    return message(
        [
            *section(said),
            *section(f"{texts.HOLDS} {texts.GOES_ON}"),
            *actions([_press()]),
            *context(texts.WHY_TOLD),
        ]
    )


def unmoved_message(publication: Publication, projects: Sequence[Project]) -> Message:
    """To an admin: what the page cannot show where it belongs."""
    names = [f"*{escape(plain(shorten(name_of(each), _NAME)))}*" for each in projects]
    said = texts.unmoved(_code(publication.address), names)
    return message([*section(said), *context(texts.WHY_TOLD_ONCE)])


def _press() -> dict[str, object]:
    return button(texts.PUBLISH_NOW, ids.PUBLISH, Pressing().encode())


def _parts(placed: Placed, *, is_admin: bool) -> Iterator[Part]:
    publication = placed.publication
    facts = [texts.waiting(placed.waiting)]
    if publication.url is not None:
        facts.append(f"<{escape(publication.url)}|{texts.READ_IT}>")
    if publication.failed_because is not None:
        facts.append(texts.failing(publication.failed_because, is_lasting=publication.is_stopped))
    at = None if publication.published_at is None else instant(publication.published_at)
    place = publication.address if is_admin else _file_of(publication.address)
    said = texts.stands(_code(place), at)
    yield from section(f"{said} · {' · '.join(facts)}")


def _file_of(address: str) -> str:
    """Its own name: where on the server it stands is nobody's business."""
    return address.rpartition("/")[2] or address


def _code(words: str) -> str:
    # Inside of code marks: a mark of its own would end them.
    return escape(words.replace("`", "'").replace("\n", " "))

"""Which digests and briefs are set, and what has stopped one."""

from collections.abc import Sequence

from bot import texts_digests
from bot.domain.cadence import cadence_in_words
from bot.domain.cadence_words import stored_cadence
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import Sending
from bot.slack.queries import Query
from bot.slack.views.layout import Part, button, context, header, message, section
from bot.slack.views.outcomes import instant
from bot.slack.views.sheet import Sheet
from storage.digests import Digest, DigestKind
from storage.sight import is_person

_MOST = 60
_HEADING = "Digests and briefs"
_TITLE = {
    DigestKind.DIGEST: "Digests",
    DigestKind.BRIEF: "Briefs",
    DigestKind.MINE: "My week",
}
_TITLE_OF_ONE = {DigestKind.DIGEST: "Digest", DigestKind.BRIEF: "Brief", DigestKind.MINE: "My week"}


def digests_sheet(found: Sequence[Digest], *kinds: DigestKind) -> Sheet:
    """What is set of these kinds, when each comes next, and how to change it."""
    body: list[Part] = []
    for kind in kinds:
        lines = [_line(each) for each in found if each.kind is kind]
        more = [f"… and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
        if lines:
            body += section("\n".join([f"*{_TITLE[kind]}*", *lines[:_MOST], *more]))
    body = body or section(texts_digests.NONE_SET)
    body += context(texts_digests.HOW_TO_DIGEST)
    if DigestKind.DIGEST in kinds:
        body += context(texts_digests.WHAT_LINES_ARE)
    return Sheet(header(_HEADING if len(kinds) > 1 else _TITLE[kinds[0]]), body, for_all=_buttons())


def _buttons() -> list[dict[str, object]]:
    return [
        button(texts_digests.SEND_ME_ONE, f"{ids.SEND}:digest", Sending(kind="digest").encode()),
        button(texts_digests.BRIEF_ME, f"{ids.SEND}:brief", Sending(kind="brief").encode()),
        button(texts_digests.MY_WEEK, f"{ids.OPEN}:mine", Query(name="mine").encode()),
    ]


def where(place: str) -> str:
    return texts_digests.where_in_words(place, is_person=is_person(place))


def cadence_of(digest: Digest) -> str:
    return cadence_in_words(stored_cadence(digest.cadence)) if digest.cadence else ""


def _line(digest: Digest) -> str:
    facts = [f"{where(digest.place)} {cadence_of(digest)}"]
    if not is_person(digest.place):
        facts.append(f"set by <@{digest.set_by}>")
    if digest.stopped_because is not None:
        facts.append(texts_digests.stopped_briefly(digest.stopped_because))
    elif digest.next_at is not None:
        facts.append(f"next {instant(digest.next_at)}")
    line = " · ".join(facts)
    return f"• {line[0].upper()}{line[1:]}"


def ahead_line(digest: Digest) -> str:
    """For a list of what will be posted."""
    when = instant(digest.next_at) if digest.next_at else ""
    by = "" if is_person(digest.place) else f", set by <@{digest.set_by}>"
    return f"*{when}* · {_TITLE_OF_ONE[digest.kind]}\n{where(digest.place)}, {cadence_of(digest)}{by}"


def trouble_message(digest: Digest) -> Message:
    """To whoever set it: why it has stopped, and the way to mend it."""
    kind, place = digest.kind.value, digest.place
    if digest.cadence is None:
        return message(section(texts_digests.is_ended(kind, place)))
    if digest.stopped_because is None:
        return message(section(texts_digests.goes_on_again(kind, place)))
    said = texts_digests.stopped(kind, place, digest.stopped_because)
    return message([*section(said), *context(texts_digests.TROUBLE_WHY)])

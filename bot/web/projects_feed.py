"""The feed of updates (Atom, RFC 4287): what was said of outcomes, the newest first."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from bot import texts_public as texts
from bot.services.public_records import PublicUpdate, PublicUpdates
from bot.slack.mrkdwn import plain
from bot.web.projects_markup import markup
from bot.web.projects_routes import ATOM, TYPES, Addresses

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))

ET.register_namespace("", _ATOM)


def feed(found: PublicUpdates, at: Addresses) -> bytes:
    """`at` has a host: whoever reads a feed knows no other place that it came from."""
    root = ET.Element(_name("feed"), {"xml:lang": "en"})
    _add(root, "id", found.id)
    _add(root, "title", texts.page_title(found.title))
    newest = max((each.said_at for each in found.updates), default=found.since)
    _add(root, "updated", _instant(newest))
    _add(root, "author", "").append(_leaf("name", found.title or texts.PROJECTS))
    _add(root, "generator", "Waymark")
    _link(root, "self", at.list_as(ATOM), TYPES[ATOM].split(";")[0])
    _link(root, "alternate", at.list(), "text/html")
    root.extend([_entry(each, at) for each in found.updates])
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(update: PublicUpdate, at: Addresses) -> ET.Element:
    entry = ET.Element(_name("entry"))
    said = "" if update.value is None else texts.value(update.value, update.unit)
    _add(entry, "id", update.id)
    _add(entry, "title", texts.update_title(plain(update.project.name), update.status, said))
    _add(entry, "updated", _instant(update.said_at))
    _add(entry, "published", _instant(update.said_at))
    if update.by:
        _add(entry, "author", "").append(_leaf("name", update.by))
    _link(entry, "alternate", at.project(update.project.slug), "text/html")
    note = f"<p>{markup(update.note)}</p>" if update.note else ""
    _add(entry, "content", f"<p>{markup(update.outcome)}</p>{note}", type="html")
    return entry


def _add(to: ET.Element, name: str, text: str, **attributes: str) -> ET.Element:
    made = _leaf(name, text, **attributes)
    to.append(made)
    return made


def _leaf(name: str, text: str, **attributes: str) -> ET.Element:
    made = ET.Element(_name(name), attributes)
    made.text = text.translate(_NOT_IN_XML)
    return made


def _link(to: ET.Element, rel: str, href: str, kind: str) -> None:
    to.append(ET.Element(_name("link"), {"rel": rel, "href": href, "type": kind}))


def _name(local: str) -> str:
    return f"{{{_ATOM}}}{local}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""The calendar (iCalendar, RFC 5545): by when outcomes are to be reached, and the check-ins to come.

Check-ins are events of their own, and no rule that recurs: days off move some, and no rule says that.
"""

from datetime import timedelta

from icalendar import Calendar, Event

from bot import texts_public as texts
from bot.services.public_records import PublicDay, PublicDays
from bot.slack.mrkdwn import plain
from bot.web.projects_routes import Addresses

_LASTS = timedelta(minutes=15)
_REFRESHED = timedelta(hours=6)


def calendar(found: PublicDays, at: Addresses) -> bytes:
    """`at` has a host, as for a feed."""
    made = Calendar()
    made.add("prodid", "-//Waymark//Public projects//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", texts.page_title(found.title))
    made.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    for each in found.days:
        made.add_component(_event(each, found, at))
    return bytes(made.to_ical())


def _event(day: PublicDay, found: PublicDays, at: Addresses) -> Event:
    event = Event()
    event.add("uid", f"{day.id}@waymark")
    # It says when the event was told of; now would make another file of it with each minute.
    event.add("dtstamp", found.since)
    event.add("url", at.project(day.project.slug))
    project = plain(day.project.name)
    if day.on is not None:
        event.add("summary", texts.due_of(project, plain(day.outcome)))
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
    elif day.at is not None:
        event.add("summary", texts.check_in_of(project))
        event.add("dtstart", day.at)
        event.add("dtend", day.at + _LASTS)
    # Nobody is busy for it.
    event.add("transp", "TRANSPARENT")
    return event

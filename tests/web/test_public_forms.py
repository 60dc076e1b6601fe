"""The public page for programs: JSON, the feed and the calendar."""

import json
import re
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has no types
from icalendar import Calendar, Component

from bot.web.projects import Shown
from storage import public_pages
from storage.database import Database
from tests.support.public import WORKSPACE, Site, serving


def test_json_is_the_same_by_name_and_by_liking(site: Site) -> None:
    by_name = site.get("/projects.json")
    liked = site.get("/projects", Accept="application/json")

    assert by_name.headers["content-type"] == liked.headers["content-type"] == "application/json"
    assert by_name.body == liked.body
    found = json.loads(by_name.body)
    assert (found["title"], found["total"], found["pages"]) == ("Open Tides", 6, 1)
    tides = found["projects"][0]
    assert (tides["slug"], tides["status"], tides["freshness"]) == ("open-tide-gauges", "off_track", "stale")
    metric = {"start": 0.0, "target": 40.0, "unit": "gauges", "value": 26.0}
    assert tides["outcomes"][0]["metric"] == metric
    for browsers in ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*", ""):
        assert site.get("/projects", Accept=browsers).headers["content-type"].startswith("text/html")
    assert json.loads(site.get("/projects/tide-archive.json").body)["parent"]["name"] == "Open tide gauges"


def test_the_feed_is_one_that_readers_take(site: Site, database: Database) -> None:
    with database.write() as tx:
        public_pages.save_public_page(tx, WORKSPACE, with_notes=True)
    response = site.get("/projects.atom")

    found = feedparser.parse(response.body)
    assert not found.bozo, found
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert found.version == "atom10"
    assert found.feed.title == "Open Tides: projects"
    first = found.entries[0]
    assert first.title == "Open tide gauges: On track, 26 gauges"
    assert first.link == f"{site.url}/projects/open-tide-gauges"
    assert len({entry.id for entry in found.entries}) == len(found.entries) > 10
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id) for entry in found.entries)
    for element in ET.fromstring(response.body).iter("{http://www.w3.org/2005/Atom}entry"):  # noqa: S314 - our own
        assert {child.tag.partition("}")[2] for child in element} >= {
            "id",
            "title",
            "updated",
            "content",
            "link",
        }


def test_the_feeds_ids_stay_when_the_page_moves(database: Database, site: Site) -> None:
    before = [entry.id for entry in feedparser.parse(site.get("/projects.atom").body).entries]
    with database.write() as tx:
        public_pages.save_public_page(tx, WORKSPACE, address="elsewhere", with_names=True)
    with serving(database, Shown(None, "https://tides.example.org")) as other:
        found = feedparser.parse(other.get("/projects/in/elsewhere.atom").body)

    assert [entry.id for entry in found.entries] == before
    assert found.entries[0].link == "https://tides.example.org/projects/in/elsewhere/open-tide-gauges"


def starts(event: Component) -> str:
    return str(event.decoded("dtstart").isoformat())


def test_the_calendar_has_the_days_and_the_check_ins_to_come(site: Site) -> None:
    response = site.get("/projects.ics")

    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    events = {str(event["summary"]): event for event in Calendar.from_ical(response.body).walk("VEVENT")}
    due = events["Due: Forty gauges stand in harbours and report for a whole winter (Open tide gauges)"]
    assert starts(due) == "2026-09-30"
    check_ins = [
        event
        for event in Calendar.from_ical(response.body).walk("VEVENT")
        if event["summary"] == "Check-in: Open tide gauges"
    ]
    assert [starts(event) for event in check_ins[:2]] == [
        "2026-05-11T09:30:00+00:00",
        "2026-05-18T07:30:00+00:00",
    ]
    uids = [str(event["uid"]) for event in Calendar.from_ical(response.body).walk("VEVENT")]
    assert len(set(uids)) == len(uids) == 8
    assert all(len(line) <= 75 for line in response.body.split(b"\r\n"))

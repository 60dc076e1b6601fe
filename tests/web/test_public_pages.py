"""The public page over HTTP: what it shows, to whom, and in which form."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
from icalendar import Calendar, Component

from bot.web.projects import Shown
from storage import outcomes, projects, public_pages
from storage.database import Database
from storage.records import ProjectState
from storage.status_updates import take_back_update
from storage.workspaces import mark_uninstalled
from tests.support.make import NOW, make_channel, make_project, make_workspace, say
from tests.support.public import WORKSPACE, Site, fill, make_private, publish, serving

EVERYTHING = (
    "/projects",
    "/projects.json",
    "/projects.atom",
    "/projects.ics",
    "/projects/in/open-tides",
    "/projects/in/open-tides.json",
    "/projects/in/open-tides/tide-archive",
    "/projects/tide-archive.json",
)
OF_SLACK = re.compile(r"\b[CUTDG]0[A-Z0-9]{3,}\b")


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    """The page of a team with a past, on."""
    with database.write() as tx:
        fill(tx)
        publish(tx)
    with serving(database) as running:
        yield running


@pytest.fixture
def lite(sqlite_database: Database) -> Iterator[Site]:
    """As `site`, where the kind of database does not matter."""
    with sqlite_database.write() as tx:
        fill(tx)
        publish(tx)
    with serving(sqlite_database) as running:
        yield running


def text_of(site: Site, path: str = "/projects") -> str:
    response = site.get(path)
    assert response.status == 200, path
    return response.body.decode()


def _settle(site: Site, *paths: str) -> None:
    """Each has been as it is for some seconds."""
    for path in paths:
        site.get(path)
    site.now.at += timedelta(seconds=5)


def test_it_is_off_until_somebody_says_so(database: Database) -> None:
    with database.write() as tx:
        fill(tx)
    with serving(database) as site:
        for path in EVERYTHING:
            assert site.get(path).status == 404
        with database.write() as tx:
            publish(tx)
        assert all(site.get(path).status == 200 for path in EVERYTHING)
        with database.write() as tx:
            public_pages.save_public_page(tx, WORKSPACE, is_on=False)
        for path in EVERYTHING:
            response = site.get(path)
            assert (response.status, b"Tides" in response.body) == (404, False)


def test_the_list_says_how_everything_stands_and_how_fresh_that_is(site: Site) -> None:
    text = text_of(site)

    assert "<h1>Projects</h1>" in text
    for said in ("Open tide gauges", "1 of 3 stale", "last checked 4 May 2026", "26 of 40 gauges"):
        assert said in text
    for said in (
        "due 30 September 2026",
        "was due 1 April 2026",
        "last said: at risk",
        "Paused",
        "Completed",
    ):
        assert said in text
    assert "Part of Open tide gauges" in text
    assert text.index("Open tide gauges") < text.index("The tide archive") < text.index("Handbook")


def test_a_project_has_a_page_with_charts_and_their_numbers(site: Site) -> None:
    text = text_of(site, "/projects/open-tide-gauges")

    assert "Make <em>every</em> harbour" in text
    assert text.count('<svg class="chart"') == 3
    assert "Measured" in text
    assert re.search(r"<th scope=\"row\">now</th><td>1</td>", text)
    assert "Next check-in 11 May 2026, 09:30 UTC" in text
    assert 'href="https://example.org/tides" rel="nofollow noopener noreferrer"' in text
    assert "slack.com" not in text


def test_names_and_notes_are_shown_only_where_an_admin_says_so(site: Site, database: Database) -> None:
    for path in (
        "/projects",
        "/projects/open-tide-gauges",
        "/projects/open-tide-gauges.json",
        "/projects.atom",
    ):
        text = text_of(site, path)
        assert not any(name in text for name in ("Silveira", "Lindqvist", "Haddad", "@bo", "Parts are lost"))
    with database.write() as tx:
        public_pages.save_public_page(tx, WORKSPACE, with_names=True, with_notes=True)

    text = text_of(site, "/projects/open-tide-gauges")
    assert "Ana Silveira, Noor Haddad" in text
    assert "Parts are lost; asked in a channel, @bo looks into it" in text
    assert "proj-tides" not in text
    assert "Bo Lindqvist" in text_of(site, "/projects.atom")


@pytest.mark.parametrize(
    "path", [*EVERYTHING, "/projects/open-tide-gauges", "/projects/open-tide-gauges.json"]
)
def test_nothing_of_slacks_stands_in_it(site: Site, database: Database, path: str) -> None:
    with database.write() as tx:
        public_pages.save_public_page(tx, WORKSPACE, with_names=True, with_notes=True)

    response = site.get(path)

    assert OF_SLACK.findall(response.body.decode()) == []
    assert OF_SLACK.findall(str(response.headers)) == []


def test_what_becomes_private_is_gone_from_everything_at_once(site: Site, database: Database) -> None:
    paths = (*EVERYTHING, "/projects/open-tide-gauges", "/projects/open-tide-gauges.json", "/projects/tides")
    _settle(site, *paths)
    before = {path: site.get(path) for path in paths}
    assert b"gauges" in before["/projects.atom"].body
    assert b"gauges" in before["/projects.ics"].body
    with database.write() as tx:
        make_private(tx)

    for path in paths:
        headers = before[path].headers
        known = {
            "If_None_Match": headers.get("etag", ""),
            "If_Modified_Since": headers.get("last-modified", ""),
        }
        for given in ({}, known, {"If_Modified_Since": known["If_Modified_Since"]}):
            response = site.get(path, **given)
            assert response.status == (404 if path in paths[6:] else 200), path
            # With the sub-projects, which are seen where their parent is.
            assert not re.search(rb"gauge|tide-archive|paper curves|school-kits", response.body), path


def test_a_part_of_something_private_stands_on_its_own(site: Site, database: Database) -> None:
    with database.write() as tx:
        archive = projects.find_project_by_slug(tx, WORKSPACE, "tide-archive")
        assert archive is not None
        make_channel(tx, "C0ARCHIVE", WORKSPACE)
        projects.change_project(tx, WORKSPACE, archive.id, NOW, channel_id="C0ARCHIVE")
        make_private(tx)

    for path in ("/projects", "/projects/tide-archive", "/projects/tide-archive.json", "/projects.json"):
        text = text_of(site, path)
        assert "The tide archive" in text
        assert "gauge" not in text


def test_a_private_project_is_as_unknown_as_one_that_never_was(site: Site, database: Database) -> None:
    with database.write() as tx:
        make_private(tx)

    private, unknown = site.get("/projects/open-tide-gauges"), site.get("/projects/never-was")

    assert (private.status, private.body) == (unknown.status, unknown.body) == (404, unknown.body)
    assert private.headers.keys() == unknown.headers.keys()
    assert b'href="/projects"' in private.body


def test_what_is_archived_removed_or_taken_back_is_gone(site: Site, database: Database) -> None:
    with database.write() as tx:
        tides = projects.find_project_by_slug(tx, WORKSPACE, "open-tide-gauges")
        handbook = projects.find_project_by_slug(tx, WORKSPACE, "handbook")
        assert tides is not None
        assert handbook is not None
        gauges, guide, *_ = outcomes.list_outcomes(tx, WORKSPACE, tides.id)
        assert guide.newest is not None
        projects.change_project(tx, WORKSPACE, handbook.id, NOW, state=ProjectState.ARCHIVED)
        outcomes.change_outcome(tx, WORKSPACE, gauges.id, NOW, removed_at=NOW)
        take_back_update(tx, WORKSPACE, guide.newest.id, NOW)

    for path in EVERYTHING[:4]:
        text = text_of(site, path)
        assert "Handbook" not in text
        assert "Forty gauges" not in text
    assert "Off track" not in text_of(site, "/projects/open-tide-gauges").partition("Updates")[2]


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


def test_whoever_has_it_already_gets_nothing_until_it_changes(site: Site, database: Database) -> None:
    assert "last-modified" not in site.get("/projects").headers
    _settle(site, *EVERYTHING)
    for path in EVERYTHING:
        first = site.get(path)
        again = site.get(path, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert site.get(path, If_Modified_Since=first.headers["last-modified"]).status == 304
        assert site.get(path, If_None_Match='"other"').status == 200
        assert first.headers["cache-control"] == "no-cache"
    etag = site.get("/projects").headers["etag"]
    with database.write() as tx:
        make_project(tx, WORKSPACE, slug="new", name="A new one")

    assert site.get("/projects", If_None_Match=etag).status == 200
    assert "A new one" in text_of(site)


def test_freshness_ages_with_the_clock(lite: Site) -> None:
    etag = lite.get("/projects").headers["etag"]
    lite.now.at = NOW.replace(month=9)

    response = lite.get("/projects", If_None_Match=etag)

    assert response.status == 200
    assert b"All 3 stale" in response.body


def test_it_is_packed_for_those_who_unpack(lite: Site) -> None:
    plain = lite.get("/projects")
    packed = lite.get("/projects", Accept_Encoding="br, gzip;q=0.8")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "accept-encoding" in plain.headers["vary"]
    assert lite.get("/projects", If_None_Match=packed.headers["etag"]).status == 304
    assert "content-encoding" not in lite.get("/projects", Accept_Encoding="gzip;q=0").headers


def test_only_reading_is_answered(lite: Site) -> None:
    head, get = lite.get("/projects", "HEAD"), lite.get("/projects")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(get.body))
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        response = lite.get("/projects", method)
        assert (response.status, response.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", [*EVERYTHING, "/projects/never-was"])
def test_browsers_are_told_to_be_careful(lite: Site, path: str) -> None:
    headers = lite.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/projects/../healthz",
        "/projects/%2e%2e/%2e%2e/etc/passwd",
        "/projects/tide-archive/more",
        "/projects/in",
        "/projects/in/",
        "/projects/in/other",
        "/projects//",
        "/projectsfoo",
        "/projects.xml",
        "/projects/tide-archive.atom",
        "/projects/tide%00archive",
        "/projects/%ff%fe",
        "/projects/' OR 1=1 --".replace(" ", "%20"),
        "/projects/<script>alert(1)</script>",
        "/projects?page=2",
        "/projects?page=0",
        "/projects?page=x",
        "/projects?page=99999999999999999999",
        f"/projects/{'a' * 5000}",
        "/projects/T0TEST",
        "/projects/in/T0TEST",
    ],
)
def test_other_addresses_are_nobodys(lite: Site, path: str) -> None:
    response = lite.get(path)

    assert response.status == 404
    assert b"<script>" not in response.body


def test_other_names_lead_to_the_project(lite: Site) -> None:
    assert lite.get("/projects/tides").headers["location"] == "/projects/open-tide-gauges"
    assert lite.get("/projects/tides.json").headers["location"] == "/projects/open-tide-gauges.json"
    assert lite.get("/projects/Open-Tide-GAUGES").headers["location"] == "/projects/open-tide-gauges"
    assert lite.get("/projects/").headers["location"] == "/projects"
    assert lite.get("/projects?utm_source=mail").status == 200


class Harmless(HTMLParser):
    """Fails on what could do anything."""

    ALLOWED = frozenset({"http", "https", "mailto"})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "iframe", "img", "object", "embed", "form", "base", "video"}
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style"
            if name in {"href", "src", "xlink:href"}:
                scheme, colon, _ = (value or "").partition(":")
                assert not colon or scheme.lower() in self.ALLOWED, value


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1)) <a href='javascript:1'>y</a>",
    "![x](https://evil.example/pixel.png)",
    "[x](data:text/html,<script>1</script>)",
    "{badge}`<script>,x`",
    "https://evil.example/\"onmouseover='alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "`</style><script>alert(1)</script>`",
    "]]><x>&#0;\x00\x0b\ufffe",
)


def test_what_people_type_does_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx, WORKSPACE, HOSTILE[0])
        for number, text in enumerate(HOSTILE):
            project = make_project(
                tx,
                WORKSPACE,
                slug=f"h-{number}",
                name=text.replace("\x00", ""),
                summary=text.replace("\x00", ""),
                goal=text.replace("\x00", ""),
                outcomes=[text.replace("\x00", "")],
                links=["https://example.org/?<script>", text.replace("\x00", "")],
                members=[text.replace("\x00", "")],
            )
            (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
            values = {"metric_start": 0, "metric_target": 9, "metric_unit": text.replace("\x00", "")}
            outcomes.change_outcome(tx, WORKSPACE, outcome.id, NOW, due_on=NOW.date(), **values)
            say(tx, outcome, None, value=3, note=text.replace("\x00", ""))
        publish(tx, with_names=True, with_notes=True)
    with serving(sqlite_database) as site:
        pages = ["/projects", *(f"/projects/h-{number}" for number in range(len(HOSTILE)))]
        for path in pages:
            text = text_of(site, path)
            assert "<script" not in text
            assert "49" not in re.findall(r">([^<]*)\{%", text)
            Harmless().feed(text)
        feed = feedparser.parse(site.get("/projects.atom").body)
        assert not feed.bozo, feed.get("bozo_exception")
        for entry in feed.entries:
            Harmless().feed(entry.content[0].value)
        assert len(Calendar.from_ical(site.get("/projects.ics").body).walk("VEVENT")) == len(HOSTILE)


def test_many_have_addresses_of_their_own(database: Database) -> None:
    with database.write() as tx:
        fill(tx)
        publish(tx)
        make_workspace(tx, "T0OTHER", "Others")
        make_project(tx, "T0OTHER", slug="kelp", name="Kelp of others")
    with serving(database, Shown(None, "", is_for_many=True)) as site:
        # As long as it is the only one.
        assert site.get("/projects").headers["location"] == "/projects/in/open-tides"
        assert site.get("/projects.json").headers["location"] == "/projects/in/open-tides.json"
        with database.write() as tx:
            publish(tx, "T0OTHER", "others")

        assert site.get("/projects").status == 404
        assert site.get("/projects/kelp").status == 404
        assert "Kelp of others" not in text_of(site, "/projects/in/open-tides")
        assert "Kelp of others" in text_of(site, "/projects/in/others")
        assert site.get("/projects/in/open-tides/kelp").status == 404
        assert 'href="/projects/in/others/kelp"' in text_of(site, "/projects/in/others")
        with database.write() as tx:
            mark_uninstalled(tx, "T0OTHER", NOW, NOW)
        assert site.get("/projects/in/others").status == 404
    with serving(database) as site:
        assert site.get("/projects/in/others").status == 404


def test_a_long_list_has_pages(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE, "Many")
        for number in range(450):
            make_project(tx, WORKSPACE, slug=f"p-{number:03}", name=f"Project {number:03}")
        publish(tx)
    with serving(database) as site:
        pages = [text_of(site, path) for path in ("/projects", "/projects?page=2", "/projects?page=3")]
        assert [text.count("<article") for text in pages] == [200, 200, 50]
        assert '<link rel="next" href="/projects?page=2">' in pages[0]
        assert '<link rel="prev" href="/projects">' in pages[1]
        assert "Project 200" in pages[1]
        assert 'rel="next"' not in pages[2]
        assert site.get("/projects?page=4").status == 404
        assert json.loads(site.get("/projects.json?page=2").body)["next"] == "/projects.json?page=3"

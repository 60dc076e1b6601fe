"""The public page over HTTP: what it shows, and to whom."""

import json
import re
from html.parser import HTMLParser

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
from icalendar import Calendar

from bot.web.projects import Shown
from storage import outcomes, projects, public_pages
from storage.database import Database
from storage.records import ProjectState
from storage.status_updates import take_back_update
from storage.workspaces import mark_uninstalled
from tests.support.make import NOW, make_channel, make_project, make_workspace, say
from tests.support.public import WORKSPACE, Site, fill, make_private, publish, serving
from tests.web.conftest import EVERYTHING, settle, text_of

OF_SLACK = re.compile(r"\b[CUTDG]0[A-Z0-9]{3,}\b")


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
    settle(site, *paths)
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

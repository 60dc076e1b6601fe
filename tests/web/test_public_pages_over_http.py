"""The public page as HTTP: what is kept, packed, refused and moved."""

import gzip

import pytest

from storage.database import Database
from tests.support.make import NOW, make_project
from tests.support.public import WORKSPACE, Site
from tests.web.conftest import EVERYTHING, settle, text_of


def test_whoever_has_it_already_gets_nothing_until_it_changes(site: Site, database: Database) -> None:
    assert "last-modified" not in site.get("/projects").headers
    settle(site, *EVERYTHING)
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

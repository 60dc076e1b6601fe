"""From a change in chat to where the page goes, with every part the real one: git, GitHub, pull requests."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from pydantic import SecretStr

from bot.app_publishing import create_publisher
from bot.domain.status_words import Said
from bot.pages import read_page
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.importing import PageImport
from bot.settings import Settings
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.page_conflicts import list_held
from storage.projects import find_project_by_slug
from storage.publications import Publication, add_publication, find_publication
from storage.records import OutcomeStatus, UpdateSource
from tests.support.dies_publishing import publish_and_die
from tests.support.forks import Fork
from tests.support.git import Checkout, cloned, new_checkout, new_upstream
from tests.support.github import Github, running_github
from tests.support.make import NOW, make_person, make_workspace

WORKSPACE = "T0TEST"
PAGE = b"""\
# Work

Words that are nobody's record.

(projects:docs)=
## Documentation

### Strategic goal

A newcomer finds the answer.

### Key outcomes

* Every page names an owner
* Every page has a date

(projects:reef)=
## Reef

### Key outcomes

* Gauges in the open
"""
PATH = "docs/projects.md"
LATER = timedelta(minutes=5)
QUIET = timedelta(seconds=16)


class Office:
    """A workspace whose imported page goes to one place."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.now: datetime = NOW
        with database.write() as tx:
            make_workspace(tx, WORKSPACE)
            make_person(tx, "U0WANJIRU", WORKSPACE, name="Wanjiru")
            make_person(tx, "U0BO", WORKSPACE, name="Bo")
            PageImport(tx, WORKSPACE, PATH, read_page(PAGE.decode()), self.now).run()

    def publish_to(self, address: str, *, with_status: bool = True) -> int:
        with self.database.write() as tx:
            added = add_publication(tx, WORKSPACE, address, page_id=1, now=self.now, with_status=with_status)
        assert added is not None
        self.beat()
        return added

    def beat(self, after: timedelta = timedelta()) -> None:
        self.now += after
        create_publisher(self.settings, self.database, lambda: self.now).publish_due(Event())

    def find(self, publication_id: int) -> Publication:
        with self.database.read() as tx:
            found = find_publication(tx, WORKSPACE, publication_id)
        assert found is not None
        return found

    def say(self, slug: str, number: int, status: OutcomeStatus, person_id: str = "U0WANJIRU") -> None:
        self.now += LATER
        with self.database.write() as tx:
            project = find_project_by_slug(tx, WORKSPACE, slug)
            assert project is not None
            act = Act.begin(tx, Asker(WORKSPACE, person_id, None), project.id, UpdateSource.COMMAND, self.now)
            said = Said(status, None, is_percent=False, note="")
            editing.say(act, editing.get_outcome(act, number, str(number)), said)

    def outcomes(self, slug: str) -> list[str]:
        with self.database.read() as tx:
            project = find_project_by_slug(tx, WORKSPACE, slug)
            assert project is not None
            return [each.text for each in list_outcomes(tx, WORKSPACE, project.id)]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Settings())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return new_checkout(tmp_path / "checkout", PAGE)


def test_changes_in_chat_are_one_commit_that_says_who_changed_what(
    office: Office, checkout: Checkout
) -> None:
    office.publish_to(checkout.address)
    before = len(checkout.commits())

    office.say("docs", 2, OutcomeStatus.AT_RISK)
    office.say("reef", 1, OutcomeStatus.ON_TRACK, "U0BO")
    office.beat()
    office.beat(QUIET)

    assert len(checkout.commits()) == before + 1
    assert checkout.git("log", "-1", "--format=%B").strip() == (
        "2 projects: 2 changes by Wanjiru, Bo\n\n"
        "docs: outcome 2 at risk (Wanjiru)\n"
        "reef: outcome 1 on track (Bo)"
    )
    assert checkout.git("log", "-1", "--format=%an") == "Waymark"
    assert checkout.is_clean()
    changed = checkout.git("diff", "--stat", "HEAD~1", "HEAD").splitlines()[-1]
    assert "1 file changed" in changed
    assert b"Words that are nobody's record.\n" in checkout.page.read_bytes()


def test_an_edit_that_was_committed_by_hand_and_one_in_chat_are_both_on_the_page(
    office: Office, checkout: Checkout
) -> None:
    office.publish_to(checkout.address)
    edited = checkout.page.read_bytes().replace(b"Gauges in the open", b"Gauges in the open, by May")
    checkout.commit(edited, "By hand")

    office.say("docs", 2, OutcomeStatus.AT_RISK)
    office.beat()
    office.beat(QUIET)

    assert office.outcomes("reef") == ["Gauges in the open, by May"]
    page = checkout.page.read_text()
    assert "Gauges in the open, by May" in page
    assert "At risk" in page or "at risk" in page
    assert checkout.commits()[:2] == ["docs: outcome 2 at risk (Wanjiru)", "By hand"]
    # What the page says now is what the records say: nothing is left to do.
    count = len(checkout.commits())
    for _ in range(3):
        office.beat(timedelta(hours=25))
    assert len(checkout.commits()) == count


def test_a_page_that_stands_there_as_it_should_from_the_first_on_is_known_as_published(
    office: Office, tmp_path: Path
) -> None:
    page = tmp_path / "projects.md"
    page.write_bytes(PAGE)
    added = office.publish_to(f"file:{page}", with_status=False)
    first = office.find(added)
    page.write_bytes(PAGE.replace(b"Gauges in the open", b"Gauges in the wild"))

    office.beat(timedelta(hours=25))

    assert first.published_at is not None
    assert office.find(added).failed_because is None
    assert office.outcomes("reef") == ["Gauges in the wild"]
    assert page.read_bytes() == PAGE.replace(b"Gauges in the open", b"Gauges in the wild")


def test_what_was_pushed_meanwhile_is_read_before_it_is_published(office: Office, checkout: Checkout) -> None:
    upstream = new_upstream(checkout.folder.parent / "upstream.git", checkout)
    office.publish_to(checkout.address)
    other = cloned(upstream, checkout.folder.parent / "other")
    other.commit(other.page.read_bytes().replace(b"Every page has a date", b"Every page has its date"))
    other.git("push", "-q")

    office.say("docs", 1, OutcomeStatus.DONE)
    office.beat()
    office.beat(QUIET)

    assert office.outcomes("docs") == ["Every page names an owner", "Every page has its date"]
    other.git("pull", "-q")
    assert other.page.read_bytes() == checkout.page.read_bytes()
    assert b"Every page has its date" in other.page.read_bytes()


@pytest.mark.parametrize("where", ["before", "after", "keep"])
def test_whoever_is_killed_on_the_way_leaves_one_commit_and_nothing_to_ask_about(
    office: Office, checkout: Checkout, where: str
) -> None:
    office.publish_to(checkout.address)
    before = len(checkout.commits())
    office.say("docs", 2, OutcomeStatus.AT_RISK)
    office.beat()
    office.now += QUIET
    url = office.database.url.render_as_string(hide_password=False)
    end = Fork(publish_and_die, url, "-", str((office.now - NOW).total_seconds()), where).outcome()

    office.beat(LATER)

    assert end == "killed"
    assert len(checkout.commits()) == before + 1
    assert checkout.is_clean()
    # What was said after that comes over it.
    office.say("docs", 2, OutcomeStatus.DONE)
    office.beat()
    office.beat(QUIET)
    assert checkout.commits()[:2] == ["docs: outcome 2 done (Wanjiru)", "docs: outcome 2 at risk (Wanjiru)"]
    with office.database.read() as tx:
        assert list_held(tx, WORKSPACE, 1) == frozenset()


@pytest.fixture
def github() -> Iterator[Github]:
    with running_github() as github:
        yield github


def on_github(database: Database, github: Github, token: str | None = None) -> Office:
    settings = Settings(github_token=SecretStr(token or github.token), github_api_url=github.api_url)
    return Office(database, settings)


def test_on_github_changes_are_commits_of_a_pull_request(database: Database, github: Github) -> None:
    office = on_github(database, github)
    repository = github.make_repository("acme/site", {PATH: PAGE})
    added = office.publish_to(repository.address(PATH))

    office.say("docs", 2, OutcomeStatus.AT_RISK)
    office.beat()
    office.beat(QUIET)
    office.say("docs", 1, OutcomeStatus.DONE, "U0BO")
    office.beat()
    office.beat(QUIET)

    (pull,) = repository.pulls()
    assert repository.commits(pull.head)[:2] == [
        "docs: outcome 1 done (Bo)",
        "docs: outcome 2 at risk (Wanjiru)",
    ]
    assert repository.read(PATH) == PAGE
    assert office.find(added).url is not None
    assert str(office.find(added).url).endswith(f"/pull/{pull.number}")

    # It is merged, and goes on in a new one.
    repository.merge(pull.number, "squash")
    office.say("reef", 1, OutcomeStatus.OFF_TRACK)
    office.beat()
    office.beat(QUIET)
    assert [each.number for each in repository.pulls()] == [pull.number + 1]
    assert office.find(added).failed_because is None


def test_on_github_an_edit_by_hand_goes_into_the_records(database: Database, github: Github) -> None:
    office = on_github(database, github)
    repository = github.make_repository("acme/site", {PATH: PAGE})
    added = office.publish_to(repository.address(PATH, "@main!direct"))
    standing = repository.read(PATH)
    assert standing is not None
    repository.edit(PATH, standing.replace(b"Gauges in the open", b"Gauges in the wild"))

    office.say("docs", 2, OutcomeStatus.AT_RISK)
    office.beat()
    office.beat(QUIET)

    assert office.outcomes("reef") == ["Gauges in the wild"]
    assert b"Gauges in the wild" in (repository.read(PATH) or b"")
    assert repository.commits()[0] == "docs: outcome 2 at risk (Wanjiru)"
    assert office.find(added).failed_because is None


def test_a_token_that_github_does_not_know_stops_it_and_is_in_no_record(
    database: Database, github: Github
) -> None:
    office = on_github(database, github, "ghp_ofnobody")
    repository = github.make_repository("acme/site", {PATH: PAGE})

    added = office.publish_to(repository.address(PATH))

    found = office.find(added)
    assert (found.failed_because, found.is_stopped) == ("unauthorized", True)
    assert "ghp_ofnobody" not in str(found)
    assert repository.pulls("all") == []

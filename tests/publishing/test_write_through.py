"""A change in chat stands on the page within a minute, many changes in one commit."""

from datetime import timedelta

from storage import pages
from storage.publication_changes import list_placed
from storage.records import OutcomeStatus
from tests.support.make import make_channel, make_project
from tests.support.publishing import WORKSPACE, Press

SECONDS = timedelta(seconds=1)


def test_a_page_made_from_nothing_is_published_at_once(press: Press) -> None:
    press.prepare("Hubs in the open")
    added = press.add()

    press.beat()

    assert press.page.read_text() == "# Projects\n## jmte\n- Hubs in the open: nobody said\n"
    assert press.commits == ["Publish the projects"]
    found = press.find(added)
    assert found.page_id is not None
    assert (found.published_at, found.sending, found.lease) == (press.now, None, None)


def test_a_change_is_published_when_people_have_been_quiet(press: Press) -> None:
    project = press.prepare("Hubs", "Papers")
    press.add()
    press.beat()

    press.say(project, 2, OutcomeStatus.AT_RISK)
    press.beat(4 * SECONDS)
    waits = press.page.read_text()
    press.beat(12 * SECONDS)

    assert "at_risk" not in waits
    assert "- Papers: at_risk\n" in press.page.read_text()
    assert press.commits[1:] == ["jmte: outcome 2 at risk (Wanjiru)"]


def test_many_changes_are_one_commit_within_a_minute(press: Press) -> None:
    project = press.prepare("Hubs", "Papers")
    press.add()
    press.beat()
    press.beat(timedelta(hours=1))
    began = press.now

    for second in range(12):
        press.say(project, 1 + second % 2, [OutcomeStatus.AT_RISK, OutcomeStatus.ON_TRACK][second % 2])
        press.beat(5 * SECONDS)

    assert press.now - began == timedelta(minutes=1)
    (commit,) = press.commits[1:]
    assert commit.splitlines()[0] == "jmte: 2 changes by Wanjiru"
    # Nobody was ever quiet, and within the minute all stands there that was said in its first 45 seconds.
    assert press.page.read_text().count("track") + press.page.read_text().count("risk") == 2


def test_what_changed_on_another_page_is_not_told_of_and_does_not_wait(press: Press) -> None:
    project = press.prepare("Hubs")
    with press.database.write() as tx:
        other = make_project(tx, WORKSPACE, slug="other", name="Other", outcomes=["Papers"])
        elsewhere = pages.save_page(tx, WORKSPACE, "other.md", "", press.now)
        stands = {"project_id": other.id, "item": "project", "item_id": None, "value": "other"}
        pages.replace_places(tx, WORKSPACE, elsewhere, [{**stands, "start": 0, "end": 1, "line": 1}])
    press.add()
    press.beat()

    press.say(other, 1, OutcomeStatus.DONE)
    with press.database.read() as tx:
        (placed,) = list_placed(tx, WORKSPACE, 9)
    press.say(project, 1, OutcomeStatus.AT_RISK)
    press.beat()
    press.beat(timedelta(minutes=1))

    assert placed.waiting == 0
    assert press.commits[1:] == ["jmte: outcome 1 at risk (Wanjiru)"]


def test_nothing_is_done_while_nothing_changes(press: Press) -> None:
    press.prepare("Hubs")
    added = press.add()
    press.beat()
    published_at = press.find(added).published_at

    for _ in range(5):
        press.beat(timedelta(hours=1))

    assert len(press.commits) == 1
    assert press.find(added).published_at == published_at


def test_a_private_project_is_neither_published_nor_told_of(press: Press) -> None:
    press.prepare("Hubs")
    with press.database.write() as tx:
        make_channel(tx, "C0SECRET", WORKSPACE, private_to=["U0WANJIRU"])
        secret = make_project(tx, WORKSPACE, slug="secret", outcomes=["Plan"], channel_id="C0SECRET")
    press.add()
    press.beat()

    press.say(secret, 1, OutcomeStatus.OFF_TRACK)
    press.beat(20 * SECONDS)
    press.beat(20 * SECONDS)

    assert "secret" not in press.page.read_text()
    assert press.commits == ["Publish the projects"]


def test_a_change_that_is_taken_back_meanwhile_is_no_commit(press: Press) -> None:
    project = press.prepare("Hubs")
    press.add()
    press.say(project, 1, OutcomeStatus.ON_TRACK)
    press.beat()

    press.say(project, 1, OutcomeStatus.AT_RISK)
    press.say(project, 1, OutcomeStatus.ON_TRACK)
    press.beat(5 * SECONDS)
    press.beat(20 * SECONDS)

    assert len(press.commits) == 1


def test_the_place_is_looked_at_every_day_and_a_page_put_right(press: Press) -> None:
    press.prepare("Hubs")
    press.add()
    press.beat()
    press.page.write_text("# Projects\n## jmte\n- Hubs: by hand\n")

    press.beat(timedelta(hours=25))

    assert press.page.read_text() == "# Projects\n## jmte\n- Hubs: done\n"


def test_a_hand_edit_is_read_back_before_anything_is_published_over_it(press: Press) -> None:
    project = press.prepare("Hubs", "Papers")
    press.add()
    press.beat()
    press.page.write_text(press.page.read_text().replace("Hubs: nobody said", "Hubs: by hand"))

    press.say(project, 2, OutcomeStatus.AT_RISK)
    press.beat(SECONDS)
    press.beat(15 * SECONDS)

    assert press.page.read_text() == "# Projects\n## jmte\n- Hubs: done\n- Papers: at_risk\n"
    assert len(press.commits) == 2

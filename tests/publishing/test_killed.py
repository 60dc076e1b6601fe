"""Whoever publishes is killed, wherever they stand: in the end it stands there once."""

from datetime import timedelta

import pytest

from storage.records import OutcomeStatus
from tests.support.dies_publishing import publish_and_die
from tests.support.forks import Fork
from tests.support.publishing import Press

WHERE = ("before", "after", "keep")


def die(press: Press, where: str, after: timedelta = timedelta()) -> None:
    press.now += after
    url = press.database.url.render_as_string(hide_password=False)
    since = press.now - Press(press.database, press.folder).now
    told = (url, str(press.folder), str(since.total_seconds()), where)
    assert Fork(publish_and_die, *told).outcome() == "killed"


@pytest.mark.parametrize("where", WHERE)
def test_a_page_made_from_nothing_is_published_once(press: Press, where: str) -> None:
    press.prepare("Hubs")
    added = press.add()
    die(press, where)

    press.beat()
    is_left_alone = press.find(added).lease is not None
    press.beat(timedelta(minutes=4))

    assert is_left_alone
    assert press.page.read_text() == "# Projects\n## jmte\n- Hubs: nobody said\n"
    assert len(press.commits) == (1 if where == "before" else 0)
    found = press.find(added)
    assert (found.page_id is None, found.sending, found.lease, found.tries) == (False, None, None, 0)


@pytest.mark.parametrize("where", WHERE)
def test_what_changed_after_the_kill_is_published_over_what_the_dead_had_put_there(
    press: Press, where: str
) -> None:
    project = press.prepare("Hubs", "Papers")
    added = press.add()
    press.beat()
    press.commits.clear()
    press.say(project, 1, OutcomeStatus.AT_RISK)
    press.beat(timedelta(seconds=5))
    die(press, where, timedelta(seconds=20))

    press.say(project, 1, OutcomeStatus.OFF_TRACK)
    press.beat(timedelta(minutes=4))

    # The page of the dead is not taken for an edit by hand: nothing is read back from it.
    assert press.page.read_text() == "# Projects\n## jmte\n- Hubs: off_track\n- Papers: nobody said\n"
    assert len(press.commits) == 1
    found = press.find(added)
    assert (found.sending, found.lease, found.failed_because) == (None, None, None)


def test_two_at_once_publish_it_once(press: Press) -> None:
    press.prepare("Hubs")
    for number in range(6):
        press.add(f"file:page{number}.md")
    url = press.database.url.render_as_string(hide_password=False)
    told = (url, str(press.folder), "0", "nowhere")
    running = [Fork(publish_and_die, *told) for _ in range(2)]

    assert [process.outcome() for process in running] == ["done", "done"]
    assert [(press.folder / f"page{number}.md").exists() for number in range(6)] == [True] * 6
    press.beat()
    assert press.commits == []

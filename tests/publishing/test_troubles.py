"""What goes wrong is tried again, told once to the admins, and goes on when it is mended."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.errors_publish import PublishError, Reason
from bot.publish.targets import Target
from bot.services.page_writing import WrittenPage
from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.publications import Publication, ask_to_publish
from storage.records import OutcomeStatus
from tests.support.publishing import WORKSPACE, Press

DAY = timedelta(days=1)


def told(press: Press) -> list[tuple[str, int]]:
    with press.database.read() as tx:
        rows = tx.execute(select(deliveries.c.channel_id, deliveries.c.version).order_by(deliveries.c.id))
        return [(row.channel_id, row.version) for row in rows]


def test_what_lasts_is_told_once_and_goes_on_by_itself_once_it_is_mended(press: Press) -> None:
    project = press.prepare("Hubs")
    added = press.add("file:gone/projects.md")

    press.beat()
    press.say(project, 1, OutcomeStatus.AT_RISK)
    for _ in range(10):
        press.beat(timedelta(minutes=10))
    stopped = press.find(added)
    press.beat(DAY)
    (press.folder / "gone").mkdir()
    press.beat(DAY)

    assert (stopped.failed_because, stopped.is_stopped, stopped.tries) == ("no_folder", True, 1)
    # Said once; and brought up to date, where it stands, when it goes on.
    assert told(press) == [("U0WANJIRU", 2)]
    assert "at_risk" in (press.folder / "gone/projects.md").read_text()
    mended = press.find(added)
    assert (mended.failed_because, mended.failing_since, mended.told_at, mended.tries) == (
        None,
        None,
        None,
        0,
    )


def test_another_trouble_after_that_is_told_anew(lite_press: Press) -> None:
    lite_press.prepare("Hubs")
    added = lite_press.add("file:gone/projects.md")
    for _ in range(2):
        lite_press.beat()
        (lite_press.folder / "gone").mkdir()
        with lite_press.database.write() as tx:
            ask_to_publish(tx, WORKSPACE, added, lite_press.now, is_again=True)
        lite_press.beat()
        shutil.rmtree(lite_press.folder / "gone")
        lite_press.beat(DAY)

    assert [person for person, _ in told(lite_press)] == ["U0WANJIRU"] * 3


def test_what_passes_is_tried_again_and_told_only_when_it_lasts_an_hour(press: Press) -> None:
    project = press.prepare("Hubs")
    added = press.add()
    working = press.publisher

    def unreachable(_address: str) -> Target:
        raise PublishError(Reason.UNREACHABLE, "no route")

    def beat(after: timedelta) -> None:
        press.now += after
        broken = replace(working, open_target=unreachable)
        broken.publish_due(press.stopping)

    for _ in range(6):
        beat(timedelta(minutes=5))
    early, before = told(press), press.find(added)
    press.say(project, 1, OutcomeStatus.AT_RISK)
    for _ in range(10):
        beat(timedelta(minutes=10))

    assert (early, before.is_stopped, before.failed_because) == ([], False, "unreachable")
    assert before.tries >= 2
    assert told(press) == [("U0WANJIRU", 1)]
    press.beat(timedelta(minutes=16))
    assert "at_risk" in press.page.read_text()
    assert told(press) == [("U0WANJIRU", 2)]


def test_what_stands_there_already_is_not_written_over(press: Press) -> None:
    press.prepare("Hubs")
    press.page.write_text("Somebody's own\n")
    added = press.add()

    press.beat()

    assert press.page.read_text() == "Somebody's own\n"
    assert press.find(added).failed_because == "occupied"


def test_a_page_that_is_gone_is_put_back_only_if_somebody_says_so(press: Press) -> None:
    project = press.prepare("Hubs")
    added = press.add()
    press.beat()
    press.page.unlink()

    press.say(project, 1, OutcomeStatus.AT_RISK)
    press.beat()
    press.beat(timedelta(seconds=20))
    gone = press.find(added)
    is_there = press.page.exists()
    with press.database.write() as tx:
        ask_to_publish(tx, WORKSPACE, added, press.now, is_again=True)
    press.beat()

    assert (gone.failed_because, gone.is_stopped, is_there) == ("gone", True, False)
    assert "at_risk" in press.page.read_text()
    assert not press.find(added).is_again


def test_an_edit_that_cannot_be_read_is_left_as_it_is(press: Press) -> None:
    project = press.prepare("Hubs")
    added = press.add()
    press.beat()
    press.page.write_bytes(b"\xff\xfe")

    press.say(project, 1, OutcomeStatus.AT_RISK)
    press.beat()
    press.beat(timedelta(seconds=20))

    assert press.page.read_bytes() == b"\xff\xfe"
    assert press.find(added).failed_because == "unreadable"


def test_a_mistake_of_ours_stops_none_of_the_others(press: Press) -> None:
    press.prepare("Hubs")
    broken, fine = press.add("file:broken.md"), press.add("file:projects.md")

    def write(tx: Tx, publication: Publication, now: datetime) -> WrittenPage:
        if publication.id == broken:
            raise LookupError("no such thing")
        return working.pages.write(tx, publication, now)

    working = press.publisher
    replace(working, pages=replace(working.pages, write=write)).publish_due(press.stopping)

    assert press.find(broken).failed_because == "broken"
    assert press.find(fine).failed_because is None
    assert press.page.exists()

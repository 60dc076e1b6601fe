"""What Slack sends twice counts once, and not for ever."""

from datetime import timedelta

from sqlalchemy import func, select

from storage import slack_tables
from storage.database import Database
from storage.seen_events import KEPT, record_event
from tests.support.make import NOW, make_workspace


def test_an_event_is_new_once_in_each_workspace(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_workspace(tx, "T0OTHER")

    with database.write() as tx:
        first = record_event(tx, "T0TEST", "Ev1", NOW)
        again = record_event(tx, "T0TEST", "Ev1", NOW)
        elsewhere = record_event(tx, "T0OTHER", "Ev1", NOW)
        another = record_event(tx, "T0TEST", "Ev2", NOW)

    assert [first, again, elsewhere, another] == [True, False, True, True]


def test_an_event_whose_handling_was_rolled_back_is_new_again(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
    with database.write(dry_run=True) as tx:
        record_event(tx, "T0TEST", "Ev1", NOW)

    with database.write() as tx:
        assert record_event(tx, "T0TEST", "Ev1", NOW)


def test_old_events_are_forgotten_as_new_ones_come(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for number in range(20):
            record_event(tx, "T0TEST", f"Old{number}", NOW)
        for number in range(20):
            record_event(tx, "T0TEST", f"New{number}", NOW + KEPT + timedelta(seconds=1))
        kept = tx.execute(select(func.count()).select_from(slack_tables.seen_events)).scalar_one()

    assert kept == 20

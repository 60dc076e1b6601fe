"""What it costs: nothing for whoever changes a record, and one statement however many pages there are."""

from datetime import timedelta

from storage.database import Database
from storage.publication_claims import claim_publications, list_noticed
from storage.publications import add_publication, record_done
from storage.records import OutcomeStatus
from tests.support.make import NOW, make_project, make_workspace
from tests.support.publishing import Press
from tests.support.statements import recorded_statements

WORKSPACES, EACH = 50, 20
LASTS = timedelta(minutes=3)


def publish_all(database: Database) -> None:
    """A thousand pages of fifty workspaces, each of which stands where it should."""
    with database.write() as tx:
        for number in range(WORKSPACES):
            workspace_id = f"T0{number:03}"
            make_workspace(tx, workspace_id)
            make_project(tx, workspace_id, slug="reef")
            for page in range(EACH):
                assert add_publication(tx, workspace_id, f"file:/{number}/{page}", page_id=None, now=NOW)
    with database.write() as tx:
        for each in claim_publications(tx, NOW, WORKSPACES * EACH, "lease", LASTS):
            record_done(tx, each, seen=1, told_until=NOW, checked_at=NOW, due_at=NOW + timedelta(days=1))


def test_to_notice_what_changed_is_one_statement_for_a_thousand_pages(database: Database) -> None:
    publish_all(database)
    with database.write() as tx:
        # In one workspace something has changed.
        make_project(tx, "T0007", slug="wreck")

    with database.read() as tx, recorded_statements() as statements:
        noticed = list_noticed(tx)

    assert len(noticed) == EACH
    assert len(statements) == 1


def test_of_a_thousand_pages_that_are_due_a_few_are_claimed_at_a_time_by_three_statements(
    database: Database,
) -> None:
    publish_all(database)
    later = NOW + timedelta(days=2)

    with database.write() as tx, recorded_statements() as statements:
        first = claim_publications(tx, later, 20, "one", LASTS)
        asked = len(statements)
        second = claim_publications(tx, later, 20, "two", LASTS)

    assert (len(first), len(second)) == (20, 20)
    assert not {each.id for each in first} & {each.id for each in second}
    assert asked == 3


def test_who_changes_a_record_does_nothing_for_its_page(press: Press) -> None:
    project = press.prepare("Hubs")
    with recorded_statements() as before:
        press.say(project, 1, OutcomeStatus.AT_RISK)
    press.add()
    press.beat()
    with recorded_statements() as after:
        press.say(project, 1, OutcomeStatus.ON_TRACK)

    assert len(after) == len(before)
    assert not [each for each in after if "publications" in each]


def test_to_publish_a_change_takes_the_same_statements_however_many_there_are(lite_press: Press) -> None:
    project = lite_press.prepare(*(f"Outcome {number}" for number in range(9)))
    lite_press.add()
    lite_press.beat()

    counts = []
    for many in (1, 8):
        lite_press.now += timedelta(minutes=5)
        for number in range(many):
            lite_press.say(project, number + 1, [OutcomeStatus.AT_RISK, OutcomeStatus.DONE][many > 1])
        lite_press.beat()
        with recorded_statements() as statements:
            lite_press.beat(timedelta(seconds=16))
        counts.append(len(statements))

    assert len(lite_press.commits) == 3
    assert counts[0] == counts[1]

"""Many processes that change one record at once lose nothing."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from storage.database import Database
from storage.history import list_changes
from storage.history_records import SAID
from storage.outcomes import list_outcomes
from tests.services.writers import WORKSPACE
from tests.support.dumps import dump
from tests.support.make import SEES, make_person, make_project, make_workspace

WRITERS = 8
UPDATES = 2_000
EACH = UPDATES // WRITERS
PATIENCE_S = 300


def write_at_once(database: Database, project_id: int) -> list[int]:
    """The exit codes of eight processes that update the same two outcomes."""
    root = Path(__file__).parents[2]
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.services.writers", url, str(project_id)]
    running = [
        subprocess.Popen([*command, f"U0WRITER{number}", str(EACH)], cwd=root) for number in range(WRITERS)
    ]
    return [process.wait(timeout=PATIENCE_S) for process in running]


def test_two_thousand_updates_of_eight_processes_are_all_counted(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, WORKSPACE)
        for number in range(WRITERS):
            make_person(tx, f"U0WRITER{number}", WORKSPACE)
        project = make_project(tx, WORKSPACE, slug="reef", name="Reef", outcomes=["One", "Two"])

    codes = write_at_once(database, project.id)

    rows = dump(database)
    with database.read() as tx:
        changes = list_changes(tx, WORKSPACE, SEES, project.id, limit=UPDATES + 1)[::-1]
        record = list_outcomes(tx, WORKSPACE, project.id)
    assert codes == [0] * WRITERS
    expected = {f"U0WRITER{number} {count}" for number in range(WRITERS) for count in range(EACH)}
    assert {row["note"] for row in rows["status_updates"]} == expected
    assert len(rows["status_updates"]) == len(changes) == UPDATES
    assert Counter(change.person_id for change in changes) == {
        f"U0WRITER{number}": EACH for number in range(WRITERS)
    }
    for outcome in record:
        told = [change for change in changes if change.item_id == outcome.id and change.field == SAID]
        # Each entry begins where the one before it ended: nobody wrote past anybody else.
        assert [change.before for change in told] == [None, *(change.after for change in told[:-1])]

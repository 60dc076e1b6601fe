"""A process that writes, for the test of many at once.

`python -m tests.services.writers DATABASE_URL PROJECT_ID PERSON_ID COUNT`
"""

import sys

from bot import clock
from bot.domain.status_words import Said
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from storage.database import Database
from storage.records import OutcomeStatus, UpdateSource

STATUSES = tuple(OutcomeStatus)
WORKSPACE = "T0TEST"


def update_often(url: str, project_id: int, person_id: str, count: int) -> None:
    """So many updates of one project's outcomes in turn, each in a transaction of its own."""
    database = Database(url)
    asker = Asker(WORKSPACE, person_id, None)
    for number in range(count):
        with database.write() as tx:
            act = Act.begin(tx, asker, project_id, UpdateSource.COMMAND, clock.now())
            outcome = editing.get_outcome(act, number % 2 + 1, "")
            status = STATUSES[number % len(STATUSES)]
            editing.say(act, outcome, Said(status, None, is_percent=False, note=f"{person_id} {number}"))
    database.close()


if __name__ == "__main__":
    update_often(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))

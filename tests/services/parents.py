"""A process that puts one project under another, again and again, for the test of two at once.

`python -m tests.services.parents DATABASE_URL PROJECT_ID PARENT_ID ROUNDS` prints how often it was done, how
often refused, and how often both were above each other afterwards.
"""

import sys

from bot import clock
from bot.errors import RingError
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.family import require_may_be_parent
from storage import projects
from storage.database import Database
from storage.records import UpdateSource

ASKER = Asker("T0TEST", "U0ANA", None)


def put_under_often(database: Database, project_id: int, parent_id: int, rounds: int) -> list[int]:
    """Done, refused, and rings seen. What was done is undone in the next transaction."""
    done = refused = rings = 0
    for _ in range(rounds):
        try:
            with database.write() as tx:
                act = Act.begin(tx, ASKER, project_id, UpdateSource.COMMAND, clock.now(), reaches_others=True)
                parent = projects.get_project(tx, "T0TEST", parent_id)
                require_may_be_parent(tx, "T0TEST", act.project, parent)
                act.change_project("parent_id", parent_id)
            done += 1
        except RingError:
            refused += 1
            continue
        with database.read() as tx:
            rings += projects.get_project(tx, "T0TEST", parent_id).parent_id == project_id
        with database.write() as tx:
            act = Act.begin(tx, ASKER, project_id, UpdateSource.COMMAND, clock.now(), reaches_others=True)
            act.change_project("parent_id", None)
    return [done, refused, rings]


if __name__ == "__main__":
    opened = Database(sys.argv[1])
    print(*put_under_often(opened, *map(int, sys.argv[2:5])))  # noqa: T201 - the test reads it
    opened.close()

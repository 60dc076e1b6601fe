"""A migration whose process is killed after so many statements: `python -m … DATABASE_URL STATEMENTS`."""

import os
import signal
import sys

from sqlalchemy import event

from storage.database import Database
from storage.migrate import migrate


def main(url: str, statements: int) -> None:
    database = Database(url)
    done = 0

    @event.listens_for(database.engine, "after_cursor_execute")
    def count(*_: object) -> None:
        nonlocal done
        done += 1
        if done == statements:
            os.kill(os.getpid(), signal.SIGKILL)

    migrate(database)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

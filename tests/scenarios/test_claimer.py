"""Of many workspaces each gets its share of what can be sent at once, however much waits in another."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import insert

from bot.slack.claimer import Claimed, Claimer
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.deliveries import delivery_values
from storage.installations import save_installation
from storage.pauses import record_pause
from storage.workspaces import mark_uninstalled
from tests.storage.every_function_of_installations import KEYS, installation_of
from tests.support.make import NOW, make_workspace

_numbers = count(1)
LASTS, PACE = timedelta(seconds=60), timedelta(seconds=1)


@pytest.fixture
def several(database: Database) -> Database:
    with database.write() as tx:
        for workspace_id in ("T0A", "T0B", "T0C"):
            make_workspace(tx, workspace_id)
            save_installation(tx, workspace_id, installation_of(workspace_id), KEYS)
        # One that the bot has no token of.
        make_workspace(tx, "T0NONE")
    return database


def promise(database: Database, workspace_id: str, number: int) -> None:
    """Each for a channel of its own."""
    ids = [next(_numbers) for _ in range(number)]
    rows = [delivery_values(workspace_id, f"k{id_}", "prompt", f"C{id_}", NOW) for id_ in ids]
    with database.write() as tx:
        tx.execute(insert(deliveries), rows)


def claimer(database: Database, workspace_id: str | None = None) -> Claimer:
    return Claimer(database, workspace_id, lambda: NOW, LASTS, PACE)


def counted(found: Claimed) -> dict[str, int]:
    ids = [each.workspace_id for each in found.claimed]
    return {id_: ids.count(id_) for id_ in sorted(set(ids))}


def test_a_workspace_with_little_to_say_does_not_wait_for_one_with_much(several: Database) -> None:
    promise(several, "T0A", 100)
    promise(several, "T0C", 3)

    assert counted(claimer(several).claim(16)) == {"T0A": 8, "T0C": 3}
    promise(several, "T0B", 40)
    assert counted(claimer(several).claim(16)) == {"T0A": 8, "T0B": 8}


def test_with_room_for_one_they_take_turns(several: Database) -> None:
    for workspace_id in ("T0A", "T0B", "T0C"):
        promise(several, workspace_id, 4)
    mine = claimer(several)

    assert [counted(mine.claim(1)) for _ in range(4)] == [{"T0A": 1}, {"T0B": 1}, {"T0C": 1}, {"T0A": 1}]


def test_what_cannot_be_sent_takes_nobodys_room(several: Database) -> None:
    for workspace_id in ("T0A", "T0B", "T0C", "T0NONE"):
        promise(several, workspace_id, 4)
    with several.write() as tx:
        record_pause(tx, "T0A", "chat.postMessage", NOW + timedelta(minutes=1))
        mark_uninstalled(tx, "T0C", NOW, NOW)

    found = claimer(several).claim(4)

    assert counted(found) == {"T0B": 4}
    assert claimer(several).claim(4) == Claimed()


def test_with_one_token_nobody_elses_is_claimed(several: Database) -> None:
    promise(several, "T0A", 4)
    promise(several, "T0NONE", 4)

    assert counted(claimer(several, "T0NONE").claim(16)) == {"T0NONE": 4}

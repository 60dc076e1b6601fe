"""Three web and three worker processes: one of each dies every second, and nothing is lost or doubled."""

import pytest

from tests.support.postgres import PostgresServer
from tests.torture.siege import Siege, run


@pytest.mark.postgres
def test_three_of_each_on_postgresql(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        outcome = run(Siege.by_chance(deaths=8, rounds=16, due=16), url)

    outcome.require_good()
    assert outcome.deaths == {"web": 8, "worker": 8}
    assert all(person.said.kept for person in outcome.people)

"""Replies that come at the same time, and one whose handler was killed before its commit."""

import json
import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from bot.local.seed import JMTE, MATEO, SOFIA, TEAM, WANJIRU
from storage.check_in_people import list_people
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.openings import Opening, open_check_in
from storage.replies import list_replies
from tests.scenarios.answering import begin_round
from tests.scenarios.test_replies import send, thread_event
from tests.support.bot import SECRET, WORKSPACE, running_bot
from tests.support.make import NOW, make_project
from tests.support.product import Web, running_web
from tests.support.signing import JSON, signed

ENDLESS = """
CREATE TRIGGER endless AFTER INSERT ON replies BEGIN
  SELECT (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n);
END
"""
"""Whoever adds a reply never gets to its commit."""
PROMPT_TS = "1777800000.000100"
_STEADY = 10
"""So many looks in a row find the database held: no short write lasts as long."""


def test_replies_of_several_people_at_the_same_time_are_all_kept(database: Database) -> None:
    with running_bot(database) as bot:
        round_ = begin_round(bot)
        people = (SOFIA, MATEO, WANJIRU)
        bodies = [
            thread_event(
                round_,
                _line(n),
                people[n % 3],
                ts=f"1777900000.{n:06}",
                event_id=f"Ev0ATONCE{n % 24}",
            )
            for n in range(24)
            # Each event comes by two ways at the same time.
            for _ in range(2)
        ]
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda body: send(bot, body), bodies))

        with database.read() as tx:
            kept = list_replies(tx, WORKSPACE, round_.check_in().id)
        assert statuses == [200] * 48
        assert sorted(each.text for each in kept) == sorted(
            f"{n % 3 + 1} at risk, said {n}" for n in range(24)
        )
        assert all(each.act_id is not None for each in kept)
        assert round_.heard() == set(people)
        assert "3 of 4 answered" in round_.prompt


def test_an_answer_whose_handler_was_killed_before_its_commit_comes_again_and_counts_once(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/waymark.db"
    event = {"type": "message", "channel": JMTE, "channel_type": "channel", "user": SOFIA, "text": "1 done"}
    event |= {"ts": "1777900000.000100", "thread_ts": PROMPT_TS}
    body = json.dumps(
        {"type": "event_callback", "team_id": TEAM.id, "event_id": "Ev0KILLED", "event": event}
    ).encode()

    with running_web(tmp_path, url) as web:
        round_id = _open_round(url)
        _run(tmp_path, ENDLESS)
        with ThreadPoolExecutor(1) as pool:
            lost = pool.submit(_send, web, body)
            _wait_until_held(web, tmp_path)
            os.killpg(web.program.process.pid, signal.SIGKILL)
            web.program.process.wait()
            assert lost.result() is None, "no answer: Slack sends it again"
    _run(tmp_path, "DROP TRIGGER endless")
    assert _kept(url, round_id) == ([], set())

    with running_web(tmp_path, url) as web:
        assert [_send(web, body) for _ in range(3)] == [200] * 3

    assert _kept(url, round_id) == (["1 done"], {SOFIA})


def _line(number: int) -> str:
    return f"{number % 3 + 1} at risk, said {number}"


def _open_round(url: str) -> int:
    """Of a project whose prompt stands in its channel."""
    database = Database(url)
    with database.write() as tx:
        project = make_project(tx, TEAM.id, slug="reef", name="Reef", channel_id=JMTE, outcomes=("Map it",))
        opening = Opening(
            workspace_id=TEAM.id,
            project_id=project.id,
            due_at=NOW,
            closes_at=NOW + timedelta(days=400),
            next_step_at=NOW + timedelta(days=400),
            asks=JMTE,
        )
        id_ = open_check_in(tx, opening, NOW)
        tx.execute(update(deliveries).values(due_at=None, posted_in=JMTE, message_ts=PROMPT_TS, sent_at=NOW))
    database.close()
    return id_


def _run(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "waymark.db")) as connection:
        connection.execute(statement)
        connection.commit()


def _send(web: Web, body: bytes) -> int | None:
    """The status of the answer; None when there is none."""
    with suppress(OSError):
        return web.send(body, {"Content-Type": JSON, **signed(SECRET, body)}).status
    return None


def _wait_until_held(web: Web, folder: Path) -> None:
    """Until a transaction is open that does not end."""
    held = 0

    def is_held() -> bool:
        nonlocal held
        with closing(sqlite3.connect(folder / "waymark.db", timeout=0)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                held += 1
            else:
                held = 0
        return held >= _STEADY

    web.program.wait_until(is_held)


def _kept(url: str, check_in_id: int) -> tuple[list[str], set[str]]:
    """What was said in the round, and who has answered."""
    database = Database(url)
    with database.read() as tx:
        said = [each.text for each in list_replies(tx, TEAM.id, check_in_id)]
        heard = {each.person_id for each in list_people(tx, TEAM.id, check_in_id) if each.answered_at}
    database.close()
    return said, heard

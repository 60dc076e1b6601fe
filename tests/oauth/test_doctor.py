"""`python -m bot doctor` where many workspaces have the bot: each is asked about with its own token."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from bot.clock import now
from storage.database import Database
from storage.deliveries import promise_delivery
from storage.keys import new_key
from storage.slack_tables import slack_installations
from tests.cli.conftest import ROOT
from tests.support.bot import SECRET
from tests.support.environment import child_environment
from tests.support.installed import ADMIN, CLIENT_ID, CLIENT_SECRET, FIRST, KEY, SECOND, Many
from tests.support.make import make_workspace


def found_by(many: Many, *, keys: str = KEY) -> dict[str, Any]:
    environment = {
        "SLACK_API_URL": many.settings.slack_api_url,
        "SLACK_CLIENT_ID": CLIENT_ID,
        "SLACK_CLIENT_SECRET": CLIENT_SECRET,
        "SLACK_SIGNING_SECRET": SECRET,
        "WAYMARK_KEYS": keys,
        "PUBLIC_URL": many.url,
        "DATABASE_URL": many.settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", "doctor", "--json"],
        env=child_environment(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def codes(report: dict[str, Any], workspace_id: str) -> list[str]:
    """What was found there, each with how bad it is."""
    mine = [each for each in report["findings"] if each["workspace"] == workspace_id]
    return [f"{each['severity']}: {each['code']}" for each in mine]


def promise_long_ago(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        promise_delivery(tx, workspace_id, "x", "text", channel_id="C0X", now=now() - timedelta(hours=2))


def test_each_is_asked_about_with_its_own_token(many: Many) -> None:
    many.install(FIRST)
    many.install(SECOND)

    report = found_by(many)

    assert codes(report, FIRST) == codes(report, SECOND) == []
    assert "scopes granted" in report["checks"]["made"]
    assert {workspace_id for workspace_id, _ in many.calls("auth.test")} == {FIRST, SECOND}


def test_one_that_has_removed_the_bot_is_told_of_and_nothing_is_late_there(many: Many) -> None:
    many.install(FIRST)
    many.install(SECOND)
    assert many.people(FIRST).uninstall(ADMIN[FIRST]).ok
    many.settle()
    promise_long_ago(many.database, FIRST)

    report = found_by(many)

    assert codes(report, FIRST) == ["note: workspace_removed"], "of many, some come and go"
    assert codes(report, SECOND) == []


def test_one_without_a_token_is_a_warning(many: Many) -> None:
    many.install(FIRST)
    with many.database.write() as tx:
        make_workspace(tx, "T0BEFORE", "Before")

    report = found_by(many)

    assert codes(report, "T0BEFORE") == ["warning: token_absent"]
    assert codes(report, FIRST) == []


def test_a_token_whose_key_is_gone_is_an_error(many: Many) -> None:
    many.install(FIRST)

    report = found_by(many, keys=new_key())

    assert codes(report, FIRST) == ["error: token_unreadable"]
    assert report["exit_code"] == 2


def test_no_token_is_renewed_by_looking(rotating: Many) -> None:
    rotating.install(FIRST)
    with rotating.database.write() as tx:
        tx.execute(slack_installations.update().values(bot_token_expires_at=now() - timedelta(hours=1)))
    before = rotating.row(FIRST)

    found_by(rotating)

    assert rotating.row(FIRST) == before
    assert len(rotating.calls("oauth.v2.access")) == 1, "the installation itself"

"""Which workspaces an event of a shared channel may be for."""

from storage.addressees import list_knowing, list_with_bots
from storage.database import Database
from storage.installations import save_installation
from storage.workspaces import mark_uninstalled
from tests.storage.every_function_of_installations import KEYS, installation_of
from tests.support.make import NOW, make_channel, make_workspace
from tests.support.statements import recorded_statements


def test_those_know_a_channel_that_have_the_bot_and_something_to_do_with_it(database: Database) -> None:
    with database.write() as tx:
        for workspace_id in ("T0A", "T0B", "T0GONE", "T0NOT"):
            make_workspace(tx, workspace_id)
        for workspace_id in ("T0B", "T0A", "T0GONE"):
            make_channel(tx, "C0SHARED", workspace_id)
        make_channel(tx, "C0ELSE", "T0NOT")
        assert mark_uninstalled(tx, "T0GONE", NOW, NOW)

        assert list_knowing(tx, "C0SHARED") == ("T0A", "T0B")
        assert list_knowing(tx, "C0NOWHERE") == ()


def test_a_bot_is_its_workspaces_own(database: Database) -> None:
    with database.write() as tx:
        bots = {each: f"U0BOTOF{each}" for each in ("T0A", "T0B")}
        for workspace_id, bot_user_id in bots.items():
            make_workspace(tx, workspace_id)
            installation = installation_of(workspace_id, bot_user_id=bot_user_id)
            save_installation(tx, workspace_id, installation, KEYS)

        assert list_with_bots(tx, {bots["T0B"], "U0PERSON"}) == ("T0B",)
        assert list_with_bots(tx, set(bots.values())) == ("T0A", "T0B")
        assert mark_uninstalled(tx, "T0B", NOW, NOW)
        assert list_with_bots(tx, set(bots.values())) == ("T0A",)
        assert list_with_bots(tx, set()) == ()


def test_a_channel_is_found_without_a_look_at_every_workspace(sqlite_database: Database) -> None:
    with recorded_statements() as statements, sqlite_database.read() as tx:
        list_knowing(tx, "C0SHARED")
    (asked,) = [each for each in statements if "channels" in each]

    with sqlite_database.read() as tx:
        plan = str(tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("C0SHARED",)).all())
    assert "ix_channels_id (id=?)" in plan

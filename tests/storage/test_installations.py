"""Tokens in the database: encrypted, refreshed by one process at a time, and gone with the installation."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from storage.database import Database, Tx
from storage.errors import UnreadableTokenError
from storage.installations import (
    Refreshing,
    claim_refresh,
    count_unreadable,
    encrypt_again,
    find_installation,
    list_ending,
    list_installed,
    record_refreshed,
    save_installation,
)
from storage.keys import BadKeyError, Keys, new_key, read_keys
from storage.oauth_states import record_state, take_state
from storage.removal import remove_workspace
from storage.slack_tables import slack_installations, slack_oauth_states
from storage.workspaces import (
    claim_forgotten,
    find_workspace,
    is_uninstalled,
    mark_installed,
    mark_uninstalled,
)
from tests.storage.every_function import THEIRS, Theirs
from tests.storage.every_function_of_installations import KEYS, LASTS, SOON, installation_of
from tests.support.dumps import dump
from tests.support.make import NOW, make_workspace

MINE = "T0TEST"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def installed(database: Database) -> Database:
    with database.write() as tx:
        make_workspace(tx)
        mark_installed(tx, MINE, NOW)
        save_installation(tx, MINE, installation_of(MINE), KEYS)
    return database


def refreshed(tx: Tx, refreshing: Refreshing) -> bool:
    return record_refreshed(
        tx,
        MINE,
        refreshing,
        KEYS,
        token=SecretStr("xoxe.2"),
        refresh_token=SecretStr("r2"),
        expires_at=LATER,
    )


def test_what_was_saved_is_found_and_stands_nowhere_in_clear(installed: Database) -> None:
    with installed.read() as tx:
        assert find_installation(tx, MINE, KEYS) == installation_of(MINE)
        assert find_installation(tx, "T0OTHER", KEYS) is None
        assert list_installed(tx) == (MINE,)
    assert "xoxe" not in repr(dump(installed))


def test_neither_an_installation_nor_keys_show_a_secret() -> None:
    key = new_key()
    assert "xoxe" not in repr(installation_of(MINE))
    assert key not in repr(Keys([key]))


def test_each_key_decrypts_and_the_first_one_encrypts(installed: Database) -> None:
    old, new = new_key(), new_key()
    with installed.write() as tx:
        save_installation(tx, MINE, installation_of(MINE), Keys([old]))
        assert find_installation(tx, MINE, Keys([new, old])) == installation_of(MINE)
        assert count_unreadable(tx, Keys([new])) == 1
        with pytest.raises(UnreadableTokenError):
            find_installation(tx, MINE, Keys([new]))

        assert encrypt_again(tx, Keys([new, old]), 9) == (MINE, ())
        assert encrypt_again(tx, Keys([new, old]), 9) == (None, ())

        assert count_unreadable(tx, Keys([new])) == 0
        assert find_installation(tx, MINE, Keys([new])) == installation_of(MINE)


def test_one_damaged_token_holds_up_nobody_elses(installed: Database) -> None:
    old, new = new_key(), new_key()
    both = Keys([new, old])
    with installed.write() as tx:
        for workspace_id in (MINE, THEIRS):
            make_workspace(tx, workspace_id)
            save_installation(tx, workspace_id, installation_of(workspace_id), Keys([old]))
        first, second = sorted((MINE, THEIRS))
        tx.execute(
            update(slack_installations)
            .where(slack_installations.c.workspace_id == first)
            .values(bot_token="damaged")
        )

        assert encrypt_again(tx, both, 1) == (first, (first,))
        assert encrypt_again(tx, both, 1, first) == (second, ())
        assert encrypt_again(tx, both, 1, second) == (None, ())

        assert find_installation(tx, second, Keys([new])) == installation_of(second)
        assert count_unreadable(tx, Keys([new])) == 1


def test_a_token_that_other_hands_have_changed_is_not_read(installed: Database) -> None:
    with installed.write() as tx:
        (token,) = tx.execute(select(slack_installations.c.bot_token)).scalars()
        tx.execute(update(slack_installations).values(bot_token=token[:-9] + "AAAAAAAA="))
        with pytest.raises(UnreadableTokenError):
            find_installation(tx, MINE, KEYS)


@pytest.mark.parametrize(
    ("text", "number"), [("", 1), ("short", 1), (f"{new_key()}, x ,", 2)], ids=["none", "short", "second"]
)
def test_a_key_that_is_none_is_named_by_its_place(text: str, number: int) -> None:
    with pytest.raises(BadKeyError) as raised:
        read_keys(text)
    assert raised.value.number == number
    assert "short" not in str(raised.value)


def test_a_refresh_token_is_one_processs_until_its_time_is_over(installed: Database) -> None:
    with installed.write() as tx:
        too_early = claim_refresh(tx, MINE, KEYS, NOW, before=SOON, lasts=LASTS)
        mine = claim_refresh(tx, MINE, KEYS, NOW, before=SOON + LASTS, lasts=LASTS)
        theirs = claim_refresh(tx, MINE, KEYS, NOW + LASTS / 2, before=SOON + LASTS, lasts=LASTS)
        after = claim_refresh(tx, MINE, KEYS, NOW + LASTS, before=SOON + LASTS, lasts=LASTS)

        assert (too_early, theirs) == (None, None)
        assert mine is not None
        assert after is not None
        assert mine.refresh_token.get_secret_value() == f"xoxe-{MINE}"
        # Whoever took too long writes nothing any more.
        assert not refreshed(tx, mine)
        assert refreshed(tx, after)
        found = find_installation(tx, MINE, KEYS)
        assert found is not None
        assert (found.token, found.refresh_token) == (SecretStr("xoxe.2"), SecretStr("r2"))


def test_what_was_installed_anew_meanwhile_stays(installed: Database) -> None:
    with installed.write() as tx:
        refreshing = claim_refresh(tx, MINE, KEYS, NOW, before=SOON + LASTS, lasts=LASTS)
        assert refreshing is not None
        again = installation_of(MINE, token=SecretStr("xoxe.newest"))
        save_installation(tx, MINE, again, KEYS)

        assert not refreshed(tx, refreshing)
        assert find_installation(tx, MINE, KEYS) == again


def test_of_tokens_that_end_those_are_listed_that_nobody_refreshes(installed: Database) -> None:
    with installed.write() as tx:
        assert list_ending(tx, NOW, SOON, 9) == ()
        assert list_ending(tx, NOW, SOON + LASTS, 9) == (MINE,)
        claim_refresh(tx, MINE, KEYS, NOW, before=SOON + LASTS, lasts=LASTS)
        assert list_ending(tx, NOW, SOON + LASTS, 9) == ()
        assert list_ending(tx, NOW + LASTS, SOON + LASTS, 9) == (MINE,)
        save_installation(tx, MINE, installation_of(MINE, refresh_token=None, expires_at=None), KEYS)
        assert list_ending(tx, NOW, SOON + LASTS, 9) == ()


def test_a_workspace_that_removed_the_bot_has_no_token_and_is_served_no_more(installed: Database) -> None:
    with installed.write() as tx:
        assert mark_uninstalled(tx, MINE, NOW, LATER)
        assert not mark_uninstalled(tx, MINE, NOW, LATER)

        assert is_uninstalled(tx, MINE)
        assert find_installation(tx, MINE, KEYS) is None
        assert tx.execute(select(slack_installations)).all() == []
        assert list_installed(tx) == ()


def test_word_of_a_removal_that_comes_after_the_next_installation_is_old(installed: Database) -> None:
    with installed.write() as tx:
        mark_installed(tx, MINE, LATER)
        assert not mark_uninstalled(tx, MINE, NOW, LATER)
        assert not is_uninstalled(tx, MINE)
        assert find_installation(tx, MINE, KEYS) is not None


def test_a_workspace_is_forgotten_when_its_time_is_over(installed: Database) -> None:
    with installed.write() as tx:
        mark_uninstalled(tx, MINE, NOW, NOW)
        assert claim_forgotten(tx, NOW) is None
        assert claim_forgotten(tx, LATER) == MINE
        mark_installed(tx, MINE, LATER)
        assert claim_forgotten(tx, LATER) is None


def test_nothing_is_left_of_a_workspace_that_was_removed(database: Database) -> None:
    with database.write() as tx:
        Theirs(tx, MINE)
        Theirs(tx, THEIRS)
    before = dump(database)
    with database.write() as tx:
        assert remove_workspace(tx, THEIRS)
        assert not remove_workspace(tx, THEIRS)

        assert find_workspace(tx, THEIRS) is None
    after = dump(database)
    assert after == {
        name: [row for row in rows if THEIRS not in {row.get("workspace_id"), row.get("id")}]
        for name, rows in before.items()
    }


def test_a_state_is_good_once_and_until_its_end(database: Database) -> None:
    with database.write() as tx:
        record_state(tx, "one", expire_at=LATER, now=NOW)
        record_state(tx, "two", expire_at=LATER, now=NOW)

        assert not take_state(tx, "three", NOW)
        assert take_state(tx, "one", NOW)
        assert not take_state(tx, "one", NOW)
        assert not take_state(tx, "two", LATER)
        assert "two" not in repr(tx.execute(select(slack_oauth_states)).all())

        record_state(tx, "four", expire_at=LATER + LASTS, now=LATER)
        assert len(tx.execute(select(slack_oauth_states)).all()) == 1


def test_of_more_states_than_there_may_be_the_oldest_go(database: Database) -> None:
    names = ("one", "two", "three", "four", "five")
    with database.write() as tx:
        for number, name in enumerate(names):
            at = NOW + timedelta(seconds=number)
            record_state(tx, name, expire_at=at + LASTS, now=at, most=3)

        assert len(tx.execute(select(slack_oauth_states)).all()) == 3
        assert [name for name in names if take_state(tx, name, NOW)] == ["three", "four", "five"]

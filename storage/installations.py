"""Installations: by which token the bot speaks in which workspace. The tokens are encrypted, see keys.py.

Not slack_sdk's SQLAlchemyInstallationStore, after which the table and its columns are named: it keeps tokens
in clear text, in columns that are too narrow for encrypted ones; writes in transactions of its own, so that a
workspace and its token are not saved together; adds a row with every installation, and none of them can be
locked, so that two processes spend the same refresh token; and its times have no zone.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import AwareDatetime, SecretStr
from sqlalchemy import delete, insert, select, update

from storage.database import Tx
from storage.errors import UnreadableTokenError
from storage.records import Record
from storage.serving import is_served
from storage.slack_tables import slack_installations as table

if TYPE_CHECKING:
    # cryptography, which whoever only looks for installations need not wait for.
    from storage.keys import Keys


class Installation(Record):
    """Who the bot is there, and its token; `user_id` installed it.

    `refresh_token` and `expires_at` only where Slack gives tokens that expire.
    """

    app_id: str
    enterprise_id: str | None = None
    bot_id: str
    bot_user_id: str
    scopes: str
    user_id: str
    token: SecretStr
    refresh_token: SecretStr | None = None
    expires_at: AwareDatetime | None = None


class Refreshing(Record):
    """A refresh token that nobody else may spend before `until`."""

    refresh_token: SecretStr
    until: AwareDatetime


def save_installation(tx: Tx, workspace_id: str, installation: Installation, keys: "Keys") -> None:
    """The newest one, in place of what was there. The workspace must be."""
    tx.execute(delete(table).where(table.c.workspace_id == workspace_id))
    values = {
        "workspace_id": workspace_id,
        "app_id": installation.app_id,
        "enterprise_id": installation.enterprise_id,
        "bot_id": installation.bot_id,
        "bot_user_id": installation.bot_user_id,
        "bot_scopes": installation.scopes,
        "user_id": installation.user_id,
        **_encrypted(installation.token, installation.refresh_token, installation.expires_at, keys),
    }
    tx.execute(insert(table).values(values))


def find_installation(tx: Tx, workspace_id: str, keys: "Keys") -> Installation | None:
    """None where the bot is not installed, or not any more. Raises UnreadableTokenError."""
    row = tx.execute(
        select(table).where(table.c.workspace_id == workspace_id, is_served(table.c.workspace_id))
    ).one_or_none()
    if row is None:
        return None
    return Installation(
        app_id=row.app_id,
        enterprise_id=row.enterprise_id,
        bot_id=row.bot_id,
        bot_user_id=row.bot_user_id,
        scopes=row.bot_scopes,
        user_id=row.user_id,
        token=SecretStr(keys.decrypt(row.bot_token)),
        refresh_token=_decrypted(row.bot_refresh_token, keys),
        expires_at=row.bot_token_expires_at,
    )


def claim_refresh(
    tx: Tx, workspace_id: str, keys: "Keys", now: datetime, *, before: datetime, lasts: timedelta
) -> Refreshing | None:
    """The refresh token of a token that ends before then, for whoever gets it, and for so long.

    None if there is nothing to be done, or somebody else is at it. The row is locked while that is found
    out, and not while Slack is asked: no transaction waits for the network. Raises UnreadableTokenError.
    """
    row = tx.execute(
        select(table.c.bot_refresh_token, table.c.refreshing_until)
        .where(table.c.workspace_id == workspace_id, table.c.bot_token_expires_at < before)
        .with_for_update()
    ).one_or_none()
    if row is None or row.bot_refresh_token is None:
        return None
    if row.refreshing_until is not None and row.refreshing_until > now:
        return None
    until = now + lasts
    tx.execute(update(table).where(table.c.workspace_id == workspace_id).values(refreshing_until=until))
    return Refreshing(refresh_token=SecretStr(keys.decrypt(row.bot_refresh_token)), until=until)


def record_refreshed(
    tx: Tx,
    workspace_id: str,
    refreshing: Refreshing,
    keys: "Keys",
    *,
    token: SecretStr,
    refresh_token: SecretStr,
    expires_at: datetime,
) -> bool:
    """Slack has given the next token. Whether it is still wanted: not if the bot was installed anew."""
    result = tx.execute(
        update(table)
        .where(table.c.workspace_id == workspace_id, table.c.refreshing_until == refreshing.until)
        .values(_encrypted(token, refresh_token, expires_at, keys))
    )
    return result.rowcount > 0


def list_installed(tx: Tx) -> tuple[str, ...]:
    """Ids of the workspaces that the bot has a token of, in their order."""
    served = select(table.c.workspace_id).where(is_served(table.c.workspace_id))
    # Sorted here: each database has an order of its own.
    return tuple(sorted(tx.execute(served).scalars()))


def list_ending(tx: Tx, now: datetime, before: datetime, limit: int) -> tuple[str, ...]:
    """Workspaces whose token ends before then and that nobody refreshes just now, soonest first."""
    is_free = table.c.refreshing_until.is_(None) | (table.c.refreshing_until <= now)
    rows = tx.execute(
        select(table.c.workspace_id)
        .where(table.c.bot_token_expires_at < before, is_free, is_served(table.c.workspace_id))
        .order_by(table.c.bot_token_expires_at, table.c.workspace_id)
        .limit(limit)
    )
    return tuple(rows.scalars())


class EncryptedAgain(NamedTuple):
    """`last`: up to which workspace; None: there was none left. `unreadable`: those that stay as they are."""

    last: str | None
    unreadable: tuple[str, ...]


def encrypt_again(tx: Tx, keys: "Keys", limit: int, after: str = "") -> EncryptedAgain:
    """With the newest key, the tokens of at most `limit` workspaces behind this one that are not yet.

    One that is damaged holds up nobody else's.
    """
    rows = tx.execute(
        select(table.c.workspace_id, table.c.bot_token, table.c.bot_refresh_token)
        .where(table.c.workspace_id > after, table.c.key_id != keys.newest_id, table.c.key_id.in_(keys.ids))
        .order_by(table.c.workspace_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    unreadable = []
    for row in rows:
        try:
            renewed = {
                name: value and keys.encrypt(keys.decrypt(value))
                for name, value in row._asdict().items()
                if name != "workspace_id"
            }
        except UnreadableTokenError:
            unreadable.append(row.workspace_id)
            continue
        tx.execute(
            update(table)
            .where(table.c.workspace_id == row.workspace_id)
            .values(**renewed, key_id=keys.newest_id)
        )
    return EncryptedAgain(rows[-1].workspace_id if rows else None, tuple(unreadable))


def count_unreadable(tx: Tx, keys: "Keys") -> int:
    """Workspaces whose tokens are encrypted with a key that is not among these."""
    rows = tx.execute(select(table.c.workspace_id).where(table.c.key_id.not_in(keys.ids)))
    return len(rows.all())


def _encrypted(
    token: SecretStr, refresh_token: SecretStr | None, expires_at: datetime | None, keys: "Keys"
) -> dict[str, object]:
    """The columns of a new token, which nobody is refreshing."""
    return {
        "bot_token": keys.encrypt(token.get_secret_value()),
        "bot_refresh_token": refresh_token and keys.encrypt(refresh_token.get_secret_value()),
        "bot_token_expires_at": expires_at,
        "key_id": keys.newest_id,
        "refreshing_until": None,
    }


def _decrypted(encrypted: str | None, keys: "Keys") -> SecretStr | None:
    return None if encrypted is None else SecretStr(keys.decrypt(encrypted))

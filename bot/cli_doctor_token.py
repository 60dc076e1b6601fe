"""By which token `doctor` asks Slack about a workspace, and why there may be none. Nothing is renewed."""

from typing import TYPE_CHECKING

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.domain.doctor import Finding
    from storage.database import Database

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.


def problems_of_keys(settings: Settings) -> tuple[str, ...]:
    """Why no token of a workspace could be read."""
    if not settings.is_for_many or not settings.waymark_keys.get_secret_value().strip():
        return ()
    from bot.app_many import read_keys_of

    try:
        read_keys_of(settings)
    except SettingsError as error:
        return tuple(error.problems)
    return ()


def only_token(settings: Settings) -> str:
    return settings.slack_bot_token.get_secret_value().strip()


def token_of(settings: Settings, database: "Database", workspace_id: str) -> "str | Finding":
    """The workspace's own, even one that has ended: Slack says so. A finding, where there is none."""
    from bot.domain.doctor import Finding, Severity

    if not settings.is_for_many:
        return only_token(settings)
    from bot.app_many import read_keys_of
    from storage.errors import UnreadableTokenError
    from storage.installations import find_installation

    try:
        with database.read() as tx:
            found = find_installation(tx, workspace_id, read_keys_of(settings))
    except SettingsError:
        # It is a finding about the settings already.
        return ""
    except UnreadableTokenError:
        return Finding("token_unreadable", Severity.ERROR)
    return Finding("token_absent", Severity.WARNING) if found is None else found.token.get_secret_value()


def removed(settings: Settings, database: "Database", workspace_id: str) -> "Finding | None":
    """That the workspace has removed the bot: nothing that waits there is late, and there is no token."""
    from bot.domain.doctor import Finding, Severity
    from storage.workspaces import is_uninstalled

    with database.read() as tx:
        if not is_uninstalled(tx, workspace_id):
            return None
    # Of many, some come and go; the only one is what the bot runs for.
    return Finding("workspace_removed", Severity.NOTE if settings.is_for_many else Severity.WARNING)

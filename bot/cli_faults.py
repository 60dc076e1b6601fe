"""The one line for what whoever runs the bot can put right."""

from bot.errors import CannotListenError, PortInUseError, SlackRefusedError, SlackUnreachableError
from bot.settings import Settings, SettingsError
from storage.errors import (
    MigrationError,
    SchemaError,
    UnknownSchemaError,
    UnreachableError,
)


def sentence_for(error: Exception, settings: Settings | None = None) -> str | None:  # noqa: C901, PLR0911 - a case an error
    """The one line for what whoever runs the bot can put right; None for a mistake of ours.

    `settings`: None if they could not be read.
    """
    match error:
        case SettingsError():
            return " ".join(error.problems) + " Set it in the environment or in .env (see .env.sample)."
        case UnreachableError():
            return f"The database cannot be opened ({error.address}): {error.reason}"
        case UnknownSchemaError():
            return (
                f"The database's table alembic_version says {error.found!r}, which no version of Waymark "
                "writes there. Nothing was changed. Is DATABASE_URL right? Else go back to a backup."
            )
        case MigrationError():
            return (
                f"The database cannot be brought up to date: {error.reason}. Nothing was changed. "
                "Is DATABASE_URL right, and the database Waymark's alone? Else go back to a backup."
            )
        case SchemaError(is_newer=True):
            return (
                f"The database is that of a newer version of Waymark (schema {error.found}, this one knows "
                f"{error.wanted}). Update Waymark."
            )
        case SchemaError():
            return (
                f"The database's schema is {error.found}, this version needs {error.wanted}. "
                "Run: python -m bot migrate"
            )
        case SlackRefusedError():
            return f"Slack refused {error.method}: {error.code}. {_mend_token(settings)}"
        case SlackUnreachableError():
            return f"Slack does not answer at SLACK_API_URL: {error}"
        case PortInUseError():
            return f"Port {error.port} is in use. Choose another: PORT={error.port + 1}"
        case CannotListenError():
            return f"Cannot listen on {error.host}, port {error.port}: {error.reason}"
    return None


def _mend_token(settings: Settings | None) -> str:
    if settings is None or not settings.is_for_many:
        return "Is SLACK_BOT_TOKEN this app's bot token?"
    # Each workspace's token is that of its installation.
    return (
        "What is promised is kept. Somebody who may install apps in that workspace installs Waymark there "
        f"again: {settings.public_url}/slack/install"
    )

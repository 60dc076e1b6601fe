"""What the tests read from the environment."""

import os


def is_ci() -> bool:
    """Whether everything that a test may need has to be there."""
    return bool(os.environ.get("CI"))


def postgres_url() -> str | None:
    """A PostgreSQL server for the tests, if one is given."""
    return os.environ.get("TEST_POSTGRES_URL")


def processes() -> int:
    """By how many instances of the bot, as of several processes, a scenario's requests are taken in turn."""
    return int(os.environ.get("WAYMARK_TEST_PROCESSES", "1"))


def is_many() -> bool:
    """Whether the scenarios are for three real processes of each kind (`make many`)."""
    return bool(os.environ.get("WAYMARK_TEST_MANY"))


def is_killed_everywhere() -> bool:
    """Whether processes are killed at every step, and not only where something has changed."""
    return bool(os.environ.get("WAYMARK_TEST_KILLS"))


def child_environment(**changes: str) -> dict[str, str]:
    """For a process of the bot: nothing of this one's Slack settings, and the changes.

    It keeps what it has compiled, as it does wherever it is used.
    """
    own = (
        *("SLACK_", "DATABASE_", "PORT", "LOG_FORMAT", "METRICS_", "WATCH_", "READY_", "PROMETHEUS_"),
        *("WAYMARK_KEYS", "PUBLIC_URL", "DELIVERY_LEASE_S", "CLOCK_OFFSET_FILE"),
        "PYTHONDONTWRITEBYTECODE",
    )
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(own)}
    return {**inherited, **changes}


def machine_path() -> str:
    """Where this machine's programs are."""
    return os.environ["PATH"]


def take_environment(whole: dict[str, str]) -> None:
    """From now on this process has this one alone. For processes that a test has begun."""
    os.environ.clear()
    os.environ.update(whole)


def take_path(path: str) -> None:
    """From now on this process finds its programs there. For processes that a test has begun."""
    os.environ["PATH"] = path

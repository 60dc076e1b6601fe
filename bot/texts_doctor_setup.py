"""What `doctor` finds wrong with settings, database and Slack, in words. See `bot.texts_doctor`."""

from typing import NamedTuple


class Words(NamedTuple):
    """Templates over the facts of a finding: what is wrong, what still holds, the way to mend it."""

    what: str
    holds: str
    mend: str


_NOTHING_RUNS = "Nothing is lost: the records are in the database."
_ANSWERS = "Everything else works."
_SET = "Set it in the environment or in .env (see .env.sample)."

SETUP = {
    "settings_malformed": Words("{problem}", "Nothing was changed; Waymark does not start like this.", _SET),
    "setting_missing": Words(
        "{setting} is not set", "Nothing was changed; `python -m bot try` needs no settings.", _SET
    ),
    "token_of_other_kind": Words(
        "SLACK_BOT_TOKEN is {kind}, not a bot's token",
        _NOTHING_RUNS,
        "Copy the *Bot User OAuth Token* (`xoxb-…`) from *OAuth & Permissions* of the Slack app.",
    ),
    "secret_odd": Words(
        "SLACK_SIGNING_SECRET does not look like one of Slack's (32 characters, 0-9 and a-f)",
        "If it is wrong, requests are refused, and nothing is changed by them.",
        "Copy the *Signing Secret* from *Basic Information* of the Slack app.",
    ),
    "api_unencrypted": Words(
        "SLACK_API_URL leads to {address} without encryption, and the token goes there",
        "Waymark works.",
        "Begin SLACK_API_URL with https://, or leave it out for Slack itself.",
    ),
    "clock_moved": Words(
        "CLOCK_OFFSET_FILE moves the clock, and Slack is the real one",
        "The records are kept; check-ins may come at wrong times.",
        "Leave CLOCK_OFFSET_FILE out: it is for trying Waymark.",
    ),
    "trial_database": Words(
        "DATABASE_URL is the database of `make run`, and Slack is the real one",
        "Waymark works, with made-up projects among the real ones.",
        "Set DATABASE_URL to a database of its own, as sqlite:///waymark.db.",
    ),
    "lease_short": Words(
        "DELIVERY_LEASE_S is {seconds}: calls that Slack needs longer for are given up",
        "Nothing is sent twice; some messages come later.",
        "Set it to {enough} or more, or leave it out.",
    ),
    "database_absent": Words(
        "There is no database yet at {address}",
        "Nothing is lost, if this is the first start.",
        "`python -m bot migrate` makes it. If there were records, look whether DATABASE_URL is right.",
    ),
    "database_unreachable": Words(
        "The database cannot be opened ({address}): {because}",
        "Commands are answered with a sentence, and Slack sends events again later.",
        "Look whether DATABASE_URL is right, and the database runs and can be reached from here.",
    ),
    "schema_older": Words(
        "The database's schema is {found}, this version needs {wanted}",
        "The records are kept.",
        "`python -m bot migrate`.",
    ),
    "schema_newer": Words(
        "The database is that of a newer version (schema {found}, this one knows {wanted})",
        "The records are kept; the newer version works with them.",
        "Update Waymark on this machine.",
    ),
    "schema_unknown": Words(
        "The database says of its schema `{found}`, which no version of Waymark writes",
        "Nothing was changed.",
        "Look whether DATABASE_URL is right, and the database Waymark's alone; else go back to a backup.",
    ),
    "read_only": Words(
        "Nothing can be written to the database: {because}",
        "The records can be read.",
        "Give Waymark's user the right to write (a file and its folder; PostgreSQL's tables), or connect to "
        "the primary and not to a standby.",
    ),
    "database_busy": Words(
        "Somebody else has been writing to the database for seconds: {because}",
        "The records can be read, and writing waits its turn.",
        "Look whether an import or a backup runs, and ask again when it is done.",
    ),
    "disk_full": Words(
        "The disk of the database is full: {free} are free, the database has {size}",
        "The records can be read; soon nothing can be written.",
        "Make room on the disk, or move the file and set DATABASE_URL.",
    ),
    "disk_low": Words(
        "The disk of the database fills up: {free} are free, the database has {size}",
        "Everything works.",
        "Make room for a copy of the database at least, or move it to a larger disk.",
    ),
    "database_clock": Words(
        "The clocks of the database's machine and of this one differ by {seconds} seconds",
        "What is due is reckoned by this machine's clock.",
        "Let both machines set their clocks by NTP (`timedatectl set-ntp true`).",
    ),
    "no_workspace": Words(
        "There is no workspace in the database yet",
        "Settings and database were looked at.",
        "Start Waymark (`python -m bot run` or `web`), which asks Slack for it. With SLACK_CLIENT_ID the "
        "first installation brings it.",
    ),
    "workspaces_left_out": Words(
        "{count} more workspaces were not looked at",
        "What is said of the others is true.",
        "`python -m bot doctor --workspace ID` looks at one.",
    ),
    "workspace_removed": Words(
        "This workspace has removed Waymark: nothing is asked, reminded or sent there",
        "What is kept of it is kept for 30 days from then on, and nothing of it is late.",
        "If it is to go on, install Waymark there again: all is back. With SLACK_BOT_TOKEN, set the new one "
        "and start Waymark again. `python -m bot forget WORKSPACE` removes all at once.",
    ),
    "token_absent": Words(
        "There is no token of this workspace, so it is not served",
        "What is promised is kept, and what the records say was looked at.",
        "Somebody who may install apps there installs Waymark: PUBLIC_URL followed by /slack/install.",
    ),
    "token_unreadable": Words(
        "The token of this workspace cannot be decrypted, so it is not served",
        "What is promised is kept, and what the records say was looked at.",
        "Put the key that it was encrypted with behind the others in WAYMARK_KEYS; if it is lost, install "
        "Waymark there again: PUBLIC_URL followed by /slack/install.",
    ),
    "slack_unreachable": Words(
        "Slack does not answer at SLACK_API_URL: {because}",
        "What is promised is kept, and sent when Slack answers.",
        "Look whether this machine may reach it (a proxy, a firewall), and status.slack.com.",
    ),
    "token_refused": Words(
        "Slack refuses the bot's token: {because}",
        "What is promised is kept for a week.",
        "Install the app again under *OAuth & Permissions*, put its bot token into SLACK_BOT_TOKEN, and "
        "start Waymark again. With SLACK_CLIENT_ID: PUBLIC_URL followed by /slack/install.",
    ),
    "token_of_other_workspace": Words(
        "SLACK_BOT_TOKEN is that of another workspace, {other}: Slack was not asked about this one",
        "What the records say was looked at.",
        "Run it with the token of this workspace to ask Slack, too.",
    ),
    "slack_untold": Words(
        "Slack did not answer {method}: {because}",
        "What else is said here is true.",
        "Mend what is said of scopes, or ask again in a minute.",
    ),
    "channels_unasked": Words(
        "{count} more channels that Waymark is not in were not looked at",
        "What is said of the others is true.",
        "Mend those, and ask again.",
    ),
    "scope_missing": Words(
        "The scope `{scope}` is not granted, so there are no {purpose}",
        _ANSWERS,
        "Add it under *OAuth & Permissions* (or paste manifest.json again), and install the app again.",
    ),
    "scopes_unused": Words(
        "Slack has granted more than Waymark uses: {scopes}",
        "Everything works.",
        "Take them away under *OAuth & Permissions*, if nothing else uses the app.",
    ),
    "clock_behind": Words(
        "This machine's clock is {seconds} seconds behind Slack's",
        "Up to five minutes Slack's requests are taken; beyond that they are refused.",
        "Let the machine set its clock by NTP (`timedatectl set-ntp true`).",
    ),
    "clock_ahead": Words(
        "This machine's clock is {seconds} seconds ahead of Slack's",
        "Up to five minutes Slack's requests are taken; beyond that they are refused.",
        "Let the machine set its clock by NTP (`timedatectl set-ntp true`).",
    ),
}
"""By code."""

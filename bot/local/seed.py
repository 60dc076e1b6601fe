"""The workspace to begin with: a small cooperative that looks after open infrastructure for science."""

from datetime import timedelta

from bot.local import ids
from bot.local.clock import LocalClock
from bot.local.model import SLACKBOT_ID, Bot, Channel, Message, Team, User
from bot.local.workspace import Workspace

TEAM = Team("T0TIDEWATER", "Tidewater Commons", "tidewater")
BOT = Bot("A0WAYMARK01", "B0WAYMARK01", "U0WAYMARK01", "Waymark")

WANJIRU = "U0WANJIRU01"
MATEO = "U0MATEO0001"
SOFIA = "U0SOFIA0001"
HARUKI = "U0HARUKI001"
PRIYA = "U0PRIYA0001"
JONAS = "U0JONAS0001"
LEILANI = "U0LEILANI01"
TOMASZ = "U0TOMASZ001"
IMANI = "U0IMANI0001"
"""Of another organization, with which #proj-tide-gauges is shared."""
NEIGHBOURS = Team("T0ALDERSEA1", "Port Aldersea", "port-aldersea")

GENERAL = "C0GENERAL01"
RANDOM = "C0RANDOM001"
JMTE = "C0JMTE00001"
HUB_PILOTS = "C0HUBPILOTS"
DOCS = "C0DOCS00001"
TIDE_GAUGES = "C0TIDEGAUGE"
STEWARDS = "C0STEWARDS1"
"""A private channel, with the bot in it."""

_PEOPLE = (
    User(WANJIRU, "wanjiru", "Wanjiru Kamau", "Africa/Nairobi", "Director", is_admin=True, is_owner=True),
    User(MATEO, "mateo", "Mateo Quispe", "America/Lima", "Infrastructure engineer"),
    User(SOFIA, "sofia", "Sofia Lindqvist", "Europe/Stockholm", "Research partnerships"),
    User(HARUKI, "haruki", "Haruki Tanaka", "Asia/Tokyo", "Software engineer"),
    User(PRIYA, "priya", "Priya Raghunathan", "Asia/Kolkata", "Community lead"),
    User(JONAS, "jonas", "Jonas Adeyemi", "America/New_York", "Technical writer"),
    User(LEILANI, "leilani", "Leilani Kahale", "Pacific/Honolulu", "Visiting scientist", is_restricted=True),
    User(
        IMANI,
        "imani",
        "Imani Okafor",
        "Europe/London",
        "Harbour master",
        team_id=NEIGHBOURS.id,
        team_name=NEIGHBOURS.name,
    ),
    User(TOMASZ, "tomasz", "Tomasz Wiśniewski", "Europe/Warsaw", "Engineer", deleted=True),
)
_ALL = (WANJIRU, MATEO, SOFIA, HARUKI, PRIYA, JONAS)

_CHANNELS = (
    (GENERAL, "general", "Announcements for everybody", (*_ALL, BOT.user_id)),
    (RANDOM, "random", "Everything else", (*_ALL, LEILANI)),
    (
        JMTE,
        "proj-jmte",
        "Hubs for ocean and climate research, with Pangeo",
        (WANJIRU, MATEO, SOFIA, LEILANI),
    ),
    (HUB_PILOTS, "proj-hub-pilots", "Six months of cloud for coastal labs", (WANJIRU, MATEO, HARUKI, PRIYA)),
    (DOCS, "proj-docs", "Documentation that people finish reading", (JONAS, PRIYA, HARUKI)),
    (TIDE_GAUGES, "proj-tide-gauges", "Gauges that a harbour town can build", (JONAS, PRIYA, HARUKI, IMANI)),
)

_SAID = (
    (
        GENERAL,
        WANJIRU,
        "Good morning all. The autumn report is out; thank you to everybody who wrote for it.",
    ),
    (GENERAL, PRIYA, "Two new communities asked about pilots this week. Notes are in the usual place."),
    (RANDOM, HARUKI, "First frost on the river path this morning."),
    (RANDOM, LEILANI, "Surf report from the other side of the planet: small and friendly."),
    (JMTE, MATEO, "The staging hub is up. Logins work, storage is next."),
    (JMTE, LEILANI, "I can sign in, thank you! I will try the tide notebooks tomorrow."),
    (HUB_PILOTS, PRIYA, "Feedback call with the second pilot is on Thursday."),
    (DOCS, JONAS, "I rewrote the first page so that it begins with what people ask first. Comments welcome."),
    (TIDE_GAUGES, JONAS, "The harbour master at Port Aldersea wants a second gauge on the east quay."),
    (TIDE_GAUGES, IMANI, "She does! The quay is free from the first week of next month."),
    (STEWARDS, WANJIRU, "Budget draft for next year is ready for a first look."),
)


def seeded_workspace(clock: LocalClock | None = None) -> Workspace:
    """A new workspace with people, channels, the bot, and a few things said yesterday."""
    workspace = Workspace(TEAM, BOT, clock)
    created = int((workspace.clock.now() - timedelta(days=200)).timestamp())
    slackbot = User(SLACKBOT_ID, "slackbot", "Slackbot")
    bot = User(BOT.user_id, "waymark", BOT.name, is_bot=True)
    for user in (*_PEOPLE, bot, slackbot):
        workspace.users[user.id] = User(**vars(user))
    for channel_id, name, topic, members in _CHANNELS:
        with_bot = members if channel_id in (GENERAL, RANDOM) else (*members, BOT.user_id)
        workspace.channels[channel_id] = Channel(
            channel_id, name, topic=topic, creator=WANJIRU, created=created, members=list(with_bot)
        )
    workspace.channels[TIDE_GAUGES].connected_team_ids = [NEIGHBOURS.id]
    stewards = Channel(STEWARDS, "stewards", is_private=True, topic="Money and people", creator=WANJIRU)
    stewards.created = created
    stewards.members = [WANJIRU, SOFIA, BOT.user_id]
    workspace.channels[STEWARDS] = stewards
    for user_id in (*_ALL, LEILANI, IMANI):
        workspace.direct_message(BOT.user_id, user_id)
    _add_messages(workspace)
    return workspace


def _add_messages(workspace: Workspace) -> None:
    at = workspace.clock.now() - timedelta(days=1)
    for channel_id, user_id, text in _SAID:
        at += timedelta(minutes=17)
        workspace.add_message(Message(ids.format_ts(ids.microseconds(at)), channel_id, user_id, text))

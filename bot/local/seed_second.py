"""A second workspace, beside the first: a small laboratory in a harbour town."""

from datetime import timedelta

from bot.local.clock import LocalClock
from bot.local.model import SLACKBOT_ID, Bot, Channel, Team, User
from bot.local.seed import BOT
from bot.local.workspace import Workspace

TEAM = Team("T0ALDERSEA1", "Port Aldersea Lab", "aldersea")
SECOND_BOT = Bot(BOT.app_id, "B0WAYMARK02", "U0WAYMARK02", BOT.name)

INES = "U0INES00001"
OTTO = "U0OTTO00001"
GUEST = "U0MIKA00001"

GENERAL = "C0ALDERGENR"
GAUGE = "C0EASTGAUGE"

_PEOPLE = (
    User(INES, "ines", "Inês Carvalho", "Europe/Lisbon", "Harbour master", is_admin=True, is_owner=True),
    User(OTTO, "otto", "Otto Lehtinen", "Europe/Helsinki", "Technician"),
    User(GUEST, "mika", "Mika Sato", "Asia/Tokyo", "Visiting student", is_restricted=True),
)


def second_workspace(clock: LocalClock | None = None) -> Workspace:
    """A new one, with people and two channels. The app is in neither: it is to be installed first."""
    workspace = Workspace(TEAM, SECOND_BOT, clock)
    created = int((workspace.clock.now() - timedelta(days=90)).timestamp())
    bot = User(SECOND_BOT.user_id, "waymark", SECOND_BOT.name, is_bot=True)
    for user in (*_PEOPLE, bot, User(SLACKBOT_ID, "slackbot", "Slackbot")):
        workspace.users[user.id] = User(**vars(user))
    for channel_id, name, topic in ((GENERAL, "general", "All of us"), (GAUGE, "east-gauge", "East quay")):
        workspace.channels[channel_id] = Channel(
            channel_id, name, topic=topic, creator=INES, created=created, members=[INES, OTTO]
        )
    for user_id in (INES, OTTO):
        workspace.direct_message(SECOND_BOT.user_id, user_id)
    return workspace

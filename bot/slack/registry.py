"""Which commands there are, and what answers each.

To add a command: write its functions in a module of `bot/slack/commands`, add its row to the table of its
group (bot/slack/registry_*.py), to MISTAKES in commands/mistakes.py what may go wrong with it, and to
`QueryName` in queries.py its name, if a button can ask it. Help and the README's table are made from these.
"""

from bot.slack.commands.command import Command
from bot.slack.registry_check_ins import CHECK_INS
from bot.slack.registry_digests import DIGESTS
from bot.slack.registry_outcomes import OUTCOMES
from bot.slack.registry_project import PROJECT
from bot.slack.registry_reading import READING
from bot.slack.registry_workspace import WORKSPACE

GROUPS: dict[str, tuple[Command, ...]] = {
    "To read": READING,
    "How outcomes stand": OUTCOMES,
    "The record": PROJECT,
    "Check-ins": CHECK_INS,
    "Digests and briefs": DIGESTS,
    "The workspace": WORKSPACE,
}
"""By the heading that help gives them."""

COMMANDS: dict[str, Command] = {command.name: command for group in GROUPS.values() for command in group}

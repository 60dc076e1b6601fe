"""Records as the scenarios need them, in the workspace of the bot that is tested."""

from datetime import date, timedelta

from sqlalchemy import delete

from bot.local.seed import HARUKI, JMTE, MATEO, SOFIA
from storage import aliases, links, members, outcomes, tables
from storage.channels import save_channel
from storage.database import Tx
from storage.indexing import reindex
from storage.records import OutcomeStatus, Project
from storage.sight import keep_sight
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_project, make_workspace, say

GOAL = "Run **hubs** in the open, so that *where* a scientist works does not matter"


def add(bot: Bot, workspace: str = WORKSPACE, **given: object) -> Project:
    """One project with what is given."""
    names = given.pop("aliases", ())
    with bot.database.write() as tx:
        make_workspace(tx, workspace)
        project = make_project(tx, workspace, **given)
        for name in names:  # type: ignore[attr-defined]  # a tuple of names, from the test
            aliases.add_alias(tx, workspace, project.id, name)
        reindex(tx, workspace, project.id)
    return project


def add_many(bot: Bot, count: int, name: str = "Reef survey", **given: object) -> list[Project]:
    """Projects called "Reef survey 001" and so on."""
    with bot.database.write() as tx:
        return [
            make_project(
                tx,
                WORKSPACE,
                name=f"{name} {number:03}",
                slug=f"{name.lower().replace(' ', '-')}-{number:03}",
                **given,
            )
            for number in range(1, count + 1)
        ]


def add_jmte(bot: Bot) -> Project:
    """A record with something of everything, in the channel #proj-jmte."""
    parent = add(bot, name="Pangeo", slug="pangeo")
    project = add(
        bot,
        slug="jmte-pangeo",
        name="Jupyter Meets the Earth",
        aliases=("jupearth",),
        summary="Hubs for people who study the ocean.",
        goal=GOAL,
        owner_id=SOFIA,
        channel_id=JMTE,
        parent_id=parent.id,
        outcomes=("Three hubs run for a year", "Sessions start within *two* minutes", "Costs are published"),
        links=("https://board.example.org/jmte", "https://notes.example.org/a?b=1&c=2"),
    )
    add(bot, name="Tide notebooks", slug="tide-notebooks", parent_id=project.id)
    with bot.database.write() as tx:
        _enliven(tx, project)
    return project


def _enliven(tx: Tx, project: Project) -> None:
    """People, a link with a word before it, and what was said when."""
    first, second, _ = outcomes.list_outcomes(tx, WORKSPACE, project.id)
    outcomes.change_outcome(
        tx,
        WORKSPACE,
        first.id,
        NOW,
        owner_id=MATEO,
        due_on=date(2026, 7, 18),
        metric_start=0,
        metric_target=52,
        metric_unit="weeks",
    )
    say(tx, first, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=3), said_by=MATEO)
    say(
        tx,
        second,
        OutcomeStatus.AT_RISK,
        workspace_id=WORKSPACE,
        ago=timedelta(weeks=5),
        note="Down to *three* minutes",
        said_by=SOFIA,
    )
    links.add_link(
        tx,
        WORKSPACE,
        project.id,
        position=9,
        label="forum",
        url="https://forum.example.org",
        lead="Questions",
    )
    members.add_member(tx, WORKSPACE, project.id, position=0, user_id=HARUKI, role="lead")
    members.add_member(tx, WORKSPACE, project.id, position=1, name="Noor Haddad")
    reindex(tx, WORKSPACE, project.id)


def remove_project(bot: Bot, project: Project) -> None:
    with bot.database.write() as tx:
        tx.execute(delete(tables.projects).where(tables.projects.c.id == project.id))


def close_channel(bot: Bot, project: Project, *members: str) -> None:
    """The project's channel is private from now on, with these members: in Slack, and as the bot knows it."""
    channel_id = project.channel_id or ""
    # A process that begins asks Slack.
    with bot.slack.workspace.lock:
        channel = bot.slack.workspace.channels[channel_id]
        channel.is_private = True
        channel.members[:] = members
    with bot.database.write() as tx:
        save_channel(tx, WORKSPACE, channel_id, is_private=True, members=members, now=bot.now())
        keep_sight(tx, WORKSPACE, [project.id])

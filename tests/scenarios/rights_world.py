"""A workspace with every kind of person and of project, and who may do what there, said once more.

Names have a word of their own each, so that any answer that has the word has shown the project.
"""

from dataclasses import dataclass

from bot.local.seed import DOCS, HARUKI, JMTE, JONAS, LEILANI, MATEO, PRIYA, SOFIA, STEWARDS, WANJIRU
from storage import members
from storage.people import name_admin
from storage.projects import change_project, get_project
from storage.records import Project, ProjectState
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_channel

PEOPLE = {
    "Slack's admin, in the private channel": WANJIRU,
    "full member in the private channel": SOFIA,
    "owner": MATEO,
    "team member": HARUKI,
    "full member": PRIYA,
    "named admin": JONAS,
    "guest": LEILANI,
}
FULL = frozenset(PEOPLE.values()) - {LEILANI}
ADMINS = frozenset({WANJIRU, JONAS})
IN_PRIVATE = frozenset({WANJIRU, SOFIA})
GUEST_IS_IN = frozenset({JMTE})

WORD = "marmalade"
"""Stands in every goal."""


@dataclass(frozen=True)
class Kind:
    """A project of the table: its slug, the word in its name, and what decides who may do what."""

    slug: str
    name: str
    channel: str | None = JMTE
    is_restricted: bool = False
    is_archived: bool = False
    below: str | None = None
    team: frozenset[str] = frozenset({HARUKI})

    @property
    def seen_in(self) -> str | None:
        """Its own channel, or that of the one it is below."""
        return self.channel or (KINDS[self.below].seen_in if self.below else None)

    @property
    def is_private(self) -> bool:
        return self.seen_in == STEWARDS

    def is_seen_by(self, person: str) -> bool:
        if self.is_private:
            return person in IN_PRIVATE
        return person in FULL or self.seen_in in GUEST_IS_IN

    def may_be_restricted_by(self, person: str) -> bool:
        return self.is_seen_by(person) and (person in ADMINS or person == MATEO or person in self.team)

    def may_be_changed_by(self, person: str) -> bool:
        is_open = not self.is_restricted and person in FULL
        return self.may_be_restricted_by(person) or (self.is_seen_by(person) and is_open)


KINDS = {
    "open": Kind("zq-open", "Aardvark"),
    "of a channel without the guest": Kind("zq-elsewhere", "Bandicoot", DOCS),
    "of no channel": Kind("zq-nowhere", "Capybara", None),
    "restricted": Kind("zq-restricted", "Dormouse", is_restricted=True),
    "of the private channel": Kind("zq-private", "Echidna", STEWARDS),
    "private and restricted": Kind(
        "zq-secret", "Flamingo", STEWARDS, is_restricted=True, team=frozenset({HARUKI, SOFIA})
    ),
    "below a private one": Kind("zq-below", "Gazelle", None, below="of the private channel"),
    "below, with a channel of its own": Kind("zq-apart", "Hedgehog", JMTE, below="of the private channel"),
    "archived": Kind("zq-old", "Iguana", is_archived=True),
    "with the guest on its team": Kind("zq-guest", "Jackal", team=frozenset({LEILANI})),
    "with the guest on its team, restricted": Kind(
        "zq-ours", "Koala", is_restricted=True, team=frozenset({LEILANI})
    ),
}
UMBRELLA = "zq-umbrella"
"""Above all that have a channel and are below no other; seen by everybody."""


def build(bot: Bot) -> dict[str, Project]:
    """All of them, by slug."""
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=IN_PRIVATE)
        for channel in (JMTE, DOCS):
            make_channel(tx, channel, WORKSPACE)
        name_admin(tx, WORKSPACE, JONAS, WANJIRU, NOW)
    made = {UMBRELLA: add(bot, slug=UMBRELLA, name="Umbrella", channel_id=JMTE)}
    for kind in KINDS.values():
        above = KINDS[kind.below].slug if kind.below else UMBRELLA if kind.channel else None
        project = add(
            bot,
            slug=kind.slug,
            name=kind.name,
            goal=f"More {WORD} in {kind.slug}",
            channel_id=kind.channel,
            owner_id=MATEO,
            parent_id=made[above].id if above else None,
            outcomes=["Jars are filled"],
        )
        with bot.database.write() as tx:
            change_project(tx, WORKSPACE, project.id, NOW, is_restricted=kind.is_restricted)
            if kind.is_archived:
                change_project(tx, WORKSPACE, project.id, NOW, state=ProjectState.ARCHIVED.value)
            for person in kind.team:
                members.add_member(tx, WORKSPACE, project.id, user_id=person)
            made[kind.slug] = get_project(tx, WORKSPACE, project.id)
    return made

"""Of which projects the bot tells whom by itself."""

import pytest

from bot.services.rights import may_be_told
from storage.channels import join_channel
from storage.database import Database
from tests.support.make import make_channel, make_person, make_project, make_workspace


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("C0DOCS", {"docs", "nowhere"}),
        ("C0SECRET", {"docs", "nowhere", "secret"}),
        ("U0ANA", {"docs", "nowhere", "secret"}),
        ("U0BO", {"docs", "nowhere"}),
        ("U0GUEST", {"docs"}),
        ("U0OTHERGUEST", set()),
        ("U0UNKNOWN", {"docs", "nowhere"}),
    ],
)
def test_what_is_told_follows_who_sees_it(database: Database, place: str, told: set[str]) -> None:
    with database.write() as tx:
        make_workspace(tx)
        for guest in ("U0GUEST", "U0OTHERGUEST"):
            make_person(tx, guest, is_guest=True)
        make_channel(tx, "C0SECRET", private_to=["U0ANA"])
        make_channel(tx, "C0DOCS")
        join_channel(tx, "T0TEST", "C0DOCS", "U0GUEST")
        made = [
            make_project(tx, slug="docs", channel_id="C0DOCS"),
            make_project(tx, slug="secret", channel_id="C0SECRET"),
            make_project(tx, slug="nowhere"),
        ]

        assert {each.slug for each in made if may_be_told(tx, each, place)} == told

"""One's status, chosen at the top of the page."""

import pytest
from playwright.sync_api import Page, expect

from bot.local.seed import MATEO, WANJIRU
from tests.local_browser.conftest import Town

pytestmark = pytest.mark.browser


def test_a_status_is_chosen_and_stands_beside_the_name(page: Page, town: Town) -> None:
    page.get_by_label("Your status").select_option(label="🌴 Vacationing")

    own = page.get_by_role("navigation", name="Direct messages").get_by_role("img", name="Vacationing")
    expect(own).to_have_text("🌴")
    user = town.server.workspace.users[WANJIRU]
    assert (user.status_text, user.status_emoji) == ("Vacationing", ":palm_tree:")

    page.reload()
    expect(page.get_by_label("Your status").locator("option:checked")).to_have_text("🌴 Vacationing")

    page.get_by_label("Your status").select_option(label="🙂 No status")
    expect(own).to_have_count(0)


def test_the_status_of_another_person_is_seen_as_they_wrote_it(page: Page, town: Town) -> None:
    town.server.people.set_status(MATEO, "Gone <b>fishing</b>", ":no_such_emoji:")

    shown = page.get_by_role("navigation", name="Direct messages").get_by_role("img")
    expect(shown).to_have_text("💬")
    expect(shown).to_have_attribute("title", "Gone <b>fishing</b>")

"""Modals as somebody fills them in, in Chromium."""

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.local.seed import JMTE, MATEO, SOFIA, WANJIRU
from tests.local_browser.conftest import Town
from tests.local_browser.hands import COMPOSER, run

pytestmark = pytest.mark.browser


def every_input(page: Page) -> Locator:
    run(page, "/project every")
    dialog = page.get_by_role("dialog", name="Every input")
    expect(dialog).to_be_visible()
    return dialog


def fill_in(dialog: Locator) -> None:
    dialog.get_by_role("textbox", name="Name").fill("Tides")
    dialog.get_by_role("textbox", name="Strategic goal").fill("Two\nlines")
    dialog.get_by_role("spinbutton", name="Per cent").fill("40")
    dialog.get_by_role("combobox", name="Status").select_option(label="At risk")
    dialog.get_by_role("combobox", name="Owner").select_option(label="Mateo Quispe")
    dialog.get_by_role("combobox", name="Channel", exact=True).select_option(label="🔒 stewards")
    dialog.get_by_role("checkbox", name="Friday").check()
    dialog.get_by_role("radio", name="Weekly").check()


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").click()


def test_every_input_is_heard_as_slack_says_it(page: Page, town: Town) -> None:
    dialog = every_input(page)
    fill_in(dialog)
    dialog.get_by_role("button", name="Members").click()
    dialog.get_by_role("checkbox", name="Sofia Lindqvist").check()
    page.keyboard.press("Escape")
    dialog.get_by_role("textbox", name="Page").fill("https://example.org/tides")
    dialog.get_by_role("textbox", name="Address").fill("tides@example.org")
    save(dialog)
    expect(dialog).to_be_hidden()
    held = {name: next(iter(block.values())) for name, block in town.app.submitted.items()}
    assert held["name"]["value"] == "Tides"
    assert held["goal"]["value"] == "Two\nlines"
    assert held["share"]["value"] == "40"
    assert held["status"]["selected_option"]["value"] == "at_risk"
    assert held["owner"]["selected_user"] == MATEO
    assert held["members"]["selected_users"] == [SOFIA]
    assert held["channel"]["selected_conversation"] == "C0STEWARDS1"
    assert held["due"]["selected_date"] == "2026-12-24"
    assert held["time"]["selected_time"] == "09:30"
    assert [one["value"] for one in held["days"]["selected_options"]] == ["fri"]
    assert held["rhythm"]["selected_option"]["value"] == "w"
    assert held["page"]["value"] == "https://example.org/tides"
    assert held["mail"]["value"] == "tides@example.org"
    [submission] = town.app.of_type("view_submission")
    assert submission["view"]["private_metadata"] == "kept"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(page: Page) -> None:
    dialog = every_input(page)
    fill_in(dialog)
    dialog.get_by_role("combobox", name="Project").press_sequentially("hubs")
    dialog.get_by_role("option", name="All about hubs").click()
    name = dialog.get_by_role("textbox", name="Name")
    name.fill("taken")
    dialog.get_by_role("spinbutton", name="Per cent").fill("140")
    save(dialog)
    share = dialog.get_by_role("spinbutton", name="Per cent")
    expect(share).to_have_accessible_description("Must be no more than 100.")
    expect(share).to_be_focused()
    share.fill("40")
    save(dialog)
    expect(name).to_have_accessible_description("This name is taken.")
    expect(name).to_be_focused()
    expect(dialog.get_by_role("combobox", name="Owner")).to_have_accessible_description(
        "Mateo has left the project."
    )
    expect(share).to_have_accessible_description("")
    expect(dialog.get_by_role("textbox", name="Strategic goal")).to_have_value("Two\nlines")
    expect(dialog.get_by_role("combobox", name="Project")).to_have_value("All about hubs")
    expect(dialog.get_by_role("checkbox", name="Friday")).to_be_checked()


def test_a_hint_and_what_is_needed_are_said_to_who_cannot_see(page: Page) -> None:
    dialog = every_input(page)
    goal = dialog.get_by_role("textbox", name="Strategic goal")
    expect(goal).to_have_accessible_description("One sentence that a stranger would understand.")
    expect(goal).to_have_attribute("aria-required", "true")
    expect(dialog.get_by_role("combobox", name="Project")).not_to_have_attribute("aria-required", "true")


def test_several_are_found_chosen_and_taken_away_by_keyboard(page: Page, town: Town) -> None:
    dialog = every_input(page)
    fill_in(dialog)
    box = dialog.get_by_role("combobox", name="Related")
    box.focus()
    expect(dialog.get_by_role("option", name="Tides")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    box.press_sequentially("hubs")
    expect(dialog.get_by_role("option", name="All about hubs")).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Remove Tides")).to_be_visible()
    box.press_sequentially("docs")
    expect(dialog.get_by_role("option", name="All about docs")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    expect(dialog.get_by_role("button", name="Remove All about docs")).to_have_count(0)
    save(dialog)
    expect(dialog).to_be_hidden()
    chosen = town.app.submitted["related"]["related"]["selected_options"]
    assert [option["value"] for option in chosen] == ["tides", "hubs"]


def test_what_is_found_lies_over_the_edge_of_a_short_modal(page: Page) -> None:
    run(page, "/project short")
    dialog = page.get_by_role("dialog", name="Short")
    dialog.get_by_role("combobox", name="Any").click()
    option = dialog.get_by_role("option").last
    expect(option).to_be_visible()

    # A click that something else would take, as where the modal cut the list off, waits and fails.
    option.click()

    expect(dialog.get_by_role("combobox", name="Any")).not_to_have_value("")


def test_who_comes_back_to_a_view_is_where_they_were(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 320})
    run(page, "/project first")
    page.get_by_role("button", name="Second").press("Enter")
    expect(page.get_by_role("dialog", name="Second")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="First")).to_be_visible()
    expect(page.get_by_role("button", name="Second")).to_be_focused()


def test_words_that_stand_for_nothing_are_not_kept(page: Page, town: Town) -> None:
    dialog = every_input(page)
    box = dialog.get_by_role("combobox", name="Project")
    box.press_sequentially("h")
    expect(dialog.get_by_role("listbox").get_by_text("Type 1 more to search")).to_be_visible()
    assert town.app.of_type("block_suggestion") == [], "shorter than the app wants"
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    page.keyboard.press("Tab")
    expect(box).to_have_value("")


def test_tab_stays_in_the_modal(page: Page) -> None:
    run(page, "/project first")
    dialog = page.get_by_role("dialog", name="First")
    expect(dialog.get_by_role("textbox", name="What")).to_be_focused()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(7):
            page.keyboard.press(key)
            expect(dialog.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name=COMPOSER)).to_be_focused()


def test_three_are_stacked_and_escape_takes_one_after_the_other(page: Page, town: Town) -> None:
    run(page, "/project first")
    first = page.get_by_role("dialog", name="First")
    first.get_by_role("textbox", name="What").fill("kept below")
    for name in ("Second", "Third"):
        page.get_by_role("button", name=name).press("Enter")
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
    assert len(town.server.workspace.modals[WANJIRU]) == 3
    for name in ("Second", "First"):
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
    expect(first.get_by_role("textbox", name="What")).to_have_value("kept below")
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    assert WANJIRU not in town.server.workspace.modals


def test_clearing_closes_all_of_them(page: Page) -> None:
    run(page, "/project first")
    for name in ("Second", "Third"):
        page.get_by_role("button", name=name).click()
    third = page.get_by_role("dialog", name="Third")
    third.get_by_role("textbox", name="Last word").fill("done")
    third.get_by_role("button", name="Save").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_app_puts_another_view_in_its_place(page: Page) -> None:
    run(page, "/project first")
    first = page.get_by_role("dialog", name="First")
    first.get_by_role("textbox", name="What").fill("go on")
    first.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Second")).to_be_visible()


def test_enter_in_a_field_tells_the_app_which_changes_the_view(page: Page, town: Town) -> None:
    run(page, "/project first")
    first = page.get_by_role("dialog", name="First")
    first.get_by_role("textbox", name="What").fill("a name")
    page.keyboard.press("Enter")
    named = page.get_by_role("dialog", name="Named")
    expect(named.get_by_role("textbox", name="What")).to_have_value("a name")
    [payload] = town.app.of_type("block_actions")
    assert payload["actions"][0]["value"] == "a name"
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
    assert payload["view"]["state"]["values"]["first"]["first"]["value"] == "a name"
    assert not {"response_url", "message", "channel"} & payload.keys()


def test_an_app_can_listen_to_what_is_being_typed(page: Page, town: Town) -> None:
    run(page, "/project first")
    page.get_by_role("button", name="Second").click()
    live = page.get_by_role("dialog", name="Second").get_by_role("textbox", name="Live")
    with page.expect_response(lambda answer: '"live"' in (answer.request.post_data or "")):
        live.press_sequentially("tide")
    assert town.app.actions[-1]["action_id"] == "live"
    assert str(town.app.actions[-1]["value"]).startswith("t")
    expect(live).to_have_value("tide")


def test_closing_is_told_to_an_app_that_asked(page: Page, town: Town) -> None:
    dialog = every_input(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    [closed] = town.app.of_type("view_closed")
    assert (closed["view"]["callback_id"], closed["is_cleared"]) == ("every", False)


def test_a_menu_in_a_message_is_filled_by_the_app(page: Page, town: Town) -> None:
    element = {"type": "external_select", "action_id": "project", "min_query_length": 1}
    blocks = [{"type": "actions", "block_id": "row", "elements": [element]}]
    assert town.app.client
    town.app.client.chat_postMessage(channel=JMTE, text="Which?", blocks=blocks)
    page.get_by_role("article").last.get_by_role("combobox").press_sequentially("hubs")
    with page.expect_response("**/browser/press"):
        page.get_by_role("option", name="All about hubs").click()
    assert town.app.actions[0]["selected_option"]["value"] == "hubs"

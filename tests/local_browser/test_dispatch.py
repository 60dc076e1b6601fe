"""Inputs that tell the app at once what was chosen, and the form that it then changes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.local_browser.conftest import Town
from tests.local_browser.hands import run

pytestmark = pytest.mark.browser


def open_schedule(page: Page) -> Locator:
    run(page, "/project schedule jmte")
    dialog = page.get_by_role("dialog", name="Schedule")
    expect(dialog).to_contain_text("Next: weekly at 09:30 in nowhere")
    return dialog


def test_a_menu_in_an_input_tells_at_once_and_keeps_what_was_typed(page: Page, town: Town) -> None:
    dialog = open_schedule(page)
    dialog.get_by_role("textbox", name="Note").fill("after the call")
    dialog.get_by_role("combobox", name="How often").select_option(label="Monthly")
    expect(dialog).to_contain_text("Next: monthly at 09:30 in nowhere")
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("after the call")
    [payload] = town.app.of_type("block_actions")
    [action] = payload["actions"]
    assert (action["type"], action["action_id"], action["block_id"]) == ("static_select", "rhythm", "rhythm")
    assert action["selected_option"]["value"] == "monthly"
    values = payload["view"]["state"]["values"]
    assert values["rhythm"]["rhythm"]["selected_option"]["value"] == "monthly"
    assert values["at"]["at"] == {"type": "timepicker", "selected_time": "09:30"}
    assert values["note"]["note"] == {"type": "plain_text_input", "value": "after the call"}


def test_a_menu_beside_a_section_tells_at_once(page: Page, town: Town) -> None:
    dialog = open_schedule(page)
    dialog.get_by_role("combobox", name="Zone").select_option(label="Nairobi")
    expect(dialog).to_contain_text("in Nairobi")
    values = town.app.of_type("block_actions")[0]["view"]["state"]["values"]
    assert values["zone"]["zone"]["selected_option"]["value"] == "Nairobi"


def test_a_time_is_told_when_it_is_typed_out(page: Page, town: Town) -> None:
    dialog = open_schedule(page)
    box = dialog.get_by_label("At")
    box.focus()
    page.keyboard.type("0415PM")
    expect(box).to_have_value("16:15")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("at 16:15")
    assert [action["selected_time"] for action in town.app.actions] == ["16:15"]
    expect(dialog).to_be_visible()
    expect(box).to_be_focused()


def test_a_time_is_told_when_one_goes_on(page: Page, town: Town) -> None:
    dialog = open_schedule(page)
    dialog.get_by_label("At").fill("16:30")
    dialog.get_by_role("textbox", name="Note").fill("in the afternoon")
    expect(dialog).to_contain_text("at 16:30")
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("in the afternoon")
    assert [action["selected_time"] for action in town.app.actions] == ["16:30"]


def test_a_form_that_is_saved_with_a_new_time_has_it(page: Page, town: Town) -> None:
    dialog = open_schedule(page)
    dialog.get_by_role("combobox", name="How often").select_option(label="Weekly")
    dialog.get_by_label("At").fill("17:00")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    assert town.app.submitted["at"]["at"]["selected_time"] == "17:00"


def test_a_time_is_told_when_one_waits(page: Page) -> None:
    dialog = open_schedule(page)
    dialog.get_by_label("At").fill("16:45")
    expect(dialog).to_contain_text("at 16:45")

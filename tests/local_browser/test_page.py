"""The page as somebody uses it, in Chromium."""

import pytest
from playwright.sync_api import Page, Route, expect

from bot.local.seed import DOCS, GENERAL, JMTE, MATEO, SOFIA, WANJIRU
from tests.local_browser.conftest import Town
from tests.local_browser.hands import COMPOSER, newest, run, wait_until_live, write

pytestmark = pytest.mark.browser


def test_say_something_and_see_it(page: Page) -> None:
    run(page, "hello *all*")
    message = page.get_by_role("article").last
    expect(message).to_contain_text("hello all")
    expect(message.locator("strong")).to_have_text("all")
    expect(page.get_by_role("textbox", name=COMPOSER)).to_have_value("")


def test_what_others_say_arrives_and_typing_is_undisturbed(page: Page, town: Town) -> None:
    write(page, "I was about to")
    town.server.people.say(MATEO, JMTE, "Storage is ready")
    expect(page.get_by_role("article").last).to_contain_text("Storage is ready")
    box = page.get_by_role("textbox", name=COMPOSER)
    expect(box).to_have_value("I was about to")
    expect(box).to_be_focused()


def test_a_command_is_completed_and_run(page: Page) -> None:
    write(page, "/")
    options = page.get_by_role("listbox", name="Completions").get_by_role("option")
    expect(options).to_have_count(5)
    expect(options.first).to_contain_text("/project")
    page.keyboard.press("Tab")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name=COMPOSER)
    expect(box).to_have_value("/project show ")
    expect(page.get_by_role("listbox", name="Completions")).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("<project>")
    write(page, "jmte")
    page.keyboard.press("Enter")
    answer = page.get_by_role("article").last
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Jackson Memorial Tidal Experiment")


def test_people_channels_and_emoji_are_completed(page: Page) -> None:
    for typed, whole in (("@lei", "@leilani "), ("#gen", "#general "), (":tada", ":tada: ")):
        box = page.get_by_role("textbox", name=COMPOSER)
        box.fill("")
        write(page, f"so {typed}")
        expect(page.get_by_role("listbox", name="Completions")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox", name="Completions")).to_be_hidden()
        page.keyboard.press("Backspace")
        page.keyboard.press("Tab")
        expect(box).to_have_value(f"so {whole}")


def test_a_button_is_pressed(page: Page, town: Town) -> None:
    run(page, "/project show jmte")
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_role("button", name="Still true")).not_to_have_attribute("aria-busy", "true")
    assert [action["action_id"] for action in town.app.actions] == ["still_true"]


def test_a_button_that_is_pressed_before_the_script_is_there_is_pressed_then(page: Page, town: Town) -> None:
    run(page, "/project show jmte")
    expect(page.get_by_role("button", name="Still true")).to_be_visible()
    held: list[Route] = []
    page.route(
        "**/static/page.js",
        lambda route: held.append(route),  # noqa: PLW0108 - Playwright marks it, and a list's method takes no mark
    )
    page.goto(page.url, wait_until="commit")
    page.get_by_role("button", name="Still true").click()
    assert town.app.actions == []
    with page.expect_response("**/browser/press"):
        held[0].continue_()

    wait_until_live(page)
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_role("alertdialog", name="Drop this outcome?")).to_be_visible()
    assert [action["action_id"] for action in town.app.actions] == ["still_true"]


def test_a_confirmation_is_asked_for(page: Page, town: Town) -> None:
    run(page, "/project show jmte")
    page.get_by_role("button", name="Drop it").click()
    dialog = page.get_by_role("alertdialog", name="Drop this outcome?")
    expect(dialog).to_contain_text("Nobody will be asked")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_be_hidden()
    assert town.app.actions == []
    page.get_by_role("button", name="Drop it").click()
    with page.expect_response("**/browser/press"):
        dialog.get_by_role("button", name="Drop").click()
    assert [action["action_id"] for action in town.app.actions] == ["drop"]


def test_menus_choose(page: Page, town: Town) -> None:
    run(page, "/project show jmte")
    with page.expect_response("**/browser/press"):
        page.get_by_role("combobox", name="Update status").select_option(label="🔴 Off track")
    page.get_by_role("article").last.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem", name="Edit record")).to_be_focused()
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/browser/press"):
        page.keyboard.press("Enter")
    chosen = [action["selected_option"]["value"] for action in town.app.actions]
    assert chosen == ["off_track", "archive"]


def test_a_modal_keeps_what_was_typed_until_it_is_right(page: Page) -> None:
    run(page, "/project edit jmte")
    dialog = page.get_by_role("dialog", name="Update an outcome")
    note = dialog.get_by_role("textbox", name="Note")
    note.fill("short")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first).to_have_text("Please complete this required field.")
    dialog.get_by_role("radio", name="At risk").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Say a little more.")).to_be_visible()
    expect(note).to_have_value("short")
    expect(note).to_have_attribute("aria-invalid", "true")
    expect(note).to_be_focused()
    note.fill("The vendor has answered.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()


def test_an_app_is_asked_for_options_and_hears_what_was_chosen(page: Page, town: Town) -> None:
    run(page, "/project edit jmte")
    dialog = page.get_by_role("dialog", name="Update an outcome")
    dialog.get_by_role("combobox", name="Project").press_sequentially("hubs")
    dialog.get_by_role("option", name="All about hubs").click()
    dialog.get_by_role("radio", name="On track").check()
    dialog.get_by_role("textbox", name="Note").fill("It works for all of them.")
    dialog.get_by_text("Choose options").click()
    dialog.get_by_role("checkbox", name="Sofia Lindqvist").check()
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Sofia Lindqvist").first).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    held = town.app.submitted
    assert held["also"]["also"]["selected_option"]["value"] == "hubs"
    assert held["people"]["people"]["selected_users"] == [SOFIA]
    assert held["status"]["status"]["selected_option"]["value"] == "on_track"


def test_escape_closes_a_modal(page: Page, town: Town) -> None:
    run(page, "/project edit jmte")
    dialog = page.get_by_role("dialog", name="Update an outcome")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert town.server.workspace.open_view(WANJIRU) is None


def test_a_thread_is_read_and_answered(page: Page, town: Town) -> None:
    ts = town.server.people.say(SOFIA, JMTE, "A question").ts
    town.server.people.say(MATEO, JMTE, "An answer", ts)
    page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("An answer")
    wait_until_live(page)
    thread.get_by_role("textbox", name="Reply to thread").fill("Thank you")
    page.keyboard.press("Enter")
    expect(thread.get_by_role("article").last).to_contain_text("Thank you")
    page.get_by_role("link", name="Close the thread").click()
    expect(page.get_by_role("link", name="2 replies")).to_be_visible()


def test_a_draft_survives_a_reload_and_other_channels(page: Page) -> None:
    write(page, "not yet said")
    page.reload()
    box = page.get_by_role("textbox", name=COMPOSER)
    expect(box).to_have_value("not yet said")
    page.get_by_role("navigation", name="Channels").get_by_role("link", name="random").click()
    expect(page.get_by_role("textbox", name="Message #random")).to_have_value("")
    page.get_by_role("navigation", name="Channels").get_by_role("link", name="proj-jmte").click()
    expect(box).to_have_value("not yet said")


def test_what_could_not_be_sent_comes_back(page: Page) -> None:
    run(page, "/nosuch thing")
    expect(page.get_by_role("alert").filter(has_text="is not a valid command")).to_be_visible()
    expect(page.get_by_role("textbox", name=COMPOSER)).to_have_value("/nosuch thing")


def test_being_somebody_else(page: Page) -> None:
    run(page, "/project show jmte")
    expect(page.get_by_text("Only visible to you")).to_be_visible()
    page.get_by_label("You are").select_option(label="Mateo Quispe")
    page.wait_for_url(f"**/client/{MATEO}/{JMTE}")
    expect(page.get_by_text("Only visible to you")).to_have_count(0)


def test_news_elsewhere_are_marked_until_they_are_read(page: Page, town: Town) -> None:
    town.server.people.say(MATEO, GENERAL, "News")
    general = page.get_by_role("navigation", name="Channels").get_by_role("link", name="general unread")
    general.click()
    expect(page.get_by_role("article").last).to_contain_text("News")
    expect(general).to_have_count(0)


def test_who_else_was_written_to_is_said(page: Page, town: Town) -> None:
    assert town.app.client
    town.app.client.chat_postMessage(channel=MATEO, text="How does *jmte* stand?")
    who = page.get_by_label("You are")
    expect(who.locator(f"option[value={MATEO}]")).to_have_text("Mateo Quispe (new message)")
    who.select_option(MATEO)
    page.wait_for_url(f"**/client/{MATEO}/{JMTE}")
    wait_until_live(page)
    unread = page.get_by_role("navigation", name="Apps").get_by_role("link", name="unread")
    unread.click()
    expect(page.get_by_role("article").last).to_contain_text("How does jmte stand?")
    wait_until_live(page)
    expect(unread).to_have_count(0)
    who.select_option(WANJIRU)
    page.wait_for_url(f"**/client/{WANJIRU}/**")
    expect(who.locator(f"option[value={MATEO}]")).to_have_text("Mateo Quispe")


def test_time_moves_on(page: Page, town: Town) -> None:
    before = town.server.workspace.clock.now()
    with page.expect_response("**/browser/clock"):
        page.get_by_role("button", name="+1 week").click()
    assert (town.server.workspace.clock.now() - before).days == 7


def test_hints_are_put_into_the_box_and_away(page: Page) -> None:
    hints = page.get_by_role("region", name="Things to try")
    hints.get_by_role("button", name="/project show jmte").click()
    expect(page.get_by_role("textbox", name=COMPOSER)).to_have_value("/project show jmte")
    hints.get_by_role("button", name="Put these hints away").click()
    page.reload()
    expect(hints).to_be_hidden()


def test_a_hint_in_a_channel_that_is_not_joined_says_why_and_waits_in_the_box(page: Page, town: Town) -> None:
    page.goto(town.page_url(WANJIRU, DOCS))
    wait_until_live(page)
    page.get_by_role("button", name="/project show jmte").click()

    expect(page.get_by_role("alert")).to_have_text(
        "Join the channel first: what you chose will be in its message box."
    )
    join = page.get_by_role("button", name="Join channel")
    expect(join).to_be_focused()
    join.click()
    expect(page.get_by_role("textbox", name="Message #proj-docs")).to_have_value("/project show jmte")


def test_what_is_pressed_stays_under_the_hand_until_it_is_let_go(page: Page, town: Town) -> None:
    wait_until_live(page)
    link = page.get_by_role("navigation", name="Apps").get_by_role("link", name="Waymark")
    link.hover()
    page.mouse.down()
    # The side bar shows who has written, so it is drawn anew.
    with page.expect_response(lambda response: "/browser/state/" in response.url) as told:
        town.server.people.say(MATEO, GENERAL, "Good morning")
    told.value.finished()
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.mouse.up()

    expect(page.get_by_role("navigation", name="App", exact=True)).to_be_visible()


def test_the_home_of_the_app(page: Page) -> None:
    page.get_by_role("navigation", name="Apps").get_by_role("link", name="Waymark").click()
    page.get_by_role("navigation", name="App", exact=True).get_by_role("link", name="Home").click()
    expect(page.get_by_role("region", name="Home")).to_contain_text("Your projects")


def test_on_a_phone_the_side_bar_folds_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    channels = page.get_by_role("navigation", name="Channels")
    expect(channels).to_be_hidden()
    page.get_by_role("button", name="Channels and people").click()
    expect(channels).to_be_visible()
    page.keyboard.press("Escape")
    expect(channels).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_a_menu_opens_within_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    run(page, "/project show jmte")
    newest(page).get_by_role("button", name="More actions").click()
    menu = page.get_by_role("menu", name="More actions")
    expect(menu).to_be_visible()

    box = menu.bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390

"""Threads, mentions, direct messages, edits, shortcuts and the app's own place, in Chromium."""

import pytest
from playwright.sync_api import Page, expect
from slack_sdk.webhook import WebhookClient

from bot.local.seed import GENERAL, JMTE, LEILANI, MATEO, RANDOM, SOFIA, STEWARDS, WANJIRU
from tests.local_browser.conftest import Town
from tests.local_browser.hands import COMPOSER, choose_in_more, newest, run, wait_until_live, write

pytestmark = pytest.mark.browser


def events_of(town: Town, kind: str) -> list[dict[str, object]]:
    assert town.server.platform.events.settle()
    return [event for event in town.app.events if event["type"] == kind]


def test_a_thread_is_begun_on_any_message(page: Page, town: Town) -> None:
    ts = town.server.people.say(SOFIA, JMTE, "A question").ts
    message = page.get_by_role("article").filter(has_text="A question")
    message.hover()
    message.get_by_role("link", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_be_visible()
    wait_until_live(page)
    thread.get_by_role("textbox", name="Reply to thread").fill("An answer")
    page.keyboard.press("Enter")
    expect(thread.get_by_role("article").last).to_contain_text("An answer")
    expect(thread.get_by_text("1 reply")).to_be_visible()
    reply = events_of(town, "message")[-1]
    assert (reply["thread_ts"], reply["parent_user_id"], reply["text"]) == (ts, SOFIA, "An answer")


def test_a_reply_is_also_sent_to_the_channel(page: Page, town: Town) -> None:
    ts = town.server.people.say(SOFIA, JMTE, "A question").ts
    page.goto(f"{town.page_url(WANJIRU, JMTE)}?thread={ts}")
    wait_until_live(page)
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("checkbox", name="Also send to #proj-jmte").check()
    thread.get_by_role("textbox", name="Reply to thread").fill("For all")
    page.keyboard.press("Enter")
    expect(newest(page)).to_contain_text("For all")
    expect(newest(page)).to_contain_text("replied to a thread")
    expect(thread.get_by_text("Also sent to the channel")).to_be_visible()
    expect(thread.get_by_role("checkbox", name="Also send to #proj-jmte")).not_to_be_checked()
    assert events_of(town, "message")[-1]["subtype"] == "thread_broadcast"


def test_commands_do_not_work_in_threads_and_say_so(page: Page, town: Town) -> None:
    ts = town.server.people.say(SOFIA, JMTE, "A question").ts
    page.goto(f"{town.page_url(WANJIRU, JMTE)}?thread={ts}")
    wait_until_live(page)
    box = page.get_by_role("textbox", name="Reply to thread")
    box.fill("/project list")
    page.keyboard.press("Enter")
    expect(page.get_by_text("/project is not supported in threads. Sorry!")).to_be_visible()
    expect(box).to_have_value("/project list")


def test_the_app_is_mentioned_and_answers_in_a_thread(page: Page, town: Town) -> None:
    write(page, "@way")
    page.keyboard.press("Tab")
    write(page, "show jmte")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="1 reply").click()
    expect(page.get_by_role("complementary", name="Thread")).to_contain_text("You called?")
    [mention] = events_of(town, "app_mention")
    assert (mention["text"], mention["channel"]) == ("<@U0WAYMARK01> show jmte", JMTE)


def test_people_and_channels_are_completed_in_a_command(page: Page, town: Town) -> None:
    write(page, "/project assign jmte 1 @mat")
    page.keyboard.press("Tab")
    write(page, "in #proj-j")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name=COMPOSER)).to_have_value(
        "/project assign jmte 1 @mateo in #proj-jmte "
    )
    page.keyboard.press("Enter")
    expect(newest(page)).to_contain_text("Only visible to you")
    assert town.app.commands == [f"assign jmte 1 <@{MATEO}|mateo> in <#{JMTE}|proj-jmte>"]


def test_ones_own_message_is_edited_and_deleted(page: Page, town: Town) -> None:
    run(page, "teh gauge")
    expect(newest(page)).to_contain_text("teh gauge")
    choose_in_more(page, newest(page), "Edit message")
    dialog = page.get_by_role("alertdialog", name="Edit message")
    dialog.get_by_role("textbox", name="Message").fill("the gauge")
    dialog.get_by_role("button", name="Save").click()
    expect(newest(page)).to_contain_text("the gauge (edited)")
    choose_in_more(page, newest(page), "Delete message")
    page.get_by_role("alertdialog", name="Delete message").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("the gauge")).to_have_count(0)
    subtypes = [event.get("subtype") for event in events_of(town, "message")]
    assert sorted(map(str, subtypes)) == ["None", "message_changed", "message_deleted"]


def test_an_edit_that_fails_is_not_lost(page: Page, town: Town) -> None:
    run(page, "to be gone")
    expect(newest(page)).to_contain_text("to be gone")
    ts = town.server.workspace.messages[JMTE][-1].ts
    choose_in_more(page, newest(page), "Edit message")
    dialog = page.get_by_role("alertdialog", name="Edit message")
    dialog.get_by_role("textbox", name="Message").fill("a long and careful text")
    town.server.people.delete(WANJIRU, JMTE, ts)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Message")).to_have_value("a long and careful text")


def test_a_message_is_saved_by_a_shortcut(page: Page, town: Town) -> None:
    town.server.people.say(MATEO, JMTE, "Storage is agreed")
    choose_in_more(page, page.get_by_role("article").filter(has_text="Storage is agreed"), "Save as status")
    dialog = page.get_by_role("dialog", name="Save as status update")
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("Storage is agreed")
    [payload] = town.app.of_type("message_action")
    assert (payload["callback_id"], payload["message"]["user"]) == ("save_update", MATEO)


def test_a_global_shortcut_is_run_from_the_composer_by_keyboard(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Shortcuts").press("Enter")
    expect(page.get_by_role("menuitem", name="New project")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="First")).to_be_visible()
    assert [payload["callback_id"] for payload in town.app.of_type("shortcut")] == ["new_project"]


def test_a_message_is_found_again_by_its_link(page: Page, town: Town) -> None:
    ts = town.server.people.say(MATEO, GENERAL, "Look here").ts
    assert town.app.client
    link = town.app.client.chat_getPermalink(channel=GENERAL, message_ts=str(ts))["permalink"]
    run(page, f"see {link}")
    newest(page).get_by_role("link", name="http").click()
    page.wait_for_url(f"**/client/{WANJIRU}/{GENERAL}?message={ts}")
    expect(page.locator(f'[data-ts="{ts}"].linked')).to_be_visible()
    page.goto(link)
    expect(page.locator(f'[data-ts="{ts}"]')).to_contain_text("Look here")


def test_the_home_tab_is_opened_drawn_and_pressed(page: Page, town: Town) -> None:
    page.get_by_role("navigation", name="Apps").get_by_role("link", name="Waymark").click()
    # A page says what it shows when it is there, and not before.
    page.locator("body[data-live]").wait_for()
    page.get_by_role("navigation", name="App", exact=True).get_by_role("link", name="Home").click()
    home = page.get_by_role("region", name="Home")
    home.get_by_role("button", name="Update").click()
    expect(home).to_contain_text("jmte: 1 updates today.")
    home.get_by_role("button", name="Update").click()
    expect(home).to_contain_text("jmte: 2 updates today.")
    payload = town.app.of_type("block_actions")[0]
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
    assert payload["view"]["type"] == "home"
    assert "response_url" not in payload
    home.get_by_role("button", name="New project").click()
    expect(page.get_by_role("dialog", name="First")).to_be_visible()
    tabs = {event["tab"] for event in events_of(town, "app_home_opened")}
    assert tabs == {"home", "messages"}


def test_the_app_is_written_to_directly(page: Page, town: Town) -> None:
    page.get_by_role("navigation", name="Apps").get_by_role("link", name="Waymark").click()
    expect(page.get_by_role("textbox", name="Message Waymark")).to_be_visible()
    wait_until_live(page)
    page.get_by_role("textbox", name="Message Waymark").fill("show jmte")
    page.keyboard.press("Enter")
    expect(newest(page)).to_contain_text("show jmte")
    [event] = events_of(town, "message")
    assert (event["channel_type"], event["text"]) == ("im", "show jmte")


def test_a_private_channel_is_made_and_the_app_invited(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Create a channel").click()
    dialog = page.get_by_role("alertdialog", name="Create a channel")
    dialog.get_by_role("checkbox", name="Private").check()
    dialog.get_by_role("textbox", name="Name").fill("general")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("That name is already taken by a channel.")
    expect(dialog.get_by_role("checkbox", name="Private")).to_be_checked()
    dialog.get_by_role("textbox", name="Name").fill("Tide money")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Message #tide-money")
    expect(box).to_be_visible()
    wait_until_live(page)
    box.fill("/invite @waymark")
    page.keyboard.press("Enter")
    expect(newest(page)).to_contain_text("@Waymark has joined the channel")
    channel = town.server.workspace.channel_named("tide-money")
    assert channel
    assert channel.is_private
    joined = events_of(town, "member_joined_channel")
    assert [(event["channel"], event["inviter"]) for event in joined] == [(channel.id, WANJIRU)]


def test_who_leaves_a_channel_can_no_longer_write_there(page: Page) -> None:
    run(page, "/leave")
    expect(page.get_by_role("button", name="Join channel")).to_be_visible()
    page.get_by_role("button", name="Join channel").click()
    expect(page.get_by_role("textbox", name=COMPOSER)).to_be_visible()


def test_a_guest_sees_their_own_channels_and_nothing_else(page: Page, town: Town) -> None:
    page.goto(town.page_url(LEILANI, RANDOM))
    channels = page.get_by_role("navigation", name="Channels").get_by_role("link")
    expect(channels).to_have_count(2)
    expect(page.get_by_text("Guest", exact=True)).to_be_visible()
    page.goto(town.page_url(LEILANI, GENERAL))
    expect(page.get_by_role("textbox", name="Message #random")).to_be_visible()
    page.goto(town.page_url(MATEO, STEWARDS))
    expect(page.get_by_role("link", name="stewards")).to_have_count(0)


def test_an_answer_is_replaced_and_taken_away_through_its_address(page: Page, town: Town) -> None:
    run(page, "/project show jmte")
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_role("button", name="Still true")).not_to_have_attribute("aria-busy", "true")
    address = WebhookClient(town.app.of_type("block_actions")[0]["response_url"])
    address.send(text="Checked just now", replace_original=True)
    expect(newest(page)).to_contain_text("Checked just now")
    expect(page.get_by_role("button", name="Still true")).to_have_count(0)
    address.send(delete_original=True)
    expect(page.get_by_text("Checked just now")).to_have_count(0)


def test_an_answer_for_one_person_is_shown_in_its_thread_and_replaced(page: Page, town: Town) -> None:
    people, client = town.server.people, town.app.client
    assert client
    ts = str(people.say(SOFIA, JMTE, "A question").ts)
    people.say(MATEO, JMTE, "An answer", ts)
    client.chat_postEphemeral(channel=JMTE, user=WANJIRU, thread_ts=ts, text="For you alone")
    said = client.chat_postMessage(channel=JMTE, thread_ts=ts, text="Before")
    page.goto(f"{town.page_url(WANJIRU, JMTE)}?thread={ts}")
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("article").filter(has_text="For you alone")).to_contain_text(
        "Only visible to you"
    )
    client.chat_update(channel=JMTE, ts=said["ts"], text="After")
    expect(thread.get_by_text("After")).to_be_visible()
    client.reactions_add(channel=JMTE, timestamp=said["ts"], name="tada")
    expect(thread.get_by_role("button", name="1", pressed=False)).to_be_visible()
    expect(page.get_by_role("log", name="Messages").get_by_text("For you alone")).to_have_count(0)

"""What a prompt and the answers to it need: threads, files, reactions, edits, and channels that close."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.local.seed import BOT, JMTE, MATEO, PRIYA, SOFIA, WANJIRU
from tests.local_browser.conftest import Town
from tests.local_browser.hands import COMPOSER, choose_in_more, newest, wait_until_live
from tests.local_browser.pieces import CONFIRM, Json, option, plain
from tests.local_browser.small_forms import button

pytestmark = pytest.mark.browser

PROMPT: list[Json] = [
    {"type": "section", "block_id": "count", "text": plain("0 of 6 answered")},
    {"type": "actions", "block_id": "row", "elements": [button("Everything still true", "still_true")]},
]


def client_of(town: Town) -> WebClient:
    assert town.app.client
    return town.app.client


def open_thread(page: Page, town: Town, ts: str) -> Locator:
    page.goto(f"{town.page_url(WANJIRU, JMTE)}?thread={ts}")
    wait_until_live(page)
    return page.get_by_role("complementary", name="Thread")


def subtypes(town: Town) -> list[str]:
    assert town.server.platform.events.settle()
    return [str(event.get("subtype")) for event in town.app.events if event["type"] == "message"]


def test_a_prompt_is_updated_at_once_in_the_channel_and_in_its_thread(page: Page, town: Town) -> None:
    client = client_of(town)
    ts = str(client.chat_postMessage(channel=JMTE, text="How does jmte stand?", blocks=PROMPT)["ts"])
    people = town.server.people
    people.say(MATEO, JMTE, "1 done", ts)
    people.say(SOFIA, JMTE, "2 at risk", ts)
    thread = open_thread(page, town, ts)
    log = page.get_by_role("log", name="Messages")
    expect(log.get_by_role("link", name="2 replies")).to_be_visible()
    answered = [{**PROMPT[0], "text": plain("2 of 6 answered")}, PROMPT[1]]
    client.chat_update(channel=JMTE, ts=ts, text="How does jmte stand?", blocks=answered)
    expect(log.get_by_text("2 of 6 answered")).to_be_visible()
    expect(thread.get_by_text("2 of 6 answered")).to_be_visible()
    expect(thread.get_by_text("(edited)")).to_have_count(0)
    people.say(MATEO, JMTE, "3 done", ts)
    expect(log.get_by_role("link", name="3 replies")).to_be_visible()
    expect(thread.get_by_text("3 replies")).to_be_visible()


def test_what_the_app_deletes_is_gone_at_once(page: Page, town: Town) -> None:
    client = client_of(town)
    ts = str(client.chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    reminder = client.chat_postMessage(channel=JMTE, thread_ts=ts, text="Two have not answered yet.")
    thread = open_thread(page, town, ts)
    expect(thread.get_by_text("Two have not answered yet.")).to_be_visible()
    client.chat_delete(channel=JMTE, ts=reminder["ts"])
    expect(thread.get_by_text("Two have not answered yet.")).to_have_count(0)
    expect(page.get_by_role("link", name="1 reply")).to_have_count(0)


def test_a_question_to_one_person_is_answered_in_the_thread(page: Page, town: Town) -> None:
    client = client_of(town)
    ts = str(client.chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    town.server.people.say(WANJIRU, JMTE, "the docs one is done", ts)
    blocks = [{"type": "actions", "elements": [button("1 Docs", "pick"), button("2 Hub", "pick_2")]}]
    client.chat_postEphemeral(channel=JMTE, user=WANJIRU, thread_ts=ts, text="Which?", blocks=blocks)
    thread = open_thread(page, town, ts)
    expect(thread.get_by_text("1 reply")).to_be_visible()
    with page.expect_response("**/browser/press"):
        thread.get_by_role("button", name="1 Docs").click()
    [payload] = town.app.of_type("block_actions")
    assert payload["container"]["thread_ts"] == ts
    assert payload["container"]["is_ephemeral"] is True
    address = WebhookClient(payload["response_url"])
    address.send(text="Outcome 1 is done.", replace_original=True)
    expect(thread.get_by_role("article").last).to_contain_text("Outcome 1 is done.")
    expect(thread.get_by_role("article").last).to_contain_text("Only visible to you")
    address.send_dict({"text": "And thank you.", "thread_ts": ts, "replace_original": False})
    expect(thread.get_by_role("article").last).to_contain_text("And thank you.")
    address.send(delete_original=True)
    expect(thread.get_by_text("Outcome 1 is done.")).to_have_count(0)
    expect(page.get_by_role("log", name="Messages").get_by_text("And thank you.")).to_have_count(0)


def test_a_message_to_one_person_in_a_thread_that_nobody_began_is_not_shown(page: Page, town: Town) -> None:
    client = client_of(town)
    ts = str(client.chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    client.chat_postEphemeral(channel=JMTE, user=WANJIRU, thread_ts=ts, text="Too early")
    thread = open_thread(page, town, ts)
    expect(thread.get_by_role("article")).to_have_count(1)
    town.server.people.say(MATEO, JMTE, "1 done", ts)
    expect(thread.get_by_text("Too early")).to_be_visible()


def test_a_reply_is_edited_and_deleted_in_its_thread(page: Page, town: Town) -> None:
    ts = str(client_of(town).chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    town.server.people.say(WANJIRU, JMTE, "1 done", ts)
    thread = open_thread(page, town, ts)
    reply = thread.get_by_role("article").last
    choose_in_more(page, reply, "Edit message")
    dialog = page.get_by_role("alertdialog", name="Edit message")
    dialog.get_by_role("textbox", name="Message").fill("")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("A message cannot be empty. To take it away, delete it.")
    dialog.get_by_role("textbox", name="Message").fill("1 at risk")
    dialog.get_by_role("button", name="Save").click()
    expect(reply).to_contain_text("1 at risk (edited)")
    choose_in_more(page, reply, "Delete message")
    page.get_by_role("alertdialog", name="Delete message").get_by_role("button", name="Delete").click()
    expect(thread.get_by_role("article")).to_have_count(1)
    assert subtypes(town)[-2:] == ["message_changed", "message_deleted"]


def test_a_check_mark_of_the_app_and_of_people_is_counted_live(page: Page, town: Town) -> None:
    client, people = client_of(town), town.server.people
    ts = str(people.say(MATEO, JMTE, "1 done").ts)
    message = page.get_by_role("article").filter(has_text="1 done")
    client.reactions_add(channel=JMTE, timestamp=ts, name="white_check_mark")
    pill = message.locator(".reaction")
    expect(pill).to_have_text("✅ 1")
    pill.click()
    expect(pill).to_have_text("✅ 2")
    expect(pill).to_have_attribute("aria-pressed", "true")
    client.reactions_remove(channel=JMTE, timestamp=ts, name="white_check_mark")
    expect(pill).to_have_text("✅ 1")
    people.react(SOFIA, JMTE, ts, "palm_tree")
    expect(pill.last).to_have_text("🌴 1")


def test_a_file_is_attached_with_a_comment_in_a_thread(page: Page, town: Town, tmp_path: Path) -> None:
    ts = str(client_of(town).chat_postMessage(channel=JMTE, text="How does jmte stand?")["ts"])
    thread = open_thread(page, town, ts)
    notes = tmp_path / "gauge notes.txt"
    notes.write_text("On the east quay.")
    thread.get_by_label("File to attach").set_input_files(notes)
    expect(thread.get_by_text("gauge notes.txt")).to_be_visible()
    thread.get_by_role("button", name="Take the file away").click()
    expect(thread.get_by_text("gauge notes.txt")).to_be_hidden()
    thread.get_by_label("File to attach").set_input_files(notes)
    thread.get_by_role("textbox", name="Reply to thread").fill("1 done, see the notes")
    page.keyboard.press("Enter")
    reply = thread.get_by_role("article").last
    expect(reply).to_contain_text("1 done, see the notes")
    expect(reply.get_by_role("link", name="gauge notes.txt")).to_be_visible()
    assert subtypes(town)[-1] == "file_share"
    assert town.server.workspace.messages[JMTE][-1].files[0].content == b"On the east quay."


def test_a_file_without_a_comment_gets_one_later(page: Page, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("On the east quay.")
    page.get_by_label("File to attach").set_input_files(notes)
    page.get_by_role("button", name="Send").click()
    expect(newest(page).get_by_role("link", name="notes.txt")).to_be_visible()
    choose_in_more(page, newest(page), "Edit message")
    dialog = page.get_by_role("alertdialog", name="Edit message")
    dialog.get_by_role("textbox", name="Message").fill("1 done, see here")
    dialog.get_by_role("button", name="Save").click()
    expect(newest(page)).to_contain_text("1 done, see here")
    expect(newest(page)).to_contain_text("(edited)")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"0" * 1_500_000)
    page.get_by_label("File to attach").set_input_files(film)
    expect(page.get_by_role("alert")).to_contain_text("“film.mp4” is too large")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()


def test_a_channel_is_archived_and_opened_again(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Channel actions").click()
    page.get_by_role("menuitem", name="Archive channel").click()
    dialog = page.get_by_role("alertdialog", name="Archive this channel")
    dialog.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_text("This channel is archived.")).to_be_visible()
    assert town.server.workspace.channels[JMTE].is_archived
    wait_until_live(page)
    page.get_by_role("button", name="Channel actions").click()
    page.get_by_role("menuitem", name="Unarchive channel").click()
    expect(page.get_by_role("textbox", name=COMPOSER)).to_be_visible()


def test_the_app_is_taken_out_of_a_channel_and_brought_back(page: Page, town: Town) -> None:
    members = town.server.workspace.channels[JMTE].members
    page.get_by_role("button", name="Channel actions").click()
    page.get_by_role("menuitem", name="Remove Waymark").click()
    expect(newest(page)).to_contain_text("@Waymark has left the channel")
    assert BOT.user_id not in members
    page.get_by_role("button", name="Channel actions").click()
    page.get_by_role("menuitem", name="Add Waymark").click()
    expect(newest(page)).to_contain_text("@Waymark has joined the channel")
    assert BOT.user_id in members


def test_an_open_menu_stays_open_at_its_item_when_its_channel_changes(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Channel actions").click()
    page.keyboard.press("ArrowDown")
    leaving = page.get_by_role("menuitem", name="Leave channel")
    expect(leaving).to_be_focused()
    before = len(town.server.workspace.channels[JMTE].members)
    assert town.server.people.join(PRIYA, JMTE).ok
    expect(page.get_by_text(f"{before + 1} members")).to_be_visible()
    expect(leaving).to_be_focused()
    page.get_by_role("menuitem", name="Remove Waymark").click()
    expect(newest(page)).to_contain_text("@Waymark has left the channel")


def test_a_menu_at_the_side_of_a_section_asks_first(page: Page, town: Town) -> None:
    options = [option("Snooze until tomorrow", "1"), option("Skip this round", "skip")]
    menu = {"type": "overflow", "action_id": "more", "options": options, "confirm": CONFIRM}
    blocks = [{"type": "section", "text": plain("How does jmte stand?"), "accessory": menu}]
    client_of(town).chat_postMessage(channel=JMTE, text="How does jmte stand?", blocks=blocks)
    dialog = page.get_by_role("alertdialog", name="Sure?")
    for answer in ("No", "Yes"):
        newest(page).get_by_role("button", name="More actions", exact=True).click()
        page.get_by_role("menuitem", name="Skip this round").click()
        assert town.app.actions == []
        if answer == "No":
            dialog.get_by_role("button", name=answer).click()
            expect(dialog).to_be_hidden()
    with page.expect_response("**/browser/press"):
        dialog.get_by_role("button", name="Yes").click()
    assert [one["selected_option"]["value"] for one in town.app.actions] == ["skip"]

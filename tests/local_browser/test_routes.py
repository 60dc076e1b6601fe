from datetime import timedelta

import pytest

from bot.local.model import File, Message, View
from bot.local.seed import DOCS, GENERAL, JMTE, LEILANI, MATEO, SOFIA, STEWARDS, TOMASZ, WANJIRU
from tests.local_browser.asking import act, post, show, tell
from tests.local_browser.conftest import Site


def test_the_front_door_leads_to_a_person_in_a_channel(site: Site) -> None:
    response = site.client.get("/")
    assert response.status_code == 302
    assert site.client.get(response.location).status_code == 200


def test_the_page_asks_no_other_host_and_runs_only_its_own_files(site: Site) -> None:
    response = site.client.get(f"/client/{WANJIRU}/{JMTE}")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    html = response.text
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick" not in html
    for part in html.split("<script")[1:]:
        assert part.startswith(
            (' type="module" src="/browser/static/', ' src="/browser/static/', ' type="application/json"')
        )


@pytest.mark.parametrize("name", ["page.css", "blocks.css", "page.js", "live.js", "emoji.json", "icon.svg"])
def test_the_files_of_the_page_are_served(name: str, site: Site) -> None:
    with site.client.get(f"/browser/static/{name}") as response:
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_what_tests_and_screen_readers_hold_on_to(site: Site) -> None:
    html = show(site)
    for part in (
        'aria-label="Message #proj-jmte"',
        '<nav aria-label="Channels">',
        '<nav aria-label="Direct messages">',
        '<nav aria-label="Apps">',
        '<label for="who">You are</label>',
        'role="log" aria-label="Messages"',
        'data-hint="/project show jmte"',
        "<li>Or say hello.</li>",
    ):
        assert part in html


def test_hostile_names_and_messages_stay_text(site: Site) -> None:
    site.workspace.users[MATEO].real_name = "<script>alert(1)</script>"
    site.workspace.channels[JMTE].topic = "</script><img src=x onerror=alert(1)>"
    message = Message(site.workspace.new_ts(), JMTE, MATEO, "<img src=x onerror=alert(1)>")
    site.workspace.add_message(message)
    html = show(site)
    assert "<img" not in html
    assert html.count("<script") == 3


def test_people_see_their_own_channels_and_the_public_ones(site: Site) -> None:
    assert "stewards" in show(site, WANJIRU)
    assert "stewards" not in show(site, MATEO)
    assert "Join channel" in show(site, WANJIRU, DOCS)
    assert site.client.get(f"/client/{MATEO}/{STEWARDS}").status_code == 302
    assert site.client.get(f"/browser/state/{MATEO}/{STEWARDS}").status_code == 404


@pytest.mark.parametrize("user_id", ["UNOBODY", TOMASZ, "U0WAYMARK01", "USLACKBOT"])
def test_nobody_can_be_somebody_who_is_not_there(user_id: str, site: Site) -> None:
    assert site.client.get(f"/client/{user_id}/{GENERAL}").status_code == 404
    assert post(site, "say", user=user_id, text="hello").status_code == 404


def test_what_is_said_is_in_the_next_answer(site: Site) -> None:
    version = site.workspace.version
    said = act(site, "say", text="*hi* @mateo <3")
    assert said["ok"]
    state = tell(site, MATEO, JMTE, f"?version={version}")
    assert state["version"] > version
    newest = state["messages"][-1]
    assert newest["key"] == said["ts"]
    assert "<strong>hi</strong>" in newest["html"]
    assert "mention-me" in newest["html"]
    assert "&lt;3" in newest["html"]


def test_news_are_waited_for(site: Site) -> None:
    state = tell(site, MATEO, JMTE, f"?version={site.workspace.version}")
    assert state["version"] == site.workspace.version


def test_a_command_answers_the_one_who_ran_it(site: Site) -> None:
    assert act(site, "say", text="/project show jmte")["ok"]
    html = show(site)
    assert "Only visible to you" in html
    assert "Still true" in html
    assert "Only visible to you" not in show(site, MATEO)


def test_what_went_wrong_is_said_as_slack_says_it(site: Site) -> None:
    answer = act(site, "say", text="/nosuch")
    assert not answer["ok"]
    assert "/nosuch is not a valid command" in answer["sentence"]


def test_a_thread_stands_beside_its_channel(site: Site) -> None:
    ts = act(site, "say", text="a question")["ts"]
    assert act(site, "say", user=SOFIA, text="an answer", thread=ts)["ok"]
    html = show(site)
    assert "an answer" not in html
    assert "<b>1 reply</b>" in html
    html = show(site, query=f"?thread={ts}")
    assert "an answer" in html
    assert 'aria-label="Reply to thread"' in html
    state = tell(site, WANJIRU, JMTE, f"?thread={ts}")
    assert [item["key"] for item in state["thread"]][1:] != []


def test_messages_stand_under_their_days_and_in_groups(site: Site) -> None:
    post(site, "say", text="one")
    post(site, "say", text="two")
    assert show(site).count('class="message compact"') == 1
    site.workspace.clock.move(timedelta(days=1))
    post(site, "say", text="three")
    html = show(site)
    assert "<h2>Yesterday</h2>" in html
    assert "<h2>Today</h2>" in html


def test_reactions_edits_and_deletions(site: Site) -> None:
    ts = act(site, "say", text="hello")["ts"]
    assert act(site, "react", ts=ts, name="tada")["ok"]
    assert 'data-react="tada" aria-pressed="true"' in show(site)
    assert act(site, "react", ts=ts, name="tada", remove=True)["ok"]
    assert act(site, "edit", ts=ts, text="goodbye")["ok"]
    assert 'goodbye</div><span class="edited"> (edited)' in show(site)
    assert not act(site, "delete", user=MATEO, ts=ts)["ok"]
    assert act(site, "delete", ts=ts)["ok"]
    assert "goodbye" not in show(site)


def test_joining_and_writing_to_somebody(site: Site) -> None:
    assert act(site, "join", channel=DOCS)["ok"]
    assert "Join channel" not in show(site, WANJIRU, DOCS)
    channel = act(site, "direct", other=SOFIA)["channel"]
    assert 'aria-label="Message Sofia Lindqvist"' in show(site, WANJIRU, channel)


def test_the_clock_moves_ahead_only(site: Site) -> None:
    before = site.workspace.clock.now()
    assert act(site, "clock", hours=24)["ok"]
    assert site.workspace.clock.now() - before >= timedelta(hours=24)
    assert act(site, "clock", to="2020-01-01T09:30")["sentence"].startswith("Time only moves ahead")
    assert post(site, "clock", to="soon").status_code == 400
    for hours in (0, -1, 10**9, "1", True):
        assert post(site, "clock", hours=hours).status_code == 400


def test_files_that_could_run_are_downloads(site: Site) -> None:
    files = {
        "F1": File("F1", "a.png", "A", "image/png", 3, content=b"png"),
        "F2": File("F2", "b.svg", "B", "image/svg+xml", 3, content=b"svg"),
        "F3": File("F3", 'c"\n.html', "C", "text/html", 3, content=b"<b>"),
    }
    site.workspace.files.update(files)
    message = Message(site.workspace.new_ts(), JMTE, MATEO, "", files=list(files.values()))
    site.workspace.add_message(message)
    html = show(site)
    assert '<img class="image" src="/browser/files/F1" alt="A">' in html
    assert 'href="/browser/files/F2"' in html
    assert site.client.get("/browser/files/F1").mimetype == "image/png"
    for file_id in ("F2", "F3"):
        response = site.client.get(f"/browser/files/{file_id}")
        assert response.mimetype == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert site.client.get("/browser/files/F9").status_code == 404


def test_home_and_modal_are_drawn(site: Site) -> None:
    body = {"title": {"type": "plain_text", "text": "A form"}, "blocks": [{"type": "divider"}]}
    view = View("V1", LEILANI, "modal", body, "h", "V1")
    site.workspace.views["V1"] = view
    site.workspace.modals[LEILANI] = ["V1"]
    assert 'id="modal-title">A form</h2>' in show(site, LEILANI)
    state = tell(site, LEILANI, "home")
    assert "A form" in state["modal"]
    assert "The app has published nothing here yet." in show(site, LEILANI, "home")

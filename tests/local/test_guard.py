import json

import pytest

from bot.local.seed import GENERAL, MATEO

from .conftest import TOKEN, Slack

SAY = json.dumps({"user_id": MATEO, "channel_id": GENERAL, "text": "hello"}).encode()


def say(slack: Slack, **headers: str) -> int:
    status = slack.raw("POST", "/local/people/say", SAY, **headers)[0]
    said = slack.last_message(GENERAL).text == "hello"
    assert said is (status == 200)
    return status


def test_programs_and_its_own_page_may_talk_to_it(slack: Slack) -> None:
    own = f"127.0.0.1:{slack.server.port}"
    assert say(slack) == 200
    assert say(slack, Host=f"localhost:{slack.server.port}") == 200
    assert say(slack, Origin=f"http://{own}", Sec_Fetch_Site="same-origin") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": "[::1"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
    ],
)
def test_other_sites_may_not(slack: Slack, headers: dict[str, str]) -> None:
    assert say(slack, **headers) == 403


@pytest.mark.parametrize(
    "path", [f"/api/chat.postMessage?token={TOKEN}&channel={GENERAL}&text=x", "/local/state"]
)
def test_a_link_elsewhere_does_nothing_and_reads_nothing(slack: Slack, path: str) -> None:
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    status = slack.raw("GET", path, None, **headers)[0]
    assert status == 403
    assert slack.last_message(GENERAL).text != "x"


def test_a_link_elsewhere_may_lead_to_the_page(slack: Slack) -> None:
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert slack.raw("GET", "/", None, **headers)[0] in (200, 302)

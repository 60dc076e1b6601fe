from typing import Any

import pytest

from bot.local.seed import WANJIRU
from tests.local_browser.asking import SAME_SITE, post
from tests.local_browser.conftest import Site


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-Nothing": "said"}, 403),
    ],
)
def test_only_the_page_itself_may_act(headers: dict[str, str], status: int, site: Site) -> None:
    assert post(site, "say", headers=headers, text="hello").status_code == status


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("say", {"text": 5}, 400),
        ("say", {}, 400),
        ("press", {"ts": "1", "action": "a", "block": "b", "choice": 5}, 400),
        ("press", {"ts": "1", "action": "a", "block": "b", "answers": {"b": "c"}}, 400),
        ("press", {"ts": "1", "action": "a", "block": "b", "choice": {"local": "soon"}}, 400),
        ("nosuch", {}, 404),
    ],
)
def test_what_the_page_would_not_send_is_refused(
    action: str, body: dict[str, Any], status: int, site: Site
) -> None:
    assert post(site, action, **body).status_code == status


@pytest.mark.parametrize("body", ["[]", "null", "{", '{"user": 1}'])
def test_a_body_of_another_kind_is_refused(body: str, site: Site) -> None:
    form = "application/json"
    assert (
        site.client.post("/browser/say", data=body, content_type=form, headers=SAME_SITE).status_code == 400
    )


def test_a_form_is_refused(site: Site) -> None:
    response = site.client.post("/browser/say", data={"user": WANJIRU}, headers=SAME_SITE)
    assert response.status_code == 415

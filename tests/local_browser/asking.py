"""Asking the server of the page as the page does."""

import json
from typing import Any

from werkzeug.test import TestResponse

from bot.local.seed import JMTE, WANJIRU
from tests.local_browser.conftest import Site

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def show(site: Site, user_id: str = WANJIRU, channel_id: str = JMTE, query: str = "") -> str:
    response = site.client.get(f"/client/{user_id}/{channel_id}{query}")
    assert response.status_code == 200
    return response.text


def post(
    site: Site, action: str, /, headers: dict[str, str] | None = None, user: str = WANJIRU, **body: Any
) -> TestResponse:
    fields = {"user": user, "channel": JMTE, **body}
    return site.client.post(f"/browser/{action}", json=fields, headers=headers or SAME_SITE)


def act(site: Site, action: str, /, user: str = WANJIRU, **body: Any) -> Any:
    """What came of it."""
    return json.loads(post(site, action, user=user, **body).text)


def tell(site: Site, user_id: str, channel_id: str = JMTE, query: str = "") -> Any:
    return json.loads(site.client.get(f"/browser/state/{user_id}/{channel_id}{query}").text)

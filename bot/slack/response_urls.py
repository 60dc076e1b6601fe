"""Calls of the addresses that Slack gives for answering a click: only Slack's, and nowhere else."""

import json
import re
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

_TIMEOUT_S = 2
"""Slack waits three seconds for the answer to a click, and this call is a part of it."""

_RESPONSE_BYTES = 10_000
"""Of an answer; Slack says "ok", or why not."""
_OF_SLACK = re.compile(r"https://(?:[a-z0-9-]+\.)+slack(?:-gov)?\.com/")
_REASON = re.compile(r'"error"\s*:\s*"([a-z_]{1,60})"|\A\s*([a-z_]{1,60})\s*\Z')


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Slack never sends a response_url elsewhere; whoever does must not be followed into our network."""


# Not slack_sdk's WebhookClient, which follows redirects and has no switch for that.
_opener = build_opener(_NoRedirects)


def is_address_of_slack(url: str, api_url: str) -> bool:
    """Whether it leads to one of Slack's machines, or to the one that SLACK_API_URL names."""
    scheme, _, rest = api_url.partition("://")
    origin = f"{scheme}://{rest.partition('/')[0]}/"
    return _OF_SLACK.match(url) is not None or url.startswith(origin)


def post_to(url: str, body: dict[str, Any]) -> tuple[int, str]:
    """The status and the beginning of what was answered. Raises OSError, HTTPException, ValueError."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - an address of Slack's, see respond
    try:
        answer = _opener.open(request, timeout=_TIMEOUT_S)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read(_RESPONSE_BYTES).decode("utf-8", "replace")


def reason_in(said: str) -> str:
    """Slack's word for why not. All else may be somebody's between, who quotes what was to be said."""
    found = _REASON.search(said)
    return (found[1] or found[2]) if found else "without a word for it"

"""Events on their way to the app, with Slack's retries, driven by the workspace's clock.

Slack sends only what the app subscribed to, waits three seconds for a 2xx, and otherwise tries again:
at once, after a minute, and after five. An answer with `X-Slack-No-Retry: 1` stops that.
"""

import heapq
import itertools
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.local import ids
from bot.local.outgoing import Answer, send
from bot.local.parcels import Parcel
from bot.local.settings import LocalSettings
from bot.local.unkind import Unkindness
from bot.local.workspace import Workspace

RETRY_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))
_WORKERS = 4


@dataclass(frozen=True)
class _Delivery:
    name: str
    parcel: Parcel


class Events:
    """The queue of events. Nothing is sent before `start` and after `stop`."""

    def __init__(
        self,
        workspace: Workspace,
        settings: LocalSettings,
        unkindness: Unkindness,
        send_parcel: Callable[[Parcel], Answer],
    ) -> None:
        self._workspace = workspace
        self._settings = settings
        self._unkindness = unkindness
        self._send = send_parcel
        self._wake = threading.Condition()
        self._queue: list[tuple[datetime, int, _Delivery]] = []
        self._order = itertools.count()
        self._under_way = 0
        self._running = False
        self._threads: list[threading.Thread] = []
        workspace.clock.on_move(self._look_again)

    def start(self) -> None:
        self._running = True
        for number in range(_WORKERS):
            thread = threading.Thread(target=self._work, name=f"local-events-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        with self._wake:
            self._running = False
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def emit(self, subscription: str, event: dict[str, Any]) -> None:
        """Send an event if the app subscribed to it (and still is installed). Returns at once."""
        if subscription not in self._settings.event_subscriptions or not self._workspace.installed:
            return
        parcel = Parcel("events_api", self._envelope(event))
        name = f"event {subscription}"
        with self._wake:
            now = self._workspace.clock.now()
            self._push(now, _Delivery(name, parcel))
            if self._unkindness.sends_twice(subscription):
                self._push(now, _Delivery(name, replace(parcel, attempt=1, reason="http_timeout")))
            self._wake.notify_all()

    def verify_url(self, challenge: str) -> bool:
        """Ask the app to prove that it owns its request URL, as Slack does when one is entered."""
        question = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self._settings.verification_token,
        }
        body = json.dumps(question).encode()
        answer = send(self._settings, self._workspace.clock, body, "application/json")
        return answer.ok and challenge in (answer.body.decode(errors="replace").strip(), _challenge(answer))

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until nothing is due and nothing under way; retries that are due later do not count."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._under_way and not self._due(), timeout)

    def pending(self) -> int:
        """How many deliveries wait, retries included."""
        with self._wake:
            return len(self._queue) + self._under_way

    def _envelope(self, event: dict[str, Any]) -> dict[str, Any]:
        """`authorizations` says where the app is installed; `team_id` may be the workspace of who did it.

        As in the payloads that Bolt's own tests have of shared channels (slackapi/bolt-python,
        tests/slack_bolt/request/test_internals.py).
        """
        workspace = self._workspace
        channel = workspace.channels.get(str(event.get("channel")))
        team_id = workspace.team.id if event["type"] == "app_mention" else workspace.team_of(_who(event))
        authorization = {
            "enterprise_id": workspace.organization_id or None,
            "team_id": workspace.team.id,
            "user_id": workspace.bot.user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": self._settings.verification_token,
            "team_id": team_id,
            "context_team_id": workspace.team.id,
            "context_enterprise_id": None,
            "api_app_id": workspace.bot.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": ids.new_id("Ev"),
            "event_time": int(workspace.clock.now().timestamp()),
            "authorizations": [authorization],
            "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
            "event_context": f"4-{ids.new_id('E')}",
        }

    def _push(self, due: datetime, delivery: _Delivery) -> None:
        heapq.heappush(self._queue, (due, next(self._order), delivery))

    def _due(self) -> bool:
        return bool(self._queue) and self._queue[0][0] <= self._workspace.clock.now()

    def _look_again(self) -> None:
        with self._wake:
            self._wake.notify_all()

    def _work(self) -> None:
        while (delivery := self._take()) is not None:
            retry: _Delivery | None = None
            try:
                retry = self._deliver(delivery)
            finally:
                with self._wake:
                    self._under_way -= 1
                    if retry is not None:
                        due = self._workspace.clock.now() + RETRY_AFTER[delivery.parcel.attempt]
                        self._push(due, retry)
                    self._wake.notify_all()

    def _take(self) -> _Delivery | None:
        with self._wake:
            while self._running:
                if self._due():
                    self._under_way += 1
                    return heapq.heappop(self._queue)[2]
                wait: float | None = None
                if self._queue:
                    wait = (self._queue[0][0] - self._workspace.clock.now()).total_seconds()
                self._wake.wait(wait)
            return None

    def _deliver(self, delivery: _Delivery) -> _Delivery | None:
        """Send it once; what to try next, if anything."""
        parcel = delivery.parcel
        answer = self._send(parcel)
        detail = {"attempt": parcel.attempt, "event": parcel.payload}
        self._workspace.log("out", delivery.name, ok=answer.ok, error=answer.failure, detail=detail)
        no_retry = answer.headers.get("x-slack-no-retry") == "1"
        if answer.ok or no_retry or parcel.attempt >= len(RETRY_AFTER):
            return None
        again = replace(parcel, attempt=parcel.attempt + 1, reason=answer.failure or "unknown_error")
        return replace(delivery, parcel=again)


def _who(event: dict[str, Any]) -> str:
    """The id of whoever did it; "" where that is not one person."""
    message = event.get("message") or event.get("previous_message") or {}
    who = event.get("user") or message.get("user")
    return str(who.get("id") if isinstance(who, dict) else who)


def _challenge(answer: Answer) -> object:
    """The challenge that the app gives back in JSON; it may also give it back as it is."""
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return fields.get("challenge") if isinstance(fields, dict) else None

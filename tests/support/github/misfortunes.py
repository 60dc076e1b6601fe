"""What may happen to a request on its way to GitHub and back."""

import threading
from collections import deque
from collections.abc import Callable
from enum import Enum, auto

from flask import Response

from bot import clock


class Misfortune(Enum):
    """`DROPPED` is done and then not answered; the others are answered and not done."""

    RATE_LIMITED = auto()  # no requests left in this hour, 90 s of which remain
    BURST = auto()  # too many at once: come back in 17 s
    BURST_UNSAID = auto()  # too many at once, without a word about when to come back
    TOO_MANY = auto()  # 429
    BROKEN = auto()  # 500
    BAD_GATEWAY = auto()  # 502, in HTML
    HALF = auto()  # half of an answer
    MOVED = auto()  # 301 to another place, which must not get the token
    SILENT = auto()  # no answer until the test is over
    DROPPED = auto()
    BARRED = auto()  # 451


REMAINING_S, AFTER_S = 90, 17


class Fate:
    """What happens to the requests to come, the next first."""

    def __init__(self) -> None:
        self._next: deque[Misfortune | None] = deque()
        self._over = threading.Event()
        self.elsewhere = ""

    def send(self, *misfortunes: Misfortune | None) -> None:
        """None: nothing happens to that one."""
        self._next.extend(misfortunes)

    def end(self) -> None:
        self._over.set()

    def drops_next(self) -> bool:
        return bool(self._next) and self._next[0] is Misfortune.DROPPED

    def take(self) -> Misfortune | None:
        return self._next.popleft() if self._next else None

    def answer(self, what: Misfortune, token: str) -> Response:
        if what is Misfortune.SILENT:
            self._over.wait(60)
        return _ANSWERS[what](self.elsewhere, token)


def _json(status: int, message: str, **headers: str) -> Response:
    return Response(f'{{"message": "{message}"}}', status, headers, mimetype="application/json")


def _rate_limited(_elsewhere: str, _token: str) -> Response:
    reset = str(int(clock.now().timestamp()) + REMAINING_S)
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    return _json(403, "API rate limit exceeded for user ID 1.", **headers)


_BURST = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
_ANSWERS: dict[Misfortune, Callable[[str, str], Response]] = {
    Misfortune.RATE_LIMITED: _rate_limited,
    Misfortune.BURST: lambda _e, _t: _json(403, _BURST, **{"Retry-After": str(AFTER_S)}),
    Misfortune.BURST_UNSAID: lambda _e, _t: _json(403, _BURST),
    Misfortune.TOO_MANY: lambda _e, _t: _json(429, "Too many requests"),
    # Servers do repeat what they were sent.
    Misfortune.BROKEN: lambda _e, token: _json(500, f"Server Error: Bearer {token}"),
    Misfortune.BAD_GATEWAY: lambda _e, _t: Response("<html>502</html>", 502),
    Misfortune.HALF: lambda _e, _t: Response('{"default_branch":', 200, mimetype="application/json"),
    Misfortune.MOVED: lambda elsewhere, _t: Response("", 301, {"Location": elsewhere}),
    Misfortune.SILENT: lambda _e, _t: _json(500, "late"),
    Misfortune.BARRED: lambda _e, _t: _json(451, "Repository access blocked"),
}

"""What the rules of `unkind` do to one HTTP request."""

import socket
from http import HTTPStatus

from flask import Response, jsonify, request

from bot.local.platform import Platform


class Misfortune:
    """What is to happen to this call of a method (or of "response_url"). Usually nothing."""

    def __init__(self, platform: Platform, method: str) -> None:
        self._platform = platform
        self._method = method
        self._rule = platform.unkindness.take(method)

    def before(self) -> Response | None:
        """What is answered instead of doing it."""
        rule = self._rule
        if rule is None:
            return None
        if rule.delay:
            self._platform.closing.wait(rule.delay)
        if rule.status:
            limited = rule.status == HTTPStatus.TOO_MANY_REQUESTS
            response = self._failed("ratelimited" if limited else "internal_error")
            response.status_code = rule.status
            if limited:
                response.headers["Retry-After"] = str(rule.retry_after)
            return response
        if rule.drop == "before":
            _hang_up()
            return self._failed("dropped")
        return self._failed(rule.error) if rule.error else None

    def after(self, response: Response) -> Response:
        """The answer, now that it was done; or nothing that arrives."""
        if self._rule is not None and self._rule.drop == "after":
            _hang_up()
        return response

    def _failed(self, error: str) -> Response:
        self._platform.workspace.log("in", self._method, ok=False, error=error, detail={"unkind": True})
        return jsonify(ok=False, error=error)


def _hang_up() -> None:
    """Break the connection, so that whatever is answered never arrives."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)

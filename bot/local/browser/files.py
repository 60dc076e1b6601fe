"""The page's own files, and what every answer says to the browser of where things may come from."""

from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_STATIC = {each.name: each.read_bytes() for each in (Path(__file__).parent / "static").iterdir()}


def send_static(filename: str) -> Response:
    # From memory: a page that is left while a file is on its way would leave that file open.
    body = _STATIC.get(filename)
    if body is None:
        abort(404)
    kind = guess_type(filename)[0] or "application/octet-stream"
    return Response(body, mimetype=kind)


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response

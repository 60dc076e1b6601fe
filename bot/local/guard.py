"""Who may talk to this server: programs on this machine, and its own page. No other site's page.

It listens on this machine only, but a browser on this machine may be shown any site. Two things are
refused, therefore: a Host that is not this machine (a name somewhere else may resolve to 127.0.0.1), and
a request that a browser makes on behalf of another site.
"""

from urllib.parse import urlsplit

from flask import Request

_OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_OWN_SITES = frozenset({"same-origin", "none"})


def is_welcome(request: Request, own_host: str) -> bool:
    """Whether to answer this request; `own_host` is the name under which the server was told to listen."""
    if not _is_own_host(request.headers.get("Host", ""), own_host):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITES:
        return _is_following_a_link(request)
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host")


def _is_own_host(host: str, own_host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in _OWN_HOSTS or (name is not None and name == own_host)


def _is_following_a_link(request: Request) -> bool:
    """A link on another site may lead here: to a page that is looked at, not to one that does something."""
    navigates = request.headers.get("Sec-Fetch-Mode") == "navigate"
    shown = request.headers.get("Sec-Fetch-Dest") == "document"
    harmless = not request.path.startswith(("/api/", "/local/"))
    return request.method == "GET" and navigates and shown and harmless

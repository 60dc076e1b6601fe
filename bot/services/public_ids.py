"""Ids that the public page gives what it tells of: the same for ever, wherever the page moves.

Nobody can tell from one what the workspace's, the project's or the update's own id is: all of them are made
with the page's seed.
"""

import secrets
from uuid import NAMESPACE_URL, uuid5

from storage.public_pages import PublicPage


def new_seed() -> str:
    return secrets.token_hex(16)


def uid(page: PublicPage, kind: str, of: object) -> str:
    return str(uuid5(NAMESPACE_URL, f"waymark:{page.seed}:{kind}:{of}"))


def urn(page: PublicPage, kind: str, of: object) -> str:
    return f"urn:uuid:{uid(page, kind, of)}"

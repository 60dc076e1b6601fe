"""An answer with its pages and its buttons: what every answer of the bot is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.queries import Query
from bot.slack.views.layout import BLOCKS, Part, actions, button, context, message, pages

_BELOW = 3
"""Blocks below the body: the page's number, who shared it, buttons."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`top` stands on every page, `body` is divided; with `total_pages`, `body` is one page already.

    `goes_on`: there is more than all of the pages can show. `for_all`: buttons that work for whoever sees the
    answer, so that they stay on one that is shared; `buttons` are for who asked. `holds_until`: until when it
    says the same of the same record, as far as nobody changes it; None for what depends on more than that.
    `is_private`: it is for who asked alone, so that there is no button to share it.
    """

    top: list[Part]
    body: list[Part] = field(default_factory=list)
    buttons: Sequence[dict[str, object]] = ()
    for_all: Sequence[dict[str, object]] = ()
    page: int = 0
    total_pages: int | None = None
    goes_on: bool = False
    holds_until: datetime | None = None
    is_private: bool = False


def draw(sheet: Sheet, query: Query, *, shared_by: str | None = None, is_public: bool = False) -> Message:
    """The page that the query asks for (the last one, if there are no longer so many).

    `is_public`: everybody sees it already, so there is nothing to share.
    """
    if sheet.total_pages is not None:
        body, page, total = sheet.body, sheet.page, sheet.total_pages
    else:
        divided = pages(sheet.body, BLOCKS - _BELOW - len(sheet.top))
        total = len(divided)
        page = min(query.page, total - 1)
        body = divided[page]
    parts = [*sheet.top, *body]
    if total > 1:
        parts += context(f"Page {page + 1:,} of {'more than ' if sheet.goes_on else ''}{total:,}")
    if shared_by is not None:
        parts += context(f"Shared by <@{shared_by}> with `/project`")
    is_public = is_public or shared_by is not None
    buttons = list(sheet.buttons) if shared_by is None else []
    parts += actions(
        [
            *buttons,
            *sheet.for_all,
            *_turns(query, page, total),
            *_share(query, page, is_public=is_public or sheet.is_private),
        ]
    )
    return message(parts)


def _turns(query: Query, page: int, total: int) -> list[dict[str, object]]:
    turns = []
    if page > 0:
        turns.append(button("Previous page", f"{ids.OPEN}:previous", query.at_page(page - 1).encode()))
    if page < total - 1:
        turns.append(button("Next page", f"{ids.OPEN}:next", query.at_page(page + 1).encode()))
    return turns


def _share(query: Query, page: int, *, is_public: bool) -> list[dict[str, object]]:
    return [] if is_public else [button("Share in channel", ids.SHARE, query.at_page(page).encode())]

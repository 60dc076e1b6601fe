"""What a page says of a link and of a member, in one text: what their places keep, and what is compared."""

import json

from bot.pages.values import PageLink, PageMember
from storage.records import Link, Member

WITHDRAWN = "withdrawn"
"""The item of a place that says that the project left the page when it became private."""


def link_in_place(link: PageLink | Link) -> str:
    """All that a page says of a link."""
    return json.dumps([link.url, link.label, link.lead], ensure_ascii=False)


def member_in_place(member: PageMember | Member) -> str:
    """All that a page says of a member."""
    return json.dumps([member.name, member.role], ensure_ascii=False)

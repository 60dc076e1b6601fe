"""What a template is given: records in words that are safe on a page, each in the place where it belongs.

Everything that people typed is `Markup` already, so no template can forget to escape it.
"""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TemplateOutcome:
    """`bullet` is what its line begins with; lines of `text` below the first are behind `indent`.

    What there is nothing to say of is "". `sign` is the status as one. `standing` says how it stands, as
    import knows it (bot/pages/marks.py), to be set behind the text; "" unless the page is to say that.
    """

    bullet: Markup
    indent: Markup
    level: int
    number: int
    text: Markup
    sign: Markup
    status: Markup
    freshness: Markup
    said_on: Markup
    said_by: Markup
    note: Markup
    owner: Markup
    due_on: Markup
    metric: Markup
    standing: Markup


@dataclass(frozen=True, slots=True)
class TemplateLink:
    """`link` is the whole of it; `lead` what stands before it, or ""."""

    lead: Markup
    link: Markup


@dataclass(frozen=True, slots=True)
class TemplateMember:
    """`entry` is the name, and the role unless that is a member's."""

    entry: Markup
    name: Markup
    role: Markup


@dataclass(frozen=True, slots=True)
class TemplateProject:
    """A project; sub-projects come after it, with a greater `depth`.

    `marks` are the number signs of its heading, `part_marks` those of the headings in it: "" where Markdown
    has no level left, and its parts are to be terms of a definition list. `summary` may follow the heading;
    `about` needs a heading of its own, or would be taken for links. Only one of them has words.
    `mark` says when it was checked, or that it is archived, as import knows it: to be set right below the
    heading; "" unless the page is to say so.
    """

    slug: Markup
    name: Markup
    depth: int
    marks: Markup
    part_marks: Markup
    summary: Markup
    about: Markup
    goal: Markup
    state: Markup
    status: Markup
    owner: Markup
    mark: Markup
    last_checked: Markup
    is_private: bool
    is_archived: bool
    parent: Markup
    outcomes: tuple[TemplateOutcome, ...]
    links: tuple[TemplateLink, ...]
    members: tuple[TemplateMember, ...]
    has_children: bool

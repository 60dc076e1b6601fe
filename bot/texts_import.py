"""What an import says on the command line: plain text, a line for each thing."""

import json
from collections.abc import Sequence
from typing import assert_never

from bot.pages.errors import (
    AnyPageError,
    ManyGoneError,
    NotAPageError,
    PageBinaryError,
    PageEmptyError,
    PageNotUtf8Error,
    PageTooLargeError,
)
from bot.pages.values import NoteKind, PageNote
from bot.services.import_report import Asked, Change, ChangeKind, ImportReport

_SHOWN = 90
"""Characters of a value that are shown; the page and the record have the whole."""
_NAMED = 5
"""Projects that are named where there may be many."""

# Every kind there is: a test compares.
_NOTES = {
    NoteKind.PROSE: "prose; kept as prose",
    NoteKind.HEADING: "is no project (no goal, outcomes or project information below it); kept as prose",
    NoteKind.SECTION: "a section under a name that says nothing to Waymark; kept as prose",
    NoteKind.TERM: "a term that says nothing to Waymark; kept as prose",
    NoteKind.ADMONITION: "admonition; kept as prose",
    NoteKind.DIRECTIVE: "directive; kept as prose",
    NoteKind.TABLE: "table; kept as prose",
    NoteKind.LIST: "list; kept as prose",
    NoteKind.CODE: "code; kept as prose",
    NoteKind.QUOTE: "quote; kept as prose",
    NoteKind.MATH: "math; kept as prose",
    NoteKind.IMAGE: "image; kept as prose",
    NoteKind.HTML: "html; kept as prose",
    NoteKind.FOOTNOTE: "footnote; kept as prose",
    NoteKind.RULE: "rule; kept as prose",
    NoteKind.TODO: "a to-do; kept as prose",
    NoteKind.PLACEHOLDER: "a placeholder is no goal; kept as prose",
    NoteKind.EMPTY: "nothing is written here yet",
    NoteKind.REPEATED_SECTION: "a second section of the same kind; kept as prose",
    NoteKind.UNSAFE_LINK: "a link that no browser should follow; kept as prose",
    NoteKind.LOCAL_LINK: "a link that leads somewhere on the page's own site only; kept as prose",
    NoteKind.TOO_LONG: "too long to look for links or names in; kept as prose",
    NoteKind.TOO_DEEP: "nested too deeply to be read; kept as prose",
    NoteKind.REPEATED_SLUG: "the name of another project on the page; read under this slug instead",
    NoteKind.REPEATED_NAME: "another project on the page has the same heading",
    NoteKind.TASK: "an item of a task list; read as an outcome, without its box",
    NoteKind.CONTACT: "how to reach a member; kept on the page, the record has the name and the role",
    NoteKind.MARK: "how an outcome stands, in words that say no status; kept as it is",
    NoteKind.LABEL: "a label with no project below it; kept as it is",
    NoteKind.FRONT_MATTER: "front matter; kept as it is",
    NoteKind.COMMENT: "a comment; kept as it is",
    NoteKind.LINK_DEFINITION: "link definitions; kept as they are",
}


def note_text(note: PageNote) -> str:
    """One note, its lines first: `line 12: a table; kept as prose: "| a | b |"`."""
    lines = f"line {note.line}" if note.line == note.end_line else f"lines {note.line}-{note.end_line}"
    reason = _NOTES[note.kind]
    return f"{lines}: {reason}: “{shorten(note.text)}”" if note.text else f"{lines}: {reason}"


def change_text(change: Change) -> str:  # noqa: C901, PLR0911, PLR0912 - a case a kind
    """One change, the project's slug first."""
    slug, item, before, after = change.slug, change.item, shorten(change.before), shorten(change.after)
    match change.kind:
        case ChangeKind.CREATED:
            return f"{slug}: new"
        case ChangeKind.CHANGED:
            return f"{slug}: {item} changed from “{before}” to “{after}”"
        case ChangeKind.ADDED:
            return f"{slug}: {item} added: “{after}”"
        case ChangeKind.REMOVED:
            return f"{slug}: {item} is no longer on the page: “{before}”"
        case ChangeKind.MOVED:
            return f"{slug}: {item} moved"
        case ChangeKind.ARCHIVED:
            return f"{slug}: no longer on the page, so archived"
        case ChangeKind.RESTORED:
            return f"{slug}: {item or 'the project'} is on the page again, so restored"
        case ChangeKind.RENAMED:
            return f"{slug}: was {before}, which still finds it"
        case ChangeKind.ALIAS_GIVEN:
            return f"{slug}: no longer found by {before}, which is another project on the page"
        case ChangeKind.KEPT:
            return f"{slug}: {item} changed on the page and in chat; kept as people said it: “{before}”"
        case ChangeKind.KEPT_REMOVED:
            what = f"{item} “{before}”" if item else "the project"
            return f"{slug}: {what} is no longer on the page, but people changed it in chat; kept"
        case ChangeKind.SHARED:
            return (
                f"{slug}: is also on the page {before}; the record follows the page that was imported last. "
                "If it is another project, give it another label"
            )
        case ChangeKind.PUT_ASIDE:
            return f"{slug}: was the sample's, which is now archived as {after}"
        case _ as unreachable:
            assert_never(unreachable)


def report_text(report: ImportReport, *, dry_run: bool) -> str:
    """The whole report: counts, then changes, then notes."""
    total = f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged"
    head = f"Dry run, nothing was written: {total}" if dry_run else f"Imported: {total}"
    lines = [head]
    lines += [f"  {change_text(change)}" for change in report.changes]
    if report.conflicts:
        lines.append(f"To be decided in Slack, and kept on both sides until then: {len(report.conflicts)}")
    if report.page_notes:
        lines += ["Not (all) read as records; it stays on the page as it is:"]
        lines += [f"  {note_text(note)}" for note in report.page_notes]
    return "\n".join(lines)


def report_json(report: ImportReport) -> str:
    """The same for programs, as the README describes it. Notes are changes and page notes, as sentences."""
    projects = [
        {
            "slug": project.slug,
            "name": project.name.text,
            "parent": project.parent,
            "summary": project.summary.text if project.summary else "",
            "goal": project.goal.text if project.goal else "",
            "outcomes": [outcome.text for outcome in project.outcomes],
            "links": [{"label": link.label, "url": link.url} for link in project.links],
            "members": [member.name for member in project.members],
        }
        for project in report.projects
    ]
    changes = [change_text(change) for change in report.changes if change.kind is not ChangeKind.CREATED]
    return json.dumps(
        {
            "projects": projects,
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "notes": [*changes, *(note_text(note) for note in report.page_notes)],
            # Only where there are any: without them it is what it always was.
            **({"conflicts": list(map(_conflict_json, report.conflicts))} if report.conflicts else {}),
        },
        ensure_ascii=False,
        indent=2,
    )


def _conflict_json(asked: Asked) -> dict[str, object]:
    """What people are asked about; values are texts, for links and members as JSON of their parts."""
    slug, conflict = asked
    values = {"before": conflict.base, "page": conflict.on_page, "record": conflict.in_record}
    return {"project": slug, "item": conflict.item, **values, "by": conflict.author}


def page_error_text(error: AnyPageError, name: str) -> str:
    """Why a file cannot be read as a page. Nothing was changed."""
    match error:
        case PageNotUtf8Error(offset=offset):
            return f"{name} is not UTF-8 text (byte {offset:,}). Save it as UTF-8 and try again."
        case PageTooLargeError(size=size, limit=limit):
            return f"{name} is too large: {size:,} bytes, and a page has at most {limit:,}."
        case PageBinaryError(offset=offset):
            return f"{name} is not text (a NUL at byte {offset:,})."
        case PageEmptyError():
            return f"{name} is empty."
        case ManyGoneError(slugs=slugs, before=before):
            return too_many_gone_text(name, slugs, before)
        case NotAPageError():
            return f"{name} has no “##” heading, so there is no project on it."
        case _ as unreachable:
            assert_never(unreachable)


def too_many_gone_text(name: str, slugs: Sequence[str], before: int) -> str:
    """Why a page is not taken for the one that was imported before. Nothing was changed."""
    first = ", ".join(slugs[:_NAMED]) + (", …" if slugs[_NAMED:] else "")
    return (
        f"{name} would archive {len(slugs):,} of the {before:,} projects that this page had ({first}), "
        "so nothing was changed: if it is another page, give it a name of its own with --name; if they are "
        "to go, add --archive."
    )


def shorten(text: str) -> str:
    """The beginning, on one line, with "…" where it was cut."""
    # A page may hold what a terminal takes for orders.
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"

"""What is said of files of records, on the command line and in chat. See `bot.texts`."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.errors_export import AnyExportError, NothingToExportError, TooManyToExportError, UnknownFormatError
from bot.pages.errors import BrokenTemplateError

_KIND = {
    "myst": "as a page",
    "json": "as JSON",
    "csv": "as CSV, a line an outcome",
    "md": "as Markdown to read",
}


def broken_template(error: BrokenTemplateError) -> str:
    """Where a template is wrong, and why in Jinja's words."""
    where = error.name if error.line is None else f"{error.name}, line {error.line}"
    return f"The template cannot be filled in ({where}): {error.reason.rstrip('.')}. No file was made."


def exported(name: str, workspace_id: str, place: str, file_format: str, count: int) -> str:
    projects = "1 project" if count == 1 else f"{count:,} projects"
    return f"Exported {projects} of {name} ({workspace_id}) to {place} as {file_format}."


def written_back(page: str, place: str) -> str:
    return f"Wrote the page {page} to {place}, as the records say now. Private projects are no part of it."


def unmoved(slugs: Sequence[str]) -> str:
    """Projects that the page cannot show where they belong: there, they would be read as something else."""
    return (
        f"{', '.join(slugs)}: still in the old place on the page, which cannot show the new one. The records"
        " keep it; move the text by hand, or leave it."
    )


NO_PRIVATE_ON_PAGES = (
    "--with-private does nothing for a page that was imported: private projects are no part of it. "
    "With --new, a page of all that there is is made from nothing."
)


def private_ones(count: int, *, are_there: bool) -> str:
    """Whether private projects are in the file; "" where there are none."""
    if count == 0:
        return ""
    ones = "1 private project" if count == 1 else f"{count:,} private projects"
    if are_there:
        return f"With {ones}: give the file to nobody who may not see {'it' if count == 1 else 'them'}."
    return f"Without {ones}: --with-private has {'it' if count == 1 else 'them'}, too."


def several_pages(names: Sequence[str]) -> str:
    return f"Which page? Say --page with one of: {', '.join(names)}."


def unknown_page(name: str, names: Sequence[str]) -> str:
    return f"No page was imported as {name}. There {'are: ' + ', '.join(names) if names else 'is none'}."


def on_its_way(*, is_new: bool) -> str:
    if not is_new:
        return "📄 That file was asked for less than a minute ago, and one is enough."
    return "📄 The file is on its way to you alone, in your direct messages with Waymark."


def here_it_is(count: int, file_format: str) -> str:
    projects = "1 project" if count == 1 else f"{count:,} projects"
    return (
        f"📄 {projects} {_KIND[file_format]}, as Waymark has {'it' if count == 1 else 'them'} now: "
        "what you see, and others may not. Nobody else gets this file unless you pass it on."
    )


def no_files(file_format: str, code: str) -> str:
    """Where the file could not be brought. `code` is Slack's word, or "" where it did not answer."""
    why = f"Slack takes no files from Waymark here (`{code}`)" if code else "Slack did not take the file"
    helps = (
        "Whoever runs Waymark can give it leave: the scope `files:write`, in the app's settings. "
        if code in {"missing_scope", "not_allowed_token_type"}
        else "An admin of the workspace can allow files from apps. "
        if code
        else "It may work later: ask once more. "
    )
    return (
        f"📄 The file that you asked for is not here: {why}. {helps}"
        f"Until then, `python -m bot export --format {file_format}` writes it where Waymark runs."
    )


def sentence(error: AnyExportError, show: Callable[[str], str]) -> str:
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case UnknownFormatError():
            said = f"🔎 “{show(error.typed)}” is no format, and no project is called that."
            if error.nearest:
                return f"{said} Did you mean `/project export {error.nearest}`?"
            return f"{said} There are `myst`, `json`, `csv` and `md`; a project comes behind them."
        case NothingToExportError():
            return "🔎 You see no project, so there is nothing to export. `/project create NAME` makes one."
        case TooManyToExportError():
            return (
                f"🔎 That is more than {error.limit:,} projects, too many for a message. "
                "Name one: `/project export json PROJECT`. Whoever runs Waymark gets all of them: "
                "`python -m bot export --format json`."
            )
        case _ as unreachable:
            assert_never(unreachable)

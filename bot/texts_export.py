"""What is said of files of records, on the command line and in chat. See `bot.texts`."""

from collections.abc import Sequence

from bot.pages.template import BrokenTemplateError


def broken_template(error: BrokenTemplateError) -> str:
    """Where a template is wrong, and why in Jinja's words."""
    where = error.name if error.line is None else f"{error.name}, line {error.line}"
    return f"The template cannot be filled in ({where}): {error.reason.rstrip('.')}. No file was made."


def exported(name: str, workspace_id: str, place: str, file_format: str, count: int) -> str:
    projects = "1 project" if count == 1 else f"{count:,} projects"
    return f"Exported {projects} of {name} ({workspace_id}) to {place} as {file_format}."


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

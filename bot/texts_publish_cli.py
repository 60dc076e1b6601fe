"""What `python -m bot publish` says, on a terminal. See `bot.texts_publishing`."""

import difflib
import shlex
from collections.abc import Collection, Sequence

from bot.errors_publish import AddressProblem
from bot.texts_export import unmoved
from bot.texts_publishing import UNFORESEEN, WHY, waiting
from storage.publication_changes import Placed
from storage.publications import Publication

_FORMS = (
    "An address is file:/srv/www/projects.md, git:/srv/checkout//docs/projects.md[@branch] or "
    "github:owner/repo//docs/projects.md[@base][!direct]."
)
_WRONG = {
    AddressProblem.KIND: "it begins neither with file:, git: nor github:",
    AddressProblem.NOT_ABSOLUTE: "{part} is no whole path from /",
    AddressProblem.NO_PATH: "the path of the page is missing, after //",
    AddressProblem.PATH: "{part} is no path of a page there",
    AddressProblem.REPOSITORY: "{part} is not owner/repo",
    AddressProblem.BRANCH: "{part} is no name of a branch",
    AddressProblem.OPTION: "!{part} is not known; !direct is",
    AddressProblem.API_URL: "{part}, which GITHUB_API_URL says, has to begin with https://",
    AddressProblem.CHARACTER: "it is too long, or has a character in it that cannot be seen",
}
_OTHERS = " What `make run` publishes is asked for with --try."
_NO_END = "\\ No newline at end of file\n"


def wrong_address(address: str, problem: AddressProblem, part: str) -> str:
    return f"{address} is no address of a page: {_WRONG[problem].format(part=part or 'nothing')}. {_FORMS}"


def not_looked_at(address: str, because: str, detail: str) -> str:
    why = WHY.get(because, UNFORESEEN)
    more = f" ({detail})" if detail else ""
    return f"{address}: {why.what}{more}. {why.mend.replace('`', '')}"


def is_occupied(address: str, page: str | None) -> str:
    """`page` is the name of the page that was to go there."""
    if page is None:
        return (
            f"Something stands at {address} already, and nothing is written over it. If it is the page of "
            "projects: python -m bot import FILE, then publish add PAGE. Else choose another place."
        )
    return (
        f"What stands at {address} is not {page} as it was imported. Import it as it stands: python -m bot "
        f"import FILE --name {page}. Then add it."
    )


def is_added(
    publication_id: int, address: str, page: str | None, private: Collection[str], *, is_trial: bool
) -> str:
    """`private`: the projects of private channels that stand on the page itself."""
    at_once = f"python -m bot publish now {'--try ' if is_trial else ''}{publication_id}"
    said = (
        f"{page or 'A new page'} goes to {address} from now on (publication {publication_id}), within a "
        f"minute of each change while a worker runs. At once: {at_once}"
    )
    if not private:
        return said
    return (
        f"{said}\nOn the page stand projects of private channels: {', '.join(private)}. Their sections are "
        "taken off the page when it is published; nobody but you is told which they were."
    )


def nothing_published(*, is_trial: bool, has_trial: bool) -> str:
    """`has_trial`: there is a database of `make run`, which is another one."""
    add = f"python -m bot publish add {'--try ' if is_trial else ''}--to ADDRESS"
    return f"No page is published. {add} begins with one.{_OTHERS if has_trial and not is_trial else ''}"


def not_published(which: str, there_are: str, *, is_other: bool) -> str:
    """`is_other`: there is a database of `make run`, which was not meant."""
    return f"Nothing is published as {which}. There is {there_are}.{_OTHERS if is_other else ''}"


def removed(address: str, page: str | None, *, is_trial: bool) -> str:
    """`page`: the name of the page that went there."""
    words = ["publish", "add", *(["--try"] if is_trial else []), *([page] if page else []), "--to", address]
    return (
        f"Nothing goes to {address} any more. What stands there stays as it is. To have it go there again: "
        f"python -m bot {shlex.join(words)}"
    )


def listed(placed: Placed) -> str:
    each = placed.publication
    archived = f"archived projects {each.archived.value}"
    style = f"with status, {archived}" if each.with_status else archived
    lines = [f"{each.id}: {each.address}", f"   {placed.page or 'a new page'}; {style}"]
    at = f"{each.published_at:%Y-%m-%d %H:%M} UTC" if each.published_at else None
    lines.append(f"   {f'published {at}' if at else 'not published yet'}; {waiting(placed.waiting)}")
    if each.url is not None:
        lines.append(f"   {each.url}")
    if each.failed_because is not None:
        is_over = "stopped" if each.is_stopped else f"tried {each.tries} times"
        lines.append(
            f"   {is_over}: {not_looked_at(each.address, each.failed_because, each.failed_detail or '')}"
        )
    return "\n".join(lines)


def came_of(each: Publication, not_moved: Sequence[str] = ()) -> str:
    """`not_moved`: slugs of projects that the page cannot show where they belong."""
    if each.failed_because is not None:
        return not_looked_at(each.address, each.failed_because, each.failed_detail or "")
    if each.lease is not None:
        return f"{each.address}: another process is publishing it just now."
    said = f"{each.address}: published. {each.url or ''}".rstrip()
    return f"{said}\n{unmoved(not_moved)}" if not_moved else said


def difference(address: str, before: bytes | None, after: bytes) -> str:
    """As `diff -u` has it."""
    if before == after:
        return f"{address}: it stands there as the records say."
    found = difflib.unified_diff(
        (before or b"").decode(errors="replace").splitlines(keepends=True),
        after.decode().splitlines(keepends=True),
        f"{address} (as it stands)" if before is not None else "/dev/null",
        f"{address} (as the records say)",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in found).rstrip("\n")

"""What is said of pages that are published: where they go, and why one does not. See `bot.texts`."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.errors_publish import Reason


class Why(NamedTuple):
    """`what` goes on after "since"; `mend` is the way to put it right."""

    what: str
    mend: str


WHY: Mapping[str, Why] = {
    Reason.BAD_ADDRESS: Why("its address is none", "Remove it, and add it with the right address."),
    Reason.NO_TOKEN: Why(
        "GITHUB_TOKEN is not set", "Set it for every process of Waymark's, and start these again."
    ),
    Reason.OUTSIDE: Why("its path leads out of the folder", "Remove the link that leads there."),
    Reason.NO_FOLDER: Why("the folder is not there", "Make the folder, or bring it back."),
    Reason.NOT_A_FILE: Why("what stands there is no file", "Move it away, or publish under another name."),
    Reason.NO_PERMISSION: Why(
        "Waymark may not write there", "Let the user that Waymark runs as write to the folder and the file."
    ),
    Reason.DISK_FULL: Why("the disk is full", "Make room on it."),
    Reason.FAILED: Why("writing it failed", "The log of the worker says more."),
    Reason.NO_GIT: Why("git is not installed", "Install git where Waymark runs."),
    Reason.NOT_A_CHECKOUT: Why("the folder is no git checkout", "Clone the repository there."),
    Reason.OTHER_BRANCH: Why(
        "the checkout is on another branch", "Check the branch out that the page belongs to."
    ),
    Reason.DIVERGED: Why(
        "the checkout and its remote have gone apart", "Merge or rebase there by hand, and push."
    ),
    Reason.CONFLICT: Why("git finds a conflict", "Resolve it there by hand."),
    Reason.UNAUTHORIZED: Why("GitHub does not know the token", "Set GITHUB_TOKEN anew, and start again."),
    Reason.FORBIDDEN: Why(
        "the token may not do this", "Give it read and write access to contents and pull requests."
    ),
    Reason.PROTECTED: Why("the branch is protected", "Publish by pull request, without `!direct`."),
    Reason.NOT_FOUND: Why(
        "there is no such repository or branch, or the token does not see it",
        "Look at the address, and at what the token may read.",
    ),
    Reason.MOVED: Why("the repository has moved", "Remove it, and add it with the new address."),
    Reason.REFUSED: Why("the push or the request was refused", "The reason given is below."),
    Reason.EMPTY: Why("the repository is empty", "Make a first commit there."),
    Reason.RATE_LIMITED: Why("GitHub wants to be left alone for a while", "It is tried again by itself."),
    Reason.BUSY: Why("somebody else is at work there", "It is tried again by itself."),
    Reason.TIMEOUT: Why("it took too long", "It is tried again by itself."),
    Reason.UNREACHABLE: Why("it cannot be reached", "Look at the network of the machine."),
    Reason.UNAVAILABLE: Why("GitHub is not available", "It is tried again by itself."),
    Reason.EDITED: Why("it is edited all the time", "It is tried again by itself."),
    "occupied": Why(
        "something else stands there already",
        "If it is the page, import it as it stands, and publish that page there; else choose another place.",
    ),
    "gone": Why(
        "the page was taken away",
        "Put it back, or have it written anew: `python -m bot publish now --again`.",
    ),
    "unreadable": Why(
        "somebody has edited it so that it cannot be read",
        "Put the page right by hand, or take the edit back.",
    ),
    "template": Why(
        "its template cannot be used", "Mend the template; remove it, and add it again with that."
    ),
    "broken": Why("of a mistake in Waymark", "The log of the worker has the reference."),
}
"""By why it failed."""
UNFORESEEN = Why("of something unforeseen", "The log of the worker says more.")
HOLDS = "The records, and all that is said of them, are kept."
GOES_ON = (
    "Once it is mended it goes on by itself within a day, or at once: `python -m bot publish now --again`."
)
WHY_TOLD = "You are told once, as an admin. `/project publish` says how it stands."
WHY_TOLD_ONCE = "You are told once of each, as an admin."
TITLE = "Where the pages go"
NONE = (
    "No page is published. Whoever runs Waymark sets where one goes, on the server: "
    "`python -m bot publish add`."
)
ON_THE_SERVER = "Places are set on the server alone: `python -m bot publish`."
READ_IT = "read it"
PUBLISH_NOW = "Publish now"
ASKED = "🚀 It is published within seconds."
NONE_TO_PUBLISH = "There is no page to publish."
ONLY_PUBLIC = "Projects of private channels are never published."


def stopped(address: str, because: str, detail: str, *, is_lasting: bool) -> str:
    """`address` and `detail` are escaped."""
    why = WHY.get(because, UNFORESEEN)
    still = "is not published any more" if is_lasting else "could not be published for an hour"
    more = f" ({detail})" if detail else ""
    return f"⚠️ `{address}`: the page {still}, since {why.what}{more}. {why.mend}"


def unmoved(address: str, names: Sequence[str]) -> str:
    """What the page cannot show where it belongs by now. `address` and `names` are escaped."""
    many = len(names) > 1
    return (
        f"📄 {', '.join(names)}: {'these belong' if many else 'this belongs'} elsewhere by now, and the page "
        f"`{address}` cannot show {'them' if many else 'it'} there. The records have it right. Move the text "
        "on the page by hand, or leave it."
    )


def goes_on_again(address: str) -> str:
    """`address` is escaped."""
    return f"✅ `{address}`: the page is published again."


def stands(address: str, published: str | None) -> str:
    """`address` is escaped; `published` is when, in words."""
    return f"`{address}`\n{f'Published {published}' if published else 'Not published yet'}"


def waiting(count: int) -> str:
    if count == 0:
        return "nothing waits"
    return f"{count:,} change{'' if count == 1 else 's'} wait{'s' if count == 1 else ''}"


def failing(because: str, *, is_lasting: bool) -> str:
    what = WHY.get(because, UNFORESEEN).what
    return f"⚠️ {'stopped' if is_lasting else 'not yet'}, since {what}"

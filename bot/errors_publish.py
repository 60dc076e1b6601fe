"""What can go wrong where a page is published, and what was found there. Data only.

Here and not in `bot.publish`, which uses the network: texts and services know these as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Author:
    """Who wrote a version, as git knows people."""

    name: str
    email: str


@dataclass(frozen=True)
class Standing:
    """What stands at a target. `revision` is another one whenever `data` is.

    `author` and `at` say who wrote it and when, as far as the target knows: git does not know who edited a
    file without committing it. `since` is set when `data` was not edited from what was published last:
    it was edited from `since` (and not edited at all, if the two are equal).
    """

    data: bytes
    revision: str
    author: Author | None = None
    at: datetime | None = None
    since: bytes | None = None


class Reason(StrEnum):
    """Why a page could not be published, or what stands there could not be read."""

    BAD_ADDRESS = "bad_address"
    NO_TOKEN = "no_token"  # noqa: S105 - the name of a reason, not a secret
    OUTSIDE = "outside"  # the path leads out of the folder or the checkout that it has to stay in
    NO_FOLDER = "no_folder"
    NOT_A_FILE = "not_a_file"
    NO_PERMISSION = "no_permission"
    DISK_FULL = "disk_full"
    FAILED = "failed"
    NO_GIT = "no_git"
    NOT_A_CHECKOUT = "not_a_checkout"
    OTHER_BRANCH = "other_branch"
    DIVERGED = "diverged"
    CONFLICT = "conflict"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    PROTECTED = "protected"
    NOT_FOUND = "not_found"
    MOVED = "moved"
    REFUSED = "refused"
    EMPTY = "empty"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    UNAVAILABLE = "unavailable"
    EDITED = "edited"


_PASSING = {
    *(Reason.DISK_FULL, Reason.FAILED, Reason.RATE_LIMITED, Reason.BUSY, Reason.TIMEOUT),
    *(Reason.UNREACHABLE, Reason.UNAVAILABLE, Reason.EDITED),
}
"""Those that may be gone the next time. All others last until a person does something about them."""


class PublishError(Exception):
    """Nothing was published, or nobody knows whether it was: published again, it is done once in the end.

    `detail` is for the log and for whoever runs the bot: the path, or what git or GitHub said. It never has
    a token in it. `retry_after` is set when the target said how long to leave it alone.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str,
        is_lasting: bool | None = None,  # noqa: FBT001 - given by name wherever it is given
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_lasting = reason not in _PASSING if is_lasting is None else is_lasting
        self.retry_after = retry_after


class EditedError(PublishError):
    """Something else stands there than was said: somebody has edited it, or (None) taken it away."""

    def __init__(self, standing: Standing | None) -> None:
        super().__init__(Reason.EDITED, standing.revision if standing else "gone")
        self.standing = standing


class AddressProblem(StrEnum):
    """What is wrong with an address of a target."""

    KIND = "kind"  # neither file:, git: nor github:
    NOT_ABSOLUTE = "not_absolute"
    NO_PATH = "no_path"  # nothing after the //
    PATH = "path"  # not a path inside a repository: .., .git, a backslash, …
    REPOSITORY = "repository"  # not owner/repo
    BRANCH = "branch"
    OPTION = "option"  # something else than !direct
    API_URL = "api_url"  # neither https:// nor on this machine
    CHARACTER = "character"  # a control character


class AddressError(PublishError):
    """The address cannot be that of a target: `part` of it is wrong, and `problem` says how."""

    def __init__(self, address: str, problem: AddressProblem, part: str) -> None:
        super().__init__(Reason.BAD_ADDRESS, f"{problem}: {part!r} in {address!r}")
        self.address = address
        self.problem = problem
        self.part = part

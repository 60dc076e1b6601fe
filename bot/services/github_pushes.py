"""What GitHub says that was pushed, and which published pages that may have changed."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from storage.database import Tx
from storage.publication_looks import list_located
from storage.publications import ask_to_publish

_LISTED = 2_000
"""GitHub lists 2,048 commits of a push at most: where there are about so many, any file may have changed."""
_GITHUB = "github:"


class _Part(BaseModel):
    """GitHub says much more than is asked for here."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Commit(_Part):
    added: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Repository(_Part):
    full_name: str = Field(max_length=300)
    default_branch: str = Field("", max_length=1_024)


class Push(_Part):
    """As docs.github.com has it, "Webhook events and payloads", `push`."""

    ref: str = Field(max_length=1_100)
    forced: bool = False
    created: bool = False
    commits: tuple[Commit, ...] = ()
    repository: Repository

    @property
    def branch(self) -> str | None:
        return self.ref.removeprefix("refs/heads/") if self.ref.startswith("refs/heads/") else None

    @property
    def paths(self) -> frozenset[str] | None:
        """The files that changed; None where not all of them are listed."""
        if self.forced or self.created or not self.commits or len(self.commits) >= _LISTED:
            return None
        return frozenset(
            path for each in self.commits for path in (*each.added, *each.modified, *each.removed)
        )


def look_at_pushed(tx: Tx, push: Push, now: datetime) -> int:
    """Have the pages looked at that stand on the pushed branch, of all workspaces; how many these are.

    Nothing is read here, so that the answer does not wait for it; told twice, it is looked at twice at most.
    """
    found = [each for each in list_located(tx, _GITHUB) if _is_pushed(push, each.address)]
    for each in found:
        ask_to_publish(tx, each.workspace_id, each.id, now, is_again=False)
    return len(found)


def _is_pushed(push: Push, address: str) -> bool:
    place = address.removeprefix(_GITHUB).partition("!")[0]
    repository, _, rest = place.partition("//")
    path, _, base = rest.partition("@")
    if repository.removesuffix(".git").lower() != push.repository.full_name.lower():
        return False
    if push.branch is None or push.branch != (base or push.repository.default_branch):
        return False
    return push.paths is None or path in push.paths

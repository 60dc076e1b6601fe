"""A checkout as it is now: where its parts are, what is checked out, and the page in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors_publish import Author, PublishError, Reason, Standing
from bot.publish.addresses import GitAddress
from bot.publish.file_target import edited_at
from bot.publish.git_commands import Git
from bot.publish.locks import locked_folder
from bot.publish.whole_files import read_whole

_IN_THE_MIDDLE = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_HEADS = "refs/heads/"


@dataclass(frozen=True)
class Checkout:
    """`path` is that of the page from the top on, `file` the same on this machine, `branch` a whole ref.

    `folder` is where the file has to be.
    """

    git: Git
    git_folder: Path
    folder: Path
    path: str
    file: Path
    branch: str

    def require_inside(self) -> None:
        """Before each use of the file: what is pulled may put a link in the way. Raises PublishError."""
        _require_inside(self.folder, self.file)

    def head(self) -> str | None:
        """The commit that is checked out; None: the branch has none yet."""
        return self.find_object("HEAD^{commit}")

    def find_object(self, name: str) -> str | None:
        """The id of what goes by this name, if there is such a thing."""
        answer = self.git.ask("rev-parse", "-q", "--verify", "--end-of-options", name)
        return answer.text if answer.code == 0 else None

    def find_blob(self, commit: str | None) -> str | None:
        """The id of the page in a commit."""
        return self.find_object(f"{commit}:{self.path}") if commit else None

    def hash_of(self, data: bytes, *, is_kept: bool = False) -> str:
        """The id that git would give these bytes at the page's place, where filters may apply."""
        kept = ("-w",) if is_kept else ()
        return self.git.run("hash-object", *kept, "--stdin", f"--path={self.path}", given=data)

    def read(self) -> tuple[Standing | None, bool]:
        """What stands in the file, and whether it is as in the last commit."""
        self.require_inside()
        found = read_whole(self.file)
        head = self.head()
        committed = self.find_blob(head)
        if found is None:
            return None, committed is None
        data, facts = found
        blob = self.hash_of(data)
        if head is None or blob != committed:
            return Standing(data, blob, None, edited_at(facts)), False
        revision, author, at = self._last_change(head)
        return Standing(data, revision, author, at), True

    def _last_change(self, head: str) -> tuple[str, Author, datetime]:
        form = "--format=%H%x00%an%x00%ae%x00%cI"
        said = self.git.run("log", "-1", form, "--no-show-signature", head, "--", self.path)
        revision, name, email, at = said.split("\0")
        return revision, Author(name, email), datetime.fromisoformat(at)


@contextmanager
def opened_checkout(address: GitAddress, within: Path | None) -> Iterator[Checkout]:
    """The checkout, with nobody else of the bot's in it. Raises PublishError."""
    folder = address.checkout.resolve()
    if within is not None and within.resolve() not in (folder, *folder.parents):
        raise PublishError(Reason.OUTSIDE, f"{folder} is not in {within}")
    if not folder.is_dir():
        raise PublishError(Reason.NO_FOLDER, str(folder))
    facts = Git(folder).run("rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix").split("\n")
    if len(facts) < _FACTS:
        # Of a bare repository, git says less.
        raise PublishError(Reason.NOT_A_CHECKOUT, str(folder))
    top, git_folder, prefix = Path(facts[0]), Path(facts[1]), facts[2]
    file = folder / address.path
    with locked_folder(git_folder) as lock:
        git = Git(top, lock)
        branch = _branch(git, git_folder, address.branch)
        checkout = Checkout(git, git_folder, folder, prefix + address.path, file, branch)
        checkout.require_inside()
        yield checkout


_FACTS = 3


def _require_inside(folder: Path, file: Path) -> None:
    """No folder on the way to the file is a link, nor a repository of its own."""
    for between in file.parents:
        if between == folder:
            break
        if between.is_symlink() or (between / ".git").exists():
            raise PublishError(Reason.OUTSIDE, str(between))
    if file.is_symlink():
        raise PublishError(Reason.NOT_A_FILE, f"{file} is a link")


def _branch(git: Git, git_folder: Path, wanted: str | None) -> str:
    for name in _IN_THE_MIDDLE:
        if (git_folder / name).exists():
            raise PublishError(Reason.BUSY, f"somebody is in the middle of something: {git_folder / name}")
    found = git.ask("symbolic-ref", "-q", "HEAD").text
    if not found.startswith(_HEADS) or (wanted and found != _HEADS + wanted):
        raise PublishError(Reason.OTHER_BRANCH, found.removeprefix(_HEADS) or "no branch is checked out")
    return found

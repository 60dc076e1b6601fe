"""Commits of one path, made beside the index that people use: what they have staged stays theirs."""

from contextlib import suppress
from pathlib import Path

from bot import clock
from bot.errors_publish import Author, PublishError, Reason
from bot.publish.file_errors import as_publish_error
from bot.publish.git_checkout import Checkout
from bot.publish.whole_files import read_whole, write_whole

_OWN_INDEX = "waymark-index"
_FILE, _PROGRAM = "100644", "100755"
_NOTHING = "0" * 40
_PATIENCE_S = 5.0


def make_commit(
    checkout: Checkout, head: str | None, data: bytes, message: str, author: Author
) -> str | None:
    """A commit on top of `head` that differs in the page alone, and which nothing leads to yet.

    None: it would not differ at all, since git takes line ends or the like for the same.
    """
    mode = _mode(checkout, head)
    blob = checkout.hash_of(data, is_kept=True)
    index = checkout.git_folder / _OWN_INDEX
    # A killed one may have left them. Whoever has the checkout's lock is alone with them.
    for left in (index, Path(f"{index}.lock")):
        with suppress(FileNotFoundError):
            left.unlink()
    own = {"GIT_INDEX_FILE": str(index)}
    checkout.git.run("read-tree", head or "--empty", environment=own)
    checkout.git.run(
        "update-index", "--add", "--cacheinfo", f"{mode},{blob},{checkout.path}", environment=own
    )
    tree = checkout.git.run("write-tree", environment=own)
    index.unlink(missing_ok=True)
    if head and checkout.find_object(f"{head}^{{tree}}") == tree:
        return None
    parents = ("-p", head) if head else ()
    given = message.replace("\0", "").encode("utf-8", "replace")
    return checkout.git.run(
        *("commit-tree", *parents, "-F", "-", tree), given=given, environment=_in_the_name_of(author)
    )


def take_commit(checkout: Checkout, head: str | None, commit: str, data: bytes) -> bool:
    """The file, its place in the index, and then the branch: a kill in between can be gone on from.

    False: the branch has moved on from `head` meanwhile.
    """
    put_file(checkout, data)
    _stage(checkout)
    said = "waymark: a page is published"
    answer = checkout.git.ask("update-ref", "-m", said, checkout.branch, commit, head or _NOTHING)
    return answer.code == 0


def put_file(checkout: Checkout, data: bytes) -> None:
    """The file has these bytes, if it has others by now."""
    checkout.require_inside()
    found = read_whole_or_make_room(checkout.file)
    if found != data:
        write_whole(checkout.file, data)


def read_whole_or_make_room(file: Path) -> bytes | None:
    """What is there; if there is nothing, its folder is there afterwards: git keeps none without files."""
    found = read_whole(file)
    if found is None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise PublishError(Reason.NO_FOLDER, str(file.parent)) from error
        except OSError as error:
            raise as_publish_error(error, file.parent) from error
        return None
    return found[0]


def _stage(checkout: Checkout) -> None:
    """Waits a little for people who have the index to themselves."""
    until = clock.steady() + _PATIENCE_S
    while True:
        try:
            checkout.git.run("update-index", "--add", "--", checkout.path)
        except PublishError as error:
            if error.reason is not Reason.BUSY or clock.steady() > until:
                raise
        else:
            return


def _mode(checkout: Checkout, head: str | None) -> str:
    said = checkout.git.run("ls-tree", head, "--", checkout.path) if head else ""
    mode = said.partition(" ")[0] or _FILE
    if mode not in {_FILE, _PROGRAM}:
        raise PublishError(Reason.NOT_A_FILE, f"{checkout.path} has mode {mode} in git")
    return mode


def _in_the_name_of(author: Author) -> dict[str, str]:
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", author.name), ("EMAIL", author.email))
    }

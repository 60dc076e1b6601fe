"""A bare repository, as GitHub has it, worked on with git itself."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support.git import ANN, environment, git, git_bytes
from tests.support.github.refusals import refuse

BRANCHES = "refs/heads/"
_MERGED, _CONFLICTS = 0, 1


class OvertakenError(Exception):
    """The ref was moved by somebody else."""


@dataclass(frozen=True)
class Store:
    folder: Path

    def run(self, *arguments: str, who: tuple[str, str] = ANN, given: bytes = b"") -> str:
        return git(self.folder, *arguments, who=who, given=given)

    def find(self, name: str) -> str | None:
        """The id that a name stands for."""
        done = subprocess.run(
            ["git", "-C", str(self.folder), "rev-parse", "-q", "--verify", "--end-of-options", name],
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
        )
        return done.stdout.strip() or None

    def head(self, branch: str) -> str | None:
        return self.find(f"{BRANCHES}{branch}")

    def commit_of(self, ref: str) -> str | None:
        """Of a branch, a tag or an id, as the API takes them."""
        return self.head(ref) or self.find(f"{ref}^{{commit}}")

    def branches(self) -> dict[str, str]:
        lines = self.run("for-each-ref", "--format=%(refname) %(objectname)", BRANCHES).splitlines()
        return {name.removeprefix(BRANCHES): sha for name, sha in (line.split(" ") for line in lines)}

    def blob(self, sha: str) -> bytes:
        return git_bytes(self.folder, "cat-file", "blob", sha)

    def entry(self, commit: str, path: str) -> tuple[str, str, str] | None:
        """Mode, kind and id of what is at a path."""
        found = self.run("ls-tree", commit, "--", path)
        if not found:
            return None
        mode, kind, rest = found.split(" ", 2)
        return mode, kind, rest.split("\t")[0]

    def names(self, commit: str, path: str) -> list[tuple[str, str, str]]:
        """Kind, id and path of all in a folder."""
        lines = self.run("ls-tree", "-z", commit, "--", f"{path}/" if path else ".").split("\0")
        found = [line.partition("\t") for line in lines if line]
        return [(facts.split(" ")[1], facts.split(" ")[2], name) for facts, _, name in found]

    def make_commit(
        self, files: dict[str, bytes | None], message: str, author: tuple[str, str], *parents: str
    ) -> str:
        """A commit that differs from its first parent in these files (None: it is gone)."""
        index = self.folder / "own-index"
        index.unlink(missing_ok=True)
        also = {"GIT_INDEX_FILE": str(index)}
        git(self.folder, "read-tree", parents[0] if parents else "--empty", also=also)
        for path, data in files.items():
            if data is None:
                gone = f"0 {'0' * 40}\t{path}\n".encode()
                git(self.folder, "update-index", "--index-info", given=gone, also=also)
                continue
            blob = self.run("hash-object", "-w", "--stdin", given=data)
            entry = f"100644,{blob},{path}"
            git(self.folder, "update-index", "--add", "--replace", "--cacheinfo", entry, also=also)
        return self.commit_tree(git(self.folder, "write-tree", also=also), message, author, *parents)

    def commit_tree(self, tree: str, message: str, author: tuple[str, str], *parents: str) -> str:
        lineage = [part for parent in parents for part in ("-p", parent)]
        return self.run("commit-tree", *lineage, "-F", "-", tree, who=author, given=message.encode())

    def move(self, branch: str, new: str, old: str | None) -> None:
        """Raises OvertakenError when the branch is not where it was."""
        try:
            self.run("update-ref", f"{BRANCHES}{branch}", new, old or "0" * 40)
        except AssertionError as error:
            raise OvertakenError(branch) from error

    def merge_tree(self, ours: str, theirs: str) -> str | None:
        """The tree of both, as git merges them; None: they conflict."""
        done = subprocess.run(
            ["git", "-C", str(self.folder), "merge-tree", "--write-tree", ours, theirs],
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
        )
        assert done.returncode in (_MERGED, _CONFLICTS), done.stderr
        return done.stdout.split("\n")[0] if done.returncode == _MERGED else None

    def has(self, commit: str, older: str) -> bool:
        """Whether `older` is `commit` or among what it was made from."""
        return self.run("rev-list", "-1", older, f"^{commit}") == ""

    def merge_base(self, one: str, other: str) -> str:
        try:
            return self.run("merge-base", one, other)
        except AssertionError:
            refuse(404, "No common ancestor")

    def count(self, newer: str, older: str) -> int:
        return int(self.run("rev-list", "--count", newer, f"^{older}"))

"""Chat and people edit one page on GitHub in any order, merge it, close it, delete branches: nothing is lost.

The reader here is the simplest that reads three-way by what a target says: an edit by hand wins.
"""

import random
from contextlib import suppress

import pytest

from bot.errors_publish import EditedError, Standing
from bot.publish import open_target
from tests.publish.conftest import BRANCH, PATH
from tests.support.github import Github, Repository
from tests.support.github.refusals import Refusal

_NAMES = "ABCD"
_ROUNDS = 6


def _page(values: dict[str, str]) -> bytes:
    return "\n".join(f"## {name}\n\nAbout it.\n\n{values[name]}\n" for name in _NAMES).encode()


def _values(page: bytes | None) -> dict[str, str]:
    lines = (page or b"").decode().split("\n")
    return {line[3:]: lines[at + 4] for at, line in enumerate(lines) if line.startswith("## ")}


class _Team:
    """Their records, the page as they published or read it last, and what they do at random."""

    def __init__(self, github: Github, more: str, seed: int) -> None:
        self.dice = random.Random(seed)
        self.records = dict.fromkeys(_NAMES, "0")
        self.kept = _page(self.records)
        self.repository: Repository = github.make_repository("acme/site", {PATH: self.kept})
        address = self.repository.address(PATH, more)
        self.target = open_target(address, token=github.token, api_url=github.api_url)
        self.seen: set[str] = set()
        self.unseen: dict[tuple[str, str], str] = {}
        """What was edited by hand last, by place and name, as long as it has to be seen."""
        self.acts = (
            *(self.say, self.say, self.say, self.sync, self.sync, self.edit_base, self.edit_base),
            *(self.edit_branch, self.merge, self.close, self.delete, self.target.read),
        )

    def sync(self) -> None:
        """Publish; what somebody has edited meanwhile is read first."""
        for _ in range(_ROUNDS):
            try:
                self.target.publish(_page(self.records), "Says", over=self.kept)
            except EditedError as error:
                if error.standing is None:
                    raise
                self._read(error.standing)
            else:
                self.kept = _page(self.records)
                return
        raise AssertionError("no end of edits")

    def _read(self, standing: Standing) -> None:
        before = _values(self.kept if standing.since is None else standing.since)
        for name, value in _values(standing.data).items():
            if value != before[name]:
                self.records[name] = value
                self.seen.add(value)
        self.kept = standing.data

    def say(self) -> None:
        self.records[self._name()] = self._value("said")

    def edit_base(self) -> None:
        self._edit("main")

    def edit_branch(self) -> None:
        if self.repository.pulls():
            self._edit(BRANCH)

    def merge(self) -> None:
        for pull in self.repository.pulls():
            with suppress(Refusal):
                self.repository.merge(pull.number, self.dice.choice(["merge", "squash", "rebase"]))

    def close(self) -> None:
        """What people have edited in a pull request that they close is not to be seen."""
        for pull in self.repository.pulls():
            self.repository.close(pull.number)
            self.unseen = {at: value for at, value in self.unseen.items() if at[0] == "main"}

    def delete(self) -> None:
        if self.repository.head(BRANCH) and not self.repository.pulls():
            self.repository.delete_branch(BRANCH)

    def _edit(self, branch: str) -> None:
        name, value = self._name(), self._value("edited")
        self.repository.edit(
            PATH, _page(_values(self.repository.read(PATH, branch)) | {name: value}), branch=branch
        )
        # An edit of what was edited before is all that there is to be seen.
        self.unseen = {at: old for at, old in self.unseen.items() if at[1] != name} | {(branch, name): value}

    def _name(self) -> str:
        return self.dice.choice(_NAMES)

    def _value(self, what: str) -> str:
        return f"{what} {self.dice.random()}"


@pytest.mark.parametrize("more", ["", "!direct"])
@pytest.mark.parametrize("seed", range(3))
def test_in_any_order(github: Github, seed: int, more: str) -> None:
    team = _Team(github, more, seed)
    for _ in range(20):
        team.dice.choice(team.acts)()

    team.sync()
    for pull in team.repository.pulls():
        team.repository.merge(pull.number, "squash")

    assert _values(team.repository.read(PATH)) == team.records
    assert set(team.unseen.values()) <= team.seen
    standing = team.target.read()
    assert standing is not None
    assert (standing.data, standing.since) == (_page(team.records), None)

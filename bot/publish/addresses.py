"""The addresses of targets: `file:…`, `git:…` and `github:…`. Pure: nothing is looked at.

Nothing that git or a shell would take for an option comes through here, nor a path that leads elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors_publish import AddressError, AddressProblem

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_REPOSITORY = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._-]{0,99}")
_NOT_IN_BRANCH = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|(^|/)\.|\.(/|$)|\.lock(/|$)|^-|^/|/$|^@$|^HEAD$"
)
"""As git-check-ref-format has it, and none that looks like an option or means something else."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OF_GIT = re.compile(r"\.git[ .]*|git~[0-9]+|\.gitmodules", re.IGNORECASE)
"""What is git's own on some file system or other."""
_LONGEST = 1024
_LAST_PORT = 65535
_DIRECT = "direct"


@dataclass(frozen=True)
class FileAddress:
    path: Path


@dataclass(frozen=True)
class GitAddress:
    """`path` is that in the folder `checkout`; `branch` is the one that has to be checked out, if given."""

    checkout: Path
    path: str
    branch: str | None


@dataclass(frozen=True)
class GithubAddress:
    """`base` is the branch that the page is read from, None: the default one.

    Commits go to a branch of the bot's own and a pull request, or straight to `base` (`is_direct`).
    """

    owner: str
    repository: str
    path: str
    base: str | None
    is_direct: bool


Address = FileAddress | GitAddress | GithubAddress


def parse_address(address: str) -> Address:
    """`file:/srv/www/projects.md`, `git:/srv/checkout//docs/projects.md[@branch]` or
    `github:owner/repo//docs/projects.md[@base][!direct]`. Raises AddressError.
    """  # noqa: D205 - the three forms are the summary
    if len(address) > _LONGEST or _CONTROL.search(address):
        raise AddressError(address[:_LONGEST], AddressProblem.CHARACTER, address[:_LONGEST])
    kind, found, rest = address.strip().partition(":")
    if not found or kind not in _KINDS:
        raise AddressError(address, AddressProblem.KIND, kind)
    return _KINDS[kind](address, rest)


def require_api_url(api_url: str) -> str:
    """Without a slash at its end. Raises AddressError for one that would send a token in the clear."""
    found = _API_URL.fullmatch(api_url)
    if found is None or int(found["port"] or 0) > _LAST_PORT:
        raise AddressError(api_url, AddressProblem.API_URL, api_url)
    return api_url.rstrip("/")


def is_branch(name: str) -> bool:
    """Whether git takes it for a branch's name, and nothing else than that."""
    return 0 < len(name.encode()) <= _LONGEST and _NOT_IN_BRANCH.search(name) is None


_API_URL = re.compile(
    r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:(?P<port>[0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)?"
)


def _file(address: str, rest: str) -> FileAddress:
    return FileAddress(_absolute(address, rest))


def _git(address: str, rest: str) -> GitAddress:
    checkout, path, branch = _split(address, rest.removeprefix("//"))
    return GitAddress(_absolute(address, checkout), path, branch)


def _github(address: str, rest: str) -> GithubAddress:
    rest, found, option = rest.partition("!")
    if found and option != _DIRECT:
        raise AddressError(address, AddressProblem.OPTION, option)
    name, path, base = _split(address, rest)
    owner, _, repository = name.partition("/")
    if (
        _OWNER.fullmatch(owner) is None
        or _REPOSITORY.fullmatch(repository) is None
        or repository in {".", ".."}
    ):
        raise AddressError(address, AddressProblem.REPOSITORY, name)
    return GithubAddress(owner, repository.removesuffix(".git"), path, base, is_direct=bool(found))


_KINDS: dict[str, Callable[[str, str], Address]] = {"file": _file, "git": _git, "github": _github}


def _absolute(address: str, text: str) -> Path:
    """`///srv` is `/srv`, as in a URL; `//srv` would be a path on the host `srv`."""
    path = text[2:] if text.startswith("///") else text
    if not path.startswith("/") or path.startswith("//"):
        raise AddressError(address, AddressProblem.NOT_ABSOLUTE, text)
    if path.endswith("/") or ".." in path.split("/"):
        raise AddressError(address, AddressProblem.PATH, text)
    return Path(path)


def _split(address: str, rest: str) -> tuple[str, str, str | None]:
    """Where the repository is, the path in it, and the branch. The first @ ends the path."""
    place, found, rest = rest.partition("//")
    path, at, branch = rest.partition("@")
    if not found or not path:
        raise AddressError(address, AddressProblem.NO_PATH, place)
    parts = path.split("/")
    if path.startswith("-") or "\\" in path or any(not _is_name(part) for part in parts):
        raise AddressError(address, AddressProblem.PATH, path)
    if at and not is_branch(branch):
        raise AddressError(address, AddressProblem.BRANCH, branch)
    return place, path, branch if at else None


def _is_name(part: str) -> bool:
    return part.strip(" ") not in {"", ".", ".."} and _OF_GIT.fullmatch(part) is None

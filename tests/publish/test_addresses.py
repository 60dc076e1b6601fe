"""Addresses, right and wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors_publish import AddressError, AddressProblem, PublishError, Reason
from bot.publish import open_target, parse_address
from bot.publish.addresses import FileAddress, GitAddress, GithubAddress, is_branch


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("file:/srv/www/projects.md", FileAddress(Path("/srv/www/projects.md"))),
        ("file:///srv/www/a@b.md", FileAddress(Path("/srv/www/a@b.md"))),
        (" git:/srv/x//docs/p.md ", GitAddress(Path("/srv/x"), "docs/p.md", None)),
        ("git:///srv/x//docs/p.md@a/b", GitAddress(Path("/srv/x"), "docs/p.md", "a/b")),
        ("git:/srv/me@home//p.md@x@2", GitAddress(Path("/srv/me@home"), "p.md", "x@2")),
        ("github:a/b//p.md", GithubAddress("a", "b", "p.md", None, is_direct=False)),
        ("github:a/b.git//d/p q.md@main!direct", GithubAddress("a", "b", "d/p q.md", "main", is_direct=True)),
        ("github:a/b//p.md!direct", GithubAddress("a", "b", "p.md", None, is_direct=True)),
    ],
)
def test_addresses_say_where_a_page_goes(address: str, found: object) -> None:
    assert parse_address(address) == found


@pytest.mark.parametrize(
    ("address", "problem", "part"),
    [
        ("", AddressProblem.KIND, ""),
        ("projects.md", AddressProblem.KIND, "projects.md"),
        ("ext::sh -c id", AddressProblem.KIND, "ext"),
        ("https://github.com/a/b", AddressProblem.KIND, "https"),
        ("file:projects.md", AddressProblem.NOT_ABSOLUTE, "projects.md"),
        ("file://host/projects.md", AddressProblem.NOT_ABSOLUTE, "//host/projects.md"),
        ("file:/srv/../etc/passwd", AddressProblem.PATH, "/srv/../etc/passwd"),
        ("file:/srv/", AddressProblem.PATH, "/srv/"),
        ("git:--upload-pack=x//p.md", AddressProblem.NOT_ABSOLUTE, "--upload-pack=x"),
        ("git:ext::sh -c id//p.md", AddressProblem.NOT_ABSOLUTE, "ext::sh -c id"),
        ("git:https://example.org/x.git//p.md", AddressProblem.PATH, "example.org/x.git//p.md"),
        ("git:/srv/x", AddressProblem.NO_PATH, "/srv/x"),
        ("git:/srv/x//", AddressProblem.NO_PATH, "/srv/x"),
        ("git:/srv/x//-p.md", AddressProblem.PATH, "-p.md"),
        ("git:/srv/x//../p.md", AddressProblem.PATH, "../p.md"),
        ("git:/srv/x//a//p.md", AddressProblem.PATH, "a//p.md"),
        ("git:/srv/x//.git/hooks/post-commit", AddressProblem.PATH, ".git/hooks/post-commit"),
        ("git:/srv/x//a/.GIT/config", AddressProblem.PATH, "a/.GIT/config"),
        ("git:/srv/x//GIT~1/config", AddressProblem.PATH, "GIT~1/config"),
        ("git:/srv/x//.gitmodules", AddressProblem.PATH, ".gitmodules"),
        ("git:/srv/x//a\\p.md", AddressProblem.PATH, "a\\p.md"),
        ("git:/srv/x//p.md@", AddressProblem.BRANCH, ""),
        ("git:/srv/x//p.md@-f", AddressProblem.BRANCH, "-f"),
        ("git:/srv/x//p.md@a..b", AddressProblem.BRANCH, "a..b"),
        ("git:/srv/x//p.md@a b", AddressProblem.BRANCH, "a b"),
        ("git:/srv/x//p.md@+main:main", AddressProblem.BRANCH, "+main:main"),
        ("github:b//p.md", AddressProblem.REPOSITORY, "b"),
        ("github:a/b/c//p.md", AddressProblem.REPOSITORY, "a/b/c"),
        ("github:-a/b//p.md", AddressProblem.REPOSITORY, "-a/b"),
        ("github:a/-b//p.md", AddressProblem.REPOSITORY, "a/-b"),
        ("github:a/..//p.md", AddressProblem.REPOSITORY, "a/.."),
        ("github:a/b?x=//p.md", AddressProblem.REPOSITORY, "a/b?x="),
        ("github:a/b//p.md@main!force", AddressProblem.OPTION, "force"),
        ("file:/srv/a\nb", AddressProblem.CHARACTER, "file:/srv/a\nb"),
    ],
)
def test_a_wrong_address_says_what_is_wrong_with_it(address: str, problem: AddressProblem, part: str) -> None:
    with pytest.raises(AddressError) as raised:
        open_target(address, token="t")

    error = raised.value
    assert (error.problem, error.part, error.address) == (problem, part, address)
    assert (error.reason, error.is_lasting) == (Reason.BAD_ADDRESS, True)


@pytest.mark.parametrize(
    "api_url",
    [
        "http://api.github.com",
        "https://a@b",
        "ftp://x",
        "https://x/?a",
        "",
        "http://127.0.0.1.evil",
        "https://x:65536",
    ],
)
def test_a_token_goes_nowhere_in_the_clear(api_url: str) -> None:
    with pytest.raises(AddressError) as raised:
        open_target("github:a/b//p.md", token="t", api_url=api_url)

    assert (raised.value.problem, raised.value.part) == (AddressProblem.API_URL, api_url)


def test_github_needs_a_token() -> None:
    with pytest.raises(PublishError) as raised:
        open_target("github:a/b//p.md", token=None)

    assert (raised.value.reason, raised.value.is_lasting) == (Reason.NO_TOKEN, True)


@given(st.text(st.sampled_from("ab-./@{~^: *?[\\\x7fé\t"), max_size=6))
def test_a_branch_is_one_for_git_too(name: str) -> None:
    """What git refuses is refused here; the other way round, only what looks like something else."""
    if not is_branch(name):
        return
    done = subprocess.run(["git", "check-ref-format", "--branch", name], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.decode().rstrip("\n") == name


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_says_why_not(text: str) -> None:
    for address in (text, f"git:/x//{text}", f"github:a/b//{text}", f"github:{text}//p.md"):
        try:
            found = parse_address(address)
        except AddressError:
            continue
        if isinstance(found, GitAddress | GithubAddress):
            parts = found.path.split("/")
            assert not found.path.startswith(("-", "/"))
            assert not {"", ".", "..", ".git"} & set(parts)


def test_files_do_not_wait_for_what_github_needs() -> None:
    program = (
        "import sys; from bot.publish import open_target; open_target('file:/x', token=None);"
        "open_target('git:/x//y', token=None);"
        "print([m for m in ('httpx', 'sqlalchemy', 'slack_sdk', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['pydantic']"

"""The container file: it names what is there, and runs the bot as somebody who may do little."""

import json
import re
from fnmatch import fnmatch

from tests.cli.conftest import ROOT

LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()


def values_of(word: str) -> list[str]:
    """What follows the instruction, each time that it is given; of CMD the bot's own, not the probe's."""
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


def test_all_that_is_copied_is_there_and_let_in() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    copied = [value.split()[0] for value in values_of("COPY") if not value.startswith("--from")]

    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / name).exists() for name in copied)
    assert "*" in ignored
    assert not any(fnmatch(".env", name) for name in let_in)


def test_it_runs_as_nobody_in_particular_and_signals_reach_the_bot() -> None:
    (user,) = values_of("USER")
    (command,) = values_of("ENTRYPOINT")
    (arguments,) = values_of("CMD")

    assert re.fullmatch(r"[1-9][0-9]*:[1-9][0-9]*", user)
    assert json.loads(command) == ["python", "-m", "bot"]
    assert json.loads(arguments) == ["web", "--with-worker", "--host", "0.0.0.0"]  # noqa: S104 - as in a container


def test_its_base_is_pinned_and_the_same_in_both_stages() -> None:
    bases = {value.split()[0] for value in values_of("FROM")}

    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+", bases.pop())


def test_its_probe_can_be_run() -> None:
    (probe,) = values_of("HEALTHCHECK")
    program, option, script = json.loads(probe.partition("CMD ")[2])

    assert (program, option) == ("python", "-c")
    compile(script, "probe", "exec")


def test_it_has_the_programs_that_publishing_runs() -> None:
    last = LINES[max(number for number, line in enumerate(LINES) if line.startswith("FROM ")) :]
    (installing,) = [line for line in last if "apt-get install" in line]

    assert "--no-install-recommends git openssh-client" in installing
    assert installing.endswith("rm -rf /var/lib/apt/lists/*")

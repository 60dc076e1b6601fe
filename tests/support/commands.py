"""`python -m bot …` in a fork: for tests of many commands, where starts of Python prove nothing."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout

from bot.cli import main
from tests.support.environment import take_environment


def run_command(folder: str, settings: str, *arguments: str) -> str:
    """In the folder; `settings` are the environment, as JSON. Its exit code and what it printed, as JSON."""
    os.chdir(folder)
    take_environment(json.loads(settings))
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return json.dumps([code, out.getvalue(), err.getvalue()])

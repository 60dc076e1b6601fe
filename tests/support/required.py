"""Tests that need what a fresh machine may lack: skipped there with a line that says so, required in CI."""

from typing import NoReturn

import pytest

from tests.support import environment


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test; where CI is set, fail it."""
    if environment.is_ci():
        pytest.fail(f"required in CI: {reason}")
    pytest.skip(reason)

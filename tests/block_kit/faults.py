"""A table of faults: a right payload, one place in it, what is put there, and the one error it makes."""

import pytest

from bot.local.block_kit import message_errors, view_errors

from .blocks import BLOCKS
from .elements import ELEMENTS
from .payloads import MODAL, changed

Fault = tuple[str, str, object, str]
"""A payload, a JSON pointer into it, a value for that place (or MISSING), the error below the block."""


def too_long(most: int) -> str:
    return f"must be less than {most + 1} characters"


def too_many(most: int) -> str:
    return f"no more than {most} items allowed"


def missing(name: str) -> str:
    return f"missing required field: {name}"


EMPTY = "must be more than 0 characters"
NONE = "no less than 1 items allowed"
DATE = "must be a valid date in the format YYYY-MM-DD"
TIME = "must be a valid time in the format HH:mm"
LINK = "must be a valid URL (http, https, mailto, tel or slack)"
WEB = "must be a valid http or https URL"
SECURE = "must be a valid https URL"


def each(faults: list[Fault]) -> pytest.MarkDecorator:
    """Run a test once for each fault."""
    return pytest.mark.parametrize(
        "fault", faults, ids=[f"{name} {error}"[:90] for name, _, _, error in faults]
    )


def found(fault: Fault) -> list[str]:
    name, pointer, value, _ = fault
    block = changed((BLOCKS | ELEMENTS)[name], pointer, value)
    return view_errors({**MODAL, "blocks": [block]}) if name == "alert" else message_errors([block], "Hello")


def expected(fault: Fault) -> list[str]:
    error = fault[3]
    return [f"/blocks/0{'' if error.startswith('/') else ' '}{error}"]

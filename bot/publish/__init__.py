"""Where pages go: a file, a git checkout, a repository on GitHub. Compare and swap, done twice is done once.

What can go wrong stands in `bot.errors_publish`, which those below this layer may use, too.
"""

from bot.errors_publish import (
    AddressError,
    AddressProblem,
    Author,
    EditedError,
    PublishError,
    Reason,
    Standing,
)
from bot.publish.addresses import parse_address
from bot.publish.opening import open_target
from bot.publish.targets import DEFAULT_AUTHOR, Published, Target

__all__ = [
    "DEFAULT_AUTHOR",
    "AddressError",
    "AddressProblem",
    "Author",
    "EditedError",
    "PublishError",
    "Published",
    "Reason",
    "Standing",
    "Target",
    "open_target",
    "parse_address",
]

"""What the app has offered for its external selects: only that can be chosen in them."""

from collections import defaultdict
from typing import Any

Options = list[dict[str, Any]]
_REMEMBERED = 1_000


class Suggestions:
    """By person and action_id, every option offered so far: one may be chosen, and another sought."""

    def __init__(self) -> None:
        self._offered: defaultdict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)

    def offer(self, user_id: str, action_id: str, options: Options) -> None:
        known = self._offered[user_id, action_id]
        known |= {str(option["value"]): option for option in options}
        while len(known) > _REMEMBERED:
            known.pop(next(iter(known)))

    def offered_to(self, user_id: str) -> dict[str, Options]:
        """By action_id, what this person may choose."""
        return {
            action: list(known.values()) for (user, action), known in self._offered.items() if user == user_id
        }

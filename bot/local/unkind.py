"""Misfortune on request: what goes wrong with Slack now and then, as often as a test asks for it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.local.errors import SlackError

ANY = "*"


@dataclass(frozen=True)
class Rule:
    """What happens to the next `times` calls of `method` ("*": of any).

    `status` answers with that HTTP status (429 with `retry_after` seconds) instead of doing it. `error`
    answers 200 with that code. `drop` is "before" (the connection breaks and nothing was done) or
    "after" (it was done, and the answer is lost). `delay` waits that many seconds first. With `event`
    (a subscription such as "message.im", or "*") the next events are sent twice. With `block` (a type of
    blocks) the next messages that have one are refused, as where Slack has not rolled it out yet.
    """

    method: str = ANY
    status: int | None = None
    retry_after: int = 1
    error: str = ""
    drop: str = ""
    delay: float = 0.0
    event: str = ""
    block: str = ""
    times: int = 1


_TYPES: Mapping[str, tuple[type, ...]] = {
    "method": (str,),
    "status": (int,),
    "retry_after": (int,),
    "error": (str,),
    "drop": (str,),
    "delay": (int, float),
    "event": (str,),
    "block": (str,),
    "times": (int,),
}


def read_rule(fields: Mapping[str, object]) -> Rule:
    """The rule that this JSON object describes."""
    for name, value in fields.items():
        if name not in _TYPES or not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            raise SlackError("invalid_arguments", [f"{name}: not a field of a rule, or not of its type"])
    rule = Rule(**fields)  # type: ignore[arg-type]  # the loop above has looked at each
    if rule.drop not in ("", "before", "after") or rule.times < 1 or rule.delay < 0:
        raise SlackError(
            "invalid_arguments", ["drop is before or after, times at least 1, delay not negative"]
        )
    if not (rule.status or rule.error or rule.drop or rule.delay or rule.event or rule.block):
        raise SlackError("invalid_arguments", ["one of status, error, drop, delay, event, block is needed"])
    return rule


class Unkindness:
    """The rules in force, oldest first. Each is used up by what it was made for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Rule] = []

    def add(self, rule: Rule) -> None:
        with self._lock:
            self._rules.append(rule)

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def rules(self) -> list[Rule]:
        with self._lock:
            return list(self._rules)

    def take(self, method: str) -> Rule | None:
        """The rule for this call of a method, which has one use less now."""
        return self._take(lambda rule: not (rule.event or rule.block) and rule.method in (method, ANY))

    def sends_twice(self, subscription: str) -> bool:
        return self._take(lambda rule: rule.event in (subscription, ANY)) is not None

    def refuses(self, block: str) -> bool:
        """Whether a message with such a block is one too new for this workspace."""
        return self._take(lambda rule: rule.block == block) is not None

    def _take(self, applies: Callable[[Rule], bool]) -> Rule | None:
        with self._lock:
            for index, rule in enumerate(self._rules):
                if applies(rule):
                    if rule.times > 1:
                        self._rules[index] = replace(rule, times=rule.times - 1)
                    else:
                        del self._rules[index]
                    return rule
            return None

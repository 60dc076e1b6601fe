"""What stands in the fields of a form, as the services read it."""

import re
from collections.abc import Mapping

from bot.services.outcome_form import BETWEEN
from bot.services.revising import Shown
from bot.slack import ids
from bot.slack.requests import FieldValue
from bot.slack.views.form_outcome import METRIC

_BETWEEN_NAMES = re.compile(r"[,;\n]")
NO_PARENT = "none"
"""The choice that a project is part of no other."""

Values = Mapping[str, FieldValue]


def typed_texts(values: Values) -> dict[str, str]:
    """Each field with one value, by its name; "" for an empty one."""
    return {
        ids.name_of(block_id): value or ""
        for block_id, value in values.items()
        if not isinstance(value, tuple)
    }


def typed_project(values: Values) -> Shown:
    texts = typed_texts(values)
    lists: dict[str, tuple[str, ...]] = {
        ids.name_of(block_id): value for block_id, value in values.items() if isinstance(value, tuple)
    }
    if "aliases" in texts:
        lists["aliases"] = tuple(_BETWEEN_NAMES.split(texts.pop("aliases")))
    if "links" in texts:
        lists["links"] = tuple(texts.pop("links").splitlines())
    if texts.get("parent_id") == NO_PARENT:
        texts["parent_id"] = ""
    return Shown(texts, lists)


def typed_outcome(values: Values) -> Shown:
    """A metric's three fields are one value of the record."""
    texts = typed_texts(values)
    parts = [texts.pop(name) for name in METRIC if name in texts]
    if parts:
        texts["metric"] = BETWEEN.join(part.strip() for part in parts) if any(map(str.strip, parts)) else ""
    return Shown(texts)

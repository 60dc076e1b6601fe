"""What exports ask storage for, each with what it finds in either workspace."""

from collections.abc import Callable
from typing import Any

from storage import project_batches
from storage.database import Tx
from storage.projects import get_project
from storage.sight import EVERYTHING

READS: dict[str, Callable[[Tx, str, Any], Any]] = {
    "project_batches.count_private": lambda tx, w, _: [w, project_batches.count_private(tx, w)],
    "project_batches.list_spots": lambda tx, w, _: [
        get_project(tx, w, spot.project_id)
        for spot in project_batches.list_spots(tx, w, EVERYTHING, with_private=True)
    ],
    "project_batches.list_wholes": lambda tx, w, t: project_batches.list_wholes(tx, w, [t.project.id]),
    "project_batches.list_names_of_people": lambda tx, w, _: project_batches.list_names_of_people(
        tx, w, ["U0GUEST"]
    ),
    "project_batches.list_slugs": lambda tx, w, t: project_batches.list_slugs(tx, w, [t.project.id]),
}

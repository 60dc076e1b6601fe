"""Which projects are spelled most like what was typed."""

from collections.abc import Sequence

from bot.services.asking import Asker
from storage import finding, projects
from storage.database import Tx
from storage.records import ProjectName
from storage.terms import fold

_NEAREST = 3
_COMPARED = 20_000
"""Names that a typing error is compared with, all that a workspace has up to here."""
_COMPARED_LIKE = 2_000
"""Of more names than that: how many that begin as one of the words typed does."""
_WORDS = 4
"""Words typed whose beginnings are looked up; each is a statement or three."""
_BEGINNINGS = (3, 2, 1)
"""Characters that a beginning has; a slip seldom comes before them all."""
_LEAST_SIMILAR = 60.0
"""Of 100: below it two words look alike only to the algorithm."""


def nearest_projects(
    tx: Tx, asker: Asker, words: str, *, compared: int = _COMPARED
) -> tuple[ProjectName, ...]:
    """Those whose slug, alias or name is spelled most like it, best first; perhaps none.

    Where there are more names than are `compared`, only those with a word that begins as one of the typed
    words does.
    """
    # A third of the time that a cold start takes is spent on imports; this one is for typing errors only.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - seldom needed

    names = _names_to_compare(tx, asker, fold(words), compared)
    found = process.extract(
        fold(words), [key for key, _ in names], scorer=fuzz.WRatio, limit=12, score_cutoff=_LEAST_SIMILAR
    )
    best = list(dict.fromkeys(names[index][1] for _, _, index in found))[:_NEAREST]
    return projects.list_project_names(tx, asker.workspace_id, asker.own_sight, best)


def _names_to_compare(tx: Tx, asker: Asker, folded: str, compared: int) -> Sequence[tuple[str, int]]:
    where = tx, asker.workspace_id
    if not finding.has_more_names(*where, compared):
        return finding.list_names(*where, asker.own_sight, compared)
    words = folded.split()[:_WORDS]
    # Those that begin most alike first: where there are too many, the others are left out.
    beginnings = dict.fromkeys(word[:length] for length in _BEGINNINGS for word in words)
    return tuple(finding.list_names_like(*where, asker.own_sight, [*beginnings], _COMPARED_LIKE).items())

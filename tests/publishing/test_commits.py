"""What a commit says: who changed what, by name, on lines that say nothing else than they should."""

from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.texts_commits import commit_message
from storage.history_records import ORDER, SAID, WHOLE, Change, ChangedItem
from storage.publication_changes import PublicChange
from storage.records import UpdateSource
from tests.support.make import NOW

_numbers = count(1)


def said(status: str | None, note: str = "") -> dict[str, Any]:
    return {"id": next(_numbers), "status": status, "note": note, "value": None}


def told(
    field: str,
    before: Any,
    after: Any,
    *,
    item: ChangedItem = ChangedItem.OUTCOME,
    number: int | None = 2,
    slug: str = "jmte",
    by: str | None = "Wanjiru",
) -> PublicChange:
    change = Change(
        id=next(_numbers),
        project_id=1,
        item=item,
        item_id=None if number is None else 10 + number,
        field=field,
        before=before,
        after=after,
        person_id="U0WANJIRU",
        source=UpdateSource.COMMAND,
        act_id="a",
        undoes=None,
        changed_at=NOW,
    )
    return PublicChange(change, slug, number, by)


def message(*changes: PublicChange) -> str:
    return commit_message(changes, is_first=False)


PROJECT: dict[str, Any] = {"item": ChangedItem.PROJECT, "number": None}


def test_one_change_is_one_line() -> None:
    assert message(told(SAID, said("on_track"), said("at_risk"))) == "jmte: outcome 2 at risk (Wanjiru)"
    assert message(told(SAID, said("at_risk"), said("at_risk"))) == "jmte: outcome 2 still at risk (Wanjiru)"
    assert message(told(SAID, said("at_risk"), None)) == "jmte: outcome 2 without status (Wanjiru)"
    assert message(told(SAID, None, said(None, "soon"))) == "jmte: outcome 2 has a new note (Wanjiru)"
    assert message(told("text", "a", "b", by=None)) == "jmte: outcome 2 reworded (somebody)"
    assert message(told(WHOLE, None, {"text": "x"})) == "jmte: outcome 2 added (Wanjiru)"
    assert message(told(ORDER, [1, 2], [2, 1])) == "jmte: outcomes in another order (Wanjiru)"
    assert message(told("state", "active", "archived", **PROJECT)) == "jmte: archived (Wanjiru)"
    assert message(told("goal", "a", "b", **PROJECT)) == "jmte: goal reworded (Wanjiru)"


def test_many_changes_are_counted_and_then_told_one_by_one() -> None:
    assert message(
        told(SAID, said("on_track"), said("at_risk")),
        told(SAID, said("on_track"), said("done"), number=1, by="Bo"),
        told("due_on", None, "2026-12-24", number=1, slug="reef"),
    ) == (
        "2 projects: 3 changes by Wanjiru, Bo\n"
        "\n"
        "jmte: outcome 2 at risk (Wanjiru)\n"
        "jmte: outcome 1 done (Bo)\n"
        "reef: outcome 1 has another target date (Wanjiru)"
    )


def test_of_several_changes_of_one_value_the_last_is_told_and_none_if_it_is_as_before() -> None:
    assert message(told("text", "a", "b"), told("text", "b", "c", by="Bo")) == "jmte: outcome 2 reworded (Bo)"
    assert message(told("text", "a", "b"), told("text", "b", "a")) == "Bring the projects up to date"


def test_nothing_is_said_of_what_stands_on_no_page() -> None:
    assert message(told("channel_id", None, "C0REEF", **PROJECT)) == "Bring the projects up to date"
    assert commit_message((), is_first=True) == "Publish the projects"


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=60), st.text(max_size=200), st.integers(1, 9)),
        min_size=1,
        max_size=150,
    )
)
def test_whatever_people_are_called_each_change_has_a_line(found: list[tuple[str, str, int]]) -> None:
    lines = message(
        *(
            told("text", "a", f"b{number}", slug=slug, by=by, number=n)
            for number, (slug, by, n) in enumerate(found)
        )
    ).splitlines()

    assert 0 < len(lines[0]) < 72
    assert len(lines) <= 103
    assert lines[1:2] in ([], [""])
    assert not any(mark in line for line in lines for mark in "@#<>`")

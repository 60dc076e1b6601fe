"""What an import says has words for all that there is to say."""

import pytest

from bot.pages.values import NoteKind, PageNote
from bot.texts_import import note_text, too_many_gone_text


@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_of_note_has_words(kind: NoteKind) -> None:
    said = note_text(PageNote(3, 4, kind, "x"))

    assert said.startswith("lines 3-4: ")
    assert len(said.split()) > 4


def test_a_refusal_names_some_of_many() -> None:
    said = too_many_gone_text("page.md", [f"p{number}" for number in range(9)], 10)

    assert "archive 9 of the 10 projects that this page had (p0, p1, p2, p3, p4, …)" in said

import pytest

from bot.pages import LARGEST, decode_page, read_page
from bot.pages.errors import (
    NotAPageError,
    PageBinaryError,
    PageEmptyError,
    PageNotUtf8Error,
    PageTooLargeError,
)

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def test_bytes_that_are_not_utf_8_are_refused_with_their_offset() -> None:
    with pytest.raises(PageNotUtf8Error) as raised:
        decode_page(b"## Caf\xe9")
    assert raised.value.offset == 6


def test_a_picture_is_refused_as_binary() -> None:
    with pytest.raises(PageBinaryError) as raised:
        decode_page(PNG)
    assert raised.value.offset == 8


def test_a_page_in_utf_16_is_refused_as_binary() -> None:
    with pytest.raises(PageBinaryError):
        decode_page("## Tides".encode("utf-16"))


def test_a_large_file_is_refused_before_anything_else() -> None:
    with pytest.raises(PageTooLargeError) as raised:
        decode_page(b"\xff" * (LARGEST + 1))
    assert (raised.value.size, raised.value.limit) == (LARGEST + 1, LARGEST)
    with pytest.raises(PageTooLargeError):
        read_page("#" * (LARGEST + 1))


def test_text_comes_back_unchanged() -> None:
    assert decode_page("\ufeff## Tides\r\nhigh \n".encode()) == "\ufeff## Tides\r\nhigh \n"


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n\n", "\ufeff", "\ufeff\n \n"])
def test_a_blank_text_is_refused_as_empty(text: str) -> None:
    with pytest.raises(PageEmptyError) as raised:
        read_page(text)
    assert raised.value.size == len(text)


def test_text_with_a_nul_is_refused() -> None:
    with pytest.raises(PageBinaryError) as raised:
        read_page("## Tides\0")
    assert raised.value.offset == 8


@pytest.mark.parametrize(
    "text",
    [
        "Just words.\n\nAnd more of them.",
        '{"projects": []}',
        "name,goal\ntides,measure",
        "# only a title\n\nwords",
        "# comment\nimport this\n",
        "```\n## in code\n### Goal\nx\n```\n",
        "> ## in a quote\n",
        "- ## in a list\n",
    ],
)
def test_text_without_a_heading_for_a_project_is_no_page(text: str) -> None:
    with pytest.raises(NotAPageError) as raised:
        read_page(text)
    assert raised.value.lines == len(text.splitlines())


def test_a_page_with_headings_and_no_project_has_notes_and_no_projects() -> None:
    page = read_page("## One\n\nwords\n\n## Two\n\nwords\n")
    assert page.projects == ()
    assert [(note.line, note.text) for note in page.notes] == [(1, "One"), (5, "Two")]


def test_progress_is_reported_and_ends_complete() -> None:
    seen: list[tuple[int, int]] = []
    read_page("## Tides\n\n### Goal\n\nx\n\n" * 500, progress=lambda done, total: seen.append((done, total)))
    assert len(seen) > 5
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {6000}
    assert seen[-1] == (6000, 6000)

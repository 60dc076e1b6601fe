"""A page that was written, as Sphinx shows it with myst-parser."""

import re
import subprocess
import sys
from pathlib import Path

from storage.database import Database
from storage.records import OutcomeStatus
from tests.services.published import MARKED, WITH_STATUS, Publisher
from tests.services.team import PAGE

CONF = """\
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
html_theme = "basic"
"""


def built(folder: Path, page: str) -> str:
    """The words of the HTML, tags left out; nothing is wrong with the page."""
    source, out = folder / "source", folder / "out"
    source.mkdir()
    (source / "index.md").write_text(page, encoding="utf-8")
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-N", "-b", "html", str(source), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # A page may go from "##" to "####"; that is how it was before we wrote it.
    assert [line for line in done.stderr.splitlines() if "header" not in line] == []
    html = (out / "index.html").read_text(encoding="utf-8")
    start = html.index('<div class="body"')
    return html[start : html.index('<div class="sphinxsidebar"', start)]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_how_things_stand_is_there_to_read(sqlite_database: Database, tmp_path: Path) -> None:
    publisher = Publisher(sqlite_database)
    publisher.read(PAGE)
    publisher.say("docs", 1)
    publisher.say("docs", 4, OutcomeStatus.AT_RISK)

    html = built(tmp_path, publisher.write(WITH_STATUS, days=40))

    words = words_of(html)
    assert "Last checked: 4 May 2026" in words
    assert "Twenty questions have a page (on track \u00b7 4 May 2026 \u00b7 may be out of date)" in words
    assert "Links are checked daily (at risk \u00b7 4 May 2026 \u00b7 may be out of date)" in words
    assert "and a date (no update yet)" in words
    assert "<em>(no update yet)</em>" in html
    assert 'id="projects-docs"' in html


def test_in_a_definition_list_too(sqlite_database: Database, tmp_path: Path) -> None:
    publisher = Publisher(sqlite_database)
    publisher.read("# W\n\n## A\n\nGoal\n: Go.\n\nOutcomes\n: - One\n  - Two\n")
    publisher.say("a", 1, OutcomeStatus.DONE)
    publisher.change("a", goal="# Go\n\n- far")
    publisher.change_outcome("a", 2, text="- Two\n: three")

    html = built(tmp_path, publisher.write(WITH_STATUS))

    assert html.count("<dt>") == 2
    assert html.count("<li>") == 2
    words = words_of(html)
    assert "One (done \u00b7 4 May 2026)" in words
    assert "# Go - far" in words
    assert "- Two : three (no update yet)" in words


def test_what_people_typed_is_words_and_nothing_else(sqlite_database: Database, tmp_path: Path) -> None:
    publisher = Publisher(sqlite_database)
    publisher.read(PAGE)
    hostile = [
        "<script>alert(1)</script> [x](javascript:alert(1))",
        "```{raw} html\n<b>x</b>\n```",
        ":::{note}\nno\n:::\n\n# A heading\n===\n\n(a-label)=\n\n% no comment",
        "| a |\n|---|\n| b |\n\n- item\n1. item\n\n> quote\n\n+++",
    ]
    for number, words in enumerate(hostile, 1):
        publisher.change_outcome("docs", number, text=words)
    publisher.change("docs", goal="\n\n".join(hostile), summary=hostile[2], name="<i>Docs</i> #")
    publisher.change("hubs", state="archived", goal="<https://x`> <b>bold</b> `")

    html = built(tmp_path, publisher.publish(MARKED))

    assert not re.search(r"<(?:script|b|i|table|blockquote|ol|aside)\b", html)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert "admonition" not in html
    assert len(re.findall(r"<h\d", html)) == len(re.findall(r"^#", PAGE, re.MULTILINE))
    assert "This project is archived." in words_of(html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_machine_that_builds_the_page_runs_nothing_that_people_typed(
    sqlite_database: Database, tmp_path: Path
) -> None:
    publisher = Publisher(sqlite_database)
    publisher.read(PAGE)
    typed = [
        "{{ 7 * 6 }} of {{{ 7 * 6 }}}",
        "{eval}`6 * 7` and {download}`conf.py`",
        "`{{ 7 * 6 }}` and {math}`a`",
        "{% if 1 %}{{ 7 * 6 }}{% endif %}",
    ]
    for number, words in enumerate(typed, 1):
        publisher.change_outcome("docs", number, text=words)
    publisher.change("docs", goal=typed[0], summary="{{ 7 * 6 }}", name="{{ 7 * 6 }}")

    page = publisher.publish()
    html = built(tmp_path, page)

    assert "42" not in html
    assert "conf.py" in html
    assert not (tmp_path / "out" / "_downloads").exists()
    assert publisher.outcome_texts("docs") == typed
    assert "`{{ 7 * 6 }}` and \\{math}`a`" in page

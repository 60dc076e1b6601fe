"""A page made from nothing is one that Sphinx builds without a word, whatever people typed."""

import subprocess
import sys
from pathlib import Path

from bot.pages.page_style import PageStyle
from bot.services.page_rendering import render_page
from storage.archived import Archived
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus, ProjectState
from tests.support.environment import child_environment
from tests.support.make import NOW, make_project, make_workspace, say

_CONF = """\
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
                          "html_image", "strikethrough", "substitution", "tasklist"]
"""
HAZARDS = (
    *("# one\n\n## two", "- a\n- b", "1. a", "> a", "```{include} /etc/passwd\n```", ":::{raw} html\n:::"),
    *(
        "{eval}`x` and {ref}`nowhere`",
        "{{ x }}",
        "$5 and $6",
        "<script>x</script>",
        "![a](https://e.org/a.png)",
    ),
    *(
        "[a](nowhere.md) and [b](javascript:x)",
        "(label)=",
        "% comment",
        "+++ {}",
        "a\n===",
        "| a |\n|---|",
        "[^1]",
    ),
)


def test_sphinx_has_nothing_to_say_of_it(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        parent = None
        for number, text in enumerate(HAZARDS):
            project = make_project(
                tx,
                slug=f"p-{number}",
                name=text,
                goal=text,
                summary=text,
                outcomes=[text, text],
                links=["https://e.org/a_(b)?c=1&d=2"],
                members=["Ana Silva"],
                parent_id=parent.id if parent else None,
                state=ProjectState.ARCHIVED if number == 5 else ProjectState.ACTIVE,
            )
            say(tx, list_outcomes(tx, "T0TEST", project.id)[0], OutcomeStatus.AT_RISK, note=text)
            parent = project if number % 3 else None
    with sqlite_database.read() as tx:
        style = PageStyle(with_status=True, archived=Archived.MARKED)
        page = render_page(tx, "T0TEST", style, NOW, None)
    (tmp_path / "conf.py").write_text(_CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text(page, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", ".", "out"],
        cwd=tmp_path,
        env=child_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "<script>x" not in (tmp_path / "out/index.html").read_text(encoding="utf-8")

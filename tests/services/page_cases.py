"""Changes of a project and its outcomes: the page, what happens, and which lines of the page differ then."""

from storage.records import OutcomeStatus
from tests.services.page_steps import (
    SAMPLE,
    Step,
    field,
    new_outcome,
    order,
    outcome,
    status,
)
from tests.services.team import PAGE
from tests.support.make import NOW

CASES: dict[str, tuple[str, Step, str]] = {
    "an outcome": (
        PAGE,
        outcome("docs", 1, text="Thirty *questions* have a page"),
        """\
- - Twenty questions have a page
+ - Thirty *questions* have a page
""",
    ),
    "an outcome that is only words": (
        PAGE,
        outcome("docs", 3, text="# and <b>a</b>\n- date"),
        """\
-   - and a date
+   - \\# and \\<b>a\\</b>\\
+     \\- date
""",
    ),
    "an outcome in two paragraphs": (
        SAMPLE,
        outcome("docs-refresh", 4, text="Broken links are found\n\nand mended"),
        """\
-   - Broken links are found by us within a day, and not by readers
+   - Broken links are found
+
+     and mended
""",
    ),
    "a goal in lines of its own": (
        SAMPLE,
        field(
            "jmte-pangeo",
            goal="Show that a small non-profit can run **research-grade cloud hubs in the open**, at a cost"
            " that a field station can pay, so that where a scientist works no longer decides which questions"
            " they ask.",
        ),
        """\
- afford, so that where a scientist works no longer decides which questions they can ask.
+ pay, so that where a scientist works no longer decides which questions they ask.
""",
    ),
    "a goal where there was none": (
        SAMPLE,
        field("grants-2027", goal="Have enough\n\n- for all"),
        """\
- TBD, at the next team meeting
+ Have enough
+
+ \\- for all
""",
    ),
    "no goal": (
        PAGE,
        field("docs", goal=""),
        """\
-
- A newcomer finds the answer.
""",
    ),
    "no goal in a definition": (
        SAMPLE,
        field("community-calls", goal=""),
        (
            "- : Nobody who runs a hub for a community should have to solve alone what another community has"
            " solved already.\n+ : TBD\n"
        ),
    ),
    "a name": (PAGE, field("docs", name="Docs #"), "- ## Documentation\n+ ## Docs \\#\n"),
    "a name without a label": (
        PAGE,
        field("style-guide", name="How we write"),
        "- #### Style guide\n+ #### How we write\n",
    ),
    "a summary": (
        PAGE,
        field("docs", summary="We *write*."),
        "- Our guides grew by chance.\n+ We *write*.\n",
    ),
    "a first summary": (PAGE, field("hubs", summary="We try."), "+ We try.\n+\n"),
    "a new outcome": (PAGE, new_outcome("docs", "All is read"), "+ - All is read\n"),
    "a new outcome in a definition": (SAMPLE, new_outcome("docs-refresh", "New"), "+   - New\n"),
    "a new outcome with a number": (SAMPLE, new_outcome("hub-pilots", "New"), "+ 5. New\n"),
    "a new part of an outcome": (PAGE, new_outcome("docs", "Deep", level=1), "+   - Deep\n"),
    "a new outcome at the end of the page": (PAGE, new_outcome("hubs", "New"), "+ - New\n"),
    "a first outcome": (
        PAGE,
        new_outcome("style-guide", "New"),
        """\
+ ##### Key outcomes
+
+ - New
+
""",
    ),
    "no outcome": (PAGE, outcome("docs", 4, removed_at=NOW), "- - Links are checked daily\n"),
    "no outcome at the start of a definition": (
        SAMPLE,
        outcome("docs-refresh", 1, removed_at=NOW),
        """\
- : - The twenty questions asked most often each have one page, and search finds it first
-   - Every page names an owner and the date on which somebody last followed it
+ : - Every page names an owner and the date on which somebody last followed it
""",
    ),
    "a dropped outcome": (
        PAGE,
        status("docs", 1, OutcomeStatus.DROPPED),
        "- - Twenty questions have a page\n",
    ),
    "another order": (
        PAGE,
        order("docs", 4, 1, 2, 3),
        """\
+ - Links are checked daily
- - Links are checked daily
""",
    ),
    "another order of numbers": (
        SAMPLE,
        order("hub-pilots", 2, 1, 3, 4),
        """\
- 1. Four labs have taught at least one course on their hub
- 2. The set-up guide has been followed by someone who is not on our team, start to finish
? ^

+ 1. The set-up guide has been followed by someone who is not on our team, start to finish
? ^

+ 2. Four labs have taught at least one course on their hub
""",
    ),
}

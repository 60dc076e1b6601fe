"""The same of links, members and whole projects."""

from tests.services.page_steps import (
    SAMPLE,
    Step,
    field,
    link,
    new_link,
    new_member,
    new_project,
    no_link,
    no_member,
)
from tests.services.team import PAGE

CASES: dict[str, tuple[str, Step, str]] = {
    "a label of a link": (
        PAGE,
        link("docs", 1, label="*a* board"),
        """\
- - Board: [the board](https://x.org/board)
+ - Board: [*a* board](https://x.org/board)
""",
    ),
    "an address": (
        PAGE,
        link("docs", 2, url="https://y.org/a(b"),
        """\
- - Notes: [the notes](https://x.org/notes)
+ - Notes: [the notes](<https://y.org/a(b>)
""",
    ),
    "a new link": (PAGE, new_link("docs", "New", "https://y.org"), "+ - [New](https://y.org)\n"),
    "a new link without a label": (
        SAMPLE,
        new_link("tide-gauges", "", "https://y.org"),
        "+ - <https://y.org>\n",
    ),
    "a new link in a definition": (
        SAMPLE,
        new_link("docs-refresh", "New", "https://y.org"),
        "+   - [New](https://y.org)\n",
    ),
    "a new link below a sub-project": (
        SAMPLE,
        new_link("kelp-atlas", "New", "https://y.org"),
        "+ - [New](https://y.org)\n",
    ),
    "a first link": (
        PAGE,
        new_link("hubs", "New", "https://y.org"),
        """\
+
+ ### Project information
+
+ - [New](https://y.org)
""",
    ),
    "no link": (PAGE, no_link("docs", 1), "- - Board: [the board](https://x.org/board)\n"),
    "no links below some words": (
        SAMPLE,
        no_link("jmte-pangeo", 3, 4),
        """\
- - Infrastructure:
-   - [deployment repository](https://github.example.com/tidewater/jmte-hubs)
-   - [status of the hubs](https://status.example.org/jmte)
""",
    ),
    "no link in a definition": (
        SAMPLE,
        no_link("community-calls", 1),
        """\
- : - Agenda and notes: [running document](https://notes.example.org/community-calls)
-   - Calendar: [subscribe](https://calendar.example.org/community-calls.ics)
+ : - Calendar: [subscribe](https://calendar.example.org/community-calls.ics)
""",
    ),
    "a new member": (PAGE, new_member("docs", name="Cy de Wit"), "+ - Cy de Wit\n"),
    "a new lead in a line": (
        SAMPLE,
        new_member("hub-pilots", name="Cy de Wit", role="lead"),
        """\
- Priya Raghunathan and Mateo Quispe
+ Priya Raghunathan, Mateo Quispe and Cy de Wit
""",
    ),
    "somebody of the workspace": (
        SAMPLE,
        new_member("community-calls", user_id="U0ANA"),
        """\
- : Haruki Tanaka
+ : Haruki Tanaka, U0ana (member)
""",
    ),
    "no member": (PAGE, no_member("docs", 1), "- - Ana Silva (lead)\n"),
    "no member in a line": (
        SAMPLE,
        no_member("hub-pilots", 1),
        """\
- Priya Raghunathan and Mateo Quispe
+ Mateo Quispe
""",
    ),
    "no member in a definition": (SAMPLE, no_member("community-calls", 1), "- : Haruki Tanaka\n+ : TBD\n"),
    "a new project": (
        PAGE,
        new_project(
            "new-one",
            name="New one",
            summary="Why",
            goal="Do it",
            outcomes=["A", "B"],
            links=["https://y.org"],
        ),
        """\
+
+ (projects:new-one)=
+ ## New one
+
+ Why
+
+ ### Strategic goal
+
+ Do it
+
+ ### Key outcomes
+
+ - A
+ - B
+
+ ### Project information
+
+ - [Link 0](https://y.org)
""",
    ),
    "a new sub-project": (
        PAGE,
        new_project("new-one", "docs", name="New one", summary="Why", links=["https://y.org"]),
        """\
+ #### New one
+
+ Why
+
+ - [Link 0](https://y.org)
+
""",
    ),
    "a project that is archived": (
        PAGE,
        field("hubs", state="archived"),
        """\
-
- (projects:hubs)=
- ## Hub pilots
-
- ### Strategic goal
-
- Labs run their own hubs.
-
- ### Key outcomes
-
- - Four labs have taught a course
""",
    ),
    "a sub-project that is archived": (
        PAGE,
        field("style-guide", state="archived"),
        """\
- #### Style guide
-
- How we write.
-
- - Chat: [channel](https://x.org/chat)
-
""",
    ),
}

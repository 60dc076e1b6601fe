"""Charts with numbers of their own, for tests of how they are shown."""

from bot.domain.chart import Chart, ChartKind, Look, Series
from bot.slack.effects import Message
from bot.slack.views.layout import chart, context, header, message

WEEKS = (*(f"{day} Mar" for day in range(1, 12)), "now")
STATUSES = Chart(
    ChartKind.COUNTS,
    "Outcomes by status, at the end of each week",
    "Week to",
    WEEKS,
    (
        Series("On track", Look.GOOD, (3, 3, 3, 3, 3, 3, 2, 2, 2, 1, 1, 2), "🟢"),
        Series("At risk", Look.CAREFUL, (0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 1), "🟡"),
        Series("Off track", Look.BAD, (0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1), "🔴"),
        Series("Done", Look.FINISHED, (0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3), "✅"),
        Series("Dropped", Look.LEFT, (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1), "⚪"),
        Series("No status yet", Look.UNKNOWN, (2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1), "⬜"),
    ),
)
COURSE = Chart(
    ChartKind.COURSE,
    "Outcome 1: the way to its target",
    "Day",
    ("1 Mar", "8 Mar", "15 Mar", "22 Mar", "today", "19 Apr", "10 May"),
    (
        Series("Measured", Look.MEASURED, (0, 12, 12, 30.5, 41, None, None)),
        Series("Straight line", Look.PLANNED, (0, 5.2, 10.4, 15.6, 20.8, 36.4, 52)),
    ),
    "weeks",
    (0, 7, 14, 21, 28, 49, 70),
)
FRESHNESS = Chart(
    ChartKind.SHARES,
    "How fresh open outcomes are, by project",
    "Project",
    ("Jupyter Meets the Earth, with Pangeo", "Cloud hub pilots", "Tide gauges"),
    (
        Series("Fresh", Look.GOOD, (3, 1, 0), "🌿"),
        Series("Due", Look.CAREFUL, (1, 1, 0), "⏳"),
        Series("Stale", Look.BAD, (1, 0, 2), "🍂"),
        Series("Never checked", Look.UNKNOWN, (1, 0, 0), "⬜"),
    ),
)
EVERY = {"statuses": STATUSES, "course": COURSE, "freshness": FRESHNESS}


def charts_message(*charts: Chart) -> Message:
    """As a digest may have them: something before and something after."""
    parts = [
        *header("The week"),
        *(part for each in charts for part in chart(each)),
        *context("Why this came"),
    ]
    return message(parts)

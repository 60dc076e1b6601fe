"""What goes wrong with each command, as lines that somebody may type and what is said of them.

For help and for the README; a test types every one of them into the record that `slug` and its like are of.
"""

from dataclasses import dataclass
from datetime import date

from bot import texts
from bot.domain.public_holidays import nearest_country
from bot.domain.reminder_hours import MOST
from bot.domain.threshold_words import MOST_DAYS
from bot.domain.zones import nearest_zones
from bot.errors import (
    AnyBotError,
    ArchivedProjectError,
    IncompleteCommandError,
    MissingProjectError,
    MissingWordsError,
    NameTakenError,
    NothingToUndoError,
    NotUnderstoodError,
    RingError,
    SurplusWordsError,
    UnclearDateError,
    UnknownListError,
    UnknownOutcomeError,
    UnknownPartError,
    UnknownProjectError,
    UnknownStatusError,
)
from bot.errors_charts import NoMetricError
from bot.errors_check_ins import NoPlaceToAskError, NotScheduledError, UnclearCadenceError
from bot.errors_digests import NoDigestError, UnclearTimeError, UnlinkedChannelError
from bot.errors_export import UnknownFormatError
from bot.errors_freshness import ImpossibleThresholdsError, UnknownWholeStatusError
from bot.errors_quiet import (
    BackwardsError,
    NoDayOffError,
    NotAwayError,
    UnclearReminderError,
    UnknownCountryError,
    UnknownZoneError,
)
from bot.slack.commands import away, details, freshness, outcomes, rights, settings
from bot.slack.mrkdwn import escape
from storage.records import ProjectName

_SLUG = "jmte-pangeo"
_JMTE = ProjectName(id=1, slug=_SLUG, name="Jupyter Meets the Earth")
_PANGEO = ProjectName(id=2, slug="pangeo", name="Pangeo")
_NO_OUTCOME = UnknownOutcomeError(_SLUG, "9", 3)


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` is what follows `/project`; `said` the answer, as mrkdwn."""

    line: str
    said: str


def _mistake(line: str, error: AnyBotError) -> Mistake:
    return Mistake(line, texts.sentence(error, escape))


def _unknown(name: str) -> Mistake:
    return _mistake(f"{name} atlantis", UnknownProjectError(name, "atlantis", ()))


def _archived(name: str) -> Mistake:
    return _mistake(f"{name} old-reef", ArchivedProjectError("old-reef"))


MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "overview": (),
    "help": (Mistake("help shwo", texts.no_help_for("shwo", "show")),),
    "access": (_unknown("access"),),
    "admin": (
        _mistake(
            "admin sofia", IncompleteCommandError(f"admin {rights.ADMIN_USAGE}", rights.ADMIN_EXAMPLES[1])
        ),
    ),
    "doctor": (_mistake("doctor jmte", SurplusWordsError("doctor", "jmte")),),
    "publish": (_mistake("publish tomorrow", SurplusWordsError("publish", "tomorrow")),),
    "page": (_unknown("page"),),
    "away": (
        _mistake("away until soon", NotUnderstoodError("date", "soon")),
        _mistake("away until 2020-01-06", NotAwayError(date(2020, 1, 6), is_today=False)),
        _mistake("away until", IncompleteCommandError(f"away {away.AWAY_USAGE}", away.AWAY_EXAMPLES[0])),
    ),
    "settings": (
        _mistake("settings zone Berlim", UnknownZoneError("Berlim", nearest_zones("Berlim"))),
        _mistake("settings country Narnia", UnknownCountryError("Narnia", nearest_country("Narnia"))),
        _mistake(
            "settings days-off add 2030-12-24 to 2030-01-01",
            BackwardsError(date(2030, 12, 24), date(2030, 1, 1)),
        ),
        _mistake(
            "settings days-off remove 2030-05-06", NoDayOffError(date(2030, 5, 6), date(2030, 5, 6), None)
        ),
        _mistake("settings reminders 9", UnclearReminderError("9", MOST)),
        _mistake(
            "settings colour blue",
            IncompleteCommandError(f"settings {settings.SETTINGS_USAGE}", settings.SETTINGS_EXAMPLES[0]),
        ),
    ),
    "list": (_mistake("list mien", UnknownListError("mien", "mine")),),
    "show": (
        _unknown("show"),
        _mistake("show jmte --on soon", NotUnderstoodError("date", "soon")),
    ),
    "goal": (_unknown("goal"),),
    "outcomes": (_unknown("outcomes"),),
    "links": (_mistake("links", MissingProjectError("links")),),
    "search": (_mistake("search", MissingWordsError()),),
    "stale": (),
    "update": (
        _mistake("update jmte 9 done", _NO_OUTCOME),
        _mistake("update jmte 2 the draft is up", UnknownStatusError("the draft is up", f"update {_SLUG} 2")),
    ),
    "outcome": (
        _mistake(
            "outcome paint jmte 2",
            IncompleteCommandError(f"outcome {outcomes.OUTCOME_USAGE}", outcomes.OUTCOME_EXAMPLES[0]),
        ),
    ),
    "assign": (_mistake("assign jmte 2 sofia", NotUnderstoodError("person", "sofia")),),
    "due": (
        _mistake("due jmte 2 soon", NotUnderstoodError("date", "soon")),
        _mistake(
            "due jmte 2 03/04/2030",
            UnclearDateError("03/04/2030", (date(2030, 4, 3), date(2030, 3, 4))),
        ),
    ),
    "owner": (_mistake("owner jmte sofia", NotUnderstoodError("person", "sofia")),),
    "metric": (
        _mistake(
            "metric jmte 2 ten",
            IncompleteCommandError(f"metric {details.METRIC_USAGE}", details.METRIC_EXAMPLE),
        ),
    ),
    "member": (_mistake("member add jmte noor", NotUnderstoodError("person", "noor")),),
    "channel": (
        _mistake(
            "channel jmte general",
            IncompleteCommandError(f"channel {details.CHANNEL_USAGE}", details.CHANNEL_EXAMPLE),
        ),
    ),
    "link": (_mistake("link add jmte example.org", NotUnderstoodError("address", "example.org")),),
    "alias": (
        _mistake("alias add jmte pangeo", NameTakenError("pangeo", _PANGEO)),
        _mistake("alias remove jmte earth", UnknownPartError("alias", _SLUG, "earth", ("jupearth",))),
    ),
    "parent": (_mistake("parent pangeo jmte", RingError("pangeo", _SLUG)),),
    "create": (_mistake("create JMTE-Pangeo", NameTakenError(_SLUG, _JMTE)),),
    "edit": (_unknown("edit"),),
    "pause": (
        _archived("pause"),
        _mistake("pause jmte until soon", NotUnderstoodError("date", "soon")),
    ),
    "resume": (_archived("resume"),),
    "complete": (_archived("complete"),),
    "archive": (_unknown("archive"),),
    "restore": (_unknown("restore"),),
    "schedule": (
        _mistake("schedule jmte weekly mon", UnclearCadenceError(_SLUG, "weekly mon", "time", "")),
        _mistake(
            "schedule jmte weekly mon 09:30 Europe/Berlim",
            UnclearCadenceError(
                _SLUG,
                "weekly mon 09:30 Europe/Berlim",
                "zone",
                "europe/berlim",
                nearest_zones("Europe/Berlim"),
            ),
        ),
    ),
    "skip": (_mistake("skip jmte", NotScheduledError(_SLUG)),),
    "checkin": (_mistake("checkin pangeo", NoPlaceToAskError("pangeo", None)),),
    "preview": (_unknown("preview"),),
    "remind": (_unknown("remind"),),
    "chart": (
        _mistake("chart jmte 3", NoMetricError(_SLUG, 3)),
        _mistake("chart jmte 9", _NO_OUTCOME),
    ),
    "digest": (
        _mistake("digest friday", UnclearTimeError("digest", None, "time", "")),
        _mistake("digest fryday 15:00", UnclearTimeError("digest", None, "weekday", "fryday", ("friday",))),
        _mistake("digest #genral fri 15:00", UnlinkedChannelError("#genral")),
        _mistake("digest off", NoDigestError("digest", None)),
    ),
    "brief": (_mistake("brief off", NoDigestError("brief", None)),),
    "mine": (_mistake("mine off", NoDigestError("mine", None)),),
    "status": (_mistake("status jmte so so", UnknownWholeStatusError(_SLUG, "so so")),),
    "freshness": (
        _mistake("freshness jmte due 30 stale 10", ImpossibleThresholdsError(30, 10, MOST_DAYS)),
        _mistake(
            "freshness jmte due soon stale never",
            IncompleteCommandError(f"freshness {freshness.FRESHNESS_USAGE}", freshness.FRESHNESS_EXAMPLES[1]),
        ),
    ),
    "export": (
        _mistake("export cvs", UnknownFormatError("cvs", "csv")),
        _mistake("export csv atlantis", UnknownProjectError("export", "atlantis", ())),
    ),
    "history": (_mistake("history jmte 9", _NO_OUTCOME),),
    "undo": (_mistake("undo", NothingToUndoError()),),
}
"""By command: those without have nothing to get wrong."""

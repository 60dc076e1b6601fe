"""What `doctor` makes of what was seen: pure rules, and words for everything that they find."""

import re
import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import texts_doctor
from bot.domain import doctor_records, doctor_settings, doctor_slack
from bot.domain.doctor import (
    MOST,
    NAMED,
    Channel,
    Check,
    Examined,
    Fact,
    Finding,
    Part,
    Person,
    Projects,
    Severity,
    examine,
    exit_code,
    projects_of,
)
from bot.domain.doctor_records import RecordsSeen
from bot.domain.doctor_settings import DatabaseSeen, SettingsSeen
from bot.domain.doctor_slack import SlackSeen
from bot.domain.scopes import SCOPES
from bot.services.doctor import CHECKS
from bot.settings import Settings
from bot.texts_doctor import WORDS, say
from storage.doctor_rows import Failed, GonePerson, Idle, IdleDigest, OfProject, Unpublished, Used, Waiting

SEEN, HIDDEN = True, False
KNOWN, UNKNOWN = True, False
NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
GOOD = Settings(slack_bot_token=SecretStr("xoxb-1"), slack_signing_secret=SecretStr("0123456789abcdef" * 2))
DATABASE = DatabaseSeen("sqlite:///w.db", "0013", is_sqlite=True, schema="0013", free=10**12, size=10**6)
NOTHING = Waiting(0, None, 0, 0, None, 0, None, None, None, None)
IDLE = Idle("reef", SEEN, "active", "weekly mon 09:30 UTC", "C0REEF", None, None, None, None)
ALL = frozenset(SCOPES)


def found(check: object, seen: object) -> list[tuple[str, Severity]]:
    assert callable(check)
    return [(each.code, each.severity) for each in check(seen)]


def settings(**changes: object) -> SettingsSeen:
    return SettingsSeen(GOOD.model_copy(update=changes))


def records(**given: object) -> RecordsSeen:
    return replace(RecordsSeen(NOW, NOTHING), **given)  # type: ignore[arg-type]  # each test gives what it is about


@pytest.mark.parametrize(
    ("check", "seen", "code", "severity"),
    [
        (doctor_settings.malformed, SettingsSeen(None, ("PORT: no",)), "settings_malformed", Severity.ERROR),
        (
            doctor_settings.missing,
            settings(slack_bot_token=SecretStr(" ")),
            "setting_missing",
            Severity.ERROR,
        ),
        (
            doctor_settings.missing,
            settings(slack_signing_secret=SecretStr("")),
            "setting_missing",
            Severity.ERROR,
        ),
        (
            doctor_settings.secrets,
            settings(slack_bot_token=SecretStr("xapp-1")),
            "token_of_other_kind",
            Severity.ERROR,
        ),
        (
            doctor_settings.secrets,
            settings(slack_signing_secret=SecretStr("no")),
            "secret_odd",
            Severity.WARNING,
        ),
        (
            doctor_settings.contradictions,
            settings(slack_api_url="http://slack.example.org/api/"),
            "api_unencrypted",
            Severity.WARNING,
        ),
        (
            doctor_settings.contradictions,
            settings(clock_offset_file=Path("offset")),
            "clock_moved",
            Severity.WARNING,
        ),
        (
            doctor_settings.contradictions,
            settings(database_url="sqlite:///waymark-try.db"),
            "trial_database",
            Severity.WARNING,
        ),
        (doctor_settings.contradictions, settings(delivery_lease_s=5.0), "lease_short", Severity.WARNING),
        (doctor_settings.space, replace(DATABASE, free=10**7), "disk_full", Severity.ERROR),
        (doctor_settings.space, replace(DATABASE, free=10**8), "disk_low", Severity.WARNING),
        (doctor_settings.space, replace(DATABASE, free=10**9, size=2 * 10**9), "disk_low", Severity.WARNING),
        (doctor_settings.writable, replace(DATABASE, not_writable="readonly"), "read_only", Severity.ERROR),
        (
            doctor_settings.writable,
            replace(DATABASE, not_writable="database is locked"),
            "database_busy",
            Severity.WARNING,
        ),
        (doctor_settings.migrated, replace(DATABASE, schema="0012"), "schema_older", Severity.WARNING),
        (
            doctor_settings.migrated,
            replace(DATABASE, schema="0012", is_sqlite=False),
            "schema_older",
            Severity.ERROR,
        ),
        (doctor_settings.migrated, replace(DATABASE, schema=None), "schema_older", Severity.WARNING),
        (doctor_settings.migrated, replace(DATABASE, schema="9999"), "schema_newer", Severity.ERROR),
        (
            doctor_settings.database_clock,
            replace(DATABASE, ahead=timedelta(minutes=1)),
            "database_clock",
            Severity.WARNING,
        ),
        (
            doctor_settings.database_clock,
            replace(DATABASE, ahead=timedelta(minutes=-5)),
            "database_clock",
            Severity.ERROR,
        ),
        (
            doctor_slack.scopes_missing,
            SlackSeen(granted=ALL - {"chat:write"}),
            "scope_missing",
            Severity.ERROR,
        ),
        (
            doctor_slack.scopes_missing,
            SlackSeen(granted=ALL - {"files:write"}),
            "scope_missing",
            Severity.WARNING,
        ),
        (doctor_slack.scopes_unused, SlackSeen(granted=ALL | {"admin"}), "scopes_unused", Severity.NOTE),
        (doctor_slack.slack_clock, SlackSeen(ahead=timedelta(minutes=1)), "clock_behind", Severity.WARNING),
        (doctor_slack.slack_clock, SlackSeen(ahead=timedelta(minutes=-9)), "clock_ahead", Severity.ERROR),
        (doctor_slack.answers, SlackSeen(unreachable="HTTP 500"), "slack_unreachable", Severity.ERROR),
        (doctor_slack.answers, SlackSeen(refused="invalid_auth"), "token_refused", Severity.ERROR),
        (doctor_slack.answers, SlackSeen(other_workspace="Reef"), "token_of_other_workspace", Severity.NOTE),
        (doctor_slack.answers, SlackSeen(unasked=3), "channels_unasked", Severity.NOTE),
        (
            doctor_slack.answers,
            SlackSeen(untold={"users.info": "ratelimited"}),
            "slack_untold",
            Severity.NOTE,
        ),
        (doctor_records.schedules, records(idle=(IDLE,)), "never_fires", Severity.WARNING),
        (
            doctor_records.schedules,
            records(idle=(IDLE._replace(channel_id=None),)),
            "nowhere_to_ask",
            Severity.WARNING,
        ),
        (
            doctor_records.schedules,
            records(idle=(IDLE._replace(state="paused"),)),
            "paused_for_ever",
            Severity.NOTE,
        ),
        (
            doctor_records.schedules,
            records(idle=(IDLE._replace(stopped_because="is_archived"),)),
            "check_ins_stopped",
            Severity.WARNING,
        ),
        (doctor_records.whole, records(idle=(IDLE,) * MOST), "rest_left_out", Severity.NOTE),
        (doctor_records.zone, records(unknown_zone="Mars/Base"), "zone_unknown", Severity.ERROR),
    ],
)
def test_what_is_wrong_is_found(check: object, seen: object, code: str, severity: Severity) -> None:
    assert found(check, seen) == [(code, severity)]


def test_what_is_well_is_no_finding() -> None:
    well = {
        Part.SETTINGS: SettingsSeen(GOOD),
        Part.DATABASE: DATABASE,
        Part.SLACK: SlackSeen(granted=ALL, ahead=timedelta(seconds=2)),
        Part.RECORDS: records(),
    }

    examined = examine(CHECKS, well)

    assert (examined.found, examined.left_out) == ((), ())
    assert examined.made == tuple(check.name for check in CHECKS)


def test_a_pause_that_ends_is_none_for_ever() -> None:
    until = IDLE._replace(state="paused", paused_until=date(2026, 6, 1), channel_id="C0REEF")
    assert found(doctor_records.schedules, records(idle=(until,))) == [("never_fires", Severity.WARNING)]


def test_here_a_trial_may_be_unencrypted_and_its_clock_moved() -> None:
    trial = settings(slack_api_url="http://127.0.0.1:3000/api/", clock_offset_file=Path("offset"))

    assert found(doctor_settings.contradictions, trial) == []


def test_a_worker_that_sends_is_behind_and_one_that_does_not_is_none() -> None:
    late = NOTHING._replace(late=4, late_since=NOW - timedelta(minutes=9))
    sends = late._replace(last_sent_at=NOW - timedelta(minutes=1))
    slept = late._replace(last_sent_at=NOW - timedelta(hours=3))

    assert found(doctor_records.worker, records(waiting=NOTHING)) == []
    assert found(doctor_records.worker, records(waiting=late)) == [("worker_idle", Severity.ERROR)]
    assert found(doctor_records.worker, records(waiting=slept)) == [("worker_idle", Severity.ERROR)]
    assert found(doctor_records.worker, records(waiting=sends)) == [("worker_behind", Severity.WARNING)]
    assert found(doctor_records.worker, records(waiting=late._replace(claimed=1))) == [
        ("worker_behind", Severity.WARNING)
    ]


def test_a_channel_that_slack_tells_of_is_not_told_of_twice() -> None:
    stopped = IDLE._replace(stopped_because="is_archived")
    digest = IdleDigest("brief", "C0REEF", SEEN, "is_archived")
    slack = SlackSeen(channels={"C0REEF": "archived"})
    seen = records(
        idle=(stopped,), digests=(digest,), used=(Used("C0REEF", "project", "reef", SEEN),), slack=slack
    )

    assert found(doctor_records.schedules, seen) == []
    assert found(doctor_records.digests, seen) == []
    assert found(doctor_records.channels, seen) == [("channel_archived", Severity.WARNING)]


def test_a_person_who_has_left_is_told_of_once_with_all_that_they_have() -> None:
    rows = [
        GonePerson("U1", "Tomasz", KNOWN, "owner", "reef", SEEN),
        GonePerson("U1", "Tomasz", KNOWN, "outcome", "docs", HIDDEN),
        GonePerson("U2", "", KNOWN, "member", "reef", SEEN),
    ]

    owner, member = doctor_records.people(records(gone=tuple(rows)))

    assert (owner.code, member.code) == ("owner_gone", "member_gone")
    assert owner.facts["owner"] == Projects(("reef",))
    assert owner.facts["outcome"] == Projects(hidden=1)


def test_projects_are_named_up_to_a_few_and_others_counted() -> None:
    many = projects_of([(f"p{number}", True) for number in range(8)] + [("hidden", False)])

    assert many == Projects(tuple(f"p{number}" for number in range(NAMED)), 3, 1)
    assert projects_of([("hidden", False)]).first is None


@pytest.mark.parametrize(
    ("severities", "code"),
    [
        ((), 0),
        ((Severity.NOTE,), 0),
        ((Severity.NOTE, Severity.WARNING), 1),
        ((Severity.ERROR, Severity.NOTE), 2),
    ],
)
def test_the_exit_code_is_that_of_the_worst(severities: tuple[Severity, ...], code: int) -> None:
    checks = [Check("one", Part.SLACK, lambda _: [Finding("scope_missing", each) for each in severities])]

    examined = examine(checks, {Part.SLACK: None})

    assert exit_code(examined.severity) == code
    order = [each.finding.severity for each in examined.found]
    assert order == sorted(order, reverse=True)


def test_what_was_not_seen_is_left_out_unless_another_look_saw_it() -> None:
    checks = [Check("one", Part.SLACK, lambda _: ()), Check("two", Part.RECORDS, lambda _: ())]

    first, second = examine(checks, {}), examine(checks, {Part.SLACK: None})

    assert first.left_out == ("one", "two")
    assert first.and_also(second) == Examined((), ("one",), ("two",))


class Show:
    """Marks what was written by it."""

    def text(self, said: str) -> str:
        return f"[{said}]"

    def person(self, person: Person) -> str:
        return f"[{person.id}]"

    def channel(self, channel_id: str) -> str:
        return f"[{channel_id}]"

    def instant(self, at: datetime) -> str:
        return f"[{at:%H:%M}]"


def _facts_of_every_code() -> dict[str, dict[str, Fact]]:
    """As the checks give them, for each code that they can find."""
    failed = (Failed("is_archived", "reef", SEEN),)
    troubles = {"C1": "archived", "C2": "without_bot", "C3": "unknown"}
    used = (*(Used(id_, "project", "reef", SEEN) for id_ in troubles), Used("C3", "lines", None, SEEN))
    waiting = Waiting(3, NOW, 0, 1, NOW, 2, NOW - timedelta(hours=1), None, NOW, None)
    digests = (
        IdleDigest("brief", "C9", SEEN, None),
        IdleDigest("mine", "U9", SEEN, "user_disabled"),
        IdleDigest("digest", "C8", HIDDEN, None),
    )
    idle = (
        IDLE,
        IDLE._replace(channel_id=None),
        IDLE._replace(state="paused"),
        IDLE._replace(stopped_because="is_archived"),
    )
    gone = (
        GonePerson("U1", "", UNKNOWN, "owner", "reef", SEEN),
        GonePerson("U2", "", KNOWN, "member", "reef", SEEN),
    )
    slack = SlackSeen(
        unreachable="HTTP 500",
        refused="invalid_auth",
        granted=frozenset({"admin"}),
        ahead=timedelta(hours=1),
        other_workspace="Reef",
        channels=troubles,  # type: ignore[arg-type]  # each is one of its words
        untold={"users.info": "ratelimited"},
        unasked=1,
    )
    seen = RecordsSeen(
        NOW,
        waiting,
        gone,
        used,
        idle,
        (OfProject("reef", SEEN),),
        digests,
        failed,
        "Mars/Base",
        slack,
        (
            Unpublished("file:/srv/a.md", "no_folder", is_stopped=True, since=NOW),
            Unpublished("file:/srv/b.md", "busy", is_stopped=False, since=NOW),
            Unpublished("file:/srv/c.md", None, is_stopped=False, since=NOW),
        ),
    )
    many = records(failed=failed * MOST, waiting=waiting._replace(claimed=1))
    odd = settings(
        slack_bot_token=SecretStr("xapp-1"),
        slack_signing_secret=SecretStr("no"),
        database_url="sqlite:///waymark-try.db",
        clock_offset_file=Path("offset"),
        delivery_lease_s=5.0,
    )
    away = replace(
        DATABASE, is_absent=True, unreachable="no", not_writable="no", ahead=timedelta(hours=1), free=1
    )
    bodies: dict[Part, list[Any]] = {
        Part.SETTINGS: [
            SettingsSeen(None, ("PORT: no",)),
            odd,
            settings(slack_bot_token=SecretStr(""), slack_api_url="http://a.example.org/api/"),
        ],
        Part.DATABASE: [
            away,
            replace(DATABASE, schema="0001", free=10**8, not_writable="locked"),
            replace(DATABASE, schema="9999"),
            replace(DATABASE, schema="nine", is_unknown=True),
        ],
        Part.SLACK: [slack, SlackSeen(ahead=timedelta(hours=-1))],
        Part.RECORDS: [seen, many],
    }
    findings = [each for check in CHECKS for body in bodies[check.part] for each in check.look(body)]
    of_workspaces = ("no_workspace", "workspace_removed", "token_absent", "token_unreadable")
    by_hand: dict[str, dict[str, Fact]] = {code: {} for code in of_workspaces}
    by_hand["workspaces_left_out"] = {"count": 3}
    return by_hand | {each.code: dict(each.facts) for each in findings}


def test_every_code_has_words_that_say_all_three_things() -> None:
    facts = _facts_of_every_code()

    assert set(WORDS) == set(facts)
    for code, given in facts.items():
        said = say(Finding(code, Severity.NOTE, given), Show())
        for part in (said.what, said.holds, said.mend):
            assert part.strip(), code
            assert not re.search(r"\{|\}|  ", part), (code, part)
        # What is wrong goes on after it, the others are whole sentences.
        assert not said.what.endswith("."), code
        assert said.holds.endswith("."), code
        assert said.mend.endswith("."), code
        for _, name, _, _ in string.Formatter().parse(WORDS[code].what):
            fact = given.get(name or "")
            if isinstance(fact, str):
                assert f"[{fact}]" in said.what, (code, name)


def test_a_channel_that_may_not_be_known_is_not_named() -> None:
    facts: dict[str, Fact] = {
        "channel": Channel(None),
        "projects": Projects(hidden=2),
        "digests": 0,
        "lines": 0,
    }

    said = say(Finding("channel_archived", Severity.WARNING, facts), Show())

    assert said.what.startswith("a channel that you do not see is archived, and check-ins of 2 projects that")
    assert "PROJECT" in said.mend


def test_the_summary_counts_by_severity() -> None:
    severities = (Severity.WARNING, Severity.ERROR, Severity.WARNING)
    checks = [Check("one", Part.SLACK, lambda _: [Finding("scope_missing", each) for each in severities])]

    assert texts_doctor.summary(examine(checks, {Part.SLACK: None})) == "1 error, 2 warnings"

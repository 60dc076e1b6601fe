"""What people write in the thread of a check-in, and what it says: one table."""

from collections.abc import Sequence

from bot.domain.reply_grammar import Asked, Line, NoSuchOutcome, Plain, Unclear, Understood
from storage.records import OutcomeStatus

ON, AT, OFF, DONE, DROPPED = OutcomeStatus
FOUR = (
    Asked(1, "Docs for new maintainers", is_measured=False, is_open=True),
    Asked(2, "Two pilot hubs are live", is_measured=False, is_open=True),
    Asked(3, "Sites that share data", is_measured=True, is_open=True),
    Asked(4, "Review of the docs by the board", is_measured=False, is_open=True),
)
ONE = (Asked(1, "Grant report", is_measured=False, is_open=True),)
ONE_OPEN = (*ONE, Asked(2, "Kick-off", is_measured=False, is_open=False))
ONE_MEASURED = (Asked(1, "Sites", is_measured=True, is_open=True),)
NONE_OPEN = (Asked(1, "Kick-off", is_measured=False, is_open=False),)
ALIKE = (
    Asked(1, "Docs", is_measured=False, is_open=True),
    Asked(2, "Docs in French", is_measured=False, is_open=True),
    Asked(3, "Contract with the museum", is_measured=False, is_open=True),
    Asked(4, "Release 2.0", is_measured=False, is_open=True),
    Asked(5, "Plant a green roof", is_measured=False, is_open=True),
)

ALL = (1, 2, 3, 4)
Told = tuple[str, int | Sequence[int] | None, OutcomeStatus | float | str | None, str]
"""What it is; which outcome or which candidates; the status or the number ("70%"); the note."""


def is_(number: int, said: OutcomeStatus | float | str, note: str = "") -> Told:
    return "understood", number, said, note


def may_be(numbers: Sequence[int], said: OutcomeStatus | float | str, note: str = "") -> Told:
    return "unclear", tuple(numbers), said, note


def no_such(number: int, said: OutcomeStatus | float | str, note: str = "") -> Told:
    return "no such outcome", number, said, note


PLAIN: Told = ("plain", None, None, "")


def told(line: Line) -> Told:
    """The same of a result."""
    match line:
        case Plain():
            return PLAIN
        case Understood():
            kind, which = "understood", line.number
        case NoSuchOutcome():
            kind, which = "no such outcome", line.number
        case Unclear():
            return "unclear", line.candidates, _value(line), line.said.note
    return kind, which, _value(line), line.said.note


def _value(line: Understood | NoSuchOutcome | Unclear) -> OutcomeStatus | float | str | None:
    said = line.said
    if said.status is not None and said.value is not None:
        return f"{said.status} {said.value:g}"
    return f"{said.value:g}%" if said.is_percent else said.status or said.value


CASES: list[tuple[str, Sequence[Asked], list[Told]]] = [
    # by number
    ("1 done", FOUR, [is_(1, DONE)]),
    ("2: at risk, waiting for the grant office", FOUR, [is_(2, AT, "waiting for the grant office")]),
    ("3) 🟡 slower than hoped", FOUR, [is_(3, AT, "slower than hoped")]),
    ("1. done", FOUR, [is_(1, DONE)]),
    ("1 - off track: no reviewers", FOUR, [is_(1, OFF, "no reviewers")]),
    ("1 \u2013 done", FOUR, [is_(1, DONE)]),
    ("1.done", FOUR, [is_(1, DONE)]),
    ("2,done", FOUR, [is_(2, DONE)]),
    ("1=done", FOUR, [is_(1, DONE)]),
    ("1 -> done", FOUR, [is_(1, DONE)]),
    ("(1) done", FOUR, [is_(1, DONE)]),
    ("[2] at risk", FOUR, [is_(2, AT)]),
    ("#2 dropped", FOUR, [is_(2, DROPPED)]),
    ("no. 2 done", FOUR, [is_(2, DONE)]),
    ("outcome 2 is done", FOUR, [is_(2, DONE)]),
    ("key outcome 1 done", FOUR, [is_(1, DONE)]),
    ("KR 2: at risk", FOUR, [is_(2, AT)]),
    ("outcome #2: at risk", FOUR, [is_(2, AT)]),
    ("2 is still on track", FOUR, [is_(2, ON)]),
    ("1 now on track", FOUR, [is_(1, ON)]),
    ("1 back on track!", FOUR, [is_(1, ON)]),
    ("mark 1 as done", FOUR, [is_(1, DONE)]),
    ("please set 2 to at risk", FOUR, [is_(2, AT)]),
    ("1: we are on track", FOUR, [is_(1, ON)]),
    ("2: everything's done", FOUR, [is_(2, DONE)]),
    ("#1: off", FOUR, [is_(1, OFF)]),
    ("2: on", FOUR, [is_(2, ON)]),
    ("1 ✅", FOUR, [is_(1, DONE)]),
    ("1✅", FOUR, [is_(1, DONE)]),
    ("1 :done:", FOUR, [is_(1, DONE)]),
    ("1: 🟡⚠️", FOUR, [is_(1, AT)]),
    ("1 DONE", FOUR, [is_(1, DONE)]),
    ("1 done. Thanks!", FOUR, [is_(1, DONE, "Thanks!")]),
    ("2: done on 24 Dec", FOUR, [is_(2, DONE, "on 24 Dec")]),
    ("1 done yesterday", FOUR, [is_(1, DONE, "yesterday")]),
    ("1 done 2026-05-04", FOUR, [is_(1, DONE, "2026-05-04")]),
    ("1 at risk because of money", FOUR, [is_(1, AT, "because of money")]),
    ("1 on track for Friday", FOUR, [is_(1, ON, "for Friday")]),
    ("1 blocked by legal", FOUR, [is_(1, OFF, "by legal")]),
    ("1: cancelled for lack of money", FOUR, [is_(1, DROPPED, "for lack of money")]),
    ("1 at risk, can someone help with this?", FOUR, [is_(1, AT, "can someone help with this?")]),
    ("9 done", FOUR, [no_such(9, DONE)]),
    ("#9 70%", FOUR, [no_such(9, "70%")]),
    ("0 done", FOUR, [no_such(0, DONE)]),
    ("2026: done", FOUR, [no_such(2026, DONE)]),
    # several at once
    ("1 and 2 done", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("1, 3: on track", FOUR, [is_(1, ON), is_(3, ON)]),
    ("1,2 done", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("1 & 2 done", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("1, 2 and 4 are done", FOUR, [is_(1, DONE), is_(2, DONE), is_(4, DONE)]),
    ("outcomes 1 and 2 are done", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("1-3 done", FOUR, [is_(1, DONE), is_(2, DONE), is_(3, DONE)]),
    ("1\u20132 done", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("1 and 9 done", FOUR, [is_(1, DONE), no_such(9, DONE)]),
    ("1-9 done", FOUR, [no_such(9, DONE)]),
    ("1, 1 done", FOUR, [is_(1, DONE)]),
    ("1 done, 2 at risk, 3 on track", FOUR, [is_(1, DONE), is_(2, AT), is_(3, ON)]),
    ("1 done and 2 at risk", FOUR, [is_(1, DONE), is_(2, AT)]),
    ("1 done / 2 at risk", FOUR, [is_(1, DONE), is_(2, AT)]),
    ("1) done 2) at risk", FOUR, [is_(1, DONE), is_(2, AT)]),
    ("1: 🟢 2: 🔴", FOUR, [is_(1, ON), is_(2, OFF)]),
    ("1 at risk: two are ill; 2 done", FOUR, [is_(1, AT, "two are ill"), is_(2, DONE)]),
    ("1 at risk until 2 and 3 done", FOUR, [is_(1, AT, "until 2 and 3 done")]),
    ("1 done\n2 at risk\n3: 41", FOUR, [is_(1, DONE), is_(2, AT), is_(3, 41)]),
    # numbers
    ("#3 70%", FOUR, [is_(3, "70%")]),
    ("3 70%", FOUR, [is_(3, "70%")]),
    ("#3 12 of 20", FOUR, [is_(3, 12)]),
    ("3: 41", FOUR, [is_(3, 41)]),
    ("3: 1,500.", FOUR, [is_(3, 1500)]),
    ("3 is at 41", FOUR, [is_(3, 41)]),
    ("3: on track 12 of 20", FOUR, [is_(3, "on_track 12")]),
    ("3: at risk, 12/20: two are late", FOUR, [is_(3, "at_risk 12", "two are late")]),
    ("#3 70% first part", FOUR, [is_(3, "70%", "first part")]),
    ("1: on track 12 of 20", FOUR, [is_(1, ON, "12 of 20")]),
    ("1: 41", FOUR, [may_be((1,), 41)]),
    ("#1 70%", FOUR, [may_be((1,), "70%")]),
    ("3: 10 days late", FOUR, [may_be((3,), 10, "days late")]),
    ("sites: 12 of 20", FOUR, [is_(3, 12)]),
    ("sites 70%", FOUR, [is_(3, "70%")]),
    ("sites are at 12", FOUR, [is_(3, 12)]),
    ("sites: 12 people", FOUR, [may_be((3,), 12, "people")]),
    ("hubs: 70%", FOUR, [may_be((2,), "70%")]),
    ("hubs: 12", FOUR, [PLAIN]),
    ("70%", ONE_MEASURED, [is_(1, "70%")]),
    ("41", ONE_MEASURED, [is_(1, 41)]),
    ("12 of 20, more soon", ONE_MEASURED, [is_(1, 12, "more soon")]),
    ("1", ONE_MEASURED, [may_be((1,), 1)]),
    ("70%", FOUR, [may_be((3,), "70%")]),
    ("41", FOUR, [may_be((3,), 41)]),
    ("3", FOUR, [may_be((3,), 3)]),
    ("70%", ONE, [PLAIN]),
    ("41", ONE, [PLAIN]),
    # by words
    ("maintainers outcome is off track", FOUR, [is_(1, OFF)]),
    ("Docs outcome is off track", FOUR, [may_be((1, 4), OFF)]),
    ("Docs outcome is off track", ALIKE, [is_(1, OFF)]),
    ("docs in french: done", ALIKE, [is_(2, DONE)]),
    ("french is at risk", ALIKE, [is_(2, AT)]),
    ("the pilot hubs: on track, two sites are live", FOUR, [is_(2, ON, "two sites are live")]),
    ("Pilot hub on track", FOUR, [is_(2, ON)]),
    ("Docs for new maintainers: done", FOUR, [is_(1, DONE)]),
    ('"Docs for new maintainers" is done', FOUR, [is_(1, DONE)]),
    ("*Docs for new maintainers*: on track", FOUR, [is_(1, ON)]),
    ("_pilot hubs_ at risk", FOUR, [is_(2, AT)]),
    ("pilot hubs 🟢 going strong", FOUR, [is_(2, ON, "going strong")]),
    ("pilot hubs - off track", FOUR, [is_(2, OFF)]),
    ("the pilot hubs one is off track", FOUR, [is_(2, OFF)]),
    ("pilot hubs are now at risk", FOUR, [is_(2, AT)]),
    ("docs review done", FOUR, [is_(4, DONE)]),
    ("maintaners docs are done", FOUR, [may_be((1, 4), DONE)]),
    ("maintaners are done", FOUR, [may_be((1,), DONE)]),
    ("contact is done", ALIKE, [may_be((3,), DONE)]),
    ("contract is done", ALIKE, [is_(3, DONE)]),
    ("museum contact is done", ALIKE, [may_be((3,), DONE)]),
    ("release 2.0 is done", ALIKE, [is_(4, DONE)]),
    ("release 3.0 is done", ALIKE, [may_be((4,), DONE)]),
    ("plant a green roof: done", ALIKE, [is_(5, DONE)]),
    ("green roof is at risk", ALIKE, [is_(5, AT)]),
    ("the green roof: done", ALIKE, [is_(5, DONE)]),
    ("spanish docs are done", ALIKE, [may_be((1, 2), DONE)]),
    ("2. pilot hubs: at risk", FOUR, [is_(2, AT)]),
    ("2. docs: at risk", FOUR, [may_be((2, 1, 4), AT)]),
    ("two hubs are done", FOUR, [may_be((2,), DONE)]),
    ("the two hubs are done", FOUR, [may_be((2,), DONE)]),
    ("Two pilot hubs are live: done", FOUR, [is_(2, DONE)]),
    ("2 of 5 sites done", FOUR, [may_be((2, 3), DONE)]),
    ("✅ pilot hubs", FOUR, [is_(2, DONE)]),
    ("\U0001f534 pilot hubs \u2013 no power", FOUR, [is_(2, OFF, "no power")]),
    ("done: pilot hubs", FOUR, [may_be((2, 1, 3, 4), DONE, "pilot hubs")]),
    ("at risk: funding", FOUR, [may_be(ALL, AT, "funding")]),
    ("Meeting is done", FOUR, [may_be(ALL, DONE)]),
    ("it is done", FOUR, [may_be(ALL, DONE)]),
    ("everything is on track", FOUR, [may_be(ALL, ON)]),
    ("All done!", FOUR, [may_be(ALL, DONE)]),
    ("kick-off is off track", NONE_OPEN, [is_(1, OFF)]),
    # status first
    ("done with 1", FOUR, [is_(1, DONE)]),
    ("we're done with 1 and 2", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("done: 1, 2", FOUR, [is_(1, DONE), is_(2, DONE)]),
    ("✅ 1, 2", FOUR, [is_(1, DONE), is_(2, DONE)]),
    (":white_check_mark: 1", FOUR, [is_(1, DONE)]),
    ("\U0001f7e2 2 \u2013 two sites are live", FOUR, [is_(2, ON, "two sites are live")]),
    ("on track: 3", FOUR, [is_(3, ON)]),
    ("done 1", FOUR, [may_be((1,), DONE)]),
    ("on track: 1", ONE_MEASURED, [may_be((1,), ON)]),
    # a status alone
    ("on track", ONE, [is_(1, ON)]),
    ("Done!", ONE, [is_(1, DONE)]),
    ("🟢 first draft is up", ONE, [is_(1, ON, "first draft is up")]),
    ("at risk: the museum is closed", ONE_OPEN, [is_(1, AT, "the museum is closed")]),
    ("on track, 12 of 20", ONE_MEASURED, [is_(1, "on_track 12")]),
    ("on track", FOUR, [may_be(ALL, ON)]),
    ("🟢", FOUR, [may_be(ALL, ON)]),
    ("blocked", FOUR, [may_be(ALL, OFF)]),
    ("on track, thanks", FOUR, [may_be(ALL, ON, "thanks")]),
    ("done with the review", ONE, [PLAIN]),
    ("on track", NONE_OPEN, [PLAIN]),
    # not said outright: the bot asks
    ("1 done by Friday", FOUR, [may_be((1,), DONE, "by Friday")]),
    ("1 done except for the docs", FOUR, [may_be((1,), DONE, "except for the docs")]),
    ("1 done, but not the docs", FOUR, [may_be((1,), DONE, "but not the docs")]),
    ("1 done, 2 to go", FOUR, [may_be((1,), DONE, "2 to go")]),
    ("1 done when the grant is in", FOUR, [may_be((1,), DONE, "when the grant is in")]),
    ("1 is done, right?", FOUR, [may_be((1,), DONE, "right?")]),
    ("1 is done, isn't it?", FOUR, [may_be((1,), DONE, "isn't it?")]),
    ("1 done yet?", FOUR, [may_be((1,), DONE, "yet?")]),
    ("1 at risk -> on track", FOUR, [may_be((1,), AT, "> on track")]),
    ("1 from at risk to on track", FOUR, [may_be((1,), ON)]),
    ("1 is at risk no more", FOUR, [may_be((1,), AT, "no more")]),
    ("1 or 2 done", FOUR, [may_be((1, 2), DONE)]),
    ("1 2 done", FOUR, [may_be((1, 2), DONE)]),
    ("1 - 3 done", FOUR, [may_be((1,), "done 3")]),
    ("2. finished the draft", FOUR, [may_be((2,), DONE, "the draft")]),
    ("3 red lines crossed", FOUR, [may_be((3,), OFF, "lines crossed")]),
    ("2 drop outs", FOUR, [may_be((2,), DROPPED, "outs")]),
    ("1 cancelled meeting", FOUR, [may_be((1,), DROPPED, "meeting")]),
    ("3 at-risk youth joined", FOUR, [may_be((3,), AT, "youth joined")]),
    ("1: first draft is up, on track", FOUR, [may_be((1,), ON, "first draft is up")]),
    # how Slack and people's hands write it
    ("- 1 done", FOUR, [is_(1, DONE)]),
    ("• 2 at risk", FOUR, [is_(2, AT)]),
    ("* 1 done", FOUR, [is_(1, DONE)]),
    ("*1* done", FOUR, [is_(1, DONE)]),
    ("*1 done*", FOUR, [is_(1, DONE)]),
    ("**1** done", FOUR, [is_(1, DONE)]),
    ("_2: at risk_", FOUR, [is_(2, AT)]),
    ("1\xa0done", FOUR, [is_(1, DONE)]),
    ("  1   done  ", FOUR, [is_(1, DONE)]),
    ("1\u200b done\x07", FOUR, [is_(1, DONE)]),
    ("<@U123> 1 done", FOUR, [is_(1, DONE)]),
    ("<@U123>: 2 at risk", FOUR, [is_(2, AT)]),
    ("Hi team, 2 is at risk", FOUR, [is_(2, AT)]),
    ("Update: 2 done", FOUR, [is_(2, DONE)]),
    ("1: done &amp; dusted", FOUR, [is_(1, DONE, "& dusted")]),
    ("1: done <@U123>", FOUR, [is_(1, DONE, "@U123")]),
    ("1 done <https://x.org|here>", FOUR, [is_(1, DONE, "[here](https://x.org)")]),
    ("1: done, see <https://x.org/a>", FOUR, [is_(1, DONE, "see https://x.org/a")]),
    # more lines
    ("1 done\n  still needs polish\nand more", FOUR, [is_(1, DONE, "still needs polish\nand more")]),
    ("1 and 2 done\nboth shown", FOUR, [is_(1, DONE, "both shown"), is_(2, DONE, "both shown")]),
    ("1 done\n\nwe met on Monday", FOUR, [is_(1, DONE), PLAIN]),
    ("1 done\n- all shown", FOUR, [is_(1, DONE), PLAIN]),
    ("1 done\n2 people joined", FOUR, [is_(1, DONE), PLAIN]),
    ("1 done\ndocs are not done", FOUR, [is_(1, DONE), PLAIN]),
    ("1 done\nis 2 done?", FOUR, [is_(1, DONE), PLAIN]),
    ("1 done\n&gt; 2 done", FOUR, [is_(1, DONE), PLAIN]),
    ("we met\n1 done", FOUR, [PLAIN, is_(1, DONE)]),
    ("&gt; 1 done\n2 done", FOUR, [PLAIN, is_(2, DONE)]),
    ("```\n1 done\n```\n2 done", FOUR, [PLAIN, PLAIN, PLAIN, is_(2, DONE)]),
    ("```1 done```", FOUR, [PLAIN]),
]

NOTHING = [
    "2 people joined us",
    "3 weeks late",
    "3 am works for me",
    "2nd done",
    "is 1 done?",
    "1 done?",
    "are the pilot hubs on track?",
    "can you mark 1 as done?",
    "when will 2 be done",
    "1 not done",
    "1 isn't done",
    "1: not done",
    "1 almost done",
    "1 nearly done",
    "1 will be done on Friday",
    "1 should be done by May",
    "1 was on track",
    "2 isn't at risk any more",
    "2 no longer at risk",
    "no docs are done",
    "the pilot hubs are not on track",
    "the pilot hubs aren't done",
    "I think the pilot hubs are done",
    "if the pilot hubs are done we can start",
    "hubs were blocked",
    "nothing is blocked",
    "we are done with the review of docs",
    "I'm done with the docs",
    "lots of work to be done",
    "reviewed the docs, hubs done",
    "Finished the report",
    "Complete list of sites below",
    "green light from the board",
    "red tape",
    "lunch done",
    "&gt; 1 done",
    "&gt;&gt;&gt; 1 done",
    "~1 done~",
    "`1 done`",
    "```1 done```",
    "1/2 done",
    "10:30 done",
    "24-12 done",
    "-1 done",
    "+1",
    "👍",
    "1 ok",
    "2 risks",
    "1-2 weeks",
    "1, 2",
    "#3",
    "12345 done",
    "hubs: 12",
    "Thanks all!",
    "2 days left, on track",
    "the meeting was on 24 Dec",
]
"""What must change nothing and asks for nothing."""

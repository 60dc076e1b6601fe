"""What is said of check-ins. See `bot.texts`."""

from datetime import date

SCHEDULE_EXAMPLES = "`weekly mon 09:30`, `every 2 weeks thu 16:00` or `monthly first tue 10:00`"

NO_OPEN_OUTCOMES = "No outcome is open. What is next? `/project outcome add {slug} TEXT` writes it down."
"""`slug` is escaped."""
NOT_ASKED_YET = "No check-ins yet. Say when, as in {examples}."
AHEAD_HEADING = "What will be posted in the next 14 days"
BEGUN = "📣 Asked now: the prompt is on its way."
GOES_ON = "👍 It goes on as it is."
PAUSED = "⏸️ Paused: nobody is asked until somebody resumes it."
NOTHING_TO_SHOW = "Choose a day and a time."
RESTS = "It is not going on, so nobody is asked."
LEFT_OUT = "⏭️ This round is left out."
ASKED_AGAIN = "📣 Asked again."
OFF = "🔕 No check-ins any more. `/project schedule` brings them back."
AGREED = "🔔 You will be asked by direct message."
STARTED_AGAIN = "🔔 Check-ins go on."
CHECK_IN_OFFER = "Waymark can ask there how things stand, so that the record stays true."
EVERY_WEEK = "Ask every Monday"
OTHER_CADENCE = "Ask at another time…"
ALL_STILL_TRUE = "Everything still true"
SKIP = "Skip this round"
ASK_AGAIN = "Ask again"
ASK_NOW = "Ask now after all"
KEPT_ALL_THE_SAME = "What you said is kept in the thread, and counts as your answer."
CORRECTED_TO_NOTHING = "↩️ What this reply had said of outcomes before is taken back."
NOTHING_CHANGED = "Nobody has said anything new in this round."
NOTHING_AHEAD = "Nothing will be posted in the next 14 days."


def explained(first: int, other: int) -> str:
    """`first` and `other`: numbers of open outcomes, for the examples."""
    return (
        "This is the project's first check-in: Waymark asks how its outcomes stand, and keeps the record "
        f"true. Answer in the thread in your own words, like `{first} done` or `{other} at risk, waiting for "
        "a review`, or use the buttons."
    )


def how_to_answer(first: int, other: int) -> str:
    """As `explained`."""
    return f"Answer in the thread (`{first} done`, `{other} at risk, no reviewer yet`), or here:"


def scheduled(words: str) -> str:
    return f"🔔 Check-ins: {words}."


def skipped(when: str) -> str:
    """`when` is drawn."""
    return f"⏭️ The check-in of {when} is left out."


def paused_until(day: str) -> str:
    return f"⏸️ Paused until {day}. It goes on by itself then, and `resume` does that before."


def form_place(name: str, place: str | None) -> str:
    """`name` and `place` are drawn."""
    return (
        f"When Waymark asks how {name} stands, in {place}."
        if place
        else f"When Waymark asks how {name} stands."
    )


def snoozed(when: str) -> str:
    """`when` is drawn."""
    return f"💤 Asked again {when}."


def rests_until(day: date) -> str:
    return f"It is paused until {day.day} {day:%b %Y}, and goes on by itself then."


def is_open(until: str) -> str:
    """`until` is drawn."""
    return f"📣 A round is open until {until}."


def answered(heard: int, asked: int) -> str:
    """How many have answered, of those who are asked or have answered without being asked."""
    return f"{heard} of {asked} answered" if heard else "Nobody has answered yet"


def heard_in_all(heard: int, asked: int) -> str:
    """As `answered`, once the round is over."""
    return f"{heard} of {asked} answered" if heard else "nobody answered"


def summed_up(name: str, heard: str) -> str:
    """`name` is escaped; `heard` is as `heard_in_all` says it."""
    return f"🧾 *{name}*: the round is over, {heard}."


def moved(from_day: date, name: str) -> str:
    """`name` is escaped."""
    of = f" ({name})" if name else ""
    return f"moved from {from_day.day} {from_day:%b}{of}"


def put_off(person_id: str | None) -> str:
    """Why a round is asked anew."""
    return f"put off by <@{person_id}>" if person_id else "put off"


def round_skipped(person_id: str) -> str:
    return f"⏭️ This round is left out, says <@{person_id}>."


def round_snoozed(person_id: str, when: str) -> str:
    """`when` is drawn."""
    return f"💤 Put off by <@{person_id}>: asked again {when}. What was said in this thread counts."


def round_moved() -> str:
    return "💤 This round was put off, and is asked further below. What was said in this thread counts."


def why_asked(cadence: str, slug: str) -> str:
    """`cadence` in words; `slug` is escaped."""
    return (
        f"Asked {cadence}. `/project schedule {slug}` changes that, `/project schedule {slug} off` ends it."
    )


def why_asked_now(person_id: str, slug: str) -> str:
    return f"Asked now by <@{person_id}>. `/project schedule {slug}` says when it is asked otherwise."


def nudge(people: str, when: str) -> str:
    """`people` are mentions; `when` is drawn."""
    return f"🔔 {people}: is it all still true? The round is open until {when}; a line here is enough."


def why_nudged(slug: str) -> str:
    return (
        "You are asked as one of its team; this is the only reminder of the round. Away for a while? "
        f"`/project away until DATE`. Not yours any more? `/project member remove {slug} @you`."
    )


def not_heard(people: str) -> str:
    return f"Not heard this time: {people}. A reply here still counts."


def silence(name: str, rounds: int) -> str:
    """`name` is escaped."""
    return (
        f"🍃 *{name}*: nobody has answered the last {rounds} check-ins. Should Waymark go on asking as it "
        "does, ask less often, or let the project rest?"
    )


WHY_SILENCE = "You are asked once, as the project's owner."


def understood(count: int, *, is_corrected: bool) -> str:
    done = "Corrected" if is_corrected else "Noted"
    return f"✅ {done}:" if count == 1 else f"✅ {done}, {count} outcomes:"


def more_noted(count: int, slug: str) -> str:
    """`slug` is escaped."""
    return f"… and {count} more, noted as well: `/project outcomes {slug}`"


def overtaken(number: int, person_id: str | None, status: str) -> str:
    """`status` in words."""
    who = f"<@{person_id}>" if person_id else "somebody"
    return f"✅ Corrected. What {who} said of outcome *{number}* since then stands: {status}."


def all_vouched(count: int) -> str:
    if not count:
        return "👍 No outcome is open, so there is nothing to renew. It counts as your answer."
    return (
        "✅ Still true: the one open outcome." if count == 1 else f"✅ Still true: all {count} open outcomes."
    )


def which_round(names: str, line: str) -> str:
    """`names` and `line` are escaped."""
    return f"🔎 Does “{line}” answer the check-in of {names}? Nothing is changed yet."


def which_round_in_words(slug: str) -> str:
    """For what is too long for a button. `slug` is escaped."""
    return f"Say it in the thread of the check-in, or with the project's name: `update {slug} 1 done`."


def kept_for(name: str) -> str:
    """`name` is escaped."""
    return f"👍 Kept as your answer to the check-in of *{name}*."


def kept_already(name: str) -> str:
    """`name` is escaped."""
    return f"👍 That counts already as your answer to the check-in of *{name}*."


def which_outcome(line: str) -> str:
    """`line` is escaped."""
    return f"🔎 Which outcome is “{line}” about? Nothing is changed yet."


def is_it_so(line: str, number: int, said: str) -> str:
    """`line` is escaped; `said` is a status or a number."""
    return f"🔎 Does “{line}” put outcome *{number}* at {said}? Nothing is changed yet."


def more_unclear(count: int) -> str:
    lines = "one more line is" if count == 1 else f"{count} more lines are"
    return f"… and {lines} not clear. `2 done`, with the outcome's number, always is."


def no_such_outcome(line: str, count: int) -> str:
    """`line` is escaped."""
    has = "the project has no outcomes yet" if not count else "there is only number 1"
    numbers = f"the outcomes are numbered 1 to {count}" if count > 1 else has
    return f"🔎 “{line}” changed nothing: {numbers}."


def not_measured(line: str) -> str:
    """`line` is escaped."""
    return f"🔎 “{line}” changed nothing: that outcome is not measured. A status (`done`, `at risk`) does."


def more_lines(count: int) -> str:
    return "… and one more such line." if count == 1 else f"… and {count} more such lines."

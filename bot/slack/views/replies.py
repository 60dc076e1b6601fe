"""What was understood of a reply, with the way to put it right."""

from collections.abc import Sequence

from bot import texts, texts_check_ins, texts_rights
from bot.services.replying import Taken
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import Meaning, Wanted
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Taking
from bot.slack.views.layout import Part, actions, button, message, section, shorten
from bot.slack.views.lists import name_of
from bot.slack.views.outcomes import metric_words
from storage.records import Outcome, ProjectName

_TEXT, _NOTE, _LINE, _LABEL = 120, 300, 200, 60
_MOST_LINES = 10
_MOST_CANDIDATES = 5


def taken_message(taken: Taken, *, corrected: bool) -> Message | None:
    """None where there is nothing to say: the mark on the message says that it was heard."""
    if taken.refused is not None:
        said = texts_rights.sentence(taken.refused, escape)
        return message(section(f"{said}\n{texts_check_ins.KEPT_ALL_THE_SAME}"))
    done, asked = _done(taken, corrected=corrected), _asked(taken)
    if corrected and not done and not asked:
        done = section(texts_check_ins.CORRECTED_TO_NOTHING)
    done += actions(_ways_back(taken.updated[:_MOST_LINES], taken.check_in.project_id, taken.act_id))
    return message([*done, *asked]) if done or asked else None


def _done(taken: Taken, *, corrected: bool) -> list[Part]:
    parts: list[Part] = []
    if taken.vouched:
        parts += section(texts_check_ins.all_vouched(taken.vouched))
    if taken.updated:
        parts += section(texts_check_ins.understood(len(taken.updated), is_corrected=corrected))
        for outcome in taken.updated[:_MOST_LINES]:
            parts += _updated(outcome)
    return parts


def _asked(taken: Taken) -> list[Part]:
    """What was not understood."""
    parts: list[Part] = []
    for number, line in taken.unclear[:_MOST_LINES]:
        parts += _unclear(taken, number, line.line, line.candidates)
    for unknown in taken.unknown[:_MOST_LINES]:
        said = texts_check_ins.no_such_outcome(_quoted(unknown.line), len(taken.outcomes))
        parts += section(said)
    for unmeasured in taken.unmeasured[:_MOST_LINES]:
        parts += section(texts_check_ins.not_measured(_quoted(unmeasured)))
    return parts


def which_round_message(projects: Sequence[ProjectName]) -> Message:
    """A direct message could answer the rounds of several projects."""
    names = " or ".join(f"*{escape(shorten(name_of(each), _LABEL))}*" for each in projects)
    slug = escape(projects[0].slug) if projects else "PROJECT"
    return message(section(texts_check_ins.which_round(names, slug)))


def meant_message(outcome: Outcome, project_id: int, act_id: str) -> Message:
    """The line is taken down for the outcome that was chosen."""
    said = section(texts_check_ins.understood(1, is_corrected=False))
    return message([*said, *_updated(outcome), *actions(_ways_back([outcome], project_id, act_id))])


def _ways_back(updated: Sequence[Outcome], project_id: int, act_id: str | None) -> list[dict[str, object]]:
    """In a row below, since beside the words there is no room for buttons in a thread."""
    ways = []
    for outcome in updated:
        form = Wanted(form="outcome", project_id=project_id, outcome_id=outcome.id)
        label = "Put it right…" if len(updated) == 1 else f"Put {outcome.number} right…"
        ways.append(button(label, f"{ids.FORM}:right{outcome.id}", form.encode()))
    if act_id is not None:
        ways.append(button("Undo", ids.UNDO, Taking(act_id=act_id).encode()))
    return ways


def _updated(outcome: Outcome) -> list[Part]:
    newest = outcome.newest
    facts = [texts.STATUS[outcome.status] if outcome.status else texts.NO_STATUS]
    if outcome.metric is not None and newest is not None:
        facts.append(metric_words(outcome.metric, newest.value))
    lines = [f"*{outcome.number}.* {_short(outcome.text, _TEXT)}", " · ".join(facts)]
    if newest is not None and newest.note:
        lines.append(f"“{_short(newest.note, _NOTE)}”")
    return section("\n".join(lines))


def _unclear(taken: Taken, number: int, line: str, candidates: tuple[int, ...]) -> list[Part]:
    """Buttons for the outcomes that it may be about."""
    chosen = [each for n in candidates for each in taken.outcomes if each.number == n][:_MOST_CANDIDATES]
    buttons = [
        button(
            shorten(f"{each.number}. {plain(each.text)}", _LABEL),
            f"{ids.MEANT}:{number}:{each.id}",
            Meaning(reply_id=taken.reply_id, line=number, outcome_id=each.id).encode(),
        )
        for each in chosen
    ]
    return [*section(texts_check_ins.which_outcome(_quoted(line))), *actions(buttons)]


def _quoted(line: str) -> str:
    return escape(shorten(line.strip(), _LINE))


def _short(markdown: str, limit: int) -> str:
    return escape(shorten(plain(markdown), limit))

"""What was understood of a reply, with the way to put it right."""

from collections.abc import Sequence

from bot import texts, texts_change_errors, texts_check_ins, texts_rights
from bot.domain.replies import Unclear
from bot.errors import ArchivedProjectError
from bot.services.reply_taken import Refused, Taken
from bot.services.revising import digest
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import About, Meaning, Wanted
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Taking
from bot.slack.views.layout import Part, actions, briefly, button, message, section, shorten
from bot.slack.views.lists import name_of
from bot.slack.views.outcomes import metric_words
from storage.check_ins import CheckIn
from storage.records import Outcome, Project, ProjectName

_TEXT, _NOTE, _LINE, _LABEL = 120, 300, 200, 45
_MOST_LINES, _MOST_UNCLEAR, _MOST_WRONG = 10, 6, 5
"""So many of each kind, a message of them keeps within Slack's 50 blocks, and people read it."""
_MOST_CANDIDATES = 5
_LONGEST_VALUE = 2000
"""Characters that a button carries."""


def taken_message(taken: Taken) -> Message | None:
    """None where there is nothing to say: the mark on the message says that it was heard."""
    if taken.refused is not None:
        return message(section(f"{_why(taken.refused)}\n{texts_check_ins.KEPT_ALL_THE_SAME}"))
    done, asked = _updates(taken), [*_questions(taken), *_wrong(taken)]
    if not done and not asked and taken.has_taken_back:
        done = section(texts_check_ins.CORRECTED_TO_NOTHING)
    if not done and not asked:
        return None
    done += actions(_ways_back(taken.updated[:_MOST_LINES], taken.project.id, taken.act_id))
    return message([*done, *asked])


def kept_message(project: Project, *, is_new: bool) -> Message:
    """A direct message that changes nothing counts for this project."""
    name = escape(shorten(name_of(project), _TEXT))
    return message(section(texts_check_ins.kept_for(name) if is_new else texts_check_ins.kept_already(name)))


def which_round_message(text: str, message_ts: str, rounds: Sequence[tuple[CheckIn, ProjectName]]) -> Message:
    """A direct message could answer these rounds. What is too long for a button is asked for again."""
    shown = rounds[:_MOST_CANDIDATES]
    names = " or ".join(f"*{escape(shorten(name_of(each), _LABEL))}*" for _, each in shown)
    buttons = []
    for check_in, project in shown:
        value = About.model_construct(check_in_id=check_in.id, message_ts=message_ts, text=text).encode()
        label = shorten(name_of(project), _LABEL)
        buttons.append(button(label, f"{ids.ABOUT}:{check_in.id}", value))
    parts = section(texts_check_ins.which_round(names, _quoted(text)))
    if all(len(each["value"]) <= _LONGEST_VALUE for each in buttons):
        return message([*parts, *actions(buttons)])
    return message([*parts, *section(texts_check_ins.which_round_in_words(escape(shown[0][1].slug)))])


def _why(refused: Refused) -> str:
    if isinstance(refused, ArchivedProjectError):
        return texts_change_errors.sentence(refused, escape)
    return texts_rights.sentence(refused, escape)


def _updates(taken: Taken) -> list[Part]:
    parts: list[Part] = []
    if taken.is_vouching:
        parts += section(texts_check_ins.all_vouched(taken.vouched))
    if taken.updated:
        parts += section(texts_check_ins.understood(len(taken.updated), is_corrected=taken.has_taken_back))
    for outcome in taken.updated[:_MOST_LINES]:
        parts += _updated(outcome)
    if len(taken.updated) > _MOST_LINES:
        more = len(taken.updated) - _MOST_LINES
        parts += section(texts_check_ins.more_noted(more, escape(taken.project.slug)))
    overtaken = [_overtaken(each) for each in taken.overtaken]
    return parts + section("\n".join(_some(overtaken)))


def _questions(taken: Taken) -> list[Part]:
    parts: list[Part] = []
    for number, line in taken.unclear[:_MOST_UNCLEAR]:
        parts += _unclear(taken, number, line)
    if len(taken.unclear) > _MOST_UNCLEAR:
        parts += section(texts_check_ins.more_unclear(len(taken.unclear) - _MOST_UNCLEAR))
    return parts


def _wrong(taken: Taken) -> list[Part]:
    count = len(taken.outcomes)
    unknown = [texts_check_ins.no_such_outcome(_quoted(each.line), count) for each in taken.unknown]
    unmeasured = [texts_check_ins.not_measured(_quoted(line)) for line in taken.unmeasured]
    return section("\n".join(_some(unknown))) + section("\n".join(_some(unmeasured)))


def _some(sentences: Sequence[str]) -> list[str]:
    kept = list(sentences[:_MOST_WRONG])
    more = len(sentences) - len(kept)
    return [*kept, texts_check_ins.more_lines(more)] if more else kept


def _ways_back(updated: Sequence[Outcome], project_id: int, act_id: str | None) -> list[dict[str, object]]:
    """In a row below, since beside the words there is no room for buttons in a thread."""
    ways = []
    for outcome in updated:
        form = Wanted(form="outcome", project_id=project_id, outcome_id=outcome.id, repeats=True)
        label = "Put it right…" if len(updated) == 1 else f"Put {outcome.number} right…"
        ways.append(button(label, f"{ids.FORM}:right{outcome.id}", form.encode()))
    if act_id is not None:
        ways.append(button("Undo", ids.UNDO, Taking(act_id=act_id).encode()))
    return ways


def _updated(outcome: Outcome) -> list[Part]:
    newest = outcome.newest
    facts = [_status(outcome)]
    if outcome.metric is not None and newest is not None:
        facts.append(metric_words(outcome.metric, newest.value))
    lines = [f"*{outcome.number}.* {briefly(outcome.text, _TEXT)}", " · ".join(facts)]
    if newest is not None and newest.note:
        lines.append(f"“{briefly(newest.note, _NOTE)}”")
    return section("\n".join(lines))


def _overtaken(outcome: Outcome) -> str:
    said_by = outcome.newest.said_by if outcome.newest is not None else None
    return texts_check_ins.overtaken(outcome.number, said_by, _status(outcome))


def _status(outcome: Outcome) -> str:
    return texts.STATUS[outcome.status] if outcome.status else texts.NO_STATUS


def _unclear(taken: Taken, number: int, line: Unclear) -> list[Part]:
    """Buttons for the outcomes that it may be about."""
    chosen = [each for n in line.candidates for each in taken.outcomes if each.number == n]
    if not chosen:
        return []
    asked = texts_check_ins.which_outcome(_quoted(line.line))
    if len(line.candidates) == 1:
        status, value = line.said.status, line.said.value
        percent = "%" if line.said.is_percent else ""
        said = texts.STATUS[status] if status is not None else f"{value:g}{percent}"
        asked = texts_check_ins.is_it_so(_quoted(line.line), chosen[0].number, said)
    buttons = [
        button(
            shorten(f"{each.number}. {plain(each.text)}", _LABEL),
            f"{ids.MEANT}:{number}:{each.id}",
            Meaning(
                reply_id=taken.reply_id, line=number, digest=digest(line.line), outcome_id=each.id
            ).encode(),
        )
        for each in chosen[:_MOST_CANDIDATES]
    ]
    return [*section(asked), *actions(buttons)]


def _quoted(line: str) -> str:
    return escape(shorten(" ".join(line.split()), _LINE))

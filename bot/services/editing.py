"""What people change: each takes an act and typed input, checks it, and writes through the act."""

from bot.domain.status_words import Said
from bot.errors import (
    ArchivedProjectError,
    GoneOutcomeError,
    NoMetricError,
    NotUnderstoodError,
    TextTooLongError,
    UnknownOutcomeError,
    UnknownPartError,
)
from bot.services.changing import Act
from bot.services.naming import require_free, slug_for
from bot.services.ordering import as_value, with_parts
from bot.services.people import require_may_own, require_present
from bot.services.rights import require_known_channel, require_may_restrict
from bot.services.values import link_value, member_value, outcome_value
from storage import aliases, outcomes, project_parts, status_updates
from storage.database import Tx
from storage.history_records import ORDER, WHOLE, ChangedItem
from storage.records import (
    Member,
    Metric,
    Outcome,
    Project,
    ProjectParts,
    ProjectState,
    StatusUpdate,
    UpdateSource,
)
from storage.sight import EVERYTHING

LONGEST_TEXT = 3000
"""Characters of a text that a person writes: as many as a field of a form takes."""
LONGEST_NAME = 150
"""Characters of a name: as many as a heading in Slack takes."""
LONGEST_UNIT = 40
LONGEST_ADDRESS = 3000


def require_short(text: str, limit: int = LONGEST_TEXT) -> str:
    """The text itself. Raises TextTooLongError."""
    if len(text) > limit:
        raise TextTooLongError(text, limit)
    return text


def require_open(act: Act, rest: str = "") -> None:
    """Raises ArchivedProjectError: what is archived is restored before it is changed."""
    if act.project.state is ProjectState.ARCHIVED:
        raise ArchivedProjectError(act.project.slug, rest)


def get_outcome(act: Act, number: int | None, typed: str) -> Outcome:
    """Raises UnknownOutcomeError."""
    record = act.outcomes
    if number is None or not 1 <= number <= len(record):
        raise UnknownOutcomeError(act.project.slug, typed, len(record))
    return record[number - 1]


def get_outcome_by_id(act: Act, outcome_id: int) -> Outcome:
    """Raises GoneOutcomeError for one that is off the record."""
    return get_outcome_of(act.tx, act.project, outcome_id)


def get_outcome_of(tx: Tx, project: Project, outcome_id: int) -> Outcome:
    """Raises GoneOutcomeError for one that is off the record."""
    record = outcomes.list_outcomes(tx, project.workspace_id, project.id)
    found = next((outcome for outcome in record if outcome.id == outcome_id), None)
    if found is None:
        raise GoneOutcomeError(project.slug)
    return found


def say(act: Act, outcome: Outcome, said: Said, *, instead: StatusUpdate | None = None) -> None:
    """A status update. What is not said anew, the status or the number, is as it was.

    `instead`: it takes the place of this one, after which something else was said that stands.
    Raises NoMetricError, TextTooLongError.
    """
    require_short(said.note)
    before = outcome.newest
    if instead is not None:
        before = status_updates.find_update_before(act.tx, act.asker.workspace_id, instead)
    value = before.value if before else None
    if said.value is not None:
        if outcome.metric is None:
            raise NoMetricError(act.project.slug, outcome.number, f"{said.value:g}")
        value = part_of_way(outcome.metric, said.value) if said.is_percent else said.value
    at = None if instead is None else instead.said_at
    act.say(outcome, said.status or (before.status if before else None), said.note, value, at=at)


def vouch(act: Act, outcome: Outcome) -> None:
    """Somebody says that it is still true: the status, the number and the last words stay, and are new.

    The update's source is what tells it from words of one's own: `UpdateSource.BUTTON`.
    """
    act.source = UpdateSource.BUTTON
    said = outcome.newest
    if said is None:
        act.say(outcome, None, "", None)
    else:
        act.say(outcome, said.status, said.note, said.value, said.permalink)


def vouch_for_all(act: Act) -> int:
    """For every outcome that is open; how many that were."""
    open_ = [outcome for outcome in act.outcomes if outcome.is_open]
    for outcome in open_:
        vouch(act, outcome)
    return len(open_)


def part_of_way(metric: Metric, percent: float) -> float:
    return metric.start + (metric.target - metric.start) * percent / 100


def move_outcome(act: Act, outcome: Outcome, to: int | None, typed: str) -> None:
    """To another number, with the parts below it; a number behind the last is the last."""
    record = list(act.outcomes)
    if to is None or to < 1:
        raise UnknownOutcomeError(act.project.slug, typed, len(record))
    last = len(record) - len(with_parts(record, outcome.number - 1)) + 1
    moved = [each.id for each in with_parts(record, outcome.number - 1)]
    before = [each.id for each in record]
    others = [id_ for id_ in before if id_ not in moved]
    at = min(to, last) - 1
    act.set(
        ChangedItem.OUTCOME,
        outcome.id,
        ORDER,
        as_value(before),
        as_value([*others[:at], *moved, *others[at:]]),
    )


def drop_outcome(act: Act, outcome: Outcome) -> int:
    """Off the record, with the parts below it; how many outcomes that were."""
    dropped = with_parts(list(act.outcomes), outcome.number - 1)
    for each in dropped:
        act.set(ChangedItem.OUTCOME, each.id, WHOLE, outcome_value(each), None)
    return len(dropped)


def add_alias(act: Act, words: str) -> str:
    """The alias as it is written down. Raises NotUnderstoodError, NameTakenError."""
    alias = slug_for(words)
    require_free(act.tx, act.asker, alias)
    act.add_alias(alias)
    return alias


def remove_alias(act: Act, words: str) -> str:
    """Raises UnknownPartError, NotUnderstoodError."""
    where = act.tx, act.asker.workspace_id, act.project.id
    typed = words.strip().lower()
    for alias in (typed, slug_for(words)):
        alias_id = aliases.find_alias_id(*where, alias)
        if alias_id is not None:
            act.set(ChangedItem.ALIAS, alias_id, WHOLE, alias, None)
            return alias
    raise UnknownPartError("alias", act.project.slug, words, _parts(act).aliases)


def add_link(act: Act, url: str, label: str) -> None:
    """Raises NotUnderstoodError, TextTooLongError."""
    if not is_address(url):
        raise NotUnderstoodError("address", url)
    act.add_link(require_short(label), require_short(url, LONGEST_ADDRESS))


def is_address(word: str) -> bool:
    """Whether a browser could follow it."""
    return word.lower().startswith(("https://", "http://", "mailto:")) and not any(map(str.isspace, word))


def remove_link(act: Act, number: int | None, typed: str) -> str:
    """By its number, its address or its label; its address. Raises UnknownPartError."""
    shown = _parts(act).links
    found = [link for link in shown if typed in {link.url, link.label}]
    if number is not None and 1 <= number <= len(shown):
        found = found or [shown[number - 1]]
    if len(found) != 1:
        known = tuple(f"{n}. {link.label or link.url}" for n, link in enumerate(shown, 1))
        raise UnknownPartError("link", act.project.slug, typed, known)
    act.set(ChangedItem.LINK, found[0].id, WHOLE, link_value(found[0]), None)
    return found[0].url


def set_channel(act: Act, channel_id: str | None) -> None:
    """Where it lives, and who sees it. The act reaches others.

    Raises UnknownChannelError, OutOfSightError.
    """
    if channel_id is not None:
        require_known_channel(act.tx, act.asker, channel_id)
    act.change_project("channel_id", channel_id)


def set_owner(act: Act, person_id: str | None) -> None:
    """Raises PersonLeftError, ExternalPersonError."""
    if person_id is not None:
        require_may_own(act.tx, act.asker.workspace_id, person_id)
    act.change_project("owner_id", person_id)


def assign_outcome(act: Act, outcome: Outcome, person_id: str | None) -> None:
    """Raises PersonLeftError."""
    _require_present(act, person_id)
    act.change_outcome(outcome, "owner_id", person_id)


def set_restricted(act: Act, *, is_restricted: bool) -> None:
    """Whether its team alone changes it. Raises NotAllowedError."""
    require_may_restrict(act.tx, act.asker, act.project)
    act.change_project("is_restricted", is_restricted)


def add_member(act: Act, user_id: str) -> None:
    """Whoever is a member already stays one. Raises PersonLeftError."""
    _require_present(act, user_id)
    if _find_member(act, user_id) is None:
        act.add_member(user_id)


def remove_member(act: Act, user_id: str) -> None:
    """Whoever is no member stays none."""
    found = _find_member(act, user_id)
    if found is not None:
        act.set(ChangedItem.MEMBER, found.id, WHOLE, member_value(found), None)


def _require_present(act: Act, person_id: str | None) -> None:
    if person_id is not None:
        require_present(act.tx, act.asker.workspace_id, person_id)


def _parts(act: Act) -> ProjectParts:
    return project_parts.get_parts(act.tx, act.asker.workspace_id, EVERYTHING, act.project.id)


def _find_member(act: Act, user_id: str) -> Member | None:
    team = _parts(act).members
    return next((member for member in team if member.user_id == user_id), None)

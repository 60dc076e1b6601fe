"""The form with a project's whole record, and the one for a new project."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts, texts_forms
from bot.services.meanwhile import Meanwhile
from bot.services.reading import ProjectRecord
from bot.services.revising import Shown
from bot.slack import ids
from bot.slack.effects import Block, View
from bot.slack.memos import Memo, Wanted
from bot.slack.mrkdwn import escape, mrkdwn, plain
from bot.slack.views.inputs import Fields, modal, option, project_option
from bot.slack.views.layout import actions, button, context, divider, section, shorten
from bot.slack.views.meanwhile import meanwhile_blocks
from bot.slack.views.outcomes import status_line
from storage.records import Outcome, ProjectName, ProjectState

OUTCOMES = 20
"""On a page of the form. Slack takes 100 blocks, people do not."""
_TEXT = 300
"""Characters of an outcome's text; the whole stands in its own form."""


def project_form(
    record: ProjectRecord,
    memo: Memo,
    shown: Shown,
    parent: ProjectName | None,
    now: datetime,
    *,
    changes: Sequence[Meanwhile] = (),
    said: str = "",
) -> View:
    """`shown` is what its fields hold, of which `parent` is the parent that is chosen.

    `changes` is what others changed meanwhile; `said` stands on top.
    """
    blocks = meanwhile_blocks(changes) if changes else []
    blocks += [part.block for part in section(said)]
    made = _fields(record, Fields(memo.times), shown, parent)
    blocks += [made[name] for name in made if name in memo.seen]
    left_out = [name for name in made if name not in memo.seen]
    slug = escape(record.project.slug)
    blocks += [part.block for name in left_out for part in context(texts_forms.too_long(name, slug))]
    return modal("project", [*blocks, *_outcomes(record, memo.page, now)], memo.encode())


def _fields(
    record: ProjectRecord, fields: Fields, shown: Shown, parent: ProjectName | None
) -> dict[str, Block]:
    held, lists = shown.texts, shown.lists
    names = ", ".join(plain(member.name) for member in record.parts.members if not member.user_id)
    kept = texts_forms.WRITTEN_IN_PAGE.format(names=shorten(names, _TEXT)) if names else None
    states = [option(texts.STATE[state], state.value) for state in ProjectState]
    # Slack shows no field of more than it takes, so these are made of what fits.
    fits = {name: text if name not in shown.too_long else "" for name, text in held.items()}
    items = {name: found if name not in shown.too_long else () for name, found in lists.items()}
    hint = texts_forms.HINT
    return {
        "name": fields.text("name", fits["name"], needed=True),
        "slug": fields.text("slug", fits["slug"], needed=True, hint=hint["slug"]),
        "summary": fields.text("summary", fits["summary"], lines=True),
        "goal": fields.text("goal", fits["goal"], lines=True),
        "owner_id": fields.person("owner_id", held["owner_id"]),
        "members": fields.people("members", items["members"], kept),
        "channel_id": fields.channel("channel_id", held["channel_id"], hint["channel_id"]),
        "state": fields.choice("state", states, held["state"], needed=True),
        "parent_id": fields.project("parent_id", project_option(parent) if parent else None),
        "aliases": fields.text("aliases", ", ".join(items["aliases"]), hint=hint["aliases"]),
        "links": fields.text("links", "\n".join(items["links"]), lines=True, hint=hint["links"]),
    }


def _outcomes(record: ProjectRecord, page: int, now: datetime) -> list[Block]:
    outcomes, project_id = record.outcomes, record.project.id
    pages = max(1, -(-len(outcomes) // OUTCOMES))
    page = min(page, pages - 1)
    parts = [divider(), *section("*Key outcomes*"), *([] if outcomes else section(texts.NO_OUTCOMES))]
    for outcome in outcomes[page * OUTCOMES : (page + 1) * OUTCOMES]:
        parts += section(_line(outcome, now), _change(project_id, outcome))
    if pages > 1:
        parts += context(f"Outcomes: page {page + 1:,} of {pages:,}")
    turns = [
        button(label, f"{ids.TURN}:{to}", str(to))
        for label, to in (("Previous outcomes", page - 1), ("Next outcomes", page + 1))
        if 0 <= to < pages
    ]
    add = button("Add an outcome", f"{ids.FORM}:add", Wanted(form="add", project_id=project_id).encode())
    return [part.block for part in [*parts, *actions([add, *turns])]]


def _line(outcome: Outcome, now: datetime) -> str:
    return f"*{outcome.number}.* {mrkdwn(shorten(outcome.text, _TEXT))}\n{status_line(outcome, now)}"


def _change(project_id: int, outcome: Outcome) -> Block:
    wanted = Wanted(form="outcome", project_id=project_id, outcome_id=outcome.id)
    label = shorten(f"Change outcome {outcome.number}: {plain(outcome.text)}", 75)
    return button("Change", f"{ids.FORM}:{outcome.id}", wanted.encode(), accessibility_label=label)


def create_form(memo: Memo, owner_id: str) -> View:
    """A new project."""
    fields = Fields()
    blocks = [
        fields.text("name", "", needed=True, hint=texts_forms.HINT["name_new"]),
        fields.text("goal", "", lines=True),
        fields.person("owner_id", owner_id),
        fields.channel("channel_id", "", texts_forms.HINT["channel_id"]),
    ]
    return modal("create", blocks, memo.encode(), submit="Create")

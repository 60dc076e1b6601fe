"""Every function of storage that is asked of a workspace, as it may be asked of another one's record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage import (
    aliases,
    channel_ids,
    channels,
    charting,
    charts_drawn,
    export,
    finding,
    history,
    homes,
    indexing,
    links,
    members,
    nonces,
    outcomes,
    own_outcomes,
    pages,
    past,
    people,
    positions,
    project_lists,
    project_parts,
    projects,
    removal,
    revisions,
    search,
    seen_events,
    settings,
    sight,
    status_updates,
    tables,
    thresholds,
    vouching,
    workspaces,
)
from storage.database import Tx
from storage.project_lists import ProjectFilter
from storage.records import Outcome, OutcomeStatus, Project, ProjectState, StatusUpdate, UpdateSource
from storage.sight import Sight
from tests.storage import (
    every_function_of_digests,
    every_function_of_doctor,
    every_function_of_exports,
    every_function_of_installations,
    every_function_of_pages,
    every_function_of_public,
    every_function_of_publications,
    every_function_of_reminders,
    every_function_of_rounds,
)
from tests.support.make import (
    NOW,
    SEES,
    make_change,
    make_channel,
    make_person,
    make_project,
    make_workspace,
    say,
)

MINE, THEIRS = "T0MINE", "T0THEIRS"
LONG_AGO = NOW - timedelta(days=9)
BY = history.By("U0SAID", UpdateSource.COMMAND, "act-undoing", "act-of-docs", NOW)


CHARTS = {"draws_charts": True, "charts_refused_at": NOW - timedelta(days=3)}


class Theirs:
    """The ids of the other workspace's record: what a wrong button, or an attacker, would send."""

    def __init__(self, tx: Tx, workspace_id: str) -> None:  # noqa: PLR0915 - a line for each thing there is
        make_workspace(tx, workspace_id)
        parent = make_project(tx, workspace_id, slug="parent", name="Parent")
        self.project: Project = make_project(
            tx,
            workspace_id,
            slug="docs",
            name="Docs",
            goal="Findable",
            owner_id="U0ANA",
            channel_id="C0DOCS",
            parent_id=parent.id,
            outcomes=["One", "Two"],
            links=["https://example.org/1", "https://example.org/2"],
            members=["Ana", "Bo"],
            aliases=["handbook"],
        )
        make_project(tx, workspace_id, slug="child", parent_id=self.project.id)
        self.outcome: Outcome = outcomes.list_outcomes(tx, workspace_id, self.project.id)[0]
        self.outcome_ids = [o.id for o in outcomes.list_outcomes(tx, workspace_id, self.project.id)]
        parts = project_parts.get_parts(tx, workspace_id, SEES, self.project.id)
        self.link_ids = [link.id for link in parts.links]
        self.member_ids = [member.id for member in parts.members]
        self.page_id = pages.save_page(tx, workspace_id, "page.md", "text", NOW)
        self.place = {"project_id": self.project.id, "item": "name", "item_id": None, "value": "Docs"}
        self.place |= {"start": 0, "end": 1, "line": 1}
        pages.replace_places(tx, workspace_id, self.page_id, [self.place])
        for member_id in self.member_ids:
            members.change_member(tx, workspace_id, member_id, user_id="U0ANA")
        say(tx, self.outcome, None, workspace_id=workspace_id, ago=timedelta(days=1), value=3)
        self.update_id = say(tx, self.outcome, OutcomeStatus.ON_TRACK, workspace_id=workspace_id)
        update = status_updates.find_update(tx, workspace_id, self.update_id)
        assert update is not None
        self.update: StatusUpdate = update
        alias_id = aliases.find_alias_id(tx, workspace_id, self.project.id, "handbook")
        assert alias_id is not None
        self.alias_id: int = alias_id
        removed = outcomes.add_outcome(tx, workspace_id, self.project.id, position=9, text="Three", now=NOW)
        outcomes.change_outcome(tx, workspace_id, removed, NOW, removed_at=NOW)
        self.untrue_id = removed
        untrue = {"is_open": True, "due_days": 1}
        tx.execute(tables.outcomes.update().where(tables.outcomes.c.id == removed).values(untrue))
        homes.open_home(tx, workspace_id, "U0ANA", NOW)
        home = homes.find_home(tx, workspace_id, "U0ANA")
        assert home is not None
        self.home: homes.Home = home
        homes.record_published(
            tx, workspace_id, home, digest="d", view_hash=None, project_ids=[self.project.id]
        )
        # Nobody's but the one whose home shows the project, and only in this workspace.
        homes.open_home(tx, workspace_id, f"U0{workspace_id}", NOW)
        watcher = homes.find_home(tx, workspace_id, f"U0{workspace_id}")
        assert watcher is not None
        homes.record_published(
            tx, workspace_id, watcher, digest="d", view_hash=None, project_ids=[self.project.id]
        )
        make_change(tx, self.project, before=workspace_id)
        make_change(tx, self.project, BY)
        make_person(tx, "U0GUEST", workspace_id, is_guest=True, name=f"of {workspace_id}")
        make_person(tx, f"U0LEFT{workspace_id}", workspace_id, is_deleted=True)
        make_channel(tx, "C0SECRET", workspace_id, private_to=["U0ANA"])
        people.name_admin(tx, workspace_id, "U0ANA", f"U{workspace_id}", NOW)
        self.rounds = every_function_of_rounds.Rounds(tx, workspace_id, self.project)
        self.digests, self.reminders, self.ailing = (
            every_function_of_digests.Digests(tx, workspace_id),
            every_function_of_reminders.Reminders(tx, workspace_id, self.project, self.outcome.id),
            every_function_of_doctor.Ailing(tx, workspace_id),
        )
        self.published = every_function_of_publications.Published(tx, workspace_id, self.page_id)
        self.conflicts = every_function_of_pages.Conflicts(tx, workspace_id, self.project)
        self.public = every_function_of_public.Public(tx, workspace_id, self.project, self.outcome.id)
        self.installed = every_function_of_installations.Installed(tx, workspace_id)
        settings.change_settings(tx, workspace_id, digest_channel_id=f"C{workspace_id}", **CHARTS)
        settings.add_days_off(tx, workspace_id, {NOW.date(): f"Holiday of {workspace_id}"})
        settings.change_absence(tx, workspace_id, f"U0{workspace_id}", until=NOW.date() + timedelta(1))
        settings.change_absence(tx, workspace_id, "U0ANA", by_status=True, status_until=None)
        self.unkept_id = add_unkept(tx, workspace_id)
        self.change = history.list_changes(tx, workspace_id, SEES, self.project.id, limit=9)[-1]


def add_unkept(tx: Tx, workspace_id: str) -> int:
    """A project of which it is not written down where it is seen; its id."""
    tx.execute(
        tables.projects.insert().values(
            workspace_id=workspace_id,
            slug="unknown",
            name="Unknown",
            sort_name="unknown",
            summary="",
            goal="",
            state="active",
            channel_id=f"C{workspace_id}",
            created_at=NOW,
            updated_at=NOW,
        )
    )
    unknown = projects.find_project_by_slug(tx, workspace_id, "unknown")
    assert unknown is not None
    return unknown.id


Ask = Callable[[Tx, str, Theirs], Any]

ALL = ProjectFilter(states=tuple(ProjectState))

READS: dict[str, Ask] = {
    **every_function_of_rounds.READS,
    **every_function_of_exports.READS,
    **every_function_of_digests.READS,
    **every_function_of_doctor.READS,
    **every_function_of_publications.READS,
    **every_function_of_exports.READS,
    **every_function_of_public.READS,
    **every_function_of_reminders.READS,
    **every_function_of_pages.READS,
    "export.list_everything": lambda tx, w, _: [list(rows) for _, rows in export.list_everything(tx, w)],
    "removal.count_rows_of": lambda tx, w, _: removal.count_rows_of(tx, w) and w,
    **every_function_of_installations.READS,
    "finding.list_candidates": lambda tx, w, _: (
        [c.project for c in finding.list_candidates(tx, w, SEES, "docs")]
        + [c.project for c in finding.list_candidates(tx, w, SEES, "ocs")]
    ),
    "finding.has_more_names": lambda tx, w, t: finding.has_more_names(tx, w, 0) and t.project.slug,
    "finding.list_called": lambda tx, w, _: [c.project for c in finding.list_called(tx, w, SEES, "docs")],
    "finding.list_names": lambda tx, w, _: finding.list_names(tx, w, SEES, 1000),
    "finding.list_names_like": lambda tx, w, _: finding.list_names_like(tx, w, SEES, ["do"], 1000),
    "aliases.find_alias": lambda tx, w, t: aliases.find_alias(tx, w, t.project.id, t.alias_id),
    "aliases.find_alias_id": lambda tx, w, t: aliases.find_alias_id(tx, w, t.project.id, "handbook"),
    "charts_drawn.find_refusal": lambda tx, w, _: charts_drawn.find_refusal(tx, w),
    "charting.list_on_record": lambda tx, w, t: charting.list_on_record(tx, w, [t.project.id]),
    "charting.list_statuses_said": lambda tx, w, t: charting.list_statuses_said(
        tx, w, [t.project.id], LONG_AGO
    ),
    "charting.list_told_children": lambda tx, w, t: charting.list_told_children(
        tx, w, t.project.id, "C0DOCS"
    ),
    "charting.list_told_projects": lambda tx, w, _: charting.list_told_projects(tx, w, SEES, 99),
    "charting.list_values_said": lambda tx, w, t: charting.list_values_said(tx, w, t.outcome.id),
    "channels.find_privacy": lambda tx, w, _: channels.find_privacy(tx, w, "C0SECRET"),
    "channels.list_channels_of": lambda tx, w, _: channels.list_channels_of(tx, w, "U0ANA"),
    "channels.is_member": lambda tx, w, _: channels.is_member(tx, w, "C0SECRET", "U0ANA") and w,
    "channels.is_channel_of_project": lambda tx, w, t: (
        channels.is_channel_of_project(tx, w, t.project.channel_id or "") and t.project.slug
    ),
    "channels.list_privacy": lambda tx, w, _: channels.list_privacy(tx, w),
    "channels.list_unknown_channels": lambda tx, w, _: channels.list_unknown_channels(tx, w),
    "people.find_person": lambda tx, w, _: people.find_person(tx, w, "U0GUEST"),
    "people.find_stake": lambda tx, w, t: people.find_stake(tx, w, t.project.id, "U0ANA"),
    "people.list_admins": lambda tx, w, _: people.list_admins(tx, w),
    "people.list_left": lambda tx, w, _: people.list_left(tx, w, [f"U0LEFT{THEIRS}"]),
    "people.list_known_ids": lambda tx, w, _: people.list_known_ids(tx, w, ["U0GUEST"]),
    "project_lists.has_projects": lambda tx, w, _: project_lists.has_projects(tx, w),
    "sight.where_seen": lambda tx, w, t: sight.where_seen(tx, w, None, t.project.id),
    "sight.list_seen_in": lambda tx, w, _: sight.list_seen_in(tx, w, "C0DOCS"),
    "history.count_changes": lambda tx, w, t: history.count_changes(tx, w, SEES, t.project.id),
    "history.find_last_act": lambda tx, w, _: history.find_last_act(tx, w, Sight("U0SAID")),
    "history.find_newest_change": lambda tx, w, t: history.find_newest_change(
        tx, w, t.project.id, t.change.item, t.change.field
    ),
    "history.find_newer_change": lambda tx, w, t: history.find_newer_change(
        tx, w, t.change.model_copy(update={"id": 0, "act_id": "none"}), of_item=False
    ),
    "history.is_undone": lambda tx, w, _: history.is_undone(tx, w, "act-of-docs"),
    "history.list_changes": lambda tx, w, t: history.list_changes(tx, w, SEES, t.project.id, limit=9),
    "history.list_changes_since": lambda tx, w, t: history.list_changes_since(tx, w, t.project.id, 0),
    "history.newest_change_id": lambda tx, w, t: history.newest_change_id(tx, w, t.project.id),
    "history.list_changes_of_act": lambda tx, w, t: history.list_changes_of_act(tx, w, t.change.act_id),
    "homes.find_home": lambda tx, w, _: homes.find_home(tx, w, f"U0{THEIRS}"),
    "homes.list_people_with_homes": lambda tx, w, _: homes.list_people_with_homes(tx, w, NOW),
    "homes.list_watchers": lambda tx, w, t: homes.list_watchers(tx, w, [t.project.id], NOW),
    "own_outcomes.list_own_outcomes": lambda tx, w, _: own_outcomes.list_own_outcomes(
        tx, w, Sight("U0ANA"), limit=9
    ),
    "outcomes.list_outcomes": lambda tx, w, t: outcomes.list_outcomes(tx, w, t.project.id),
    "outcomes.list_standings_of": lambda tx, w, t: outcomes.list_standings_of(tx, w, [t.project.id])[
        t.project.id
    ],
    "past.list_aliases": lambda tx, w, t: past.list_aliases(tx, w, t.project.id),
    "past.list_all_outcomes": lambda tx, w, t: past.list_all_outcomes(tx, w, t.project.id),
    "past.list_changes_since": lambda tx, w, t: past.list_changes_since(tx, w, t.project.id, LONG_AGO),
    "past.list_column_changes_since": lambda tx, w, t: past.list_column_changes_since(
        tx, w, [t.project.id], LONG_AGO
    ),
    "past.list_relatives": lambda tx, w, t: past.list_relatives(tx, w, SEES, t.project.id, [t.project.id]),
    "past.list_updates_until": lambda tx, w, t: past.list_updates_until(tx, w, t.project.id, NOW),
    "pages.get_page": lambda tx, w, t: pages.get_page(tx, w, t.page_id),
    "pages.list_page_names": lambda tx, w, _: pages.list_page_names(tx, w),
    "pages.list_stands": lambda tx, w, _: pages.list_stands(tx, w),
    "pages.find_page": lambda tx, w, _: pages.find_page(tx, w, "page.md"),
    "pages.list_places": lambda tx, w, t: pages.list_places(tx, w, t.page_id),
    "pages.list_places_of_project": lambda tx, w, t: pages.list_places_of_project(tx, w, t.project.id),
    "pages.list_private_on": lambda tx, w, _: [
        f"{pages.list_private_on(tx, w, page_id)} of {w}" for page_id in pages.list_page_names(tx, w)
    ],
    "pages.find_other_page": lambda tx, w, t: pages.find_other_page(tx, w, t.project.id, "other.md"),
    "outcomes.list_removed": lambda tx, w, t: outcomes.list_removed(tx, w, t.project.id),
    "positions.next_position": lambda tx, w, t: positions.next_position(tx, tables.links, w, t.project.id),
    "project_lists.count_projects": lambda tx, w, _: project_lists.count_projects(tx, w, SEES, ALL),
    "project_lists.list_projects": lambda tx, w, _: [
        *project_lists.list_projects(tx, w, SEES, ALL, limit=99),
        *project_lists.list_projects(tx, w, SEES, ProjectFilter(person_id="U0ANA"), limit=99),
        *project_lists.list_projects(tx, w, SEES, ProjectFilter(stale_at=NOW), limit=99),
    ],
    "project_parts.get_parts_and_said": lambda tx, w, t: (
        (said := project_parts.get_parts_and_said(tx, w, SEES, t.project.id, LONG_AGO)[1])
        and [*said.on_record, *said.statuses]
    ),
    "project_parts.get_parts": lambda tx, w, t: [
        part for _, part in project_parts.get_parts(tx, w, SEES, t.project.id) if part
    ],
    "projects.find_project": lambda tx, w, t: projects.find_project(tx, w, t.project.id),
    "projects.get_project": lambda tx, w, t: projects.get_project(tx, w, t.project.id),
    "projects.find_project_by_alias": lambda tx, w, _: projects.find_project_by_alias(tx, w, "handbook"),
    "projects.find_project_by_slug": lambda tx, w, _: projects.find_project_by_slug(tx, w, "docs"),
    "projects.find_projects_of_channel": lambda tx, w, _: projects.find_projects_of_channel(
        tx, w, SEES, "C0DOCS"
    ),
    "projects.find_seen_project": lambda tx, w, t: projects.find_seen_project(tx, w, SEES, t.project.id),
    "projects.lock_project": lambda tx, w, t: projects.lock_project(tx, w, t.project.id),
    "projects.list_project_names": lambda tx, w, t: projects.list_project_names(tx, w, SEES, [t.project.id]),
    "vouching.lock_outcome": lambda tx, w, t: vouching.lock_outcome(tx, w, t.outcome.id),
    "search.search_projects": lambda tx, w, _: (
        search.search_projects(tx, w, SEES, "findable", limit=9).projects
    ),
    "settings.find_absence": lambda tx, w, _: settings.find_absence(tx, w, f"U0{THEIRS}"),
    "settings.get_settings": lambda tx, w, _: settings.get_settings(tx, w).digest_channel_id,
    "settings.list_away": lambda tx, w, _: settings.list_away(tx, w, [f"U0{THEIRS}"], NOW.date(), NOW),
    "settings.list_days_off": lambda tx, w, _: settings.list_days_off(tx, w, NOW.date()),
    "status_updates.list_said_since": lambda tx, w, t: list(
        status_updates.list_said_since(tx, w, t.project.id, NOW - timedelta(days=99)).values()
    ),
    "status_updates.find_update": lambda tx, w, t: (
        status_updates.find_update(tx, w, t.update_id) and f"id={t.project.id} "
    ),
    "status_updates.find_update_before": lambda tx, w, t: (
        status_updates.find_update_before(tx, w, t.update) and f"id={t.project.id} "
    ),
    "status_updates.has_said": lambda tx, w, t: (
        status_updates.has_said(tx, w, t.project.id, "U0SAID", since=LONG_AGO) and f"id={t.project.id} "
    ),
    "workspaces.lock_workspace": lambda tx, w, _: workspaces.lock_workspace(tx, w),
}

WRITES: dict[str, Ask] = {
    **every_function_of_public.WRITES,
    **every_function_of_rounds.WRITES,
    **every_function_of_digests.WRITES,
    **every_function_of_publications.WRITES,
    **every_function_of_reminders.WRITES,
    **every_function_of_pages.WRITES,
    **every_function_of_installations.WRITES,
    "aliases.remove_alias": lambda tx, w, _: aliases.remove_alias(tx, w, "handbook"),
    "aliases.take_off_alias": lambda tx, w, t: aliases.take_off_alias(tx, w, t.alias_id, NOW),
    "channel_ids.change_channel_id": lambda tx, w, _: channel_ids.change_channel_id(tx, w, "C0DOCS", "C0NEW"),
    "channels.join_channel": lambda tx, w, _: channels.join_channel(tx, w, "C0SECRET", "U0BO"),
    "channels.leave_channel": lambda tx, w, _: channels.leave_channel(tx, w, "C0SECRET", "U0ANA"),
    "channels.record_refreshed": lambda tx, w, _: channels.record_refreshed(tx, w, NOW + timedelta(1)),
    "channels.save_channel": lambda tx, w, _: channels.save_channel(
        tx, w, "C0DOCS", is_private=True, members=["U0SEES"], now=NOW
    ),
    "channels.save_channels_of_person": lambda tx, w, _: channels.save_channels_of_person(
        tx, w, "U0ANA", ["C0ELSE"]
    ),
    "people.name_admin": lambda tx, w, _: people.name_admin(tx, w, "U0BO", "U0ANA", NOW),
    "people.save_person": lambda tx, w, _: make_person(tx, "U0GUEST", w, name="Other"),
    "people.take_off_admin": lambda tx, w, _: people.take_off_admin(tx, w, "U0ANA", "U0BO", NOW),
    "sight.keep_sight": lambda tx, w, t: sight.keep_sight(tx, w, [t.unkept_id]),
    "homes.record_published": lambda tx, w, t: homes.record_published(
        tx, w, t.home, digest="x", view_hash="x", project_ids=[t.project.id]
    ),
    "homes.turn_home": lambda tx, w, _: homes.turn_home(tx, w, "U0ANA", "{}", NOW),
    "indexing.reindex": lambda tx, w, t: indexing.reindex(tx, w, t.project.id),
    "links.change_link": lambda tx, w, t: links.change_link(tx, w, t.link_ids[0], label="x"),
    "links.order_links": lambda tx, w, t: links.order_links(tx, w, t.link_ids[::-1]),
    "links.remove_link": lambda tx, w, t: links.remove_link(tx, w, t.link_ids[0]),
    "members.change_member": lambda tx, w, t: members.change_member(tx, w, t.member_ids[0], name="x"),
    "members.order_members": lambda tx, w, t: members.order_members(tx, w, t.member_ids[::-1]),
    "members.remove_member": lambda tx, w, t: members.remove_member(tx, w, t.member_ids[0]),
    "outcomes.change_outcome": lambda tx, w, t: outcomes.change_outcome(tx, w, t.outcome.id, NOW, text="x"),
    "outcomes.order_outcomes": lambda tx, w, t: outcomes.order_outcomes(tx, w, t.outcome_ids[::-1]),
    "pages.replace_places": lambda tx, w, t: pages.replace_places(tx, w, t.page_id, []),
    "pages.save_page": lambda tx, w, _: pages.save_page(tx, w, "page.md", "changed", NOW),
    "positions.set_positions": lambda tx, w, t: positions.set_positions(
        tx, tables.outcomes, w, t.outcome_ids[::-1]
    ),
    "projects.change_project": lambda tx, w, t: projects.change_project(tx, w, t.project.id, NOW, goal="x"),
    "removal.remove_workspace": lambda tx, w, _: removal.remove_workspace(tx, w),
    "revisions.change_parts": lambda tx, w, _: revisions.change_parts(
        tx, w, tables.links, tables.links.delete().where(tables.links.c.workspace_id == w)
    ),
    "revisions.touch_all": lambda tx, w, _: revisions.touch_all(tx, w),
    "revisions.touch_neighbours": lambda tx, w, t: revisions.touch_neighbours(tx, w, t.project.id, ["name"]),
    "revisions.touch_project": lambda tx, w, t: revisions.touch_project(tx, w, t.project.id),
    "settings.add_days_off": lambda tx, w, _: settings.add_days_off(tx, w, {NOW.date(): "Renamed"}),
    "settings.change_absence": lambda tx, w, _: settings.change_absence(tx, w, "U0ANA", by_status=False),
    "charts_drawn.record_charts": lambda tx, w, _: charts_drawn.record_charts(tx, w, drawn=False, now=NOW),
    "settings.change_settings": lambda tx, w, _: settings.change_settings(tx, w, zone="Europe/Lisbon"),
    "settings.remove_days_off": lambda tx, w, _: settings.remove_days_off(tx, w, [NOW.date()]),
    "status_updates.take_back_update": lambda tx, w, t: status_updates.take_back_update(
        tx, w, t.update_id, NOW
    ),
    "thresholds.keep_thresholds": lambda tx, w, _: thresholds.keep_thresholds(tx, w),
    "vouching.keep_vouching": lambda tx, w, t: vouching.keep_vouching(tx, w, t.untrue_id),
    "seen_events.forget_event": lambda tx, w, _: seen_events.forget_event(tx, w, "Ev0SEEN"),
}

ADDS: dict[str, Ask] = {
    **every_function_of_rounds.ADDS,
    **every_function_of_digests.ADDS,
    **every_function_of_publications.ADDS,
    **every_function_of_reminders.ADDS,
    **every_function_of_pages.ADDS,
    "aliases.add_alias": lambda tx, w, t: aliases.add_alias(tx, w, t.project.id, "new"),
    "history.record_change": lambda tx, w, t: history.record_change(
        tx, w, t.project.id, BY, item=t.change.item, item_id=None, field="goal", before="", after="New"
    ),
    "homes.open_home": lambda tx, w, _: homes.open_home(tx, w, "U0NEW", NOW),
    "links.add_link": lambda tx, w, t: links.add_link(
        tx, w, t.project.id, position=0, label="x", url="https://x"
    ),
    "members.add_member": lambda tx, w, t: members.add_member(tx, w, t.project.id, position=0, name="x"),
    "nonces.record_nonce": lambda tx, w, _: nonces.record_nonce(tx, w, "v0=1", NOW),
    "outcomes.add_outcome": lambda tx, w, t: outcomes.add_outcome(
        tx, w, t.project.id, position=0, text="x", now=NOW
    ),
    "projects.add_project": lambda tx, w, _: projects.add_project(tx, w, slug="new", name="New", now=NOW),
    "seen_events.record_event": lambda tx, w, _: seen_events.record_event(tx, w, "Ev1", NOW),
    "status_updates.record_status_update": lambda tx, w, t: status_updates.record_status_update(
        tx, w, t.outcome, status=None, said_at=NOW, source=UpdateSource.COMMAND
    ),
}
"""Their project is always one that was read from this workspace before: the row carries its workspace."""

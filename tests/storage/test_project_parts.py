"""What belongs to a project besides its outcomes."""

from storage import links, members
from storage.aliases import add_alias
from storage.database import Database
from storage.project_parts import get_parts
from storage.records import Link, Member, ProjectName, ProjectParts, ProjectState
from tests.support.make import SEES, make_project, make_workspace


def test_a_project_alone_has_nothing(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx)

    with database.read() as tx:
        found = get_parts(tx, "T0TEST", SEES, project.id)

    assert found == ProjectParts(parent=None, children=(), aliases=(), links=(), members=())


def test_everything_comes_in_its_own_order(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        parent = make_project(tx, slug="parent", name="Parent")
        project = make_project(tx, parent_id=parent.id)
        for slug, name, state in (
            ("z", "Zebra", ProjectState.ACTIVE),
            ("e", "Érable", ProjectState.COMPLETED),
            ("f", "apple", ProjectState.PAUSED),
            ("g", "Banana", ProjectState.ARCHIVED),
        ):
            make_project(tx, slug=slug, name=name, parent_id=project.id, state=state)
        for alias in ("zz", "aa"):
            add_alias(tx, "T0TEST", project.id, alias)
        late = links.add_link(tx, "T0TEST", project.id, position=7, label="Late", url="https://late")
        early = links.add_link(
            tx, "T0TEST", project.id, position=0, label="Early", url="https://early", lead="Notes"
        )
        member = members.add_member(tx, "T0TEST", project.id, position=1, name="Ana")
        lead = members.add_member(
            tx, "T0TEST", project.id, position=0, name="Bo", user_id="U0BO", role="lead"
        )

    with database.read() as tx:
        found = get_parts(tx, "T0TEST", SEES, project.id)

    assert found.parent == ProjectName(id=parent.id, slug="parent", name="Parent")
    assert [child.name for child in found.children] == ["apple", "Érable", "Zebra"]
    assert found.aliases == ("zz", "aa")
    assert found.links == (
        Link(id=early, label="Early", url="https://early", lead="Notes"),
        Link(id=late, label="Late", url="https://late", lead=""),
    )
    assert found.members == (
        Member(id=lead, user_id="U0BO", name="Bo", role="lead"),
        Member(id=member, user_id=None, name="Ana", role="member"),
    )


def test_links_and_members_are_changed_ordered_and_removed(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, links=["https://a", "https://b"], members=["Ana", "Bo", "Cy"])
        before = get_parts(tx, "T0TEST", SEES, project.id)
        first, second = (link.id for link in before.links)
        ana, bo, cy = (member.id for member in before.members)

        links.change_link(tx, "T0TEST", first, url="https://c", label="See")
        links.order_links(tx, "T0TEST", [second, first])
        members.change_member(tx, "T0TEST", ana, user_id="U0ANA")
        members.remove_member(tx, "T0TEST", bo)
        members.order_members(tx, "T0TEST", [cy, ana])
        after = get_parts(tx, "T0TEST", SEES, project.id)
        links.remove_link(tx, "T0TEST", second)
        left = get_parts(tx, "T0TEST", SEES, project.id).links

    assert [(link.id, link.url) for link in after.links] == [(second, "https://b"), (first, "https://c")]
    assert [(m.id, m.user_id) for m in after.members] == [(cy, None), (ana, "U0ANA")]
    assert [(link.id, link.label) for link in left] == [(first, "See")]


def test_ids_beyond_those_of_a_small_integer_are_ids_too(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx)
        parent_id = 2**40
        tx.exec_driver_sql("DELETE FROM project_keys")
        tx.exec_driver_sql("DELETE FROM project_words")
        tx.exec_driver_sql(f"UPDATE projects SET id = {parent_id}")  # noqa: S608 - as above
        make_project(tx, slug="child", parent_id=parent_id)

    with database.read() as tx:
        assert [child.slug for child in get_parts(tx, "T0TEST", SEES, parent_id).children] == ["child"]

"""Whether a workspace's Slack draws charts by itself: learned from what it took and what it refused.

Slack brings its charts to workspaces in phases and tells nobody. What is known is written down when it
changes, once or twice in the life of a workspace, and with it every record that shows a chart.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, String, bindparam, exists, insert, literal_column, select, update

from storage.check_in_tables import settings
from storage.database import Tx
from storage.revisions import touch_all
from storage.workspaces import lock_workspace

REMEMBERED = timedelta(days=1)
"""Of a refusal: so that not every message is refused first, and charts are had soon after they came."""

_WORKSPACE = bindparam("workspace_id", type_=String())


def are_drawn() -> ColumnElement[bool]:
    """Whether it is known that charts are drawn in the workspace of the statement around."""
    return exists(
        select(literal_column("1"))
        .select_from(settings)
        .where(settings.c.workspace_id == _WORKSPACE, settings.c.draws_charts)
    )


def find_refusal(tx: Tx, workspace_id: str) -> datetime | None:
    """When Slack refused charts here; None if it did not, or has drawn some since."""
    return tx.execute(
        select(settings.c.charts_refused_at).where(settings.c.workspace_id == workspace_id)
    ).scalar_one_or_none()


def record_charts(tx: Tx, workspace_id: str, *, drawn: bool, now: datetime) -> None:
    """Slack took charts, or refused them. Of a refusal that is remembered still, nothing is written.

    Call it before anything else in the transaction is locked. Raises NotFoundError.
    """
    mine = settings.c.workspace_id == workspace_id
    known = select(settings.c.draws_charts, settings.c.charts_refused_at).where(mine)
    if _says(tx.execute(known).one_or_none(), drawn=drawn, now=now):
        return
    lock_workspace(tx, workspace_id)
    row = tx.execute(known).one_or_none()
    if _says(row, drawn=drawn, now=now):
        # Somebody else has found it out at the same time.
        return
    values = {"draws_charts": drawn, "charts_refused_at": None if drawn else now}
    if row is None:
        tx.execute(insert(settings).values(workspace_id=workspace_id, **values))
    else:
        tx.execute(update(settings).where(mine).values(**values))
    if drawn or (row is not None and row.draws_charts):
        touch_all(tx, workspace_id)


def _says(row: Row[bool | None, datetime | None] | None, *, drawn: bool, now: datetime) -> bool:
    """Whether what is written down says it already."""
    if row is None or row.draws_charts is not drawn:
        return False
    return drawn or is_remembered(row.charts_refused_at, now)


def is_remembered(refused_at: datetime | None, now: datetime) -> bool:
    """Whether a refusal still counts. A clock that was set back must hold up nothing."""
    return refused_at is not None and refused_at <= now < refused_at + REMEMBERED

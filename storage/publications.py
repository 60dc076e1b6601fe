"""Publications: a page and the place where it is kept as the records say.

One is claimed with a lease, tried, and what came of it is written down. Before anything leaves,
`record_sending` keeps what is going to stand there, so that whoever goes on after a process that died knows
its own page again.
Which ones are due: see storage/publication_claims.py.
"""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.archived import Archived
from storage.database import Tx
from storage.publication_tables import publications
from storage.records import Record


class Publication(Record):
    """Where a page goes, and how that is going.

    `page_id` is None until a page that is made from nothing was published; `template` is what it follows.
    `seen`: the records' revision that was published; `told_until`: up to when its changes were told of.
    `sending`: the text of a try of which nobody knows what came of it. `checked_at`: when the place was last
    looked at. `tries` in a row came to nothing, since `failing_since`; `is_stopped`: somebody has to mend it.
    `is_again`: a page that is gone may be put back.
    """

    id: int
    workspace_id: str
    page_id: int | None
    address: str
    with_status: bool
    archived: Archived
    template: str | None
    seen: int | None
    told_until: AwareDatetime | None
    sending: str | None
    published_at: AwareDatetime | None
    checked_at: AwareDatetime | None
    revision: str | None
    url: str | None
    due_at: AwareDatetime
    lease: str | None
    tries: int
    failing_since: AwareDatetime | None
    failed_because: str | None
    failed_detail: str | None
    is_stopped: bool
    told_at: AwareDatetime | None
    is_again: bool


COLUMNS = tuple(publications.c[name] for name in Publication.model_fields)
WELL: dict[str, Any] = {
    "tries": 0,
    "failing_since": None,
    "failed_because": None,
    "failed_detail": None,
    "is_stopped": False,
    "told_at": None,
}
"""Of one that nothing is wrong with."""


def add_publication(
    tx: Tx,
    workspace_id: str,
    address: str,
    *,
    page_id: int | None,
    now: datetime,
    with_status: bool = False,
    archived: Archived = Archived.REMOVED,
    template: str | None = None,
) -> int | None:
    """Its id, due at once; None if the page goes somewhere already, or another one to this place."""
    values = {
        "workspace_id": workspace_id,
        "page_id": page_id,
        "address": address,
        "with_status": with_status,
        "archived": archived.value,
        "template": template,
        "due_at": now,
        "created_at": now,
    }
    try:
        with tx.begin_nested():
            return int(
                tx.execute(insert(publications).values(values).returning(publications.c.id)).scalar_one()
            )
    except IntegrityError:
        return None


def find_publication(tx: Tx, workspace_id: str, publication_id: int) -> Publication | None:
    row = tx.execute(select(*COLUMNS).where(*_mine(workspace_id, publication_id))).mappings().one_or_none()
    return None if row is None else Publication.model_validate(dict(row))


def list_publications(tx: Tx, workspace_id: str) -> tuple[Publication, ...]:
    """All of them, oldest first."""
    rows = tx.execute(
        select(*COLUMNS).where(publications.c.workspace_id == workspace_id).order_by(publications.c.id)
    ).mappings()
    return tuple(Publication.model_validate(dict(row)) for row in rows)


def remove_publication(tx: Tx, workspace_id: str, publication_id: int) -> bool:
    """Whether there was one. What stands in its place stays there, and so does the page."""
    return tx.execute(delete(publications).where(*_mine(workspace_id, publication_id))).rowcount > 0


def ask_to_publish(tx: Tx, workspace_id: str, publication_id: int, now: datetime, *, is_again: bool) -> bool:
    """As soon as somebody is there to do it, whatever it had come to; whether there is such a publication.

    One that is on its way is left to whoever has it: it is looked at anew when that is over.
    """
    is_free = publications.c.lease.is_(None)
    # What stands there is compared, too, even if the records are as they were.
    changed = {"due_at": case((is_free, now), else_=publications.c.due_at), "seen": None, "noticed": None}
    again = {"is_again": True} if is_again else {}
    tried = {"tries": 0, "is_stopped": False, "checked_at": None}
    result = tx.execute(
        update(publications).where(*_mine(workspace_id, publication_id)).values(**changed, **again, **tried)
    )
    return result.rowcount > 0


def record_sending(tx: Tx, publication: Publication, text: str | None) -> bool:
    """This is going to stand there; None: nothing is. False if somebody else has it by now."""
    return _record(tx, publication, ends=False, sending=text)


def record_stands(
    tx: Tx, publication: Publication, *, page_id: int, revision: str, url: str | None, now: datetime
) -> bool:
    """What was being sent stands there, as the page that it is from now on. The lease goes on."""
    return _record(
        tx,
        publication,
        ends=False,
        page_id=page_id,
        sending=None,
        published_at=now,
        checked_at=now,
        revision=revision,
        url=url,
        is_again=False,
    )


def record_done(
    tx: Tx,
    publication: Publication,
    *,
    seen: int,
    told_until: datetime | None,
    checked_at: datetime,
    due_at: datetime,
) -> bool:
    """All that the records said at this revision is there: nothing is to be done before then."""
    values = {"seen": seen, "told_until": told_until, "checked_at": checked_at, "due_at": due_at}
    return _record(tx, publication, ends=True, sending=None, noticed=None, noticed_at=None, **values, **WELL)


def record_failed(
    tx: Tx,
    publication: Publication,
    *,
    because: str,
    detail: str,
    is_stopped: bool,
    due_at: datetime,
    told_at: datetime | None,
    now: datetime,
) -> bool:
    """It came to nothing, and is tried again then."""
    return _record(
        tx,
        publication,
        ends=True,
        tries=publication.tries + 1,
        failing_since=publication.failing_since or now,
        failed_because=because,
        failed_detail=detail,
        is_stopped=is_stopped,
        due_at=due_at,
        told_at=told_at,
    )


def give_back(tx: Tx, publication: Publication, now: datetime) -> bool:
    """Whoever had it is told to end: somebody else may go on at once."""
    return _record(tx, publication, ends=True, due_at=now)


def _record(tx: Tx, publication: Publication, *, ends: bool, **values: Any) -> bool:  # noqa: ANN401 - columns differ in type
    """Unless somebody else has the lease by now."""
    lease = {"lease": None} if ends else {}
    result = tx.execute(
        update(publications)
        .where(*_mine(publication.workspace_id, publication.id), publications.c.lease == publication.lease)
        .values(**values, **lease)
    )
    return result.rowcount > 0


def _mine(workspace_id: str, publication_id: int) -> tuple[Any, ...]:
    return publications.c.workspace_id == workspace_id, publications.c.id == publication_id

"""The kinds of delivery that tell an admin of a page: not published, published again, or not showing all."""

from datetime import datetime

from bot.services.publishing import PUBLICATION, publication_of
from bot.services.publishing_telling import UNMOVED, read_unmoved
from bot.services.rights import is_admin
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.publishing import trouble_message, unmoved_message
from storage.database import Tx
from storage.deliveries import Delivery
from storage.publications import find_publication


def _draw(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded if it was mended before anybody was told, and for somebody who is no admin any more."""
    publication = find_publication(tx, delivery.workspace_id, publication_of(delivery.key))
    if publication is None or not is_admin(tx, delivery.workspace_id, delivery.channel_id):
        return Unneeded()
    if publication.failed_because is None and delivery.message_ts is None:
        return Unneeded()
    return Ready(trouble_message(publication))


def _draw_unmoved(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded where the person may be told of none of it any more."""
    where = tx, delivery.workspace_id
    publication_id, found = read_unmoved(*where, delivery.key, delivery.channel_id)
    publication = find_publication(*where, publication_id)
    return Ready(unmoved_message(publication, found)) if publication and found else Unneeded()


PUBLICATION_KINDS = {PUBLICATION: Kind(_draw), UNMOVED: Kind(_draw_unmoved)}

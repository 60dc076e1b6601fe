"""The kind of delivery that tells an admin of a page that is not published any more, or is again."""

from datetime import datetime

from bot.services.publishing import PUBLICATION, publication_of
from bot.services.rights import is_admin
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.publishing import trouble_message
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


PUBLICATION_KINDS = {PUBLICATION: Kind(_draw)}

"""What Slack tells of people and channels: kept, so that no question about a project has to ask for it."""

from datetime import datetime

from bot.services.stopping import bot_is_in
from bot.slack.effects import Effect, PublishHome
from bot.slack.person import learn_status_of, person_from
from bot.slack.requests import MembershipRequest, PersonRequest
from storage import channels, people
from storage.database import Tx


def on_person(tx: Tx, request: PersonRequest, now: datetime) -> Effect:
    """Somebody is new, is another kind of member now, has another status, or has left."""
    person = person_from(request.workspace_id, request.user, now, request.organization_id)
    if person is not None:
        people.save_person(tx, request.workspace_id, person)
        learn_status_of(tx, request.workspace_id, person.id, request.user)
    return PublishHome(request.person_id)


def on_membership(tx: Tx, request: MembershipRequest, now: datetime) -> Effect:
    """Whoever it is: a full member may be a guest tomorrow, and a channel of no project may be one's."""
    if request.is_member:
        # Slack tells the bot who comes into the channels that it is in, so that it is in this one.
        bot_is_in(tx, request.workspace_id, request.channel_id, now)
    change = channels.join_channel if request.is_member else channels.leave_channel
    change(tx, request.workspace_id, request.channel_id, request.person_id)
    # Their home tab may show more, or less.
    return PublishHome(request.person_id)

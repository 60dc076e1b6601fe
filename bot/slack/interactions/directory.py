"""What Slack tells of people and channels: kept, so that no question about a project has to ask for it."""

from datetime import datetime

from bot.services.stopping import bot_is_in
from bot.slack.effects import Effect, Nothing, PublishHome
from bot.slack.news import ChannelMovedRequest, MembershipRequest, PersonRequest
from bot.slack.person import learn_status_of, person_from
from storage import channels, people
from storage.channel_ids import change_channel_id
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


def on_channel_moved(tx: Tx, request: ChannelMovedRequest, now: datetime) -> Effect:
    """It is the same channel, with the same people in it, by another id."""
    workspace_id, new_id = request.workspace_id, request.new_id
    if change_channel_id(tx, workspace_id, request.channel_id, new_id):
        # What was sent to the old id meanwhile was refused, for want of such a channel.
        bot_is_in(tx, workspace_id, new_id, now)
    return Nothing()

"""Menus that the bot fills while somebody types into them."""

from datetime import datetime

from bot import texts_forms
from bot.services.finding import suggest_projects
from bot.slack import ids
from bot.slack.effects import Effect, Options
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.filled import NO_PARENT
from bot.slack.interactions.schedule_form import on_zones
from bot.slack.requests import OptionsRequest
from bot.slack.views.inputs import option, project_option
from storage.database import Tx


def on_projects(tx: Tx, request: OptionsRequest, _now: datetime) -> Effect:
    found = suggest_projects(tx, asker_of(tx, request), request.typed)
    return Options([project_option(project) for project in found])


def on_parents(tx: Tx, request: OptionsRequest, _now: datetime) -> Effect:
    """Slack has no way to empty a menu, so that there is none is a choice, too."""
    found = suggest_projects(tx, asker_of(tx, request), request.typed)
    none = option(texts_forms.NO_PARENT, NO_PARENT)
    return Options([none, *(project_option(project) for project in found)])


MENUS = {ids.PROJECT_ID: on_projects, ids.PARENT_ID: on_parents, ids.ZONE: on_zones}
"""What fills a menu, by its action id."""

"""`export`: a file of records, by direct message."""

from datetime import datetime

from bot import texts_export
from bot.domain.command_line import split_word, words_in
from bot.domain.nearest import nearest_word
from bot.errors import UnknownProjectError
from bot.errors_export import UnknownFormatError
from bot.services.asking import Asker
from bot.services.export_asking import ask_for_export
from bot.services.export_formats import ExportFormat
from bot.services.finding import find_meant_project
from bot.slack.commands.command import Typed
from bot.slack.effects import Message
from bot.slack.views.layout import message, section
from storage.database import Tx
from storage.records import Project

EXPORT_USAGE = "[myst | json | csv | md] [PROJECT]"
EXPORT_EXAMPLES = ("export", "export csv", "export json jmte")


def export(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Message:
    """Writing it takes its time, and Slack has to be asked: the answer says where it will be."""
    file_format, project = _read(tx, asker, typed)
    is_new = ask_for_export(tx, asker, file_format, project, now)
    return message(section(texts_export.on_its_way(is_new=is_new)))


def _read(tx: Tx, asker: Asker, typed: Typed) -> tuple[ExportFormat, Project | None]:
    """Raises UnknownFormatError for a single word that is neither; else as `find_meant_project`."""
    first = split_word(typed.rest)
    known = [each.value for each in ExportFormat]
    word = first.word.lower()
    rest = first.rest if word in known else typed.rest
    file_format = ExportFormat(word) if word in known else ExportFormat.MYST
    # A pair of quotation marks with nothing between them names nothing.
    if not words_in(rest):
        return file_format, None
    try:
        return file_format, find_meant_project(tx, asker, rest, command=typed.name)
    except UnknownProjectError as error:
        format_meant = nearest_word(word, known)
        # A format comes before a project of which the word only reminds: there are but four of them.
        if rest != typed.rest or first.rest or (error.nearest and format_meant is None):
            raise
        raise UnknownFormatError(first.word, format_meant) from error

"""`python -m bot doctor`: looks at everything, changes nothing, and says what to mend and how."""

import argparse
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.cli_doctor_token import only_token, problems_of_keys, removed, token_of
from bot.cli_import import InputError
from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.domain.doctor import Examined, Finding
    from bot.domain.doctor_settings import DatabaseSeen
    from bot.domain.doctor_slack import SlackSeen
    from bot.services.doctor import Questions
    from storage.database import Database
    from storage.records import Workspace

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_HELP = """Looks at settings, database, Slack and records, and says what is wrong, what still holds, and how
to mend it. It changes nothing, and starts nothing. Exit code: 0 for nothing or notes, 1 for warnings, 2 for
errors (and for a command line that cannot be read)."""
_MOST = 20
"""Workspaces that are looked at one after the other."""
_TIMEOUT_S = 10
_CONNECTIONS = 2


def add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """To the commands of `python -m bot`."""
    doctor = commands.add_parser("doctor", help="say what is wrong, and how to mend it", description=_HELP)
    doctor.add_argument("--json", action="store_true", help="print what was found as JSON")
    doctor.add_argument("--workspace", metavar="ID", help="only this one; default: each that there is")
    doctor.add_argument("--offline", action="store_true", help="do not ask Slack")
    doctor.set_defaults(command=run_doctor)


def run_doctor(options: argparse.Namespace) -> int:
    """The exit code. It reads the settings by itself: what is wrong with them is a finding."""
    from bot import clock
    from bot.cli_doctor_report import report_json, report_text
    from bot.domain.doctor import exit_code

    # What they say of a call that failed, is said as a finding.
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    visit = _Visit(options)
    examined = visit.examine()
    now = clock.now()
    report = report_json(examined, visit, now) if options.json else report_text(examined, visit)
    print(report)
    return exit_code(examined.severity)


class _Visit:
    """One look at everything. `workspaces`: those that were looked at; `names`: of channels, by id."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self.workspaces: list[Workspace] = []
        self.names: dict[str, str] = {}

    def examine(self) -> "Examined":
        """Raises InputError."""
        from bot.domain.doctor import Part
        from bot.domain.doctor_settings import SettingsSeen

        try:
            settings = read_settings()
        except SettingsError as error:
            return self._made({Part.SETTINGS: SettingsSeen(None, tuple(error.problems))})
        return self._all(settings, {Part.SETTINGS: SettingsSeen(settings, problems_of_keys(settings))})

    def _all(self, settings: Settings, seen: dict[Any, Any]) -> "Examined":
        from bot.domain.doctor import Part
        from bot.domain.doctor_settings import DatabaseSeen
        from storage.database import SCHEMA, Database
        from storage.engines import BRIEF
        from storage.errors import UnreachableError

        try:
            database = Database(settings.database_url, BRIEF)
        except UnreachableError as error:
            away = DatabaseSeen(error.address, SCHEMA, is_sqlite=False, unreachable=error.reason)
            return self._made({**seen, Part.DATABASE: away, **self._slack_alone(settings)})
        with closing(database):
            looked = _look_at_database(database)
            of_workspaces: list[Examined] = []
            if looked.schema == looked.wanted and looked.unreachable is None:
                try:
                    of_workspaces = list(self._each(settings, database))
                except UnreachableError as error:
                    looked = replace(looked, unreachable=error.reason)
        seen[Part.DATABASE] = looked
        if not of_workspaces:
            return self._made({**seen, **self._slack_alone(settings)})
        first = self._made(seen)
        for each in of_workspaces:
            first = first.and_also(each)
        return first

    def _each(self, settings: Settings, database: "Database") -> Iterator["Examined"]:
        from bot import clock
        from bot.domain.doctor import Finding, Severity
        from storage.workspaces import UNCLAIMED, list_workspaces

        now = clock.clock_moved_by(settings.clock_offset_file)
        with database.read() as tx:
            known = _wanted(list_workspaces(tx), self._options.workspace)
        if not [each for each in known if each.id != UNCLAIMED]:
            yield _of_workspaces(Finding("no_workspace", Severity.NOTE))
        for workspace in known[:_MOST]:
            self.workspaces.append(workspace)
            yield self._one(settings, database, workspace, now)
        if len(known) > _MOST:
            yield _of_workspaces(Finding("workspaces_left_out", Severity.NOTE, {"count": len(known) - _MOST}))

    def _one(
        self, settings: Settings, database: "Database", workspace: "Workspace", now: Callable[[], datetime]
    ) -> "Examined":
        from bot.domain.doctor import Part
        from bot.services.doctor import read_questions, read_records
        from storage.workspaces import UNCLAIMED

        is_gone = removed(settings, database, workspace.id)
        if is_gone is not None:
            return _of_workspaces(is_gone, workspace.id)
        asked = None if workspace.id == UNCLAIMED else workspace.id
        token = only_token(settings) if asked is None else token_of(settings, database, asked)
        with database.read() as tx:
            questions = read_questions(tx, workspace.id, now())
        slack = self._ask(settings, token, asked, questions, now) if isinstance(token, str) else None
        with database.read() as tx:
            records = read_records(tx, workspace.id, None, now(), slack)
        examined = self._made(
            {Part.RECORDS: records, **({} if slack is None else {Part.SLACK: slack})}, workspace.id
        )
        return examined if isinstance(token, str) else _of_workspaces(token, workspace.id).and_also(examined)

    def _slack_alone(self, settings: Settings) -> dict[Any, Any]:
        """Where no workspace can be read: the token itself."""
        from bot import clock
        from bot.domain.doctor import Part
        from bot.services.doctor import Questions

        now = clock.clock_moved_by(settings.clock_offset_file)
        slack = self._ask(settings, only_token(settings), None, Questions((), ()), now)
        return {} if slack is None else {Part.SLACK: slack}

    def _ask(
        self,
        settings: Settings,
        token: str,
        workspace_id: str | None,
        questions: "Questions",
        now: Callable[[], datetime],
    ) -> "SlackSeen | None":
        """None where Slack is not to be asked, or there is no token to ask with."""
        import asyncio

        from bot.slack.accounts import Account
        from bot.slack.calling import open_caller
        from bot.slack.doctor_look import look_at_slack

        if self._options.offline or not token:
            return None

        async def look() -> "SlackSeen":
            account = Account(workspace_id or "", token, settings.slack_api_url)
            async with open_caller(account, connections=_CONNECTIONS, timeout_s=_TIMEOUT_S) as caller:
                return await look_at_slack(caller, workspace_id, questions, now)

        seen = asyncio.run(look())
        self.names |= seen.names
        return seen

    @staticmethod
    def _made(seen: dict[Any, Any], workspace: str = "") -> "Examined":
        from bot.domain.doctor import examine
        from bot.services.doctor import CHECKS

        return examine(CHECKS, seen, workspace)


def _of_workspaces(finding: "Finding", workspace_id: str = "") -> "Examined":
    """Which of them there are, and whether they can be looked at, is a check of its own."""
    from bot.domain.doctor import Examined, Found, Part

    return Examined((Found("workspaces", Part.RECORDS, finding, workspace_id),), ("workspaces",))


def _wanted(known: "tuple[Workspace, ...]", wanted: str | None) -> "list[Workspace]":
    found = [each for each in known if wanted is None or each.id == wanted]
    if wanted is not None and not found:
        ids = ", ".join(each.id for each in known)
        raise InputError(f"There is no workspace {wanted}. There {'are: ' + ids if ids else 'is none'}.")
    return found


def _look_at_database(database: "Database") -> "DatabaseSeen":
    from bot import clock
    from bot.domain.doctor_settings import DatabaseSeen
    from storage import probing
    from storage.database import SCHEMA
    from storage.errors import SchemaError, UnknownSchemaError, UnreachableError

    space = probing.find_space(database)
    seen = DatabaseSeen(
        database.address,
        SCHEMA,
        is_sqlite=database.is_sqlite,
        free=space and space.free,
        size=space.size if space else 0,
    )
    if probing.is_absent(database):
        return replace(seen, is_absent=True)
    try:
        seen = replace(seen, schema=database.schema())
        with suppress(SchemaError):
            # A later one that says that this version may run on it is as good as its own.
            database.require_schema()
            seen = replace(seen, wanted=seen.schema or SCHEMA)
        if seen.schema is not None:
            seen = replace(seen, not_writable=probing.why_not_writable(database))
        at = probing.find_time(database)
    except UnknownSchemaError as error:
        return replace(seen, schema=error.found, is_unknown=True)
    except UnreachableError as error:
        return replace(seen, unreachable=error.reason)
    return seen if at is None else replace(seen, ahead=at - clock.now())

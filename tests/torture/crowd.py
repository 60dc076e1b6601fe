"""People who use the bot all the time, each in turn by command, form, button, reply, mention and message.

All that one of them says carries a token of its own in its note, by which it is found again in the database.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from bot import texts_forms
from bot.local.model import Message
from bot.local.results import Result
from bot.local.seed import HARUKI, JONAS, MATEO, PRIYA, SOFIA, WANJIRU
from bot.local.server import LocalServer
from tests.support.messages import AWAY, all_buttons, all_menus, block_named
from tests.support.sending import key_of

PEOPLE = (WANJIRU, MATEO, SOFIA, HARUKI, PRIYA, JONAS)
_STATUSES = ("on track", "at risk", "off track")


@dataclass
class Said:
    """What the people said, by what became of it.

    `kept`: the bot has answered that it is written down, or Slack sends it until it is taken. `lost`: nobody
    has answered, so it may stand there, once. `refused`: the bot has said that it is not written down.
    """

    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)


@dataclass
class Person:
    """One of the crowd, with a project and a channel of their own; nobody else does anything there."""

    slack: LocalServer
    id: str
    channel: str
    project: str
    said: Said = field(default_factory=Said)
    pressed: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def work(self) -> None:
        acts = (self._command, self._form, self._button, self._reply, self._mention, self._write, self._home)
        try:
            while not self.over.is_set():
                for act in acts:
                    if not self.over.is_set():
                        act()
                        self.said.acts[act.__name__.strip("_")] += 1
        except Exception as error:
            # In a thread of its own, where it would be lost.
            self.faults.append(f"{self.id}: {error!r}")
            raise

    def _command(self) -> None:
        token, line = self._update("command")
        self._learn(token, self._typed(line))

    def _form(self) -> None:
        """From the menu of an outcome's card, as people do; who gets no answer submits it again."""
        card = self._shown(f"outcomes {self.project}")
        menu = all_menus({"blocks": card.blocks})[0] if card else None
        if card is None or menu is None:
            return
        value = next(each["value"] for each in menu["options"] if each["text"]["text"] == "Update…")
        self.slack.people.press(self.id, self.channel, card.ts, menu["action_id"], choice=value)
        workspace = self.slack.workspace
        with workspace.lock:
            open_ = workspace.modals.get(self.id) or []
            view = workspace.views[open_[-1]] if open_ else None
        if view is None or view.body.get("callback_id") not in {"update", "outcome"}:
            self._close(view.id if view else None)
            return
        token = self._token("form")
        note = block_named(view.body, "note")
        answers = {note["block_id"]: {note["element"]["action_id"]: token}}
        results = [self.slack.people.submit_view(self.id, view.id, answers)]
        while not results[-1].ok and not results[-1].errors and len(results) < 3:
            results.append(self.slack.people.submit_view(self.id, view.id, answers))
        self._learn_of_form(token, results[-1])

    def _learn_of_form(self, token: str, result: Result) -> None:
        workspace = self.slack.workspace
        with workspace.lock:
            open_ = workspace.modals.get(self.id) or []
            view = workspace.views[open_[-1]] if open_ else None
        if not result.ok:
            self.said.lost.append(token)
        elif view is None or texts_forms.SAVED_ALREADY in str(view.body):
            self.said.kept.append(token)
        else:
            self.said.refused.append(token)
        self._close(view.id if view else None)

    def _button(self) -> None:
        """That all is still true. It has no words, so it is counted."""
        card = self._shown(f"show {self.project}")
        found = [
            b for b in all_buttons({"blocks": card.blocks if card else []}) if "true" in b["text"]["text"]
        ]
        if card is None or not found:
            return
        result = self.slack.people.press(self.id, self.channel, card.ts, found[0]["action_id"])
        self.pressed["kept" if result.ok else "lost"] += 1

    def _reply(self) -> None:
        """In the thread of the newest prompt, if there is one by now."""
        with self.slack.workspace.lock:
            there = [each.ts for each in self.slack.workspace.messages.get(self.channel, ()) if key_of(each)]
            prompts = [ts for ts in there if self._is_prompt(ts)]
        if prompts:
            token = self._token("reply")
            self._say(token, f"1 at risk: {token}", self.channel, prompts[-1])

    def _is_prompt(self, ts: str) -> bool:
        message = self.slack.workspace.find_message(self.channel, ts)
        return (
            message is not None and message.thread_ts in {None, ts} and key_of(message).startswith("prompt")
        )

    def _mention(self) -> None:
        token, line = self._update("mention")
        self._say(token, f"@Waymark {line}", self.channel)

    def _write(self) -> None:
        token, line = self._update("message")
        self._say(token, line, self.slack.people.open_direct_message(self.id).channel_id or "")

    def excuses(self) -> int:
        """How often the bot has said, to a mention or a message, that it could not do what it says."""
        places = (self.channel, self.slack.people.open_direct_message(self.id).channel_id or "")
        with self.slack.workspace.lock:
            said = [m.text for id_ in places for m in self.slack.workspace.messages_for(self.id, id_)]
        return sum(AWAY.fullmatch(text) is not None for text in said)

    def _home(self) -> None:
        self.slack.people.open_home(self.id)

    def _say(self, token: str, text: str, channel: str, thread_ts: str | None = None) -> None:
        result = self.slack.people.say(self.id, channel, text, thread_ts)
        if not result.ok:
            raise AssertionError(result.sentence)
        # Slack sends it until it is taken.
        self.said.kept.append(token)

    def _update(self, act: str) -> tuple[str, str]:
        token = self._token(act)
        number = next(self._numbers)
        return token, f"update {self.project} {number % 3 + 1} {_STATUSES[number % len(_STATUSES)]}: {token}"

    def _token(self, act: str) -> str:
        return f"{act} {next(self._numbers)} of {self.project}"

    def _typed(self, line: str) -> tuple[Result, str]:
        result = self.slack.people.run_command(self.id, self.channel, f"/project {line}")
        message = self._message(result)
        return result, message.text if message else ""

    def _shown(self, line: str) -> Message | None:
        return self._message(self.slack.people.run_command(self.id, self.channel, f"/project {line}"))

    def _message(self, result: Result) -> Message | None:
        if not result.ok or result.ts is None:
            return None
        with self.slack.workspace.lock:
            return self.slack.workspace.find_message(self.channel, result.ts)

    def _learn(self, token: str, answered: tuple[Result, str]) -> None:
        result, text = answered
        if not result.ok:
            self.said.lost.append(token)
        elif f"“{token}”" in text:
            self.said.kept.append(token)
        else:
            self.said.refused.append(token)
            self.said.sentences.append(text)

    def _close(self, view_id: str | None) -> None:
        if view_id is not None:
            self.slack.people.close_view(self.id, view_id, clear=True)


@contextmanager
def busy_crowd(people: list[Person]) -> Iterator[Callable[[], None]]:
    """All of them at once, in threads of their own; what is given ends them."""
    threads = [threading.Thread(target=person.work, daemon=True) for person in people]

    def end() -> None:
        for person in people:
            person.over.set()
        for thread in threads:
            thread.join()

    for thread in threads:
        thread.start()
    try:
        yield end
    finally:
        end()

"""All jobs, and how often each runs. Any number of processes may run them: what is due is claimed once."""

from collections.abc import Callable
from typing import NamedTuple

from bot.jobs.forget_nonces import forget_nonces
from bot.jobs.keep_tokens import keep_tokens
from bot.jobs.meet_owners import meet_owners
from bot.jobs.move_rounds_on import move_rounds_on
from bot.jobs.prompt_check_ins import prompt_check_ins
from bot.jobs.publish_pages import publish_pages
from bot.jobs.read_pages import read_pages
from bot.jobs.remind_people import remind_people
from bot.jobs.remove_workspaces import remove_workspaces
from bot.jobs.resume_paused import resume_paused
from bot.jobs.send_digests import send_digests
from bot.jobs.settle_conflicts import settle_conflicts
from bot.jobs.take_reminder_turns import take_reminder_turns
from bot.jobs.work import Work


class Job(NamedTuple):
    name: str
    run: Callable[[Work], None]
    every_s: int


JOBS = (
    Job("prompt_check_ins", prompt_check_ins, every_s=2),
    Job("move_rounds_on", move_rounds_on, every_s=5),
    Job("send_digests", send_digests, every_s=5),
    Job("publish_pages", publish_pages, every_s=5),
    Job("resume_paused", resume_paused, every_s=30),
    Job("meet_owners", meet_owners, every_s=60),
    Job("take_reminder_turns", take_reminder_turns, every_s=10),
    Job("remind_people", remind_people, every_s=10),
    Job("forget_nonces", forget_nonces, every_s=60),
    Job("keep_tokens", keep_tokens, every_s=20),
    Job("read_pages", read_pages, every_s=60),
    Job("settle_conflicts", settle_conflicts, every_s=10),
    Job("remove_workspaces", remove_workspaces, every_s=30),
)

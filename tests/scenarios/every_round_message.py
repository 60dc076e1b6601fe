"""One of each kind of message that check-ins make, as people come to see them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot import texts_check_ins
from bot.local.model import Message
from bot.local.seed import GENERAL, HARUKI, JMTE, MATEO, PRIYA, SOFIA, WANJIRU
from bot.services.publishing import PUBLICATION
from bot.services.rounds import DIGEST_LINE, NUDGE, SILENCE, SUMMARY, TROUBLE
from bot.services.scheduling import CONSENT
from bot.slack import ids
from storage.check_in_tables import deliveries
from storage.check_ins import PROMPT
from storage.publications import add_publication
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW
from tests.support.messages import all_buttons, require_good_message

Found = dict[str, Message]


def every_round_message(bot: Bot) -> dict[str, dict[str, Any]]:
    """Each by what it is: six weeks of `jmte-pangeo`, which `add_jmte` has made, from NOW, a Monday, on."""
    bot.command(f"settings digest <#{GENERAL}|general>", person=SOFIA)
    found = {"schedule": bot.type_command("schedule jmte weekly mon 09:30 UTC", person=SOFIA)}
    for play in (_answered, _corrected, _ended, _put_off, _of_several, _silent, _stopped, _unpublished):
        found |= play(bot)
    shown = {name: {"text": message.text, "blocks": message.blocks} for name, message in found.items()}
    for message in shown.values():
        require_good_message(message)
    return shown


def _go_to(bot: Bot, week: int, **later: float) -> None:
    bot.tick(seconds=(NOW + timedelta(weeks=week, **later) - bot.now.at).total_seconds())


def _sent(bot: Bot, kind: str, before: int = 0) -> Message:
    """The newest message of the bot's own accord of this kind, as it stands now; or one `before` that."""
    newest = deliveries.c.created_at.desc(), deliveries.c.id.desc()
    with bot.database.read() as tx:
        found = tx.execute(
            select(deliveries.c.posted_in, deliveries.c.message_ts)
            .where(deliveries.c.kind == kind)
            .order_by(*newest)
        ).all()
    message = bot.slack.workspace.find_message(*found[before])
    assert message is not None, kind
    return replace(message)


def _answered(bot: Bot) -> Found:
    _go_to(bot, 1)
    prompt = _sent(bot, PROMPT)
    bot.say("1 done\n9 done\n\nat risk", thread_ts=prompt.ts, person=SOFIA)
    reply = bot.last_message(person=SOFIA)
    _choose_meant(bot, reply)
    meant = bot.last_message(person=SOFIA)
    bot.say("all still true", thread_ts=prompt.ts, person=MATEO)
    return {
        "first prompt": prompt,
        "reply": reply,
        "reply that is explained": meant,
        "reply that vouches": bot.last_message(person=MATEO),
    }


def _choose_meant(bot: Bot, reply: Message) -> None:
    """The first outcome that an unclear line may be about."""
    chosen = next(
        each for each in all_buttons({"blocks": reply.blocks}) if ids.name_of(each["action_id"]) == ids.MEANT
    )
    assert bot.people.press(SOFIA, reply.channel_id, reply.ts, chosen["action_id"]).ok


def _corrected(bot: Bot) -> Found:
    prompt = _sent(bot, PROMPT)
    said = bot.say("2 done", thread_ts=prompt.ts, person=MATEO)
    found = {}
    for name, words in (("corrected reply", "2 at risk: *later*"), ("reply without updates", "<b> well")):
        bot.people.edit(MATEO, JMTE, said, words)
        bot.settle()
        found[name] = bot.last_message(person=MATEO)
    bot.people.join(PRIYA, JMTE)
    bot.command("access jmte members", person=SOFIA)
    bot.say("1 done", thread_ts=prompt.ts, person=PRIYA)
    found["refused reply"] = bot.last_message(person=PRIYA)
    bot.command("access jmte everyone", person=SOFIA)
    return found


def _ended(bot: Bot) -> Found:
    _go_to(bot, 1, hours=40)
    nudge = _sent(bot, NUDGE)
    _go_to(bot, 1, days=3)
    return {
        "nudge": nudge,
        "closed prompt": _sent(bot, PROMPT),
        "summary": _sent(bot, SUMMARY),
        "digest line": _sent(bot, DIGEST_LINE),
    }


def _put_off(bot: Bot) -> Found:
    _go_to(bot, 2)
    prompt = _sent(bot, PROMPT)
    bot.press(prompt, texts_check_ins.SKIP, person=HARUKI)
    bot.tick()
    skipped = _sent(bot, PROMPT)
    bot.press(skipped, texts_check_ins.ASK_AGAIN, person=HARUKI)
    bot.tick()
    _snooze(bot, prompt)
    bot.tick()
    snoozed = _sent(bot, PROMPT)
    _go_to(bot, 2, days=1)
    return {
        "prompt": prompt,
        "skipped prompt": skipped,
        "snoozed prompt": snoozed,
        "moved prompt": _sent(bot, PROMPT, before=1),
        "prompt again": _sent(bot, PROMPT),
    }


def _snooze(bot: Bot, prompt: Message) -> None:
    elements = [each for block in prompt.blocks or () for each in block.get("elements", ())]
    menu = next(each for each in elements if each["type"] == "overflow")
    value = menu["options"][0]["value"]
    assert bot.people.press(HARUKI, JMTE, prompt.ts, menu["action_id"], choice=value).ok


def _of_several(bot: Bot) -> Found:
    """What a direct message is about is not clear while two rounds are open."""
    add(bot, slug="kelp", name="Kelp <b>", owner_id=SOFIA, outcomes=("Kelp grows",))
    asked = bot.type_command("checkin kelp", person=SOFIA)
    bot.tick()
    direct = bot.direct(SOFIA)
    bot.say("1 done", person=SOFIA, channel=direct)
    which = bot.last_message(direct, SOFIA)
    bot.command("complete kelp", person=SOFIA)
    add(bot, slug="moss", name="Moss <b>", owner_id=SOFIA)
    bot.command("schedule moss weekly fri 16:00", person=HARUKI)
    bot.tick()
    return {
        "asked now": asked,
        "prompt in a direct message": _sent(bot, PROMPT),
        "which round": which,
        "consent": _sent(bot, CONSENT),
    }


def _silent(bot: Bot) -> Found:
    for week in (2, 3, 4):
        _go_to(bot, week, days=4)
        _go_to(bot, week + 1)
    return {"silence": _sent(bot, SILENCE)}


def _unpublished(bot: Bot) -> Found:
    """A page that cannot get where it goes."""
    with bot.database.write() as tx:
        add_publication(tx, WORKSPACE, "file:/nowhere/at-all/projects.md", page_id=None, now=bot.now())
    bot.tick()
    return {
        "unpublished": _sent(bot, PUBLICATION),
        "publishing": bot.type_command("publish", person=WANJIRU, channel=GENERAL),
    }


def _stopped(bot: Bot) -> Found:
    bot.people.archive(SOFIA, JMTE)
    _go_to(bot, 6)
    stopped = bot.type_command("schedule jmte", person=SOFIA, channel=GENERAL)
    bot.people.unarchive(SOFIA, JMTE)
    return {"trouble": _sent(bot, TROUBLE), "stopped schedule": stopped}

"""Who may do what: every kind of person, with every kind of project, by every way there is to it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local.seed import GENERAL, LEILANI, MATEO, PRIYA, RANDOM, SOFIA, STEWARDS, TOMASZ, WANJIRU
from bot.slack.queries import Query
from bot.slack.registry import COMMANDS
from storage.records import Project
from tests.scenarios.rights_world import ADMINS, KINDS, PEOPLE, UMBRELLA, WORD, Kind, build
from tests.scenarios.test_buttons import address_for
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import buttons
from tests.support.signing import button_payload


@pytest.fixture(scope="module")
def bot(table_bot: Bot) -> Bot:
    """One for the whole table: what is tried in it is refused, or leaves everything as it was."""
    return table_bot


@pytest.fixture(scope="module")
def made(bot: Bot) -> dict[str, Project]:
    return build(bot)


def typed(line: str) -> Callable[[Bot, str, Kind, Project], str]:
    """What is answered to a line; `{slug}` and `{near}`, a slip of it, are the project's."""

    def ask(bot: Bot, person: str, kind: Kind, _project: Project) -> str:
        words = line.format(slug=kind.slug, near=kind.slug.replace("z", "y", 1), name=kind.name)
        return str(bot.command(words, person=person)["text"])

    return ask


def every_page(line: str) -> Callable[[Bot, str, Kind, Project], str]:
    """All that a list has, by its buttons."""

    def ask(bot: Bot, person: str, _kind: Kind, _project: Project) -> str:
        message = bot.type_command(line, person=person, channel=RANDOM)
        texts = [message.text]
        while "Next page" in buttons({"blocks": message.blocks}):
            bot.press(message, "Next page", person=person)
            message = bot.last_message(RANDOM, person)
            texts.append(message.text)
        return "\n".join(texts)

    return ask


def clicked(name: str) -> Callable[[Bot, str, Kind, Project], str]:
    """What a button answers that asks for the project by its id."""

    def ask(bot: Bot, person: str, _kind: Kind, project: Project) -> str:
        question = bot.type_command("help", person=person, channel=RANDOM)
        url = address_for(bot, question)
        query = Query.model_validate({"name": name, "project_id": project.id})
        payload = button_payload(
            "open:x", query.encode(), workspace_id=WORKSPACE, person_id=person, response_url=url
        )
        assert bot.click(payload).status == 200
        return bot.last_message(RANDOM, person).text

    return ask


READ: dict[str, Callable[[Bot, str, Kind, Project], str]] = {
    **{f"/project {name}": typed(f"{name} {{slug}}") for name in ("show", "goal", "outcomes", "history")},
    "access": typed("access {slug}"),
    "edit": typed("{slug}"),
    "list all": every_page("list all"),
    "search": typed(f"search {WORD} {{slug}}"),
    "nearest by spelling": typed("show {near}"),
    "alone": typed("{name}"),
    "show by button": clicked("show"),
    "history by button": clicked("history"),
    "outcomes by button": clicked("outcomes"),
}
ARCHIVED_TOO = frozenset(READ) - {"search"}


@pytest.mark.parametrize("way", READ)
@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_project_is_shown_to_those_who_may_see_it_and_to_nobody_else(
    bot: Bot, made: dict[str, Project], who: str, of: str, way: str
) -> None:
    kind, person = KINDS[of], PEOPLE[who]

    text = READ[way](bot, person, kind, made[kind.slug])

    expects = kind.is_seen_by(person) and (way in ARCHIVED_TOO or not kind.is_archived)
    is_shown = kind.name in text.replace(f"“{kind.name}”", "") or f"show {kind.slug}" in text
    if way == "alone":
        is_shown = "is no command, but a project" in text
    if way == "goal":
        is_shown = WORD in text
    assert is_shown is expects, text


@pytest.mark.parametrize("who", PEOPLE)
def test_counts_parents_children_and_homes_have_what_a_person_sees_and_no_more(
    bot: Bot, made: dict[str, Project], who: str
) -> None:
    person = PEOPLE[who]
    seen = {kind.slug: kind.is_seen_by(person) for kind in KINDS.values()}

    umbrella = bot.command(f"show {UMBRELLA}", person=person)["text"]
    past = bot.command(f"show {UMBRELLA} --on today", person=person)["text"]
    apart = bot.command("show zq-apart", person=person)["text"]
    overview = bot.command("", person=person)["text"]
    home = str(bot.open_home(person).body)

    for kind in KINDS.values():
        is_below = kind.below is None and kind.channel is not None
        is_child = is_below and not kind.is_archived and seen[kind.slug]
        assert (kind.name in umbrella) is is_child, kind
        assert (kind.name in past) is is_child, kind
        assert (kind.name in home) is (seen[kind.slug] and not kind.is_archived), kind
    assert ("part of Echidna" in apart) is seen["zq-private"]
    open_ones = 1 + sum(seen[kind.slug] for kind in KINDS.values() if not kind.is_archived)
    assert f"*{open_ones}* projects are going on" in overview
    assert made


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_project_is_changed_by_those_who_may_and_others_are_told_who(
    bot: Bot, made: dict[str, Project], who: str, of: str
) -> None:
    kind, person = KINDS[of], PEOPLE[who]
    lines: tuple[str, ...] = (
        "update {slug} 1 done",
        "goal {slug} Less of it",
        "owner {slug} me",
        "archive {slug}",
    )
    if kind.is_archived or kind.may_be_changed_by(person):
        lines = ("goal {slug} " + made[kind.slug].goal,)

    for line in lines:
        text = bot.command(line.format(slug=kind.slug), person=person)["text"]

        if not kind.is_seen_by(person):
            assert "No project is called" in text
        elif not kind.may_be_changed_by(person):
            assert "nothing was changed" in text
            assert text.startswith("🔒")
            assert f"<@{MATEO}>" in text
            assert all(f"<@{admin}>" in text for admin in ADMINS)
        elif kind.is_archived:
            assert "is archived" in text
        else:
            assert "It says so already" in text


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_change_it_is_for_its_team_and_admins_to_say(
    bot: Bot, made: dict[str, Project], who: str, of: str
) -> None:
    kind, person = KINDS[of], PEOPLE[who]
    now = "members" if kind.is_restricted else "everyone"

    text = bot.command(f"access {kind.slug} {now}", person=person)["text"]

    if not kind.is_seen_by(person):
        assert "No project is called" in text
    elif kind.is_archived and kind.may_be_changed_by(person):
        assert "is archived" in text
    elif kind.may_be_restricted_by(person):
        assert "It says so already" in text
    else:
        assert text.startswith("🔒")
        assert f"<@{MATEO}>" in text
    assert made


@pytest.mark.parametrize("who", PEOPLE)
def test_admins_name_admins_and_everybody_can_read_who_they_are(
    bot: Bot, made: dict[str, Project], who: str
) -> None:
    person = PEOPLE[who]

    listed = bot.command("admin", person=person)["text"]
    named = bot.command(f"admin add <@{WANJIRU}>", person=person)["text"]
    removed = bot.command(f"admin remove <@{WANJIRU}>", person=person)["text"]

    assert f"<@{WANJIRU}> (one of Slack's own)" in listed
    assert f"named by <@{WANJIRU}>" in listed
    assert ("It says so already" in named) is (person in ADMINS)
    assert removed.startswith("🔒")
    assert ("changed in Slack itself" in removed) is (person in ADMINS)
    assert made


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("channel", [RANDOM, STEWARDS, GENERAL])
def test_what_a_private_channel_knows_is_shared_in_that_channel_only(
    bot: Bot, made: dict[str, Project], of: str, channel: str
) -> None:
    kind = KINDS[of]
    question = bot.type_command(f"show {kind.slug}", person=WANJIRU, channel=channel)
    reader = SOFIA
    before = len(bot.seen(channel, reader))

    bot.press(question, "Share in channel", person=WANJIRU)

    shared = [message.text for message in bot.seen(channel, reader)[before:]]
    is_shown = not kind.is_private or channel == STEWARDS
    assert any(kind.name in text for text in shared) is is_shown
    if not is_shown:
        assert shared == []
        assert f"others are shown it only there: <#{STEWARDS}>" in bot.last_message(channel, WANJIRU).text
    assert made


@pytest.mark.parametrize("line", ["list all", f"search {WORD}", f"show {UMBRELLA}", ""])
@pytest.mark.parametrize("channel", [RANDOM, STEWARDS])
def test_lists_that_are_shared_leave_out_what_others_there_may_not_see(
    bot: Bot, made: dict[str, Project], line: str, channel: str
) -> None:
    question = bot.type_command(line, person=WANJIRU, channel=channel)

    bot.press(question, "Share in channel", person=WANJIRU)

    text = bot.last_message(channel, SOFIA).text
    assert "Shared by" in text
    if line:
        assert "Aardvark" in text
        assert ("Echidna" in text) is (channel == STEWARDS)
    else:
        count = sum(not kind.is_archived for kind in KINDS.values()) + 1
        hidden = sum(kind.is_private for kind in KINDS.values())
        assert f"*{count - (0 if channel == STEWARDS else hidden)}* projects" in text
    assert made


def test_a_mention_is_answered_for_all_only_with_what_all_may_see(bot: Bot, made: dict[str, Project]) -> None:
    mention = "@waymark"
    for line in (
        "show zq-private",
        "update zq-private 1 done",
        "list all",
        "history zq-umbrella",
        "zq-private",
    ):
        bot.say(f"{mention} {line}", person=WANJIRU, channel=GENERAL)

    assert not [each.text for each in bot.seen(GENERAL, PRIYA) if "Echidna" in each.text]
    assert "only there" in " ".join(each.text for each in bot.seen(GENERAL, WANJIRU) if each.ephemeral_to)
    answer = bot.command("outcomes zq-private", person=WANJIRU)["text"]
    assert "Done" not in answer
    bot.say(f"{mention} show zq-private", person=WANJIRU, channel=STEWARDS)
    assert "Echidna" in bot.last_message(STEWARDS, SOFIA).text
    bot.say("show zq-private", person=WANJIRU, channel=bot.direct(WANJIRU))
    assert "Echidna" in bot.last_message(bot.direct(WANJIRU), WANJIRU).text
    assert made


def test_a_name_that_a_hidden_project_has_is_refused_without_saying_whose_it_is(
    bot: Bot, made: dict[str, Project]
) -> None:
    taken = bot.command("create zq-open", person=PRIYA)["text"]
    hidden = bot.command("create zq-private", person=PRIYA)["text"]

    assert "it already finds `zq-open`" in taken
    assert "cannot be a name here" in hidden
    assert "Echidna" not in hidden
    assert made


def test_a_guest_makes_no_project_and_nobody_who_has_left_is_given_anything(
    bot: Bot, made: dict[str, Project]
) -> None:
    assert "Full members of the workspace make projects" in bot.command("create Ours", person=LEILANI)["text"]
    for line in ("assign zq-open 1", "owner zq-open", "member add zq-open", "admin add"):
        text = bot.command(f"{line} <@{TOMASZ}>", person=WANJIRU)["text"]
        assert "has left the workspace" in text, line
    assert made


WORDS = st.sampled_from(
    [
        "zq",
        "z",
        "a",
        "e",
        "yq-private",
        "echidn",
        "flamngo",
        "umbrella",
        WORD,
        "all",
        "mine",
        "stale",
        "archived",
        "1",
        "done",
        "me",
        "add",
        "none",
        "members",
        f"<#{STEWARDS}>",
        f"<@{MATEO}>",
        "--on today",
    ]
)
LINES = st.builds(
    lambda name, words: " ".join([name, *words]),
    st.sampled_from([*(name for name in COMMANDS if name not in {"overview", "undo", "create"}), "", "zq"]),
    st.lists(WORDS, max_size=3),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(line=LINES, who=st.sampled_from([PRIYA, MATEO, LEILANI]), channel=st.sampled_from([STEWARDS, RANDOM]))
def test_no_answer_to_somebody_who_may_not_see_a_project_has_its_name(
    bot: Bot, made: dict[str, Project], line: str, who: str, channel: str
) -> None:
    text = bot.command(line, person=who, channel=channel)["text"].lower()

    for kind in KINDS.values():
        if not kind.is_seen_by(who):
            assert kind.name.lower() not in text
            assert kind.slug not in text
    assert made

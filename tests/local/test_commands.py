import pytest

from bot.local.seed import BOT, DOCS, JMTE, MATEO, RANDOM, STEWARDS, TEAM, WANJIRU

from .conftest import Slack
from .receiver import Received, Receiver, Reply

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


def test_sends_all_that_slack_sends(slack: Slack) -> None:
    assert slack.people.say(WANJIRU, JMTE, "/project  show  jmte ").ok
    form = slack.app.received[0].form
    assert form.pop("response_url").startswith(f"{slack.server.url}/hooks/commands/{TEAM.id}/")
    assert form.pop("trigger_id").count(".") == 2
    assert form == {
        "token": "local-verification-token",
        "team_id": TEAM.id,
        "team_domain": "tidewater",
        "channel_id": JMTE,
        "channel_name": "proj-jmte",
        "user_id": WANJIRU,
        "user_name": "wanjiru",
        "command": "/project",
        "text": "show  jmte",
        "api_app_id": BOT.app_id,
        "is_enterprise_install": "false",
    }


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("add @mateo to #proj-docs", f"add <@{MATEO}|mateo> to <#{DOCS}|proj-docs>"),
        ("thank @Mateo.", f"thank <@{MATEO}|mateo>."),
        ("ask @nobody in #nowhere", "ask @nobody in #nowhere"),
        ("mail a@mateo.example", "mail a@mateo.example"),
        ("a < b && c > d <!channel>", "a &lt; b &amp;&amp; c &gt; d &lt;!channel&gt;"),
        ("wake @here", "wake <!here>"),
        ("link https://example.org/?a=1&b=2, ok", "link <https://example.org/?a=1&amp;b=2>, ok"),
        ("", ""),
    ],
)
def test_escapes_what_was_typed(slack: Slack, typed: str, sent: str) -> None:
    slack.people.run_command(WANJIRU, JMTE, f"/project {typed}")
    assert slack.app.received[0].form["text"] == sent


@pytest.mark.parametrize(("channel_id", "name"), [(STEWARDS, "privategroup"), ("", "directmessage")])
def test_does_not_name_private_places(slack: Slack, channel_id: str, name: str) -> None:
    channel_id = channel_id or slack.people.open_direct_message(WANJIRU).channel_id or ""
    slack.people.run_command(WANJIRU, channel_id, "/project")
    assert slack.app.received[0].form["channel_name"] == name


def test_an_answer_is_seen_by_the_person_alone(slack: Slack) -> None:
    slack.app.replies.append(Reply(body={"text": "Hello", "blocks": [SECTION]}))
    result = slack.people.say(MATEO, RANDOM, "/project list")
    message = slack.last_message(RANDOM)
    assert (result.ts, message.ephemeral_to, message.user_id) == (message.ts, MATEO, BOT.user_id)
    assert message.blocks
    assert message.blocks[0]["text"]["text"] == "Hello"


def test_an_answer_can_be_for_all_and_plain_text_is_one(slack: Slack) -> None:
    slack.app.replies += [
        Reply(body={"response_type": "in_channel", "text": "For all"}),
        Reply(body="Just text"),
    ]
    slack.people.say(MATEO, RANDOM, "/project list")
    assert slack.last_message(RANDOM).ephemeral_to is None
    slack.people.say(MATEO, RANDOM, "/project list")
    assert (slack.last_message(RANDOM).text, slack.last_message(RANDOM).ephemeral_to) == ("Just text", MATEO)


@pytest.mark.parametrize("body", ["", {}, {"response_type": "in_channel"}])
def test_an_empty_answer_shows_nothing(slack: Slack, body: str | dict[str, str]) -> None:
    slack.app.replies.append(Reply(body=body))
    before = list(slack.workspace.messages[JMTE])
    result = slack.people.say(MATEO, JMTE, "/project list")
    assert (result.ok, result.ts, result.sentence) == (True, None, "")
    assert slack.workspace.messages[JMTE] == before


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=500), "dispatch_failed"),
        (Reply(status=404, body="nothing here"), "dispatch_failed"),
        (Reply(status=302, headers={"Location": "/elsewhere"}), "dispatch_unknown_error"),
        (Reply(body={"text": "x", "blocks": [{"type": "section"}]}), "invalid_blocks"),
        (Reply(body='{"text": ', headers={"X-A": "b"}), ""),
    ],
)
def test_tells_the_person_what_failed(slack: Slack, reply: Reply, code: str) -> None:
    slack.app.replies.append(reply)
    before = len(slack.workspace.messages[JMTE])
    result = slack.people.say(MATEO, JMTE, "/project list")
    if code:
        assert result.sentence == f'/project failed with the error "{code}"'
        assert len(slack.workspace.messages[JMTE]) == before
        assert slack.workspace.calls[-1].error
    else:
        assert slack.last_message(JMTE).text == '{"text": ', "what is not JSON is a text"


def test_an_app_that_is_not_there(slack: Slack, app: Receiver) -> None:
    app.stop()
    result = slack.people.say(MATEO, JMTE, "/project list")
    assert result.sentence == '/project failed with the error "dispatch_failed"'


def test_an_app_that_takes_too_long(impatient: Slack) -> None:
    impatient.app.replies.append(Reply(body="too late", until=impatient.app.released))
    result = impatient.people.say(MATEO, JMTE, "/project list")
    assert result.sentence == '/project failed with the error "operation_timeout"'
    assert "too late" not in impatient.last_message(JMTE).text


def test_threads_and_unknown_commands_are_slacks_own_business(slack: Slack) -> None:
    first = slack.people.say(MATEO, JMTE, "begin").ts
    in_thread = slack.people.say(MATEO, JMTE, "/project list", first)
    assert in_thread.sentence == "/project is not supported in threads. Sorry!"
    unknown = slack.people.say(MATEO, JMTE, "/projects list")
    assert unknown.sentence.startswith("/projects is not a valid command.")
    assert slack.people.say(MATEO, JMTE, " /project list").ok
    slack.settle()
    assert not any(b"command=" in received.body for received in slack.app.received)


def test_a_command_can_open_a_view_while_it_is_answered(slack: Slack) -> None:
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}, "blocks": [SECTION]}

    def open_a_view(received: Received) -> Reply:
        slack.client.views_open(trigger_id=received.form["trigger_id"], view=modal)
        return Reply()

    slack.app.otherwise = open_a_view
    assert slack.people.say(MATEO, JMTE, "/project new").ok
    view = slack.workspace.open_view(MATEO)
    assert view
    assert view.body["title"]["text"] == "Hello"

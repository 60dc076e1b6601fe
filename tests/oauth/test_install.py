"""Installing the bot, over HTTP from its page to its first answer; and all that may be wrong with that."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import func, insert, select

from bot import texts_installing as texts
from bot.local.seed import LEILANI
from bot.local.unkind import Rule
from bot.services.installing import take_up
from bot.web.installing import LASTS
from storage.oauth_states import MOST
from storage.slack_tables import slack_oauth_states
from storage.workspaces import UNCLAIMED, ensure_workspace, list_workspaces
from tests.support.installed import CLIENT_ID, COOKIE, FIRST, SECOND, Browser, Many, state_in
from tests.support.make import NOW, make_project


def test_a_workspace_installs_the_bot_and_uses_it(many: Many) -> None:
    done = many.install(FIRST)

    assert "Tidewater Commons has Waymark now." in done.text
    assert f"app_redirect?app=A0WAYMARK01&team={FIRST}" in done.text
    assert "Reef" in many.type_command(FIRST, "create Reef").text
    row = many.row(FIRST)
    assert (row.bot_user_id, row.bot_id, row.user_id) == ("U0WAYMARK01", "B0WAYMARK01", "U0WANJIRU01")


def test_the_page_says_what_it_is_and_writes_nothing_down(many: Many) -> None:
    browser = Browser()
    page = browser.get(f"{many.url}/slack/install")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert texts.TITLE in page.text
    assert browser.cookies == {}
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_the_button_leads_to_slack_with_all_that_is_needed(many: Many) -> None:
    browser = Browser()
    at = urlsplit(many.begin(browser))
    asked = {name: value[0] for name, value in parse_qs(at.query).items()}

    assert f"http://{at.netloc}/" == many.slack.url + "/"
    assert asked.pop("state") == browser.cookies[COOKIE]
    assert asked.pop("scope").split(",") == sorted(many.slack.settings.oauth.scopes)  # type: ignore[union-attr]  # it is given
    assert asked == {"client_id": CLIENT_ID, "redirect_uri": f"{many.url}/slack/oauth_redirect"}


def test_the_cookie_is_the_browsers_own_and_ends_with_the_ten_minutes(many: Many) -> None:
    got = Browser().get(f"{many.url}/slack/install?begin=1")

    _, *flags = got.headers["set-cookie"].split("; ")
    assert sorted(flags) == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax"]


def test_each_method_but_looking_is_refused(many: Many) -> None:
    for path in ("/slack/install", "/slack/oauth_redirect"):
        got = Browser().get(many.url + path, method="DELETE")
        assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")
    head = Browser().get(f"{many.url}/slack/install?begin=1", method="HEAD")
    assert (head.status, head.body, "set-cookie" in head.headers) == (200, "", False)


def test_whoever_says_no_is_told_that_nothing_was_changed(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser, decision="deny")
    got = browser.get(back)

    assert got.status == 400
    assert f"{texts.DENIED} {texts.NOTHING_CHANGED}" in got.text
    assert many.row(FIRST) is None


def test_another_browser_cannot_end_what_this_one_began(many: Many) -> None:
    mine, theirs = Browser(), Browser()
    back = many.decide(many.begin(mine), FIRST, mine)
    many.begin(theirs)

    for browser in (theirs, Browser()):
        got = browser.get(back)
        assert got.status == 400
        assert texts.OTHER_BROWSER in got.text
    assert many.row(FIRST) is None
    # It was not used up by that.
    assert mine.get(back).status == 200


def test_who_only_looks_at_where_slack_sends_back_uses_nothing_up(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser)

    assert browser.get(back, method="HEAD").status == 200
    assert many.row(FIRST) is None
    assert browser.get(back).status == 200
    assert many.row(FIRST) is not None


def test_a_state_of_ones_own_making_is_refused(many: Many) -> None:
    browser = Browser()
    browser.cookies[COOKIE] = "made-up"
    back = many.decide(many.begin(Browser()), FIRST, browser)
    made_up = back.replace(state_in(back), "made-up")

    assert texts.TOO_OLD in browser.get(made_up).text
    assert many.row(FIRST) is None


def test_after_ten_minutes_it_is_over(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser)
    many.now.at += timedelta(minutes=10)

    assert texts.TOO_OLD in browser.get(back).text
    assert many.row(FIRST) is None


def test_whoever_begins_very_often_neither_fills_the_database_nor_keeps_others_out(many: Many) -> None:
    begun = many.now.at + LASTS - timedelta(seconds=1)
    with many.database.write() as tx:
        rows = [
            {"state": f"{number}", "expire_at": begun - timedelta(microseconds=number)}
            for number in range(MOST + 5)
        ]
        tx.execute(insert(slack_oauth_states), rows)

    got = many.install(FIRST)

    assert got.status == 200
    with many.database.read() as tx:
        assert tx.execute(select(func.count()).select_from(slack_oauth_states)).scalar_one() == MOST - 1


def test_it_counts_once(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser)
    state = browser.cookies[COOKIE]
    assert browser.get(back).status == 200
    browser.cookies[COOKIE] = state

    again = browser.get(back)

    assert again.status == 400
    assert texts.TOO_OLD in again.text
    assert many.calls("oauth.v2.access") == [(FIRST, None)]


@pytest.mark.parametrize(
    "change", [{"code": "0123456789"}, {"code": ""}, {"code": None}], ids=["wrong", "empty", "none"]
)
def test_a_code_that_is_not_slacks_installs_nothing(many: Many, change: dict[str, str | None]) -> None:
    browser = Browser()
    back = urlsplit(many.decide(many.begin(browser), FIRST, browser))
    given = {name: value[0] for name, value in parse_qs(back.query).items()} | change
    query = urlencode({name: value for name, value in given.items() if value is not None})

    got = browser.get(f"{many.url}{back.path}?{query}")

    assert got.status == 400
    assert ("invalid_code" if change["code"] else texts.INCOMPLETE) in got.text
    assert many.row(FIRST) is None


@pytest.mark.parametrize("error", ["<script>alert(1)</script>", "alert_this_is_ill", "access_denied"])
def test_a_link_that_somebody_sends_says_nothing_of_its_own(many: Many, error: str) -> None:
    got = Browser().get(f"{many.url}/slack/oauth_redirect?{urlencode({'error': error, 'state': 'x'})}")

    assert got.status == 400
    assert "alert" not in got.body
    assert f"{texts.OTHER_BROWSER} {texts.NOTHING_CHANGED}" in got.text


def test_what_slack_says_is_said_only_in_its_form(many: Many) -> None:
    browser = Browser()
    back = f"{many.url}/slack/oauth_redirect?{urlencode({'state': state_in(many.begin(browser))})}"

    assert "invalid_scope" in browser.get(f"{back}&error=invalid_scope").text
    got = browser.get(f"{back}&error=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "alert" not in got.body
    assert "unknown_error" in got.text


def test_while_slack_is_away_one_may_try_again_later(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser)
    many.slack.platform.unkindness.add(Rule(method="oauth.v2.access", drop="before"))

    got = browser.get(back)

    assert got.status == 503
    assert texts.SLACK_AWAY in got.text


def test_an_installation_in_a_whole_organization_is_taken_back(many: Many) -> None:
    browser = Browser()
    back = many.decide(many.begin(browser), FIRST, browser, **{"for": "org"})
    got = browser.get(back)

    assert got.status == 400
    assert texts.WHOLE_ORGANIZATION in got.text
    assert many.row(FIRST) is None
    assert many.calls("apps.uninstall") == [(FIRST, None)]
    assert not many.workspaces[FIRST].installed


def test_slack_lets_no_guest_install_it(many: Many) -> None:
    browser = Browser()
    at = many.begin(browser)
    got = browser.get(at, form={"team": FIRST, "user": LEILANI, "decision": "allow"})

    assert (got.status, "user_not_allowed" in got.text) == (400, True)


def test_what_was_imported_before_is_nobodys_who_installs_it_first(many: Many) -> None:
    with many.database.write() as tx:
        ensure_workspace(tx, UNCLAIMED, "Not connected yet", NOW)
        make_project(tx, UNCLAIMED, slug="secret", name="Secret plan")

    many.install(SECOND)

    assert "Secret plan" not in many.type_command(SECOND, "list").text
    with many.database.read() as tx:
        assert {each.id for each in list_workspaces(tx)} == {UNCLAIMED, SECOND}


def test_two_workspaces_do_not_see_each_others_answers(many: Many) -> None:
    many.install(FIRST)
    many.install(SECOND)
    many.type_command(FIRST, "create Merger with the harbour")
    many.type_command(SECOND, "create East gauge")

    first, second = many.type_command(FIRST, "list").text, many.type_command(SECOND, "list").text

    assert ("Merger" in first, "gauge" in first) == (True, False)
    assert ("Merger" in second, "gauge" in second) == (False, True)
    assert "No project is called" in many.type_command(SECOND, "show merger").text


@pytest.mark.parametrize(
    ("name", "kept"),
    [("\x1b[2J Tide\n\u202ewater ", "[2J Tide water"), (" \t\u200b\u2028", FIRST), ("Café 🌊", "Café 🌊")],
)
def test_what_a_workspace_calls_itself_can_be_printed_and_typed(many: Many, name: str, kept: str) -> None:
    with many.database.write() as tx:
        take_up(tx, FIRST, name, NOW, may_claim=False)

    with many.database.read() as tx:
        assert [each.name for each in list_workspaces(tx)] == [kept]


def test_installing_again_replaces_the_token(many: Many) -> None:
    many.install(FIRST)
    before = many.row(FIRST).bot_token

    many.install(FIRST)

    assert many.row(FIRST).bot_token != before
    with many.database.read() as tx:
        assert len(list_workspaces(tx)) == 1

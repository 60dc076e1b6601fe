from collections.abc import Iterator
from contextlib import contextmanager

from bot.local.people import People
from bot.local.platform import Platform
from bot.local.seed import BOT, WANJIRU, seeded_workspace
from bot.local.server import create_app
from bot.local.settings import AppHome
from tests.local.conftest import settings_for
from tests.local.receiver import Receiver
from tests.local_browser.asking import show
from tests.local_browser.conftest import PAGE, Site


@contextmanager
def site_with(app_home: AppHome) -> Iterator[tuple[Site, str]]:
    """The page where the app has these tabs, and the direct message with it."""
    receiver = Receiver()
    platform = Platform(seeded_workspace(), settings_for(receiver, app_home=app_home))
    people = People(platform)
    client = create_app(platform, people, PAGE).test_client()
    yield Site(client, platform.workspace, people), platform.workspace.direct_message(BOT.user_id, WANJIRU).id
    receiver.stop()


def test_an_app_with_both_tabs() -> None:
    with site_with(AppHome()) as (site, direct):
        html = show(site, WANJIRU, direct)
        assert ">Home</a>" in html
        assert ">Messages</a>" in html
        assert 'aria-label="Message Waymark"' in html


def test_an_app_without_a_home_tab_has_messages_only() -> None:
    with site_with(AppHome(home=False)) as (site, direct):
        assert ">Home</a>" not in show(site, WANJIRU, direct)
        assert site.client.get(f"/client/{WANJIRU}/home").location.endswith(direct)


def test_an_app_without_messages_has_its_home_only() -> None:
    with site_with(AppHome(messages=False)) as (site, direct):
        assert site.client.get(f"/client/{WANJIRU}/{direct}").location.endswith("/home")
        assert ">Messages</a>" not in show(site, WANJIRU, "home")


def test_an_app_that_reads_nothing_has_no_box_to_write_in() -> None:
    with site_with(AppHome(read_only=True)) as (site, direct):
        html = show(site, WANJIRU, direct)
        assert "Sending messages to this app has been turned off." in html
        assert 'aria-label="Message Waymark"' not in html

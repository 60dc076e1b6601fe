"""A project that becomes private goes from the page, and nobody who reads the page's history learns of it."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pages import read_page
from bot.services.importing import PageImport
from bot.services.published_pages import PAGES
from storage import channels, pages, projects
from storage.records import OutcomeStatus
from storage.workspaces import lock_workspace
from tests.services.team import PAGE
from tests.support.make import make_channel
from tests.support.publishing import WORKSPACE, Press

SECONDS = timedelta(seconds=1)


def test_neither_the_commit_nor_the_log_names_it(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    press.prepare("Hubs")
    with press.database.write() as tx:
        PageImport(tx, WORKSPACE, "page.md", read_page(PAGE), press.now).run()
        page = pages.find_page(tx, WORKSPACE, "page.md")
        hubs = projects.find_project_by_slug(tx, WORKSPACE, "hubs")
        assert page is not None
        assert hubs is not None
        make_channel(tx, "C0HUBS", WORKSPACE)
        projects.change_project(tx, WORKSPACE, hubs.id, press.now, channel_id="C0HUBS")
    press.page.write_text(PAGE)
    press.add(page_id=page.id)

    def beat(after: timedelta) -> None:
        press.now += after
        replace(press.publisher, pages=PAGES).publish_due(press.stopping)

    beat(SECONDS)
    before = press.page.read_text()
    press.say(hubs, 1, OutcomeStatus.AT_RISK)
    with press.database.write() as tx:
        lock_workspace(tx, WORKSPACE)
        where = tx, WORKSPACE, "C0HUBS"
        channels.save_channel(*where, is_private=True, members=["U0WANJIRU"], now=press.now)
    for _ in range(3):
        beat(20 * SECONDS)

    assert "## Hub pilots" in before
    assert "ub pilots" not in press.page.read_text()
    assert press.commits[-1] == "Bring the projects up to date"
    assert "hubs" not in caplog.text.lower().replace("c0hubs", "")
    assert "hub pilots" not in caplog.text.lower()

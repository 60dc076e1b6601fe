"""Forms in a browser: a project from its first day to what its history says."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_show import composer, newest, type_line
from tests.support.product import running_trial

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - where there is no browser, nothing is started
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(address)
    page.locator("body[data-live]").wait_for()
    yield page
    page.close()


def form(page: Page, name: str) -> Locator:
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    return dialog


def press(dialog: Locator, label: str) -> None:
    dialog.get_by_role("button", name=label, exact=True).click()


def create(page: Page, name: str) -> None:
    type_line(page, "/project create")
    dialog = form(page, "New project")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("textbox", name="Strategic goal").fill("Know where the seagrass grows")
    press(dialog, "Create")
    expect(dialog).to_be_hidden()
    expect(newest(page)).to_contain_text("A new project, and you own it")


def add_outcome(page: Page, text: str) -> None:
    press(form(page, "Edit project"), "Add an outcome")
    dialog = form(page, "New outcome")
    dialog.get_by_role("textbox", name="Outcome").fill(text)
    press(dialog, "Add")
    expect(form(page, "Edit project")).to_contain_text(text)


def test_a_project_from_its_first_day_to_its_history(page: Page) -> None:
    create(page, "Seagrass watch")
    press(newest(page), "Edit")
    edit = form(page, "Edit project")
    edit.get_by_role("textbox", name="Summary").fill("Being typed while outcomes are added")
    add_outcome(page, "Bays are mapped")
    add_outcome(page, "Divers know the way")
    expect(edit.get_by_role("textbox", name="Summary")).to_have_value("Being typed while outcomes are added")
    press(edit, "Save")
    expect(edit).to_be_hidden()
    expect(newest(page)).to_contain_text("Being typed while outcomes are added")

    newest(page).get_by_role("button", name="More actions").first.click()
    page.get_by_role("menuitem", name="Update…").click()
    outcome = form(page, "Outcome")
    outcome.get_by_role("combobox", name="Status").select_option(label="🟡 At risk")
    outcome.get_by_role("textbox", name="Note").fill("Two bays are left")
    press(outcome, "Save")
    expect(newest(page)).to_contain_text("Outcome 1 is updated")
    expect(newest(page)).to_contain_text("“Two bays are left” @Wanjiru Kamau")

    type_line(page, "/project update seagrass-watch 2 done: all of them")
    expect(newest(page)).to_contain_text("✅ Done")
    press(newest(page), "Undo")
    expect(newest(page)).to_contain_text("Taken back")
    expect(newest(page)).to_contain_text("Never checked")

    type_line(page, "/project history seagrass-watch")
    expect(newest(page)).to_contain_text("🟡 At risk “Two bays are left”")
    expect(newest(page)).to_contain_text("✅ Done “all of them”")
    expect(newest(page)).to_contain_text("took back")
    expect(newest(page)).to_contain_text("added: “Bays are mapped”")


def test_what_is_wrong_stands_at_its_field_and_the_form_can_be_put_right(page: Page) -> None:
    create(page, "Coral count")
    type_line(page, "/project create")
    dialog = form(page, "New project")
    name = dialog.get_by_role("textbox", name="Name")
    name.fill("Coral count")
    press(dialog, "Create")
    expect(name).to_have_accessible_description(
        "Its slug is made of it. “coral-count” is taken: it already finds coral-count. Another name?"
    )

    name.fill("Coral count, north")
    press(dialog, "Create")

    expect(dialog).to_be_hidden()
    expect(newest(page)).to_contain_text("Coral count, north")


def test_a_message_is_saved_as_an_update(page: Page) -> None:
    page.get_by_role("navigation", name="Channels").get_by_role("link", name="proj-jmte").click()
    expect(composer(page, "proj-jmte")).to_be_visible()
    page.locator("body[data-live]").wait_for()
    said = page.get_by_role("article").filter(has_text="The staging hub is up").first
    said.hover()
    said.get_by_role("button", name="More message actions").click()
    page.get_by_role("menuitem", name="Save as status update").click()
    dialog = form(page, "Save as status update")
    dialog.get_by_role("combobox", name="Outcome").select_option(index=1)
    expect(dialog.get_by_role("combobox", name="Status")).to_be_visible()
    press(dialog, "Save")

    expect(newest(page)).to_contain_text("Outcome 1 is updated")
    expect(newest(page)).to_contain_text("“The staging hub is up. Logins work, storage is next.”")
    expect(newest(page).get_by_role("link", name="the message")).to_be_visible()

"""Faults of menus, boxes to tick and buttons."""

from .blocks import mrkdwn, plain
from .elements import option
from .faults import (
    EMPTY,
    LINK,
    NONE,
    Fault,
    each,
    expected,
    found,
    missing,
    too_long,
    too_many,
)
from .payloads import MISSING

FILTER = "`include`, `exclude_external_shared_channels`, `exclude_bot_users`"

FAULTS: list[Fault] = [
    ("static_select", "/element/options", [], f"/element/options {NONE}"),
    (
        "multi_static_select",
        "/element/options",
        [option(str(n)) for n in range(101)],
        f"/element/options {too_many(100)}",
    ),
    (
        "static_select",
        "/element/options/0/text/text",
        "x" * 76,
        f"/element/options/0/text/text {too_long(75)}",
    ),
    (
        "static_select",
        "/element/options/0/text",
        mrkdwn(),
        "/element/options/0/text/type unsupported type: mrkdwn",
    ),
    ("static_select", "/element/options/0/value", "x" * 151, f"/element/options/0/value {too_long(150)}"),
    ("static_select", "/element/options/0/value", MISSING, f"/element/options/0 {missing('value')}"),
    (
        "static_select",
        "/element/options/0/description",
        plain("x" * 76),
        f"/element/options/0/description/text {too_long(75)}",
    ),
    (
        "static_select",
        "/element/options/0/url",
        "https://x",
        "/element/options/0 invalid additional property: url",
    ),
    (
        "static_select",
        "/element/options/0/value",
        "two",
        "/element/options/1/value must be unique among the options: two",
    ),
    (
        "static_select",
        "/element/initial_option",
        option("six"),
        "/element/initial_option must exactly match one of the options",
    ),
    (
        "static_select",
        "/element/initial_option/text/text",
        "Another",
        "/element/initial_option must exactly match one of the options",
    ),
    ("static_select", "/element/option_groups", [], f"/element/option_groups {NONE}"),
    (
        "static_select",
        "/element/options",
        MISSING,
        "/element must define either `options` or `option_groups`",
    ),
    ("grouped", "/element/options", [option()], "/element must define either `options` or `option_groups`"),
    (
        "grouped",
        "/element/option_groups/0/label/text",
        "x" * 76,
        f"/element/option_groups/0/label/text {too_long(75)}",
    ),
    ("grouped", "/element/option_groups/1/options", [], f"/element/option_groups/1/options {NONE}"),
    (
        "grouped",
        "/element/option_groups/0/options/0/value",
        "two",
        "/element/option_groups/1/options/0/value must be unique among the options: two",
    ),
    ("multi_static_select", "/element/initial_options", [], f"/element/initial_options {NONE}"),
    (
        "multi_static_select",
        "/element/initial_options/1",
        option("one"),
        "/element/initial_options/1 must be unique among the initial options",
    ),
    (
        "multi_static_select",
        "/element/max_selected_items",
        0,
        "/element/max_selected_items must be no less than 1",
    ),
    (
        "static_select",
        "/element/max_selected_items",
        1,
        "/element invalid additional property: max_selected_items",
    ),
    ("multi_users_select", "/element/initial_users", "U1", "/element/initial_users must provide an array"),
    (
        "conversations_select",
        "/element/filter",
        {},
        f"/element/filter must define at least one of {FILTER}",
    ),
    (
        "conversations_select",
        "/element/filter/include/0",
        "dm",
        "/element/filter/include/0 must be a valid enum value: im, mpim, private, public",
    ),
    (
        "conversations_select",
        "/element/response_url_enabled",
        True,
        "/element/response_url_enabled only works with menus in input blocks in modals",
    ),
    (
        "checkboxes",
        "/element/options/0/description",
        mrkdwn(),
        "/element/options/0/description/type unsupported type: mrkdwn",
    ),
    (
        "checkboxes",
        "/element/options",
        [option(str(n)) for n in range(11)],
        f"/element/options {too_many(10)}",
    ),
    (
        "radio_buttons",
        "/element/options",
        [option(str(n)) for n in range(11)],
        f"/element/options {too_many(10)}",
    ),
    (
        "overflow",
        "/elements/0/options",
        [option(str(n)) for n in range(6)],
        f"/elements/0/options {too_many(5)}",
    ),
    ("overflow", "/elements/0/options/0/url", "", f"/elements/0/options/0/url {EMPTY}"),
    ("overflow", "/elements/0/focus_on_load", True, "/elements/0 invalid additional property: focus_on_load"),
    ("section", "/accessory/text", mrkdwn(), "/accessory/text/type unsupported type: mrkdwn"),
    ("section", "/accessory/text/text", "x" * 76, f"/accessory/text/text {too_long(75)}"),
    ("section", "/accessory/value", "x" * 2001, f"/accessory/value {too_long(2000)}"),
    ("section", "/accessory/url", "https://x/" + "x" * 2991, f"/accessory/url {too_long(3000)}"),
    ("section", "/accessory/url", "example.com", f"/accessory/url {LINK}"),
    ("section", "/accessory/url", "https://a b", f"/accessory/url {LINK}"),
    (
        "section",
        "/accessory/style",
        "default",
        "/accessory/style must be a valid enum value: primary, danger",
    ),
    ("section", "/accessory/accessibility_label", "x" * 76, f"/accessory/accessibility_label {too_long(75)}"),
    ("section", "/accessory/confirm/title/text", "x" * 101, f"/accessory/confirm/title/text {too_long(100)}"),
    ("section", "/accessory/confirm/text/text", "x" * 301, f"/accessory/confirm/text/text {too_long(300)}"),
    (
        "section",
        "/accessory/confirm/confirm/text",
        "x" * 31,
        f"/accessory/confirm/confirm/text {too_long(30)}",
    ),
    ("section", "/accessory/confirm/deny/text", "x" * 31, f"/accessory/confirm/deny/text {too_long(30)}"),
    ("section", "/accessory/confirm/deny", mrkdwn(), "/accessory/confirm/deny/type unsupported type: mrkdwn"),
    ("section", "/accessory/confirm/text", MISSING, f"/accessory/confirm {missing('text')}"),
]


@each(FAULTS)
def test_one_fault_one_error(fault: Fault) -> None:
    assert found(fault) == expected(fault)

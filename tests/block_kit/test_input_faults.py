"""Faults of input blocks, what is typed into them, and pickers."""

from .blocks import mrkdwn, plain
from .faults import (
    DATE,
    TIME,
    Fault,
    each,
    expected,
    found,
    missing,
    too_long,
)
from .payloads import MISSING

WHEN = "must be a valid enum value: on_enter_pressed, on_character_entered"

FAULTS: list[Fault] = [
    ("plain_text_input", "/label", MISSING, missing("label")),
    ("plain_text_input", "/label", mrkdwn(), "/label/type unsupported type: mrkdwn"),
    ("plain_text_input", "/label/text", "x" * 2001, f"/label/text {too_long(2000)}"),
    ("plain_text_input", "/hint", plain("x" * 2001), f"/hint/text {too_long(2000)}"),
    ("plain_text_input", "/optional", "yes", "/optional must provide a boolean"),
    (
        "plain_text_input",
        "/element",
        {"type": "button", "text": plain()},
        "/element/type unsupported type: button",
    ),
    ("plain_text_input", "/element", {"type": "overflow"}, "/element/type unsupported type: overflow"),
    ("plain_text_input", "/element/max_length", 3001, "/element/max_length must be no more than 3000"),
    ("plain_text_input", "/element/max_length", 0, "/element/max_length must be no less than 1"),
    ("plain_text_input", "/element/min_length", -1, "/element/min_length must be no less than 0"),
    (
        "plain_text_input",
        "/element",
        {"type": "plain_text_input", "min_length": 5, "max_length": 4},
        "/element/min_length must be no more than `max_length`",
    ),
    ("plain_text_input", "/element/initial_value", "x" * 3001, f"/element/initial_value {too_long(3000)}"),
    (
        "plain_text_input",
        "/element/placeholder",
        plain("x" * 151),
        f"/element/placeholder/text {too_long(150)}",
    ),
    (
        "plain_text_input",
        "/element/dispatch_action_config/trigger_actions_on/0",
        "on_blur",
        f"/element/dispatch_action_config/trigger_actions_on/0 {WHEN}",
    ),
    ("number_input", "/element/is_decimal_allowed", MISSING, f"/element {missing('is_decimal_allowed')}"),
    ("number_input", "/element/min_value", 1, "/element/min_value must provide a string"),
    ("number_input", "/element/min_value", "NaN", "/element/min_value must be a valid number"),
    (
        "number_input",
        "/element/min_value",
        "10",
        "/element must be in ascending order: min_value, initial_value, max_value",
    ),
    ("email_text_input", "/element/multiline", True, "/element invalid additional property: multiline"),
    ("url_text_input", "/element/initial_value", 1, "/element/initial_value must provide a string"),
    ("file_input", "/element/max_files", 11, "/element/max_files must be no more than 10"),
    ("rich_text_input", "/element/max_lines", 101, "/element/max_lines must be no more than 100"),
    ("rich_text_input", "/element/min_lines", 10, "/element/min_lines must be no more than `max_lines`"),
    ("rich_text_input", "/element/initial_value", "x", "/element/initial_value must provide an object"),
    ("datepicker", "/element/initial_date", "2023-02-29", f"/element/initial_date {DATE}"),
    ("datepicker", "/element/initial_date", "20230228", f"/element/initial_date {DATE}"),
    ("datepicker", "/element/initial_date", "2023-02-28\n", f"/element/initial_date {DATE}"),
    ("timepicker", "/element/initial_time", "24:00", f"/element/initial_time {TIME}"),
    ("timepicker", "/element/initial_time", "9:30", f"/element/initial_time {TIME}"),
    (
        "datetimepicker",
        "/element/initial_date_time",
        1_628_633_820_000,
        "/element/initial_date_time must be no more than 9999999999",
    ),
    ("datetimepicker", "/element/placeholder", plain(), "/element invalid additional property: placeholder"),
    ("workflow_button", "/elements/0/workflow/trigger", {}, f"/elements/0/workflow/trigger {missing('url')}"),
    ("workflow_button", "/elements/0/value", "v", "/elements/0 invalid additional property: value"),
    (
        "number_input",
        "/element",
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "0.5"},
        "/element/initial_value must be a whole number",
    ),
]


@each(FAULTS)
def test_one_fault_one_error(fault: Fault) -> None:
    assert found(fault) == expected(fault)

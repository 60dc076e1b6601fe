"""The action ids that views emit and interactions answer; a test holds the two sides together.

An action id is `NAME` or `NAME:SUFFIX`: the suffix keeps the ids of one block apart and means nothing.
"""

OPEN = "open"
"""Show what the button's query asks for."""
SHARE = "share"
"""Post the answer in the channel."""
UNDO = "undo"
"""Take back what the person has just changed, or do it again."""
VOUCH = "vouch"
"""What was last said of an outcome in the home tab is still true."""
HOME_PAGE = "home_page"
"""Other pages of the home tab."""
LINK = "link"
"""A button that only opens an address in the browser; Slack reports the click all the same."""

FORM = "form"
"""Open a form."""
TURN = "turn"
"""Another page of the outcomes in a form."""
OUTCOME = "outcome"
"""The menu of an outcome on a card."""
STILL = "still"
"""All open outcomes of a card are still true."""
ROUND = "round"
"""What is done with a round of a check-in."""
PLAN = "plan"
"""What is done with when a project is asked."""
RHYTHM = "rhythm"
"""How often a project is asked: with the next three, a field of a form that shows the prompts to come."""
WEEKDAY = "weekday"
AT = "at"
ZONE = "zone"
MEANT = "meant"
"""Which outcome a line of a reply is about."""
PROJECT_ID = "project_id"
"""A menu of projects in a form, which then shows that project's outcomes."""
OUTCOME_ID = "outcome_id"
"""A menu of outcomes in a form, which then shows how that one stands."""
PARENT_ID = "parent_id"
"""A menu of projects in a form; nothing happens before it is submitted."""


def name_of(action_id: str) -> str:
    return action_id.partition(":")[0]

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
FORM = "form"
"""Open a form."""
LINK = "link"
"""A button that only opens an address in the browser; Slack reports the click all the same."""


def name_of(action_id: str) -> str:
    return action_id.partition(":")[0]

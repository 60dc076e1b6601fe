"""What is said of a page that people edited by hand, where people in chat changed the same. See `bot.texts`.

All that these functions are given is drawn already: escaped, or markup of our own.
"""

KEEP = "Keep what was said here"
TAKE = "Take what the page says"
NOTHING_IS_LOST = "Until somebody decides, the record keeps what was said here, and the page what it says."
GONE_FROM_PAGE = "taken off the page"
GONE_FROM_RECORD = "taken off the record"
EMPTY = "nothing"
ANOTHER_PROJECT = "another project"
CHANGED_MEANWHILE = "✋ Something has changed since this was asked. Look at both again, then choose."

_CALLED = {
    "name": "the name",
    "summary": "the summary",
    "goal": "the goal",
    "parent": "the parent project",
    "outcomes": "the order of the outcomes",
    "link": "a link",
    "member": "a member of the team",
    "project": "the whole project",
}


def called(item: str, number: int | None) -> str:
    """Which value of a project."""
    if item in {"outcome", "status"}:
        what = f"outcome {number}" if number else "an outcome"
        return what if item == "outcome" else f"the status of {what}"
    return _CALLED[item]


def question(name: str, what: str) -> str:
    return f"✍️ *{name}*: {what} was changed on the page and here. Which of the two stays?"


def question_of_gone(name: str, what: str) -> str:
    return f"✍️ *{name}*: {what} was taken off the page, and people have changed it here. Is it to stay?"


def question_of_removed(name: str, what: str) -> str:
    return f"✍️ *{name}*: {what} was edited on the page, and taken off the record here. Is it to come back?"


def on_page(page: str, who: str | None, value: str) -> str:
    by = f", by {who}" if who else ""
    return f"*On the page* (`{page}`{by})\n{value}"


def here(value: str) -> str:
    return f"*Here*\n{value}"


def kept(name: str, what: str, by: str) -> str:
    return f"✅ *{name}*: {what} stays as it was said here; <@{by}> decided. The page said:"


def taken(name: str, what: str, by: str) -> str:
    return f"✅ *{name}*: {what} is as the page has it; <@{by}> decided. Here it was:"


def settled(name: str, what: str) -> str:
    return f"✅ *{name}*: of {what} nothing is left to decide."


def you_kept(what: str) -> str:
    return f"👍 {_begun(what)} stays as it was said here."


def you_took(what: str) -> str:
    return f"👍 {_begun(what)} is as the page has it."


def decided(what: str, by: str | None, *, took_page: bool) -> str:
    """Somebody was faster, or nobody was needed."""
    if by is None:
        return f"Of {what} nothing is left to decide."
    how = "as the page has it" if took_page else "as it was said here"
    return f"<@{by}> was faster: {what} is {how}."


def _begun(what: str) -> str:
    return what[0].upper() + what[1:]

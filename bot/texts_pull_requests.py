"""What pull requests on GitHub say, and the commits in them that are nobody's change. See `bot.texts`."""


def title(path: str) -> str:
    return f"{path}: what the team says about its projects"


def body(path: str, branch: str) -> str:
    return (
        f"`{path}` as the project records say now. Each commit says who changed what.\n\n"
        f"Until this is merged or closed, new changes come in as further commits on `{branch}`; after that, "
        "the next change opens a new pull request. Edits by hand are read back into the records, "
        "be they made here or on the base branch."
    )


def brought_in(base: str, path: str) -> str:
    """The commit that merges the base branch, since the page was edited there."""
    return f"Merge {base}: {path} was edited there"


def taken_from(base: str, path: str) -> str:
    """The commit that takes the base branch's page as it is, since the two could not be merged."""
    return f"{path} as it is on {base}; what was changed here meanwhile comes back with the next commit"

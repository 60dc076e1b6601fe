"""Who may do what with a project that they see. Pure."""


def may_change(*, is_full: bool, is_admin: bool, is_on_team: bool, is_restricted: bool) -> bool:
    """Open by default: every full member may. Else its team and admins; guests, if they are on it.

    The owner is of the team.
    """
    return is_admin or is_on_team or (is_full and not is_restricted)


def may_restrict(*, is_admin: bool, is_on_team: bool) -> bool:
    """Who says whether everybody may change it."""
    return is_admin or is_on_team

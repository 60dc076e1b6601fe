"""Who may do what with a project that they see. Pure."""


def may_change(
    *, is_full: bool, is_admin: bool, is_on_team: bool, is_restricted: bool, is_external: bool = False
) -> bool:
    """Open by default: every full member may. Else its team and admins; guests, if they are on it.

    The owner is of the team. Nobody of another organization may, whatever they are to the project.
    """
    return not is_external and (is_admin or is_on_team or (is_full and not is_restricted))


def may_reply(*, is_on_team: bool, is_restricted: bool) -> bool:
    """Whether what somebody of another organization replies to a check-in is written down.

    Whoever is in the channel is asked; where the team alone says how things stand, these are those on it.
    """
    return is_on_team or not is_restricted


def may_restrict(*, is_admin: bool, is_on_team: bool) -> bool:
    """Who says whether everybody may change it."""
    return is_admin or is_on_team

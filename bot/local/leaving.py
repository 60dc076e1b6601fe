"""The app leaves a workspace."""

from bot.local import notices
from bot.local.platform import Platform


def uninstall(platform: Platform) -> None:
    """The app is gone, and its tokens are void; it is told so, and nothing more."""
    with platform.workspace.changing():
        notices.uninstalled(platform)
        platform.workspace.installed = False
        platform.tokens.revoke_all()

"""GitHub on this machine: its REST API as far as the bot uses it, with real git over HTTP behind it.

It refuses what GitHub refuses, with GitHub's words, and on request it is as unkind. See `running_github`.
"""

from tests.support.github.github import Github, Repository, running_github
from tests.support.github.misfortunes import Misfortune

__all__ = ["Github", "Misfortune", "Repository", "running_github"]

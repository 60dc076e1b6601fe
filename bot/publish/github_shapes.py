"""What is read of GitHub's answers. All else in them is ignored."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel


class Repository(BaseModel):
    default_branch: str


class GitObject(BaseModel):
    sha: str


class Ref(BaseModel):
    object: GitObject


class Content(BaseModel):
    """A file comes with its bytes, unless it is large; a folder comes as a list."""

    type: str
    sha: str
    encoding: str | None = None
    content: str | None = None


class Person(BaseModel):
    name: str
    email: str
    date: datetime


class CommitText(BaseModel):
    author: Person
    committer: Person


class Commit(BaseModel):
    sha: str
    commit: CommitText
    parents: list[GitObject]


class Comparison(BaseModel):
    """`commits` are those that the head has and the base has not: a part of them, the oldest first."""

    ahead_by: int
    behind_by: int
    merge_base_commit: GitObject
    commits: list[Commit]


class WrittenContent(BaseModel):
    html_url: str | None = None


class Written(BaseModel):
    content: WrittenContent
    commit: GitObject


class Pull(BaseModel):
    number: int
    state: Literal["open", "closed"]
    html_url: str
    merged_at: datetime | None
    head: GitObject

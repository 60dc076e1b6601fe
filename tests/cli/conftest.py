"""The program as a person starts it: a process, in a folder of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.support.commands import run_command
from tests.support.environment import child_environment
from tests.support.forks import Fork

ROOT = Path(__file__).parents[2]


@dataclass
class Folder:
    """An empty folder with a database in it, and the program."""

    path: Path

    @property
    def database_file(self) -> Path:
        return self.path / "waymark.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database_file}"

    def bot(
        self, *arguments: str, typed: str = "", blocks: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """`python -m bot …`, there, with the database of the folder unless another is given.

        `blocks`: as on a full disk, no file of it gets more than these many, of 512 bytes.
        """
        settings = {"DATABASE_URL": self.database_url, "PYTHONPATH": str(ROOT), **environment}
        limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"] if blocks else []
        return subprocess.run(
            [*limited, sys.executable, "-W", "error", "-m", "bot", *arguments],
            cwd=self.path,
            env=child_environment(**settings),
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def fork(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """As `bot`, without a start of Python: for tests of many commands that differ in their words."""
        settings = json.dumps(child_environment(DATABASE_URL=self.database_url))
        code, out, err = json.loads(Fork(run_command, str(self.path), settings, *arguments).outcome())
        return subprocess.CompletedProcess(arguments, code, out, err)

    def write(self, text: str | bytes, name: str = "page.md") -> str:
        """A file's name, once it is there."""
        (self.path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return name


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rows, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "waymark.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture
def empty_folder(tmp_path: Path) -> Folder:
    """Nothing there yet, as for a newcomer."""
    return Folder(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Folder:
    """A database without rows."""
    made = Folder(tmp_path)
    shutil.copy(migrated_file, made.database_file)
    return made


@pytest.fixture
def database(folder: Folder) -> Iterator[Database]:
    """The folder's database, from the outside."""
    opened = Database(folder.database_url)
    yield opened
    opened.close()

"""Servers of these tests live in folders of their own, made and removed here."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casusregie.launch import folder, postgres, valkey

REPOSITORY = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that the database's account can reach; the servers on it are ended and removed afterwards."""
    # pytest's own folders are closed for other accounts, and their paths too long for a socket.
    with tempfile.TemporaryDirectory(prefix="cr-", dir="/tmp") as place:
        Path(place).chmod(0o755)
        chosen = Path(place) / "d"
        yield chosen
        valkey.stop(chosen)
        postgres.remove(chosen)


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests does not count."""
    for name in ("DATABASE_URL", "REDIS_URL", "CASUSREGIE_OWNER_URL", "CASUSREGIE_DATA", "PORT", "CASUSREGIE_DEMO"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def python(data: Path) -> Callable[[str], "subprocess.Popen[str]"]:
    """Start another process that runs a few lines; `data` is known in it."""

    def start(lines: str) -> "subprocess.Popen[str]":
        code = f"import pathlib\ndata = pathlib.Path({str(data)!r})\n{lines}"
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture
def home(data: Path) -> Path:
    """Where the servers of `data` keep their files."""
    return folder.server_home(data)

"""What a person sees when a start cannot go on: one line that names what is wrong, and no traceback."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casusregie.launch import folder
from casusregie.launch.children import QUICK_DEATHS, Child

REPOSITORY = Path(__file__).resolve().parent.parent.parent

KEY = base64.urlsafe_b64encode(bytes(32)).decode()


def run(arguments: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("REDIS_URL", "http://localhost"),
        ("CASUSREGIE_DEMO", "perhaps"),
        ("CASUSREGIE_KEYS", "short"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_wrong_variable_is_one_line(data: Path, name: str, value: str) -> None:
    rest = {"SECRET_KEY": "x" * 50, "CASUSREGIE_KEYS": KEY, "CASUSREGIE_DATA": str(data), "ALLOWED_HOSTS": "localhost"}
    done = run(["manage.py", "check"], **(rest | {name: value}))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert done.stderr.count("\n") == 1


def test_a_wrong_port_is_one_line(data: Path) -> None:
    done = run(["-m", "casusregie.launch"], CASUSREGIE_DATA=str(data), PORT="https")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "PORT: should be a number from 1 to 65535, and is 'https'.\n"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_in_use_is_one_line(data: Path, taken: int) -> None:
    done = run(["-m", "casusregie.launch"], CASUSREGIE_DATA=str(data), PORT=str(taken))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"PORT: {taken} cannot be used (Address already in use). Set PORT.\n"


def test_a_second_start_on_one_folder_is_one_line(data: Path) -> None:
    folder.prepare(data)
    handle = folder.take_alone(data / "run.lock")
    assert handle is not None
    done = run(["-m", "casusregie.launch"], CASUSREGIE_DATA=str(data), PORT="65001")
    os.close(handle)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Casusregie already runs on {data}.")
    assert done.stderr.count("\n") == 1


def test_a_child_that_keeps_dying_is_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    child = Child("worker", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), tmp_path / "worker.log")
    tended = 0
    while child.tend(said.append):
        child.again_at = 0.0
        tended += 1
        assert tended < 100_000
    assert len(said) == QUICK_DEATHS
    assert said[0].startswith("The worker ended (exit 3) and is started again.")
    assert said[-1].startswith(f"The worker ended {QUICK_DEATHS} times right after its start.")


def test_a_killed_child_is_started_again_for_ever(tmp_path: Path) -> None:
    said: list[str] = []
    child = Child("worker", [sys.executable, "-c", "import time; time.sleep(60)"], {}, tmp_path / "worker.log")
    for _ in range(QUICK_DEATHS + 2):
        child.again_at = 0.0
        assert child.tend(said.append)
        assert child.process is not None
        child.process.kill()
        child.process.wait()
        assert child.tend(said.append)
    assert len(said) == QUICK_DEATHS + 2
    assert child.quick_deaths == 0

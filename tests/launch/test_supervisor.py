"""The whole product as `make run` starts it: ready, its parts killed (fault F4), and ended together."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from casusregie.launch import folder, postgres, process, valkey

REPOSITORY = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 180
BACK_SECONDS = 60


def answer(port: int) -> int:
    """The status of the balancer's probe; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/gezondheid/web/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[str, int]:
    """The supervisor's own children by what they run, with their process numbers."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if parent == pid:
            named = re.search(r"gunicorn|worker|beat", line)
            found[named[0] if named else line.split(" ")[0]] = int(entry.name)
    return found


def environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def wait_for(true: Callable[[], bool], seconds: float) -> bool:
    return process.wait_until(true, seconds, step=0.1)


def test_ready_killed_and_ended(data: Path, home: Path) -> None:
    port = free_port()
    said = data.parent / "said.txt"
    with said.open("w") as out:
        product = subprocess.Popen(
            [sys.executable, "-m", "casusregie.launch"],
            cwd=REPOSITORY,
            env=dict(os.environ) | {"CASUSREGIE_DATA": str(data), "PORT": str(port)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        ready = f"Casusregie is ready: http://127.0.0.1:{port}/\n"
        wait_for(lambda: ready in said.read_text() or product.poll() is not None, READY_SECONDS)
        assert ready in said.read_text(), said.read_text()
        assert "icr1@demo.example" in said.read_text()

        # Only migrations have the owner's address.
        for name in ("gunicorn", "worker", "beat"):
            given = environment_of(children(product.pid)[name])
            assert "CASUSREGIE_OWNER_URL" not in given
            assert given["DATABASE_URL"] == postgres.urls(data).app_url

        os.kill(int((home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert wait_for(lambda: "PostgreSQL is gone" in said.read_text(), BACK_SECONDS)
        assert wait_for(lambda: answer(port) == 200, BACK_SECONDS)

        os.kill(int((folder.socket_folder(home) / "valkey.pid").read_text()), signal.SIGKILL)
        assert wait_for(lambda: "Valkey is gone" in said.read_text(), BACK_SECONDS)
        assert wait_for(lambda: valkey.listening(data), BACK_SECONDS)
        assert answer(port) == 200

        for name in ("worker", "gunicorn"):
            before = children(product.pid)[name]
            os.kill(before, signal.SIGKILL)
            assert wait_for(lambda: children(product.pid).get(name, before) != before, BACK_SECONDS)  # noqa: B023
        assert wait_for(lambda: answer(port) == 200, BACK_SECONDS)

        started = children(product.pid)
        product.send_signal(signal.SIGTERM)
        assert product.wait(30) == 0
        assert not [name for name, pid in started.items() if process.alive(pid)]
        assert not postgres.listening(data)
        assert not valkey.listening(data)
    finally:
        if product.poll() is None:
            product.terminate()
            product.wait(30)

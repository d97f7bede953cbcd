"""Small questions about processes and sockets that both embedded servers ask."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

# Servers this process started: kept, so that a dead one is reaped and does not stay behind as a zombie.
_started: list["subprocess.Popen[bytes]"] = []


def start_server(command: list[str | Path], log: Path, **options: object) -> "subprocess.Popen[bytes]":
    """Start a server in a session of its own (Ctrl-C is not for it) with its output in `log`."""
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **options
        )
    started: subprocess.Popen[bytes] = process
    _started.append(started)
    return started


def reap() -> None:
    """Take note of started servers that died."""
    _started[:] = [process for process in _started if process.poll() is None]


def listens(path: Path) -> bool:
    """Whether a server accepts connections on this unix socket. Costs well under a millisecond."""
    reap()
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie nobody reaped is dead."""
    reap()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] != "Z"
    return True


def wait_until(true: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    """Ask until the answer is yes; False when it was not within `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def end_process(pid: int, asks: tuple[tuple[signal.Signals, float], ...]) -> bool:
    """End a process: each signal in turn, waiting the given seconds after each. True when it is gone."""
    for ask, seconds in asks:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, ask)
        if wait_until(lambda: not alive(pid), seconds):
            return True
    return not alive(pid)


def works_elsewhere(pid: int, folder: Path) -> bool:
    """Whether a process certainly is no server of `folder`: its number was given to another program."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() != folder
    except OSError:
        return False


def working_in(folder: Path) -> list[int]:
    """The processes whose working folder is `folder` (Linux; elsewhere none are found)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
    return found

"""Starts what an installation without servers of its own needs: PostgreSQL and Valkey from packages, and the product.

`python -m casusregie.launch` is what `make run` starts. No Django here: settings ask this package for addresses, and
`manage.py` asks it for running servers, both before Django is there.
"""

import atexit
import fcntl
import os
from pathlib import Path

from casusregie.launch import folder, postgres, valkey
from casusregie.launch.errors import LaunchError

__all__ = ["LaunchError", "data_folder", "embedded_environment", "ensure_servers", "stop_servers"]

data_folder = folder.data_folder

# Handles of the shared locks this process holds, one for each data folder it uses.
_in_use: dict[Path, int] = {}


def embedded_environment(data: Path | None = None) -> dict[str, str]:
    """The environment of an embedded installation: addresses, secrets (made when absent) and the data folder.

    Starts nothing. CASUSREGIE_OWNER_URL is in it for commands that migrate; web and worker never get it.
    Raises LaunchError when the data folder cannot be used.
    """
    data = data or data_folder()
    secrets = folder.generated_secrets(data)
    addresses = postgres.urls(data)
    return {
        "CASUSREGIE_DATA": str(data),
        "DATABASE_URL": addresses.app_url,
        "CASUSREGIE_OWNER_URL": addresses.owner_url,
        "REDIS_URL": valkey.url(data),
        **secrets,
    }


def ensure_servers(data: Path | None = None, *, throwaway: bool = False) -> None:
    """Make sure both embedded servers run while this process does; the last process that used them stops them.

    Every user holds a shared lock. At its end a process tries to take that lock alone: when it gets it, nobody else
    (another command, the supervisor) uses the servers, and it stops them. Raises LaunchError when one does not start.
    """
    data = data or data_folder()
    folder.prepare(data)
    hold(data)
    postgres.ensure(data, throwaway=throwaway)
    # Settings put our own address in the environment; another one there is a server of its own.
    if os.environ.get("REDIS_URL", "").strip() in {"", valkey.url(data)}:
        valkey.ensure(data)


def hold(data: Path) -> None:
    """Say that this process uses the servers of `data` until it ends; waits while another is just stopping them."""
    if data in _in_use:
        return
    handle = os.open(data / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _in_use[data] = handle
    atexit.register(_leave, data, os.getpid())


def _leave(data: Path, pid: int) -> None:
    """Stop the servers when this process was the last to use them; a forked child leaves that to its parent."""
    handle = _in_use.get(data)
    if handle is None or os.getpid() != pid:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    stop_servers(data)
    os.close(_in_use.pop(data))


def stop_servers(data: Path | None = None) -> None:
    """Stop both embedded servers of a data folder, whoever uses them."""
    data = data or data_folder()
    valkey.stop(data)
    postgres.stop(data)

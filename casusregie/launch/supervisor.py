"""`make run`: the whole product on one machine, started in order, watched, and ended together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from casusregie.launch import embedded_environment, folder, hold, postgres, stop_servers, valkey
from casusregie.launch.children import Child, Family
from casusregie.launch.errors import LaunchError
from casusregie.launch.process import wait_until

ADDRESS = "127.0.0.1"
WATCH_SECONDS = 0.5
READY_SECONDS = 120.0
# How long the first line waits for worker and sweep; without them the pages work all the same.
WHOLE_SECONDS = 20.0
END_SECONDS = 10.0
# A server that is gone is started again; when that fails it is tried again after this pause.
SERVER_PAUSE = 2.0
DEMO_PASSWORD = "casusregie-demo"  # open on purpose, for the demo only
DEMO_LOGINS = (
    ("icr1@demo.example", "case director of team 1"),
    ("icr2@demo.example", "case director of team 1, deputy for icr1 in one case"),
    ("icr3@demo.example", "case director of team 2"),
    ("teamleider@demo.example", "team leader of team 1"),
    ("partner1@demo.example", "professional with roles in cases of icr1"),
    ("partner2@demo.example", "professional with roles in cases of icr1"),
    ("partner0@demo.example", "professional without a current role"),
    ("beheer@demo.example", "functional administrator"),
    ("fg@demo.example", "privacy officer"),
    ("bestuur@demo.example", "board"),
)


class Ended(Exception):
    """Somebody asked for the end (Ctrl-C, SIGTERM)."""


def say(text: str) -> None:
    """One plain sentence on the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def port() -> int:
    """The port of the web server, from PORT (8000). Raises LaunchError when it is no port."""
    asked = os.environ.get("PORT", "").strip() or "8000"
    if not asked.isascii() or not asked.isdigit() or not 0 < int(asked) < 65536:
        raise LaunchError(f"PORT: should be a number from 1 to 65535, and is {asked!r}.")
    return int(asked)


class Supervisor:
    """Starts everything, watches it, and ends it.

    With DATABASE_URL (REDIS_URL) set, that server is used and no embedded one is started.
    """

    def __init__(self) -> None:
        self.port = port()
        self.data = folder.data_folder()
        self.embedded_database = not os.environ.get("DATABASE_URL", "").strip()
        self.embedded_queue = not os.environ.get("REDIS_URL", "").strip()
        self.family = Family()
        self.ending = False
        self.server_again_at = 0.0

    def run(self) -> int:
        """Run until somebody asks for the end; returns the exit code. Raises LaunchError when a start fails."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_end)
        folder.prepare(self.data)
        if folder.take_alone(self.data / "run.lock") is None:
            raise LaunchError(f"Casusregie already runs on {self.data}. End that one, or set CASUSREGIE_DATA and PORT.")
        self._port_is_free()
        try:
            self._start()
            return self._watch()
        except Ended:
            return 0
        finally:
            self._end()

    def _asked_to_end(self, number: int, frame: FrameType | None) -> None:
        if self.ending:
            return
        self.ending = True
        raise Ended

    def _port_is_free(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, self.port))
            except OSError as error:
                raise LaunchError(f"PORT: {self.port} cannot be used ({error.strerror}). Set PORT.") from error

    def _start(self) -> None:
        self._start_servers()
        environment = self._environment()
        manage = [sys.executable, str(folder.REPOSITORY / "manage.py")]
        say("Preparing the database.")
        self._step([*manage, "migrate", "--noinput", "--verbosity", "1"], environment | self._owner())
        if _is_demo(environment) and self._empty([*manage, "installation", "--is-empty"]):
            say("Loading the demo municipality.")
            self._step([*manage, "demo_data"], environment)
        self._step([*manage, "collectstatic", "--noinput", "--verbosity", "0"], environment)
        self._start_children(environment)
        self._wait_until_it_answers()
        say(f"Casusregie is ready: http://{ADDRESS}:{self.port}/")
        if _is_demo(environment):
            _say_logins()

    def _start_servers(self) -> None:
        if not (self.embedded_database or self.embedded_queue):
            return
        hold(self.data)
        home = folder.server_home(self.data)
        moved = "" if home == self.data else f" (only root may enter {self.data}, so the database's files are here)"
        say(f"Starting the servers in {home}{moved}.")
        if self.embedded_database:
            postgres.ensure(self.data)
        if self.embedded_queue:
            valkey.ensure(self.data)

    def _environment(self) -> dict[str, str]:
        """What web, worker and beat get: never the owner's address, which is for migrations only."""
        environment = dict(os.environ) | {"PYTHONUNBUFFERED": "1", "CASUSREGIE_DATA": str(self.data)}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "casusregie.settings")
        if self.embedded_database:
            environment = embedded_environment(self.data) | environment
            environment["DATABASE_URL"] = postgres.urls(self.data).app_url
            # An embedded database is the demo's; with an address in the environment settings would not assume it.
            environment["CASUSREGIE_DEMO"] = os.environ.get("CASUSREGIE_DEMO", "").strip() or "1"
        if self.embedded_queue:
            environment["REDIS_URL"] = valkey.url(self.data)
        environment.pop("CASUSREGIE_OWNER_URL", None)
        return environment

    def _owner(self) -> dict[str, str]:
        if self.embedded_database:
            return {"CASUSREGIE_OWNER_URL": postgres.urls(self.data).owner_url}
        asked = os.environ.get("CASUSREGIE_OWNER_URL", "").strip()
        return {"CASUSREGIE_OWNER_URL": asked} if asked else {}

    def _step(self, command: list[str], environment: dict[str, str]) -> None:
        """Run one command to its end. Raises LaunchError with what it said when it fails."""
        code, said = self._finish(command, environment)
        if code != 0:
            lines = [line for line in said.strip().splitlines() if line.strip()] or ["It said nothing."]
            where = self.data / "logs" / "start.log"
            # One line is meant for people (a wrong variable); of a traceback only the last line is.
            raise LaunchError(lines[0] if len(lines) == 1 else f"{command[2]} failed: {lines[-1]} (all: {where})")

    def _empty(self, command: list[str]) -> bool:
        return self._finish(command, self._environment())[0] == 0

    def _finish(self, command: list[str], environment: dict[str, str]) -> tuple[int, str]:
        """Run a command; returns its exit code and what it wrote to stderr, which is added to `logs/start.log`."""
        log = self.data / "logs" / "start.log"
        errors = log.with_name("start.err")
        with log.open("ab") as out, errors.open("wb") as err:
            step = subprocess.Popen(
                command,
                env=environment,
                cwd=folder.REPOSITORY,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                code = step.wait()
            except Ended:
                step.terminate()
                step.wait()
                raise
        said = errors.read_text("utf-8", "replace")
        with log.open("a", encoding="utf-8") as out_text:
            out_text.write(said)
        errors.unlink()
        return code, said

    def _start_children(self, environment: dict[str, str]) -> None:
        run = [sys.executable, "-m"]
        celery = [*run, "celery", "-A", "casusregie"]
        memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108 - memory
        web = [*run, "gunicorn", "casusregie.wsgi", "--bind", f"{ADDRESS}:{self.port}", "--no-control-socket"]
        web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"]
        web += ["--graceful-timeout", "5", *memory]
        worker = [*celery, "worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "WARNING"]
        worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        commands = {"web server": web, "worker": worker}
        commands["beat"] = [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"]
        for name, command in commands.items():
            log = self.data / "logs" / f"{name.split()[0]}.log"
            child = Child(name, command, environment, log)
            self.family.children.append(child)
            child.start()

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while not self._answers():
            self._tend()
            if time.monotonic() > end:
                log = self.data / "logs" / "web.log"
                raise LaunchError(f"The web server did not answer within {READY_SECONDS:.0f} seconds. {log} says why.")
            time.sleep(0.1)
        # Worker and sweep come a moment after the pages; who asks for the whole house at once finds it standing.
        wait_until(lambda: self._answers("/gezondheid/"), WHOLE_SECONDS, step=0.2)

    def _answers(self, path: str = "/gezondheid/web/") -> bool:
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _watch(self) -> int:
        while True:
            time.sleep(WATCH_SECONDS)
            self._tend()

    def _tend(self) -> None:
        self._tend_servers()
        for child in self.family.children:
            if not child.tend(say):
                raise LaunchError("Casusregie stops.")

    def _tend_servers(self) -> None:
        """Start an embedded server again that is gone. A failure is told and tried again."""
        if time.monotonic() < self.server_again_at:
            return
        try:
            if self.embedded_database and not postgres.listening(self.data):
                say("PostgreSQL is gone and is started again.")
                postgres.ensure(self.data)
            if self.embedded_queue and not valkey.listening(self.data):
                say("Valkey is gone and is started again.")
                valkey.ensure(self.data)
        except LaunchError as error:
            say(str(error))
            self.server_again_at = time.monotonic() + SERVER_PAUSE

    def _end(self) -> None:
        self.ending = True
        if self.family.children:
            say("Stopping.")
        self.family.end(END_SECONDS)
        if self.embedded_database and self.embedded_queue:
            stop_servers(self.data)
        elif self.embedded_queue:
            valkey.stop(self.data)
        elif self.embedded_database:
            postgres.stop(self.data)


def _is_demo(environment: dict[str, str]) -> bool:
    return environment.get("CASUSREGIE_DEMO", "").strip().lower() in {"1", "true", "yes", "on"}


def _say_logins() -> None:
    width = max(len(login) for login, _ in DEMO_LOGINS)
    say(f"Demo logins, all with the password {DEMO_PASSWORD} (open to everybody on this machine; invented data only):")
    for login, who in DEMO_LOGINS:
        say(f"  {login:<{width}}  {who}")


def main(arguments: list[str], data: Path | None = None) -> int:
    """The command line: without arguments run everything, with `stop` stop embedded servers left running."""
    try:
        if arguments == ["stop"]:
            stop_servers(data)
            return 0
        if arguments:
            sys.stderr.write("Usage: python -m casusregie.launch [stop]\n")
            return 2
        return Supervisor().run()
    except LaunchError as error:
        sys.stderr.write(f"{error}\n")
        return 1

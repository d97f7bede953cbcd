"""F4: PostgreSQL killed under eight writers of the real product; its supervisor starts it again."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from casusregie.launch import folder, postgres
from tests.faults.person import Person
from tests.launch.test_supervisor import free_port, wait_for

WRITERS = 8
REPOSITORY = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def product() -> Iterator[tuple[str, Path]]:
    """The product as `make run` starts it, on a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="cr-", dir="/tmp") as place:
        Path(place).chmod(0o755)
        data = Path(place) / "d"
        port = free_port()
        said = Path(place) / "said.txt"
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("CASUSREGIE_", "DATABASE_", "REDIS_", "SECRET_"))
        }
        with said.open("w") as out:
            running = subprocess.Popen(
                [sys.executable, "-m", "casusregie.launch"],
                cwd=REPOSITORY,
                env=kept | {"CASUSREGIE_DATA": str(data), "PORT": str(port)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            assert wait_for(lambda: "is ready" in said.read_text() or running.poll() is not None, 180)
            assert "is ready" in said.read_text(), said.read_text()
            yield f"http://127.0.0.1:{port}", data
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=60)
            postgres.remove(data)


class Writer(threading.Thread):
    """Logs contacts until told to stop; remembers what was acknowledged and what was given back."""

    def __init__(self, base: str, ref: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.person = Person(base)
        self.ref, self.stopping = ref, stop
        self.acknowledged: list[str] = []
        self.unavailable: list[tuple[str, str]] = []
        self.recovered_at = 0.0

    def run(self) -> None:
        self.person.log_in("icr1@demo.example", "casusregie-demo")
        while not self.stopping.is_set():
            self.write(f"merk {uuid4().hex}")

    def write(self, mark: str) -> None:
        """Send one note until it is accepted, as somebody would who presses the button again."""
        fields = {
            "key": str(uuid4()),
            "started_at": f"{datetime.now(UTC).astimezone(ZoneInfo('Europe/Amsterdam')):%Y-%m-%dT%H:%M}",
            "channel": "phone",
            "body": mark,
        }
        while True:
            answer = self.person.post(f"/casussen/{self.ref}/contacten/nieuw/", fields)
            if answer.status == 200 and "/contacten/" in answer.url and not answer.url.endswith("nieuw/"):
                self.acknowledged.append(mark)
                self.recovered_at = time.monotonic()
                return
            # Only what answered the form itself: after an accepted one the browser is already on its way to the list.
            if answer.status == 503 and answer.url.endswith("/nieuw/"):
                self.unavailable.append((mark, answer.text))
            if self.stopping.is_set():
                return
            self.stopping.wait(0.1)


@pytest.mark.slow
def test_every_acknowledged_contact_is_there_once_and_work_goes_on(product: tuple[str, Path]) -> None:
    base, data = product
    urls = postgres.urls(data)
    with psycopg.connect(**_connection(urls.app_url)) as db:
        ref = db.execute(
            "SELECT c.ref FROM families_case c JOIN core_user u ON u.id = c.director_id"
            " WHERE u.email = 'icr1@demo.example' AND c.status = 'active' ORDER BY c.id LIMIT 1"
        ).fetchone()[0]
    stop = threading.Event()
    writers = [Writer(base, ref, stop) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    assert wait_for(lambda: all(len(writer.acknowledged) >= 2 for writer in writers), 60)

    pid = int((folder.server_home(data) / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    before = [len(writer.acknowledged) for writer in writers]
    assert wait_for(
        lambda: all(len(writer.acknowledged) > n + 1 for writer, n in zip(writers, before, strict=True)), 30
    ), "the application did not recover"
    first_back = min(writer.recovered_at for writer in writers)
    stop.set()
    for writer in writers:
        writer.join(timeout=30)

    acknowledged = [mark for writer in writers for mark in writer.acknowledged]
    with psycopg.connect(**_connection(urls.app_url)) as db:
        rows = db.execute("SELECT text, count(*) FROM network_contactline WHERE text LIKE 'merk %' GROUP BY text")
        stored = dict(rows.fetchall())
    assert set(acknowledged) <= set(stored), "an acknowledged contact is lost"
    assert max(stored.values()) == 1, "a contact is doubled"
    given_back = [(mark, page) for writer in writers for mark, page in writer.unavailable]
    assert [page[-2500:] for mark, page in given_back if mark not in page][:1] == [], "a 503 lost the text"
    assert first_back - killed < 30


def _connection(url: str) -> dict[str, object]:
    import environ

    parsed = environ.Env.db_url_config(url)
    host = parsed["HOST"] or parsed.get("OPTIONS", {}).get("host")
    return {"host": host, "user": parsed["USER"], "dbname": parsed["NAME"]}

"""Eight clients at once on two real servers, one with the access log and one without, on the loopback only."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.bench.measure import Comparison, cookies
from tests.bench.prepare import ROOT

CLIENTS, REQUESTS, ROUNDS = 8, 8, 5


def audit_at_once(pages: dict[str, tuple[str, str]]) -> dict[str, Comparison]:
    """For each page (address and session) the median answer under eight clients, with the log and without."""
    found = {}
    with _server(silent=False) as logged, _server(silent=True) as silent:
        for name, (path, key) in pages.items():
            for port in (logged, silent):
                _burst(port, path, key)
            ratios, ours, theirs = [], [], []
            for turn in range(ROUNDS):
                times = {port: _burst(port, path, key) for port in ((logged, silent), (silent, logged))[turn % 2]}
                ratios.append(statistics.median(times[logged]) / statistics.median(times[silent]))
                ours += times[logged]
                theirs += times[silent]
            found[name] = Comparison(ratios, ours, theirs)
    return found


@contextmanager
def _server(*, silent: bool) -> Iterator[int]:
    """A server as `make run` starts it, on a free port; ended with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"BENCH_SILENT": "1" if silent else ""}
    command = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += [
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
        "--timeout",
        "60",
        "--no-control-socket",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/gezondheid/web/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server of the benchmark did not answer")


def _burst(port: int, path: str, key: str) -> list[float]:
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [time for times in pool.map(lambda _: _client(port, path, key), range(CLIENTS)) for time in times]


def _client(port: int, path: str, key: str) -> list[float]:
    """One browser: a connection that is kept, one page after another."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookies(key), "User-Agent": "Mozilla/5.0 (bench)"})
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - began) * 1000)
        if response.status != 200:
            raise AssertionError(f"{path}: {response.status}")
    connection.close()
    return times

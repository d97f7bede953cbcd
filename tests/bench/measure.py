"""Two things timed alternately (A/B/A/B), and the line that says how they compare."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import _get_new_csrf_string
from django.test.utils import override_settings

from casusregie.core.models import User
from tests.bench.prepare import say

ROUNDS = 5
Call = Callable[[], Any]


@dataclass
class Comparison:
    """What five rounds gave: a ratio and two medians for each, in milliseconds."""

    ratios: list[float]
    ours: list[float]
    theirs: list[float]
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)


def compare(ours: Call, theirs: Call, calls: int = 30, *, both_ways: bool = True) -> Comparison:
    """`calls` of each in turn, five times over; the ratio of a round is the ratio of its medians."""
    for _ in range(3):
        ours(), theirs()
    ratios, all_ours, all_theirs = [], [], []
    for turn in range(ROUNDS):
        mine, other = [], []
        pair = [(ours, mine), (theirs, other)]
        if both_ways and turn % 2:
            pair.reverse()
        gc.collect()
        for _ in range(calls):
            for call, times in pair:
                began = time.perf_counter()
                call()
                times.append((time.perf_counter() - began) * 1000)
        ratios.append(statistics.median(mine) / statistics.median(other))
        all_ours += mine
        all_theirs += other
    return Comparison(ratios, all_ours, all_theirs)


def p95(times: list[float]) -> float:
    """The time under which 95 of 100 stay."""
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


def report(name: str, cases: dict[str, Comparison], target: float, *, at_least: bool = False, unit: str = "ms") -> bool:
    """Write the one line of a benchmark: its worst case, and the ratios of all. Returns whether it holds."""
    worst = (min if at_least else max)(cases, key=lambda case: cases[case].ratio)
    found = cases[worst]
    holds = found.ratio >= target if at_least else found.ratio <= target
    line = {
        "name": name,
        "ratio": round(found.ratio, 3),
        "unit": unit,
        "n": len(found.ours),
        "median": round(statistics.median(found.ours), 3),
        "p95": round(p95(found.ours), 3),
        "floor": round(statistics.median(found.theirs), 3),
        "target": target,
        "holds": holds,
        "case": worst,
        "spread": [round(min(found.ratios), 3), round(max(found.ratios), 3)],
        "cases": {case: round(one.ratio, 3) for case, one in cases.items()},
        **found.detail,
    }
    write(line)
    return holds


def write(line: dict[str, Any]) -> None:
    """One JSON object on a line of its own."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    verdict = "holds" if line["holds"] else "MISSED"
    say(f"{line['name']}: {line['ratio']} (target {line['target']}) {verdict}")


def server(middleware: list[str] | None = None) -> WSGIHandler:
    """The application as a server calls it; with another stack around it when one is named."""
    with override_settings(MIDDLEWARE=middleware or settings.MIDDLEWARE):
        return WSGIHandler()


def user(login: str) -> User:
    """Somebody of the filled database."""
    return User.objects.get(email=f"{login}@bench.example")


def session(login: str) -> str:
    """The key of a fresh session of this person, as logging in makes it."""
    who = user(login)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.save()
    return str(store.session_key)


CSRF = _get_new_csrf_string()


def cookies(key: str) -> str:
    """The header of a browser with this session."""
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


@dataclass
class Page:
    """One address asked of one server by one person, without a network between."""

    server: WSGIHandler
    path: str
    key: str
    query: str = ""
    status: int = 200
    size: int = 0
    # Where the last answer leads.
    location: str = ""

    def __call__(self, fields: dict[str, Any] | None = None) -> bytes:
        """Ask once; raises when the answer is another than expected."""
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}, doseq=True).encode() if fields is not None else b""
        answer: list[str] = []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            answer.append(status)
            self.location = dict(headers).get("Location", "")

        parts = self.server(self._environ(body, "POST" if fields is not None else "GET"), begin)
        content = b"".join(parts)
        parts.close()
        if not answer[0].startswith(str(self.status)):
            raise AssertionError(f"{self.path}: {answer[0]}\n{content[:2000].decode(errors='replace')}")
        self.size = len(content)
        return content

    def _environ(self, body: bytes, method: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": self.path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": cookies(self.key),
            "HTTP_USER_AGENT": "Mozilla/5.0 (bench)",
            "HTTP_ACCEPT": "text/html",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements inside, without those of session, user and access log, and those of transactions."""
    from django.db import connection

    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not any(
            word in sql for word in ("core_session", 'FROM "core_user" WHERE "core_user"."id" =', "core_accesslog")
        ) and not sql.startswith(("SAVEPOINT", "RELEASE")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found

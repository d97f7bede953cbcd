"""Somebody at a browser without scripts: keeps cookies, sends forms with their hidden fields."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html import unescape


@dataclass
class Answer:
    """What came back; status 0 when nobody answered."""

    status: int
    url: str
    text: str


@dataclass
class Person:
    """One browser on one server."""

    base: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def _open(self, path: str, data: dict[str, str] | None = None) -> Answer:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        try:
            with opener.open(urllib.request.Request(self.base + path, body), timeout=15) as answer:
                return Answer(answer.status, answer.geturl(), answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.geturl(), error.read().decode())
        except OSError:
            return Answer(0, self.base + path, "")

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._open(path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form with the token of the cookie."""
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "") or ""
        return self._open(path, {**fields, "csrfmiddlewaretoken": token})

    def log_in(self, login: str, password: str) -> Answer:
        """Log in."""
        self.get("/inloggen/")
        return self.post("/inloggen/", {"login": login, "password": password})


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return unescape(found[1]) if found else ""

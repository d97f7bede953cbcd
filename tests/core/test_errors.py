"""What goes wrong is said plainly, with what was typed kept; and what every answer carries."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from casusregie.core import errors, health
from casusregie.core.models import User
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(client: Client) -> Client:
    """A browser in which a case director is logged in."""
    user = make_user("sanne", "case-director")
    client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("path", ["/inloggen/", "/bestaat-niet/", "/gezondheid/web/", "/vandaag/", "/taal/"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY" if "X-Frame-Options" in answer else True
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_cookies_are_the_servers_own(client: Client) -> None:
    user = make_user("sanne", "case-director")
    answer = client.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    cookie = answer.cookies["casusregie"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"], "it ends with the browser"


def test_over_two_megabytes_is_413(inside: Client) -> None:
    assert inside.post("/casussen/nieuw/", {"name": "x" * (2 * 1024 * 1024 + 1)}).status_code == 413


def test_without_csrf_is_403_in_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/inloggen/", {"login": "a@voorbeeld.test", "password": "x"})
    assert answer.status_code == 403
    assert "<h1" in answer.text
    assert 'name="login"' not in answer.text


def test_an_address_for_forms_only_says_so(inside: Client) -> None:
    answer = inside.get("/taal/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1" in answer.text
    assert inside.get("/taal/", headers={"HX-Request": "true"}).content == b""


def test_not_found_is_a_page(inside: Client) -> None:
    answer = inside.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "<h1" in answer.text


def test_health(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_queue", lambda: "ok")
    assert client.get("/gezondheid/web/").json() == {"status": "ok", "database": "ok"}
    assert client.get("/gezondheid/web/").status_code == 200
    assert set(client.get("/gezondheid/").json()) >= {"status", "database", "queue"}


def test_a_database_that_goes_away_keeps_the_text(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("casusregie.core.sessions.SessionStore._get_session_from_db", gone)
    inside.raise_request_exception = False
    text = "Moeder belde: <i>het gaat</i>"
    answer = inside.post("/casussen/nieuw/?van=hier", {"name": text, "key": "k-1", "password": "geheim"})
    assert answer.status_code == 503
    assert 'action="/casussen/nieuw/?van=hier"' in answer.text
    assert "Moeder belde: &lt;i&gt;het gaat&lt;/i&gt;</textarea>" in answer.text
    assert '<input type="hidden" name="key" value="k-1">' in answer.text
    assert 'name="csrfmiddlewaretoken"' in answer.text
    assert "geheim" not in answer.text
    monkeypatch.undo()
    assert inside.get("/vandaag/").status_code == 200, "the login is still there when the database is"


def test_a_fault_of_ours_is_500_with_the_text_kept(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(user: User) -> str:
        raise RuntimeError("fault")

    monkeypatch.setattr("casusregie.core.frame.home", broken)
    inside.raise_request_exception = False
    answer = inside.get("/")
    assert answer.status_code == 500
    assert "fault" not in answer.text


def test_a_gone_server_is_recognised_below_other_errors() -> None:
    try:
        try:
            raise OperationalError
        except OperationalError as first:
            raise RuntimeError from first
    except RuntimeError as error:
        assert errors._server_gone(error)
    assert not errors._server_gone(ValueError())

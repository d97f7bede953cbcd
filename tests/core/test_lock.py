"""Sessions: ten hours at most, locked after fifteen minutes, ended by their owner; and rights that are taken away."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from casusregie.core import clock, sessions
from casusregie.core.models import Session, User
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}
JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def sanne() -> User:
    """A case director."""
    return make_user("sanne", "case-director", name="Sanne Visser")


@pytest.fixture
def inside(client: Client, sanne: User) -> Client:
    """A browser in which she is logged in."""
    client.post("/inloggen/", {"login": sanne.email, "password": PASSWORD})
    return client


def row() -> Session:
    return Session.objects.get(user_id__isnull=False)


def idle(minutes: float) -> None:
    """Nothing was done for so long."""
    Session.objects.update(active_at=clock.now() - timedelta(minutes=minutes))


def test_whose_session_it_is_survives_saving(inside: Client, sanne: User) -> None:
    before = row()
    assert (before.user_id, before.locked) == (sanne.pk, False)
    store = sessions.SessionStore(before.session_key)
    store["something"] = 1
    sessions.lock(row())
    store.save()
    after = row()
    assert (after.user_id, after.started_at, after.locked) == (sanne.pk, before.started_at, True)
    store.cycle_key()
    store.save()
    cycled = row()
    assert cycled.session_key != before.session_key
    assert (cycled.user_id, cycled.started_at) == (sanne.pk, before.started_at)


def test_ten_hours_end_it_however_active(inside: Client) -> None:
    Session.objects.update(started_at=clock.now() - timedelta(hours=10))
    assert inside.get("/vandaag/").url == "/inloggen/?next=/vandaag/"
    assert not Session.objects.filter(user_id__isnull=False).exists()


def test_just_before_both_limits_it_is_open(inside: Client) -> None:
    Session.objects.update(started_at=clock.now() - timedelta(hours=9.9))
    idle(14.9)
    assert inside.get("/vandaag/").status_code == 200


def test_fifteen_minutes_lock_every_door(inside: Client) -> None:
    idle(15)
    assert inside.get("/casussen/?a=1").url == "/ontgrendelen/?next=/casussen/%3Fa%3D1"
    fragment = inside.get("/casussen/", headers=FETCH)
    assert (fragment.status_code, fragment["X-Locked"], fragment.content) == (423, "1", b"")
    assert inside.get("/casussen/", headers={"HX-Request": "true"}).status_code == 423
    assert inside.get("/account/").status_code == 302
    page = inside.get("/ontgrendelen/")
    assert page.status_code == 200
    assert "Sanne" not in page.text
    assert inside.get("/gezondheid/web/").status_code == 200


def test_unlocking_in_the_open_page(inside: Client) -> None:
    inside.post("/vergrendelen/", headers=JSON)
    assert row().locked
    wrong = inside.post("/ontgrendelen/", {"password": "mis"}, headers=JSON)
    assert (wrong.status_code, wrong.json()["ok"]) == (422, False)
    right = inside.post("/ontgrendelen/", {"password": PASSWORD}, headers=JSON)
    assert right.json()["ok"] is True
    assert right.json()["csrf"]
    assert inside.get("/vandaag/").status_code == 200


def test_an_ended_session_says_where_to_log_in(inside: Client) -> None:
    Session.objects.all().delete()
    gone = inside.post("/ontgrendelen/", {"password": PASSWORD}, headers=JSON)
    assert (gone.status_code, gone.json()) == (401, {"login": "/inloggen/"})


def test_guesses_at_the_lock_are_counted(inside: Client) -> None:
    inside.post("/vergrendelen/")
    tried = [inside.post("/ontgrendelen/", {"password": "mis"}, headers=JSON) for _ in range(5)]
    assert [answer.status_code for answer in tried] == [422, 422, 422, 422, 429]
    assert tried[-1].json()["error"]
    assert inside.post("/ontgrendelen/", {"password": PASSWORD}, headers=JSON).status_code == 429
    assert row().locked


def test_unlocking_right_ends_the_count(inside: Client) -> None:
    for _ in range(3):
        for _ in range(4):
            inside.post("/ontgrendelen/", {"password": "mis"}, headers=JSON)
        assert inside.post("/ontgrendelen/", {"password": PASSWORD}, headers=JSON).status_code == 200


def test_what_was_typed_comes_back_after_unlocking(inside: Client) -> None:
    idle(16)
    text = "Moeder belde, ze slaapt weer. <b>Goed</b> 🙂"
    locked = inside.post(
        "/casussen/nieuw/?van=hier", {"name": text, "key": "k1", "who": ["p1", "p2"], "code": "geheim"}
    )
    assert locked.status_code == 423
    assert "&lt;b&gt;Goed" in locked.text
    assert "geheim" not in locked.text
    sent = {"next": "/casussen/nieuw/?van=hier", "kept-name": text, "kept-key": "k1", "kept-who": ["p1", "p2"]}
    wrong = inside.post("/ontgrendelen/", {**sent, "password": "mis"})
    assert wrong.status_code == 422
    assert 'name="kept-name"' in wrong.text
    back = inside.post("/ontgrendelen/", {**sent, "password": PASSWORD})
    assert back.status_code == 200
    assert 'action="/casussen/nieuw/?van=hier"' in back.text
    assert back.text.count('name="who"') == 2
    assert "<textarea" in back.text
    assert "&lt;b&gt;Goed&lt;/b&gt; 🙂</textarea>" in back.text


def test_a_mere_button_leads_back_to_its_page(inside: Client) -> None:
    idle(16)
    locked = inside.post("/account/overal-uitloggen/", headers={"Referer": "http://testserver/account/?a=1"})
    assert 'name="next" value="/account/?a=1"' in locked.text
    elsewhere = inside.post("/account/overal-uitloggen/", headers={"Referer": "https://kwaad.example/x"})
    assert 'name="next" value="/"' in elsewhere.text


def test_the_lock_page_leads_nowhere_else(inside: Client) -> None:
    idle(16)
    away = inside.post("/ontgrendelen/", {"password": PASSWORD, "next": "//kwaad.example/"})
    assert away.url == "/"
    assert inside.get("/ontgrendelen/?next=/casussen/").url == "/casussen/", "nothing to unlock any more"


def test_polling_is_no_activity(inside: Client) -> None:
    idle(14)
    before = row().active_at
    inside.get("/vandaag/", headers={"X-Poll": "1"})
    assert row().active_at == before
    inside.post("/actief/")
    assert row().active_at > before  # type: ignore[operator]


def test_own_sessions_are_seen_and_ended(inside: Client, sanne: User) -> None:
    other = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Version/17 Safari/604"})
    other.post("/inloggen/", {"login": sanne.email, "password": PASSWORD})
    other.get("/vandaag/")
    page = inside.get("/account/")
    assert "Safari · iPhone" in page.text
    shown = page.context["sessions"]
    assert [view.is_this for view in shown] == [True, False]
    assert not any(key in page.text for key in Session.objects.values_list("session_key", flat=True))
    inside.post(f"/account/sessies/{shown[1].code}/uitloggen/")
    assert other.get("/vandaag/").status_code == 302
    assert inside.get("/vandaag/").status_code == 200


def test_log_out_everywhere_means_here_too(inside: Client, sanne: User) -> None:
    other = Client()
    other.post("/inloggen/", {"login": sanne.email, "password": PASSWORD})
    assert inside.post("/account/overal-uitloggen/").url == "/inloggen/"
    assert inside.get("/vandaag/").status_code == other.get("/vandaag/").status_code == 302


def test_nobody_ends_somebody_elses_session(inside: Client, sanne: User) -> None:
    stranger = make_user("vreemde", "case-director")
    other = Client()
    other.post("/inloggen/", {"login": stranger.email, "password": PASSWORD})
    code = sessions.code_of(Session.objects.get(user_id=stranger.pk).session_key)
    inside.post(f"/account/sessies/{code}/uitloggen/")
    assert other.get("/vandaag/").status_code == 200


def test_rights_taken_away_count_from_the_next_request(inside: Client, sanne: User) -> None:
    assert inside.get("/vandaag/").status_code == 200
    sanne.roles.clear()
    assert inside.get("/vandaag/").status_code == 404, "without any role she is an outsider"


def test_an_account_that_is_closed_is_out_at_once(inside: Client, sanne: User) -> None:
    User.objects.filter(pk=sanne.pk).update(is_active=False)
    assert inside.get("/vandaag/").url.startswith("/inloggen/")
    assert inside.get("/vandaag/", headers=FETCH).status_code == 401


def test_language_is_a_choice_of_this_browser(inside: Client, sanne: User) -> None:
    answer = inside.post("/taal/", {"language": "en", "next": "/account/"})
    assert answer.url == "/account/"
    assert answer.cookies["taal"]["httponly"]
    assert 'lang="en"' in inside.get("/account/").text
    sanne.refresh_from_db()
    assert sanne.language == "en"
    assert "taal" not in Client().post("/taal/", {"language": "xx", "next": "https://kwaad.example/"}).cookies


def _at(moment: datetime, **fields: Any) -> Session:
    return Session(session_key="x", started_at=moment, active_at=moment, **fields)


def test_the_limits_to_the_second() -> None:
    now = clock.now()
    assert not sessions.is_locked(_at(now - timedelta(seconds=899)), now)
    assert sessions.is_locked(_at(now - timedelta(seconds=900)), now)
    assert sessions.is_locked(_at(now, locked=True), now)
    assert not sessions.is_too_old(_at(now - timedelta(seconds=35_999)), now)
    assert sessions.is_too_old(_at(now - timedelta(hours=10)), now)

"""Logging in and out, guessing, the second factor, passwords by mail."""

import re
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from casusregie.core import accounts, guessing
from casusregie.core.models import Session, User
from casusregie.core.services import user_create
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


class AtOnce(Executor):
    """Sends mail in the test's own thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    waited: list[float] = []
    monkeypatch.setattr(guessing.time, "sleep", waited.append)
    monkeypatch.setattr(accounts, "_post", AtOnce())
    cache.clear()
    yield waited


@pytest.fixture
def sanne() -> User:
    """A case director."""
    return make_user("sanne", "case-director", name="Sanne Visser")


def log_in(client: Client, login: str, password: str = PASSWORD, at: str = HERE, **more: Any) -> Any:
    return client.post("/inloggen/", {"login": login, "password": password, **more}, REMOTE_ADDR=at)


def code_of(user: User) -> str:
    """The code that the app shows now."""
    secret = accounts.SecondFactorAdapter().decrypt(user.authenticator_set.get(type="totp").data["secret"])
    return code_for(secret)


def code_for(secret: str) -> str:
    counter = list(totp.yield_hotp_counters_from_time())[0]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client: Client) -> str:
    """Set up the second factor; returns the secret."""
    page = client.get("/account/tweede-factor/instellen/")
    secret = page.context["form"].secret
    done = client.post("/account/tweede-factor/instellen/", {"code": code_for(secret)})
    assert done.url == "/account/herstelcodes/"
    return secret


# --- in and out ------------------------------------------------------------------------------------------------------


def test_the_login_leads_to_the_desk(client: Client, sanne: User) -> None:
    assert client.get("/inloggen/").status_code == 200
    assert log_in(client, sanne.email).url == "/vandaag/"
    assert client.get("/").url == "/vandaag/"


def test_capitals_and_spaces_do_not_matter(client: Client, sanne: User) -> None:
    assert log_in(client, f"  {sanne.email.upper()} ").status_code == 302


def test_wrong_is_422_with_the_login_kept_and_the_password_not(client: Client, sanne: User) -> None:
    answer = log_in(client, sanne.email, "verkeerd-wachtwoord")
    assert answer.status_code == 422
    assert sanne.email in answer.text
    assert "verkeerd-wachtwoord" not in answer.text


def test_unknown_and_known_get_the_same_answer(client: Client, sanne: User) -> None:
    def said(login: str) -> str:
        text = log_in(Client(), login, "verkeerd-wachtwoord").text
        return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text).replace(login, "")

    assert said(sanne.email) == said("niemand@voorbeeld.test")


@pytest.mark.parametrize(
    "address", ["https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)", "http://localhost:9/"]
)
def test_next_never_leads_elsewhere(client: Client, sanne: User, address: str) -> None:
    assert log_in(client, sanne.email, next=address).url == "/vandaag/"


def test_next_leads_back(client: Client, sanne: User) -> None:
    turned_away = client.get("/casussen/")
    assert turned_away.url == "/inloggen/?next=/casussen/"
    assert 'name="next" value="/casussen/"' in client.get(turned_away.url).text
    assert log_in(client, sanne.email, next="/casussen/").url == "/casussen/"


def test_a_very_long_login_is_an_error_at_the_field(client: Client) -> None:
    assert log_in(client, f"{'a' * 250}@voorbeeld.test").status_code == 422


def test_logging_out_asks_first(client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    assert client.get("/uitloggen/").status_code == 200
    assert client.get("/vandaag/").status_code == 200
    assert client.post("/uitloggen/").url == "/inloggen/"
    assert client.get("/vandaag/").status_code == 302
    assert not Session.objects.filter(user_id=sanne.pk).exists()


def test_a_closed_account_cannot_come_in(client: Client, sanne: User) -> None:
    User.objects.filter(pk=sanne.pk).update(is_active=False)
    answer = log_in(client, sanne.email)
    assert answer.url == "/inloggen/gesloten/"
    assert client.get(answer.url).status_code == 200
    assert client.get("/vandaag/").status_code == 302


def test_nobody_registers(client: Client) -> None:
    assert client.get(reverse("account_signup")).status_code == 404


# --- guessing --------------------------------------------------------------------------------------------------------


def test_five_guesses_close_the_account_for_that_address_only(client: Client, sanne: User) -> None:
    answers = [log_in(Client(), sanne.email, "verkeerd-wachtwoord").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert log_in(Client(), sanne.email).status_code == 429
    assert log_in(Client(), sanne.email, at=ELSEWHERE).status_code == 302
    assert log_in(Client(), "ander@voorbeeld.test", "verkeerd-wachtwoord").status_code == 422
    assert log_in(Client(), sanne.email).status_code == 429, "a login elsewhere opens nothing here"


def test_capitals_are_no_way_around_the_count(client: Client, sanne: User) -> None:
    names = [sanne.email, sanne.email.upper(), sanne.email.title(), f" {sanne.email}", sanne.email]
    assert [log_in(Client(), name, "verkeerd-wachtwoord").status_code for name in names][-1] == 429


def test_unknown_accounts_are_counted_too(client: Client) -> None:
    for _ in range(4):
        log_in(Client(), "niemand@voorbeeld.test", "verkeerd-wachtwoord")
    assert log_in(Client(), "niemand@voorbeeld.test", "verkeerd-wachtwoord").status_code == 429


def test_after_a_quarter_of_an_hour_it_is_open_again(client: Client, sanne: User) -> None:
    for _ in range(5):
        log_in(Client(), sanne.email, "verkeerd-wachtwoord")
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=15.1))
    assert log_in(Client(), sanne.email).status_code == 302


def test_success_ends_the_count(client: Client, sanne: User) -> None:
    for _ in range(4):
        log_in(Client(), sanne.email, "verkeerd-wachtwoord")
    assert log_in(Client(), sanne.email).status_code == 302
    assert log_in(Client(), sanne.email, "verkeerd-wachtwoord").status_code == 422


def test_guessing_from_many_addresses_is_slowed_and_the_owner_is_not(_no_waiting: list[float], sanne: User) -> None:
    for number in range(8):
        log_in(Client(), sanne.email, "verkeerd-wachtwoord", at=f"10.1.0.{number}")
    assert _no_waiting and max(_no_waiting) <= 2
    _no_waiting.clear()
    assert log_in(Client(), sanne.email, at=ELSEWHERE).status_code == 302
    assert not _no_waiting


def test_what_was_sent_is_not_copied(client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    client.post("/vergrendelen/")
    client.post("/ontgrendelen/?next=/geheim/", {"password": "mis", "kept-body": "Moeder is zwanger"})
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.post_data, attempt.get_data) == (sanne.email, "", "")


# --- the second factor -----------------------------------------------------------------------------------------------


@pytest.fixture
def needed(settings: Any) -> None:
    """As outside the demo."""
    settings.SECOND_FACTOR_REQUIRED = True


def test_nobody_goes_on_without_a_second_factor(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    for path in ("/vandaag/", "/casussen/", "/account/", "/account/wachtwoord/"):
        assert client.get(path).url == "/account/tweede-factor/instellen/", path
    assert "data:image/svg+xml;base64," in client.get("/account/tweede-factor/instellen/").text
    wrong = client.post("/account/tweede-factor/instellen/", {"code": "000000"})
    assert wrong.status_code == 422
    set_up(client)
    codes = client.get("/account/herstelcodes/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/vandaag/").status_code == 200


def test_a_later_login_asks_the_code(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    set_up(client)
    other = Client()
    assert log_in(other, sanne.email, next="/casussen/").url == "/inloggen/code/"
    assert other.get("/vandaag/").status_code == 302
    assert other.get("/inloggen/code/").status_code == 200
    assert other.post("/inloggen/code/", {"code": "000000"}).status_code == 422
    assert other.post("/inloggen/code/", {"code": code_of(sanne)}).url == "/casussen/"
    assert other.get("/vandaag/").status_code == 200


def test_a_recovery_code_works_once(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    set_up(client)
    code = client.get("/account/herstelcodes/").context["unused_codes"][0]
    assert code in client.get("/account/herstelcodes/bestand/").text
    for expected in (302, 422):
        other = Client()
        log_in(other, sanne.email)
        assert other.post("/inloggen/code/", {"code": code}).status_code == expected


def test_codes_cannot_be_guessed(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    set_up(client)
    other = Client()
    log_in(other, sanne.email)
    tried = [other.post("/inloggen/code/", {"code": f"00000{n}"}, REMOTE_ADDR=HERE).status_code for n in range(5)]
    assert tried == [422, 422, 422, 422, 429]
    right = other.post("/inloggen/code/", {"code": code_of(sanne)}, REMOTE_ADDR=HERE)
    assert right.status_code == 429
    for number in range(16):
        other.post("/inloggen/code/", {"code": "000001"}, REMOTE_ADDR=f"10.2.0.{number}")
    assert other.post("/inloggen/code/", {"code": code_of(sanne)}, REMOTE_ADDR=ELSEWHERE).status_code == 429


def test_replacing_leads_straight_to_the_new_one(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    set_up(client)
    client.get("/vandaag/")
    assert client.post("/account/tweede-factor/uitzetten/").url == "/account/tweede-factor/instellen/"
    assert client.get("/vandaag/").url == "/account/tweede-factor/instellen/"


def test_later_the_password_is_asked_again_before_a_change(needed: None, client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    set_up(client)
    Session.objects.update(started_at=sanne.created_at - timedelta(hours=1))
    asked = client.get("/account/herstelcodes/")
    assert asked.url == "/account/bevestigen/?next=%2Faccount%2Fherstelcodes%2F"
    assert client.get(asked.url).status_code == 200
    assert client.post("/account/bevestigen/", {"password": "mis"}).status_code == 422
    assert AccessAttempt.objects.get().username == sanne.email
    assert client.post(asked.url, {"password": PASSWORD}).url == "/account/herstelcodes/"
    assert client.get("/account/herstelcodes/").status_code == 200


def test_in_the_demo_it_can_be_chosen_and_left(client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    assert client.get("/vandaag/").status_code == 200
    set_up(client)
    assert client.get("/account/tweede-factor/").status_code == 200
    assert client.post("/account/tweede-factor/uitzetten/").url == "/account/tweede-factor/"
    assert client.get("/vandaag/").status_code == 200


# --- passwords -------------------------------------------------------------------------------------------------------


def asked_mail(client: Client, email: str) -> list[Any]:
    """The mails after asking a link."""
    assert client.post("/wachtwoord/vergeten/", {"email": email}).url == "/wachtwoord/verstuurd/"
    return list(mail.outbox)


def test_a_link_by_mail_gives_a_new_password_once(client: Client, sanne: User) -> None:
    elsewhere = Client()
    log_in(elsewhere, sanne.email)
    (sent,) = asked_mail(client, sanne.email)
    assert sanne.name not in sent.subject + sent.body
    link = re.search(r"http://testserver(/wachtwoord/nieuw/\S+)", sent.body).group(1)  # type: ignore[union-attr]
    page = client.get(link, follow=True)
    assert "set-password" in page.redirect_chain[-1][0]
    form = page.redirect_chain[-1][0]
    assert client.post(form, {"password1": "kort", "password2": "kort"}).status_code == 422
    new = {"password1": "een-ander-wachtwoord", "password2": "een-ander-wachtwoord"}
    assert client.post(form, new).url == "/wachtwoord/gekozen/"
    assert elsewhere.get("/vandaag/").status_code == 302, "every session has ended"
    assert Client().get(link).status_code == 200, "a used link says so"
    assert log_in(Client(), sanne.email, "een-ander-wachtwoord").status_code == 302


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    assert asked_mail(client, "niemand@voorbeeld.test") == []


def test_a_letterbox_cannot_be_filled(client: Client, sanne: User) -> None:
    for number in range(6):
        client.post("/wachtwoord/vergeten/", {"email": sanne.email}, REMOTE_ADDR=f"10.3.0.{number}")
    assert len(asked_mail(client, sanne.email)) == 3


def test_changing_the_password_logs_out_everywhere(client: Client, sanne: User) -> None:
    log_in(client, sanne.email)
    fields = {"oldpassword": "mis", "password1": "een-ander-wachtwoord", "password2": "een-ander-wachtwoord"}
    assert client.post("/account/wachtwoord/", fields).status_code == 422
    assert client.post("/account/wachtwoord/", {**fields, "oldpassword": PASSWORD}).status_code == 302
    assert client.get("/vandaag/").status_code == 302
    assert log_in(client, sanne.email, "een-ander-wachtwoord").status_code == 302


def test_an_account_without_a_password_asks_one_by_mail(client: Client) -> None:
    user = user_create(email="nieuw@voorbeeld.test", name="Nieuw", roles=["board"])
    assert log_in(client, user.email, "").status_code == 422
    assert len(asked_mail(client, user.email)) == 1


ASKED_FOR = (
    "account_login account_logout account_signup account_inactive account_change_password account_set_password "
    "account_reset_password account_reset_password_done account_reset_password_from_key_done account_reauthenticate "
    "mfa_authenticate mfa_reauthenticate mfa_index mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes "
    "mfa_generate_recovery_codes mfa_download_recovery_codes"
)


@pytest.mark.parametrize("name", ASKED_FOR.split(" "))
def test_every_name_that_allauth_asks_for_exists(name: str) -> None:
    assert reverse(name)

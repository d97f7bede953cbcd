"""Never lost (design.md 10), on a phone: no connection, a web process that dies, another device, a lock, a session gone."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect

from casusregie.core.models import Session
from network.models import Contact, ContactLine, Draft
from tests.cast import PASSWORD, Cast
from tests.launch.test_supervisor import answer, free_port, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
Opened = Callable[..., Page]
NOTE = "[data-cr-keep-note]"


def _form(cast: Cast, opened: Opened, user: str = "owner") -> Page:
    page = opened(getattr(cast, user), 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    return page


def _type(page: Page, text: str) -> None:
    page.locator("[name=body]").press_sequentially(text, delay=5)


def _says(page: Page, state: str) -> None:
    expect(page.locator(f"{NOTE}[data-cr-state={state}]")).to_be_visible()


def _save(page: Page) -> None:
    page.locator("main form button[type=submit]").last.tap()


def _warns_on_leaving(page: Page) -> bool:
    return bool(page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


def _unlock(page: Page) -> None:
    dialog = page.locator("#cr-lock")
    expect(dialog).to_be_visible()
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button[type=submit]").click()
    expect(dialog).not_to_be_visible()


# --- without a connection -------------------------------------------------------------------------------------------


def test_a_note_that_lost_its_connection_halfway_gets_in_whole_and_once(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    _type(page, "Op de heenweg. ")
    _says(page, "kept")
    page.context.set_offline(True)
    _type(page, "In de tunnel.")
    _says(page, "offline")
    assert _warns_on_leaving(page)
    _save(page)
    _says(page, "waiting")
    page.context.set_offline(False)
    page.wait_for_url("**/contacten/#c-*")
    assert ContactLine.objects.filter(text="Op de heenweg. In de tunnel.").count() == 1
    assert Contact.objects.count() == 2
    assert not Draft.objects.exists()


def test_kept_it_warns_of_nothing(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    assert not _warns_on_leaving(page)
    _type(page, "Alles bewaard.")
    _says(page, "kept")
    expect(page.locator(NOTE)).to_contain_text(":")
    assert not _warns_on_leaving(page)


def test_looking_at_an_empty_form_makes_no_draft(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    expect(page.locator("[name=body]")).to_be_focused()
    page.goto("/vandaag/")
    page.wait_for_load_state("networkidle")
    assert not Draft.objects.exists()


def test_nothing_is_stored_on_the_device(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    page.context.set_offline(True)
    _type(page, "Alleen in de open bladzijde.")
    _says(page, "offline")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert "bladzijde" not in page.url


# --- the web process dies -------------------------------------------------------------------------------------------


class Web:
    """A web process on the database of this test."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        name = str(connection.settings_dict["NAME"])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.web", name, str(self.port)],
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert wait_for(lambda: answer(self.port) == 200, 120)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=30)


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.kill()


def test_a_web_process_killed_while_she_types_costs_at_most_two_seconds(cast: Cast, opened: Opened, web: Web) -> None:
    page = opened(cast.owner, 390)
    form = f"http://localhost:{web.port}/casussen/{cast.case.ref}/contacten/nieuw/"
    page.goto(form)
    # Each word says when it was typed; the page notes when the process was seen to be gone.
    body = page.locator("[name=body]")
    started = page.evaluate("performance.now()")
    for _ in range(40):
        body.press_sequentially(f"{page.evaluate('performance.now()') - started:.0f} ", delay=10)
    killed = page.evaluate("performance.now()") - started
    web.kill()
    body.press_sequentially("en door", delay=10)
    typed = page.input_value("[name=body]")
    _says(page, "offline")
    page.context.set_offline(True)
    web.start()

    # As if this page were gone for good: what is there on another device.
    other = opened(cast.owner, 390)
    other.goto(form)
    other.locator(".cr-draft-line a").tap()
    back = other.input_value("[name=body]")
    last = float(back.split()[-1] if back.endswith(" ") else back.split()[-2])
    assert killed - last <= 2000
    assert typed.startswith(back.rstrip())

    # The page that stayed open has lost nothing at all.
    page.context.set_offline(False)
    _says(page, "kept")
    _save(page)
    page.wait_for_url("**/contacten/#c-*")
    assert ContactLine.objects.filter(text=typed.strip()).count() == 1


# --- another device -------------------------------------------------------------------------------------------------


def test_a_second_device_opens_the_draft_with_every_field_and_saves_it(cast: Cast, opened: Opened) -> None:
    phone = _form(cast, opened)
    _type(phone, "Begonnen op de telefoon.")
    phone.locator("label", has_text="Noor").first.tap()
    phone.locator("label[for]", has=phone.locator("[name=channel][value=visit]")).first.tap()
    phone.locator("button[value='30']").first.tap()
    _says(phone, "kept")

    tablet = _form(cast, opened)
    assert tablet.input_value("[name=body]") == ""
    tablet.locator(".cr-draft-line a").tap()
    tablet.wait_for_url("**concept=*")
    assert tablet.input_value("[name=body]") == "Begonnen op de telefoon."
    assert tablet.input_value("[name=duration_minutes]") == "30"
    expect(tablet.locator("[name=channel][value=visit]")).to_be_checked()
    expect(tablet.locator(f"[name=participants][value='{cast.daughter}']")).to_be_checked()
    _save(tablet)
    tablet.wait_for_url("**/contacten/#c-*")
    assert ContactLine.objects.filter(text="Begonnen op de telefoon.").count() == 1
    assert not Draft.objects.exists()


def test_two_devices_that_write_on_keep_both_texts_and_say_so(cast: Cast, opened: Opened) -> None:
    phone = _form(cast, opened)
    _type(phone, "Samen. ")
    _says(phone, "kept")
    tablet = _form(cast, opened)
    tablet.locator(".cr-draft-line a").tap()
    tablet.wait_for_url("**concept=*")
    tablet.locator("[name=body]").press("End")
    _type(tablet, "Op de tablet.")
    _says(tablet, "kept")
    shared = tablet.url.split("concept=")[1]

    _type(phone, "Op de telefoon.")
    other = phone.locator(f"{NOTE} a")
    expect(other).to_be_visible()
    assert shared in (other.get_attribute("href") or "")
    _says(phone, "kept")
    expect(phone).not_to_have_url(f"*{shared}*")
    assert Draft.objects.count() == 2
    assert phone.input_value("[name=body]") == "Samen. Op de telefoon."
    assert tablet.input_value("[name=body]") == "Samen. Op de tablet."


# --- locked, logged out ---------------------------------------------------------------------------------------------


def test_a_screen_that_locked_while_typing_returns_to_the_same_letter(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    _type(page, "Hlf geschreven")
    _says(page, "kept")
    Session.objects.filter(user_id=cast.owner.pk).update(locked=True)
    page.evaluate("document.querySelector('[name=body]').setSelectionRange(1, 1)")
    page.keyboard.type("a")
    _unlock(page)
    page.keyboard.type("v")
    assert page.input_value("[name=body]") == "Havlf geschreven"
    _says(page, "kept")


def test_saving_on_a_locked_screen_goes_on_after_unlocking(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    _type(page, "Bijna klaar.")
    _says(page, "kept")
    Session.objects.filter(user_id=cast.owner.pk).update(locked=True)
    _save(page)
    _unlock(page)
    page.wait_for_url("**/contacten/#c-*")
    assert Contact.objects.count() == 2


def test_a_session_that_ended_comes_back_at_the_form_with_the_draft(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    _type(page, "Voor het verlopen. ")
    _says(page, "kept")
    Session.objects.filter(user_id=cast.owner.pk).delete()
    _type(page, "Erna.")
    _says(page, "login")
    assert _warns_on_leaving(page)
    with page.context.expect_page() as popup:
        page.locator(f"{NOTE} a").click()
    login = popup.value
    login.fill("[name=login]", cast.owner.email)
    login.fill("[name=password]", PASSWORD)
    login.keyboard.press("Enter")
    login.wait_for_url("**/contacten/nieuw/?concept=*")
    assert login.input_value("[name=body]") == "Voor het verlopen. "
    login.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    _says(page, "kept")
    _save(page)
    page.wait_for_url("**/contacten/#c-*")
    assert ContactLine.objects.filter(text="Voor het verlopen. Erna.").count() == 1


def test_errors_at_the_fields_appear_as_the_page_of_the_server(cast: Cast, opened: Opened) -> None:
    page = _form(cast, opened)
    _type(page, "Veel te lang.")
    page.fill("[name=duration_minutes]", "5000")
    _save(page)
    expect(page.locator(".utrecht-form-field-error-message").first).to_be_visible()
    assert page.input_value("[name=body]") == "Veel te lang."
    _says(page, "kept")
    assert Draft.objects.count() == 1


def test_without_scripts_a_button_keeps_the_draft_and_leads_to_the_desk(cast: Cast, opened: Opened) -> None:
    page = opened(cast.owner, 390, scripts=False)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    page.fill("[name=body]", "Later verder.")
    page.locator("[name=keep]").tap()
    page.wait_for_url("**/vandaag/")
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    page.locator(".cr-draft-line a").tap()
    assert page.input_value("[name=body]") == "Later verder."

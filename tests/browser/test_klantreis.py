"""Klantreis 2 (seed 002, chapter 4) on the real parts: from the school's call to the evaluation after the first weeks.

Contacts, everybody's voice, a plan with three partners in their roles, signed at the table, a PDF made by a Celery worker
from the real queue, a partner who logs in and says how it goes, and a reminder that arrives by itself.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from playwright.sync_api import Page, expect

from casusregie.core import clock
from casusregie.reminders.services import sweep
from network.choices import Domain
from network.models import CaseRole
from network.services import organisation_add, professional_add
from processplan.models import Evaluation, RenderedEdition
from processplan.selectors import pdf_of
from tests.cast import Cast, make_user

pytestmark = pytest.mark.django_db(transaction=True)

_WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "casusregie.settings"
import tests.servers
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from casusregie.celery import app
app.conf.task_default_queue = sys.argv[1]
app.worker_main(["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle", "-Q", sys.argv[1]])
"""


@pytest.fixture
def worker() -> Iterator[None]:
    """A Celery worker on this test's database, with a queue of its own on the real Valkey."""
    from casusregie.celery import app

    name = str(connection.settings_dict["NAME"])
    before = app.conf.task_default_queue
    app.conf.task_default_queue = name
    process = subprocess.Popen([sys.executable, "-c", _WORKER, name], cwd=settings.BASE_DIR)
    yield
    process.terminate()
    process.wait(timeout=30)
    app.conf.task_default_queue = before


def _send(page: Page, within: str = "main form") -> None:
    page.locator(f"{within} button[type=submit]").last.click()
    page.wait_for_load_state()


def _contact(page: Page, ref: str, body: str, *people: str, follow_up: str = "") -> None:
    page.goto(f"/casussen/{ref}/contacten/nieuw/")
    page.fill("[name=body]", body)
    for name in people:
        page.locator("label", has_text=name).first.click()
    page.fill("[name=duration_minutes]", "15")
    if follow_up:
        page.locator("details", has=page.locator("[name=follow_up_on]")).locator("summary").click()
        page.fill("[name=follow_up_on]", f"{clock.local_date(clock.now()):%Y-%m-%d}")
        page.fill("[name=follow_up_text]", follow_up)
    _send(page)
    expect(page).to_have_url(re.compile(r"/contacten/#c-"))


def _role(page: Page, ref: str, name: str, title: str, assignment: str) -> None:
    page.goto(f"/casussen/{ref}/netwerk/nieuw/")
    page.select_option(
        "[name=professional]", label=page.locator("[name=professional] option", has_text=name).inner_text()
    )
    page.fill("[name=title]", title)
    page.fill("[name=assignment]", assignment)
    page.fill("[name=purpose]", "het plan van dit gezin")
    _send(page)
    expect(page.locator("main")).to_contain_text(title)


def _item(page: Page, ref: str, kind: str, text: str, owner: str = "", *, common: bool = True) -> None:
    page.goto(f"/casussen/{ref}/plan/nieuw/{kind}/")
    page.fill("[name=text]", text)
    if owner:
        page.select_option("[name=owner]", label=page.locator("[name=owner] option", has_text=owner).first.inner_text())
    box = page.locator("[name=is_common]")
    if box.is_checked() != common:
        page.locator(f"label[for={box.get_attribute('id')}]").click()
    _send(page)
    expect(page.locator("main")).to_contain_text(text)


def _speak_alone(page: Page, ref: str, name: str, *, at_risk: bool = False) -> None:
    page.goto(f"/casussen/{ref}/aanmelding/")
    form = page.locator("form[action$='/gesproken/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("select[name=person]").select_option(label=name)
    form.locator("label:has(input[name=wish][value=yes])").click()
    if at_risk:
        form.locator("label:has(input[name=is_at_risk])").click()
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(name)


def _sign(page: Page, ref: str, name: str) -> None:
    page.goto(f"/casussen/{ref}/plan/1/ondertekenen/")
    page.get_by_role("link", name=re.compile(name)).first.click()
    expect(page.locator("body")).to_contain_text("Rust en een eigen deur")
    pad = page.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + 20 * step, box["y"] + 40 + (15 if step % 2 else -15))
    page.mouse.up()
    page.locator("button[name=kind][value=drawn]").click()
    page.wait_for_load_state()
    expect(page.locator("body")).not_to_contain_text("Er staat nog geen handtekening")


@pytest.mark.slow
def test_from_the_schools_call_to_the_evaluation(cast: Cast, opened, worker: None) -> None:  # type: ignore[no-untyped-def]
    partners = {}
    for login, name, organisation in (
        ("wonen", "Thijs Verhagen", "De Sluis"),
        ("inkomen", "Soraya Ramautar", "Werk en Inkomen"),
        ("jeugd", "Famke Postma", "Jeugd Oosterwaard"),
    ):
        partners[login] = make_user(login, "partner", name=name)
        house = organisation_add(name=organisation, domain=Domain.LIVELIHOOD, by=cast.owner)
        professional_add(name=name, function="consulent", organisation=house, by=cast.owner, user=partners[login])
    page = opened(cast.owner)
    page.goto("/casussen/nieuw/")
    for field, value in (
        ("name", "Garage"),
        ("given_name", "Marianne"),
        ("surname", "Roelofsen"),
        ("way", "via school"),
    ):
        page.fill(f"[name={field}]", value)
    _send(page)
    ref = page.url.rstrip("/").rsplit("/", 1)[1]
    for given, surname, who, born in (
        ("Noor", "Roelofsen", "dochter", "2012-03-04"),
        ("Bram", "Roelofsen", "zoon", "2017-09-21"),
        ("Germaine", "Wiersma", "tante", ""),
    ):
        page.goto(f"/casussen/{ref}/gezin/nieuw/")
        for field, value in (
            ("given_name", given),
            ("surname", surname),
            ("described_as", who),
            ("birth_date", born),
        ):
            page.fill(f"[name={field}]", value)
        _send(page)

    # Contacts: the school's call, the mother, and every other voice.
    _contact(page, ref, "School belt: zij slapen in een parkeergarage.", follow_up="Vandaag naar school")
    _contact(page, ref, "In het hotel.\n@Marianne: Ik wil rust en een eigen plek.", "Marianne")
    _contact(page, ref, "Op school.\n@Noor: Ik let op mama.\n@Bram: Ik wil een bad.", "Noor", "Bram")
    _contact(page, ref, "Gebeld.\n@Germaine: Ik had geen einde in zicht.", "Germaine")

    # Voices side by side.
    page.goto(f"/casussen/{ref}/analyse/")
    page.fill("[name=title] >> nth=0", "Een plek om te wonen")
    page.locator("form[action$='/thema/'] button[type=submit]").click()
    page.wait_for_load_state()
    while page.locator("form[action$='/overnemen/']").count():
        before = page.locator("form[action$='/overnemen/']").count()
        page.locator("form[action$='/overnemen/'] button[type=submit]").first.click()
        page.wait_for_load_state()
        assert page.locator("form[action$='/overnemen/']").count() < before
    for words in ("Ik wil rust en een eigen plek", "Ik let op mama", "Ik wil een bad", "Ik had geen einde in zicht"):
        expect(page.locator("main")).to_contain_text(words)

    # Each adult alone first; then working together, three partners in their roles, one plan.
    _speak_alone(page, ref, "Marianne Roelofsen", at_risk=True)
    _speak_alone(page, ref, "Germaine Wiersma")
    page.goto(f"/casussen/{ref}/team/")
    page.locator("label:has(input[name=working_form][value=joint]), label[for=id_working_form_1]").first.click()
    page.fill("[name=reason] >> nth=0", "Iedereen apart gesproken.")
    page.locator("form[action$='/team/stand/'] button[type=submit]").click()
    page.wait_for_load_state()
    _role(page, ref, "Thijs Verhagen", "Woonbemiddeling", "Bemiddelt voor een woning.")
    _role(page, ref, "Soraya Ramautar", "Inkomen", "Zorgt dat de vaste lasten betaald worden.")
    _role(page, ref, "Famke Postma", "Steun thuis", "Komt elke week langs.")
    page.goto(f"/casussen/{ref}/plan/")
    page.fill("[name=common_goal]", "Rust en een eigen deur")
    page.locator("form:has([name=common_goal]) button[type=submit]").click()
    page.wait_for_load_state()
    _item(page, ref, "afspraak", "Als het te veel wordt, belt Marianne eerst Famke.")
    _item(page, ref, "actie", "Een woning zoeken met voorrang.", "Thijs", common=False)
    _item(page, ref, "actie", "De schulden op een rij zetten.", "Soraya", common=False)
    _item(page, ref, "actie", "Elke week langskomen.", "Famke", common=False)
    page.goto(f"/casussen/{ref}/plan/")
    form = page.locator("form[action$='/tekenaars/']")
    for name in ("Marianne", "Germaine"):
        form.locator("label", has_text=name).click()
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    page.locator("form[action$='/aanbieden/'] button[type=submit]").click()
    page.wait_for_url(f"**/casussen/{ref}/plan/1/")

    # Signed at the table, each her own edition.
    _sign(page, ref, "Marianne")
    _sign(page, ref, "Germaine")
    page.goto(f"/casussen/{ref}/plan/1/")
    expect(page.locator("main")).to_contain_text(re.compile("van kracht", re.IGNORECASE))

    # A PDF, made by the worker.
    aunt = cast.case.__class__.objects.get(ref=ref).persons.get(given_name="Germaine").party.ref
    answer = page.request.post(
        f"/casussen/{ref}/plan/1/pdf/?voor={aunt}",
        headers={"X-CSRFToken": _token(page), "Referer": page.url},
        max_redirects=0,
    )
    assert answer.status == 302
    for _try in range(120):
        answer = page.request.get(f"/casussen/{ref}/plan/1/pdf/?voor={aunt}")
        if answer.status == 200:
            break
        page.wait_for_timeout(500)
    assert answer.headers["content-type"] == "application/pdf"
    text = subprocess.run(["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True).stdout.decode()
    assert "Rust en een eigen deur" in text
    assert "schulden" not in text
    assert pdf_of(RenderedEdition.objects.get(reader=aunt)).startswith(b"%PDF")

    # The partner sees her own role and says how it goes; every other address is closed.
    partner = opened(partners["wonen"], 390)
    partner.goto("/mijn-rollen/")
    main = partner.locator("main")
    expect(main).to_contain_text("Bemiddelt voor een woning.")
    expect(main).to_contain_text("Een woning zoeken met voorrang.")
    expect(main).not_to_contain_text("schulden")
    role = CaseRole.objects.get(professional__user=partners["wonen"])
    other = CaseRole.objects.get(professional__user=partners["inkomen"])
    for closed in (
        f"/casussen/{ref}/",
        f"/casussen/{ref}/plan/",
        f"/mijn-rollen/{other.ref}/",
        "/vandaag/",
        "/casussen/",
    ):
        reply = partner.goto(closed)
        assert reply is not None
        assert reply.status == 404, closed
    partner.goto(f"/mijn-rollen/{role.ref}/?kind=worry")
    partner.fill("[name=text]", "De woning gaat niet door en ik maak me zorgen.")
    _send(partner, "main form:has([name=text])")
    expect(partner.locator("main")).to_contain_text("De woning gaat niet door")

    # The director is told at once, without a word about what; the evaluation reminds by itself.
    sweep(now=clock.now())
    assert any(cast.owner.email in message.to for message in mail.outbox)
    assert all("Garage" not in f"{message.subject}{message.body}" for message in mail.outbox)
    page.goto("/vandaag/")
    expect(page.locator("main")).to_contain_text("De woning gaat niet door")
    page.goto(f"/casussen/{ref}/evaluaties/")
    moment = (clock.now() + timedelta(days=14)).astimezone(clock.LOCAL)
    page.fill("[name=planned_at]", f"{moment:%Y-%m-%dT%H:%M}")
    _send(page)
    evaluation = Evaluation.objects.get()
    mail.outbox.clear()
    sweep(now=evaluation.planned_at + timedelta(minutes=1))
    assert [message.to for message in mail.outbox].count([cast.owner.email]) >= 1
    page.goto("/berichten/")
    expect(page.locator("main")).to_contain_text("Evaluatie: Garage")
    page.goto(f"/casussen/{ref}/evaluaties/{evaluation.ref}/")
    page.fill("[name=goes_well]", "De kinderen slapen door.")
    page.fill("[name=not_yet]", "De post blijft liggen.")
    _send(page)
    expect(page.locator("main")).to_contain_text("De kinderen slapen door.")


def _token(page: Page) -> str:
    cookies = page.context.cookies()
    return next(str(cookie["value"]) for cookie in cookies if cookie["name"] == "csrftoken")

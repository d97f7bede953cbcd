"""The week of a case director, on her phone: a first visit, three attempts, a pasted chat, an appointment, a correction,
a note in the wrong family; after each step what she sees then."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from casusregie.core import clock
from families.models import Person
from network.models import Appointment
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
Opened = Callable[..., Page]


class Week:
    """Her phone, and the family it is about."""

    def __init__(self, page: Page) -> None:
        self.page, self.ref = page, ""

    @property
    def main(self) -> Locator:
        """What the page says."""
        return self.page.locator("main")

    def go(self, path: str = "") -> Locator:
        """Open a page of the family; returns what it says."""
        self.page.goto(f"/casussen/{self.ref}/{path}")
        return self.main

    def desk(self) -> Locator:
        """Open the desk; returns what it says."""
        self.page.goto("/vandaag/")
        return self.main

    def chip(self, field: str, name: str) -> None:
        """Tap the chip of a field that says this."""
        boxes = self.page.locator(f"label:has(input[name={field}])", has_text=name)
        boxes.first.tap()

    def save(self) -> None:
        """Tap the button at the foot of the form."""
        self.page.locator("main form .cr-save button").first.tap()

    def log(self, ref: str = "") -> None:
        """From the page of the family, or of another, to a contact that is being written."""
        self.page.goto(f"/casussen/{ref or self.ref}/")
        self.page.locator("a.cr-log").tap()
        expect(self.page.locator("[name=body]")).to_be_focused()

    def logged(self) -> None:
        """Save the contact; the log of the family is there."""
        self.save()
        self.page.wait_for_url(re.compile(r"/contacten/#c-"))

    def voice(self, name: str) -> Locator:
        """What the page of the voices says of somebody."""
        return self.go("stemmen/").locator(".cr-rows__row", has_text=name)

    def party(self, name: str) -> str:
        """The reference of somebody of the family."""
        return str(Person.objects.get(case__ref=self.ref, given_name=name).party.ref)

    def family_hours(self) -> str:
        """What the hours say of the time with families, in the week in which her contacts began."""
        began = clock.local_date(clock.now() - timedelta(hours=1))
        self.page.goto(f"/uren/?week={began}")
        line = self.page.locator(".cr-hours__phone .cr-hours__days").first.locator("li", has_text="Gezin")
        return line.locator(".cr-num").inner_text()


@pytest.mark.slow
def test_the_week_of_a_director(cast: Cast, opened: Opened) -> None:
    week = Week(opened(cast.owner, 390))
    _a_new_family_is_opened_by_phone(week)
    _the_first_visit(week)
    _three_attempts(week)
    _a_pasted_chat(week)
    _an_appointment_becomes_a_contact(week)
    _a_correction(week)
    _a_note_in_the_wrong_family(week, cast, opened)


def _a_new_family_is_opened_by_phone(week: Week) -> None:
    page = week.page
    week.desk().get_by_role("link", name="Nieuwe casus").first.tap()
    page.fill("[name=name]", "De Jong")
    page.fill("[name=given_name]", "Ilse")
    page.fill("[name=surname]", "Jong")
    page.fill("[name=described_as]", "moeder")
    page.fill("[name=way]", "06 00998877")
    week.save()
    page.wait_for_url(re.compile(r"/casussen/[A-Z0-9]{8}/$"))
    week.ref = page.url.rstrip("/").rsplit("/", 1)[1]
    for name, who in (("Peter", "vader"), ("Noor", "dochter")):
        week.go("gezin/nieuw/")
        page.fill("[name=given_name]", name)
        page.fill("[name=surname]", "Jong")
        page.fill("[name=described_as]", who)
        week.save()
        expect(week.main).to_contain_text(f"{name} Jong")
    for name in ("Ilse", "Peter", "Noor"):
        expect(week.voice(name)).to_contain_text("Nog niet gehoord")


def _the_first_visit(week: Week) -> None:
    page = week.page
    week.log()
    page.keyboard.type("Aan de keukentafel.\nIk wil dat het rustig blijft.")
    page.locator("[data-cr-marks-for] button[value='@Ilse']").tap()
    week.chip("participants", "Ilse")
    week.chip("channel", "bezoek")
    page.locator("[data-cr-minutes-for=id_duration_minutes] button[value='60']").tap()
    page.locator("summary", has_text="Opvolgen").tap()
    page.locator("[data-cr-minutes-for=id_follow_up_on] button", has_text="morgen").tap()
    page.fill("[name=follow_up_text]", "Sleutels brengen")
    week.logged()
    entry = page.locator(".cr-timeline__item--contact")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("Bezoek · Ilse Jong")
    expect(entry.locator(".cr-line--statement")).to_contain_text("Ik wil dat het rustig blijft.")
    week.go()
    expect(page.locator("#now")).to_contain_text("Sleutels brengen")
    expect(week.voice("Ilse")).to_contain_text("Vandaag gehoord")
    expect(week.voice("Peter")).to_contain_text("Nog niet gehoord")
    # With the ten minutes of the cast.
    assert week.family_hours() == "1:10"


def _three_attempts(week: Week) -> None:
    page = week.page
    for number, outcome in enumerate(("niet bereikt", "voicemail", "niet thuis"), start=1):
        week.log()
        week.chip("participants", "Peter")
        week.chip("outcome", outcome)
        week.logged()
        expect(page.locator(".cr-timeline__item--attempt")).to_have_count(number)
        tried = week.desk().locator("section[aria-labelledby=tried]")
        expect(tried).to_have_count(0 if number == 1 else 1)
        if number > 1:
            expect(tried).to_contain_text(f"Peter Jong: {number} keer niet bereikt")
    expect(week.voice("Peter")).to_contain_text("Nog niet gehoord")
    assert week.family_hours() == "1:10"


def _a_pasted_chat(week: Week) -> None:
    page = week.page
    sent = f"{clock.now().astimezone(clock.LOCAL):%d-%m-%Y %H:%M}"
    week.log()
    page.get_by_role("link", name="Chat plakken").tap()
    page.fill("[name=text]", f"{sent} - Peter: Ik was aan het werk.\n{sent} - Owner: Dat geeft niet.")
    page.locator("main form .cr-save button").tap()
    expect(page.locator(".cr-chat-line")).to_have_count(2)
    expect(page.locator(".cr-chat-line").first).to_contain_text(sent[-5:])
    page.locator("main form .cr-save button").tap()
    expect(page.locator(f"input[name=participants][value='{week.party('Peter')}']")).to_be_checked()
    week.logged()
    expect(page.locator(".cr-timeline__item--contact").first).to_contain_text("Ik was aan het werk.")
    expect(week.voice("Peter")).to_contain_text("Vandaag gehoord")
    expect(week.desk().locator("section[aria-labelledby=tried]")).to_have_count(0)


def _an_appointment_becomes_a_contact(week: Week) -> None:
    page = week.page
    tomorrow = clock.local_date(clock.now()) + timedelta(days=1)
    week.go("afspraken/nieuw/")
    week.chip("participants", "Ilse")
    page.fill("[name=starts_at]", f"{tomorrow}T10:00")
    page.locator("[data-cr-minutes-for=id_duration_minutes] button[value='45']").tap()
    page.fill("[name=place]", "De bibliotheek")
    page.locator("label", has_text="Deze plek is vertrouwelijk").tap()
    week.save()
    row = page.locator(".cr-rows__row", has_text="Ilse Jong")
    expect(row).to_contain_text("10:00–10:45")
    row.get_by_role("link", name="Voor de deur").tap()
    expect(week.main).to_contain_text("De bibliotheek")
    expect(week.main).to_contain_text("Sleutels brengen")
    expect(week.main).to_contain_text("Ik was aan het werk.")

    # It has been.
    Appointment.objects.update(starts_at=clock.now() - timedelta(hours=1))
    item = week.desk().locator(".cr-rows__row", has_text="Nog niet opgeschreven")
    expect(item).to_contain_text("De Jong")
    item.get_by_role("link", name="Vastleggen").tap()
    expect(page.locator(f"input[name=participants][value='{week.party('Ilse')}']")).to_be_checked()
    assert page.input_value("[name=duration_minutes]") == "45"
    page.fill("[name=body]", "In de bibliotheek. Zij was er met Noor.")
    week.logged()
    expect(page.locator(".cr-timeline__item--contact")).to_have_count(3)
    expect(week.desk()).not_to_contain_text("Nog niet opgeschreven")
    assert week.family_hours() == "1:55"


def _a_correction(week: Week) -> None:
    page = week.page
    entry = week.go("contacten/").locator(".cr-timeline__item--contact", has_text="Zij was er met Noor.")
    entry.locator("h2 a").tap()
    page.get_by_role("link", name="Corrigeren").tap()
    page.fill("[name=body]", "In de bibliotheek. Zij was er alleen.")
    page.fill("[name=reason]", "Noor was op school")
    week.save()
    versions = page.locator("section[aria-labelledby=versions]")
    expect(versions).to_contain_text("Noor was op school")
    versions.locator("summary").tap()
    expect(versions).to_contain_text("Zij was er met Noor.")
    expect(page.locator(".cr-contact-text")).to_contain_text("Zij was er alleen.")
    expect(week.go("contacten/")).not_to_contain_text("Zij was er met Noor.")
    expect(week.main).to_contain_text("gecorrigeerd")
    assert week.family_hours() == "1:55"


def _a_note_in_the_wrong_family(week: Week, cast: Cast, opened: Opened) -> None:
    page, note = week.page, "Belt over de sleutels van de schuur."
    week.log(cast.case.ref)
    page.keyboard.type(note)
    week.chip("participants", "Marianne")
    page.locator("[data-cr-minutes-for=id_duration_minutes] button[value='15']").tap()
    page.locator("[data-cr-moments] button", has_text="een uur geleden").tap()
    week.logged()
    assert week.family_hours() == "2:10"

    page.goto(f"/casussen/{cast.case.ref}/contacten/")
    page.locator(".cr-timeline__item--contact", has_text=note).locator("h2 a").tap()
    page.get_by_role("link", name="In verkeerde casus gezet").tap()
    page.select_option("[name=right_case]", week.ref)
    page.locator("label:has(input[name=reason])").first.tap()
    week.save()
    page.wait_for_url(re.compile(rf"/casussen/{week.ref}/contacten/nieuw/\?concept="))
    assert page.input_value("[name=body]") == note
    expect(page.locator("input[name=participants]:checked")).to_have_count(0)
    week.chip("participants", "Ilse")
    week.logged()
    expect(page.locator(".cr-timeline__item--contact", has_text=note)).to_contain_text("Ilse Jong")
    for path in ("", "contacten/"):
        page.goto(f"/casussen/{cast.case.ref}/{path}")
        expect(week.main).to_contain_text("Gesproken aan de keukentafel.")
        expect(week.main).not_to_contain_text(note)
    assert week.family_hours() == "2:10"

    officer = opened(cast.officer)
    officer.goto("/logboek/verkeerd/")
    expect(officer.locator("main")).to_contain_text(week.ref)
    expect(officer.locator("main")).not_to_contain_text(note)

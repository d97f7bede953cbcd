"""From logging in to a logged contact, as a new user would, and what the team leader then sees."""

import re

import pytest
from playwright.sync_api import Page, expect

from casusregie.core.models import User
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def _log_in(page: Page, user: User) -> None:
    page.goto("/inloggen/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/inloggen/" not in url)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_director_opens_a_family_and_logs_a_contact(width: int, scripts: bool, cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(None, width, scripts=scripts)
    _log_in(page, cast.owner)
    assert page.url.endswith("/vandaag/")

    page.goto("/casussen/nieuw/")
    page.fill("[name=name]", "De Jong")
    page.fill("[name=given_name]", "Ilse")
    page.fill("[name=surname]", "Jong")
    page.fill("[name=way]", "06 00998877")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/casussen/[A-Z0-9]{8}/$"))
    case_url = page.url

    page.goto(case_url + "contacten/nieuw/")
    page.fill("[name=body]", "School belt: zij slapen in een garage.\n@Ilse: Ik wil rust. 🙂\n<b>geen opmaak</b>")
    page.locator("label", has_text="Ilse").first.click()
    page.fill("[name=duration_minutes]", "10")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/contacten/#c-"))
    story = page.goto(case_url)
    assert story is not None
    expect(page.locator("main")).to_contain_text("School belt: zij slapen in een garage.")
    expect(page.locator("main")).to_contain_text("Ik wil rust. 🙂")
    expect(page.locator("main")).to_contain_text("<b>geen opmaak</b>")


def test_a_team_leader_looks_inside_with_a_reason_and_the_director_sees_it(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    leader = opened(cast.leader)
    leader.goto("/caseload/")
    expect(leader.locator("main")).to_contain_text("Van Halteren")
    leader.goto(f"/casussen/{cast.case.ref}/")
    expect(leader.locator("main")).not_to_contain_text("Ik wil rust")
    leader.goto(f"/casussen/{cast.case.ref}/inzien/")
    leader.fill("[name=reason]", "Moeder belde mij over de afspraken van gisteren.")
    leader.locator("main form button[type=submit]").last.click()
    leader.wait_for_url(f"**/casussen/{cast.case.ref}/")
    expect(leader.locator("main")).to_contain_text("Ik wil rust")
    expect(leader.locator("main")).not_to_contain_text("Dit weet alleen jij")

    owner = opened(cast.owner)
    owner.goto("/vandaag/")
    expect(owner.locator("main")).to_contain_text("Moeder belde mij over de afspraken van gisteren.")


def test_the_ten_minute_call_takes_four_taps_and_the_text(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/")
    page.locator("a.cr-log").tap()
    expect(page.locator("[name=body]")).to_be_focused()
    page.keyboard.type("Gebeld, het gaat.")
    page.locator("label", has_text="Marianne").first.tap()
    page.locator("button[value='10']").tap()
    page.locator("main form button[type=submit]").last.tap()
    page.wait_for_url(re.compile(r"/contacten/#c-"))
    expect(page.locator("main")).to_contain_text("Gebeld, het gaat.")


def test_locking_and_unlocking_keeps_the_text_and_the_caret(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(None)
    _log_in(page, cast.owner)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    page.fill("[name=body]", "Half geschreven")
    page.evaluate("document.querySelector('[name=body]').setSelectionRange(4, 4)")
    from casusregie.core.models import Session

    Session.objects.filter(user_id=cast.owner.pk).update(locked=True)
    page.evaluate("fetch('/vandaag/', {headers: {'X-Requested-With': 'XMLHttpRequest'}})")
    dialog = page.locator("#cr-lock")
    expect(dialog).to_be_visible()
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button[type=submit]").click()
    expect(dialog).not_to_be_visible()
    page.keyboard.type("X")
    assert page.input_value("[name=body]") == "HalfX geschreven"

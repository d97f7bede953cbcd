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


def _kept(page: Page) -> None:
    """Wait until the draft is on the server: a page that closes then has nothing left to send."""
    expect(page.locator("[data-cr-keep-note]")).to_contain_text(re.compile("kept|bewaard", re.IGNORECASE))


def test_a_line_gets_its_voice_by_one_tap_and_a_second_closes_it(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    page.keyboard.type("Gebeld.\nIk wil rust.")
    bar = page.locator("[data-cr-marks-for]")
    bar.locator("button[value='@Marianne']").tap()
    assert page.input_value("[name=body]") == "Gebeld.\n@Marianne: Ik wil rust."
    expect(page.locator("[name=body]")).to_be_focused()
    page.keyboard.type(" Echt.")
    bar.locator("button[value='@Marianne']").tap()
    assert page.input_value("[name=body]") == "Gebeld.\n@Marianne*: Ik wil rust. Echt."
    bar.locator("button[value='']").first.tap()
    assert page.input_value("[name=body]") == "Gebeld.\nIk wil rust. Echt."
    _kept(page)


def test_a_fact_asks_how_it_is_known(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    page.keyboard.type("De deur is heel")
    page.locator("button[value='!']").tap()
    sources = page.locator("[data-cr-sources]")
    expect(sources).to_be_visible()
    sources.locator("button").nth(1).tap()
    page.keyboard.type("buurvrouw")
    assert page.input_value("[name=body]").startswith("! De deur is heel (bron: ")
    assert page.input_value("[name=body]").endswith(" buurvrouw)")
    sources.locator("button").first.tap()
    assert page.input_value("[name=body]").count("(bron:") == 1
    page.locator("main form button[type=submit]").last.tap()
    page.wait_for_url(re.compile(r"/contacten/#c-"))
    expect(page.locator(".cr-line--fact")).to_contain_text("De deur is heel")


def test_the_words_on_safe_contact_and_the_safety_chips_follow_whom_was_chosen(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    chosen = page.locator("[data-cr-reach-chosen] li")
    expect(chosen).to_have_count(0)
    page.locator("label", has_text="Marianne").first.tap()
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("Marianne van Halteren")
    page.locator("#id_safety > summary").tap()
    row = page.locator(f"fieldset[data-cr-person='{cast.mother}']")
    expect(row).to_be_visible()
    expect(page.locator(f"fieldset[data-cr-person='{cast.daughter}']")).to_be_hidden()
    row.locator("label").nth(1).tap()
    expect(page.locator("[data-cr-unsafe-hint]")).to_be_visible()
    row.locator("label").nth(1).tap()
    expect(row.locator("input:checked")).to_have_count(0)
    _kept(page)


def test_a_call_that_is_just_over_began_as_long_ago_as_it_took(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    before = page.input_value("[name=started_at]")
    page.locator("button[value='30']").tap()
    assert page.input_value("[name=started_at]") < before
    page.locator("[data-cr-moments] button").nth(1).tap()
    chosen = page.input_value("[name=started_at]")
    page.locator("button[value='10']").tap()
    assert page.input_value("[name=started_at]") == chosen
    _kept(page)


def test_a_pasted_chat_is_offered_and_becomes_lines(cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, 390)
    page.goto(f"/casussen/{cast.case.ref}/contacten/nieuw/")
    chat = "12-11-2025 14:03 - Marianne: Ben je er?\n12-11-2025 14:04 - Marianne: Het is rustig."
    page.evaluate(
        """text => {
            const area = document.querySelector("[name=body]"), data = new DataTransfer();
            data.setData("text/plain", text);
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            area.value = text;
            area.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        chat,
    )
    page.locator("[data-cr-chat-offer] button[type=submit]").tap()
    expect(page.locator(".cr-chat-lines")).to_contain_text("Het is rustig.")
    page.locator("button[value=take]").tap()
    page.wait_for_url(re.compile(r"concept="))
    assert page.input_value("[name=body]").endswith("@Marianne: 14:03 Ben je er?\n@Marianne: 14:04 Het is rustig.")
    expect(page.locator(f"input[name=participants][value='{cast.mother}']")).to_be_checked()

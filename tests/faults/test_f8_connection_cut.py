"""F8: the connection is cut before, during and after the commit of a note, for real, between browser and server."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from network.models import Contact, ContactLine, Draft
from tests.browser.conftest import browser_type_launch_args, opened  # noqa: F401  # the browser of the other tests
from tests.cast import Cast
from tests.faults.cut import AFTER, BEFORE, DURING, Line

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "[data-cr-keep-note]"


@pytest.fixture
def line(live_server) -> Iterator[Line]:  # type: ignore[no-untyped-def]
    cuttable = Line(live_server.url)
    yield cuttable
    cuttable.close()


@pytest.fixture
def page(cast: Cast, line: Line, opened: Callable[..., Page]) -> Page:  # noqa: F811  # the fixture itself
    """The form of a contact, open at 390 px over the line that can be cut."""
    page = opened(cast.owner, 390)
    page.goto(f"{line.base}/casussen/{cast.case.ref}/contacten/nieuw/")
    return page


def _stored(text: str) -> int:
    return ContactLine.objects.filter(text=text).count()


@pytest.mark.parametrize("when", [BEFORE, DURING, AFTER])
def test_the_open_page_keeps_the_text_and_sends_it_by_itself_once(
    when: str, cast: Cast, line: Line, page: Page
) -> None:
    page.locator("[name=body]").press_sequentially("Zij belde vanuit de tunnel.")
    line.cut_at(f"/casussen/{cast.case.ref}/contacten/nieuw/", when)
    page.locator("main form button[type=submit]").last.tap()
    expect(page.locator(f"{NOTE}[data-cr-state=waiting]")).to_be_visible()
    assert line.cuts.is_set()
    assert page.input_value("[name=body]") == "Zij belde vanuit de tunnel."
    line.mend()
    page.wait_for_url("**/contacten/#c-*")
    expect(page.locator("main")).to_contain_text("Zij belde vanuit de tunnel.")
    assert _stored("Zij belde vanuit de tunnel.") == 1
    assert Contact.objects.count() == 2
    assert not Draft.objects.exists()


def test_a_correction_that_was_cut_after_the_commit_is_made_once(cast: Cast, line: Line, page: Page) -> None:
    path = f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/corrigeren/"
    page.goto(line.base + path)
    page.fill("[name=body]", "Zo was het.")
    page.fill("[name=reason]", "Ik had het verkeerd verstaan")
    line.cut_at(path, AFTER)
    page.locator("main form button[type=submit]").last.tap()
    expect(page.locator(f"{NOTE}[data-cr-state=waiting]")).to_be_visible()
    line.mend()
    page.wait_for_url(f"**/contacten/{cast.contact.ref}/")
    assert Contact.objects.get(pk=cast.contact.pk).version == 2


def test_what_was_changed_after_a_lost_answer_shows_both_texts(cast: Cast, line: Line, page: Page) -> None:
    page.fill("[name=body]", "De eerste tekst.")
    line.cut_at(f"/casussen/{cast.case.ref}/contacten/nieuw/", AFTER)
    page.locator("main form button[type=submit]").last.tap()
    expect(page.locator(f"{NOTE}[data-cr-state=waiting]")).to_be_visible()
    page.fill("[name=body]", "De tweede tekst.")
    line.mend()
    expect(page.locator("main")).to_contain_text("De eerste tekst.")
    assert page.input_value("[name=body]") == "De tweede tekst."
    assert (_stored("De eerste tekst."), _stored("De tweede tekst.")) == (1, 0)


def test_what_was_drafted_comes_back_after_reload(cast: Cast, line: Line, page: Page) -> None:
    body = page.locator("[name=body]")
    body.press_sequentially("Voor de tunnel. ")
    expect(page.locator(f"{NOTE}[data-cr-state=kept]")).to_be_visible()
    line.down()
    body.press_sequentially("In de tunnel.")
    expect(page.locator(f"{NOTE}[data-cr-state=offline]")).to_be_visible()
    line.mend()
    expect(page.locator(f"{NOTE}[data-cr-state=kept]")).to_be_visible()
    page.reload()
    assert page.input_value("[name=body]") == "Voor de tunnel. In de tunnel."
    assert Draft.objects.count() == 1

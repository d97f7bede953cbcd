"""The genogram in a browser: by keyboard, with its focus seen, moved and made larger, and on one sheet of paper."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from families.models import Person
from families.services import LineData, PersonData, RelationData, line_add, person_add, relation_add
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(cast: Cast) -> None:
    """A mother with her daughter, and a line between them."""
    mother, daughter = (Person.objects.get(party__ref=ref) for ref in (cast.mother, cast.daughter))
    relation_add(case=cast.case, by=cast.owner, kind="parent", one=mother, other=daughter, now=cast.now)
    data = LineData("close", mother.party_id)
    line_add(case=cast.case, by=cast.owner, one=mother, other=daughter, data=data, now=cast.now)


def _large(cast: Cast) -> None:
    """Forty persons in four generations, each with a partner."""
    people: list[list[Person]] = []
    for generation in range(4):
        row = []
        for number in range(10):
            data = PersonData(
                f"Naam{generation}{number}", surname="Halteren", birth_date=date(1930 + 25 * generation, 1, 1)
            )
            row.append(person_add(case=cast.case, by=cast.owner, data=data))
        people.append(row)
        for number in range(0, 10, 2):
            pair = RelationData("married", date(1950 + 25 * generation, 1, 1))
            one, other = row[number : number + 2]
            relation_add(case=cast.case, by=cast.owner, kind="partner", one=one, other=other, data=pair, now=cast.now)
            for parent in people[generation - 1][number : number + 2] if generation else []:
                relation_add(case=cast.case, by=cast.owner, kind="parent", one=parent, other=one, now=cast.now)


# Every letter that paper shows; what a print leaves out is not there.
_ON_PAPER = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let words = "";
    while (walk.nextNode()) {
        if (walk.currentNode.parentElement.checkVisibility()) words += walk.currentNode.textContent;
    }
    return words;
}"""


def _print(page: Page) -> tuple[int, int, str]:
    """The page on paper: its width in points, how many sheets, and every letter and link on them, without spaces."""
    made = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    words = page.evaluate(_ON_PAPER)
    page.emulate_media(media="null")
    with pikepdf.open(BytesIO(made)) as pdf:
        links = [str(note.A.URI) for sheet in pdf.pages for note in sheet.get("/Annots", []) if "/A" in note]
        return round(float(pdf.pages[0].mediabox[2])), len(pdf.pages), "".join([*words.split(), *links])


def test_every_symbol_is_reached_by_the_tab_key_with_a_ring_and_enter_opens_the_person(
    family: None, cast: Cast, opened
) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner)
    page.goto(f"/casussen/{cast.case.ref}/gezin/genogram/")
    page.locator("[data-cr-genogram-paper]").focus()
    names = []
    for _ in range(page.locator("[class^=gg-]").count()):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "() => { const at = document.activeElement; const look = getComputedStyle(at);"
            " return [at.getAttribute('class'), at.getAttribute('aria-label'), parseFloat(look.outlineWidth),"
            " look.outlineStyle]; }"
        )
        assert reached[0].startswith("gg-"), reached
        assert reached[1]
        assert reached[2] >= 2, reached
        assert reached[3] != "none", reached
        names.append(reached[0])
    assert sorted(names) == ["gg-line", "gg-person", "gg-person"]
    page.locator(".gg-person").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"/gezin/{cast.mother}/" in url or f"/gezin/{cast.daughter}/" in url)


def test_the_drawing_stands_on_the_page_of_the_family_and_can_be_made_larger(family: None, cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner)
    page.goto(f"/casussen/{cast.case.ref}/gezin/")
    expect(page.locator(".cr-family-drawing .gg-person")).to_have_count(2)
    drawing = page.locator(".cr-family-drawing svg.gg")
    before = float(drawing.get_attribute("width") or 0)
    page.locator("[data-cr-zoom=in]").click()
    assert float(drawing.get_attribute("width") or 0) > before
    plain = opened(cast.owner, scripts=False)
    plain.goto(f"/casussen/{cast.case.ref}/gezin/")
    plain.locator(".cr-family-drawing a").click()
    expect(plain.locator(".gg-person")).to_have_count(2)


def test_a_layer_goes_off_without_scripts(family: None, cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner, scripts=False)
    page.goto(f"/casussen/{cast.case.ref}/gezin/genogram/")
    page.uncheck("#laag-gezag")
    page.locator(".cr-genogram-choices__form button").click()
    expect(page.locator("#laag-gezag")).not_to_be_checked()
    expect(page.locator("#laag-verbod")).to_be_checked()


def test_it_prints_on_one_sheet_with_nothing_that_says_what_it_is_about(family: None, cast: Cast, opened) -> None:  # type: ignore[no-untyped-def]
    page = opened(cast.owner)
    page.goto(f"/casussen/{cast.case.ref}/gezin/genogram/")
    width, sheets, words = _print(page)
    assert (width, sheets) == (842, 1)
    assert "Genogram" in words
    for telling in (cast.case.ref, cast.case.name.replace(" ", ""), "asus", "wijzig", "http"):
        assert telling not in words
    page.goto(f"/casussen/{cast.case.ref}/gezin/genogram/?voor={cast.mother}")
    width, sheets, words = _print(page)
    assert (width, sheets) == (842, 1)
    for telling in (cast.case.ref, cast.mother, cast.case.name.replace(" ", ""), "asus", "http", "eigenversie"):
        assert telling not in words
    _large(cast)
    page.goto(f"/casussen/{cast.case.ref}/gezin/genogram/")
    width, sheets, words = _print(page)
    assert (width, sheets) == (1191, 1)
    assert all(f"Naam{generation}{number}" in words for generation in range(4) for number in range(10))

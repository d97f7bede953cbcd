"""Privacystand: on, no name of a family can be read on any page; what is sent back stays as it was."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casusregie.core.privacy import Veil, initials, veiled
from families.services import PersonData, person_add
from tests.architecture.test_matrix import GUARDED
from tests.cast import Cast, log
from tests.doors import QUERY

NAMES = re.compile(r"\b(Marianne|Halteren|Noor|Özgür|Yıldız|d.Arcy)", re.IGNORECASE)
SHOWN = {"aria-label", "alt", "title", "label", "placeholder", "data-label", "aria-description"}


class _Read(HTMLParser):
    """What can be read on a page, and what its forms send back."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.sent: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read += [value for name, value in attrs if value and name in SHOWN]
        mine = dict(attrs)
        if mine.get("name") not in ("csrfmiddlewaretoken", "key") and mine.get("value"):
            self.sent.append(mine["value"] or "")
        self.inside = tag if tag in ("textarea", "script", "style") else self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        (self.sent if self.inside == "textarea" else self.read).append(data)


def _read(page: str) -> _Read:
    reader = _Read()
    reader.feed(page)
    return reader


def _pages(client: Client, refs: dict[str, Any]) -> dict[str, str]:
    found = {}
    for address in GUARDED:
        if "GET" not in address.methods:
            continue
        path = reverse(address.name, kwargs={name: refs[name] for name in address.kwargs})
        answer = client.get(path + QUERY.get(address.name, ""))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[address.name] = answer.content.decode()
    return found


@pytest.fixture
def family(cast: Cast) -> Cast:
    """With names that are hard: other letters, a partner's name, an apostrophe, in free text and in small letters."""
    data = PersonData(given_name="Özgür", surname="Yıldız", partner_infix="d'", partner_surname="Arcy")
    person_add(case=cast.case, data=data, by=cast.owner)
    body = "Met marianne en NOOR. Noors vader, Özgür Yıldız, kent de Van Halterens.\n@Noor: Mama heet Marianne."
    log(cast.case, cast.owner, cast.mother, body=body)
    return cast


def _switch(client: Client) -> None:
    assert client.post(reverse("privacy"), {"next": "/"}).status_code == 302


@pytest.mark.parametrize("login", ["owner", "second", "leader"])
def test_no_name_of_the_family_is_left_on_any_page(login: str, family: Cast, refs: dict[str, Any]) -> None:
    """Every address there is, text and spoken attributes; the same walk finds names when the mode is off."""
    client = family.client(login)
    before = {name for name, page in _pages(client, refs).items() if NAMES.search(" ".join(_read(page).read))}
    assert before
    _switch(client)
    left = {}
    for name, page in _pages(client, refs).items():
        found = [text for text in _read(page).read if NAMES.search(text)]
        if found:
            left[name] = found
    assert left == {}


def test_what_a_form_sends_back_is_the_same(family: Cast, refs: dict[str, Any]) -> None:
    """Values of fields, chips and text areas on every page."""
    client = family.client("owner")
    before = {name: _sent(page) for name, page in _pages(client, refs).items()}
    _switch(client)
    after = {name: _sent(page) for name, page in _pages(client, refs).items()}
    for name, sent in before.items():
        assert after[name] == sent, name


def _sent(page: str) -> list[str]:
    """Without what differs at every request: keys, moments, and the switch of the mode itself."""
    random = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{32}$|^\d{4}-\d\d-\d\dT|^/")
    return sorted(value for value in _read(page).sent if not random.match(value))


def test_a_person_is_saved_under_her_own_name(family: Cast) -> None:
    """The form that was asked in the mode holds the names themselves."""
    client = family.client("owner")
    _switch(client)
    page = client.get(reverse("person-edit", args=[family.case.ref, family.mother])).content.decode()
    assert 'value="Marianne"' in page
    assert 'value="Halteren"' in page


def test_it_is_off_by_default_and_costs_nothing(family: Cast) -> None:
    """A page without the mode asks for no names and is not touched."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = family.client("owner")
    path = reverse("case-overview", args=[family.case.ref])
    client.get(path)
    with CaptureQueriesContext(connection) as off:
        assert "Marianne" in client.get(path).content.decode()
    _switch(client)
    with CaptureQueriesContext(connection) as on:
        client.get(path)
    assert 0 < len(on) - len(off) <= 3


def test_it_is_switched_with_one_tap_and_says_so(family: Cast) -> None:
    """On a page with the mode a sign that it is on, with the way back; it ends with the session, not before."""
    client = family.client("owner")
    path = reverse("case-overview", args=[family.case.ref])
    assert "cr-banner--privacy" not in client.get(path).content.decode()
    answer = client.post(reverse("privacy"), {"next": path})
    assert answer["Location"] == path
    page = client.get(path).content.decode()
    assert "cr-banner--privacy" in page
    assert "M.v.H." in page
    client.post(reverse("privacy"), {"next": path})
    assert "Marianne van Halteren" in client.get(path).content.decode()


def test_it_is_of_this_session_only(family: Cast) -> None:
    """Her laptop at the office shows names while her phone on the train does not."""
    _switch(family.client("owner"))
    page = family.client("owner").get(reverse("case-overview", args=[family.case.ref])).content.decode()
    assert "Marianne" in page


def test_a_fragment_is_veiled_too(family: Cast) -> None:
    """What a script fetches passes the same step."""
    client = family.client("owner")
    _switch(client)
    page = client.get(reverse("case-now", args=[family.case.ref]), headers={"HX-Request": "true"}).content.decode()
    assert "M.v.H." in page
    assert not NAMES.search(" ".join(_read(page).read))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Marianne van Halteren", "M.v.H."),
        ("Jan de Vries", "J.d.V."),
        ("Marianne Jansen-de Vries", "M.J.-d.V."),
        ("IJsbrand", "IJ."),
        ("Noor", "N."),
        ("Özgür Yıldız", "Ö.Y."),
        ("D'Arcy", "D.A."),
    ],
)
def test_initials_by_dutch_rules(name: str, short: str) -> None:
    """Prefixes small, the hyphen stays, IJ is one letter."""
    assert initials(name) == short


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Noor belde.", "N. belde."),
        ("noor, NOOR", "N., N."),
        ("Noors moeder en Noor's jas", "N.'s moeder en N.'s jas"),
        ("Marianne van Halteren", "M.v.H."),
        ("mevrouw van Halteren", "mevrouw v.H."),
        ("de Van Halterens", "de v.H.'s"),
        ("Marianne  en Bo, een bo", "M.  en B., een bo"),
        ("Noordwijk en spoor", "Noordwijk en spoor"),
    ],
)
def test_names_in_free_text(text: str, shown: str) -> None:
    """Longest first, small letters and the possessive too, never a part of another word."""
    assert Veil(["Noor", "Marianne", "Marianne van Halteren", "van Halteren", "Halteren", "Bo"]).text(text) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>D&#x27;Arcy &amp; Noor</p>", "<p>D.A. &amp; N.</p>"),
        ("<b>Noor</b><input value='Noor' name=x>", "<b>N.</b><input value='Noor' name=x>"),
        ("<textarea>Noor &lt;b&gt;</textarea>", "<textarea>Noor &lt;b&gt;</textarea>"),
        ('<option value="Noor">Noor</option>', '<option value="Noor">N.</option>'),
        ('<a href="/x?a=1&amp;b=2" title="Noor">x</a>', '<a href="/x?a=1&amp;b=2" title="N.">x</a>'),
        ('<script>var a = "Noor";</script>', '<script>var a = "Noor";</script>'),
        ('<svg><text x="1">Noor</text><path d="M0"/></svg>', '<svg><text x="1">N.</text><path d="M0"/></svg>'),
        ("<!doctype html><!-- x --><br>Rust", "<!doctype html><!-- x --><br>Rust"),
    ],
)
def test_only_what_is_shown_is_rewritten(page: str, shown: str) -> None:
    """Entities, drawings, scripts, fields."""
    assert veiled(page, ["Noor", "D'Arcy"]) == shown


@given(st.text(max_size=200))
def test_a_page_without_names_leaves_as_it_came(text: str) -> None:
    """Whatever somebody typed: escaped text passes unchanged."""
    from html import escape

    page = f'<p title="{escape(text)}">{escape(text)}</p><textarea>{escape(text)}</textarea>'
    assert veiled(page, ["Xaviera Quagliarella"]) == page

"""The citizen service number: the eleven-proof and what may be done with a number, by whom, and where it never stands."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from casusregie.core import crypto
from casusregie.core.models import AccessLog
from families.models import CitizenNumber, CitizenNumberEvent, Person
from families.numbers import NotANumber, is_valid, masked, number_of
from families.scanner import watch
from families.selectors.about import number_code
from families.services import PersonData, number_note, number_show, person_add, person_change
from tests.cast import Cast, make_case

NUMBER = "111222333"
OTHER = "123456782"


def _mother(cast: Cast, *, gets_help: bool = True) -> Person:
    Person.objects.filter(party__ref=cast.mother).update(gets_help=gets_help)
    return Person.objects.select_related("party", "case").get(party__ref=cast.mother)


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{cast.mother}/bsn/{rest}"


def _noted(cast: Cast, number: str = NUMBER) -> Person:
    person = _mother(cast)
    number_note(person=person, number=number, by=cast.owner, now=cast.now)
    return person


# --- The eleven-proof --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("123456782", "123456782"), ("1234.56.782", "123456782"), ("111 222 333", "111222333"), ("11122233-3", "111222333"),
     ("10000008", "010000008")],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed: str, digits: str) -> None:
    assert number_of(typed, takes_test_numbers=False) == digits


@pytest.mark.parametrize(
    "typed", ["", "123456789", "000000000", "00000000", "1234567", "1234567820", "12345678a", "９９９"]
)
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotANumber) as refused:
        number_of(typed, takes_test_numbers=True)
    assert str(refused.value).endswith((".", "?"))


def test_a_test_number_is_taken_in_the_demo_only() -> None:
    assert number_of("999999990", takes_test_numbers=True) == "999999990"
    with pytest.raises(NotANumber):
        number_of("999999990", takes_test_numbers=False)


def _with_check_digit(eight: str) -> str:
    """Nine digits of which the last makes the sum right; one in eleven cannot be."""
    return f"{eight}{sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11}"


_DIGITS = st.text("0123456789", min_size=8, max_size=8).map(_with_check_digit).filter(is_valid)


@given(number=_DIGITS, place=st.integers(0, 8), step=st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_valid(wrong)


@given(number=_DIGITS, place=st.integers(0, 7))
def test_two_neighbours_swapped_never_pass(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_valid(swapped)


@given(number=_DIGITS)
def test_a_number_without_its_zero_is_the_same_number(number: str) -> None:
    assert number_of(number, takes_test_numbers=True) == number
    if number.startswith("0"):
        assert number_of(number[1:], takes_test_numbers=True) == number
    assert masked(number) == f"•••••{number[-4:]}"


@given(number=_DIGITS)
def test_the_digest_of_a_number_is_another_one_in_every_case(number: str) -> None:
    key = b"k" * 32
    assert number_code("AAAA", number, key) == number_code("AAAA", number, key) != number_code("BBBB", number, key)


# --- Only of who gets help ---------------------------------------------------------------------------------------------


def test_of_who_gets_no_help_a_number_is_refused_by_form_service_and_database(cast: Cast) -> None:
    person = _mother(cast, gets_help=False)
    page = cast.client("owner").post(_url(cast, "vastleggen/"), {"number": NUMBER})
    assert page.status_code == 422
    with pytest.raises(ValidationError):
        number_note(person=person, number=NUMBER, by=cast.owner, now=cast.now)
    columns = "INSERT INTO families_citizennumber (person_id, gets_help, value, code) VALUES (%s, %s, 'x', 'y')"
    for says_help in (True, False):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', '{*}', true)")
            cursor.execute(columns, [person.pk, says_help])
    assert not CitizenNumber.objects.exists()


def test_whose_number_is_kept_cannot_stop_getting_help(cast: Cast) -> None:
    person = _noted(cast)
    data = PersonData(given_name="Marianne", infix="van", surname="Halteren", gets_help=False)
    with pytest.raises(ValidationError) as refused:
        person_change(person=person, data=data, by=cast.owner, now=cast.now)
    assert "gets_help" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(gets_help=False)


def test_a_number_that_fails_the_proof_is_refused_at_the_field_with_what_was_typed(cast: Cast) -> None:
    _mother(cast)
    page = cast.client("owner").post(_url(cast, "vastleggen/"), {"number": "123456789"})
    assert page.status_code == 422
    assert 'id="id_number_error"' in page.content.decode()
    assert not CitizenNumber.objects.exists()


# --- Kept, shown once, and who saw it ----------------------------------------------------------------------------------


def test_a_number_is_kept_encrypted_and_shown_by_its_last_digits(cast: Cast) -> None:
    _mother(cast)
    assert cast.client("owner").post(_url(cast, "vastleggen/"), {"number": "1112.22.333"}).status_code == 302
    kept = CitizenNumber.objects.get()
    assert crypto.decrypt(cast.case.ref, kept.value) == NUMBER
    assert NUMBER.encode() not in bytes(kept.value) + bytes(kept.code)
    for path in (_url(cast), f"/casussen/{cast.case.ref}/gezin/{cast.mother}/"):
        page = cast.client("owner").get(path).content.decode()
        assert NUMBER not in page
        assert "•••••2333" in page


def test_a_wrong_number_is_written_over_and_who_did_it_stays(cast: Cast) -> None:
    person = _noted(cast, OTHER)
    number_note(person=person, number=NUMBER, by=cast.deputy, now=cast.now)
    assert crypto.decrypt(cast.case.ref, CitizenNumber.objects.get().value) == NUMBER
    acts = list(CitizenNumberEvent.objects.order_by("pk").values_list("act", "by"))
    assert acts == [("noted", cast.owner.pk), ("changed", cast.deputy.pk)]


def test_it_is_shown_once_with_a_reason_and_not_after_a_reload(cast: Cast) -> None:
    _noted(cast)
    client = cast.client("owner")
    refused = client.post(_url(cast), {"key": str(uuid4())})
    assert refused.status_code == 422
    assert NUMBER not in refused.content.decode()
    sent = {"key": str(uuid4()), "reason": "request", "words": "aanvraag beschikking"}
    first = client.post(_url(cast), sent)
    assert NUMBER in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert NUMBER not in client.post(_url(cast), sent).content.decode()
    assert NUMBER not in client.get(_url(cast)).content.decode()
    event = CitizenNumberEvent.objects.get(act="shown")
    assert (event.by, event.reason, event.words) == (cast.owner, "request", "aanvraag beschikking")
    row = AccessLog.objects.get(action="bsn.shown")
    assert (row.actor_id, row.ground, row.case_ref, row.objects_seen) == (
        cast.owner.pk, "request", cast.case.ref, [cast.mother],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "words"),
    [("other", ""), ("other", "zomaar"), ("request", f"het is {NUMBER}"), ("curious", "nieuwsgierig")],
)
def test_a_reason_that_says_nothing_or_holds_a_number_is_refused(cast: Cast, reason: str, words: str) -> None:
    person = _noted(cast)
    with pytest.raises(ValidationError):
        number_show(person=person, reason=reason, words=words, by=cast.owner, key=uuid4(), now=cast.now)
    assert not CitizenNumberEvent.objects.filter(act="shown").exists()


@pytest.mark.parametrize(("login", "status"), [("second", 403), ("leader", 403), ("stranger", 404), ("partner", 404)])
def test_nobody_else_comes_near_it(cast: Cast, login: str, status: int) -> None:
    _noted(cast)
    client = cast.client(login)
    sent = {"key": str(uuid4()), "reason": "request"}
    assert client.get(_url(cast)).status_code == status
    assert client.post(_url(cast), sent).status_code == status
    assert client.post(_url(cast, "vastleggen/"), {"number": OTHER}).status_code == status
    assert "2333" not in client.get(f"/casussen/{cast.case.ref}/gezin/{cast.mother}/").content.decode()


def test_the_access_log_never_holds_a_number(cast: Cast) -> None:
    _mother(cast)
    client = cast.client("owner")
    client.post(_url(cast, "vastleggen/"), {"number": NUMBER})
    client.post(_url(cast), {"key": str(uuid4()), "reason": "identity"})
    client.post(_url(cast, "vastleggen/"), {"number": "12"})
    rows = AccessLog.objects.values_list("action", "case_ref", "objects_seen", "ground", "origin", "request")
    assert NUMBER not in repr(list(rows))


def test_no_page_of_the_case_and_no_search_shows_or_finds_it(cast: Cast) -> None:
    person = _noted(cast)
    client = cast.client("owner")
    for rest in ("", "gezin/", "gezin/genogram/", "gezin/genogram.svg", "contacten/", "team/", "voor-de-deur/"):
        assert NUMBER not in client.get(f"/casussen/{cast.case.ref}/{rest}").content.decode(), rest
    person.case.refresh_from_db()
    assert NUMBER not in person.case.search_key


@pytest.mark.parametrize("text", ["BSN 111222333.", "bsn: 1112.22.333", "111 222 333", "nummer 11122-2333 van haar"])
def test_in_what_leaves_it_is_found_however_it_is_written_and_for_nobody(cast: Cast, text: str) -> None:
    person = _noted(cast)
    guard = watch(cast.case, cast.now)
    assert guard.hits({"a": text}, [person.party_id]), "not even for whose it is: it belongs on no paper"
    assert not guard.hits({"a": text}, [cast.owner.party_id])
    assert not guard.hits({"a": "op 11-12-2233 om 10 uur"}, [person.party_id])


@pytest.mark.parametrize(("of", "is_told"), [("owner", True), ("stranger", False)])
def test_the_same_number_in_ones_own_cases_is_a_hint_and_in_nobody_elses(cast: Cast, of: str, is_told: bool) -> None:
    _noted(cast)
    director = getattr(cast, of)
    twin = person_add(
        case=make_case(director, "Elders"), data=PersonData(given_name="Zofia", gets_help=True), by=director
    )
    number_note(person=twin, number=NUMBER, by=director, now=cast.now)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/{cast.mother}/").content.decode()
    assert (twin.case.ref in page) is is_told
    codes = CitizenNumber.objects.values_list("code", flat=True)
    assert len({bytes(code) for code in codes}) == 2, "the table tells nobody that the two are equal"

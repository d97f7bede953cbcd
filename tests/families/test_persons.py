"""Persons as they are: names, speech, municipality and homes, through the doors people take."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casusregie.core import clock, crypto
from families.models import Household, HouseholdMember, Person, Residence, Speech
from families.scanner import tells_an_address, watch
from families.services import (
    HomeData,
    PersonData,
    ResidenceData,
    SpeechData,
    fact_end,
    fact_note,
    homes_follow,
    household_join,
    household_move,
    person_add,
    person_change,
    relation_add,
    residence_note,
    speech_note,
    tie_end,
    tie_withdraw,
)
from network.choices import Channel
from network.services import AppointmentData, appointment_make
from tests.cast import Cast


def _person(ref: str) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=ref)


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{cast.mother}/{rest}"


def _page(cast: Cast, login: str = "owner") -> str:
    return cast.client(login).get(_url(cast)).content.decode()


# --- Names -------------------------------------------------------------------------------------------------------------


def test_a_first_name_and_who_it_is_are_enough(cast: Cast) -> None:
    data = {
        "key": str(uuid4()),
        "given_name": "Amina",
        "described_as": "tante",
        "birth_precision": "day",
        "name_use": "own",
    }
    assert cast.client("owner").post(f"/casussen/{cast.case.ref}/gezin/nieuw/", data).status_code == 302
    person = Person.objects.get(given_name="Amina")
    assert (person.name.full, person.sort_key, person.party.label) == ("Amina", "amina amina", "Amina")


def test_a_name_as_long_as_its_fields_allow_is_kept(cast: Cast) -> None:
    long = "Wolterbeek-Muller van Schwarzenberg " * 3
    data = PersonData(
        given_name=long[:80], infix="van der", surname=long[:80], partner_surname=long[:80], name_use="own_partner"
    )
    person = person_add(case=cast.case, data=data, by=cast.owner)
    assert len(person.party.label) == 200
    assert long[:80] in cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/").content.decode()


def test_the_same_name_twice_in_a_family_is_asked_once_at_the_field(cast: Cast) -> None:
    url, client = f"/casussen/{cast.case.ref}/gezin/nieuw/", cast.client("owner")
    data = {"key": str(uuid4()), "given_name": "marianne", "infix": "van", "surname": "Hálteren",
            "birth_precision": "day", "name_use": "own"}  # fmt: skip
    first = client.post(url, data)
    assert first.status_code == 422
    assert 'id="id_given_name_error"' in first.content.decode()
    assert 'name="same_name"' in first.content.decode()
    assert client.post(url, {**data, "same_name": "on"}).status_code == 302
    assert Person.objects.filter(case=cast.case).count() == 3


def test_what_is_signed_stands_on_the_page_of_the_person(cast: Cast) -> None:
    data = PersonData(
        given_name="Marianne", infix="van", surname="Halteren", official_names="Maria Anna", initials="M.A."
    )
    person_change(person=_person(cast.mother), data=data, by=cast.owner, now=cast.now)
    page = _page(cast)
    assert "Maria Anna van Halteren" in page
    assert "M.A." in page


# --- Speech ------------------------------------------------------------------------------------------------------------


def test_language_interpreter_and_plain_words_stand_where_they_matter(cast: Cast) -> None:
    client = cast.client("owner")
    sent = {"key": str(uuid4()), "languages": ["ar", "ti"], "interpreter": "phone", "interpreter_who": "Global Talk",
            "plain": ["aloud"]}  # fmt: skip
    for _twice in range(2):
        assert client.post(_url(cast, "taal/"), sent).status_code == 302
    assert Speech.objects.count() == 1
    data = AppointmentData(cast.now + timedelta(days=2), channel=Channel.VISIT, participants=[cast.mother])
    appointment_make(case=cast.case, by=cast.owner, data=data, now=cast.now)
    for path in (
        _url(cast),
        f"/casussen/{cast.case.ref}/afspraken/nieuw/",
        f"/casussen/{cast.case.ref}/voor-de-deur/",
    ):
        page = client.get(path).content.decode()
        assert "Global Talk" in page, path
        assert "Arabisch" in page, path


def test_what_was_noted_of_speech_before_stays_and_the_newest_counts(cast: Cast) -> None:
    person = _person(cast.mother)
    speech_note(person=person, data=SpeechData(languages=("tr",)), by=cast.owner, now=cast.now)
    speech_note(person=person, data=SpeechData(languages=("pl",)), by=cast.owner, now=cast.now)
    assert Speech.objects.count() == 2
    page = _page(cast)
    assert "Pools" in page
    assert "Turks" not in page


@pytest.mark.parametrize(
    "who", ["Noor", "noor Halteren", "haar dochter", "Noor Halteren, telefonisch", "MARIANNE van Halteren"]
)
def test_a_relative_never_interprets(cast: Cast, who: str) -> None:
    sent = {"key": str(uuid4()), "languages": ["ar"], "interpreter": "present", "interpreter_who": who}
    page = cast.client("owner").post(_url(cast, "taal/"), sent)
    assert page.status_code == 422
    assert 'id="id_interpreter_who_error"' in page.content.decode()
    assert not Speech.objects.exists()


@pytest.mark.parametrize("who", ["", "Global Talk", "mevrouw Noordhoek van het tolkencentrum"])
def test_an_interpreter_from_outside_is_taken(cast: Cast, who: str) -> None:
    data = SpeechData(interpreter="phone", interpreter_who=who)
    assert speech_note(person=_person(cast.mother), data=data, by=cast.owner, now=cast.now).interpreter_who == who


def test_who_interprets_without_how_is_refused_by_service_and_database(cast: Cast) -> None:
    person, data = _person(cast.mother), SpeechData(interpreter_who="Global Talk")
    with pytest.raises(ValidationError):
        speech_note(person=person, data=data, by=cast.owner, now=cast.now)
    for wrong in ({"interpreter_who": "x"}, {"languages": ["xx"]}, {"plain": ["loud"]}, {"interpreter": "dream"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Speech.objects.create(person=person, noted_by=cast.owner, noted_at=cast.now, **wrong)


# --- Municipality -------------------------------------------------------------------------------------------------------


def test_a_municipality_is_kept_encrypted_with_its_day_and_what_was_before(cast: Cast) -> None:
    client = cast.client("owner")
    for name, day in (("Rotterdam", "2026-01-01"), ("Schiedam", "2026-06-01")):
        sent = {"key": str(uuid4()), "municipality": name, "since": day, "checked_where": "BRP"}
        assert client.post(_url(cast, "gemeente/"), sent).status_code == 302
    row = Residence.objects.order_by("pk")[0]
    assert crypto.decrypt(cast.case.ref, row.municipality or b"") == "Rotterdam"
    assert b"Rotterdam" not in bytes(row.municipality or b"")
    page = _page(cast, "second")
    assert page.index("Schiedam") < page.index("Rotterdam")
    assert "Rotterdam" not in cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/").content.decode()


def test_nothing_noted_is_our_own_municipality(cast: Cast) -> None:
    assert "onze eigen gemeente" in _page(cast)
    assert (
        cast.client("owner").post(_url(cast, "gemeente/"), {"key": str(uuid4()), "municipality": "12"}).status_code
        == 422
    )


def test_of_who_stays_somewhere_hidden_another_municipality_is_hidden_whatever_was_chosen(cast: Cast) -> None:
    mother, daughter = _person(cast.mother), _person(cast.daughter)
    residence_note(person=daughter, data=ResidenceData("Vlissingen"), by=cast.owner, now=cast.now)
    assert not watch(cast.case, cast.now).finds({"a": "de rechtbank in Vlissingen"})
    fact_note(case=cast.case, by=cast.owner, concerns=mother, value="Meerkoetlaan 7", may_know=[], now=cast.now)
    row = residence_note(person=mother, data=ResidenceData("Middelburg"), by=cast.owner, now=cast.now)
    assert row.is_hidden
    guard = watch(cast.case, cast.now)
    text = {"a": "verwezen door de gemeente Middelburg"}
    assert guard.hits(text, [daughter.party_id])
    assert not guard.hits(text, [mother.party_id])
    residence_note(person=mother, data=ResidenceData("Ede"), by=cast.owner, now=cast.now)
    assert not watch(cast.case, cast.now).finds(text), "corrected: another one of the same day"
    assert watch(cast.case, cast.now).finds({"a": "de gemeente Ede betaalt"})


def test_a_municipality_that_was_there_before_the_hidden_place_is_hidden_too(cast: Cast) -> None:
    """Also of a child who stays there, in whichever order both are noted; our own municipality is no secret."""
    mother, daughter = _person(cast.mother), _person(cast.daughter)
    for person in (mother, daughter):
        residence_note(person=person, data=ResidenceData("Middelburg"), by=cast.owner, now=cast.now)
    own = ResidenceData(since=clock.local_date(cast.now) - timedelta(days=9))
    residence_note(person=mother, data=own, by=cast.owner, now=cast.now)
    text = {"a": "verwezen door de gemeente Middelburg"}
    assert not watch(cast.case, cast.now).finds(text)
    fact = fact_note(
        case=cast.case,
        by=cast.owner,
        concerns=mother,
        also=[daughter],
        kind="shelter",
        value="Meerkoetlaan 7",
        may_know=[],
        now=cast.now,
    )
    found = {one.secret.concerns for one in watch(cast.case, cast.now).finds(text)}
    assert found == {mother.party.label, daughter.party.label}
    fact_end(fact=fact, by=cast.owner, reason="bekend geworden", now=cast.now)
    assert not watch(cast.case, cast.now).finds(text)


@pytest.mark.parametrize("is_first", [True, False], ids=["residence-first", "place-first"])
def test_a_second_worker_reads_neither_a_hidden_municipality_nor_that_one_is_hidden(cast: Cast, is_first: bool) -> None:
    """Where nothing was noted her page looks the same; director and deputy read it with its lock."""
    today, mother = clock.local_date(cast.now), _person(cast.mother)
    bare = _page(cast, "second")
    residence_note(person=mother, data=ResidenceData(since=today - timedelta(days=9)), by=cast.owner, now=cast.now)
    note: list[Callable[[], object]] = [
        lambda: residence_note(person=mother, data=ResidenceData("Middelburg", today), by=cast.owner, now=cast.now),
        lambda: fact_note(case=cast.case, by=cast.owner, concerns=mother, value="Meerkoetlaan 7", may_know=[],
                          now=cast.now),
    ]  # fmt: skip
    for step in note if is_first else reversed(note):
        step()
    for login in ("owner", "deputy"):
        assert "Middelburg" in _details(_page(cast, login))
        assert "vertrouwelijk" in _details(_page(cast, login))
    page = _page(cast, "second")
    assert "Middelburg" not in page
    assert "gemeente" not in _details(page).replace("via de gemeente", "")
    assert _details(page) == _details(bare)


def test_a_municipality_that_was_hidden_before_is_left_out_for_a_second_worker(cast: Cast) -> None:
    today, mother = clock.local_date(cast.now), _person(cast.mother)
    for name, days, is_hidden in (("Vlissingen", 30, False), ("Middelburg", 20, True), ("Goes", 10, False)):
        data = ResidenceData(name, today - timedelta(days=days), is_hidden=is_hidden)
        residence_note(person=mother, data=data, by=cast.owner, now=cast.now)
    page = _page(cast, "second")
    assert page.index("Goes") < page.index("Vlissingen")
    assert "Middelburg" not in page
    assert "Middelburg" in _page(cast)


def _details(page: str) -> str:
    """What is known of her beside how she is reached."""
    return page.split('<dl class="cr-about">')[1].split("</dl>")[0]


# --- Homes --------------------------------------------------------------------------------------------------------------


def _live(cast: Cast, ref: str, **data: object) -> HouseholdMember:
    people = [_person(ref)]
    return household_join(case=cast.case, by=cast.owner, people=people, data=HomeData(**data), now=cast.now)[0]  # type: ignore[arg-type]


def test_somebody_moves_in_one_step_and_whoever_goes_along(cast: Cast) -> None:
    today = clock.local_date(cast.now)
    for ref in (cast.mother, cast.daughter):
        _live(cast, ref, label="Thuis")
    sent = {"key": str(uuid4()), "since": today.isoformat(), "label": "Veilige plek", "kind": "shelter",
            "along": [cast.daughter]}  # fmt: skip
    for _twice in range(2):
        assert cast.client("owner").post(_url(cast, "verhuizen/"), sent).status_code == 302
    rows = HouseholdMember.objects.order_by("pk").values_list("household__label", "since", "until")
    yesterday = today - timedelta(days=1)
    assert list(rows) == [("Thuis", None, yesterday)] * 2 + [("Veilige plek", today, None)] * 2
    assert not Person.objects.filter(case=cast.case, in_household=True).exists()
    page = _page(cast)
    assert "Veilige plek" in page
    assert "Thuis" in page


def test_two_main_homes_on_one_day_are_refused_with_a_sentence(cast: Cast) -> None:
    today = clock.local_date(cast.now)
    home = _live(cast, cast.mother, label="Thuis", since=today)
    sent = {"key": str(uuid4()), "since": today.isoformat(), "label": "Elders", "kind": "other"}
    page = cast.client("owner").post(_url(cast, "verhuizen/"), sent)
    assert page.status_code == 422
    assert 'id="id_since_error"' in page.content.decode()
    home.refresh_from_db()
    assert home.until is None
    assert not Household.objects.filter(label="Elders").exists()


def test_a_child_of_two_homes_has_one_main_home_and_lives_in_the_household(cast: Cast) -> None:
    _live(cast, cast.daughter, label="Bij vader", kind="other")
    data = HomeData(label="Thuis", since=clock.local_date(cast.now), is_main=False)
    household_move(case=cast.case, by=cast.owner, people=[_person(cast.daughter)], data=data, now=cast.now)
    assert HouseholdMember.objects.filter(until__isnull=True).count() == 2
    assert _person(cast.daughter).in_household


@pytest.mark.parametrize(
    ("kind", "lives_here"), [("family", True), ("foster", False), ("prison", False), ("abroad", False)]
)
def test_who_lives_in_the_household_follows_from_the_homes(cast: Cast, kind: str, lives_here: bool) -> None:
    _live(cast, cast.mother, label="Ergens", kind=kind)
    assert _person(cast.mother).in_household is lives_here
    form = cast.client("owner").get(_url(cast, "wijzigen/")).content.decode()
    assert 'name="in_household"' not in form
    data = PersonData(given_name="Marianne", in_household=not lives_here)
    person_change(person=_person(cast.mother), data=data, by=cast.owner, now=cast.now)
    assert _person(cast.mother).in_household is lives_here


def test_who_moved_while_her_form_was_open_stays_where_she_lives(cast: Cast) -> None:
    """Of a colleague's change meanwhile nothing is written over by what was read before it."""
    before = _person(cast.mother)
    assert before.in_household
    _live(cast, cast.mother, label="De Linde", kind="shelter")
    changed = person_change(person=before, data=PersonData(given_name="Marianne"), by=cast.owner, now=cast.now)
    assert not changed.in_household
    assert not _person(cast.mother).in_household


def test_a_home_that_ends_or_was_taken_back_is_followed_too(cast: Cast) -> None:
    ends = _live(cast, cast.mother, label="Thuis")
    yesterday = clock.local_date(cast.now) - timedelta(days=1)
    tie_end(tie=ends, case=cast.case, by=cast.owner, until=yesterday, now=cast.now)
    assert not _person(cast.mother).in_household
    wrong = _live(cast, cast.daughter, label="Pleegouders", kind="foster", is_main=False)
    _live(cast, cast.daughter, label="Thuis")
    assert _person(cast.daughter).in_household
    tie_withdraw(tie=wrong, case=cast.case, by=cast.owner, why="vergissing", now=cast.now)
    assert _person(cast.daughter).in_household


def test_a_move_that_lies_ahead_changes_the_household_in_its_own_night(cast: Cast) -> None:
    today = clock.local_date(cast.now)
    _live(cast, cast.mother, label="Thuis")
    data = HomeData(label="Opvang", kind="shelter", since=today + timedelta(days=3))
    household_move(case=cast.case, by=cast.owner, people=[_person(cast.mother)], data=data, now=cast.now)
    assert homes_follow(today=today + timedelta(days=2)) == 0
    assert _person(cast.mother).in_household
    assert homes_follow(today=today + timedelta(days=3)) == 1
    assert not _person(cast.mother).in_household
    assert homes_follow(today=today + timedelta(days=3)) == 0


@pytest.mark.parametrize("label", ["Dorpsstraat 12", "4999 ZZ Westerduin", "12 Dorpsstraat", "bij oma, Lange Weg 3a"])
def test_a_name_of_a_home_that_is_an_address_is_refused(cast: Cast, label: str) -> None:
    day = clock.local_date(cast.now).isoformat()
    move = {"key": str(uuid4()), "since": day, "label": label, "kind": "other"}
    join = {"key": str(uuid4()), "people": [cast.mother], "label": label, "kind": "other", "is_main": "on"}
    for url, sent in ((_url(cast, "verhuizen/"), move), (f"/casussen/{cast.case.ref}/gezin/huizen/nieuw/", join)):
        page = cast.client("owner").post(url, sent)
        assert page.status_code == 422
        assert 'id="id_label_error"' in page.content.decode()
    assert not Household.objects.exists()


@pytest.mark.parametrize("label", ["Huis 2", "Bij oma", "Thuis, tijdelijk", "Bij vader (weekend 1)"])
def test_a_name_that_only_looks_like_an_address_is_taken(label: str) -> None:
    assert not tells_an_address(label)


def test_a_hidden_place_is_the_place_of_a_child_that_has_its_second_home_there(cast: Cast) -> None:
    mother, daughter = _person(cast.mother), _person(cast.daughter)
    relation_add(case=cast.case, by=cast.owner, kind="parent", one=mother, other=daughter)
    _live(cast, cast.mother, label="Opvang", kind="shelter")
    _live(cast, cast.daughter, label="Bij vader")
    _live(cast, cast.daughter, label="Opvang", is_main=False)
    assert daughter.in_household
    fact = fact_note(
        case=cast.case, by=cast.owner, concerns=_person(cast.mother), value="Meerkoetlaan 7", may_know=[], now=cast.now
    )
    assert [person.pk for person in fact.also.all()] == [daughter.pk]


def test_a_second_worker_sees_no_home_whose_name_is_confidential(cast: Cast) -> None:
    _live(cast, cast.mother, label="Huize Zilverfuut", kind="shelter")
    fact_note(case=cast.case, by=cast.owner, concerns=_person(cast.mother), value="Huize Zilverfuut", may_know=[],
              now=cast.now, terms=["Huize Zilverfuut"])  # fmt: skip
    assert "Zilverfuut" in _page(cast)
    assert "Zilverfuut" not in _page(cast, "second")


@pytest.mark.parametrize("is_main", [True, False])
def test_the_family_page_shows_no_home_whose_name_is_confidential_to_a_second_worker(cast: Cast, is_main: bool) -> None:
    """She reads where somebody lives as if that home had never been noted."""
    for label, main in (("Huize Zilverfuut", is_main), ("Bij oma", not is_main)):
        _live(cast, cast.mother, label=label, kind="other", is_main=main)
    fact_note(case=cast.case, by=cast.owner, concerns=_person(cast.mother), value="Huize Zilverfuut", may_know=[],
              now=cast.now, terms=["Huize Zilverfuut"])  # fmt: skip
    url = f"/casussen/{cast.case.ref}/gezin/"
    pages = {login: cast.client(login).get(url).content.decode() for login in ("owner", "second")}
    assert ["Zilverfuut" in page for page in pages.values()] == [True, False]
    assert ["Bij oma" in page for page in pages.values()] == [True, True]
    assert ("Wonen elders" in pages["second"]) is is_main


def test_that_a_home_is_a_shelter_is_for_director_and_deputy(cast: Cast) -> None:
    _live(cast, cast.mother, label="De Linde", kind="shelter")
    told = {login: "(opvang)" in _page(cast, login) for login in ("owner", "deputy", "second")}
    assert told == {"owner": True, "deputy": True, "second": False}
    assert "De Linde" in _page(cast, "second")


def test_the_page_of_a_person_costs_the_same_however_much_is_known(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    person = _person(cast.mother)
    for number in range(6):
        start = date(2020 + number, 1, 1)
        _live(cast, cast.mother, label=f"Huis {number}", since=start, until=start + timedelta(days=200))
        residence_note(
            person=person, data=ResidenceData(f"Dorp {'abcdef'[number]}", start), by=cast.owner, now=cast.now
        )
        speech_note(person=person, data=SpeechData(languages=("ar",)), by=cast.owner, now=cast.now)
    client = cast.client("owner")
    client.get(_url(cast))
    with django_assert_max_num_queries(24):
        client.get(_url(cast))

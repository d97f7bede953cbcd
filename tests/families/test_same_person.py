"""One human in two cases: hinted in one's own cases only, linked by the leaders of both teams, undone with a reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casusregie.core.models import AccessLog
from casusregie.reminders.models import Promise
from families.models import ConflictOfInterest, FactFinding, Person, SamePerson, SamePersonEvent
from families.scanner import watch
from families.selectors.privacy import privacy_names
from families.services import (
    PersonData,
    fact_note,
    facts_search_waiting,
    member_add,
    person_add,
    same_agree,
    same_ask,
    same_different,
    same_undo,
)
from tests.cast import Cast, make_case, make_user
from tests.plans import make_line

MOTHER = PersonData(given_name="Marianne", infix="van", surname="Halteren", birth_date=date(1985, 3, 4))


def _mother(cast: Cast) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=cast.mother)


def _page(cast: Cast, login: str = "owner") -> str:
    return cast.client(login).get(f"/casussen/{cast.case.ref}/gezin/{cast.mother}/").content.decode()


def _twin(cast: Cast, *, of: str = "owner", data: PersonData = MOTHER, name: str = "Zilverberg") -> Person:
    director = getattr(cast, of)
    return person_add(case=make_case(director, name), data=data, by=director)


# --- Doubles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        MOTHER,
        PersonData(given_name="Mariánne", infix="van", surname="Halteren"),
        PersonData(given_name="Mariane", infix="van", surname="Haltern"),
    ],
)
def test_the_same_or_nearly_the_same_name_in_ones_own_cases_is_a_hint(cast: Cast, data: PersonData) -> None:
    assert _twin(cast, data=data).case.ref in _page(cast)


@pytest.mark.parametrize(
    "data",
    [
        PersonData(given_name="Noor", infix="van", surname="Halteren"),
        PersonData(given_name="Marianne", surname="Jansen"),
        PersonData(given_name="Marianne"),
    ],
)
def test_a_relative_or_a_namesake_is_no_hint(cast: Cast, data: PersonData) -> None:
    assert _twin(cast, data=data).case.ref not in _page(cast)


def test_a_single_name_with_the_same_birthday_is_a_hint(cast: Cast) -> None:
    Person.objects.filter(party__ref=cast.mother).update(
        surname="", infix="", sort_key="marianne marianne", birth_date=date(1985, 3, 4)
    )
    twin = _twin(cast, data=PersonData(given_name="Marianne", birth_date=date(1985, 3, 4)))
    assert twin.case.ref in _page(cast)


@pytest.mark.parametrize("of", ["colleague", "stranger", "barred"])
def test_what_stands_in_somebody_elses_case_never_shows(cast: Cast, of: str) -> None:
    """A conflict of interest and looking inside with a reason open nothing here either."""
    plain = _page(cast)
    twin = _twin(cast, of=of)
    assert twin.case.ref not in _page(cast)
    assert len(_page(cast)) == len(plain)
    data = {"case": twin.case.ref, "person": twin.party.ref, "answer": "same"}
    answer = cast.client("owner").post(f"/casussen/{cast.case.ref}/gezin/{cast.mother}/zelfde/", data)
    assert answer.status_code == 404
    assert not SamePerson.objects.exists()


def test_who_deputises_there_is_told_too(cast: Cast) -> None:
    twin = _twin(cast, of="colleague")
    member_add(case=twin.case, by=cast.colleague, user=cast.owner, role="deputy", now=cast.now)
    assert twin.case.ref in _page(cast)
    assert twin.case.ref not in _page(cast, "second")


def test_adding_somebody_is_never_held_up_and_leads_to_the_question(cast: Cast) -> None:
    twin = _twin(cast, data=PersonData(given_name="Karel", surname="Bontekoe"))
    data = {"given_name": "Karel", "surname": "Bontekoe", "birth_precision": "day", "name_use": "own"}
    answer = cast.client("owner").post(f"/casussen/{cast.case.ref}/gezin/nieuw/", data)
    person = Person.objects.get(case=cast.case, given_name="Karel")
    assert answer["Location"] == f"/casussen/{cast.case.ref}/gezin/{person.party.ref}/"
    assert twin.case.ref in cast.client("owner").get(answer["Location"]).content.decode()


def test_opening_a_case_leads_to_the_question_too(cast: Cast) -> None:
    data = {"name": "Nieuw", "given_name": "Marianne", "infix": "van", "surname": "Halteren", "channel": "phone",
            "way": "06 00119922", "safe": "unknown", "intensity": "red"}  # fmt: skip
    answer = cast.client("owner").post("/casussen/nieuw/", data)
    person = Person.objects.exclude(case=cast.case).get()
    assert answer["Location"] == f"/casussen/{person.case.ref}/gezin/{person.party.ref}/"
    assert cast.case.ref in cast.client("owner").get(answer["Location"]).content.decode()


def test_somebody_else_is_not_asked_about_again(cast: Cast) -> None:
    twin = _twin(cast)
    sent = {"case": twin.case.ref, "person": twin.party.ref, "answer": "different"}
    url = f"/casussen/{cast.case.ref}/gezin/{cast.mother}/zelfde/"
    assert cast.client("owner").post(url, sent).status_code == 302
    assert twin.case.ref not in _page(cast)
    assert not Promise.objects.filter(kind="same-person").exists()


# --- Asked, agreed, undone -----------------------------------------------------------------------------------------------


def test_the_director_asks_and_the_team_leader_links(cast: Cast) -> None:
    twin = _twin(cast)
    sent = {"case": twin.case.ref, "person": twin.party.ref, "answer": "same"}
    url = f"/casussen/{cast.case.ref}/gezin/{cast.mother}/zelfde/"
    assert cast.client("owner").post(url, sent).status_code == 302
    link = SamePerson.objects.get()
    asked = Promise.objects.get(kind="same-person")
    page = cast.client("leader").get(f"/casussen/{asked.case_ref}/team/zelfde/").content.decode()
    assert "Marianne van Halteren" in page
    answer = cast.client("leader").post(f"/casussen/{asked.case_ref}/team/zelfde/{link.ref}/", {"answer": "agree"})
    assert answer.status_code == 302
    link.refresh_from_db()
    assert link.state == "linked"
    assert Promise.objects.get(kind="same-person").settled_at is not None
    assert [event.act for event in SamePersonEvent.objects.order_by("pk")] == ["asked", "agreed"]


def test_two_teams_agree_both_before_anything_is_linked(cast: Cast) -> None:
    twin = _twin(cast, of="stranger")
    link = same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.leader, now=cast.now, is_leader=True)
    assert (link.state, Promise.objects.get(kind="same-person").case_ref) == ("asked", twin.case.ref)
    page = cast.client("other_leader").get(f"/casussen/{twin.case.ref}/team/zelfde/").content.decode()
    assert cast.case.ref in page
    assert cast.owner.name in page
    assert "Noor" not in page, "nothing of the other family but this one person"
    assert cast.case.name not in page.replace("Marianne van Halteren", "")
    url = f"/casussen/{twin.case.ref}/team/zelfde/{link.ref}/"
    assert cast.client("other_leader").post(url, {"answer": "agree"}).status_code == 302
    link.refresh_from_db()
    assert link.state == "linked"


def test_a_leader_asks_by_name_and_reference_and_learns_nothing_from_a_wrong_one(cast: Cast) -> None:
    twin = _twin(cast, of="stranger")
    url, client = f"/casussen/{cast.case.ref}/team/zelfde/", cast.client("leader")
    bodies = []
    for ref, there in ((twin.case.ref, "Karel Bontekoe"), ("XXXXXXXX", "Marianne van Halteren")):
        answer = client.post(url, {"name": "Marianne van Halteren", "case_ref": ref, "name_there": there})
        assert answer.status_code == 422
        text = answer.content.decode()
        bodies.append(text[text.index('id="id_case_ref_error"') :][:300])
    assert bodies[0] == bodies[1]
    assert not SamePerson.objects.exists()
    assert client.post(url, {"name": "Marianne van Halteren", "case_ref": twin.case.ref}).status_code == 302
    assert SamePerson.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("login", "status"), [("owner", 403), ("second", 403), ("other_leader", 404), ("partner", 404)]
)
def test_only_the_leaders_concerned_see_the_links(cast: Cast, login: str, status: int) -> None:
    assert cast.client(login).get(f"/casussen/{cast.case.ref}/team/zelfde/").status_code == status


def test_a_leader_who_must_never_see_the_other_case_sees_no_link_with_it(cast: Cast) -> None:
    twin = _twin(cast)
    link = same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    ConflictOfInterest.objects.create(case=twin.case, user=cast.leader, noted_by=cast.other_leader, noted_at=cast.now)
    client, where = cast.client("leader"), f"/casussen/{cast.case.ref}/team/zelfde/"
    assert twin.case.ref not in client.get(where).content.decode()
    assert client.post(f"{where}{link.ref}/", {"answer": "agree"}).status_code == 404
    asked = {"name": "Marianne van Halteren", "case_ref": twin.case.ref}
    refused = client.post(where, asked)
    assert refused.status_code == 422
    assert "Onder dit kenmerk staat niemand" in refused.content.decode()


def test_of_two_persons_after_all_nothing_of_the_other_family_is_left(cast: Cast) -> None:
    twin = _twin(cast, name="Zilverberg", data=PersonData(given_name="Mariane", infix="van", surname="Haltern"))
    link = same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    same_undo(link=link, case=cast.case, by=cast.leader, reason="Niet dezelfde", now=cast.now)
    page = cast.client("leader").get(f"/casussen/{cast.case.ref}/team/zelfde/").content.decode()
    assert "Niet dezelfde" in page
    assert twin.case.ref not in page
    assert "Mariane van Haltern" not in page


def test_what_leaders_said_stays_readable_when_a_director_calls_them_two(cast: Cast) -> None:
    twin = _twin(cast)
    link = same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    same_undo(link=link, case=cast.case, by=cast.leader, reason="Niet dezelfde", now=cast.now)
    same_different(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    assert "Niet dezelfde" in cast.client("leader").get(f"/casussen/{cast.case.ref}/team/zelfde/").content.decode()
    assert twin.case.ref not in _page(cast)


def test_undoing_asks_why_and_stays_in_the_history(cast: Cast) -> None:
    twin = _twin(cast)
    link = same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.leader, now=cast.now, is_leader=True)
    assert link.state == "linked", "one team, one leader"
    url = f"/casussen/{cast.case.ref}/team/zelfde/{link.ref}/"
    assert cast.client("leader").post(url, {"answer": "undo"}).status_code == 422
    assert cast.client("leader").post(url, {"answer": "undo", "reason": "andere geboortedatum"}).status_code == 302
    link.refresh_from_db()
    assert link.state == "undone"
    assert SamePersonEvent.objects.get(act="undone").reason == "andere geboortedatum"
    with pytest.raises(ValidationError):
        same_agree(link=link, case=cast.case, by=cast.leader, now=cast.now)
    assert AccessLog.objects.filter(action="same_person.undone").exists()


def test_two_of_one_family_and_what_was_asked_already_are_refused(cast: Cast) -> None:
    mother, twin = _mother(cast), _twin(cast)
    daughter = Person.objects.get(party__ref=cast.daughter)
    for act in (same_ask, same_different):
        with pytest.raises(ValidationError):
            act(one=mother, other=daughter, case=cast.case, by=cast.owner, now=cast.now)
    same_ask(one=mother, other=twin, case=cast.case, by=cast.owner, now=cast.now)
    for act in (same_ask, same_different):
        with pytest.raises(ValidationError):
            act(one=twin, other=mother, case=twin.case, by=cast.owner, now=cast.now)


# --- The scanner ---------------------------------------------------------------------------------------------------------


def test_a_link_searches_what_is_stored_in_the_other_case_and_undoing_it_ends_the_reading(cast: Cast) -> None:
    line = make_line(cast)
    twin = _twin(cast, of="stranger")
    line.offer()
    stored = line.plan.items.first()
    assert stored is not None
    word = max(stored.text.split(), key=len).strip(".,")
    fact_note(
        case=twin.case,
        by=cast.stranger,
        concerns=twin,
        value=f"Huize {word}",
        may_know=[],
        now=cast.now,
        terms=[stored.text],
    )
    facts_search_waiting(now=cast.now)
    assert not FactFinding.objects.filter(case=cast.case).exists()
    link = same_ask(one=_mother(cast), other=twin, case=twin.case, by=cast.other_leader, now=cast.now, is_leader=True)
    link = same_agree(link=link, case=cast.case, by=cast.leader, now=cast.now)
    assert facts_search_waiting(now=cast.now) >= 1
    found = FactFinding.objects.filter(case=cast.case)
    assert found.exists()
    assert found[0].fact is None, "no door leads from here to the other case"
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/vertrouwelijk/gevonden/")
    assert page.status_code == 200
    assert twin.case.name not in page.content.decode()
    assert watch(cast.case, cast.now).finds({"a": stored.text})
    same_undo(link=link, case=cast.case, by=cast.leader, reason="toch niet", now=cast.now)
    assert not watch(cast.case, cast.now).finds({"a": stored.text})


def test_the_list_of_links_costs_the_same_however_long(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(5):
        twin = person_add(
            case=make_case(make_user(f"d{number}", "case-director", team=cast.owner.team), f"Casus {number}"),
            data=MOTHER,
            by=cast.owner,
        )
        same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    client = cast.client("leader")
    client.get(f"/casussen/{cast.case.ref}/team/zelfde/")
    with django_assert_max_num_queries(14):
        client.get(f"/casussen/{cast.case.ref}/team/zelfde/")


def test_in_the_privacystand_no_name_of_the_other_case_is_left(cast: Cast) -> None:
    twin = _twin(cast, data=PersonData(given_name="Mariane", infix="van", surname="Haltern"))
    same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    names = set(privacy_names(cast.leader, cast.case.ref, cast.now))
    assert "Mariane van Haltern" in names
    assert twin.case.name not in _page(cast)
    assert "Haltern" not in _page(cast).replace("Halteren", "")


def test_the_name_of_the_other_case_is_known_only_to_who_arranges_and_not_of_two_persons(cast: Cast) -> None:
    """A director's page never holds it, so she is told of no name that stands in somebody else's case."""
    twin = _twin(cast, data=PersonData(given_name="Mariane", infix="van", surname="Haltern"))
    name = twin.name.full
    same_ask(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    told = {login: name in set(privacy_names(getattr(cast, login), cast.case.ref, cast.now))
            for login in ("leader", "owner", "second")}  # fmt: skip
    assert told == {"leader": True, "owner": False, "second": False}
    same_undo(link=SamePerson.objects.get(), case=cast.case, by=cast.leader, reason="toch niet", now=cast.now)
    assert name in set(privacy_names(cast.leader, cast.case.ref, cast.now))
    same_different(one=_mother(cast), other=twin, case=cast.case, by=cast.owner, now=cast.now)
    assert name not in set(privacy_names(cast.leader, cast.case.ref, cast.now))

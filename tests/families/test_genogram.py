"""The genogram in the product: ties and their rules, the page, somebody's own version, and what never leaks."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from families.choices import LineKind, NameUse
from families.models import EmotionalLine, Household, HouseholdMember, Person, Pregnancy, Relation
from families.services import (
    HomeData,
    LineData,
    PersonData,
    PregnancyData,
    RelationData,
    fact_note,
    household_join,
    line_add,
    person_add,
    person_change,
    pregnancy_add,
    relation_add,
    tie_open,
    tie_withdraw,
)
from tests.cast import Cast


def _url(cast: Cast, rest: str = "genogram/") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{rest}"


def _person(cast: Cast, name: str, sex: str = "unknown", born: date | None = None, **more: object) -> Person:
    data = PersonData(given_name=name, surname="Halteren", sex=sex, birth_date=born, **more)  # type: ignore[arg-type]
    return person_add(case=cast.case, data=data, by=cast.owner)


def _mother(cast: Cast) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=cast.mother)


def _daughter(cast: Cast) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=cast.daughter)


def _relate(cast: Cast, kind: str, one: Person, other: Person, nature: str = "", **more: object) -> Relation:
    data = RelationData(nature, **more)  # type: ignore[arg-type]
    return relation_add(case=cast.case, by=cast.owner, kind=kind, one=one, other=other, data=data, now=cast.now)


def _line(
    cast: Cast, kind: str, one: Person, other: Person, view: Person | None = None, source: str = ""
) -> EmotionalLine:
    party = view.party_id if view else cast.owner.party_id
    data = LineData(kind, party, source=source)
    return line_add(case=cast.case, by=cast.owner, one=one, other=other, data=data, now=cast.now)


# --- Rules ------------------------------------------------------------------------------------------------------------


def test_a_child_cannot_be_born_before_its_parent(cast: Cast) -> None:
    """Refused when noted, and when a birth date is changed afterwards; a carer may be younger."""
    parent, child = _person(cast, "Opa", born=date(1990, 1, 1)), _person(cast, "Kind", born=date(1980, 1, 1))
    with pytest.raises(ValidationError):
        _relate(cast, "parent", parent, child, "biological")
    _relate(cast, "parent", parent, child, "carer")
    young = _person(cast, "Klein", born=date(2015, 1, 1))
    _relate(cast, "parent", parent, young, "biological")
    with pytest.raises(ValidationError) as refused:
        person_change(
            person=parent,
            data=PersonData(given_name="Opa", birth_date=date(2016, 1, 1), name_use=NameUse.OWN),
            by=cast.owner,
            now=cast.now,
        )
    assert "birth_date" in refused.value.message_dict


def test_a_child_cannot_be_born_long_after_its_parent_died(cast: Cast) -> None:
    """Ten months is the end of it; adopted by somebody who died is not asked."""
    dead = _person(cast, "Vader", born=date(1980, 1, 1), died_on=date(2010, 1, 1))
    child = _person(cast, "Kind", born=date(2012, 1, 1))
    with pytest.raises(ValidationError):
        _relate(cast, "parent", dead, child, "biological")
    _relate(cast, "parent", dead, _person(cast, "Na", born=date(2010, 7, 1)), "biological")


def test_nobody_is_her_own_ancestor(cast: Cast) -> None:
    """A circle of three is refused; a tie that was taken back counts no more."""
    one, two, three = (_person(cast, name) for name in ("Een", "Twee", "Drie"))
    _relate(cast, "parent", one, two)
    last = _relate(cast, "parent", two, three)
    with pytest.raises(ValidationError):
        _relate(cast, "parent", three, one, "foster")
    with pytest.raises(ValidationError):
        _relate(cast, "sibling", one, three)
    tie_withdraw(tie=last, case=cast.case, by=cast.owner, why="verkeerd kind", now=cast.now)
    _relate(cast, "parent", three, one)


def test_twins_are_born_together(cast: Cast) -> None:
    """Two birth dates a year apart are refused; one that is not known is not."""
    one, two = _person(cast, "Ada", born=date(2010, 1, 1)), _person(cast, "Bea", born=date(2011, 1, 1))
    with pytest.raises(ValidationError):
        _relate(cast, "twin", one, two, "identical")
    _relate(cast, "twin", one, _person(cast, "Cas"), "fraternal")


def test_a_couple_runs_once_and_may_come_again(cast: Cast) -> None:
    """The same couple twice at once is refused; after its end it may be noted anew."""
    one, two = _person(cast, "Rob"), _person(cast, "Els")
    _relate(cast, "partner", one, two, "married", since=date(2000, 1, 1), until=date(2005, 1, 1), ended_how="divorced")
    _relate(cast, "partner", two, one, "cohabiting", since=date(2010, 1, 1))
    with pytest.raises(ValidationError):
        _relate(cast, "partner", one, two, "married")
    with pytest.raises(ValidationError):
        _relate(cast, "partner", one, _person(cast, "Mia"), "adoptive")


def test_one_main_home_on_a_day(cast: Cast) -> None:
    """A second main home in the same time is refused by the database and said with the name; a second home is not."""
    child = _person(cast, "Fenna")
    join: Callable[..., list[HouseholdMember]] = lambda **data: household_join(  # noqa: E731 - four times the same call
        case=cast.case, by=cast.owner, people=[child], data=HomeData(**data), now=cast.now
    )
    join(label="Bij moeder", since=date(2020, 1, 1), until=date(2024, 6, 30))
    with pytest.raises(ValidationError, match="Fenna"):
        join(label="Bij vader", since=date(2024, 6, 30))
    join(label="Bij vader", since=date(2024, 7, 1))
    join(label="Bij oma", is_main=False)
    row = HouseholdMember.objects.filter(household__label="Bij moeder").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=row.household, person=child, is_main=True)


def test_the_database_refuses_what_the_forms_refuse(cast: Cast) -> None:
    """Also for code that forgot to ask: own parent, a wrong nature, death before birth, taken back without a reason."""
    one = _mother(cast)
    for make in (
        lambda: Relation.objects.create(case=cast.case, kind="parent", one=one, other=one),
        lambda: Relation.objects.create(
            case=cast.case, kind="parent", nature="married", one=one, other=_daughter(cast)
        ),
        lambda: Person.objects.filter(pk=one.pk).update(birth_date=date(2000, 1, 1), died_on=date(1999, 1, 1)),
        lambda: Person.objects.filter(pk=one.pk).update(sex="m"),
        lambda: EmotionalLine.objects.create(
            case=cast.case, kind="close", one=one, other=_daughter(cast), view=one.party, withdrawn_at=cast.now
        ),
        lambda: Pregnancy.objects.create(case=cast.case, carrier=one, other=one),
        lambda: Household.objects.create(case=cast.case, label=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_what_is_typed_comes_back_with_the_sentence_at_its_field(cast: Cast) -> None:
    """A child older than its parent, an end before the beginning, a line with oneself, two main homes: 422, nothing lost."""
    client = cast.client("owner")
    old, young = _person(cast, "Oud", born=date(1950, 1, 1)), _person(cast, "Jong", born=date(2010, 1, 1))
    _person(cast, "Fenna")
    household_join(case=cast.case, by=cast.owner, people=[young], data=HomeData(label="Thuis"), now=cast.now)
    o, y = old.party.ref, young.party.ref
    bad = [
        ("relaties/nieuw/", {"kind": "parent:biological", "one": y, "other": o}),
        (
            "relaties/nieuw/",
            {"kind": "partner:married", "one": y, "other": o, "since": "2020-01-01", "until": "2019-01-01"},
        ),
        ("relaties/nieuw/", {"kind": "parent:married", "one": y, "other": o}),
        ("lijnen/nieuw/", {"kind": "close", "one": y, "other": y, "view": o}),
        ("lijnen/nieuw/", {"kind": "hate", "one": y, "other": o, "view": o}),
        ("lijnen/nieuw/", {"kind": "close", "one": y, "other": o, "view": "XXXXXXXX"}),
        ("huizen/nieuw/", {"people": [y], "label": "Elders", "is_main": "on"}),
        ("huizen/nieuw/", {"people": [y]}),
        ("huizen/nieuw/", {"label": "Leeg"}),
        ("zwangerschap/nieuw/", {"carrier": o, "outcome": "expected", "due_on": "2031-01-01"}),
        ("zwangerschap/nieuw/", {"carrier": o, "other": o, "outcome": "expected"}),
        (
            "nieuw/",
            {
                "given_name": "A",
                "birth_date": "2010-01-01",
                "died_on": "2009-01-01",
                "birth_precision": "day",
                "name_use": "own",
            },
        ),
    ]
    for path, data in bad:
        answer = client.post(_url(cast, path), {"key": str(uuid4()), "source": "Van oma gehoord", **data})
        assert answer.status_code == 422, (path, data)
        assert answer.context["form"].errors
        if "source" in answer.context["form"].fields:
            assert "Van oma gehoord" in answer.content.decode()
    assert Relation.objects.count() == 0
    assert EmotionalLine.objects.count() == 0


def test_forms_make_one_of_each_and_the_drawing_shows_them(cast: Cast) -> None:
    """Sent twice is once; the drawing, the file and the words hold all of it."""
    client = cast.client("owner")
    posts = [
        ("relaties/nieuw/", {"kind": "parent:biological", "one": cast.mother, "other": cast.daughter}),
        ("lijnen/nieuw/", {"kind": "caretaker", "one": cast.daughter, "other": cast.mother, "view": cast.daughter}),
        ("huizen/nieuw/", {"people": [cast.mother, cast.daughter], "label": "Thuis", "is_main": "on"}),
        ("zwangerschap/nieuw/", {"carrier": cast.mother, "outcome": "expected"}),
    ]
    for path, data in posts:
        data = {"key": str(uuid4()), **data}
        assert [client.post(_url(cast, path), data).status_code for _ in range(2)] == [302, 302], path
    assert client.post(_url(cast, "lijnen/nieuw/"), {**data, "key": data["key"]}).status_code in (409, 422)
    page = client.get(_url(cast)).content.decode()
    assert page.count('class="gg-person"') == 2
    for kind in ("gg-line", "gg-home", "gg-pregnancy"):
        assert page.count(f'class="{kind}"') == 1, kind
    assert page.count('id="g-') == 2 + 1 + 1 + 1 + 1
    svg = client.get(_url(cast, "genogram.svg"))
    assert (svg.status_code, svg["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert client.get(f"/casussen/{cast.case.ref}/genogram.svg").content == svg.content
    assert client.get(f"/casussen/{cast.case.ref}/genogram/").status_code == 200


def test_a_tie_ends_or_is_taken_back_and_stays_in_the_history(cast: Cast) -> None:
    """Neither deletes; taking back asks why, and happens once."""
    client = cast.client("owner")
    mother, daughter = _mother(cast), _daughter(cast)
    line = _line(cast, LineKind.CLOSE, mother, daughter)
    other = _line(cast, LineKind.DISTANT, mother, daughter)
    place = f"banden/l{line.pk}/"
    assert client.get(_url(cast, place)).status_code == 200
    assert client.post(_url(cast, place + "tot/"), {"until": ""}).status_code == 422
    assert client.post(_url(cast, place + "tot/"), {"until": "2020-01-01"}).status_code == 302
    back = f"banden/l{other.pk}/terug/"
    assert client.post(_url(cast, back), {"why": ""}).status_code == 422
    assert client.post(_url(cast, back), {"why": "Verkeerd begrepen"}).status_code == 302
    assert client.post(_url(cast, back), {"why": "Nog eens"}).status_code == 422
    page = client.get(_url(cast)).content.decode()
    assert 'class="gg-line"' not in page
    assert "Verkeerd begrepen" in page
    assert EmotionalLine.objects.count() == 2
    for code in ("l999999", "x1", "l", "r" + "9" * 30, f"r{line.pk}"):
        assert client.get(_url(cast, f"banden/{code}/")).status_code == 404


def test_only_who_directs_changes_or_opens(cast: Cast) -> None:
    """The second worker reads the team's drawing; somebody's own version and every change are not hers."""
    second = cast.client("second")
    assert second.get(_url(cast)).status_code == 200
    assert "banden/" not in second.get(_url(cast)).content.decode()
    assert second.get(_url(cast) + f"?voor={cast.mother}").status_code == 403
    assert second.get(_url(cast, "genogram.svg") + f"?voor={cast.mother}").status_code == 403
    assert second.post(_url(cast, "genogram/openen/"), {"reader": cast.mother, "may": "harmless"}).status_code == 403
    assert cast.client("owner").get(_url(cast) + "?voor=XXXXXXXX").status_code == 404
    for login in ("stranger", "partner", "barred"):
        assert cast.client(login).get(_url(cast)).status_code == 404


def test_whose_view_filters_lines_and_nothing_else(cast: Cast) -> None:
    """Two views of the same two people; persons and parents stay."""
    mother, daughter = _mother(cast), _daughter(cast)
    _relate(cast, "parent", mother, daughter)
    _line(cast, LineKind.CLOSE, mother, daughter, view=mother)
    _line(cast, LineKind.DISTANT, mother, daughter, view=daughter)
    client = cast.client("owner")
    assert client.get(_url(cast)).content.decode().count('class="gg-line"') == 2
    page = client.get(_url(cast) + f"?blik={cast.mother}").content.decode()
    assert (page.count('class="gg-line"'), page.count('class="gg-person"')) == (1, 2)


# --- Somebody's own version -------------------------------------------------------------------------------------------


def _version(cast: Cast, reader: Person) -> str:
    svg = cast.client("owner").get(_url(cast, "genogram.svg") + f"?voor={reader.party.ref}")
    assert svg.status_code == 200
    return svg.content.decode()


def test_a_version_shows_what_was_told_or_opened_and_nothing_else(cast: Cast) -> None:
    """Nothing by default but oneself; a harmless line one told; each other item only after opening it."""
    mother, daughter = _mother(cast), _daughter(cast)
    friend = _person(cast, "Geheimevriend", "man")
    affair = _relate(cast, "partner", mother, friend, "affair")
    _relate(cast, "parent", mother, daughter, "biological")
    violence = _line(cast, LineKind.PHYSICAL_ABUSE, friend, mother, view=mother)
    _line(cast, LineKind.CLOSE, mother, daughter, view=daughter)
    pregnancy = pregnancy_add(
        case=cast.case, by=cast.owner, carrier=mother, other=friend, data=PregnancyData(), now=cast.now
    )
    version = _version(cast, daughter)
    assert version.count('class="gg-person"') == 2, "she and who she told about"
    assert version.count('class="gg-line"') == 1
    assert "Geheimevriend" not in version
    assert "gg-pregnancy" not in version
    # Even what she told herself stays out when it is delicate, until somebody opens it.
    assert 'class="gg-line"' not in _version(cast, mother)
    for item, mark, before in (
        (violence, 'class="gg-line"', 0),
        (affair, 'class="gg-couple"', 0),
        (pregnancy, 'class="gg-pregnancy"', 0),
    ):
        assert _version(cast, mother).count(mark) == before
        tie_open(item=item, case=cast.case, by=cast.owner, reader=mother.party, now=cast.now - timedelta(minutes=1))
        assert _version(cast, mother).count(mark) == before + 1
    assert "Geheimevriend" not in _version(cast, daughter)


def test_harmless_items_are_opened_together_delicate_ones_never(cast: Cast) -> None:
    """One button for what harms nobody; father, pregnancy, affair, homes and violence wait for their own."""
    mother, daughter = _mother(cast), _daughter(cast)
    Person.objects.filter(pk=mother.pk).update(sex="woman")
    father = _person(cast, "Vader", "man")
    _relate(cast, "parent", mother, daughter, "biological")
    _relate(cast, "parent", father, daughter, "biological")
    _line(cast, LineKind.CONTROL, father, mother, view=mother)
    household_join(case=cast.case, by=cast.owner, people=[mother], data=HomeData(label="Nieuw huis"), now=cast.now)
    client = cast.client("owner")
    answer = client.post(_url(cast, "genogram/openen/"), {"reader": daughter.party.ref, "may": "harmless"})
    assert answer.status_code == 302
    version = _version(cast, daughter)
    assert version.count('class="gg-person"') == 2, "her mother and herself; that there is a father is opened by itself"
    for secret in ('class="gg-line"', "gg-home", "Nieuw huis"):
        assert secret not in version
    data = {"reader": daughter.party.ref, "item": f"p{father.party.ref}"}
    for may, shown in (("yes", True), ("no", False)):
        assert client.post(_url(cast, "genogram/openen/"), {**data, "may": may}).status_code == 302
        assert ("Vader" in _version(cast, daughter)) == shown


def test_a_hidden_place_in_a_name_or_source_never_reaches_a_version(cast: Cast) -> None:
    """What somebody wrote in a home's name or a source is held against the facts; the director is told."""
    mother, daughter = _mother(cast), _daughter(cast)
    fact_note(
        case=cast.case,
        by=cast.owner,
        concerns=mother,
        value="Duinpad 7, 4999 ZZ Westerduin",
        may_know=[],
        now=cast.now,
    )
    rows = household_join(
        case=cast.case, by=cast.owner, people=[daughter], data=HomeData(label="Duinpad 7"), now=cast.now
    )
    line = _line(cast, LineKind.CLOSE, mother, daughter, source="bij haar op 4999zz gehoord")
    for item in (rows[0], line):
        tie_open(item=item, case=cast.case, by=cast.owner, reader=daughter.party, now=cast.now)
    version = _version(cast, daughter)
    assert "Duinpad" not in version
    assert "4999" not in version
    page = cast.client("owner").get(_url(cast) + f"?voor={cast.daughter}").content.decode()
    assert "utrecht-alert--warning" in page
    second = cast.client("second").get(_url(cast)).content.decode()
    assert "Duinpad" not in second
    assert "4999" not in second
    assert "Duinpad" not in cast.client("second").get(_url(cast, "genogram.svg")).content.decode()


def test_no_way_to_reach_anybody_is_in_the_drawing(cast: Cast) -> None:
    """Numbers and addresses have no place in it."""
    assert "00112233" not in cast.client("owner").get(_url(cast)).content.decode()


# --- Speed ------------------------------------------------------------------------------------------------------------


def test_a_family_of_forty_asks_no_more_than_a_family_of_two(cast: Cast) -> None:
    """Sixteen queries at most, session, user and access log among them, whatever the family."""
    client = cast.client("owner")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(_url(cast)).status_code == 200
        return len([query for query in queries if not re.match(r"SAVEPOINT|RELEASE", query["sql"])])

    asked()
    few = asked()
    people = [_person(cast, f"Kind {number}", "man", clock.local_date(cast.now)) for number in range(38)]
    for number in range(0, 36, 3):
        _relate(cast, "partner", people[number], people[number + 1], "married")
        _line(cast, LineKind.CLOSE, people[number], people[number + 1])
        household_join(
            case=cast.case,
            by=cast.owner,
            people=people[number : number + 2],
            data=HomeData(label=f"Huis {number}"),
            now=cast.now,
        )
    assert asked() == few <= 16

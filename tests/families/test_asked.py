"""Who is asked for consent to help and who is asked to sign: the rule of domain.md (b), as a table."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.asked import Holding, Young, asked
from families.choices import AuthorityStatus
from families.models import Authority, Person
from families.selectors.authority import ages
from families.services import AuthorityData, authority_note
from tests.cast import Cast

YES, NO, PART, SUSPENDED, UNKNOWN = (
    AuthorityStatus.YES,
    AuthorityStatus.NO,
    AuthorityStatus.PART,
    AuthorityStatus.SUSPENDED,
    AuthorityStatus.UNKNOWN,
)
MOTHER, FATHER = ("moeder", YES), ("vader", YES)


def _holding(name: str, status: str, **more: object) -> Holding:
    return Holding(name=name, status=status, **more)  # type: ignore[arg-type]


M, F, N = "moeder", "vader", "Noor"
# fmt: off
TABLE = [
    # situation              | age | authority                    | consent   | sign      | look up?
    ("sole, eleven",           11,  [MOTHER, (F, NO)],              [M],       [M],       False),
    ("joint, eleven",          11,  [MOTHER, FATHER],               [M, F],    [M, F],    False),
    ("joint, twelve",          12,  [MOTHER, FATHER],               [N, M, F], [N, M, F], False),
    ("joint, fifteen",         15,  [MOTHER, FATHER],               [N, M, F], [N, M, F], False),
    ("sole, fifteen",          15,  [MOTHER, (F, NO)],              [N, M],    [N, M],    False),
    ("joint, sixteen",         16,  [MOTHER, FATHER],               [N],       [N, M, F], False),
    ("of age",                 18,  [MOTHER, FATHER],               [N],       [N],       False),
    ("suspended, eleven",      11,  [MOTHER, (F, SUSPENDED)],       [M],       [M],       False),
    ("father unknown, eleven", 11,  [MOTHER, (F, UNKNOWN)],         [M],       [M],       True),
    ("both unknown, eleven",   11,  [(M, UNKNOWN), (F, UNKNOWN)],   [],        [],        True),
    ("nobody noted, eleven",   11,  [],                             [],        [],        True),
    ("nobody has it, eleven",  11,  [(M, NO), (F, NO)],             [],        [],        True),
    ("guardian, eleven",       11,  [(M, NO), ("tante", YES)],      ["tante"], ["tante"], False),
    ("GI has a part, eleven",  11,  [MOTHER, ("GI", PART)],         [M, "GI"], [M, "GI"], False),
    ("nobody noted, sixteen",  16,  [],                             [N],       [N],       True),
    ("age unknown",          None,  [MOTHER],                       [M],       [M],       True),
]
# fmt: on


@pytest.mark.parametrize(
    ("age", "holders", "consent", "sign", "check"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_who_is_asked(
    age: int | None, holders: list[tuple[str, str]], consent: list[str], sign: list[str], check: bool
) -> None:
    """Each row of the table."""
    answer = asked(Young("Noor", age, age), [_holding(name, status) for name, status in holders])
    assert (answer.consent, answer.sign, not answer.is_certain) == (consent, sign, check)


def test_a_minor_mother_is_not_asked_and_her_guardian_is_looked_for() -> None:
    """A minor has no authority herself (BW 1:246)."""
    answer = asked(Young("baby", 0, 0), [_holding("moeder", YES, is_minor=True)])
    assert answer.consent == [] and not answer.is_certain


@pytest.mark.parametrize("age", [12, 16])
def test_a_child_that_cannot_weigh_it_is_heard_and_others_decide(age: int) -> None:
    """Wilsonbekwaam at twelve and at sixteen: without it the holders decide."""
    answer = asked(Young("Noor", age, age, lacks_capacity=True), [_holding("moeder", YES)])
    assert (answer.consent, answer.sign) == (["moeder"], ["moeder"])


def test_for_an_adult_with_a_mentor_the_mentor_is_asked() -> None:
    """The adult signs beside her mentor."""
    answer = asked(Young("Noor", 19, 19, lacks_capacity=True, representative="mevrouw De Wit"), [])
    assert (answer.consent, answer.sign) == (["mevrouw De Wit"], ["Noor", "mevrouw De Wit"])


def test_for_an_adult_of_whom_nobody_knows_who_decides_that_is_looked_up() -> None:
    """Unknown stays unknown."""
    answer = asked(Young("Noor", 19, 19, lacks_capacity=True), [])
    assert answer.consent == [] and not answer.is_certain


def test_a_parent_for_whom_the_court_consented_is_not_asked_for_consent_but_may_sign() -> None:
    """Replacement by the court is about help, not about the plan."""
    answer = asked(Young("Noor", 9, 9), [_holding("moeder", YES), _holding("vader", YES, is_replaced=True)])
    assert (answer.consent, answer.sign) == (["moeder"], ["moeder", "vader"])


def test_an_age_limit_between_the_possible_birthdays_asks_for_the_date() -> None:
    """Born some day in a year: eleven or twelve is not the same."""
    assert not asked(Young("Noor", 11, 12), [_holding("moeder", YES)]).is_certain
    assert asked(Young("Noor", 13, 14), [_holding("moeder", YES)]).is_certain


@settings(deadline=None)
@given(
    st.one_of(st.none(), st.integers(0, 25)),
    st.lists(st.tuples(st.sampled_from(["moeder", "vader", "GI"]), st.sampled_from(list(AuthorityStatus))), max_size=4),
    st.booleans(),
)
def test_somebody_unknown_is_never_asked_and_never_forgotten(
    age: int | None, holders: list[tuple[str, str]], lacks: bool
) -> None:
    """Whoever is asked is the child or somebody known to have authority; while nobody can consent, something is asked."""
    answer = asked(Young("Noor", age, age, lacks), [_holding(name, status) for name, status in holders])
    known = {name for name, status in holders if status in (YES, PART)}
    assert set(answer.consent) | set(answer.sign) <= known | {"Noor"}
    assert answer.consent or not answer.is_certain
    assert answer.sentence


def test_a_birth_year_gives_two_possible_ages() -> None:
    """Only the year is known: on 1 June a child of 2014 is eleven or twelve."""
    assert ages(date(2014, 7, 1), "year", date(2026, 6, 1)) == (11, 12)
    assert ages(date(2014, 7, 1), "day", date(2026, 6, 1)) == (11, 11)
    assert ages(date(2014, 5, 1), "month", date(2026, 5, 30)) == (11, 12)
    assert ages(None, "day", date(2026, 6, 1)) == (None, None)


def _people(cast: Cast) -> tuple[Person, Person]:
    return Person.objects.get(party__ref=cast.daughter), Person.objects.get(party__ref=cast.mother)


def _note(cast: Cast, **fields: object) -> Authority:
    child, mother = _people(cast)
    today = clock.local_date(cast.now)
    data = {"status": "yes", "checked_on": today, "checked_where": "gezien", "source": "register", **fields}
    return authority_note(child=child, holder=mother, by=cast.owner, data=AuthorityData(**data), now=cast.now)  # type: ignore[arg-type]


@pytest.mark.parametrize(("since", "accepted"), [(date(2022, 12, 31), False), (date(2023, 1, 1), True), (None, False)])
def test_recognition_gives_authority_by_itself_only_from_2023_on(
    cast: Cast, since: date | None, accepted: bool
) -> None:
    """Before that it had to be asked for together (domain.md, corrections)."""
    if accepted:
        assert _note(cast, basis="recognition", since=since).status == "yes"
        return
    with pytest.raises(ValidationError, match="2023"):
        _note(cast, basis="recognition", since=since)


def test_not_in_the_register_proves_nothing_about_a_marriage(cast: Cast) -> None:
    """Authority by marriage is not written there."""
    with pytest.raises(ValidationError):
        _note(cast, status="no", basis="marriage")
    assert _note(cast, status="no", basis="marriage", source="ruling").status == "no"


def test_nobody_has_authority_over_somebody_from_the_day_she_is_eighteen(cast: Cast) -> None:
    """Refused on the birthday itself, not only in the year after; the day before it may still be noted."""
    child, _mother = _people(cast)
    today = clock.local_date(cast.now)
    eighteenth = today.replace(year=today.year - 18, day=min(today.day, 28))
    Person.objects.filter(pk=child.pk).update(birth_date=eighteenth)
    with pytest.raises(ValidationError):
        _note(cast)
    Person.objects.filter(pk=child.pk).update(birth_date=eighteenth + timedelta(days=5))
    assert _note(cast).status == "yes"


def test_what_was_noted_before_stays_and_the_newest_that_holds_counts(cast: Cast) -> None:
    """A change is a new row; the page shows what holds today."""
    today = clock.local_date(cast.now)
    _note(cast)
    _note(cast, status="no", source="ruling", checked_where="rechtbank", since=today + timedelta(days=30))
    assert Authority.objects.count() == 2
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/").content.decode()
    assert "heeft alleen gezag" in page or "has authority alone" in page


def test_who_decides_for_somebody_is_noted_with_who_says_so(cast: Cast) -> None:
    """A mentor without a name is refused; a noted one stands on the family page."""
    client, url = cast.client("owner"), f"/casussen/{cast.case.ref}/gezin/{cast.daughter}/beslist/"
    today = clock.local_date(cast.now).isoformat()
    data = {"kind": "mentor", "name": "", "since": today, "checked_where": "beschikking", "key": str(uuid4())}
    assert client.post(url, data).status_code == 422
    assert client.post(url, {**data, "kind": "lacks"}).status_code == 302
    assert "beschikking" in client.get(f"/casussen/{cast.case.ref}/gezin/").content.decode()


def test_a_parent_who_died_is_neither_asked_nor_looked_up(cast: Cast) -> None:
    """Authority ends with a life."""
    child, mother = _people(cast)
    _note(cast)
    Person.objects.filter(pk=mother.pk).update(died_on=clock.local_date(cast.now))
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/").content.decode()
    assert "heeft alleen gezag" not in page
    assert child.name.full in page

"""Who is asked for consent to help and who is asked to sign: the rule of domain.md (b), as a table."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.asked import Holding, Young, asked
from families.choices import AuthorityStatus
from families.models import Authority, Person
from families.selectors.authority import ages
from families.services import AuthorityData, authority_note, representation_note
from tests.cast import Cast

YES, NO, PART, SUSPENDED, UNKNOWN = (
    AuthorityStatus.YES,
    AuthorityStatus.NO,
    AuthorityStatus.PART,
    AuthorityStatus.SUSPENDED,
    AuthorityStatus.UNKNOWN,
)
M, F, N = "moeder", "vader", "Noor"
GUARDIAN, GI, MENTOR = "tante", "GI", "mevrouw De Wit"


def _has(name: str, basis: str = "", since: date | None = None, **more: Any) -> Holding:
    return Holding(name=name, status=YES, basis=basis, since=since, **more)


def _is(status: str, name: str, **more: Any) -> Holding:
    return Holding(name=name, status=status, **more)


MOTHER = _has(M, "birth")
MARRIED = [MOTHER, _has(F, "marriage")]
# Recognition gives authority by itself only from 1 January 2023 on (domain.md, corrections).
RECOGNISED_BEFORE = [MOTHER, _has(F, "recognition", date(2022, 12, 31))]
RECOGNISED_AFTER = [MOTHER, _has(F, "recognition", date(2023, 1, 1))]
REGISTERED = [MOTHER, _has(F, "register", date(2019, 3, 1))]
SOLE = [MOTHER, _is(NO, F)]
SUSPENDED_FATHER = [MOTHER, _is(SUSPENDED, F)]
SUSPENDED_MOTHER = [_is(SUSPENDED, M), _is(NO, F), _has(GI, "guardian")]
UNKNOWN_FATHER = [MOTHER, _is(UNKNOWN, F)]
UNKNOWN_BOTH = [_is(UNKNOWN, M), _is(UNKNOWN, F)]
NOBODY = [_is(NO, M), _is(NO, F)]
WITH_GUARDIAN = [*NOBODY, _has(GUARDIAN, "guardian")]
PART_OF_GI = [*MARRIED, _is(PART, GI, part="medische behandeling")]
COURT_INSTEAD = [MOTHER, _has(F, "marriage", is_replaced=True)]
MINOR_MOTHER = [_has(M, "birth", is_minor=True)]
MINOR_MOTHER_GUARDIAN = [*MINOR_MOTHER, _has(GUARDIAN, "guardian")]
MINOR_DECLARED = [_has(M, "ruling", is_minor=True)]
ABLE, LACKS = Young(N, 0, 0), Young(N, 0, 0, lacks_capacity=True)
WITH_MENTOR = Young(N, 0, 0, lacks_capacity=True, representative=MENTOR)

# fmt: off
TABLE = [
    # situation                            | child       | age | authority             | asked to consent | asked to sign | look up?
    ("sole",                                 ABLE,         11,  SOLE,                   [M],              [M],            False),
    ("sole",                                 ABLE,         12,  SOLE,                   [N, M],           [N, M],         False),
    ("sole",                                 ABLE,         15,  SOLE,                   [N, M],           [N, M],         False),
    ("sole",                                 ABLE,         16,  SOLE,                   [N],              [N, M],         False),
    ("sole",                                 ABLE,         18,  SOLE,                   [N],              [N],            False),
    ("joint by marriage",                    ABLE,         11,  MARRIED,                [M, F],           [M, F],         False),
    ("joint by marriage",                    ABLE,         12,  MARRIED,                [N, M, F],        [N, M, F],      False),
    ("joint by marriage",                    ABLE,         15,  MARRIED,                [N, M, F],        [N, M, F],      False),
    ("joint by marriage",                    ABLE,         16,  MARRIED,                [N],              [N, M, F],      False),
    ("joint by marriage",                    ABLE,         18,  MARRIED,                [N],              [N],            False),
    ("recognised before 1-1-2023",           ABLE,         11,  RECOGNISED_BEFORE,      [M],              [M],            True),
    ("recognised before 1-1-2023",           ABLE,         15,  RECOGNISED_BEFORE,      [N, M],           [N, M],         True),
    ("recognised before, and registered",    ABLE,         11,  REGISTERED,             [M, F],           [M, F],         False),
    ("recognised from 1-1-2023",             ABLE,         11,  RECOGNISED_AFTER,       [M, F],           [M, F],         False),
    ("recognised from 1-1-2023",             ABLE,         12,  RECOGNISED_AFTER,       [N, M, F],        [N, M, F],      False),
    ("father suspended",                     ABLE,         11,  SUSPENDED_FATHER,       [M],              [M],            False),
    ("father suspended",                     ABLE,         15,  SUSPENDED_FATHER,       [N, M],           [N, M],         False),
    ("mother suspended, GI is guardian",     ABLE,         11,  SUSPENDED_MOTHER,       [GI],             [GI],           False),
    ("GI has a part",                        ABLE,         11,  PART_OF_GI,             [M, F, GI],       [M, F, GI],     False),
    ("GI has a part",                        ABLE,         15,  PART_OF_GI,             [N, M, F, GI],    [N, M, F, GI],  False),
    ("father unknown",                       ABLE,         11,  UNKNOWN_FATHER,         [M],              [M],            True),
    ("father unknown",                       ABLE,         16,  UNKNOWN_FATHER,         [N],              [N, M],         True),
    ("both unknown",                         ABLE,         11,  UNKNOWN_BOTH,           [],               [],             True),
    ("both unknown",                         ABLE,         18,  UNKNOWN_BOTH,           [N],              [N],            False),
    ("nobody noted",                         ABLE,         11,  [],                     [],               [],             True),
    ("nobody noted",                         ABLE,         16,  [],                     [N],              [N],            True),
    ("nobody has it",                        ABLE,         11,  NOBODY,                 [],               [],             True),
    ("guardian",                             ABLE,         11,  WITH_GUARDIAN,          [GUARDIAN],       [GUARDIAN],     False),
    ("guardian",                             ABLE,         12,  WITH_GUARDIAN,          [N, GUARDIAN],    [N, GUARDIAN],  False),
    ("guardian",                             ABLE,         16,  WITH_GUARDIAN,          [N],              [N, GUARDIAN],  False),
    ("court consented instead of father",    ABLE,         11,  COURT_INSTEAD,          [M],              [M, F],         False),
    ("court consented instead of father",    ABLE,         15,  COURT_INSTEAD,          [N, M],           [N, M, F],      False),
    ("minor mother",                         ABLE,         0,   MINOR_MOTHER,           [],               [],             True),
    ("minor mother, with a guardian",        ABLE,         0,   MINOR_MOTHER_GUARDIAN,  [GUARDIAN],       [GUARDIAN],     False),
    ("minor mother, declared of age",        ABLE,         0,   MINOR_DECLARED,         [M],              [M],            False),
    ("wilsonbekwaam",                        LACKS,        12,  MARRIED,                [M, F],           [M, F],         False),
    ("wilsonbekwaam",                        LACKS,        15,  SOLE,                   [M],              [M],            False),
    ("wilsonbekwaam",                        LACKS,        16,  MARRIED,                [M, F],           [M, F],         False),
    ("wilsonbekwaam, who decides unknown",   LACKS,        18,  MARRIED,                [],               [N],            True),
    ("wilsonbekwaam, has a mentor",          WITH_MENTOR,  18,  MARRIED,                [MENTOR],         [N, MENTOR],    False),
    ("age unknown",                          ABLE,       None,  [MOTHER],               [M],              [M],            True),
]
# fmt: on


@pytest.mark.parametrize(
    ("child", "age", "holders", "consent", "sign", "check"),
    [row[1:] for row in TABLE],
    ids=[f"{row[0]}, {row[2]}" for row in TABLE],
)
def test_who_is_asked(
    child: Young, age: int | None, holders: list[Holding], consent: list[str], sign: list[str], check: bool
) -> None:
    """Each row of the table."""
    answer = asked(replace(child, youngest=age, oldest=age), holders)
    assert (answer.consent, answer.sign, not answer.is_certain) == (consent, sign, check)


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[0]}, {row[2]}" for row in TABLE])
def test_it_is_said_in_one_sentence_that_names_everybody_who_is_asked(row: tuple[Any, ...]) -> None:
    _situation, child, age, holders, consent, sign, _check = row
    answer = asked(replace(child, youngest=age, oldest=age), holders)
    assert "\n" not in answer.sentence
    named = [name for name in {*consent, *sign} if age is None or age < 18 or name == N]
    assert all(name.lower() in answer.sentence.lower() for name in named), answer.sentence


def test_alone_is_not_said_while_it_is_not_known_of_somebody_else() -> None:
    with override("nl"):
        assert "heeft alleen gezag" in asked(Young(N, 9, 9), SOLE).sentence
        for holders in (UNKNOWN_FATHER, RECOGNISED_BEFORE):
            assert "alleen" not in asked(Young(N, 9, 9), holders).sentence


def test_the_sentence_of_the_issue() -> None:
    """Joint, thirteen, looked up in the register on a day."""
    checked = "gecontroleerd op 3 november 2026: gezagsregister"
    with override("nl"):
        told = [_has("Anna", "birth", checked=checked), _has("Bert", "marriage", checked=checked)]
        answer = asked(Young("Noor", 13, 13), told)
    assert answer.sentence == (
        "Anna en Bert hebben samen gezag, gecontroleerd op 3 november 2026: gezagsregister;"
        " Noor is 13 en wordt gevraagd mee te tekenen"
    )


@pytest.mark.parametrize(
    ("kind", "age", "accepted"),
    [("lacks", 11, False), ("lacks", 12, True), ("lacks", 16, True), ("lacks", 40, True)]
    + [("mentor", 12, False), ("mentor", 18, True), ("curator", 16, False), ("curator", 40, True)],
)
def test_who_decides_for_somebody_is_noted_at_an_age_at_which_it_can_be(
    cast: Cast, kind: str, age: int, accepted: bool
) -> None:
    child, _mother = _people(cast)
    today = clock.local_date(cast.now)
    Person.objects.filter(pk=child.pk).update(birth_date=date(today.year - age, 1, 1))
    child.refresh_from_db()
    given = {"name": MENTOR, "since": today, "until": None, "checked_where": "beschikking", "now": cast.now}
    if accepted:
        assert representation_note(person=child, by=cast.owner, kind=kind, **given).pk
        return
    with pytest.raises(ValidationError):
        representation_note(person=child, by=cast.owner, kind=kind, **given)


def test_an_age_limit_between_the_possible_birthdays_asks_for_the_date() -> None:
    """Born some day in a year: eleven or twelve is not the same."""
    assert not asked(Young("Noor", 11, 12), [MOTHER]).is_certain
    assert asked(Young("Noor", 13, 14), [MOTHER]).is_certain


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
    answer = asked(Young("Noor", age, age, lacks), [_is(status, name) for name, status in holders])
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

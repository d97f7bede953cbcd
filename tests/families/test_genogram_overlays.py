"""What lies over the family in the genogram: arrangements, bans, conditions; what rules hold, who sees them, what never leaks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.choices import (
    BANS,
    SUBSTANCES,
    VIOLENCE_LINES,
    ApartKind,
    ArrangementKind,
    ConditionKind,
    ConditionState,
    LineKind,
    Nature,
    PregnancyOutcome,
)
from families.genogram import Link, Mark
from families.models import Arrangement, Condition, KeepApart, Person, Relation
from families.selectors import kept_apart
from families.selectors.apart import apart_sentences
from families.selectors.overlay import OWN, Layer, forget_layer, register_layer
from families.services import (
    ArrangementData,
    ConditionData,
    Decision,
    HomeData,
    LineData,
    PersonData,
    PregnancyData,
    RelationData,
    apart_note,
    arrangement_note,
    condition_note,
    fact_note,
    household_join,
    line_add,
    person_add,
    pregnancy_add,
    relation_add,
    tie_open,
)
from families.services.apart import home_ban_check
from tests.cast import Cast


def _url(cast: Cast, rest: str = "genogram/") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{rest}"


def _person(cast: Cast, name: str, sex: str = "unknown", born: date | None = None) -> Person:
    data = PersonData(given_name=name, surname="Halteren", sex=sex, birth_date=born)
    return person_add(case=cast.case, data=data, by=cast.owner)


def _named(cast: Cast, ref: str) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=ref)


def _arrange(cast: Cast, kind: str, child: Person, other: Person | None = None, **more: object) -> Arrangement:
    data = ArrangementData(kind, "ruling", **more)  # type: ignore[arg-type]
    return arrangement_note(case=cast.case, by=cast.owner, child=child, other=other, data=data, now=cast.now)


def _ban(cast: Cast, kind: str, one: Person, other: Person, hours: int = 24, body: str = "burgemeester") -> KeepApart:
    start = cast.now - timedelta(hours=1)
    decision = Decision(kind, body if kind in BANS else "", starts_at=start, ends_at=start + timedelta(hours=hours))
    return apart_note(
        case=cast.case, by=cast.owner, one=one, other=other, reason="Reden", now=cast.now, decision=decision
    )


def _svg(cast: Cast, login: str = "owner", query: str = "") -> str:
    answer = cast.client(login).get(_url(cast, "genogram.svg") + query)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Rules ------------------------------------------------------------------------------------------------------------


def test_an_arrangement_without_what_belongs_to_it_is_refused_with_everything_typed(cast: Cast) -> None:
    """With nobody, by nobody, nowhere, of an adult, before birth, over before it began: 422 and the words still there."""
    child, adult = _person(cast, "Kind", born=date(2015, 1, 1)), _person(cast, "Groot", born=date(1990, 1, 1))
    c, a, m = child.party.ref, adult.party.ref, cast.mother
    bad = [
        {"kind": "contact", "child": c},
        {"kind": "contact", "child": c, "other": c},
        {"kind": "supervision", "child": c},
        {"kind": "supervision", "child": c, "other": m, "body": "GI"},
        {"kind": "placement", "child": c},
        {"kind": "supervision", "child": a, "body": "GI"},
        {"kind": "contact", "child": c, "other": m, "since": "2014-12-31"},
        {"kind": "contact", "child": c, "other": m, "since": "2020-01-02", "until": "2020-01-01"},
        {"kind": "contact", "child": c, "other": m, "seen_in": "gossip"},
        {"kind": "visit", "child": c, "other": m},
        {"kind": "contact", "child": "XXXXXXXX", "other": m},
    ]
    for data in bad:
        sent = {"key": str(uuid4()), "seen_in": "ruling", "words": "om het weekend", **data}
        answer = cast.client("owner").post(_url(cast, "regelingen/nieuw/"), sent)
        assert answer.status_code == 422, data
        assert answer.context["form"].errors
        assert "om het weekend" in answer.content.decode()
    assert not Arrangement.objects.exists()


def test_a_diagnosis_is_not_suspected_and_alcohol_may_be(cast: Cast) -> None:
    """The standard signs know suspected for use only; the form says so and loses nothing."""
    data = {"person": cast.mother, "view": cast.mother, "state": "suspected", "words": "volgens de buren"}
    for kind in ConditionKind.values:
        answer = cast.client("owner").post(
            _url(cast, "aandoeningen/nieuw/"), {"key": str(uuid4()), "kind": kind, **data}
        )
        assert answer.status_code == (302 if kind in SUBSTANCES else 422), kind
        assert answer.status_code == 302 or "volgens de buren" in answer.content.decode()
    assert {row.kind for row in Condition.objects.all()} == SUBSTANCES


def test_the_same_arrangement_or_condition_runs_once(cast: Cast) -> None:
    """A second one in the same view is refused; in another view it is another voice."""
    mother, daughter = _named(cast, cast.mother), _named(cast, cast.daughter)
    _arrange(cast, "contact", daughter, mother)
    with pytest.raises(ValidationError):
        _arrange(cast, "contact", daughter, mother)
    for view in (mother, daughter):
        data = ConditionData("alcohol", view.party_id)
        condition_note(case=cast.case, by=cast.owner, person=mother, data=data, now=cast.now)
        with pytest.raises(ValidationError):
            condition_note(case=cast.case, by=cast.owner, person=mother, data=data, now=cast.now)
    assert Condition.objects.count() == 2


def test_the_database_refuses_what_the_forms_refuse(cast: Cast) -> None:
    """Also for code that forgot to ask."""
    child, one = _named(cast, cast.daughter), _named(cast, cast.mother)
    apart = {"case": cast.case, "one": one, "other": child, "reason": "x", "since": date(2026, 1, 1)}
    arrangement = {"case": cast.case, "child": child, "seen_in": "ruling"}
    start = cast.now
    for make in (
        lambda: Arrangement.objects.create(kind="contact", **arrangement),
        lambda: Arrangement.objects.create(kind="contact", other=child, **arrangement),
        lambda: Arrangement.objects.create(kind="supervision", **arrangement),
        lambda: Arrangement.objects.create(kind="placement", **arrangement),
        lambda: Arrangement.objects.create(kind="else", other=one, **arrangement),
        lambda: Arrangement.objects.create(kind="contact", other=one, **{**arrangement, "seen_in": ""}),
        lambda: Condition.objects.create(
            case=cast.case, person=one, kind="psychological", state="suspected", view=one.party
        ),
        lambda: Condition.objects.create(case=cast.case, person=one, kind="bad", view=one.party),
        lambda: KeepApart.objects.create(kind="contact_ban", **apart),
        lambda: KeepApart.objects.create(kind="home_ban", body="b", **apart),
        lambda: KeepApart.objects.create(
            kind="home_ban", body="b", starts_at=start, ends_at=start + timedelta(days=29), **apart
        ),
        lambda: KeepApart.objects.create(kind="own", starts_at=start, ends_at=start, **apart),
        lambda: KeepApart.objects.create(kind="own", withdrawn_at=start, **apart),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(1, 50 * 24 * 60),
)
def test_a_home_ban_lasts_four_weeks_at_most_by_the_clock_on_the_wall(start: datetime, minutes: int) -> None:
    """Whatever summer time does on the way: to the minute on the same hour of the twenty-eighth day, and no later."""
    end = start + timedelta(minutes=minutes)
    starts_at, ends_at = (at.replace(tzinfo=clock.LOCAL) for at in (start, end))
    decision = Decision("home_ban", "burgemeester", starts_at=starts_at, ends_at=ends_at)
    adult = Person(birth_date=date(1980, 1, 1))
    if minutes <= 28 * 24 * 60:
        home_ban_check(adult, decision)
    else:
        with pytest.raises(ValidationError):
            home_ban_check(adult, decision)


def test_a_home_ban_is_for_adults_with_its_own_hours_and_who_decided(cast: Cast) -> None:
    """A child, no beginning, no end, nobody who decided: each is said at its field and nothing is lost."""
    child, adult = _person(cast, "Zoon", born=date(2012, 1, 1)), _person(cast, "Vader", born=date(1985, 1, 1))
    start = clock.now().astimezone(clock.LOCAL)
    good = {
        "kind": "home_ban",
        "one": adult.party.ref,
        "other": cast.mother,
        "body": "burgemeester",
        "reason": "Ernstige dreiging",
        "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "ends_at": f"{start + timedelta(days=10):%Y-%m-%dT%H:%M}",
    }
    wrong = {
        "one": child.party.ref,
        "starts_at": "",
        "ends_at": "",
        "body": "",
    }
    client = cast.client("owner")
    for field, value in wrong.items():
        answer = client.post(_url(cast, "niet-samen/nieuw/"), {"key": str(uuid4()), **good, field: value})
        assert answer.status_code == 422, field
        assert field in answer.context["form"].errors
        assert "Ernstige dreiging" in answer.content.decode()
    late = {**good, "key": str(uuid4()), "ends_at": f"{start + timedelta(days=28, hours=2):%Y-%m-%dT%H:%M}"}
    assert client.post(_url(cast, "niet-samen/nieuw/"), late).status_code == 422
    assert not KeepApart.objects.exists()
    assert client.post(_url(cast, "niet-samen/nieuw/"), {"key": str(uuid4()), **good}).status_code == 302
    row = KeepApart.objects.get()
    assert (row.one_id, row.kind, row.until) == (adult.pk, "home_ban", clock.local_date(start + timedelta(days=10)))


def test_the_decisions_own_end_counts_to_the_hour(cast: Cast) -> None:
    """One minute before it they may not meet, at that minute they may: on the list, when planning and in the drawing."""
    father, mother = _person(cast, "Vader"), _named(cast, cast.mother)
    row = _ban(cast, "contact_ban", father, mother, hours=30)
    assert row.ends_at is not None
    parties = [father.party_id, mother.party_id]
    for moment, holds in ((row.ends_at - timedelta(minutes=1), True), (row.ends_at, False)):
        assert bool(kept_apart(cast.case, moment)) == holds
        assert bool(apart_sentences(cast.case, parties, moment)) == holds
    assert f"{row.ends_at.astimezone(clock.LOCAL):%H:%M}" in kept_apart(cast.case, cast.now)[0].until
    KeepApart.objects.filter(pk=row.pk).update(starts_at=cast.now - timedelta(days=2), ends_at=cast.now)
    assert "gg-line" not in _svg(cast)


def test_a_ban_is_a_reason_to_propose_working_apart(cast: Cast) -> None:
    """From the same data that keeps them out of one appointment, by its own name, as long as it holds."""
    father, mother = _person(cast, "Vader"), _named(cast, cast.mother)
    page = f"/casussen/{cast.case.ref}/aanmelding/"
    client = cast.client("owner")
    label = str(ApartKind.CONTACT_BAN.label)

    def page_says() -> bool:
        return label in client.get(page).content.decode().lower()

    assert not page_says()
    row = _ban(cast, "contact_ban", father, mother)
    assert page_says()
    KeepApart.objects.filter(pk=row.pk).update(starts_at=cast.now - timedelta(days=2), ends_at=cast.now)
    assert not page_says()


def test_an_overlay_ends_or_is_taken_back_like_every_tie(cast: Cast) -> None:
    """It leaves the drawing and stays in the history."""
    father, mother, child = _person(cast, "Vader"), _named(cast, cast.mother), _named(cast, cast.daughter)
    data = ConditionData("drugs", father.party_id)
    rows = {
        "a": _arrange(cast, "placement", child, father),
        "k": _ban(cast, "location_ban", father, mother),
        "d": condition_note(case=cast.case, by=cast.owner, person=father, data=data, now=cast.now),
    }
    client = cast.client("owner")
    for code, row in rows.items():
        place = _url(cast, f"banden/{code}{row.pk}/")
        assert client.get(place).status_code == 200
        assert client.post(place + "terug/", {"why": ""}).status_code == 422
        assert client.post(place + "terug/", {"why": f"Niet waar {code}"}).status_code == 302
    page = client.get(_url(cast)).content.decode()
    assert page.count("Niet waar") == 3
    for sign in ('class="gg-line"', "illness_", "gg-hatch"):
        assert sign not in page
    assert kept_apart(cast.case, cast.now) == []
    assert [type(row).objects.filter(pk=row.pk).count() for row in rows.values()] == [1, 1, 1]
    ended = _arrange(cast, "contact", child, mother, since=date(2020, 1, 1))
    assert client.post(_url(cast, f"banden/a{ended.pk}/tot/"), {"until": "2021-01-01"}).status_code == 302
    assert 'class="gg-line"' not in _svg(cast)


def test_sent_twice_is_one_arrangement_and_one_condition(cast: Cast) -> None:
    """And the same key with other words is refused."""
    client = cast.client("owner")
    sent = [
        (
            "regelingen/nieuw/",
            {"kind": "contact", "child": cast.daughter, "other": cast.mother, "seen_in": "plan", "words": "a"},
        ),
        (
            "aandoeningen/nieuw/",
            {"kind": "physical", "person": cast.mother, "view": cast.mother, "state": "present", "words": "a"},
        ),
    ]
    for path, data in sent:
        data["key"] = str(uuid4())
        assert [client.post(_url(cast, path), data).status_code for _ in range(2)] == [302, 302]
        assert client.post(_url(cast, path), {**data, "words": "b"}).status_code == 409
    assert (Arrangement.objects.count(), Condition.objects.count()) == (1, 1)
    page = client.get(_url(cast)).content.decode()
    for path, _data in sent:
        assert _url(cast, path) in page


# --- Bad input about the family ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_cannot_close_a_circle_of_three_generations(cast: Cast) -> None:
    """Each alone is right; together somebody would be her own great-grandmother. One of them is refused, every time."""
    rows = [_person(cast, name) for name in ("Een", "Twee", "Drie", "Vier")]
    refs = [row.party.ref for row in rows]
    for one, other in ((0, 1), (2, 3)):
        relation_add(case=cast.case, by=cast.owner, kind="parent", one=rows[one], other=rows[other], now=cast.now)
    clients = [cast.client("owner"), cast.client("owner")]

    def send(number: int) -> int:
        one, other = ((1, 2), (3, 0))[number]
        data = {"key": str(uuid4()), "kind": "parent:biological", "one": refs[one], "other": refs[other]}
        try:
            return clients[number].post(_url(cast, "relaties/nieuw/"), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(send, (0, 1))) == [302, 422]
    assert Relation.objects.filter(kind="parent").count() == 3


def test_a_circle_over_three_generations_is_said_plainly_and_nothing_is_lost(cast: Cast) -> None:
    """A great-grandchild as parent of her great-grandmother: at the field, with the source still there."""
    rows = [_person(cast, name) for name in ("Een", "Twee", "Drie", "Vier")]
    for one, other in zip(rows, rows[1:], strict=False):
        relation_add(case=cast.case, by=cast.owner, kind="parent", one=one, other=other, now=cast.now)
    data = {"kind": "parent:foster", "one": rows[3].party.ref, "other": rows[0].party.ref, "source": "van oma"}
    answer = cast.client("owner").post(_url(cast, "relaties/nieuw/"), {"key": str(uuid4()), **data})
    assert answer.status_code == 422
    assert "other" in answer.context["form"].errors
    assert "van oma" in answer.content.decode()


def test_authority_over_an_adult_and_death_before_birth_are_refused_with_everything_typed(cast: Cast) -> None:
    """At the field, with what was typed still there."""
    adult = _person(cast, "Groot", born=date(1990, 1, 1))
    client = cast.client("owner")
    data = {"holder": cast.mother, "status": "yes", "basis": "birth", "checked_on": "2026-01-02", "source": "brp"}
    answer = client.post(
        _url(cast, f"{adult.party.ref}/gezag/"), {"key": str(uuid4()), **data, "checked_where": "loket"}
    )
    assert answer.status_code == 422
    assert "loket" in answer.content.decode()
    person = {"given_name": "Zeldzaam", "birth_date": "2010-01-02", "died_on": "2010-01-01", "birth_precision": "day"}
    answer = client.post(_url(cast, "nieuw/"), {"key": str(uuid4()), "name_use": "own", **person})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "Zeldzaam" in answer.content.decode()


# --- Layers -----------------------------------------------------------------------------------------------------------


def _one_of_each(cast: Cast) -> None:
    Person.objects.filter(party__ref=cast.daughter).update(birth_date=date(2015, 1, 1))
    father, mother, child = _person(cast, "Vader"), _named(cast, cast.mother), _named(cast, cast.daughter)
    _arrange(cast, "contact", child, father, words="om het weekend")
    _arrange(cast, "supervision", child, body="GI Oost")
    _ban(cast, "contact_ban", father, mother)
    data = ConditionData("alcohol", mother.party_id, "recovery", "gestopt in maart")
    condition_note(case=cast.case, by=cast.owner, person=father, data=data, now=cast.now)


# What tells that a layer is on: words that stand in the drawing and nowhere when it is off.
SIGNS = {
    "gezag": "M-AUTHORITY",
    "omgang": "om het weekend",
    "toezicht": "GI Oost",
    "verbod": "burgemeester",
    "aandoening": "gestopt in maart",
}


def test_each_layer_goes_on_and_off_by_itself_in_drawing_words_and_legend(cast: Cast) -> None:
    """By plain addresses; what is off is in neither, and what is not known is nothing."""
    _one_of_each(cast)
    client = cast.client("owner")
    assert set(SIGNS) == set(OWN)
    for code in OWN:
        page = client.get(_url(cast) + f"?lagen=kies&laag={code}").content.decode()
        svg = _svg(cast, query=f"?lagen=kies&laag={code}")
        for other, sign in SIGNS.items():
            if other == "gezag":
                assert ("mark_authority" in _legend_of(svg)) == (code == "gezag")
            else:
                assert (sign in svg) == (other == code), (code, other)
                assert (sign in page) == (other == code), (code, other)
    bare = _svg(cast, query="?lagen=kies&laag=onzin")
    assert not any(sign in bare for sign in SIGNS.values())
    whole = _svg(cast)
    assert all(sign in whole for code, sign in SIGNS.items() if code != "gezag")


def _legend_of(svg: str) -> list[str]:
    from families.selectors.wording import legend

    codes = ("mark_authority", "mark_supervision", "link_contact", "link_contact_ban", "use_recovery")
    return [code for code in codes if f">{legend(code)}<" in svg]


def test_the_legend_says_which_layers_are_on(cast: Cast) -> None:
    """Each sign of a layer has its word in the legend, and none without it."""
    _one_of_each(cast)
    assert len(_legend_of(_svg(cast))) == 5
    assert _legend_of(_svg(cast, query="?lagen=kies")) == []
    assert _legend_of(_svg(cast, query="?lagen=kies&laag=verbod")) == ["link_contact_ban"]


def test_a_symbol_says_to_a_screen_reader_what_lies_over_it(cast: Cast) -> None:
    """The name of somebody's symbol tells what she has and what was arranged, as the drawing does."""
    _one_of_each(cast)
    svg = _svg(cast)
    labels = [part.partition('"')[0] for part in svg.split('aria-label="')[1:]]
    assert any("Vader" in label and "gestopt in maart" in label for label in labels)
    assert any("GI Oost" in label for label in labels)


@pytest.fixture
def higher_layer(cast: Cast) -> Iterator[Callable[[str], None]]:
    """A layer as a higher room would lay it: a mark and a line, with words of the test's choice."""

    def lay(said: str) -> None:
        rows = [
            Mark(cast.mother, "aangifte: ja", "report", "1", said),
            Link("2", cast.mother, cast.daughter, "measure", said),
            Mark("XXXXXXXX", "van niemand", "report", "3", said),
        ]
        register_layer(Layer("maatregel", "maatregelen", lambda _case, _now: rows, {"report": "Aangifte gedaan"}))

    yield lay
    forget_layer("maatregel")


def test_a_higher_room_adds_a_layer_for_the_team_and_for_no_reader(
    cast: Cast, higher_layer: Callable[[str], None]
) -> None:
    """Drawn, said, in the legend, switched off; in nobody's version, whatever was opened."""
    higher_layer("Proces-verbaal van maandag")
    svg = _svg(cast)
    for words in ("aangifte: ja", "Proces-verbaal van maandag", ">Aangifte gedaan<"):
        assert words in svg
    assert "van niemand" not in svg
    assert "Proces-verbaal" not in _svg(cast, query="?lagen=kies&laag=gezag")
    for reader in (cast.mother, cast.daughter):
        cast.client("owner").post(_url(cast, "genogram/openen/"), {"reader": reader, "may": "harmless"})
        page = cast.client("owner").get(_url(cast) + f"?voor={reader}").content.decode()
        assert "Proces-verbaal" not in page
        assert "maatregelen" not in page


def test_a_fact_in_the_words_of_a_layer_is_kept_from_a_second_worker(
    cast: Cast, higher_layer: Callable[[str], None]
) -> None:
    """What a higher room says is held against the facts like everything else."""
    mother = _named(cast, cast.mother)
    value = "Duinpad 7, 4999 ZZ Westerduin"
    fact_note(case=cast.case, by=cast.owner, concerns=mother, value=value, may_know=[], now=cast.now)
    higher_layer("gezien bij Duinpad 7")
    _arrange(cast, "contact", _named(cast, cast.daughter), mother, words="halen op Duinpad 7")
    assert "Duinpad" in _svg(cast)
    assert "Duinpad" not in _svg(cast, "second")


# --- Somebody's own version: closed unless opened, each thing by itself -------------------------------------------------


def _delicate() -> dict[str, Callable[[Cast, Person, Person, Person], object]]:
    """Everything that is opened one by one, a maker for each kind there is: of mother, father and child."""
    makes: dict[str, Callable[[Cast, Person, Person, Person], object]] = {}

    def relation(kind: str, nature: str, one: int, other: int) -> Callable[..., object]:
        return lambda cast, *people: relation_add(
            case=cast.case,
            by=cast.owner,
            kind=kind,
            one=people[one],
            other=people[other],
            data=RelationData(nature),
            now=cast.now,
        )

    makes["affair"] = relation("partner", Nature.AFFAIR, 0, 1)
    makes["paternity"] = relation("parent", Nature.BIOLOGICAL, 1, 2)
    makes["paternity, not said how"] = relation("parent", "", 1, 2)
    makes["adoption"] = relation("parent", Nature.ADOPTIVE, 0, 2)
    makes["half"] = relation("sibling", Nature.HALF, 1, 2)
    for line in sorted(VIOLENCE_LINES):
        makes[f"line {line}"] = lambda cast, mother, father, child, line=line: line_add(
            case=cast.case,
            by=cast.owner,
            one=father,
            other=mother,
            data=LineData(line, child.party_id),
            now=cast.now,
        )
    for outcome in PregnancyOutcome.values:
        makes[f"pregnancy {outcome}"] = lambda cast, mother, father, _child, outcome=outcome: pregnancy_add(
            case=cast.case, by=cast.owner, carrier=mother, other=father, data=PregnancyData(outcome), now=cast.now
        )
    for kind in ConditionKind.values:
        for state in ConditionState.values:
            if state != ConditionState.SUSPECTED or kind in SUBSTANCES:
                makes[f"condition {kind} {state}"] = lambda cast, mother, _father, child, kind=kind, state=state: (
                    condition_note(
                        case=cast.case,
                        by=cast.owner,
                        person=mother,
                        data=ConditionData(kind, child.party_id, state),
                        now=cast.now,
                    )
                )
    for kind in ApartKind.values:
        makes[f"apart {kind}"] = lambda cast, mother, father, _child, kind=kind: _ban(cast, kind, father, mother)
    for kind in ArrangementKind.values:
        makes[f"arrangement {kind}"] = lambda cast, mother, _father, child, kind=kind: _arrange(
            cast, kind, child, None if kind == "supervision" else mother, body="GI" if kind == "supervision" else ""
        )
    makes["home"] = lambda cast, mother, _father, _child: household_join(
        case=cast.case, by=cast.owner, people=[mother], data=HomeData(label="Nieuw huis"), now=cast.now
    )[0]
    return makes


DELICATE = _delicate()


@pytest.mark.parametrize("what", list(DELICATE))
def test_what_is_delicate_is_in_nobodys_version_until_it_is_opened_by_itself(what: str, cast: Cast) -> None:
    """Not by default, not though she told it, not with what is harmless; opened it is there, and only for her."""
    mother, child = _named(cast, cast.mother), _named(cast, cast.daughter)
    Person.objects.filter(pk=mother.pk).update(sex="woman", birth_date=date(1980, 1, 1))
    Person.objects.filter(pk=child.pk).update(birth_date=date(2012, 1, 1))
    mother, child = _named(cast, cast.mother), _named(cast, cast.daughter)
    father = _person(cast, "Vader", "man", date(1980, 1, 1))
    readers = (mother, father, child)
    before = {row.pk: _svg(cast, query=f"?voor={row.party.ref}") for row in readers}
    item = DELICATE[what](cast, mother, father, child)
    client = cast.client("owner")
    for reader in readers:
        client.post(_url(cast, "genogram/openen/"), {"reader": reader.party.ref, "may": "harmless"})
        assert _svg(cast, query=f"?voor={reader.party.ref}") == before[reader.pk]
    tie_open(item=item, case=cast.case, by=cast.owner, reader=child.party, now=cast.now - timedelta(minutes=1))  # type: ignore[arg-type]
    opened = _svg(cast, query=f"?voor={child.party.ref}")
    assert opened != before[child.pk]
    for reader in (mother, father):
        assert _svg(cast, query=f"?voor={reader.party.ref}") == before[reader.pk]


def test_what_is_opened_for_a_reader_shows_no_source(cast: Cast) -> None:
    """She reads what was arranged, not who told it to the team."""
    mother, child = _named(cast, cast.mother), _named(cast, cast.daughter)
    row = _arrange(cast, "contact", child, mother, words="om het weekend", source="gehoord van de buurvrouw")
    assert "gehoord van de buurvrouw" in cast.client("owner").get(_url(cast)).content.decode()
    tie_open(item=row, case=cast.case, by=cast.owner, reader=child.party, now=cast.now - timedelta(minutes=1))
    version = _svg(cast, query=f"?voor={child.party.ref}")
    assert "om het weekend" in version
    assert "buurvrouw" not in version


def test_a_version_leads_to_no_page_of_the_team(cast: Cast) -> None:
    """For the team a symbol opens the person; in somebody's own version it leads nowhere outside the drawing."""
    for login in ("owner", "second"):
        assert f'href="/casussen/{cast.case.ref}/gezin/{cast.mother}/"' in _svg(cast, login)
    assert "/casussen/" not in _svg(cast, query=f"?voor={cast.mother}")


def test_whose_view_filters_conditions_too(cast: Cast) -> None:
    """What the mother sees and what the daughter sees stand apart; persons stay."""
    mother, child = _named(cast, cast.mother), _named(cast, cast.daughter)
    for view, words in ((mother, "eigen woorden"), (child, "woorden van kind")):
        data = ConditionData("alcohol", view.party_id, words=words)
        condition_note(case=cast.case, by=cast.owner, person=mother, data=data, now=cast.now)
    page = cast.client("owner").get(_url(cast) + f"?blik={cast.daughter}").content.decode()
    assert "woorden van kind" in page
    assert "eigen woorden" not in page
    assert page.count('class="gg-person"') == 2


# --- On the page of the family ------------------------------------------------------------------------------------------


def test_the_drawing_comes_to_the_page_of_the_family_from_its_own_address(cast: Cast) -> None:
    """A part for the script, a page without it; the page of the family names it and asks nothing for it."""
    client = cast.client("owner")
    place = _url(cast, "tekening/")
    part = client.get(place, headers={"HX-Request": "true"}).content.decode()
    assert part.count('class="gg-person"') == 2
    assert "<html" not in part
    assert "<html" in client.get(place).content.decode()
    page = client.get(_url(cast, "")).content.decode()
    assert f'hx-get="{place}"' in page
    assert "gg-person" not in page


def test_every_line_kind_has_a_word_in_the_legend() -> None:
    """Also those of the overlays: a kind without a word would stop the drawing."""
    from families.genogram import BARS, LOOKS
    from families.selectors.wording import legend

    assert set(LOOKS) >= set(LineKind.values)
    assert set(BARS) == {ArrangementKind.CONTACT.value, *ApartKind.values}
    for kind in BARS:
        assert legend(f"link_{kind}")

"""The intake: together only after everybody was spoken to alone; rows are added and nothing is written over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.choices import Between, RelationKind, ViolenceType, Wish, WorkingForm
from families.models import KnownQuestion, Person, Referral, Relation, SpokenAlone, Weighing
from families.selectors import adults_of
from families.services import case_change, spoken_alone_note
from families.together import APART, Adult, missing_for_together, reasons_apart
from tests.cast import Cast


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/aanmelding/{rest}"


def _child(cast: Cast) -> None:
    """The daughter is a child, so that the mother is the only adult."""
    born = clock.local_date(cast.now) - timedelta(days=10 * 365)
    Person.objects.filter(party__ref=cast.daughter).update(birth_date=born)


def _speak(cast: Cast, who: str, wish: str = "yes", at_risk: bool = False) -> None:
    person = Person.objects.get(party__ref=who)
    today = clock.local_date(cast.now)
    spoken_alone_note(person=person, by=cast.owner, on=today, wish=wish, is_at_risk=at_risk, now=cast.now)


def _join(cast: Cast) -> None:
    case_change(case=cast.case, by=cast.owner, now=cast.now, reason="x", working_form=WorkingForm.JOINT)


A, B = "Anna", "Bert"
# fmt: off
TABLE = [
    # who said what alone                                               | may work together?
    ([],                                                                  True),
    ([Adult(A)],                                                          False),
    ([Adult(A, Wish.YES)],                                                False),
    ([Adult(A, Wish.YES, True)],                                          True),
    ([Adult(A, Wish.UNSURE, True)],                                       False),
    ([Adult(A, Wish.YES, True), Adult(B)],                                False),
    ([Adult(A, Wish.YES, True), Adult(B, Wish.UNSURE)],                   True),
    ([Adult(A, Wish.YES, True), Adult(B, Wish.NO)],                       False),
    ([Adult(A, Wish.YES, True), Adult(B, Wish.YES)],                      True),
]
# fmt: on


@pytest.mark.parametrize(("adults", "may"), TABLE)
def test_together_only_after_every_adult_was_spoken_to_alone(adults: list[Adult], may: bool) -> None:
    """And who is at risk agreed, alone (design.md 5)."""
    assert (missing_for_together(adults) == []) == may


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(list(ViolenceType)), unique=True),
    st.lists(st.sampled_from(list(Between)), unique=True),
    st.booleans(),
    st.booleans(),
)
def test_apart_is_proposed_with_each_reason_and_with_no_other(
    violence: list[str], between: list[str], kept: bool, hidden: bool
) -> None:
    """Coercive control, sexual abuse of a child, stalking, honour, forced marriage, dependence, a ban, a hidden address."""
    proposed = bool(reasons_apart(violence, between, [], kept_apart=kept, hidden=hidden))
    assert proposed == bool(set(violence) & set(APART) or Between.DEPENDENT in between or kept or hidden)


def test_the_working_form_is_refused_until_then_and_says_what_is_missing(cast: Cast) -> None:
    """Apart always; together names who was not spoken to."""
    _child(cast)
    with pytest.raises(ValidationError, match="Marianne"):
        _join(cast)
    _speak(cast, cast.mother, at_risk=True)
    _join(cast)
    cast.case.refresh_from_db()
    assert cast.case.working_form == WorkingForm.JOINT
    case_change(case=cast.case, by=cast.owner, now=cast.now, reason="x", working_form=WorkingForm.SEPARATE)


def test_a_talk_that_is_still_to_come_does_not_count(cast: Cast) -> None:
    """Only what was."""
    _child(cast)
    answer = cast.client("owner").post(
        _url(cast, "gesproken/"), {"person": cast.mother, "wish": "yes", "is_at_risk": "on", "on": "2099-01-01"}
    )
    assert answer.status_code == 422
    assert not SpokenAlone.objects.exists()


def test_a_former_partner_elsewhere_is_an_adult_who_must_be_heard(cast: Cast) -> None:
    """A grandmother elsewhere is not."""
    _child(cast)
    mother = Person.objects.get(party__ref=cast.mother)
    daughter = Person.objects.get(party__ref=cast.daughter)
    Person.objects.filter(pk=daughter.pk).update(birth_date=None, in_household=False)
    today = clock.local_date(cast.now)
    assert [row.pk for row in adults_of(cast.case, today)] == [mother.pk]
    Relation.objects.create(case=cast.case, kind=RelationKind.PARTNER, one=mother, other=daughter)
    assert len(adults_of(cast.case, today)) == 2


GOOD = {
    "bron": {"source": "school", "question": "Wie kijkt er?", "received_on": "2026-01-05"},
    "weging": {
        "violence": ["coercive"],
        "between": ["partners"],
        "needs_director": "1",
        "why": "Niemand overziet het.",
    },
    "regie": {"at": "gi", "decides": "de gedragswetenschapper", "since": "2026-01-05"},
    "bekend": {"asked_by": "police", "answer": "nothing"},
}


@pytest.mark.parametrize("what", sorted(GOOD))
def test_what_was_noted_stands_on_the_page_and_what_is_empty_is_refused(cast: Cast, what: str) -> None:
    """Each part of the intake: 302 and shown; nothing typed is 422."""
    client = cast.client("owner")
    assert client.post(_url(cast, f"{what}/"), {}).status_code == 422
    assert client.post(_url(cast, f"{what}/"), GOOD[what]).status_code == 302
    assert client.get(_url(cast)).status_code == 200


def test_weighing_anew_keeps_what_was_weighed_before(cast: Cast) -> None:
    """The newest counts; coercive control proposes apart."""
    client = cast.client("owner")
    client.post(_url(cast, "weging/"), GOOD["weging"])
    assert "dwingende controle" in client.get(_url(cast)).content.decode().lower() or Weighing.objects.count() == 1
    client.post(_url(cast, "weging/"), {**GOOD["weging"], "violence": ["neglect"]})
    assert Weighing.objects.count() == 2


def test_the_question_whether_a_family_is_known_is_kept_without_content(cast: Cast) -> None:
    """Who asked and what was answered: two closed words."""
    cast.client("owner").post(_url(cast, "bekend/"), {**GOOD["bekend"], "text": "vader drinkt"})
    row = KnownQuestion.objects.get()
    assert (row.asked_by, row.answer) == ("police", "nothing")


def test_a_second_worker_reads_and_notes_nothing(cast: Cast) -> None:
    """She directs nothing; a stranger finds no page."""
    assert cast.client("second").get(_url(cast)).status_code == 200
    assert cast.client("second").post(_url(cast, "bron/"), GOOD["bron"]).status_code == 403
    assert cast.client("stranger").get(_url(cast)).status_code == 404
    assert not Referral.objects.exists()


def test_an_unknown_part_does_not_exist(cast: Cast) -> None:
    """Nothing but the parts that there are."""
    assert cast.client("owner").post(_url(cast, "zomaar/"), {}).status_code == 404

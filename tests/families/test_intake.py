"""The intake: together only after everybody was spoken to alone; rows are added and nothing is written over."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.reminders.choices import Rung
from casusregie.reminders.models import Reminder
from casusregie.reminders.services import sweep
from families.access import case_for
from families.choices import Between, RelationKind, ViolenceType, Wish, WorkingForm
from families.models import KnownQuestion, Person, Referral, Relation, SpokenAlone, Weighing
from families.promises import DIRECTION, WATCH
from families.selectors import adults_of, intake, working_form
from families.services import PersonData, case_change, fact_end, fact_note, person_add, position_note, spoken_alone_note
from families.services.intake import ReferralData, direction_key, direction_note, referral_note
from families.together import APART, Adult, missing_for_together, reasons_apart
from processplan.selectors import content_of
from tests.cast import Cast
from tests.plans import make_line


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


# --- Together stays together only while it is so -------------------------------------------------------------------------


def _form(cast: Cast) -> WorkingForm:
    cast.case.refresh_from_db()
    return working_form(cast.case, clock.local_date(cast.now))


def _joined(cast: Cast) -> None:
    _child(cast)
    _speak(cast, cast.mother, at_risk=True)
    _join(cast)
    assert _form(cast) == WorkingForm.JOINT


def test_a_yes_that_is_taken_back_alone_makes_the_case_work_as_apart_at_once(cast: Cast) -> None:
    _joined(cast)
    _speak(cast, cast.mother, wish="unsure", at_risk=True)
    assert _form(cast) == WorkingForm.UNDECIDED
    assert "apart" in cast.client("owner").get(_url(cast)).content.decode()
    _speak(cast, cast.mother, at_risk=True)
    assert _form(cast) == WorkingForm.JOINT


def test_an_adult_who_comes_later_must_be_spoken_to_alone_too(cast: Cast) -> None:
    _joined(cast)
    person_add(case=cast.case, data=PersonData(given_name="Jochem", surname="Halteren"), by=cast.owner)
    assert _form(cast) == WorkingForm.UNDECIDED


def test_who_comes_of_age_must_be_spoken_to_alone_from_that_day(cast: Cast) -> None:
    _joined(cast)
    birthday = clock.local_date(cast.now).replace(day=1) + timedelta(days=40)
    born = birthday.replace(year=birthday.year - 18, day=min(birthday.day, 28))
    birthday = born.replace(year=born.year + 18)
    Person.objects.filter(party__ref=cast.daughter).update(birth_date=born)
    cast.case.refresh_from_db()
    assert working_form(cast.case, birthday - timedelta(days=1)) == WorkingForm.JOINT
    assert working_form(cast.case, birthday) == WorkingForm.UNDECIDED


def test_who_is_hurt_now_is_at_risk_whatever_was_ticked(cast: Cast) -> None:
    """Ticking somebody else as the one at risk does not get around who is hurt."""
    _joined(cast)
    father = person_add(case=cast.case, data=PersonData(given_name="Jochem", surname="Halteren"), by=cast.owner)
    _speak(cast, father.party.ref, at_risk=True)
    _speak(cast, cast.mother, wish="unsure")
    assert _form(cast) == WorkingForm.JOINT
    mother, today = Person.objects.get(party__ref=cast.mother), clock.local_date(cast.now)
    told = {"person": mother, "by": cast.owner, "position": "hurt", "pattern": "ruzie over geld", "now": cast.now}
    position_note(**told, since=today - timedelta(days=90), until=None)
    assert _form(cast) == WorkingForm.UNDECIDED
    position_note(**told, since=today - timedelta(days=90), until=today - timedelta(days=1))
    assert _form(cast) == WorkingForm.JOINT, "the newest note of a position in a pattern counts: it is over"


def test_a_plan_that_is_offered_after_that_has_no_common_part(cast: Cast) -> None:
    line = make_line(cast)
    assert content_of(line.plan, cast.now).form == WorkingForm.JOINT
    _speak(cast, cast.mother, wish="no", at_risk=True)
    line.plan.case.refresh_from_db()
    assert content_of(line.plan, cast.now).form == WorkingForm.UNDECIDED


def test_a_hidden_place_that_is_no_longer_a_secret_proposes_nothing(cast: Cast) -> None:
    mother = Person.objects.get(party__ref=cast.mother)
    fact = fact_note(case=cast.case, by=cast.owner, concerns=mother, value="Duinpad 7", may_know=[], now=cast.now)
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    assert intake(access, cast.now).reasons_apart
    fact_end(fact=fact, by=cast.owner, reason="verhuisd", now=cast.now)
    assert not intake(access, cast.now).reasons_apart


# --- What ends is told, and who comes without a director is guarded ------------------------------------------------------


def _referral(cast: Cast, **more: object) -> Referral:
    today = clock.local_date(cast.now)
    data = {"source": "veilig_thuis", "question": "Wie kijkt er?", "received_on": today, **more}
    return referral_note(case=cast.case, by=cast.owner, data=ReferralData(**data), now=cast.now)  # type: ignore[arg-type]


def _told(cast: Cast, kind: str, when: datetime) -> set[str]:
    sweep(now=when)
    return set(Reminder.objects.filter(promise__kind=kind).values_list("recipient__email", flat=True))


def test_the_end_of_who_keeps_watching_is_told_until_somebody_notes_how_it_goes_on(cast: Cast) -> None:
    ends = clock.local_date(cast.now) + timedelta(days=10)
    row = _referral(cast, watched_by="Veilig Thuis", watched_until=ends)
    kind = WATCH
    assert _told(cast, kind.name, cast.now) == set()
    assert cast.owner.email in _told(cast, kind.name, cast.now + timedelta(days=11))
    words, address = kind.words([row.ref])[row.ref]
    assert cast.case.name in words and "Veilig Thuis" not in words
    assert cast.client("owner").get(address).status_code == 200
    _referral(cast, watched_by="wijkteam", watched_until=ends + timedelta(days=60))
    assert not kind.still_due(row.ref, cast.now + timedelta(days=11))


def test_while_nobody_directs_the_leader_of_the_team_is_told(cast: Cast) -> None:
    type(cast.case).objects.filter(pk=cast.case.pk).update(status="registered", director=None, guard="wijkteam")
    row = _referral(cast, watched_by="wijkteam", watched_until=clock.local_date(cast.now))
    leader = WATCH.recipients(row.ref, Rung.DIRECTOR, cast.now)
    assert list(leader) == [cast.leader.pk]
    _words, address = WATCH.words([row.ref])[row.ref]
    assert cast.client("leader").get(address).status_code == 200


def test_formal_direction_that_comes_back_is_told_once_it_does(cast: Cast) -> None:
    today = clock.local_date(cast.now)
    given = {"case": cast.case, "by": cast.owner, "decides": "de jeugdbeschermer", "now": cast.now}
    row = direction_note(**given, at="gi", since=today, returns_on=today + timedelta(days=5))
    assert cast.owner.email in _told(cast, DIRECTION.name, cast.now + timedelta(days=6))
    (words, address), ref = DIRECTION.words([direction_key(row)])[direction_key(row)], direction_key(row)
    assert cast.case.name in words and cast.client("owner").get(address).status_code == 200
    direction_note(**given, at="icr", since=today + timedelta(days=5), returns_on=None)
    assert not DIRECTION.still_due(ref, cast.now + timedelta(days=6))


def test_an_end_without_who_keeps_watching_is_refused_at_the_field(cast: Cast) -> None:
    posted = {**GOOD["bron"], "watched_until": "2099-01-01", "spoken_on": "2026-01-05", "spoken_with": "Veilig Thuis"}
    answer = cast.client("owner").post(_url(cast, "bron/"), posted)
    assert answer.status_code == 422
    assert "Wie kijkt er?" in answer.content.decode()


def test_a_family_is_registered_with_who_guards_it_and_stands_on_the_leaders_desk(cast: Cast) -> None:
    """Who registered it finds no page of it; the leader chooses a director."""
    posted = {
        "key": str(uuid4()), "name": "Familie Zandloper", "given_name": "Ida", "channel": "phone", "way": "0612345670",
        "safe": "unknown", "intensity": "red", "guard": "Veilig Thuis, tot de overdracht",
    }  # fmt: skip
    assert cast.client("colleague").post("/casussen/nieuw/", posted).status_code == 302
    case = type(cast.case).objects.get(name="Familie Zandloper")
    assert (case.status, case.director, case.guard) == ("registered", None, posted["guard"])
    assert cast.client("colleague").get(f"/casussen/{case.ref}/").status_code == 404
    desk = cast.client("leader").get("/caseload/").content.decode()
    assert "Zandloper" in desk and "Veilig Thuis, tot de overdracht" in desk


def test_a_question_about_an_unknown_family_is_kept_without_a_name_and_tells_nothing(cast: Cast) -> None:
    """Two taps; looking for a family finds only one's own."""
    client = cast.client("colleague")
    assert client.post("/casussen/bekend/", {}).status_code == 422
    assert client.post("/casussen/bekend/", {"asked_by": "school", "name": "Halteren"}).status_code == 302
    row = KnownQuestion.objects.get()
    assert (row.case, row.asked_by, row.answer) == (None, "school", "nothing")
    found = client.post("/casussen/zoeken/", {"words": cast.case.name}, follow=True).content.decode()
    assert cast.case.ref not in found
    for who in ("partner", "officer"):
        assert cast.client(who).get("/casussen/bekend/").status_code in (403, 404)

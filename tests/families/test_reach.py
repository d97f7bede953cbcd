"""How somebody is reached without danger: who sees what, how long it holds, what renews it, and what never leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.models import AccessLog
from casusregie.reminders.models import Promise, Reminder
from casusregie.reminders.services import sweep
from families.access import case_for
from families.choices import LineKind, TermReason
from families.models import Person, ReachAgreement, SafeAnswer, SafeContact
from families.scanner import watch
from families.selectors import ReachView, Term, approaches, reach_of, reach_terms
from families.selectors.reach import reach_briefly
from families.services import (
    AgreementChanged,
    AgreementData,
    ApproachData,
    Decision,
    HomeData,
    LineData,
    PersonData,
    WayData,
    WeighingData,
    agreement_note,
    apart_end,
    apart_note,
    approach_note,
    household_join,
    line_add,
    person_add,
    position_note,
    reach_confirm,
    safe_contact_add,
    safe_contact_answer,
    spoken_alone_note,
    weighing_note,
)
from families.tasks import reach_reconcile
from tests.cast import Cast

CODE = "paarse ijsvogel"
SAID = AgreementData(
    days=["mon", "thu"],
    from_time="09:00",
    until_time="12:30",
    not_times="niet op zijn vrije dag",
    who_may="alleen Noor",
    who_not="de buurvrouw van nummer negen",
    name_to_use="Lia van de bibliotheek",
    code_word=CODE,
    voicemail="no",
    post="unknown",
    paper="no",
    reads_along="zijn zus via de gedeelde tablet",
    not_near="het schoolplein van De Wilgenroos",
    remark="Zij belt zelf terug.",
)
# What each kind of reader may see of it (the way to reach her is not among these).
FOR_ALL_OF_THE_TEAM = (
    "ma, do tussen 09:00 en 12:30 uur",
    SAID.not_times,
    SAID.name_to_use,
    SAID.not_near,
    "niets inspreken",
)
FOR_STEWARDS = (CODE, SAID.reads_along, SAID.who_may, SAID.who_not, SAID.remark)
NUMBER = "06 00112233"


def _mother(cast: Cast) -> Person:
    return Person.objects.select_related("case", "party").get(party__ref=cast.mother)


def _today(cast: Cast) -> date:
    return clock.local_date(cast.now)


def _agree(cast: Cast, data: AgreementData = SAID, **more: object) -> ReachAgreement:
    values = {"said_on": _today(cast), "by": cast.owner, "now": cast.now, **more}
    return agreement_note(person=_mother(cast), data=data, **values)  # type: ignore[arg-type]


def _way(cast: Cast, safe: str = "yes", days_ago: int = 0, **more: object) -> SafeContact:
    day = _today(cast) - timedelta(days=days_ago)
    values: dict[str, object] = {"value": f"06 7{uuid4().int % 10**7:07}", "safe": safe, "confirmed_on": day, **more}
    return safe_contact_add(person=_mother(cast), way=WayData(**values), by=cast.owner)  # type: ignore[arg-type]


def _term(cast: Cast, person: Person | None = None) -> Term:
    person = person or _mother(cast)
    return reach_terms("p.case_id = %(case)s", {"case": cast.case.pk}, _today(cast))[person.pk]


def _view(cast: Cast, who: str = "owner") -> ReachView:
    access = case_for(getattr(cast, who), cast.case.ref, Right.CASE_VIEW, cast.now)
    found = reach_of(access, _mother(cast).pk, cast.now)
    assert found is not None
    return found


def _path(cast: Cast, tail: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{cast.mother}/{tail}"


def _page(cast: Cast, who: str = "owner", tail: str = "") -> str:
    return cast.client(who).get(_path(cast, tail)).content.decode()


def _form(**more: object) -> dict[str, object]:
    empty = {"voicemail": "unknown", "post": "unknown", "paper": "unknown", "said_on": "", "version": 0, "key": uuid4()}
    return {**empty, **more}


# --- who sees what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "sees"), [("owner", True), ("deputy", True), ("second", False)])
@pytest.mark.parametrize("tail", ["gezin/{mother}/", "voor-de-deur/", "contacten/nieuw/?met={mother}"])
def test_the_team_reads_what_a_visit_needs_and_only_stewards_the_rest(
    who: str, sees: bool, tail: str, cast: Cast
) -> None:
    _agree(cast)
    page = cast.client(who).get(f"/casussen/{cast.case.ref}/{tail.format(mother=cast.mother)}").content.decode()
    for words in FOR_ALL_OF_THE_TEAM:
        assert words in page, words
    for words in FOR_STEWARDS:
        assert (words in page) is sees, words


def test_who_looks_inside_with_a_reason_reads_only_whether_it_is_safe(cast: Cast) -> None:
    _agree(cast)
    client = cast.client("leader")
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Vraag van moeder aan mij"})
    page = client.get(_path(cast)).content.decode()
    assert "niet veilig zolang het niet gevraagd is" in page
    assert not [words for words in (*FOR_ALL_OF_THE_TEAM, *FOR_STEWARDS, NUMBER) if words in page]


@pytest.mark.parametrize("tail", ["gezin/", "gezin/{mother}/", "voor-de-deur/", "contacten/nieuw/?met={mother}"])
def test_no_page_shows_a_number_of_which_nobody_said_that_it_is_safe(tail: str, cast: Cast) -> None:
    for safe, days in (("no", 0), ("yes", 31)):
        _way(cast, safe, days, value=f"06 7700{days:04}")
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/{tail.format(mother=cast.mother)}").content.decode()
    for number in (NUMBER, "06 77000000", "06 77000031"):
        assert number not in page, number


def test_a_number_that_is_safe_stands_behind_its_words(cast: Cast) -> None:
    _way(cast, value="06 70000001", note="alleen overdag bellen")
    page = _page(cast)
    assert page.index("veilig, bevestigd op") < page.index("alleen overdag bellen") < page.index("06 70000001")
    assert "06 70000001" not in _page(cast, "second")


def test_opening_a_number_all_the_same_is_written_in_the_access_log(cast: Cast) -> None:
    way = SafeContact.objects.get(person=_mother(cast))
    assert NUMBER in _page(cast, tail=f"bereiken/{way.pk}/")
    row = AccessLog.objects.filter(action="GET:way-show").latest("pk")
    assert {cast.mother, f"way:{way.pk}"} <= set(row.objects_seen) and row.actor_id == cast.owner.pk
    fragment = cast.client("owner").get(_path(cast, f"bereiken/{way.pk}/"), headers={"HX-Request": "true"})
    assert NUMBER in fragment.content.decode() and "<html" not in fragment.content.decode()


def test_a_way_of_somebody_else_does_not_open_under_her_address(cast: Cast) -> None:
    way = SafeContact.objects.get(person=_mother(cast))
    other = f"/casussen/{cast.case.ref}/gezin/{cast.daughter}/bereiken/{way.pk}/"
    assert cast.client("owner").get(other).status_code == 404


# --- how long it holds ---------------------------------------------------------------------------------------------


def _uses(cast: Cast, *, at_home: bool) -> Person:
    data = PersonData(given_name="Karel", in_household=at_home)
    person = person_add(case=cast.case, data=data, by=cast.owner)
    note = {"by": cast.owner, "position": "uses", "pattern": "thuis", "until": None, "now": cast.now}
    position_note(person=person, since=_today(cast), **note)  # type: ignore[arg-type]
    return person


def _weigh(cast: Cast, *violence: str) -> None:
    data = WeighingData([*violence], ["ex_partners"], needs_director=True, why="Het houdt niet op.")
    weighing_note(case=cast.case, by=cast.owner, data=data, now=cast.now)


def test_as_long_as_nobody_noted_who_uses_violence_the_term_is_short(cast: Cast) -> None:
    assert (_term(cast).why, _term(cast).days) == (TermReason.NOT_NOTED, 30)


def test_who_lives_with_somebody_who_uses_violence_is_asked_every_month(cast: Cast) -> None:
    father = _uses(cast, at_home=True)
    assert (_term(cast).why, _term(cast).days) == (TermReason.LIVES_WITH, 30)
    assert (_term(cast, father).why, _term(cast, father).days) == (TermReason.OTHER, 90)


def test_who_does_not_live_there_holds_longer_until_both_share_a_home(cast: Cast) -> None:
    father = _uses(cast, at_home=False)
    assert (_term(cast).why, _term(cast).days) == (TermReason.OTHER, 90)
    both = [father, _mother(cast)]
    household_join(case=cast.case, by=cast.owner, people=both, data=HomeData(label="Bij hem"), now=cast.now)
    assert _term(cast).why == TermReason.LIVES_WITH


def test_who_is_followed_is_asked_every_month_and_so_is_who_lives_with_her(cast: Cast) -> None:
    father = _uses(cast, at_home=False)
    _weigh(cast, "stalking")
    assert _term(cast).why == TermReason.OTHER
    data = LineData(LineKind.CONTROL, cast.owner.party_id, source="gesprek")
    line_add(case=cast.case, by=cast.owner, one=father, other=_mother(cast), data=data, now=cast.now)
    daughter = Person.objects.get(party__ref=cast.daughter)
    assert (_term(cast).why, _term(cast, daughter).why) == (TermReason.FOLLOWED, TermReason.NEAR_FOLLOWED)
    _weigh(cast, "situational")
    assert _term(cast).why == TermReason.OTHER


def test_a_term_that_was_chosen_goes_before_what_is_proposed_and_says_why(cast: Cast) -> None:
    _uses(cast, at_home=True)
    _way(cast, days_ago=10)
    assert _view(cast).has_safe_way
    _agree(cast, AgreementData(holds_days=7, holds_reason="Hij zoekt haar.", voicemail="no"))
    assert (_term(cast).why, _term(cast).days) == (TermReason.CHOSEN, 7)
    assert _view(cast).state == "stale" and "Hij zoekt haar." in _page(cast)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (30, True), (31, False), (200, False)])
def test_a_confirmation_holds_to_its_last_day_and_not_one_longer(days: int, holds: bool, cast: Cast) -> None:
    _way(cast, days_ago=days)
    assert _view(cast).has_safe_way is holds
    assert (_term(cast).asks_on is not None and _term(cast).asks_on <= _today(cast)) is not holds  # type: ignore[operator]


def test_unknown_and_unsafe_are_never_safe(cast: Cast) -> None:
    assert (_view(cast).state, _view(cast).is_safe) == ("unknown", False)
    _way(cast, "no")
    assert (_view(cast).state, _view(cast).has_safe_way) == ("no", False)


@pytest.mark.parametrize(("channel", "offered"), [("app", True), ("phone", True), ("mail", False), ("post", False)])
def test_a_ready_text_needs_a_way_to_send_it(channel: str, offered: bool, cast: Cast) -> None:
    _way(cast, channel=channel)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/").content.decode()
    assert ("data-cr-copy" in page) is offered


@pytest.mark.parametrize(("safe", "days_ago"), [("no", 0), ("yes", 40), ("unknown", 0)])
def test_a_telephone_that_is_safe_for_calling_takes_no_text_where_writing_is_not_safe(
    safe: str, days_ago: int, cast: Cast
) -> None:
    _way(cast)
    assert _view(cast).text_way is not None
    _way(cast, safe, days_ago, channel="app")
    assert _view(cast).text_way is None and _view(cast).has_safe_way
    assert "data-cr-copy" not in cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/").content.decode()


def test_no_text_is_offered_where_somebody_reads_along(cast: Cast) -> None:
    _way(cast, channel="app")
    _agree(cast, AgreementData(remark="Zij belt zelf terug."))
    assert _view(cast).text_way is not None
    _agree(cast, AgreementData(reads_along="zijn zus via de gedeelde tablet"))
    assert _view(cast).text_way is None
    assert "data-cr-copy" not in cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/").content.decode()


# --- what renews it, and what does not ------------------------------------------------------------------------------


def _answer(cast: Cast, way: SafeContact, safe: str, days_ago: int = 0) -> SafeContact:
    day = _today(cast) - timedelta(days=days_ago)
    person = _mother(cast)
    safe_contact_answer(person=person, way_id=way.pk, safe=safe, said_on=day, by=cast.owner, now=cast.now)
    way.refresh_from_db()
    return way


def test_what_is_heard_of_an_earlier_day_never_undoes_a_later_answer(cast: Cast) -> None:
    way = _way(cast, "no", 2)
    assert _answer(cast, way, "yes", 5).safe == "no"
    assert _answer(cast, way, "yes", 1).safe == "yes"


def test_the_same_answer_twice_is_one_and_every_answer_stays(cast: Cast) -> None:
    way = _way(cast, "yes", 3)
    for safe in ("yes", "yes", "no"):
        _answer(cast, way, safe)
    assert list(SafeAnswer.objects.filter(way=way).order_by("pk").values_list("safe", flat=True)) == [
        "yes",
        "yes",
        "no",
    ]


def test_one_tap_says_that_all_of_it_still_holds(cast: Cast) -> None:
    way, unsafe = _way(cast, days_ago=40), _way(cast, "no", 40)
    _agree(cast, said_on=_today(cast) - timedelta(days=40))
    client = cast.client("owner")
    for _twice in range(2):
        assert client.post(_path(cast, "bereiken/klopt/")).status_code == 302
    way.refresh_from_db()
    unsafe.refresh_from_db()
    assert (way.safe, way.confirmed_on, unsafe.safe) == ("yes", _today(cast), "no")
    assert list(ReachAgreement.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert _view(cast).agreement is not None and not _view(cast).agreement.is_stale  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_that_all_of_it_still_holds_never_writes_over_a_no_of_the_same_moment(cast: Cast) -> None:
    way, person = _way(cast, days_ago=4), _mother(cast)

    def confirm() -> None:
        try:
            reach_confirm(person=person, said_on=_today(cast), by=cast.owner, now=cast.now)
        finally:
            connection.close()

    waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            _answer(cast, way, "no")
            other = pool.submit(confirm)
            while not other.done() and not cursor.execute(waits).fetchone()[0]:
                pass
        other.result()
    way.refresh_from_db()
    assert way.safe == "no"


def test_what_was_agreed_before_stays_readable_with_who_and_when(cast: Cast) -> None:
    _agree(cast, AgreementData(code_word="groene specht"))
    _agree(cast, by=cast.deputy)
    page = _page(cast, tail="bereiken/eerder/")
    assert "groene specht" in page and CODE in page and cast.deputy.name in page
    assert "groene specht" not in _page(cast)
    assert cast.client("second").get(_path(cast, "bereiken/eerder/")).status_code == 403


def test_two_colleagues_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    _agree(cast, AgreementData(remark="Van een collega."))
    with pytest.raises(AgreementChanged):
        _agree(cast, seen_version=0)
    client, path = cast.client("owner"), _path(cast, "bereiken/afspraak/")
    answer = client.post(path, _form(remark="Van mij.", said_on=f"{_today(cast)}"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Van een collega." in page and "Van mij." in page
    assert client.post(path, _form(remark="Van mij.", said_on=f"{_today(cast)}", version=1)).status_code == 302
    assert ReachAgreement.objects.count() == 2


def test_the_database_refuses_an_answer_that_is_none_and_a_version_twice(cast: Cast) -> None:
    way, first = _way(cast), _agree(cast)
    with pytest.raises(IntegrityError, match="safe_answer_is_an_answer"), transaction.atomic():
        SafeAnswer.objects.create(way=way, safe="unknown", said_on=_today(cast), noted_by=cast.owner)
    with pytest.raises(IntegrityError, match="safe_answer_known"), transaction.atomic():
        SafeAnswer.objects.create(way=way, safe="?", said_on=_today(cast), source="X", noted_by=cast.owner)
    same = {"person": first.person, "content": b"", "confirmed_on": _today(cast), "noted_by": cast.owner}
    with pytest.raises(IntegrityError, match="reach_agreement_version_once"), transaction.atomic():
        ReachAgreement.objects.create(version=1, noted_at=cast.now, **same)
    with pytest.raises(IntegrityError, match="reach_agreement_holds"), transaction.atomic():
        ReachAgreement.objects.create(version=2, noted_at=cast.now, holds_days=0, **same)


# --- bad input at the field ------------------------------------------------------------------------------------------


def _refused(client: Client, path: str, fields: dict[str, object], words: str) -> None:
    answer = client.post(path, fields)
    assert answer.status_code == 422, fields
    assert words in answer.content.decode(), answer.content.decode()[-4000:]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from_time": "12:00", "until_time": "09:00"}, "niet later dan de begintijd"),
        ({"from_time": "12:00"}, "Tot hoe laat?"),
        ({"until_time": "12:00"}, "Vanaf hoe laat?"),
        ({"from_time": "half negen", "until_time": "12:00"}, "half negen"),
        ({"days": ["feestdag"]}, "feestdag"),
        ({"code_word": "x" * 61}, "60"),
        ({"remark": "x" * 501}, "500"),
        ({"holds_days": "14"}, "Waarom geldt het langer of korter"),
        ({"holds_days": "13", "holds_reason": "zo maar"}, "13"),
        ({}, "Vul ten minste één ding in."),
        ({"remark": "iets", "said_on": "2999-01-01"}, "moet nog komen"),
        ({"remark": "iets", "said_on": "2001-01-01"}, "meer dan een jaar geleden"),
    ],
)
def test_an_agreement_that_cannot_be_is_answered_at_its_field(
    fields: dict[str, object], words: str, cast: Cast
) -> None:
    form = _form(**{"said_on": f"{_today(cast)}", **fields})
    _refused(cast.client("owner"), _path(cast, "bereiken/afspraak/"), form, words)
    assert not ReachAgreement.objects.exists()


@pytest.mark.parametrize("again", ["06 00112233", "+31 6 00 11 22 33", "0031600112233", "06-00112233"])
def test_the_same_number_twice_is_answered_at_the_field(again: str, cast: Cast) -> None:
    form = {"key": uuid4(), "channel": "phone", "value": again, "safe": "yes"}
    _refused(cast.client("owner"), _path(cast, "bereiken/"), form, "Deze manier staat er al.")
    assert cast.client("owner").post(_path(cast, "bereiken/"), {**form, "channel": "app"}).status_code == 302


def test_the_form_of_what_is_agreed_sent_twice_is_one_version(cast: Cast) -> None:
    client, path = cast.client("owner"), _path(cast, "bereiken/afspraak/")
    form = _form(code_word=CODE, paper="no", days=["mon"], said_on=f"{_today(cast)}")
    assert [client.post(path, form).status_code for _twice in range(2)] == [302, 302]
    assert ReachAgreement.objects.count() == 1
    assert client.post(path, {**form, "remark": "meer"}).status_code == 409
    page = client.get(path).content.decode()
    assert CODE in page and 'name="version" value="1"' in page


# --- before a third is approached --------------------------------------------------------------------------------------


def _grandmother(cast: Cast) -> Person:
    data = PersonData(given_name="Truus", described_as="oma", in_household=False)
    return person_add(case=cast.case, data=data, by=cast.owner)


def _approach(cast: Cast, about: Person, answer: str, who: str = "", days_ago: int = 0) -> None:
    said_by = Person.objects.get(party__ref=who or cast.mother)
    data = ApproachData(said_by, answer, _today(cast) - timedelta(days=days_ago), "Dat er hulp is.")
    approach_note(case=cast.case, party=about.party, data=data, by=cast.owner, now=cast.now)


def _said(cast: Cast, about: Person) -> tuple[bool, int]:
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    view = reach_of(access, about.pk, cast.now)
    assert view is not None and view.approach is not None
    return view.approach.is_safe, len(view.approach.answers)


def test_nobody_of_the_surroundings_is_approached_as_long_as_nobody_was_asked(cast: Cast) -> None:
    grandmother = _grandmother(cast)
    assert _said(cast, grandmother) == (False, 0)
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/?met={grandmother.party.ref}"
    assert "Nog niet gevraagd of we deze persoon mogen benaderen" in cast.client("owner").get(path).content.decode()
    assert _view(cast).approach is None


def test_the_newest_answer_of_each_counts_and_one_no_is_no(cast: Cast) -> None:
    grandmother = _grandmother(cast)
    _approach(cast, grandmother, "no", days_ago=9)
    _approach(cast, grandmother, "yes", days_ago=2)
    assert _said(cast, grandmother) == (True, 1)
    _approach(cast, grandmother, "no", days_ago=5)
    assert _said(cast, grandmother) == (True, 1)
    _approach(cast, grandmother, "no", who=cast.daughter)
    assert _said(cast, grandmother) == (False, 2)


def _uncle(cast: Cast) -> Person:
    return person_add(case=cast.case, data=PersonData(given_name="Henk", in_household=True), by=cast.owner)


def _notes_violence(cast: Cast, person: Person) -> None:
    note = {"by": cast.owner, "position": "uses", "pattern": "thuis", "until": None, "now": cast.now}
    position_note(person=person, since=_today(cast), **note)  # type: ignore[arg-type]


def test_the_yes_of_who_is_noted_as_using_violence_afterwards_counts_no_more(cast: Cast) -> None:
    grandmother, uncle = _grandmother(cast), _uncle(cast)
    _approach(cast, grandmother, "yes", who=uncle.party.ref)
    assert _said(cast, grandmother) == (True, 1)
    _notes_violence(cast, uncle)
    assert _said(cast, grandmother) == (False, 0)
    # Who is hurt herself says it all the same.
    note = {"by": cast.owner, "on": _today(cast), "wish": "yes", "is_at_risk": True, "now": cast.now}
    spoken_alone_note(person=uncle, **note)  # type: ignore[arg-type]
    assert _said(cast, grandmother) == (True, 1)


def test_the_no_of_who_is_noted_as_using_violence_afterwards_stays(cast: Cast) -> None:
    grandmother, uncle = _grandmother(cast), _uncle(cast)
    _approach(cast, grandmother, "yes")
    _approach(cast, grandmother, "no", who=uncle.party.ref)
    _notes_violence(cast, uncle)
    assert _said(cast, grandmother) == (False, 2)


def test_neither_does_it_count_for_somebody_around_the_family(cast: Cast) -> None:
    uncle, party = _uncle(cast), cast.stranger.party
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    data = ApproachData(uncle, "yes", _today(cast))
    approach_note(case=cast.case, party=party, data=data, by=cast.owner, now=cast.now)
    assert approaches(access, [party.ref], _today(cast))[party.ref].is_safe
    _notes_violence(cast, uncle)
    assert approaches(access, [party.ref], _today(cast))[party.ref].answers == []


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_who_uses_violence_is_not_asked_whether_somebody_may_be_approached(answer: str, cast: Cast) -> None:
    grandmother, uncle = _grandmother(cast), _uncle(cast)
    _notes_violence(cast, uncle)
    with pytest.raises(ValidationError):
        _approach(cast, grandmother, answer, who=uncle.party.ref)


def test_the_form_asks_who_is_at_risk_first_and_nobody_answers_for_herself(cast: Cast) -> None:
    grandmother = _grandmother(cast)
    daughter = Person.objects.get(party__ref=cast.daughter)
    note = {"by": cast.owner, "on": _today(cast), "wish": "yes", "is_at_risk": True, "now": cast.now}
    spoken_alone_note(person=daughter, **note)  # type: ignore[arg-type]
    _uses(cast, at_home=True)
    path = f"/casussen/{cast.case.ref}/gezin/{grandmother.party.ref}/benaderen/"
    client = cast.client("owner")
    people = client.get(path).context["people"]
    assert [ref for ref, _name in people] == [cast.daughter, cast.mother]
    form = {"key": uuid4(), "said_by": cast.mother, "answer": "yes", "may_say": "Dat er hulp is.", "said_on": ""}
    assert client.post(path, form).status_code == 422
    sent = {**form, "said_on": f"{_today(cast)}"}
    assert [client.post(path, sent).status_code for _twice in range(2)] == [302, 302]
    assert _said(cast, grandmother) == (True, 1)
    itself = {**sent, "key": uuid4(), "said_by": grandmother.party.ref}
    assert client.post(path, itself).status_code == 422
    with pytest.raises(ValidationError):
        _approach(cast, grandmother, "yes", who=grandmother.party.ref)


def test_who_is_hurt_is_no_surroundings_also_when_she_lives_elsewhere(cast: Cast) -> None:
    grandmother = _grandmother(cast)
    note = {"by": cast.owner, "position": "hurt", "pattern": "thuis", "until": None, "now": cast.now}
    position_note(person=grandmother, since=_today(cast), **note)  # type: ignore[arg-type]
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    assert reach_of(access, grandmother.pk, cast.now).approach is None  # type: ignore[union-attr]


# --- who may not meet ----------------------------------------------------------------------------------------------


def _not_with(cast: Cast, now: datetime) -> list[str]:
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    return next(one.apart_from for one in reach_briefly(access, now) if one.ref == cast.mother)


def test_a_decision_keeps_apart_to_the_hour(cast: Cast) -> None:
    hour, uncle = timedelta(hours=1), _uncle(cast)
    ends = {"starts_at": cast.now + hour, "ends_at": cast.now + 2 * hour}
    decision = Decision(since=_today(cast), **ends)  # type: ignore[arg-type]
    pair = {"one": uncle, "other": _mother(cast), "reason": "contactverbod", "decision": decision}
    apart_note(case=cast.case, by=cast.owner, now=cast.now, **pair)  # type: ignore[arg-type]
    assert [_not_with(cast, cast.now + later * hour) for later in range(3)] == [[], ["Henk"], []]


def test_what_was_taken_back_keeps_nobody_apart(cast: Cast) -> None:
    pair = {"one": _uncle(cast), "other": _mother(cast), "reason": "zij wil het niet"}
    row = apart_note(case=cast.case, by=cast.owner, now=cast.now, **pair)  # type: ignore[arg-type]
    assert _not_with(cast, cast.now) == ["Henk"]
    apart_end(case=cast.case, by=cast.owner, row_id=row.pk, now=cast.now)
    assert _not_with(cast, cast.now) == []


# --- the promise to ask again --------------------------------------------------------------------------------------


def _promise(cast: Cast) -> Promise | None:
    return Promise.objects.filter(kind="reach", ref=cast.owner.party.ref, settled_at__isnull=True).first()


def test_a_confirmation_that_ran_out_is_told_once_to_the_director_and_taken_back_when_confirmed(cast: Cast) -> None:
    _way(cast, days_ago=40)
    for _twice in range(2):
        reach_reconcile()
    assert Promise.objects.filter(kind="reach").count() == 1
    sweep(now=clock.now())
    told = Reminder.objects.filter(promise__kind="reach")
    assert list(told.values_list("recipient", flat=True)) == [cast.owner.pk]
    page = cast.client("owner").get("/berichten/").content.decode()
    assert "Vraag na of iemand nog veilig te bereiken is." in page and "Marianne" not in page
    reach_confirm(person=_mother(cast), said_on=_today(cast), by=cast.owner, now=cast.now)
    assert _promise(cast) is None


def test_however_many_must_be_asked_the_director_is_told_once(cast: Cast) -> None:
    daughter = Person.objects.get(party__ref=cast.daughter)
    for person, days in ((_mother(cast), 40), (daughter, 50)):
        way = WayData(value=f"06 7{days:07}", safe="yes", confirmed_on=_today(cast) - timedelta(days=days))
        safe_contact_add(person=person, way=way, by=cast.owner)
    reach_reconcile()
    sweep(now=clock.now())
    assert Reminder.objects.filter(promise__kind="reach").count() == 1


@pytest.mark.parametrize("how", ["closed", "died", "never safe", "not yet"])
def test_nothing_is_asked_where_there_is_nothing_to_renew(how: str, cast: Cast) -> None:
    _way(cast, "no" if how == "never safe" else "yes", 20 if how == "not yet" else 40)
    if how == "closed":
        type(cast.case).objects.filter(pk=cast.case.pk).update(status="closed", closed_on=_today(cast))
    if how == "died":
        Person.objects.filter(party__ref=cast.mother).update(died_on=_today(cast))
    reach_reconcile()
    assert _promise(cast) is None


def test_it_stands_on_the_desk_by_person_with_one_button(cast: Cast) -> None:
    assert cast.client("owner").get("/vandaag/").context["desk"].reach == []
    _way(cast, days_ago=40)
    answer = cast.client("owner").get("/vandaag/")
    (row,) = answer.context["desk"].reach
    assert (row.name, row.url) == ("Marianne van Halteren", f"{_path(cast)}#reach")
    assert "Vraag of het nog veilig is" in answer.content.decode()
    for who in ("colleague", "stranger", "barred"):
        assert cast.client(who).get("/vandaag/").context["desk"].reach == [], who


# --- what never leaves ---------------------------------------------------------------------------------------------


def _found(cast: Cast, text: str) -> set[str]:
    return {one.secret.key[0] for one in watch(cast.case, cast.now).hits({"text": text}, [])}


def test_the_scanner_finds_what_was_agreed_in_a_text_that_leaves(cast: Cast) -> None:
    _agree(cast)
    assert _found(cast, f"Zij zegt dan {CODE.upper()}, en ik hang op.") == {"agreed-code_word"}
    assert _found(cast, f"Let op: {SAID.reads_along}.") == {"agreed-reads_along"}
    assert _found(cast, f"Niet bij {SAID.not_near}.") == {"agreed-not_near"}
    assert _found(cast, "Een gewone zin over de afspraken thuis.") == set()
    _agree(cast, AgreementData(code_word="rode uilebril"))
    assert _found(cast, f"{CODE} en rode uilebril") == {"agreed-code_word"}


def test_she_and_the_stewards_know_it_and_nobody_else(cast: Cast) -> None:
    _agree(cast)
    guard = watch(cast.case, cast.now)
    party = _mother(cast).party_id
    daughter = Person.objects.get(party__ref=cast.daughter).party_id
    for who, hidden in ((party, 0), (cast.owner.party_id, 0), (daughter, 1), (cast.second.party_id, 1)):
        assert len(guard.hits({"text": CODE}, [who])) == hidden


def test_names_of_the_family_and_everyday_words_are_no_alarm(cast: Cast) -> None:
    _agree(cast, AgreementData(code_word="dinsdag", reads_along="Noor", who_not="Marianne en Noor"))
    assert _found(cast, "Dinsdag spreken Marianne en Noor met school.") == set()
    assert "alledaags woord" in _page(cast)


def test_nothing_of_it_stands_in_the_clear_in_the_database_or_the_access_log(cast: Cast) -> None:
    row = _agree(cast)
    assert CODE.encode() not in bytes(row.content)
    said = " ".join(f"{one.action} {one.objects_seen} {one.ground}" for one in AccessLog.objects.all())
    assert CODE not in said and row.ref in said

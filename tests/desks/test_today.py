"""The desk: one list by time of what asks something, each line with the one button that does it."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from casusregie.core import clock, dates
from casusregie.desks.selectors import Today, today
from casusregie.desks.selectors.today.desk import FAMILIES, ITEMS
from families.models import Case
from families.services import PersonData, person_add
from network.choices import SignalKind
from network.models import Appointment, AppointmentParty, FollowUp
from network.services import follow_up_done, follow_up_make, signal_send
from processplan.services import evaluation_plan
from safety.services import check_plan
from tests.cast import Cast, log, make_case
from tests.plans import make_line

TODAY = clock.local_date(clock.now())
NOON = datetime.combine(TODAY, time(12), clock.LOCAL)


def _quiet(cast: Cast) -> None:
    """The family of the cast asks nothing any more."""
    follow_up_done(follow_up=cast.follow_up, by=cast.owner, now=clock.now())
    for case in Case.objects.all():
        case.status = "closed"
        case.save()


def _case(cast: Cast, name: str, **traits: object) -> Case:
    return make_case(cast.owner, name, opened_on=TODAY, **traits)


def _appointment(case: Case, cast: Cast, at: datetime, subject: str = "") -> Appointment:
    row = Appointment.objects.create(
        case=case, starts_at=at, duration_minutes=30, subject=subject, made_by=cast.owner, made_at=at
    )
    AppointmentParty.objects.create(
        appointment=row, party=person_add(case=case, data=PersonData(given_name="Kim"), by=cast.owner).party
    )
    return row


def _at(hour: int, days: int = 0) -> datetime:
    return datetime.combine(TODAY + timedelta(days=days), time(hour), clock.LOCAL)


def _desk(cast: Cast, **more: bool) -> Today:
    return today(cast.owner, NOON, **more)


def _promise(case: Case, cast: Cast, text: str, days: int) -> FollowUp:
    return FollowUp.objects.create(
        case=case, due_on=TODAY + timedelta(days=days), text=text, made_by=cast.owner, made_at=NOON
    )


def test_everything_stands_in_one_list_by_time_with_a_worry_on_top(cast: Cast) -> None:
    _quiet(cast)
    case = _case(cast, "Zomer")
    _promise(case, cast, "Bellen", -2)
    _promise(case, cast, "Vandaag bellen", 0)
    _appointment(case, cast, _at(15), "later vandaag")
    _appointment(case, cast, _at(9), "vanochtend")
    _appointment(case, cast, _at(9, -1), "gisteren")
    evaluation_plan(case=case, by=cast.owner, planned_at=_at(13), attendees=[], now=NOON)
    check_plan(case=case, by=cast.owner, due_on=TODAY - timedelta(days=1), text="Vragen", now=NOON)
    line = make_line(cast)
    signal_send(role=line.housing, by=line.partner, kind=SignalKind.WORRY, text="Geschreeuw", now=NOON)
    kinds = [(item.kind, item.time) for item in _desk(cast).items]
    assert kinds[0] == ("signal", "12:00")
    assert [kind for kind, _time in kinds[1:]] == [
        "follow-up",
        "check",
        "appointment",
        "follow-up",
        "appointment",
        "evaluation",
        "appointment",
    ]
    assert [when for _kind, when in kinds[-3:]] == ["09:00", "13:00", "15:00"]


def test_each_line_has_one_button_that_does_it(cast: Cast) -> None:
    _quiet(cast)
    case = _case(cast, "Zomer")
    follow_up = _promise(case, cast, "Bellen", 0)
    to_come, been = _appointment(case, cast, _at(15)), _appointment(case, cast, _at(9))
    found = {item.at: item for item in _desk(cast).items}
    assert found[_at(0)].by_post
    assert found[_at(0)].action_url.endswith(f"/opvolgen/{follow_up.ref}/gedaan/")
    assert to_come.ref in found[_at(15)].action_url
    assert found[_at(9)].action_url.endswith(f"?afspraak={been.ref}")


def test_what_is_late_is_counted_in_the_sentence(cast: Cast) -> None:
    _quiet(cast)
    case = _case(cast, "Zomer")
    for number, days in enumerate((0, 0, -3)):
        _promise(case, cast, f"Iets {number}", days)
    assert _desk(cast).sentence == "Drie dingen voor vandaag, één is te laat."


def test_a_long_list_is_cut_and_says_how_much_there_is(cast: Cast) -> None:
    _quiet(cast)
    long_ago = TODAY - timedelta(days=90)
    for number in range(FAMILIES + 3):
        case = make_case(cast.owner, f"Gezin {number:02}", opened_on=long_ago)
        person_add(case=case, data=PersonData(given_name="Kim"), by=cast.owner)
        for text in ("Bellen", "Schrijven", "Langsgaan"):
            _promise(case, cast, text, 0)
    desk, whole = _desk(cast), _desk(cast, whole=True)
    assert (len(desk.items), desk.more_items) == (ITEMS, 3 * (FAMILIES + 3) - ITEMS)
    assert (len(desk.silent), desk.more_families) == (FAMILIES, 3)
    assert (len(whole.items), len(whole.silent), whole.more_items) == (3 * (FAMILIES + 3), FAMILIES + 3, 0)
    client = cast.client("owner")
    assert 'href="/vandaag/?alles=1' in client.get("/vandaag/").content.decode()
    assert 'href="/vandaag/?alles=1' not in client.get("/vandaag/?alles=1").content.decode()


def test_voices_out_of_sight_stand_by_family_the_longest_first(cast: Cast) -> None:
    _quiet(cast)
    for name, days in (("Lente", 20), ("Zomer", 60)):
        case = make_case(cast.owner, name, opened_on=TODAY - timedelta(days=days))
        for given in ("Kim", "Lou"):
            person_add(case=case, data=PersonData(given_name=given), by=cast.owner)
    found = [(family.case_name, [voice.name for voice in family.voices]) for family in _desk(cast).silent]
    assert found == [("Zomer", ["Kim", "Lou"]), ("Lente", ["Kim", "Lou"])]


def test_two_attempts_stand_with_the_two_ways_on(cast: Cast) -> None:
    for _twice in range(2):
        log(cast.case, cast.owner, cast.daughter, body="", outcome="no_answer")
    page = cast.client("owner").get("/vandaag/").content.decode()
    assert f"/contacten/nieuw/?met={cast.daughter}" in page
    assert f"/casussen/{cast.case.ref}/opvolgen/" in page


def test_an_empty_desk_names_the_next_thing_also_an_appointment(cast: Cast) -> None:
    _quiet(cast)
    case = _case(cast, "Zomer")
    _appointment(case, cast, _at(10, 5))
    follow_up_make(case=case, by=cast.owner, due_on=TODAY + timedelta(days=9), text="Later", key=uuid4(), now=NOON)
    desk = _desk(cast)
    assert desk.is_quiet
    assert dates.short(TODAY + timedelta(days=5), TODAY) in desk.next_words
    assert "Zomer" in desk.next_words


def test_a_desk_of_nobody_is_an_empty_page(cast: Cast) -> None:
    page = cast.client("colleague").get("/vandaag/")
    assert page.status_code == 200
    assert "Niets dat op je wacht" in page.content.decode()

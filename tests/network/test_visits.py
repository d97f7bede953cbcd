"""Her own safety: who is told at which minute, who may open where she is, and what stands at the door."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from casusregie.core.models import AccessLog, User
from casusregie.reminders.models import Promise, Reminder
from casusregie.reminders.selectors import messages
from casusregie.reminders.services import sweep
from families.models import ConflictOfInterest, Person, SafeContact
from families.services import PersonData, WayData, fact_note, person_add, safe_contact_add
from network.models import Caution, Contact, Stay
from network.selectors import stay_open_of
from network.services import (
    AppointmentData,
    StayData,
    appointment_make,
    caution_end,
    caution_note,
    stay_begin,
    stay_close,
    stay_extend,
    stay_until,
)
from network.texts import ready_texts
from tests.cast import Cast, log, make_user

MINUTE = timedelta(minutes=1)


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _begin(cast: Cast, minutes: int = 30, colleague: User | None = None, place: str = "Duinpad 7, boven") -> Stay:
    data = StayData(until_at=cast.now + minutes * MINUTE, colleague=colleague or cast.colleague, place=place)
    return stay_begin(case=cast.case, by=cast.owner, data=data, now=cast.now)


def _told() -> list[str]:
    rows = Reminder.objects.filter(promise__kind="stay").order_by("made_at", "rung", "pk")
    return [row.recipient.email.split("@")[0] for row in rows.select_related("recipient")]


# --- the minute ----------------------------------------------------------------------------------------------------


def test_a_colleague_is_told_at_the_minute_and_the_leader_ten_minutes_later(cast: Cast) -> None:
    stay = _begin(cast)
    end = _whole(cast.now) + 30 * MINUTE
    assert stay.until_at == end
    for moment, told in (
        (end - timedelta(seconds=1), []),
        (end, ["colleague"]),
        (end + 10 * MINUTE - timedelta(seconds=1), ["colleague"]),
        (end + 10 * MINUTE, ["colleague", "leader"]),
        (end + 30 * MINUTE, ["colleague", "leader"]),
    ):
        sweep(now=moment)
        sweep(now=moment)
        assert _told() == told, moment


def test_who_is_out_in_time_disturbs_nobody(cast: Cast) -> None:
    stay = _begin(cast)
    stay_close(stay=stay, by=cast.owner, now=cast.now + 20 * MINUTE)
    sweep(now=cast.now + 3 * 60 * MINUTE)
    assert _told() == []
    assert Promise.objects.get(kind="stay").settled_at is not None
    assert User.objects.get(pk=cast.owner.pk).inside_until is None


def test_longer_moves_the_warning_and_pressed_twice_is_a_quarter_once(cast: Cast) -> None:
    stay = _begin(cast)
    seen = stay.until_at
    for _press in range(2):
        stay = stay_extend(stay=stay, by=cast.owner, seen_until=seen, now=cast.now + 10 * MINUTE)
    assert stay.until_at == seen + 15 * MINUTE
    sweep(now=seen + 14 * MINUTE)
    assert _told() == []
    sweep(now=seen + 15 * MINUTE)
    assert _told() == ["colleague"]


def test_longer_after_the_end_counts_from_now_and_warns_again(cast: Cast) -> None:
    stay = _begin(cast)
    sweep(now=stay.until_at)
    late = stay.until_at + 5 * MINUTE
    moved = stay_extend(stay=stay, by=cast.owner, seen_until=stay.until_at, now=late)
    assert moved.until_at == late + 15 * MINUTE
    sweep(now=late + 14 * MINUTE)
    assert _told() == ["colleague"]
    sweep(now=late + 15 * MINUTE)
    assert _told() == ["colleague", "colleague"]


def test_without_the_colleague_the_leader_is_told_at_once(cast: Cast) -> None:
    stay = _begin(cast)
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    sweep(now=stay.until_at)
    assert _told() == ["leader"]


def test_without_colleague_and_leader_somebody_of_the_team_is_told(cast: Cast) -> None:
    stay = _begin(cast)
    User.objects.filter(pk__in=[cast.colleague.pk, cast.leader.pk]).update(is_active=False)
    sweep(now=stay.until_at)
    assert set(_told()) == {"deputy", "second"}


def test_nobody_with_a_conflict_of_interest_is_told(cast: Cast) -> None:
    stay = _begin(cast)
    ConflictOfInterest.objects.create(case=cast.case, user=cast.colleague, noted_by=cast.leader, noted_at=cast.now)
    sweep(now=stay.until_at)
    assert _told() == ["leader"]


def test_a_sweep_that_comes_late_still_tells_both(cast: Cast) -> None:
    stay = _begin(cast)
    sweep(now=stay.until_at + 60 * MINUTE)
    assert _told() == ["colleague", "leader"]


def test_the_message_says_who_until_when_and_her_number_and_the_mail_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.owner.pk).update(phone="06 00112244")
    stay = _begin(cast)
    sweep(now=stay.until_at)
    text = messages(cast.colleague, stay.until_at).rows[0].text
    assert cast.owner.name in text and "06 00112244" in text and "Halteren" not in text and "Duinpad" not in text
    for message in mail.outbox:
        whole = f"{message.subject} {message.body} {message.extra_headers}"
        assert not any(word in whole for word in (cast.owner.name, "06 0011", "Duinpad", cast.case.ref))


# --- until when ----------------------------------------------------------------------------------------------------


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


@pytest.mark.parametrize(
    ("now", "wanted", "until"),
    [
        ("2026-11-22T15:00", "15:30", "2026-11-22T15:30"),
        ("2026-11-22T23:30", "00:30", "2026-11-23T00:30"),
        ("2026-11-22T22:00", "09:59", "2026-11-23T09:59"),
        # Summer time begins: the hour after one is three.
        ("2027-03-28T01:30", "03:15", "2027-03-28T03:15"),
        # It ends: two o'clock comes twice, and the one still to come counts.
        ("2026-10-25T01:30", "02:15", "2026-10-25T02:15"),
    ],
)
def test_a_time_is_the_next_time_the_clock_shows_it(now: str, wanted: str, until: str) -> None:
    found = stay_until(wanted=time.fromisoformat(wanted), now=_local(now))
    assert f"{found.astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}" == until
    assert timedelta() < found - _local(now) <= timedelta(hours=12)


def test_in_the_night_that_summer_time_ends_the_second_two_o_clock_is_meant_when_the_first_has_been() -> None:
    now = _local("2026-10-25T02:40")
    found = stay_until(wanted=time(2, 15), now=now)
    assert (found - now.astimezone(found.tzinfo)) == 35 * MINUTE


def test_in_the_night_that_summer_time_begins_a_skipped_time_is_the_one_after() -> None:
    found = stay_until(wanted=time(2, 30), now=_local("2027-03-28T01:30"))
    assert f"{found.astimezone(clock.LOCAL):%H:%M}" == "03:30"


@pytest.mark.parametrize(("now", "wanted"), [("2026-11-22T15:00", "14:30"), ("2026-11-22T06:00", "20:00")])
def test_what_has_passed_or_is_over_twelve_hours_away_is_refused(now: str, wanted: str) -> None:
    with pytest.raises(ValidationError) as refused:
        stay_until(wanted=time.fromisoformat(wanted), now=_local(now))
    assert list(refused.value.message_dict) == ["until"]


def test_an_end_before_the_beginning_is_answered_at_the_field(cast: Cast) -> None:
    past = (cast.now - 60 * MINUTE).astimezone(clock.LOCAL)
    fields = {"key": uuid4(), "until": f"{past:%H:%M}", "colleague": cast.colleague.pk, "place": "Hier"}
    answer = cast.client("owner").post(f"/casussen/{cast.case.ref}/verblijf/", fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["until"]
    assert "Hier" in answer.content.decode()


def test_without_a_time_and_with_somebody_of_another_team_both_fields_answer(cast: Cast) -> None:
    answer = cast.client("owner").post(
        f"/casussen/{cast.case.ref}/verblijf/", {"key": uuid4(), "colleague": cast.stranger.pk}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"until", "colleague"}


def test_the_colleague_with_a_conflict_of_interest_cannot_be_chosen(cast: Cast) -> None:
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/")
    chosen = {pk for pk, _name in page.context["stay_form"].fields["colleague"].choices}
    assert chosen == {cast.deputy.pk, cast.second.pk, cast.colleague.pk, cast.leader.pk}


def test_one_open_stay_a_person_and_sent_twice_is_once(cast: Cast) -> None:
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/verblijf/"
    fields = {"key": str(uuid4()), "minutes": "60", "colleague": cast.colleague.pk, "place": "Hier"}
    assert client.post(path, fields).status_code == client.post(path, fields).status_code == 302
    assert Stay.objects.count() == 1
    again = client.post(path, {**fields, "key": str(uuid4())})
    assert again.status_code == 422
    assert Stay.objects.count() == 1


def test_the_colleague_of_the_last_time_is_chosen_already(cast: Cast) -> None:
    stay_close(stay=_begin(cast, colleague=cast.deputy), by=cast.owner, now=cast.now + MINUTE)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/")
    assert page.context["stay_form"].initial["colleague"] == cast.deputy.pk


# --- who may open it -----------------------------------------------------------------------------------------------


def _late(cast: Cast, stay: Stay) -> None:
    """The clock goes on: what ended in an hour has ended a minute ago."""
    Stay.objects.filter(pk=stay.pk).update(started_at=cast.now - 60 * MINUTE, until_at=cast.now - MINUTE)


EVERYBODY = ("owner", "deputy", "second", "colleague", "barred", "leader", "stranger", "other_leader", "partner")


def test_in_time_only_she_herself_opens_it(cast: Cast) -> None:
    stay = _begin(cast)
    for who in EVERYBODY:
        assert cast.client(who).get(f"/verblijf/{stay.ref}/").status_code == (200 if who == "owner" else 404), who


def test_late_the_colleague_and_the_leader_open_it_and_read_where_she_is(cast: Cast) -> None:
    stay = _begin(cast)
    _late(cast, stay)
    for who in EVERYBODY:
        answer = cast.client(who).get(f"/verblijf/{stay.ref}/")
        opens = who in ("owner", "colleague", "leader")
        assert answer.status_code == (200 if opens else 404), who
        if opens:
            page = answer.content.decode()
            assert "Duinpad 7" in page and "Halteren" not in page.split("<main")[1]
    row = AccessLog.objects.filter(action="GET:stay", actor_id=cast.leader.pk).latest("pk")
    assert (row.case_ref, row.ground, row.objects_seen) == (cast.case.ref, "stay-overdue", [stay.ref])


def test_the_colleague_closes_it_and_then_it_is_closed_for_her(cast: Cast) -> None:
    stay = _begin(cast)
    _late(cast, stay)
    client = cast.client("colleague")
    assert client.post(f"/verblijf/{stay.ref}/langer/").status_code == 404
    assert client.post(f"/verblijf/{stay.ref}/buiten/").status_code == 302
    stay.refresh_from_db()
    assert (stay.closed_by, Promise.objects.get(kind="stay").settled_at is not None) == (cast.colleague, True)
    assert client.get(f"/verblijf/{stay.ref}/").status_code == 404
    assert cast.colleague.name in cast.client("owner").get(f"/verblijf/{stay.ref}/").content.decode()


def test_nobody_closes_it_for_her_before_she_is_late(cast: Cast) -> None:
    stay = _begin(cast)
    for who in ("colleague", "leader", "deputy", "stranger", "partner"):
        assert cast.client(who).post(f"/verblijf/{stay.ref}/buiten/").status_code == 404, who
    stay.refresh_from_db()
    assert stay.closed_at is None


def test_the_banner_stands_on_every_page_of_hers_and_costs_others_nothing(cast: Cast) -> None:
    client, path = cast.client("owner"), "/berichten/"
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        assert "cr-inside" not in client.get(path).content.decode()
    stay = _begin(cast)
    with CaptureQueriesContext(connection) as during:
        page = client.get(path).content.decode()
    assert "cr-inside" in page and f"/verblijf/{stay.ref}/buiten/" in page
    assert len(during) == len(before) + 1
    assert "cr-inside" not in cast.client("deputy").get(path).content.decode()
    assert client.post(f"/verblijf/{stay.ref}/buiten/", {"next": path})["Location"] == path
    assert "cr-inside" not in client.get(path).content.decode()


def test_the_place_is_encrypted(cast: Cast) -> None:
    stay = _begin(cast)
    stay.refresh_from_db()
    assert b"Duinpad" not in bytes(stay.place or b"")
    assert stay_open_of(User.objects.get(pk=cast.owner.pk), cast.now).place == ""  # type: ignore[union-attr]


# --- what to beware of ---------------------------------------------------------------------------------------------


def test_a_warning_is_noted_by_who_logs_stands_on_three_pages_and_ends(cast: Cast) -> None:
    client = cast.client("second")
    fields = {"key": uuid4(), "kind": "dog", "person": "", "note": "Los in de tuin"}
    assert client.post(f"/casussen/{cast.case.ref}/gezin/let-op/nieuw/", fields).status_code == 302
    row = Caution.objects.get()
    assert b"tuin" not in bytes(row.note or b"")
    appointment = appointment_make(
        case=cast.case, by=cast.owner, data=AppointmentData(cast.now + timedelta(days=1), subject="x"), now=cast.now
    )
    pages = ("bezoek/", "voor-de-deur/", f"afspraken/{appointment.ref}/")
    for page in pages:
        assert "Los in de tuin" in client.get(f"/casussen/{cast.case.ref}/{page}").content.decode(), page
    client.post(f"/casussen/{cast.case.ref}/gezin/let-op/{row.ref}/eindigen/")
    for page in pages:
        assert "Los in de tuin" not in client.get(f"/casussen/{cast.case.ref}/{page}").content.decode(), page


def test_of_a_person_who_is_not_there_the_warning_does_not_stand_at_the_door(cast: Cast) -> None:
    away = person_add(case=cast.case, data=PersonData(given_name="Karel", in_household=False), by=cast.owner)
    row = caution_note(case=cast.case, by=cast.owner, person=away, kind="weapon", note="Jachtmes", now=cast.now)
    client = cast.client("owner")
    assert "Jachtmes" not in client.get(f"/casussen/{cast.case.ref}/voor-de-deur/").content.decode()
    data = AppointmentData(cast.now + timedelta(days=1), participants=[away.party.ref])
    ref = appointment_make(case=cast.case, by=cast.owner, data=data, now=cast.now).ref
    assert "Jachtmes" in client.get(f"/casussen/{cast.case.ref}/voor-de-deur/?afspraak={ref}").content.decode()
    caution_end(caution=row, by=cast.owner, now=cast.now)
    row.refresh_from_db()
    assert row.ended_by == cast.owner


def test_something_else_says_what(cast: Cast) -> None:
    answer = cast.client("owner").post(
        f"/casussen/{cast.case.ref}/gezin/let-op/nieuw/", {"key": uuid4(), "kind": "other", "person": ""}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])


# --- at the door ---------------------------------------------------------------------------------------------------


def _door(cast: Cast, who: str = "owner", ref: str = ""):  # type: ignore[no-untyped-def]
    return cast.client(who).get(f"/casussen/{cast.case.ref}/voor-de-deur/" + (f"?afspraak={ref}" if ref else ""))


def _secret(cast: Cast) -> tuple[Person, str, str]:
    father = person_add(
        case=cast.case, data=PersonData(given_name="Karel", described_as="vader", in_household=False), by=cast.owner
    )
    mother = Person.objects.get(party__ref=cast.mother)
    fact = fact_note(case=cast.case, by=cast.owner, concerns=mother, value="Duinpad 7", may_know=[], now=cast.now)
    data = AppointmentData(cast.now + timedelta(days=1), participants=[father.party.ref], channel="office")
    return father, fact.ref, appointment_make(case=cast.case, by=cast.owner, data=data, now=cast.now).ref


def test_what_he_may_not_know_stands_at_the_door_with_him_and_is_logged(cast: Cast) -> None:
    father, fact, ref = _secret(cast)
    page = _door(cast, ref=ref)
    door = page.context["door"]
    assert [person.name for person in door.spoken_to] == ["Karel"]
    assert [[one.ref for one in person.not_to_mention] for person in door.warned] == [[fact]]
    assert "Duinpad" not in page.content.decode()
    assert fact in AccessLog.objects.filter(action="GET:door").latest("pk").objects_seen
    # Whom it is about knows it: at her own door there is nothing to be silent about but to the others.
    assert cast.mother not in {person.ref for person in _door(cast).context["door"].warned}


@pytest.mark.parametrize(("who", "sees"), [("owner", True), ("deputy", True), ("second", False)])
def test_facts_and_ways_at_the_door_are_for_director_and_deputy(who: str, sees: bool, cast: Cast) -> None:
    _father, fact, ref = _secret(cast)
    text = _door(cast, who, ref).content.decode()
    assert (fact in text) is sees
    # Nobody asked yet whether her number is safe: the words stand there, and only director and deputy may open it.
    page = _door(cast, who).content.decode()
    assert "06 00112233" not in page and "niet veilig zolang het niet gevraagd is" in page
    way = SafeContact.objects.get(person__party__ref=cast.mother)
    show = f"/casussen/{cast.case.ref}/gezin/{cast.mother}/bereiken/{way.pk}/"
    assert (show in page) is sees
    assert ("06 00112233" in cast.client(who).get(show).content.decode()) is sees


def test_the_leader_and_strangers_stand_before_a_closed_door(cast: Cast) -> None:
    for who, status in (("leader", 403), ("stranger", 404), ("partner", 404), ("barred", 404)):
        assert _door(cast, who).status_code == status, who


def test_the_last_three_are_contacts_attempts_are_counted_and_closed_words_stay_closed(cast: Cast) -> None:
    for number in range(4):
        log(cast.case, cast.owner, cast.mother, body=f"Gesprek {number}", started_at=cast.now - (50 - number) * MINUTE)
    for minutes in (20, 10):
        log(cast.case, cast.owner, cast.mother, body="", outcome="no_answer", started_at=cast.now - minutes * MINUTE)
    log(cast.case, cast.owner, cast.mother, body="@Noor*: Dit blijft bij jou.", started_at=cast.now - 30 * MINUTE)
    door = _door(cast, "second").context["door"]
    assert [talk.line for talk in door.talks] == ["", "Gesprek 3", "Gesprek 2"]
    assert door.attempts == 2
    assert _door(cast).context["door"].talks[0].line == "Dit blijft bij jou."


def test_what_she_promised_stands_at_the_door(cast: Cast) -> None:
    assert "School bellen" in _door(cast).content.decode()


def test_the_number_of_queries_at_the_door_stays_the_same(cast: Cast) -> None:
    client = cast.client("owner")
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
    counts = []
    for number in range(3):
        for extra in range(5):
            person = person_add(case=cast.case, data=PersonData(given_name=f"Kind {number}{extra}"), by=cast.owner)
            safe_contact_add(person=person, way=WayData(value="06 0011", note="overdag"), by=cast.owner)
            caution_note(case=cast.case, by=cast.owner, person=person, kind="dog", note="Los", now=cast.now)
            fact_note(case=cast.case, by=cast.owner, concerns=person, value="Duinpad 7", may_know=[], now=cast.now)
            data = AppointmentData(cast.now + timedelta(days=1), participants=[person.party.ref], place="Hier")
            appointment_make(case=cast.case, by=cast.owner, data=data, now=cast.now)
        for path in ("voor-de-deur/", "afspraken/", "gezin/", "bezoek/"):
            client.get(f"/casussen/{cast.case.ref}/{path}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/casussen/{cast.case.ref}/{path}").status_code == 200
            counts.append((path, len(queries)))
    assert len(set(counts)) == 4, counts
    assert max(count for path, count in counts if path == "afspraken/") <= 9
    assert max(count for path, count in counts if path in ("gezin/", "bezoek/")) <= 16
    assert max(count for path, count in counts if path == "voor-de-deur/") <= 24


# --- ready texts ---------------------------------------------------------------------------------------------------


def test_ready_texts_name_nobody_and_fit_the_next_appointment(cast: Cast) -> None:
    now = _local("2026-11-22T15:00")
    texts = ready_texts(_local("2026-11-23T10:00"), now)
    assert "10.00" in texts[0]
    for text in [*texts, *ready_texts(None, now)]:
        for word in ("Halteren", "gemeente", "casus", "hulp", "gezin", "Owner"):
            assert word.lower() not in text.lower()


def test_a_text_is_offered_only_where_the_way_is_safe(cast: Cast) -> None:
    page = _door(cast).content.decode()
    assert "data-cr-copy" not in page
    mother = Person.objects.get(party__ref=cast.mother)
    today = clock.local_date(cast.now)
    way = WayData(value="06 00998877", note="alleen app, overdag", safe="yes", confirmed_on=today)
    safe_contact_add(person=mother, way=way, by=cast.owner)
    page = _door(cast).content.decode()
    assert "data-cr-copy" in page and "alleen app, overdag" in page
    mother.ways.filter(safe="yes").update(confirmed_on=today - timedelta(days=40))
    assert "data-cr-copy" not in _door(cast).content.decode()
    assert "data-cr-copy" not in _door(cast, "second").content.decode()


def test_a_text_tells_nobody_of_the_appointment_of_somebody_else(cast: Cast) -> None:
    """Whoever reads when the other comes, can wait there."""
    today, at = clock.local_date(cast.now), cast.now + timedelta(days=2)
    for ref in (cast.mother, cast.daughter):
        way = WayData(value="06 00998877", note="alleen app", safe="yes", confirmed_on=today)
        safe_contact_add(person=Person.objects.get(party__ref=ref), way=way, by=cast.owner)
    row = appointment_make(
        case=cast.case, by=cast.owner, data=AppointmentData(at, participants=[cast.daughter]), now=cast.now
    )
    hour = f"{at.astimezone(clock.LOCAL):%H.%M}".removeprefix("0")
    for path in ("", f"?afspraak={row.ref}"):
        page = cast.client("owner").get(f"/casussen/{cast.case.ref}/voor-de-deur/{path}")
        told = {person.ref: any(hour in text for text in person.texts) for person in page.context["door"].people}
        assert told == {cast.mother: False, cast.daughter: True}
        assert all(person.texts for person in page.context["door"].people)


# --- from appointment to contact -----------------------------------------------------------------------------------


def test_an_appointment_opens_as_a_prefilled_contact_and_is_then_held(cast: Cast) -> None:
    data = AppointmentData(
        cast.now + timedelta(days=1), duration_minutes=45, channel="office", participants=[cast.daughter]
    )
    row = appointment_make(case=cast.case, by=cast.owner, data=data, now=cast.now)
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/contacten/nieuw/"
    form = client.get(f"{path}?afspraak={row.ref}").context["form"]
    assert (form.initial["participants"], form.initial["channel"]) == ([cast.daughter], "office")
    assert (form.initial["duration_minutes"], form.initial["appointment"]) == (45, row.ref)
    began = (cast.now - 50 * MINUTE).astimezone(clock.LOCAL)
    fields = {
        "key": uuid4(),
        "appointment": row.ref,
        "body": "Gesproken.",
        "participants": [cast.daughter],
        "channel": "office",
        "duration_minutes": 45,
        "started_at": f"{began:%Y-%m-%dT%H:%M}",
    }
    assert client.post(path, fields).status_code == 302
    row.refresh_from_db()
    assert row.contact == Contact.objects.latest("pk")
    assert client.get(f"{path}?afspraak=BESTAATNIET").status_code == 404


# --- her number ----------------------------------------------------------------------------------------------------


def test_her_number_is_hers_to_set_and_a_word_is_answered_at_the_field(cast: Cast) -> None:
    client = cast.client("owner")
    assert client.post("/account/telefoon/", {"phone": " 06  00112244 "}).status_code == 302
    assert User.objects.get(pk=cast.owner.pk).phone == "06 00112244"
    for wrong in ("bel mij", "123", "06 00112244 06 00112244 06"):
        answer = client.post("/account/telefoon/", {"phone": wrong})
        assert answer.status_code == 422, wrong
        assert wrong in answer.content.decode()
    assert client.post("/account/telefoon/", {"phone": ""}).status_code == 302


def test_another_team_s_colleague_never_becomes_a_guard(cast: Cast) -> None:
    other = make_user("elders", "case-director", team=cast.stranger.team)
    page = cast.client("owner").post(
        f"/casussen/{cast.case.ref}/verblijf/", {"key": uuid4(), "minutes": "30", "colleague": other.pk}
    )
    assert page.status_code == 422

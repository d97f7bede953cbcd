"""Appointments: never two together who may not meet, reminded of, and held by their contact."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from casusregie.core import clock
from casusregie.core.models import AccessLog
from casusregie.reminders.models import Promise, Reminder
from casusregie.reminders.services import sweep
from families.access import case_for, scope_for
from families.choices import RelationKind, WorkingForm
from families.models import Person
from families.selectors import adults_of
from families.services import PersonData, apart_end, apart_note, person_add, relation_add, spoken_alone_note
from network import selectors
from network.models import Appointment
from network.services import (
    AppointmentChanged,
    AppointmentData,
    AppointmentEnded,
    appointment_cancel,
    appointment_change,
    appointment_held,
    appointment_make,
    appointment_make_once,
)
from tests.cast import Cast, log, make_case

DAY = timedelta(days=1)


def _make(cast: Cast, by: str = "owner", **fields: object) -> Appointment:
    values: dict[str, object] = {"starts_at": cast.now + 2 * DAY, "participants": [cast.mother], **fields}
    return appointment_make(case=cast.case, by=getattr(cast, by), data=AppointmentData(**values), now=cast.now)  # type: ignore[arg-type]


def _access(cast: Cast, who: str = "owner"):  # type: ignore[no-untyped-def]
    return case_for(getattr(cast, who), cast.case.ref, "case.view", clock.now())


def _father(cast: Cast) -> Person:
    return person_add(case=cast.case, data=PersonData(given_name="Karel", described_as="vader"), by=cast.owner)


def _post(cast: Cast, **fields: object) -> dict[str, object]:
    at = (cast.now + 2 * DAY).astimezone(clock.LOCAL)
    return {
        "key": str(uuid4()),
        "starts_at": f"{at:%Y-%m-%dT%H:%M}",
        "duration_minutes": 60,
        "channel": "visit",
        "participants": [cast.mother],
        **fields,
    }


def test_an_appointment_stands_in_the_list_and_on_the_desk_of_its_day(cast: Cast) -> None:
    row = _make(cast, starts_at=cast.now + timedelta(hours=1), subject="Kennismaken")
    listed = selectors.appointments_of(_access(cast), cast.now).to_come
    assert [(one.ref, one.who, one.subject) for one in listed] == [(row.ref, "Marianne van Halteren", "Kennismaken")]
    scope = scope_for(cast.owner, cast.now)
    if clock.local_date(row.starts_at) == clock.local_date(cast.now):
        assert [one.ref for one in selectors.appointments_open(scope, cast.now)] == [row.ref]
    assert selectors.appointments_open(scope_for(cast.stranger, cast.now), cast.now + 3 * DAY) == []


def test_what_has_passed_is_answered_at_the_field(cast: Cast) -> None:
    past = (cast.now - DAY).astimezone(clock.LOCAL)
    answer = cast.client("owner").post(
        f"/casussen/{cast.case.ref}/afspraken/nieuw/", _post(cast, starts_at=f"{past:%Y-%m-%dT%H:%M}", subject="Praten")
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["starts_at"]
    assert "Praten" in answer.content.decode()


def test_a_thousand_people_are_answered_at_the_field(cast: Cast) -> None:
    for number in range(60):
        person_add(case=cast.case, data=PersonData(given_name=f"Neef {number}"), by=cast.owner)
    everybody = list(Person.objects.filter(case=cast.case).values_list("party__ref", flat=True))
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/afspraken/nieuw/"
    for refs in (everybody, [f"x{number}" for number in range(1000)]):
        answer = client.post(path, _post(cast, participants=refs))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["participants"]
        assert "50" in answer.context["form"].errors["participants"][0]
    assert not Appointment.objects.exists()


def test_somebody_of_another_family_is_refused(cast: Cast) -> None:
    other = make_case(cast.owner, "Anders")
    with pytest.raises(ValidationError) as refused:
        appointment_make(
            case=other, by=cast.owner, data=AppointmentData(cast.now + DAY, participants=[cast.mother]), now=cast.now
        )
    assert list(refused.value.message_dict) == ["participants"]


def test_sent_twice_is_once(cast: Cast) -> None:
    fields = _post(cast, place="Bibliotheek")
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/afspraken/nieuw/"
    assert client.post(path, fields).status_code == client.post(path, fields).status_code == 302
    assert Appointment.objects.count() == 1
    assert client.post(path, {**fields, "place": "Kantoor"}).status_code == 409
    assert Appointment.objects.count() == 1


def test_two_who_may_not_meet_are_asked_about_and_never_put_together_silently(cast: Cast) -> None:
    father = _father(cast)
    mother = Person.objects.get(party__ref=cast.mother)
    apart_note(case=cast.case, by=cast.owner, one=mother, other=father, reason="contactverbod", now=cast.now)
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/afspraken/nieuw/"
    both = _post(cast, participants=[cast.mother, father.party.ref])
    answer = client.post(path, both)
    assert answer.status_code == 422
    assert "contactverbod" in answer.content.decode()
    assert not Appointment.objects.exists()
    assert client.post(path, {**both, "together_reason": "Zitting bij de rechter"}).status_code == 302
    assert Appointment.objects.get().together_reason == "Zitting bij de rechter"


def test_a_pair_that_may_meet_again_is_not_asked_about(cast: Cast) -> None:
    father = _father(cast)
    mother = Person.objects.get(party__ref=cast.mother)
    row = apart_note(case=cast.case, by=cast.owner, one=father, other=mother, reason="contactverbod", now=cast.now)
    with pytest.raises(ValidationError):
        apart_note(case=cast.case, by=cast.owner, one=mother, other=father, reason="nog eens", now=cast.now)
    parties = [mother.party_id, father.party_id]
    assert len(selectors.together(cast.case, parties, cast.now)) == 1
    apart_end(case=cast.case, by=cast.owner, row_id=row.pk, now=cast.now + 3 * DAY)
    assert selectors.together(cast.case, parties, cast.now + 3 * DAY) == []
    row.refresh_from_db()
    assert row.until == clock.local_date(cast.now) + 2 * DAY


@pytest.mark.parametrize(
    ("form", "asked"), [(WorkingForm.UNDECIDED, 1), (WorkingForm.SEPARATE, 1), (WorkingForm.JOINT, 0)]
)
def test_former_partners_are_asked_about_unless_the_family_is_worked_with_together(
    form: str, asked: int, cast: Cast
) -> None:
    father, mother = _father(cast), Person.objects.get(party__ref=cast.mother)
    relation_add(case=cast.case, by=cast.owner, kind=RelationKind.PARTNER, one=mother, other=father)
    cast.case.working_form = form
    for person in adults_of(cast.case, clock.local_date(cast.now)):
        spoken_alone_note(
            person=person, by=cast.owner, on=clock.local_date(cast.now), wish="yes", is_at_risk=True, now=cast.now
        )
    assert len(selectors.together(cast.case, [mother.party_id, father.party_id], cast.now)) == asked


def test_parents_of_one_child_are_asked_about_and_a_parent_with_her_child_is_not(cast: Cast) -> None:
    father, mother = _father(cast), Person.objects.get(party__ref=cast.mother)
    child = Person.objects.get(party__ref=cast.daughter)
    for parent in (father, mother):
        relation_add(case=cast.case, by=cast.owner, kind=RelationKind.PARENT, one=parent, other=child)
    assert len(selectors.together(cast.case, [mother.party_id, father.party_id, child.party_id], cast.now)) == 1
    assert selectors.together(cast.case, [mother.party_id, child.party_id], cast.now) == []


def test_a_hidden_place_is_for_the_stewards_and_who_made_it(cast: Cast) -> None:
    _make(cast, place="Duinpad 7", place_is_hidden=True)
    for who, sees in (("owner", True), ("deputy", True), ("second", False)):
        page = cast.client(who).get(f"/casussen/{cast.case.ref}/afspraken/").content.decode()
        assert ("Duinpad" in page) is sees, who
    _make(cast, by="second", place="Lindelaan 3", place_is_hidden=True)
    assert "Lindelaan" in cast.client("second").get(f"/casussen/{cast.case.ref}/afspraken/").content.decode()


def test_the_place_is_encrypted_and_no_log_holds_it(cast: Cast) -> None:
    row = _make(cast, place="Duinpad 7")
    row.refresh_from_db()
    assert b"Duinpad" not in bytes(row.place or b"")
    assert not AccessLog.objects.filter(objects_seen__contains=["Duinpad 7"]).exists()


def test_who_may_not_know_the_place_changes_the_rest_and_leaves_it(cast: Cast) -> None:
    row = _make(cast, place="Duinpad 7", place_is_hidden=True)
    client, path = cast.client("second"), f"/casussen/{cast.case.ref}/afspraken/{row.ref}/wijzigen/"
    assert "Duinpad" not in client.get(path).content.decode()
    answer = client.post(path, _post(cast, revision=1, subject="Anders", place="Overal", place_is_hidden=""))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.subject, row.place_is_hidden) == ("Anders", True)
    assert selectors.appointment_initial(_access(cast), row)["place"] == "Duinpad 7"


def test_two_who_change_it_at_once_do_not_undo_each_other(cast: Cast) -> None:
    row = _make(cast)
    client, path = cast.client("owner"), f"/casussen/{cast.case.ref}/afspraken/{row.ref}/wijzigen/"
    assert cast.client("deputy").post(path, _post(cast, revision=1, subject="Van de ander")).status_code == 302
    answer = client.post(path, _post(cast, revision=1, subject="Van mij"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van de ander" in page and "Van mij" in page
    assert client.post(path, _post(cast, revision=2, subject="Van mij")).status_code == 302
    row.refresh_from_db()
    assert row.subject == "Van mij"


def test_what_became_a_contact_or_was_called_off_does_not_change(cast: Cast) -> None:
    held, off = _make(cast), _make(cast)
    appointment_held(appointment=held, contact=log(cast.case, cast.owner, cast.mother), now=cast.now)
    appointment_cancel(appointment=off, by=cast.owner, reason="Ziek", now=cast.now)
    for row in (held, off):
        with pytest.raises(AppointmentEnded):
            appointment_change(
                appointment=row,
                by=cast.owner,
                data=AppointmentData(cast.now + 2 * DAY, subject="Toch"),
                seen_revision=1,
                keep_place=False,
                now=cast.now,
            )
        answer = cast.client("owner").post(
            f"/casussen/{cast.case.ref}/afspraken/{row.ref}/wijzigen/", _post(cast, revision=1, subject="Toch")
        )
        assert answer.status_code == 409
    with pytest.raises(AppointmentEnded):
        appointment_cancel(appointment=held, by=cast.owner, reason="Ziek", now=cast.now)


def test_a_stale_revision_is_refused(cast: Cast) -> None:
    row = _make(cast)
    with pytest.raises(AppointmentChanged):
        appointment_change(
            appointment=row,
            by=cast.owner,
            data=AppointmentData(cast.now + DAY, subject="x"),
            seen_revision=9,
            keep_place=False,
            now=cast.now,
        )


def _told(row: Appointment) -> int:
    return Reminder.objects.filter(promise__kind="appointment", promise__ref=row.ref).count()


def test_it_is_reminded_of_at_eight_on_its_day_and_the_next_morning_when_not_written_down(cast: Cast) -> None:
    row = _make(cast, starts_at=_at(cast, 2, 14))
    sweep(now=_at(cast, 2, 7, 59))
    assert _told(row) == 0
    sweep(now=_at(cast, 2, 8))
    assert _told(row) == 1
    sweep(now=_at(cast, 3, 7, 59))
    assert _told(row) == 1
    sweep(now=_at(cast, 3, 8))
    sweep(now=_at(cast, 9, 8))
    assert _told(row) == 2


def test_what_was_written_down_or_called_off_is_not_reminded_of_again(cast: Cast) -> None:
    held, off = _make(cast, starts_at=_at(cast, 2, 14)), _make(cast, starts_at=_at(cast, 2, 15))
    appointment_cancel(appointment=off, by=cast.owner, reason="Ziek", now=cast.now)
    sweep(now=_at(cast, 2, 8))
    appointment_held(appointment=held, contact=log(cast.case, cast.owner, cast.mother), now=cast.now)
    sweep(now=_at(cast, 9, 8))
    assert (_told(held), _told(off)) == (1, 0)


def test_a_moved_appointment_is_reminded_of_on_its_new_day(cast: Cast) -> None:
    row = _make(cast, starts_at=_at(cast, 2, 14))
    data = AppointmentData(_at(cast, 5, 6, 30), participants=[cast.mother])
    appointment_change(appointment=row, by=cast.owner, data=data, seen_revision=1, keep_place=False, now=cast.now)
    sweep(now=_at(cast, 4, 12))
    assert _told(row) == 0
    sweep(now=_at(cast, 5, 5, 30))
    assert _told(row) == 1
    assert Promise.objects.filter(kind="appointment", ref=row.ref, settled_at__isnull=True).count() == 2


def test_who_made_it_is_told_and_else_the_director(cast: Cast) -> None:
    mine = _make(cast, by="second", starts_at=_at(cast, 2, 14))
    sweep(now=_at(cast, 2, 8))
    assert Reminder.objects.get(promise__ref=mine.ref).recipient == cast.second
    cast.case.members.filter(user=cast.second).update(until=cast.now + 2 * DAY)
    sweep(now=_at(cast, 3, 8))
    assert Reminder.objects.filter(promise__ref=mine.ref).latest("pk").recipient == cast.owner


def _at(cast: Cast, days: int, hour: int, minute: int = 0) -> datetime:
    day = clock.local_date(cast.now) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.LOCAL)


def test_the_same_form_of_an_appointment_twice_is_one(cast: Cast) -> None:
    key, data = uuid4(), AppointmentData(cast.now + DAY, participants=[cast.mother])
    first = appointment_make_once(case=cast.case, by=cast.owner, data=data, key=key, now=cast.now)
    again = appointment_make_once(case=cast.case, by=cast.owner, data=data, key=key, now=cast.now)
    assert (first.new, again.new, first.url) == (True, False, again.url)

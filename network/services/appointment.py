"""Appointments: made, changed, called off, and held when the contact is there."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case
from network.access import parties_in
from network.choices import Channel
from network.models import Appointment, AppointmentParty, Contact
from network.selectors.appointment import together

KIND = "appointment"
MORNING = time(8, 0)
MOST_PEOPLE = 50
FURTHEST = timedelta(days=2 * 366)
# Somebody who types takes a moment: what has just begun is still an appointment.
JUST_NOW = timedelta(minutes=5)


class AppointmentChanged(Exception):
    """Somebody changed this appointment meanwhile; the page shows both."""


class AppointmentEnded(Exception):
    """This appointment became a contact or was called off: it does not change any more."""


@dataclass(frozen=True)
class AppointmentData:
    """What a form says of an appointment. `starts_at` aware; `participants` are party references; `place` in words."""

    starts_at: datetime
    duration_minutes: int = 60
    channel: str = Channel.VISIT
    participants: list[str] = field(default_factory=list)
    subject: str = ""
    place: str = ""
    place_is_hidden: bool = False
    together_reason: str = ""


def appointment_content(*, data: AppointmentData, key: UUID) -> dict[str, Any]:
    """What recognises a form that is sent twice; of a place not even a plain digest stays."""
    code = hmac.new(crypto.derived_key("submission"), f"{key}:{data.place}".encode(), hashlib.sha256).hexdigest()
    return {**data.__dict__, "place": code}


@transaction.atomic
def appointment_make(*, case: Case, by: User, data: AppointmentData, now: datetime) -> Appointment:
    """Make an appointment and promise to remind of it, in the caller's transaction.

    Raises ValidationError (field → sentence) for a moment that has passed, a party of another case, more than 50
    people, or two who may not meet without a `together_reason`.
    """
    _check_moment(data.starts_at, now)
    parties, reason = _parties(case, data, now)
    row = Appointment.objects.create(
        case=case,
        starts_at=data.starts_at,
        duration_minutes=data.duration_minutes,
        channel=data.channel,
        subject=data.subject,
        place=crypto.encrypt(case.ref, data.place) if data.place else None,
        place_is_hidden=bool(data.place and data.place_is_hidden),
        together_reason=reason,
        made_by=by,
        made_at=now,
    )
    AppointmentParty.objects.bulk_create(AppointmentParty(appointment=row, party_id=pk) for pk in parties)
    _promise(row, now)
    audit.record("appointment.made", case_ref=case.ref, objects=[row.ref])
    return row


def appointment_make_once(*, case: Case, by: User, data: AppointmentData, key: UUID, now: datetime) -> Sent:
    """`appointment_make` for a form: the same form twice is one. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        row = appointment_make(case=case, by=by, data=data, now=now)
        return f"{reverse('appointments', args=[case.ref])}#a-{row.ref}"

    content = {"case": case.ref, **appointment_content(data=data, key=key)}
    return once(key=key, user=by, form="appointment", content=content, now=now, make=make)


@transaction.atomic
def appointment_change(
    *, appointment: Appointment, by: User, data: AppointmentData, seen_revision: int, keep_place: bool, now: datetime
) -> Appointment:
    """Change an appointment; reminders move along. `keep_place` for who may not read the place: it stays as it is.

    Raises AppointmentEnded, AppointmentChanged when there is a newer revision than was seen, and ValidationError as
    `appointment_make` does.
    """
    row = _open(appointment)
    if row.revision != seen_revision:
        raise AppointmentChanged
    if data.starts_at != row.starts_at:
        _check_moment(data.starts_at, now)
    already = set(row.parties.values_list("party_id", flat=True))
    parties, row.together_reason = _parties(row.case, data, now, already)
    for name in ("starts_at", "duration_minutes", "channel", "subject"):
        setattr(row, name, getattr(data, name))
    if not keep_place:
        row.place = crypto.encrypt(row.case.ref, data.place) if data.place else None
        row.place_is_hidden = bool(data.place and data.place_is_hidden)
    row.revision, row.changed_by, row.changed_at = row.revision + 1, by, now
    row.save()
    row.parties.exclude(party_id__in=parties).delete()
    AppointmentParty.objects.bulk_create(
        (AppointmentParty(appointment=row, party_id=pk) for pk in parties), ignore_conflicts=True
    )
    _promise(row, now)
    audit.record("appointment.changed", case_ref=row.case.ref, objects=[row.ref])
    return row


@transaction.atomic
def appointment_cancel(*, appointment: Appointment, by: User, reason: str, now: datetime) -> None:
    """Call an appointment off, with why. Raises AppointmentEnded."""
    row = _open(appointment)
    row.cancelled_at, row.cancelled_by, row.cancel_reason = now, by, reason
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    promises_settle(kind=KIND, refs=[row.ref], now=now)
    audit.record("appointment.cancelled", case_ref=row.case.ref, objects=[row.ref])


@transaction.atomic
def appointment_held(*, appointment: Appointment, contact: Contact, now: datetime) -> None:
    """Say that this contact is what the appointment became, in the transaction that saves it.

    An appointment that has its contact already keeps it: somebody else wrote it down first. Raises ValueError for a
    contact of another case.
    """
    if contact.case_id != appointment.case_id:
        raise ValueError(appointment.ref)
    try:
        row = _open(appointment)
    except AppointmentEnded:
        return
    row.contact = contact
    row.save(update_fields=["contact"])
    promises_settle(kind=KIND, refs=[row.ref], now=now)
    audit.record("appointment.held", case_ref=row.case.ref, objects=[row.ref, contact.ref])


def _open(appointment: Appointment) -> Appointment:
    row = Appointment.objects.select_for_update(of=("self",)).select_related("case").get(pk=appointment.pk)
    if row.cancelled_at is not None or row.contact_id is not None:
        raise AppointmentEnded
    return row


def _check_moment(moment: datetime, now: datetime) -> None:
    if moment < now - JUST_NOW:
        raise ValidationError(
            {"starts_at": _("This moment has passed. What has been is logged as a contact; choose one to come.")}
        )
    if moment > now + FURTHEST:
        raise ValidationError({"starts_at": _("This is more than two years ahead. Check the year.")})


def _parties(
    case: Case, data: AppointmentData, now: datetime, already: set[int] | None = None
) -> tuple[list[int], str]:
    """The parties by number, and why they are together when that had to be asked.

    Who takes part already stays possible when her role has ended meanwhile.
    """
    if len(data.participants) > MOST_PEOPLE:
        raise ValidationError({"participants": too_many(count=len(data.participants))})
    known = {party.ref: party.pk for party in parties_in(case, now)}
    if already:
        kept = AppointmentParty.objects.filter(party_id__in=already).values_list("party__ref", "party_id")
        known |= dict(kept)
    if any(ref not in known for ref in data.participants):
        raise ValidationError({"participants": _("This person does not belong to this family.")})
    parties = list(dict.fromkeys(known[ref] for ref in data.participants))
    apart = together(case, parties, now)
    if apart and not data.together_reason.strip():
        raise ValidationError({"together_reason": [*apart, _("Write why they are together all the same.")]})
    return parties, data.together_reason if apart else ""


def too_many(*, count: int) -> str:
    """The sentence for more people than an appointment holds."""
    return _("At most %(most)s people fit in one appointment; these are %(n)s.") % {"most": MOST_PEOPLE, "n": count}


def _promise(row: Appointment, now: datetime) -> None:
    """On the morning of the day, and on the next when it was neither written down nor called off by then."""
    promises_settle(kind=KIND, refs=[row.ref], now=now)
    day = clock.local_date(row.starts_at)
    for number in (0, 1):
        due_at = datetime.combine(day + timedelta(days=number), MORNING, clock.LOCAL)
        # What starts early is told an hour before; who makes an appointment for today is not told of it at once.
        if number == 0:
            due_at = min(due_at, row.starts_at - timedelta(hours=1))
        if due_at > now:
            promise_make(kind=KIND, ref=row.ref, case_ref=row.case.ref, due_at=due_at, round_=number)

"""Her own safety: what to beware of, and the promise to be outside again by a time."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case, Person
from network.models import Appointment, Caution, Stay

STAY = "stay"
# Longer than a working day inside is a mistake of the clock, not a visit.
LONGEST = timedelta(hours=12)
LONGER = timedelta(minutes=15)


# --- what to beware of ---------------------------------------------------------------------------------------------


@transaction.atomic
def caution_note(*, case: Case, by: User, person: Person | None, kind: str, note: str, now: datetime) -> Caution:
    """Note what a colleague must know before she rings the bell, of a person or of the address."""
    row = Caution.objects.create(
        case=case,
        person=person,
        kind=kind,
        note=crypto.encrypt(case.ref, note) if note else None,
        noted_by=by,
        noted_at=now,
    )
    audit.record("caution.noted", case_ref=case.ref, objects=[row.ref])
    return row


def caution_note_once(
    *, case: Case, by: User, person: Person | None, kind: str, note: str, key: UUID, now: datetime
) -> Sent:
    """`caution_note` for a form: the same form twice is one. Raises SameKeyOtherContent."""

    def make() -> str:
        caution_note(case=case, by=by, person=person, kind=kind, note=note, now=now)
        return f"{reverse('family', args=[case.ref])}#cautions"

    content = {"case": case.ref, "person": person.pk if person else None, "kind": kind, "note": _code(key, note)}
    return once(key=key, user=by, form="caution", content=content, now=now, make=make)


@transaction.atomic
def caution_end(*, caution: Caution, by: User, now: datetime) -> None:
    """Say that this is no longer so; that it was stays. Ending twice keeps the first moment."""
    Caution.objects.filter(pk=caution.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by)
    audit.record("caution.ended", case_ref=caution.case.ref, objects=[caution.ref])


def _code(key: UUID, text: str) -> str:
    """What recognises a text in a form that is sent twice; not even a plain digest of it stays."""
    return hmac.new(crypto.derived_key("submission"), f"{key}:{text}".encode(), hashlib.sha256).hexdigest()


# --- until when she is inside --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StayData:
    """What a form says of a stay. `until_at` aware, `asked` as it was chosen; `place` is for who must go and look."""

    until_at: datetime
    colleague: User
    asked: str = ""
    place: str = ""
    appointment: Appointment | None = None


def stay_until(*, wanted: time, now: datetime) -> datetime:
    """The first moment after `now` at which the clock in the Netherlands shows `wanted`.

    A time that has passed today is after midnight tomorrow. Raises ValidationError when that is over twelve hours ahead.
    """
    today = clock.local_date(now)
    moments = [moment for days in (0, 1) for moment in _moments(today + timedelta(days=days), wanted)]
    found = min(moment for moment in moments if moment > now)
    if found > now + LONGEST:
        raise ValidationError({"until": _too_long(now)})
    return found


def _moments(day: date, wanted: time) -> Iterator[datetime]:
    """When the clock shows this time on a day, in UTC: twice in the hour that comes twice; later in the hour that is
    skipped."""
    plain = wanted.replace(second=0, microsecond=0)
    for fold in (0, 1):
        moment = datetime.combine(day, plain.replace(fold=fold), clock.LOCAL).astimezone(UTC)
        if fold == 0 or moment.astimezone(clock.LOCAL).time() == plain:
            yield moment


def _too_long(now: datetime) -> str:
    last = (now + LONGEST).astimezone(clock.LOCAL)
    words = {"time": f"{last:%H:%M}"}
    if last.date() > clock.local_date(now):
        return (
            _("This time has passed, or is more than twelve hours away. Choose one before %(time)s tomorrow.") % words
        )
    return _("This time has passed, or is more than twelve hours away. Choose one before %(time)s.") % words


@transaction.atomic
def stay_begin(*, case: Case, by: User, data: StayData, now: datetime) -> Stay:
    """Say until when she is inside, and promise that a colleague is told when she has not said by then that she is out.

    Raises ValidationError (field → sentence) for an end that is not after now or over twelve hours ahead, for herself as
    the colleague, and when another stay of hers is still open.
    """
    until_at = data.until_at.replace(second=0, microsecond=0)
    if until_at <= now:
        raise ValidationError({"until": _("This moment has passed. Choose one that is still to come.")})
    if until_at > now + LONGEST:
        raise ValidationError({"until": _too_long(now)})
    if data.colleague.pk == by.pk:
        raise ValidationError({"colleague": _("Choose somebody else: who is told when you do not report back?")})
    try:
        with transaction.atomic():
            row = Stay.objects.create(
                case=case,
                user=by,
                appointment=data.appointment,
                place=crypto.encrypt(case.ref, data.place) if data.place else None,
                colleague=data.colleague,
                started_at=now,
                until_at=until_at,
            )
    except IntegrityError as error:
        raise ValidationError(
            _("You are inside somewhere already. Say first that you are out there; it stands on top of this page.")
        ) from error
    _promised(row)
    audit.record("stay.begun", case_ref=case.ref, objects=[row.ref])
    return row


def stay_begin_once(*, case: Case, by: User, data: StayData, key: UUID, now: datetime) -> Sent:
    """`stay_begin` for a form: the same form twice is one stay. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        row = stay_begin(case=case, by=by, data=data, now=now)
        appointment = f"?afspraak={data.appointment.ref}" if data.appointment else ""
        return f"{reverse('door', args=[row.case.ref])}{appointment}"

    content = {
        "case": case.ref,
        "asked": data.asked,
        "colleague": data.colleague.pk,
        "place": _code(key, data.place),
        "appointment": data.appointment.ref if data.appointment else "",
    }
    return once(key=key, user=by, form="stay", content=content, now=now, make=make)


@transaction.atomic
def stay_extend(*, stay: Stay, by: User, seen_until: datetime, now: datetime) -> Stay:
    """A quarter of an hour longer: from the end, or from now when that has passed; the warning moves along.

    `seen_until` is the end that stood on the page: a button pressed twice is a quarter once. A stay that was closed
    meanwhile stays closed. Raises ValidationError beyond twelve hours from now.
    """
    row = _locked(stay)
    if row.closed_at is not None or abs(row.until_at - seen_until) >= timedelta(minutes=1):
        return row
    until_at = (max(row.until_at, now) + LONGER).replace(second=0, microsecond=0)
    if until_at > now + LONGEST:
        raise ValidationError(_too_long(now))
    row.until_at = until_at
    row.save(update_fields=["until_at"])
    _promised(row)
    audit.record("stay.extended", case_ref=row.case.ref, objects=[row.ref])
    return row


@transaction.atomic
def stay_close(*, stay: Stay, by: User, now: datetime) -> Stay:
    """She is outside: nobody needs to be told any more. Closing twice keeps who did it first."""
    row = _locked(stay)
    if row.closed_at is None:
        row.closed_at, row.closed_by = now, by
        row.save(update_fields=["closed_at", "closed_by"])
        User.objects.filter(pk=row.user_id).update(inside_until=None)
        promises_settle(kind=STAY, refs=[row.ref], now=now)
        audit.record("stay.closed", case_ref=row.case.ref, objects=[row.ref])
    return row


def _locked(stay: Stay) -> Stay:
    return Stay.objects.select_for_update(of=("self",)).select_related("case", "user", "closed_by").get(pk=stay.pk)


def _promised(row: Stay) -> None:
    User.objects.filter(pk=row.user_id).update(inside_until=row.until_at)
    promise_make(kind=STAY, ref=row.ref, case_ref=row.case.ref, due_at=row.until_at)

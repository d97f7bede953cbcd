"""Appointments as they are read: what is to come, what was not written down yet, and who may not meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, dates
from casusregie.core.choices import Right
from families.access import CaseAccess, CaseScope
from families.models import Case
from families.selectors import apart_sentences
from network.choices import Channel
from network.models import Appointment, AppointmentParty
from network.selectors.contact import ICONS
from network.selectors.participant import ParticipantChoice, participant_choices


def together(case: Case, party_ids: Collection[int], now: datetime) -> list[str]:
    """A sentence for every two of these parties who may not meet, or about whom must be asked; empty when none.

    The one place that is asked before people are put together, also by the form of a contact for what comes next.
    """
    return apart_sentences(case, party_ids, now)


@dataclass(frozen=True)
class AppointmentView:
    """One appointment as this reader may read it. `place` is empty in lists over several cases."""

    ref: str
    case_ref: str
    case_name: str
    starts_at: datetime
    day: str
    time: str
    until: str
    who: str
    subject: str
    channel: str
    channel_label: str
    icon: str
    place: str
    place_is_hidden: bool
    door_url: str
    log_url: str
    url: str
    is_past: bool
    is_today: bool
    made_by: str
    together_reason: str = ""
    contact_url: str = ""
    cancelled: str = ""
    people: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it was neither written down nor called off."""
        return not (self.contact_url or self.cancelled)


@dataclass(frozen=True)
class AppointmentsOf:
    """The appointments of one case: to come by time, not written down yet, and what has been, newest first."""

    to_come: list[AppointmentView]
    to_write: list[AppointmentView]
    earlier: list[AppointmentView]


class _Row(NamedTuple):
    """One appointment as it is stored, with who is in it."""

    ref: str
    case_ref: str
    case_name: str
    starts_at: datetime
    minutes: int
    subject: str
    channel: str
    place: bytes | None
    place_is_hidden: bool
    made_by_id: int
    made_by: str
    together_reason: str
    cancelled_at: datetime | None
    cancel_reason: str
    contact_ref: str
    people: list[str]


_APPOINTMENTS = """
    SELECT a.ref, c.ref, c.name, a.starts_at, a.duration_minutes, a.subject, a.channel, a.place, a.place_is_hidden,
           a.made_by_id, u.name, a.together_reason, a.cancelled_at, a.cancel_reason, coalesce(k.ref, ''),
           ARRAY(SELECT y.label FROM network_appointmentparty p JOIN core_party y ON y.id = p.party_id
                  WHERE p.appointment_id = a.id ORDER BY p.id)
      FROM network_appointment a JOIN families_case c ON c.id = a.case_id JOIN core_user u ON u.id = a.made_by_id
      LEFT JOIN network_contact k ON k.id = a.contact_id
     WHERE {where} ORDER BY {order} LIMIT %s
"""
_OPEN = "a.cancelled_at IS NULL AND a.contact_id IS NULL"


def _rows(where: str, params: list[Any], order: str) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(_APPOINTMENTS.format(where=where, order=order), params)
        return [_Row(*row) for row in cursor.fetchall()]


def appointments_open(scope: CaseScope, now: datetime, limit: int = 100) -> list[AppointmentView]:
    """Today's appointments in these cases, and earlier ones that were not written down yet, by time; one query.

    The list stands on a desk with several cases: it opens no place.
    """
    where, params = _in_scope(scope)
    rows = _rows(f"{where} AND {_OPEN} AND a.starts_at < %s", [*params, _day_end(now), limit], "a.starts_at, a.id")
    audit.seen(row.ref for row in rows)
    return [_view(row, "", now) for row in rows]


def appointment_next(scope: CaseScope, now: datetime) -> AppointmentView | None:
    """The first appointment after today, for the sentence on an empty desk; one query."""
    where, params = _in_scope(scope)
    rows = _rows(f"{where} AND {_OPEN} AND a.starts_at >= %s", [*params, _day_end(now), 1], "a.starts_at, a.id")
    return _view(rows[0], "", now) if rows else None


def _in_scope(scope: CaseScope) -> tuple[str, list[Any]]:
    """The condition of the open cases of a scope, and its parameters."""
    not_these = "c.status <> 'closed' AND c.id <> ALL(%s::bigint[])"
    if scope.team_id is not None:
        return f"c.team_id = %s AND {not_these}", [scope.team_id, list(scope.excluded_ids)]
    mine = "(c.director_id = ANY(%s::bigint[]) OR c.id = ANY(%s::bigint[]))"
    return f"{mine} AND {not_these}", [list(scope.director_ids), list(scope.case_ids), list(scope.excluded_ids)]


def _day_end(now: datetime) -> datetime:
    return datetime.combine(clock.local_date(now) + timedelta(days=1), datetime.min.time(), clock.LOCAL)


def appointments_of(access: CaseAccess, now: datetime, limit: int = 50) -> AppointmentsOf:
    """The appointments of one case; at most three queries, whatever their number."""
    case = access.case.pk
    still = _rows(f"a.case_id = %s AND {_OPEN}", [case, 2 * limit], "a.starts_at, a.id")
    ended = _rows(f"a.case_id = %s AND NOT ({_OPEN})", [case, limit], "a.starts_at DESC, a.id DESC")
    views = _with_places(access, [*still, *ended], now)
    audit.seen(view.ref for view in views)
    first = views[: len(still)]
    return AppointmentsOf(
        to_come=[view for view in first if not view.is_past],
        to_write=[view for view in first if view.is_past],
        earlier=views[len(still) :],
    )


def appointment_view(access: CaseAccess, appointment: Appointment, now: datetime) -> AppointmentView:
    """One appointment of a case that was fetched for somebody."""
    return _with_places(access, _rows("a.id = %s", [appointment.pk, 1], "a.id"), now)[0]


def may_read_place(access: CaseAccess, hidden: bool, made_by_id: int) -> bool:
    """Whether this reader may know where an appointment is: a hidden place is for the stewards and who made it."""
    return not hidden or access.is_steward or made_by_id == access.user.pk


def place_of(access: CaseAccess, appointment: Appointment) -> str:
    """Where an appointment is, for who may know; empty for who may not."""
    if appointment.place is None or not may_read_place(access, appointment.place_is_hidden, appointment.made_by_id):
        return ""
    return crypto.decrypt(access.case.ref, appointment.place)


def appointment_initial(access: CaseAccess, appointment: Appointment) -> dict[str, Any]:
    """An appointment as its form begins with."""
    return {
        "participants": party_refs(appointment),
        "starts_at": appointment.starts_at.astimezone(clock.LOCAL),
        "duration_minutes": appointment.duration_minutes,
        "channel": appointment.channel,
        "subject": appointment.subject,
        "place": place_of(access, appointment),
        "place_is_hidden": appointment.place_is_hidden,
        "together_reason": appointment.together_reason,
        "revision": appointment.revision,
    }


def appointment_choices(access: CaseAccess, appointment: Appointment, now: datetime) -> list[ParticipantChoice]:
    """Who can be in an appointment, and who is in it already although her role has ended meanwhile."""
    people = participant_choices(access, now)
    known = {person.ref for person in people}
    rows = appointment.parties.order_by("pk").values_list("party__ref", "party__label")
    return [*people, *(ParticipantChoice(ref, label, "", False) for ref, label in rows if ref not in known)]


def contact_initial(appointment: Appointment, now: datetime) -> dict[str, Any]:
    """What the form of a contact begins with when it is opened from an appointment; nothing is asked twice.

    Written down before it was to begin, the contact began now.
    """
    return {
        "appointment": appointment.ref,
        "participants": party_refs(appointment),
        "started_at": min(appointment.starts_at, now).astimezone(clock.LOCAL).replace(second=0, microsecond=0),
        "channel": appointment.channel,
        "duration_minutes": appointment.duration_minutes,
    }


def next_starts(case: Case, now: datetime) -> dict[int, datetime]:
    """When the next appointment of each party of a case begins; one query."""
    ahead = AppointmentParty.objects.filter(
        appointment__case=case,
        appointment__starts_at__gt=now,
        appointment__contact__isnull=True,
        appointment__cancelled_at__isnull=True,
    )
    return dict(ahead.values("party_id").annotate(at=Min("appointment__starts_at")).values_list("party_id", "at"))


def party_refs(appointment: Appointment) -> list[str]:
    """Who is in an appointment, as party references."""
    return list(appointment.parties.order_by("pk").values_list("party__ref", flat=True))


def party_ids(appointment: Appointment) -> list[int]:
    """Who is in an appointment, as numbers."""
    return list(appointment.parties.order_by("pk").values_list("party_id", flat=True))


def _with_places(access: CaseAccess, rows: Sequence[_Row], now: datetime) -> list[AppointmentView]:
    may_log = access.may(Right.CONTACT_LOG)
    known = {
        row.ref: row.place
        for row in rows
        if row.place is not None and may_read_place(access, row.place_is_hidden, row.made_by_id)
    }
    opened = crypto.decrypt_all((access.case.ref, place) for place in known.values()) if known else []
    places = dict(zip(known, opened, strict=True))
    hidden = _("place known to the director")
    return [
        _view(row, places.get(row.ref, hidden if row.place is not None else ""), now, may_log=may_log) for row in rows
    ]


def _view(row: _Row, place: str, now: datetime, *, may_log: bool = True) -> AppointmentView:
    ends = row.starts_at + timedelta(minutes=row.minutes)
    today: date = clock.local_date(now)
    day = clock.local_date(row.starts_at)
    door = f"{reverse('door', args=[row.case_ref])}?afspraak={row.ref}"
    log = f"{reverse('contact-new', args=[row.case_ref])}?afspraak={row.ref}"
    cancelled = ""
    if row.cancelled_at:
        cancelled = dates.short(dates.day_of(row.cancelled_at), today) + (
            f": {row.cancel_reason}" if row.cancel_reason else ""
        )
    return AppointmentView(
        ref=row.ref,
        case_ref=row.case_ref,
        case_name=row.case_name,
        starts_at=row.starts_at,
        day=_("today") if day == today else dates.short(day, today),
        time=dates.clock_time(row.starts_at),
        until=dates.clock_time(ends),
        who=", ".join(row.people),
        subject=row.subject,
        channel=row.channel,
        channel_label=str(Channel(row.channel).label),
        icon=ICONS[Channel(row.channel)],
        place=place,
        place_is_hidden=row.place_is_hidden,
        door_url=door,
        log_url=log if may_log else "",
        url=reverse("appointment", args=[row.case_ref, row.ref]),
        is_past=ends <= now,
        is_today=day == today,
        made_by=row.made_by,
        together_reason=row.together_reason,
        contact_url=reverse("contact", args=[row.case_ref, row.contact_ref]) if row.contact_ref else "",
        cancelled=cancelled,
        people=row.people,
    )

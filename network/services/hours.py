"""Working time without a contact: one tap, undone by one tap."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.models import Case
from network.models import TimeEntry


@dataclass(frozen=True)
class TimeData:
    """What was tapped: how many minutes of what, on which day, and for which case (None: for none)."""

    category: str
    minutes: int
    on: date
    case: Case | None = None


def time_add(*, by: User, data: TimeData, key: UUID, now: datetime) -> Sent:
    """Note work without a contact; the same form twice is one line. The address leads to its week.

    Raises SameKeyOtherContent when the key was used for another line.
    """
    case_ref = data.case.ref if data.case else ""

    def make() -> str:
        row = TimeEntry.objects.create(
            user=by, case=data.case, on=data.on, minutes=data.minutes, category=data.category, made_at=now
        )
        audit.record("time.noted", case_ref=case_ref, objects=[row.ref])
        return f"{reverse('hours')}?week={data.on:%Y-%m-%d}#t-{row.ref}"

    content = {"category": data.category, "minutes": data.minutes, "on": data.on.isoformat(), "case": case_ref}
    return once(key=key, user=by, form="time", content=content, now=now, make=make)


@transaction.atomic
def time_undo(*, entry: TimeEntry, now: datetime) -> None:
    """Take a line back; it counts no more. A second time changes nothing."""
    if TimeEntry.objects.filter(pk=entry.pk, undone_at__isnull=True).update(undone_at=now):
        audit.record("time.undone", objects=[entry.ref])

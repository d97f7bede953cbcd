"""Since when something is new to a reader: her previous time in a case, and what partners told after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from families.access import CaseAccess
from network.models import RoleSignal
from network.selectors.role import SignalView, signal_view

# For who never logged a contact here (a deputy, a second worker, the first time).
USUALLY = timedelta(days=14)


@dataclass(frozen=True)
class PreviousTime:
    """From when on things are new (aware), in words, and whether that is her own previous time."""

    at: datetime
    words: str
    is_own: bool


# A correction moves when a contact was recorded, and must not hide what a colleague wrote in between.
_OWN = """
    SELECT max(CASE WHEN k.version = 1 THEN k.recorded_at
                    ELSE least(k.recorded_at, k.started_at + k.duration_minutes * interval '1 minute') END)
      FROM network_contact k
     WHERE k.case_id = %s AND k.author_id = %s AND k.outcome = 'reached' AND k.withdrawn_at IS NULL
"""


def previous_time(access: CaseAccess, now: datetime) -> PreviousTime:
    """When this reader last wrote down a contact here in which somebody was reached; else two weeks ago; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [access.case.pk, access.user.pk])
        own: datetime | None = cursor.fetchone()[0]
    if own is None:
        return PreviousTime(now - USUALLY, _("the last two weeks"), False)
    day = dates.short(dates.day_of(own), clock.local_date(now))
    words = _("since %(day)s, %(time)s") % {"day": day, "time": dates.clock_time(own)}
    return PreviousTime(own, words, True)


def signals_since(access: CaseAccess, at: datetime, now: datetime, limit: int = 50) -> list[SignalView]:
    """What partners told in a case after a moment, newest first; one query."""
    rows = RoleSignal.objects.filter(role__case=access.case, at__gt=at)
    rows = rows.select_related("role__professional", "role__case").order_by("-at", "-pk")
    return [signal_view(row, clock.local_date(now)) for row in rows[:limit]]

"""What is to be followed up, and since when it is late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from casusregie.core import dates
from families.access import CaseAccess, CaseScope, cases_in
from network.models import (
    FollowUp,
)


@dataclass(frozen=True)
class FollowUpView:
    """Something to do, in words."""

    ref: str
    case_ref: str
    case_name: str
    text: str
    due: str
    due_on: date
    is_late: bool
    done: bool = False
    done_by: str = ""


def follow_ups_due(scope: CaseScope, today: date, limit: int = 100) -> list[FollowUpView]:
    """Open follow-ups of these cases that are due today or late, the oldest first: the one definition of "late"."""
    rows = _open_follow_ups(scope).filter(due_on__lte=today)
    return [_follow_up(row, today) for row in rows.order_by("due_on", "id")[:limit]]


def follow_up_next(scope: CaseScope, today: date) -> FollowUpView | None:
    """The first follow-up that is still to come, for the sentence on an empty desk."""
    row = _open_follow_ups(scope).filter(due_on__gt=today).order_by("due_on", "id").first()
    return _follow_up(row, today) if row else None


_FOLLOW_UPS = """
    SELECT f.ref, f.text, f.due_on, f.done_at IS NOT NULL, coalesce(u.name, '')
      FROM network_followup f LEFT JOIN core_user u ON u.id = f.done_by_id
     WHERE f.case_id = %s AND f.withdrawn_at IS NULL
       AND (f.done_at IS NULL OR (f.done_at AT TIME ZONE 'Europe/Amsterdam')::date >= %s)
     ORDER BY f.done_at NULLS FIRST, f.due_on, f.id LIMIT %s
"""


def follow_ups_of(access: CaseAccess, today: date, limit: int = 50) -> list[FollowUpView]:
    """The open follow-ups of one case, and those done in the last week so that "done" can be undone."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_UPS, [access.case.pk, today - timedelta(days=7), limit])
        found = cursor.fetchall()
    ref, name = access.case.ref, access.case.name
    return [
        FollowUpView(
            number, ref, name, text, dates.days_late(due, today), due, due < today, is_done, by if is_done else ""
        )
        for number, text, due, is_done, by in found
    ]


def follow_ups_open(scope: CaseScope, today: date, limit: int = 200) -> list[FollowUpView]:
    """Every open follow-up of these cases, the oldest first, those still to come included; checks of safety are some."""
    return [_follow_up(row, today) for row in _open_follow_ups(scope).order_by("due_on", "id")[:limit]]


def _open_follow_ups(scope: CaseScope) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(done_at__isnull=True, withdrawn_at__isnull=True, case__in=cases_in(scope))
    return rows.select_related("case")


def _follow_up(row: FollowUp, today: date) -> FollowUpView:
    return FollowUpView(
        ref=row.ref,
        case_ref=row.case.ref,
        case_name=row.case.name,
        text=row.text,
        due=dates.days_late(row.due_on, today),
        due_on=row.due_on,
        is_late=row.due_on < today,
        done=row.done_at is not None,
        done_by=row.done_by.name if row.done_at and row.done_by else "",
    )

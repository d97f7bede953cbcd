"""Everything open with a day in somebody's cases, as the API gives it."""

from dataclasses import dataclass
from datetime import date, datetime

from casusregie.core import audit, clock, dates
from casusregie.core.models import User
from families.access import scope_for
from network import selectors as network_selectors
from processplan import selectors as plan_selectors
from safety import selectors as safety_selectors


@dataclass(frozen=True)
class PromiseView:
    """Something with a day in one of my cases."""

    kind: str
    ref: str
    case_ref: str
    text: str
    due_on: date
    due_at: datetime | None
    is_late: bool


def promises(user: User, now: datetime) -> list[PromiseView]:
    """Everything open with a day in the cases somebody works in, the oldest day first; six queries."""
    scope = scope_for(user, now)
    are_checks = safety_selectors.check_refs(scope)
    found = [
        PromiseView(
            "check" if row.ref in are_checks else "follow-up",
            row.ref,
            row.case_ref,
            row.text,
            row.due_on,
            None,
            row.is_late,
        )
        for row in network_selectors.follow_ups_open(scope, clock.local_date(now))
    ]
    found += [
        PromiseView("evaluation", row.ref, row.case_ref, "", dates.day_of(row.planned_at), row.planned_at, row.is_late)
        for row in plan_selectors.evaluations_open(scope, now)
    ]
    audit.seen(row.ref for row in found)
    return sorted(found, key=lambda row: (row.due_on, row.ref))

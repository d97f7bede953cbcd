"""What must be known before a contact is withdrawn, and what is kept of those that were."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from casusregie.core import dates, slots
from casusregie.core.slots import SlotItem
from families.access import CaseAccess, cases_in, scope_for
from families.choices import OPEN_STATUSES
from network.choices import WithdrawalReason
from network.models import Contact

MOST_CASES = 500


def right_cases(access: CaseAccess, now: datetime) -> list[tuple[str, str]]:
    """The other cases in which this reader works, by name, the open ones first: where a contact can belong."""
    rows = cases_in(scope_for(access.user, now)).exclude(pk=access.case.pk).order_by("sort_key", "pk")
    found = list(rows.values_list("ref", "name", "status")[:MOST_CASES])
    found.sort(key=lambda row: row[2] not in OPEN_STATUSES)
    return [(ref, f"{name} ({ref})") for ref, name, _status in found]


def stands_in(contact: Contact, now: datetime) -> list[SlotItem]:
    """Where else the words of this contact stand and stay: offered versions of the plan (slot `contact.stands`)."""
    return slots.items("contact.stands", contact.ref, now)


@dataclass(frozen=True)
class WithdrawalView:
    """One contact that was withdrawn, as the privacy officer sees it: references and closed words, no content."""

    id: int
    when: str
    who: str
    contact_ref: str
    from_ref: str
    to_ref: str
    reason: str


_WITHDRAWALS = """
    SELECT w.id, w.at, u.name, k.ref, c.ref, w.to_ref, w.reason
      FROM network_withdrawal w JOIN network_contact k ON k.id = w.contact_id
      JOIN families_case c ON c.id = k.case_id JOIN core_user u ON u.id = w.by_id
     WHERE %(before)s = 0 OR w.id < %(before)s ORDER BY w.id DESC LIMIT %(limit)s
"""


def withdrawals(before: int = 0, limit: int = 50) -> tuple[list[WithdrawalView], int]:
    """Withdrawn contacts, newest first, and the number after which to go on (0 at the end); one query."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAWALS, {"before": before, "limit": limit + 1})
        found = cursor.fetchall()
    shown = [
        WithdrawalView(
            number,
            f"{dates.short(dates.day_of(at))} {dates.clock_time(at)}",
            who,
            ref,
            from_ref,
            to_ref,
            str(WithdrawalReason(reason).label),
        )
        for number, at, who, ref, from_ref, to_ref, reason in found[:limit]
    ]
    return shown, shown[-1].id if len(found) > limit else 0

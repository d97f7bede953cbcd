"""What must be known before a contact is withdrawn, and what is kept of those that were."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse

from casusregie.core import audit, dates, slots
from casusregie.core.models import User
from casusregie.core.slots import SlotItem
from families.access import cases_in, scope_for
from families.choices import OPEN_STATUSES
from families.models import Case
from network.access import PLACE_WITHIN, unplaced_withdrawals
from network.choices import Channel, WithdrawalReason
from network.models import Contact, Withdrawal

MOST_CASES = 500


def right_cases(user: User, wrong: Case, now: datetime) -> list[tuple[str, str]]:
    """The cases in which she works besides the wrong one, by name, the open ones first: where a contact can belong."""
    rows = cases_in(scope_for(user, now)).exclude(pk=wrong.pk).order_by("sort_key", "pk")
    found = list(rows.values_list("ref", "name", "status")[:MOST_CASES])
    found.sort(key=lambda row: row[2] not in OPEN_STATUSES)
    return [(ref, f"{name} ({ref})") for ref, name, _status in found]


def stands_in(contact: Contact, now: datetime) -> list[SlotItem]:
    """Where else the words of this contact stand and stay: offered versions of the plan (slot `contact.stands`)."""
    return slots.items("contact.stands", contact.ref, now)


@dataclass(frozen=True)
class UnplacedView:
    """A contact that she withdrew without knowing the right family: when and how it was, never what it says."""

    url: str
    when: str
    channel_label: str
    withdrawn: str
    until: str


def unplaced(user: User, now: datetime, limit: int = 20) -> list[UnplacedView]:
    """What waits until she says of which family it is, newest first; one query."""
    rows = list(unplaced_withdrawals(user, now).select_related("contact").order_by("-at")[:limit])
    audit.seen(row.contact.ref for row in rows)
    return [unplaced_view(row) for row in rows]


def unplaced_view(withdrawal: Withdrawal) -> UnplacedView:
    """One of them, for its own page."""
    contact = withdrawal.contact
    return UnplacedView(
        url=reverse("contact-place", args=[contact.ref]),
        when=f"{dates.short(dates.day_of(contact.started_at))} {dates.clock_time(contact.started_at)}",
        channel_label=str(Channel(contact.channel).label),
        withdrawn=dates.short(dates.day_of(withdrawal.at)),
        until=dates.short(dates.day_of(withdrawal.at + PLACE_WITHIN)),
    )


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
    SELECT w.id, w.at, u.name, k.ref, c.ref, coalesce(p.to_ref, w.to_ref), w.reason
      FROM network_withdrawal w LEFT JOIN network_withdrawalplaced p ON p.withdrawal_id = w.id
      JOIN network_contact k ON k.id = w.contact_id
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

"""The promise of this room: a check of safety on a day."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_on_rung
from network.models import FollowUp

DAY = 24 * 60


def _people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    row = FollowUp.objects.filter(ref=ref).values_list("case__ref", flat=True).first()
    return users_on_rung(row, rung, now) if row else []


def _due(ref: str, now: datetime) -> bool:
    rows = FollowUp.objects.filter(ref=ref, done_at__isnull=True, withdrawn_at__isnull=True)
    return rows.filter(safety_check__isnull=False).exists()


def _words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = FollowUp.objects.filter(ref__in=refs, withdrawn_at__isnull=True).select_related("case")
    return {
        row.ref: (_("Safety check: %(case)s") % {"case": row.case.name}, reverse("safety", args=[row.case.ref]))
        for row in rows
    }


# Safety goes up the ladder sooner than anything else that was promised for a day.
CHECK = kinds.Kind(
    "safety-check",
    _people,
    _due,
    _words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, DAY), (Rung.TEAM_LEADER, 2 * DAY)),
)

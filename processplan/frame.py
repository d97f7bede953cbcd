"""What the plan room puts in the frame of a case."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.slots import SlotItem
from processplan.models import Evaluation


def plan_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of analysis, plan and evaluations."""
    return [
        SlotItem(_("Analysis"), "analysis", reverse("analysis", args=[case_ref]), kind="4"),
        SlotItem(_("Plan"), "plan", reverse("plan", args=[case_ref]), kind="5"),
        SlotItem(_("Evaluations"), "evaluations", reverse("evaluations", args=[case_ref]), kind="8"),
    ]


def next_moment(case_ref: str, now: datetime) -> list[SlotItem]:
    """The next evaluation, or the one that is late."""
    row = Evaluation.objects.filter(case__ref=case_ref, held_at__isnull=True).order_by("planned_at").first()
    if row is None:
        return []
    day = dates.day_of(row.planned_at)
    late = row.planned_at < now
    word = dates.days_late(day, clock.local_date(now)) if late else dates.short(day, clock.local_date(now))
    return [SlotItem(_("Next evaluation"), word, reverse("evaluations", args=[case_ref]), kind="late" if late else "")]

"""What the plan room puts in the frame of a case."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.slots import SlotItem
from network.models import ContactLine
from processplan.choices import ItemKind, StepState
from processplan.models import Evaluation, PlanItem, PlanVersion


def plan_tabs(case_ref: str, now: datetime) -> list[SlotItem]:
    """The tabs of analysis, plan and evaluations."""
    return [
        SlotItem(_("Analysis"), "analysis", reverse("analysis", args=[case_ref]), kind="4"),
        SlotItem(_("Plan"), "plan", reverse("plan", args=[case_ref]), kind="5"),
        SlotItem(_("Evaluations"), "evaluations", reverse("evaluations", args=[case_ref]), kind="8"),
    ]


def door_steps(case_ref: str, now: datetime) -> list[SlotItem]:
    """What the director herself promised in the plan and has not done yet, for who stands at the door; one query."""
    rows = PlanItem.objects.filter(
        plan__case__ref=case_ref, kind=ItemKind.STEP, owner_party=F("plan__case__director__party")
    )
    rows = rows.exclude(state=StepState.DONE).order_by(F("due_on").asc(nulls_last=True), "position")[:10]
    today = clock.local_date(now)
    return [
        SlotItem(
            row.text,
            dates.days_late(row.due_on, today) if row.due_on else "",
            reverse("plan", args=[case_ref]),
            kind="late" if row.due_on and row.due_on < today else "",
        )
        for row in rows
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


# Shorter words stand in many texts without being taken from this contact.
_SHORTEST = 12


def versions_with_words_of(contact_ref: str, now: datetime) -> list[SlotItem]:
    """The offered versions of the plan in which words of this contact stand: they are frozen and stay as they are."""
    lines = ContactLine.objects.filter(contact__ref=contact_ref)
    words = {text for line in lines.values_list("text", flat=True) if len(text := _plain(line)) >= _SHORTEST}
    if not words:
        return []
    found = []
    versions = PlanVersion.objects.filter(case__contacts__ref=contact_ref).select_related("case").order_by("number")
    for version in versions:
        said = [_plain(text) for text in _texts(version.content)]
        if any(text in part for part in said for text in words):
            offered = dates.short(dates.day_of(version.offered_at), clock.local_date(now))
            url = reverse("plan-version", args=[version.case.ref, version.number])
            label = _("Version %(number)s") % {"number": version.number}
            found.append(SlotItem(label, _("offered %(day)s") % {"day": offered}, url))
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?\"'“”‘’")


def _texts(content: Any) -> Iterator[str]:
    """Every text in a frozen document, wherever it stands in it."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)

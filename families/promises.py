"""The promise of this room: the director hears that something confidential stands in what was given or shown."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_on_rung
from families.models import Case, FactFinding


def _still_due(ref: str, now: datetime) -> bool:
    return FactFinding.objects.filter(case__ref=ref, noticed_at__isnull=True).exists()


def _words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    names = Case.objects.filter(ref__in=refs).values_list("ref", "name")
    return {
        ref: (_("Look at what was found: %(case)s") % {"case": name}, reverse("fact-findings", args=[ref]))
        for ref, name in names
    }


FACT_GIVEN = kinds.Kind(
    "fact-given",
    users_on_rung,
    _still_due,
    _words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 0)),
    urgent=True,
)

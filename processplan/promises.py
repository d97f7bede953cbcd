"""The promises of this room: an evaluation that was planned, and a plan that waits for signatures."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_on_rung
from families.models import Case
from processplan.choices import VersionState
from processplan.models import Evaluation, PlanVersion
from processplan.selectors import state_of

DAY = 24 * 60


def _evaluation_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    row = Evaluation.objects.filter(ref=ref).values_list("case__ref", flat=True).first()
    return users_on_rung(row, rung, now) if row else []


def _evaluation_due(ref: str, now: datetime) -> bool:
    return Evaluation.objects.filter(ref=ref, held_at__isnull=True).exclude(case__status="closed").exists()


def _evaluation_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Evaluation.objects.filter(ref__in=refs).select_related("case")
    return {
        row.ref: (_("Evaluation: %(case)s") % {"case": row.case.name}, reverse("evaluations", args=[row.case.ref]))
        for row in rows
    }


def _version(ref: str) -> PlanVersion | None:
    case_ref, _dot, number = ref.partition(".")
    return PlanVersion.objects.filter(case__ref=case_ref, number=int(number or 0)).defer("content").first()


def _unsigned_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    return users_on_rung(ref.partition(".")[0], rung, now)


def _unsigned_due(ref: str, now: datetime) -> bool:
    version = _version(ref)
    return version is not None and state_of(version) == VersionState.OFFERED


def _unsigned_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    names = dict(Case.objects.filter(ref__in={ref.partition(".")[0] for ref in refs}).values_list("ref", "name"))
    return {
        ref: (
            _("Plan not signed yet: %(case)s") % {"case": names[ref.partition(".")[0]]},
            reverse("plan", args=[ref.partition(".")[0]]),
        )
        for ref in refs
        if ref.partition(".")[0] in names
    }


EVALUATION = kinds.Kind(
    "evaluation",
    _evaluation_people,
    _evaluation_due,
    _evaluation_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 3 * DAY), (Rung.TEAM_LEADER, 7 * DAY)),
)
UNSIGNED = kinds.Kind(
    "unsigned-plan",
    _unsigned_people,
    _unsigned_due,
    _unsigned_words,
    ((Rung.DIRECTOR, 7 * DAY), (Rung.TEAM_LEADER, 21 * DAY)),
)

"""Moments of evaluation: planned, late and held, and who is asked to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from families.access import CaseAccess, CaseScope, cases_in
from families.models import Case
from processplan.models import Evaluation, Plan
from processplan.selectors.plan import plan_page


@dataclass(frozen=True)
class EvaluationView:
    """A moment, planned or held."""

    ref: str
    case_ref: str
    case_name: str
    when: str
    due: str
    is_late: bool
    is_held: bool
    attendees: list[tuple[str, bool | None]]
    lines: list[tuple[str, str]]
    planned_at: datetime


def evaluations(case: Case, now: datetime) -> list[EvaluationView]:
    """The moments of a case, those to come first, then the held ones, newest first."""
    rows = list(Evaluation.objects.filter(case=case).prefetch_related("attendees__party").order_by("-planned_at"))
    open_ones = [row for row in reversed(rows) if row.held_at is None]
    return [evaluation_view(row, case, now) for row in [*open_ones, *(row for row in rows if row.held_at)]]


def evaluation_view(row: Evaluation, case: Case, now: datetime) -> EvaluationView:
    """One moment."""
    lines = [
        (str(_("What goes well")), row.goes_well),
        (str(_("What does not go well yet")), row.not_yet),
        (str(_("What we change")), row.changes),
        (str(_("How safe it is now")), row.safety),
    ]
    day, today = dates.day_of(row.planned_at), clock.local_date(now)
    return EvaluationView(
        row.ref,
        case.ref,
        case.name,
        f"{dates.short(day, today)} {dates.clock_time(row.planned_at)}",
        dates.days_late(day, today),
        row.held_at is None and row.planned_at < now,
        row.held_at is not None,
        [(attendee.party.label, attendee.came) for attendee in row.attendees.all()],
        [(label, text) for label, text in lines if text],
        row.planned_at,
    )


def evaluations_open(scope: CaseScope, now: datetime, limit: int = 200) -> list[EvaluationView]:
    """Every moment that nobody wrote down yet, the oldest first, those still to come included."""
    rows = Evaluation.objects.filter(held_at__isnull=True, case__in=cases_in(scope))
    rows = rows.select_related("case").prefetch_related("attendees__party").order_by("planned_at")
    return [evaluation_view(row, row.case, now) for row in rows[:limit]]


def evaluations_due(scope: CaseScope, now: datetime, limit: int = 50) -> list[EvaluationView]:
    """Moments of today and before that nobody wrote down yet: the one definition of a late evaluation."""
    end = datetime.combine(clock.local_date(now), datetime.max.time(), clock.LOCAL)
    rows = Evaluation.objects.filter(held_at__isnull=True, planned_at__lte=end, case__in=cases_in(scope))
    rows = rows.select_related("case").prefetch_related("attendees__party").order_by("planned_at")
    return [evaluation_view(row, row.case, now) for row in rows[:limit]]


def evaluation_next(scope: CaseScope, now: datetime) -> EvaluationView | None:
    """The first moment after today, for the sentence on an empty desk."""
    end = datetime.combine(clock.local_date(now), datetime.max.time(), clock.LOCAL)
    rows = Evaluation.objects.filter(held_at__isnull=True, planned_at__gt=end, case__in=cases_in(scope))
    row = rows.select_related("case").prefetch_related("attendees__party").order_by("planned_at").first()
    return evaluation_view(row, row.case, now) if row else None


def around_the_table(access: CaseAccess, now: datetime) -> list[tuple[str, str]]:
    """Who can be asked to an evaluation: the family and the partners."""
    page = plan_page(access, now)
    return page.readers


def attendees_of(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Who was asked to a moment."""
    return [(row.party.ref, row.party.label) for row in evaluation.attendees.select_related("party").order_by("pk")]


_DAYS = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}


def next_moment_proposed(case: Case, now: datetime) -> datetime:
    """The next moment by the rhythm of the plan, at the same hour; only a proposal."""
    plan = Plan.objects.filter(case=case).only("rhythm").first()
    local = now.astimezone(clock.LOCAL).replace(minute=0, second=0, microsecond=0)
    return local + timedelta(days=_DAYS[plan.rhythm if plan else "fortnightly"])

"""Reads of the safety room."""

from dataclasses import dataclass
from datetime import date, datetime

from casusregie.core import clock, dates
from families.access import CaseAccess, CaseScope, cases_in
from families.models import Case
from safety import charts
from safety.choices import CheckOutcome, IncidentSource
from safety.models import Incident, SafetyCheck, SafetyScore


@dataclass(frozen=True)
class IncidentView:
    """Something that happened."""

    ref: str
    at: datetime
    day: str
    time: str
    source: str
    text: str
    who: str
    kind: str = "incident"


@dataclass(frozen=True)
class ScoreView:
    """How safe somebody said it was."""

    value: int
    day: str
    on: date
    words: str


@dataclass(frozen=True)
class VoiceScores:
    """One person's scores, oldest first: never averaged with another's."""

    name: str
    scores: list[ScoreView]

    @property
    def last(self) -> ScoreView:
        """The newest."""
        return self.scores[-1]


@dataclass(frozen=True)
class CheckView:
    """A check, planned or done."""

    ref: str
    case_ref: str
    case_name: str
    text: str
    due: str
    is_late: bool
    is_done: bool
    outcome: str
    outcome_label: str
    words: str
    due_on: date


@dataclass(frozen=True)
class SafetyView:
    """The safety page."""

    incidents: list[IncidentView]
    voices: list[VoiceScores]
    checks: list[CheckView]
    chart: charts.Chart | None


def safety(access: CaseAccess, now: datetime) -> SafetyView:
    """What happened, how safe each voice says it is, and the checks; three queries."""
    happened, voices = incidents(access.case, now), scores(access.case, now)
    lines = [(voice.name, [charts.Score(one.on, one.value, one.day) for one in voice.scores]) for voice in voices]
    marks = [(dates.day_of(row.at), row.day) for row in reversed(happened)]
    chart = charts.chart(lines, marks, clock.local_date(now), _month)
    return SafetyView(happened, voices, checks(access.case, now), chart)


def _month(day: date) -> str:
    return dates.short(day, day).split(" ", 1)[1]


def incidents(case: Case, now: datetime, limit: int = 100, noted_after: datetime | None = None) -> list[IncidentView]:
    """What happened, newest first; what was told in a contact that was withdrawn is withdrawn with it.

    With `noted_after` (aware) only what was noted after that moment, whenever it happened.
    """
    today = clock.local_date(now)
    rows = Incident.objects.filter(case=case, contact__withdrawn_at__isnull=True)
    rows = rows.filter(noted_at__gt=noted_after) if noted_after else rows
    return [
        IncidentView(
            row.ref,
            row.happened_at,
            dates.short(dates.day_of(row.happened_at), today),
            dates.clock_time(row.happened_at),
            str(IncidentSource(row.source).label),
            row.text,
            row.noted_by.name,
        )
        for row in rows.select_related("noted_by").order_by("-happened_at")[:limit]
    ]


def scores(case: Case, now: datetime) -> list[VoiceScores]:
    """The scores of each voice."""
    today = clock.local_date(now)
    found: dict[str, list[ScoreView]] = {}
    for row in SafetyScore.objects.filter(case=case).select_related("voice").order_by("on", "pk"):
        view = ScoreView(row.value, dates.short(row.on, today), row.on, row.words)
        found.setdefault(row.voice.label, []).append(view)
    return [VoiceScores(name, views) for name, views in sorted(found.items())]


def checks(case: Case, now: datetime, limit: int = 100) -> list[CheckView]:
    """The checks, open ones first by day, then done ones."""
    rows = SafetyCheck.objects.filter(follow_up__case=case, follow_up__withdrawn_at__isnull=True)
    rows = rows.select_related("follow_up__case")
    views = [_check(row, now) for row in rows.order_by("follow_up__due_on", "pk")[:limit]]
    return [*(view for view in views if not view.is_done), *reversed([view for view in views if view.is_done])]


def check_refs(scope: CaseScope) -> set[str]:
    """The references of the open follow-ups that are checks of safety."""
    rows = SafetyCheck.objects.filter(
        follow_up__case__in=cases_in(scope), follow_up__done_at__isnull=True, follow_up__withdrawn_at__isnull=True
    )
    return set(rows.values_list("follow_up__ref", flat=True))


def checks_due(scope: CaseScope, now: datetime, limit: int = 50) -> list[CheckView]:
    """Checks of today and before that nobody did: the one definition of a late check."""
    rows = SafetyCheck.objects.filter(
        follow_up__case__in=cases_in(scope),
        follow_up__done_at__isnull=True,
        follow_up__withdrawn_at__isnull=True,
        follow_up__due_on__lte=clock.local_date(now),
    ).select_related("follow_up__case")
    return [_check(row, now) for row in rows.order_by("follow_up__due_on", "pk")[:limit]]


def _check(row: SafetyCheck, now: datetime) -> CheckView:
    follow_up, today = row.follow_up, clock.local_date(now)
    return CheckView(
        follow_up.ref,
        follow_up.case.ref,
        follow_up.case.name,
        follow_up.text,
        dates.days_late(follow_up.due_on, today),
        follow_up.done_at is None and follow_up.due_on < today,
        follow_up.done_at is not None,
        row.outcome,
        str(CheckOutcome(row.outcome).label) if row.outcome else "",
        row.words,
        follow_up.due_on,
    )

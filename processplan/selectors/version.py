"""Versions of a plan: where each stands, who answered, and which still wait for signatures."""

from dataclasses import dataclass
from datetime import datetime

from casusregie.core import clock, crypto, dates
from casusregie.core.models import Party
from families.access import CaseScope, cases_in
from families.models import Case
from processplan import editions
from processplan.choices import SignatureKind, VersionState
from processplan.models import PlanVersion


def state_of(version: PlanVersion) -> VersionState:
    """Where a version stands: its furthest event."""
    states = set(version.events.values_list("state", flat=True))
    for state in (VersionState.SUPERSEDED, VersionState.ACTIVE):
        if state in states:
            return state
    return VersionState.OFFERED


def active_version(case: Case) -> PlanVersion | None:
    """The version in force, if any."""
    versions = PlanVersion.objects.filter(case=case, events__state=VersionState.ACTIVE)
    return versions.exclude(events__state=VersionState.SUPERSEDED).order_by("-number").first()


def signatures_of(version: PlanVersion) -> list[tuple[int, editions.SignatureView]]:
    """Everybody's answers, opened; an edition takes from these only its reader's own."""
    scope = version.case.ref
    rows = version.signatures.select_related("party").order_by("pk")
    return [
        (
            row.party_id,
            editions.SignatureView(
                name=row.party.label,
                on=dates.long(dates.day_of(row.signed_at)),
                kind=row.kind,
                drawing=crypto.decrypt(scope, row.drawing) if row.drawing else "",
                typed=crypto.decrypt(scope, row.name) if row.name else "",
                statement=crypto.decrypt(scope, row.statement) if row.statement else "",
            ),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class VersionView:
    """A version in a list: where it stands, who answered."""

    number: int
    state: str
    state_label: str
    offered: str
    reason: str
    answers: list[tuple[str, str, str]]
    waiting: list[tuple[str, str]]


def version_views(case: Case) -> list[VersionView]:
    """All versions, newest first."""
    return [version_view(row) for row in PlanVersion.objects.filter(case=case).order_by("-number")]


def version_view(version: PlanVersion) -> VersionView:
    """One version with who answered it and who is still asked."""
    state = state_of(version)
    rows = list(version.signatures.select_related("party").order_by("pk"))
    answered = {row.party_id for row in rows}
    asked = editions.thaw(version.content).signatories
    refs = dict(Party.objects.filter(pk__in=[pk for pk, _name in asked]).values_list("pk", "ref"))
    active = version.events.filter(state=VersionState.ACTIVE).first()
    return VersionView(
        number=version.number,
        state=state,
        state_label=str(state.label),
        offered=dates.long(dates.day_of(version.offered_at)),
        reason=active.reason if active else "",
        answers=[
            (row.party.label, str(SignatureKind(row.kind).label), dates.long(dates.day_of(row.signed_at)))
            for row in rows
        ],
        waiting=[(refs[pk], name) for pk, name in asked if pk not in answered],
    )


@dataclass(frozen=True)
class UnsignedView:
    """A plan that was offered and waits for signatures."""

    case_ref: str
    case_name: str
    number: int
    since: str


def unsigned_plans(scope: CaseScope, now: datetime, limit: int = 50) -> list[UnsignedView]:
    """Offered versions that are not in force yet, oldest first."""
    rows = PlanVersion.objects.filter(case__in=cases_in(scope)).exclude(
        events__state__in=[VersionState.ACTIVE, VersionState.SUPERSEDED]
    )
    today = clock.local_date(now)
    return [
        UnsignedView(row.case.ref, row.case.name, row.number, dates.days_ago(dates.day_of(row.offered_at), today))
        for row in rows.select_related("case").defer("content").order_by("offered_at")[:limit]
    ]

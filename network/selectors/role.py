"""Who stands around a family in which role, and what they told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from casusregie.core import audit, clock, dates
from casusregie.core.models import User
from families.access import CaseAccess, CaseScope, cases_in
from families.selectors import ApproachView, approaches
from network import picture
from network.access import current_roles, own_roles
from network.choices import Domain, GroundBasis, SignalKind
from network.models import (
    CaseRole,
    Organisation,
    Professional,
    RoleSignal,
    SharingGround,
)


def known_professionals() -> QuerySet[Professional]:
    """Everybody who has or had a role somewhere, to choose from: with organisation, never by free typing."""
    return Professional.objects.select_related("organisation").order_by("organisation__name", "name")


def known_organisations() -> QuerySet[Organisation]:
    """All organisations by name."""
    return Organisation.objects.order_by("name")


@dataclass(frozen=True)
class SignalView:
    """What a partner told the director."""

    ref: str
    kind: str
    kind_label: str
    text: str
    when: str
    who: str
    role_title: str
    case_ref: str
    case_name: str
    is_read: bool
    at: datetime


@dataclass(frozen=True)
class RoleView:
    """A role in a case, with its ground."""

    ref: str
    party_ref: str
    name: str
    function: str
    organisation: str
    domain: str
    domain_label: str
    title: str
    assignment: str
    since: str
    until: str
    has_ended: bool
    ground: str
    ground_until: str
    ground_ended: bool
    signals: list[SignalView]
    is_waiting: bool = False
    is_grounded: bool = False
    # Only for somebody of the family's own network, and where it is asked for.
    approach: ApproachView | None = None

    @property
    def initials(self) -> str:
        """Two letters for the picture and its list."""
        return picture.initials(self.name)

    @property
    def unread(self) -> list[SignalView]:
        """What she told and nobody read yet."""
        return [signal for signal in self.signals if not signal.is_read]


def roles(case_id: int, now: datetime) -> list[RoleView]:
    """The roles in a case, running ones first, each with its newest ground and what was told last; three queries."""
    today = clock.local_date(now)
    rows = list(
        CaseRole.objects.filter(case_id=case_id)
        .select_related("professional__party", "professional__organisation", "case")
        .order_by("professional__organisation__domain", "pk")
    )
    grounds: dict[int, SharingGround] = {}
    for ground in SharingGround.objects.filter(role__in=rows).order_by("until", "pk"):
        grounds[ground.role_id] = ground
    told: dict[int, list[SignalView]] = defaultdict(list)
    signals = RoleSignal.objects.filter(role__in=rows).select_related("role__professional", "role__case")
    for signal in signals.order_by("-pk")[:200]:
        told[signal.role_id].append(signal_view(signal, today))
    views = [_role(row, grounds.get(row.pk), told[row.pk], today) for row in rows]
    return [*(view for view in views if not view.has_ended), *(view for view in views if view.has_ended)]


def roles_around(access: CaseAccess, now: datetime) -> list[RoleView]:
    """The roles in a case, those of the own network with whether they may be approached; at most five queries."""
    views = roles(access.case.pk, now)
    own = [view.party_ref for view in views if view.domain == Domain.NETWORK and not view.has_ended]
    said = approaches(access, own, clock.local_date(now)) if own else {}
    return [replace(view, approach=said.get(view.party_ref)) for view in views]


def role_parties(case_ref: str, now: datetime) -> list[tuple[str, str, str]]:
    """Party reference, name and role of every professional with a role in a case now, by name."""
    rows = CaseRole.objects.filter(current_roles(clock.local_date(now)), case__ref=case_ref)
    found = rows.order_by("professional__name", "pk")
    return list(found.values_list("professional__party__ref", "professional__name", "title"))


@dataclass(frozen=True)
class FieldView:
    """The running roles of one field of work."""

    label: str
    roles: list[RoleView]


def by_field(views: Iterable[RoleView]) -> list[FieldView]:
    """Running roles by field, in the order of the fields."""
    running = [view for view in views if not view.has_ended]
    found = [FieldView(str(field.label), [view for view in running if view.domain == field.value]) for field in Domain]
    return [field for field in found if field.roles]


def network_picture(family: str, views: Iterable[RoleView]) -> picture.Picture:
    """The running roles around the family."""
    around = [
        picture.Around(view.ref, view.initials, view.organisation, view.domain, _state(view))
        for field in by_field(views)
        for view in field.roles
    ]
    return picture.picture(family, around)


def _state(view: RoleView) -> str:
    if any(signal.kind == SignalKind.WORRY for signal in view.unread):
        return "worry"
    if view.ground_ended:
        return "ground"
    return "waiting" if view.is_waiting else ""


def _role(row: CaseRole, ground: SharingGround | None, signals: list[SignalView], today: date) -> RoleView:
    person = row.professional
    return RoleView(
        ref=row.ref,
        party_ref=person.party.ref,
        name=person.name,
        function=person.function,
        organisation=person.organisation.name,
        domain=person.organisation.domain,
        domain_label=str(Domain(person.organisation.domain).label),
        title=row.title,
        assignment=row.assignment,
        since=dates.long(row.since),
        until=dates.long(row.until) if row.until else "",
        has_ended=row.until is not None and row.until < today,
        ground=f"{GroundBasis(ground.basis).label}: {ground.purpose}" if ground else "",
        ground_until=dates.long(ground.until) if ground else "",
        ground_ended=ground is None or ground.until < today,
        signals=[signal for place, signal in enumerate(signals) if place < 5 or not signal.is_read],
        is_waiting=row.since > today,
        is_grounded=ground is not None,
    )


def signal_view(row: RoleSignal, today: date) -> SignalView:
    """What a partner told, in words."""
    return SignalView(
        row.ref,
        row.kind,
        str(SignalKind(row.kind).label),
        row.text,
        f"{dates.short(dates.day_of(row.at), today)} {dates.clock_time(row.at)}",
        row.role.professional.name,
        row.role.title,
        row.role.case.ref,
        row.role.case.name,
        row.read_at is not None,
        row.at,
    )


def signals_unread(scope: CaseScope, now: datetime, limit: int = 50) -> list[SignalView]:
    """What partners told and nobody read yet, worries first, then the oldest."""
    rows = RoleSignal.objects.filter(read_at__isnull=True, role__case__in=cases_in(scope))
    rows = rows.select_related("role__professional", "role__case").order_by("-kind", "pk")
    return [signal_view(row, clock.local_date(now)) for row in rows[:limit]]


def own_role_views(user: User, now: datetime) -> list[RoleView]:
    """The roles that a partner has now; two queries a role, and a partner has few."""
    today = clock.local_date(now)
    rows = list(own_roles(user, now).select_related("professional__party"))
    audit.seen(row.ref for row in rows)
    return [own_role_view(row, today) for row in rows]


def own_role_view(row: CaseRole, today: date) -> RoleView:
    """One role as its own partner sees it: what she told, nothing of anybody else."""
    ground = row.grounds.order_by("-until", "-pk").first()
    told = row.signals.select_related("role__professional", "role__case").order_by("-pk")[:5]
    return _role(row, ground, [signal_view(signal, today) for signal in told], today)

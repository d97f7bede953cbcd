"""The desk of a partner: her roles, a card each, and the plan in force."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404

from casusregie.core import clock
from casusregie.core.models import User
from families import selectors as family_selectors
from network import selectors as network_selectors
from network.access import own_roles
from network.models import CaseRole
from network.selectors import RoleView
from processplan import selectors as plan_selectors
from processplan.models import PlanVersion
from processplan.selectors import RoleWork


@dataclass(frozen=True)
class RoleCard:
    """One role on a partner's desk."""

    role: RoleView
    work: RoleWork
    director: str
    held_back: tuple[tuple[str, str], ...] = ()


def my_roles(user: User, now: datetime) -> list[RoleCard]:
    """The roles that a partner has now, a card each."""
    rows = list(own_roles(user, now).select_related("professional__party"))
    return [_card(row, now) for row in rows]


def my_role(role: CaseRole, now: datetime) -> dict[str, RoleCard]:
    """One role, for its own partner."""
    return {"card": _card(role, now)}


def _card(role: CaseRole, now: datetime) -> RoleCard:
    view = network_selectors.own_role_view(role, clock.local_date(now))
    director = role.case.director.name if role.case.director else ""
    guard = family_selectors.page_guard(role.case, role.professional.party_id, now)
    work = plan_selectors.role_work(role, guard, now)
    # Her function says as much of nobody as her role would; what is left out leaves no trace.
    shown = replace(
        view,
        title=view.title if guard.shows("title", view.title) else view.function,
        assignment=view.assignment if guard.shows("assignment", view.assignment) else "",
        ground=view.ground if guard.shows("ground", view.ground) else "",
    )
    return RoleCard(shown, work, director, tuple(guard.held_back))


def my_version(role: CaseRole) -> PlanVersion:
    """The plan in force of a partner's case. Raises Http404 when there is none."""
    version = plan_selectors.active_version(role.case)
    if version is None:
        raise Http404
    version.case = role.case
    return version

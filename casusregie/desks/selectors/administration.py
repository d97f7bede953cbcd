"""Reads without case content: accounts, and counts without persons."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casusregie.core.choices import Right
from casusregie.core.models import Role, Team, User
from families import selectors as family_selectors
from families.choices import CaseStatus


@dataclass(frozen=True)
class AccountRow:
    """An account as the administrator sees it: no case content."""

    name: str
    email: str
    team: str
    roles: str
    is_active: bool


def accounts(limit: int = 500) -> list[AccountRow]:
    """All accounts by name with their bundles of rights; three queries."""
    people = User.objects.select_related("team").prefetch_related("roles").order_by("name", "pk")[:limit]
    return [
        AccountRow(
            user.name,
            user.email,
            user.team.name if user.team else "",
            ", ".join(sorted(role.name for role in user.roles.all())),
            user.is_active,
        )
        for user in people
    ]


def roles_and_teams() -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """The bundles and the teams, as choices for an account."""
    roles = list(Role.objects.order_by("name").values_list("slug", "name"))
    return roles, list(Team.objects.order_by("name").values_list("id", "name"))


@dataclass(frozen=True)
class OutcomeRow:
    """A count without persons; a small one is shown as "fewer than"."""

    label: str
    number: str


SMALL = 5


def outcomes(user: User) -> list[OutcomeRow]:
    """How many cases stand where; numbers under five are not told (domain.md j: small municipalities)."""
    team_id = user.team_id if user.has_right(Right.CASE_HEAD) else None
    counts = family_selectors.status_counts(team_id)
    return [OutcomeRow(str(CaseStatus(status).label), _shown(counts.get(status, 0))) for status in CaseStatus.values]


def _shown(n: int) -> str:
    return str(n) if n == 0 or n >= SMALL else _("fewer than %(n)s") % {"n": SMALL}

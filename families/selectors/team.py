"""The people around a case: its team, their colleagues, and who looked inside."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.choices import Right
from families.access import CaseAccess, CaseScope
from families.choices import MemberRole
from families.models import Insight

_COLLEAGUES = """
    SELECT u.id, u.name FROM core_user u WHERE u.team_id = %s AND u.is_active AND EXISTS (
           SELECT FROM core_user_roles m JOIN core_roleright r ON r.role_id = m.role_id
            WHERE m.user_id = u.id AND r."right" = %s) ORDER BY u.name
"""


def colleagues(team_id: int | None) -> list[tuple[int, str]]:
    """People of a team who can direct a case, by name, as choices."""
    return _people_with(team_id, Right.CASE_DIRECT)


def _people_with(team_id: int | None, right: Right) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLLEAGUES, [team_id or 0, right.value])
        return list(cursor.fetchall())


def team_people(team_id: int | None) -> list[tuple[int, str]]:
    """Everybody of a team who can work in a case, by name, as choices."""
    return _people_with(team_id, Right.CASE_VIEW)


def leaders(team_id: int | None) -> list[tuple[int, str]]:
    """The leaders of a team, by name: who sees the head of all its cases."""
    return _people_with(team_id, Right.CASE_HEAD)


@dataclass(frozen=True)
class MemberView:
    """Somebody in the case team."""

    id: int
    name: str
    role_label: str
    until: str


_TEAM = """
    SELECT m.id, u.name, m.role, m.until, 1 AS turn FROM families_casemember m JOIN core_user u ON u.id = m.user_id
     WHERE m.case_id = %(case)s AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s)
    UNION ALL SELECT 0, u.name, 'cover', v.until, 2 FROM families_cover v JOIN core_user u ON u.id = v.deputy_id
     WHERE v.absent_id = %(director)s AND v.since <= %(now)s AND v.until > %(now)s
     ORDER BY turn, role, name
"""


def team(access: CaseAccess, now: datetime) -> list[MemberView]:
    """Deputies and second workers of now, cover for the director included."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAM, {"case": access.case.pk, "director": access.case.director_id, "now": now})
        found = cursor.fetchall()
    labels = {role.value: str(role.label) for role in MemberRole}
    labels["cover"] = _("deputises for everything of the director")
    return [
        MemberView(number, name, labels[role], dates.long(until.date()) if until else "")
        for number, name, role, until, _turn in found
    ]


@dataclass(frozen=True)
class InsightView:
    """Somebody looked inside a case of mine."""

    ref: str
    case_ref: str
    case_name: str
    who: str
    reason: str
    when: str


def unseen_insights(scope: CaseScope, limit: int = 20) -> list[InsightView]:
    """Looks inside that the director has not noticed yet, newest first."""
    rows = Insight.objects.filter(noticed_at__isnull=True, case__director_id__in=scope.director_ids)
    rows = rows.exclude(case_id__in=scope.excluded_ids).select_related("case", "user").order_by("-granted_at")[:limit]
    return [
        InsightView(
            row.ref,
            row.case.ref,
            row.case.name,
            row.user.name,
            row.reason,
            f"{dates.short(clock.local_date(row.granted_at))} {dates.clock_time(row.granted_at)}",
        )
        for row in rows
    ]

"""What became of the plan after a moment, in closed words: versions that were offered or came into force, evaluations."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from families.models import Case
from processplan.choices import VersionState


@dataclass(frozen=True)
class PlanNews:
    """Something that happened to the plan: when (aware), in words, and who did it."""

    at: datetime
    text: str
    who: str


_NEWS = """
    SELECT e.at, v.number, e.state, NULL::timestamptz, u.name
      FROM processplan_versionevent e JOIN processplan_planversion v ON v.id = e.version_id
      JOIN core_user u ON u.id = e.by_id
     WHERE v.case_id = %(case)s AND e.at > %(after)s
    UNION ALL
    SELECT m.held_at, 0, '', m.planned_at, coalesce(u.name, '')
      FROM processplan_evaluation m LEFT JOIN core_user u ON u.id = m.held_by_id
     WHERE m.case_id = %(case)s AND m.held_at > %(after)s
"""


def plan_news(case: Case, after: datetime, now: datetime) -> list[PlanNews]:
    """What happened to the plan of a case after a moment; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, {"case": case.pk, "after": after})
        found = cursor.fetchall()
    today = clock.local_date(now)
    return [
        PlanNews(
            at,
            _("Evaluation of %(day)s") % {"day": dates.short(dates.day_of(planned_at), today)}
            if planned_at
            else _("Plan %(number)s: %(state)s") % {"number": number, "state": VersionState(state).label},
            who,
        )
        for at, number, state, planned_at, who in found
    ]

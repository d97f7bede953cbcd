"""How long it holds that somebody said a way is safe, and from which day she must be asked again.

The one definition: the person's page, the strip above a contact, *Voor de deur*, the desk and the reminders take it from
here. What is proposed follows from what was noted of positions, lines, homes and the weighing; a term that was chosen
for a person goes before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casusregie.core import clock, dates
from families.access import CaseScope
from families.choices import (
    OPEN_STATUSES,
    TERM_DAYS,
    LineKind,
    Position,
    Safe,
    TermReason,
    ViolenceType,
)
from families.models import Case

_OPEN = ", ".join(repr(status.value) for status in OPEN_STATUSES)
_ABUSE = ", ".join(
    repr(kind.value)
    for kind in (LineKind.CONTROL, LineKind.EMOTIONAL_ABUSE, LineKind.PHYSICAL_ABUSE, LineKind.SEXUAL_ABUSE)
)
_FOLLOWS = ", ".join(repr(kind.value) for kind in (ViolenceType.STALKING, ViolenceType.COERCIVE))
_RUNS = "(since IS NULL OR since <= %(today)s) AND (until IS NULL OR until >= %(today)s)"
_DAYS = " ".join(f"WHEN '{reason}' THEN {days}" for reason, days in TERM_DAYS.items())
_HOME = """(h.in_household AND o.in_household OR EXISTS (
                SELECT FROM homes m JOIN homes n ON n.household_id = m.household_id
                 WHERE m.person_id = h.id AND n.person_id = o.id))"""
# Who uses violence and who is hurt is what was noted of positions and lines and runs today, and who was said, alone, to be
# at risk; `asks_on` is the first day on which nothing that was confirmed as safe holds any more. Where nothing was ever
# safe there is nothing to renew.
TERMS = f"""
    WITH here AS (
         SELECT p.id, p.case_id, p.in_household, c.ref AS case_ref, c.name AS case_name, c.director_id,
                c.status IN ({_OPEN}) AS is_open
           FROM families_person p JOIN families_case c ON c.id = p.case_id
          WHERE p.died_on IS NULL AND {{where}}
    ), lines AS (
         SELECT one_id, other_id FROM families_emotionalline
          WHERE case_id IN (SELECT case_id FROM here) AND kind IN ({_ABUSE}) AND withdrawn_at IS NULL AND {_RUNS}
    ), positions AS (
         SELECT person_id, position FROM families_positionnote
          WHERE person_id IN (SELECT id FROM here) AND {_RUNS}
    ), spoken AS (
         SELECT DISTINCT ON (person_id) person_id, is_at_risk FROM families_spokenalone
          WHERE person_id IN (SELECT id FROM here) AND "on" <= %(today)s ORDER BY person_id, "on" DESC, id DESC
    ), uses AS (
         SELECT h.* FROM here h WHERE h.id IN (SELECT person_id FROM positions WHERE position = '{Position.USES.value}'
                                               UNION SELECT one_id FROM lines)
    ), hurt AS (
         SELECT h.* FROM here h WHERE h.id IN (SELECT person_id FROM positions WHERE position = '{Position.HURT.value}'
                                               UNION SELECT other_id FROM lines
                                               UNION SELECT person_id FROM spoken WHERE is_at_risk)
    ), followed AS (
         SELECT h.* FROM hurt h JOIN LATERAL (
                SELECT violence FROM families_weighing w WHERE w.case_id = h.case_id ORDER BY w.id DESC LIMIT 1) w ON true
          WHERE w.violence && ARRAY[{_FOLLOWS}]::varchar[]
    ), homes AS (
         SELECT person_id, household_id FROM families_householdmember
          WHERE person_id IN (SELECT id FROM here) AND withdrawn_at IS NULL AND {_RUNS}
    )
    SELECT h.id, h.case_ref, h.director_id, r.why, d.days, s.safe_on,
           CASE WHEN h.is_open THEN s.safe_on + d.days + 1 END AS asks_on, h.id IN (SELECT id FROM hurt) AS is_hurt,
           h.id IN (SELECT id FROM uses) AS uses_violence,
           h.in_household OR h.id IN (SELECT id FROM hurt UNION SELECT id FROM uses) OR EXISTS (
                SELECT FROM families_relation f JOIN here o ON o.id IN (f.one_id, f.other_id) AND o.in_household
                 WHERE h.id IN (f.one_id, f.other_id) AND f.kind = 'partner' AND f.withdrawn_at IS NULL) AS is_inside,
           h.case_name, g.version, g.content, g.confirmed_on, g.noted_at, u.name
      FROM here h
      LEFT JOIN LATERAL (
           SELECT * FROM families_reachagreement a WHERE a.person_id = h.id ORDER BY a.version DESC LIMIT 1) g ON true
      LEFT JOIN core_user u ON u.id = g.noted_by_id
      CROSS JOIN LATERAL (
           SELECT CASE WHEN g.holds_days IS NOT NULL THEN '{TermReason.CHOSEN.value}'
                       WHEN EXISTS (SELECT FROM uses o WHERE o.case_id = h.case_id AND o.id <> h.id AND {_HOME})
                       THEN '{TermReason.LIVES_WITH.value}'
                       WHEN h.id IN (SELECT id FROM followed) THEN '{TermReason.FOLLOWED.value}'
                       WHEN EXISTS (SELECT FROM followed o WHERE o.case_id = h.case_id AND o.id <> h.id AND {_HOME})
                       THEN '{TermReason.NEAR_FOLLOWED.value}'
                       WHEN h.in_household AND NOT EXISTS (SELECT FROM uses o WHERE o.case_id = h.case_id)
                       THEN '{TermReason.NOT_NOTED.value}' ELSE '{TermReason.OTHER.value}' END AS why) r
      CROSS JOIN LATERAL (SELECT CASE r.why WHEN '{TermReason.CHOSEN.value}' THEN g.holds_days {_DAYS} END AS days) d
      CROSS JOIN LATERAL (
           SELECT max(w.confirmed_on) AS safe_on FROM families_safecontact w
            WHERE w.person_id = h.id AND w.safe = '{Safe.YES.value}') s
     ORDER BY h.id
"""  # noqa: S608 - constants of our own


# What the statement above gives, in its order.
TERM_COLUMNS = (
    "id",
    "case_ref",
    "director_id",
    "why",
    "days",
    "safe_on",
    "asks_on",
    "is_hurt",
    "uses_violence",
    "is_inside",
    "case_name",
    "version",
    "content",
    "confirmed_on",
    "noted_at",
    "name",
)


class Term(NamedTuple):
    """How long a confirmation holds for one person, and why; `asks_on` is the first day on which she must be asked.

    `asks_on` is None when nothing is to be renewed: nothing was ever safe, or the case is not open. `is_inside`: of the
    household, hurt, using violence, or a (former) partner; who is not stands around the family. The agreement that holds
    stands beside it as it is stored.
    """

    person_id: int
    case_ref: str
    director_id: int | None
    why: str
    days: int
    safe_on: date | None
    asks_on: date | None
    is_hurt: bool
    uses_violence: bool
    is_inside: bool
    case_name: str
    version: int | None = None
    content: bytes | None = None
    agreed_on: date | None = None
    noted_at: datetime | None = None
    noted_by: str | None = None

    def holds(self, confirmed_on: date | None, today: date) -> bool:
        """Whether what was confirmed on that day still holds today."""
        return confirmed_on is not None and today <= confirmed_on + timedelta(days=self.days)

    @property
    def may_answer(self) -> bool:
        """Whether it is for this person to say who may be approached: not who uses violence and is not hurt herself."""
        return self.is_hurt or not self.uses_violence

    @property
    def words(self) -> str:
        """How long and why, as a sentence."""
        days = ngettext("Holds for %(n)s day", "Holds for %(n)s days", self.days) % {"n": self.days}
        return f"{days}: {TermReason(self.why).label}."


def reach_terms(where: str, params: Mapping[str, Any], today: date) -> dict[int, Term]:
    """The terms of the living persons of the cases that `where` chooses (`c` is the case, `p` the person); one query."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS.format(where=where), {**params, "today": today})
        return {row[0]: Term(*row) for row in cursor.fetchall()}


# --- The desk and the reminders ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReachDue:
    """Somebody of whom nothing that was confirmed as safe holds any more."""

    case_ref: str
    case_name: str
    party_ref: str
    name: str
    words: str
    asks_on: date
    url: str


_EVER_SAFE = """EXISTS (
         SELECT FROM families_person q JOIN families_safecontact v ON v.person_id = q.id
          WHERE q.case_id = c.id AND v.safe = 'yes')"""
_DUE = f"""
    SELECT t.case_ref, t.case_name, y.ref, y.label, t.safe_on, t.asks_on
      FROM ({TERMS}) t JOIN families_person p ON p.id = t.id JOIN core_party y ON y.id = p.party_id
     WHERE t.asks_on <= %(today)s ORDER BY t.asks_on, t.case_name, y.label, t.id LIMIT %(limit)s
"""  # noqa: S608 - constants of our own


def reach_due(scope: CaseScope, now: datetime, limit: int = 200) -> list[ReachDue]:
    """Who must be asked again whether it is safe, in these cases, the longest first; one query."""
    today = clock.local_date(now)
    where, params = _in_scope(scope)
    with connection.cursor() as cursor:
        cursor.execute(_DUE.format(where=where), {**params, "today": today, "limit": limit})
        found = cursor.fetchall()
    return [
        ReachDue(
            case_ref,
            case_name,
            ref,
            name,
            _("last confirmed as safe %(ago)s") % {"ago": dates.days_ago(safe_on, today)},
            asks_on,
            f"{reverse('person', args=[case_ref, ref])}#reach",
        )
        for case_ref, case_name, ref, name, safe_on, asks_on in found
    ]


def _in_scope(scope: CaseScope) -> tuple[str, dict[str, Any]]:
    where = (
        f"c.status IN ({_OPEN}) AND {_EVER_SAFE} AND (c.director_id = ANY(%(directors)s) OR c.id = ANY(%(cases)s::bigint[]))"
        " AND c.id <> ALL(%(excluded)s::bigint[])"
    )
    listed = {"directors": scope.director_ids, "cases": scope.case_ids, "excluded": scope.excluded_ids}
    return where, {name: list(ids) for name, ids in listed.items()}


def reach_asking(director_ids: Iterable[int], today: date) -> dict[int, date]:
    """For each of these directors the newest day on which somebody in an open case of hers had to be asked again.

    Who has nobody to ask is not in it; one query.
    """
    # Where nothing was ever safe nothing is to be renewed: most cases are left out before anything is weighed.
    where = f"c.status IN ({_OPEN}) AND c.director_id = ANY(%(directors)s) AND {_EVER_SAFE}"
    newest: dict[int, date] = {}
    for term in reach_terms(where, {"directors": list(director_ids)}, today).values():
        if term.director_id is not None and term.asks_on is not None and term.asks_on <= today:
            newest[term.director_id] = max(term.asks_on, newest.get(term.director_id, term.asks_on))
    return newest


def directors_of(case_ids: Iterable[int] | None = None) -> dict[int, str]:
    """Who directs these cases (or any case), with the reference of her party; one query."""
    rows = Case.objects.filter(director__isnull=False)
    rows = rows if case_ids is None else rows.filter(pk__in=list(case_ids))
    return dict(rows.order_by("director_id").values_list("director_id", "director__party__ref").distinct())


def director_asks(party_ref: str, now: datetime) -> bool:
    """Whether the director behind this party has somebody to ask again."""
    pk = Case.objects.filter(director__party__ref=party_ref).values_list("director_id", flat=True).first()
    return pk is not None and bool(reach_asking([pk], clock.local_date(now)))

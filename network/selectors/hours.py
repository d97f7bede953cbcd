"""Where working time went: derived from the contacts, with the lines of work without one beside it.

A contact's minutes count for who wrote it, on the day on which it was in the Netherlands: *family* when somebody of a
family took part or was tried, *chain partners* when a professional did and nobody of the family, *own team* when only
colleagues did. A contact with nobody in it counts as *other*.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from casusregie.core.exports import Cell
from casusregie.core.models import User
from families.access import CaseScope, cases_in
from network.choices import TimeCategory

# Everything that counts in a stretch of time: contacts in their newest version, and lines that were not taken back.
_SPENT = """
    SELECT (k.started_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
           CASE WHEN t.family THEN 'family' WHEN t.partners THEN 'partners' WHEN t.team THEN 'team' ELSE 'other' END
             AS category, k.duration_minutes AS minutes, k.case_id, true AS derived, '' AS ref
      FROM network_contact k CROSS JOIN LATERAL (
           SELECT coalesce(bool_or(y.kind = 'person'), false) AS family,
                  coalesce(bool_or(y.kind = 'professional'), false) AS partners,
                  coalesce(bool_or(y.kind = 'user'), false) AS team
             FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id
            WHERE p.contact_id = k.id AND p.version = k.version) t
     WHERE k.author_id = ANY(%(people)s) AND k.started_at >= %(begin)s AND k.started_at < %(end)s
       AND k.withdrawn_at IS NULL AND k.duration_minutes > 0
    UNION ALL
    SELECT e."on", e.category, e.minutes, e.case_id, false, e.ref FROM network_timeentry e
     WHERE e.user_id = ANY(%(people)s) AND e."on" >= %(since)s AND e."on" <= %(until)s AND e.undone_at IS NULL
"""


def _between(since: date, until: date, people: Sequence[int]) -> dict[str, Any]:
    """Days as they are in the Netherlands: a day of 23 or 25 hours is one day too."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    return {"people": list(people), "begin": begin, "end": end, "since": since, "until": until}


def spoken(minutes: int) -> str:
    """Minutes as hours and minutes ("2:05"); a dash for none."""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else "–"


@dataclass(frozen=True)
class CategoryRow:
    """One category in a table: what each day (or nothing but the total) took, in hours and minutes."""

    category: str
    label: str
    cells: list[str]
    total: str
    minutes: int


@dataclass(frozen=True)
class LineView:
    """A line that was tapped, which can be taken back."""

    ref: str
    day: str
    label: str
    minutes: int
    case_name: str


@dataclass(frozen=True)
class WeekView:
    """One week of one person."""

    since: date
    until: date
    words: str
    days: list[str]
    rows: list[CategoryRow]
    day_totals: list[str]
    total: str
    lines: list[LineView]
    previous: str
    next: str
    is_empty: bool

    @property
    def by_day(self) -> list[tuple[str, str]]:
        """Each day with its total, for a narrow screen."""
        return list(zip(self.days, self.day_totals, strict=True))


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def week(user: User, scope: CaseScope, day: date, now: datetime) -> WeekView:
    """The week of a day, by day and category, with the lines that were tapped; two queries."""
    since = monday_of(day)
    days = [since + timedelta(days=n) for n in range(7)]
    today = clock.local_date(now)
    found = _spent(since, days[-1], [user.pk])
    minutes: dict[tuple[str, date], int] = defaultdict(int)
    for row in found:
        minutes[row[1], row[0]] += row[2]
    rows = [_category_row(category, [minutes[category.value, one] for one in days]) for category in TimeCategory]
    per_day = [sum(minutes[category.value, one] for category in TimeCategory) for one in days]
    following = since + timedelta(days=7)
    return WeekView(
        since=since,
        until=days[-1],
        words=f"{dates.short(since, today)} – {dates.short(days[-1], today)}",
        days=[dates.short(one, today) for one in days],
        rows=rows,
        day_totals=[spoken(one) for one in per_day],
        total=spoken(sum(per_day)),
        lines=_lines(found, scope, today),
        previous=f"{since - timedelta(days=7):%Y-%m-%d}",
        next=f"{following:%Y-%m-%d}" if following <= today else "",
        is_empty=not sum(per_day),
    )


_Spent = tuple[date, str, int, int | None, bool, str]


def _spent(since: date, until: date, people: Sequence[int]) -> list[_Spent]:
    """Day, category, minutes, number of the case, whether a contact told it, reference of a line."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SPENT} ORDER BY 1, 5 DESC, 2, 6", _between(since, until, people))
        found: list[_Spent] = cursor.fetchall()
    return found


def _category_row(category: TimeCategory, minutes: Sequence[int]) -> CategoryRow:
    total = sum(minutes)
    return CategoryRow(category.value, str(category.label), [spoken(one) for one in minutes], spoken(total), total)


def _lines(found: Sequence[_Spent], scope: CaseScope, today: date) -> list[LineView]:
    """The tapped lines, newest day first; the name of a case only while she works in it."""
    tapped = [row for row in found if not row[4]]
    ids = {row[3] for row in tapped if row[3]}
    names = dict(cases_in(scope).filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [
        LineView(ref, dates.short(day, today), str(TimeCategory(category).label), minutes, names.get(case_id or 0, ""))
        for day, category, minutes, case_id, _derived, ref in reversed(tapped)
    ]


def tap_order() -> list[tuple[str, str]]:
    """The categories as they are offered for a line: first what no contact tells."""
    first = (TimeCategory.TRAVEL, TimeCategory.ANALYSIS, TimeCategory.TEAM, TimeCategory.PARTNERS)
    return [(one.value, str(one.label)) for one in (*first, TimeCategory.FAMILY, TimeCategory.OTHER)]


def time_cases(scope: CaseScope) -> list[tuple[str, str]]:
    """The open cases in which a line can be noted, by name: reference and name; one query."""
    rows = cases_in(scope).exclude(status="closed").order_by("sort_key", "pk")
    return list(rows.values_list("ref", "name")[:500])


@dataclass(frozen=True)
class MonthView:
    """What a team's time of a month went to, never by person."""

    since: date
    until: date
    words: str
    rows: list[CategoryRow]
    total: str
    previous: str
    next: str
    is_empty: bool


def team_month(user: User, day: date, now: datetime) -> MonthView:
    """The month of a day for the colleagues of a team leader together: totals by category, and no more; two queries."""
    since = day.replace(day=1)
    following = (since + timedelta(days=32)).replace(day=1)
    totals = _team_totals(user, since, following - timedelta(days=1))
    rows = [_category_row(category, [totals[category.value]]) for category in TimeCategory]
    return MonthView(
        since=since,
        until=following - timedelta(days=1),
        words=dates.month(since),
        rows=rows,
        total=spoken(sum(totals.values())),
        previous=f"{since - timedelta(days=1):%Y-%m}-01",
        next=f"{following:%Y-%m-%d}" if following <= clock.local_date(now) else "",
        is_empty=not any(totals.values()),
    )


def _team_totals(user: User, since: date, until: date) -> dict[str, int]:
    """The minutes of each category, of everybody of her team together; added up in the database."""
    totals = dict.fromkeys(TimeCategory.values, 0)
    people = list(User.objects.filter(team_id=user.team_id).values_list("pk", flat=True)) if user.team_id else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT category, sum(minutes) FROM ({_SPENT}) x GROUP BY category",  # noqa: S608 - constants only
            _between(since, until, people),
        )
        return totals | {str(category): int(minutes) for category, minutes in cursor.fetchall()}


Table = tuple[list[str], list[list[Cell]]]


def hours_table(user: User, since: date, until: date) -> Table:
    """The heads and rows of one person's hours for a file: references, no names and no text of hers; two queries."""
    found = _spent(since, until, [user.pk])
    ids = {row[3] for row in found if row[3]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ref FROM families_case WHERE id = ANY(%s)", [list(ids)])
        refs = dict(cursor.fetchall())
    head = [_("Day"), _("Category"), _("Comes from"), _("Case reference"), _("Minutes")]
    source = {True: _("contact"), False: _("line")}
    rows: list[list[Cell]] = [
        [day, str(TimeCategory(category).label), source[derived], refs.get(case_id, ""), minutes]
        for day, category, minutes, case_id, derived, _ref in found
    ]
    return head, rows


def team_table(user: User, since: date, until: date) -> Table:
    """The heads and rows of a team's totals for a file, a row for each category of each month; a query a month."""
    head = [_("Month"), _("Category"), _("Minutes")]
    rows: list[list[Cell]] = []
    first = since.replace(day=1)
    while first <= until:
        following = (first + timedelta(days=32)).replace(day=1)
        totals = _team_totals(user, max(first, since), min(following - timedelta(days=1), until))
        rows += [[f"{first:%Y-%m}", str(category.label), totals[category.value]] for category in TimeCategory]
        first = following
    return head, rows

"""Lists of cases read along their own indexes, and how many cases stand where."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from casusregie.core.paging import Page
from families.access import CaseScope
from families.choices import OPEN_STATUSES, CaseStatus, Intensity
from families.models import Case
from families.names import fold

PAGE = 50


@dataclass(frozen=True)
class CaseQuery:
    """What a list of cases asks for; every part optional. `words` comes from a stored search, never from an address."""

    sort: str = "name"
    descending: bool = False
    status: str = ""
    intensity: str = ""
    director_id: int | None = None
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class CaseRow:
    """One case in a list, as plain values."""

    ref: str
    name: str
    intensity: str
    status: str
    last_contact_at: datetime | None
    next_due_on: date | None
    director_id: int | None
    director_name: str
    guard: str
    opened_on: date


SORTS = {"name": "sort_key", "last": "last_contact_sort", "due": "next_due_sort"}


_SELECT = (
    "SELECT c.ref, c.name, c.intensity, c.status, c.last_contact_at, c.next_due_on, c.director_id,"
    " coalesce(u.name, ''), c.guard, c.opened_on{more} FROM families_case c LEFT JOIN core_user u ON u.id = c.director_id"
)


def case_rows(scope: CaseScope, query: CaseQuery, limit: int = PAGE) -> Page[CaseRow]:
    """One page of a list of cases in a fixed order, by key; at most two queries.

    Each source of the scope (own cases, those of somebody covered, single cases) is read along its own index and the
    few rows are merged, so that one who has 50,000 cases waits no longer than one who has ten. Written out, because
    composing the statement anew took longer than running it.
    """
    column = SORTS.get(query.sort, "sort_key")
    way, sign = ("DESC", "<") if query.descending else ("ASC", ">")
    after = _place_of(query.after, column)
    parts: list[str] = []
    params: list[Any] = []
    for source, number in _sources(scope):
        wheres, values = _filters(scope, query)
        if after is not None:
            wheres.append(f"(c.{column}, c.id) {sign} (%s, %s)")
            values.extend(after)
        parts.append(
            f"({_SELECT.format(more=f', c.{column}, c.id')} WHERE {' AND '.join([source, *wheres])}"
            f" ORDER BY c.{column} {way}, c.id {way} LIMIT %s)"
        )
        params.extend([number, *values, limit + 1])
    sql = (
        parts[0] if len(parts) == 1 else f"{' UNION '.join(parts)} ORDER BY {column} {way}, id {way} LIMIT {limit + 1}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    rows = [CaseRow(*row[:-2]) for row in found[:limit]]
    return Page(rows, rows[-1].ref if len(found) > limit else "")


def _place_of(ref: str, column: str) -> tuple[Any, int] | None:
    return Case.objects.filter(ref=ref).values_list(column, "id").first() if ref else None


def _sources(scope: CaseScope) -> list[tuple[str, Any]]:
    """The condition of each source with its one parameter."""
    if scope.team_id is not None:
        return [("c.team_id = %s", scope.team_id)]
    sources: list[tuple[str, Any]] = [("c.director_id = %s", number) for number in scope.director_ids]
    return [*sources, ("c.id = ANY(%s)", list(scope.case_ids))] if scope.case_ids else sources


# In words and not as a parameter: only so do the indexes of what is open apply.
_OPEN = f"c.status IN ({', '.join(repr(status.value) for status in OPEN_STATUSES)})"


def _filters(scope: CaseScope, query: CaseQuery) -> tuple[list[str], list[Any]]:
    """The conditions of a list, and their parameters in the same order."""
    chosen: list[tuple[str, Any]] = []
    if query.status in CaseStatus.values:
        chosen.append(("c.status = %s", query.status))
    if query.intensity in Intensity.values:
        chosen.append(("c.intensity = %s", query.intensity))
    if query.director_id is not None:
        chosen.append(("c.director_id = %s", query.director_id))
    for word in fold(query.words).split():
        chosen.append(("c.search_key LIKE %s", f"%{connection.ops.prep_for_like_query(word)}%"))
    if scope.excluded_ids:
        chosen.append(("c.id <> ALL(%s)", list(scope.excluded_ids)))
    always = [] if query.status in (*CaseStatus.values, "all") else [_OPEN]
    return [*always, *(where for where, _value in chosen)], [value for _where, value in chosen]


_REGISTERED = (
    _SELECT.format(more="") + " WHERE c.team_id = %s AND c.status = 'registered' AND c.id <> ALL(%s::bigint[])"
    " ORDER BY c.opened_on, c.id LIMIT %s"
)


def registered_rows(scope: CaseScope, limit: int = 20) -> list[CaseRow]:
    """Cases that were registered and have no director yet, oldest first: on top of the team leader's desk."""
    with connection.cursor() as cursor:
        cursor.execute(_REGISTERED, [scope.team_id or 0, list(scope.excluded_ids), limit])
        return [CaseRow(*row) for row in cursor.fetchall()]


def status_counts(team_id: int | None = None) -> dict[str, int]:
    """How many cases stand in each status, of one team or of all."""
    rows = Case.objects.filter(team_id=team_id) if team_id else Case.objects.all()
    return dict(rows.order_by().values_list("status").annotate(n=Count("id")))

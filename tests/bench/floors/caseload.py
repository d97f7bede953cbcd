"""The floor under the lists of cases: one statement, fifty rows, strings."""

from datetime import date, datetime
from html import escape
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from tests.bench.floors import frame

_ORDER = {"name": "sort_key", "last": "last_contact_sort", "due": "next_due_sort"}
_SQL = (
    "SELECT c.ref, c.name, c.intensity, c.status, c.last_contact_at, c.next_due_on, u.name"
    "  FROM families_case c JOIN core_user u ON u.id = c.director_id"
    " WHERE c.{owner} = %s AND c.status IN ('registered', 'active', 'aftercare') ORDER BY c.{order}, c.id LIMIT 51"
)
_TEAM, _MINE = frame("caseload"), frame("mine")
_ROW = (
    '<tr class="utrecht-table__row"><th scope="row" class="utrecht-table__cell utrecht-table__row-header">'
    '<a class="utrecht-link utrecht-link--quiet" href="/casussen/{0}/" dir="auto">{1}</a>'
    ' <span class="cr-ref">{0}</span></th><td class="utrecht-table__cell" data-label="Intensiteit">'
    '<span class="cr-intensity cr-intensity--{2}"><svg class="cr-intensity__shape" viewBox="0 0 14 14"'
    ' aria-hidden="true" focusable="false"><path fill="currentColor" d="M7 1l7 12H0z"/></svg>{2}</span></td>'
    '<td class="utrecht-table__cell" data-label="Status">{3}</td>'
    '<td class="utrecht-table__cell" data-label="Laatste contact">{4}</td>'
    '<td class="utrecht-table__cell" data-label="Eerstvolgende"><span class="cr-late">{5}</span></td>'
    '<td class="utrecht-table__cell" data-label="Regisseur">{6}</td></tr>'
)


def team(request: HttpRequest) -> HttpResponse:
    """The cases of my team."""
    return _page(request, "team_id", request.user.team_id, _TEAM)  # type: ignore[union-attr]


def mine(request: HttpRequest) -> HttpResponse:
    """The cases I direct."""
    return _page(request, "director_id", request.user.pk, _MINE)


def _page(request: HttpRequest, owner: str, number: Any, around: tuple[str, str]) -> HttpResponse:
    order = _ORDER[request.GET.get("op", "name")]
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(owner=owner, order=order), [number])
        rows = cursor.fetchall()[:50]
    return HttpResponse(around[0] + "".join(_row(*row) for row in rows) + around[1])


def _row(ref: str, name: str, colour: str, status: str, last: datetime | None, due: date | None, who: str) -> str:
    words = f"{last:%d-%m-%Y %H:%M}" if last else "", f"{due:%d-%m-%Y}" if due else ""
    return _ROW.format(ref, escape(name), colour, status, *words, escape(who))

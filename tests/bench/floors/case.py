"""The floor under the overview of a case: one statement for fifty contacts with their text and people, strings."""

from datetime import datetime
from html import escape

from django.db import connection
from django.http import HttpRequest, HttpResponse

from tests.bench.floors import frame

_SQL = """
    SELECT k.ref, k.started_at, k.channel, k.outcome, k.duration_minutes, k.purposes, u.name,
           (SELECT array_agg(y.label ORDER BY p.id) FROM network_contactparticipant p
              JOIN core_party y ON y.id = p.party_id WHERE p.contact_id = k.id AND p.version = k.version),
           (SELECT array_agg(ARRAY[l.kind, l.text, coalesce(v.label, '')] ORDER BY l.position)
              FROM network_contactline l
              LEFT JOIN core_party v ON v.id = l.voice_id WHERE l.contact_id = k.id AND l.version = k.version)
      FROM network_contact k JOIN core_user u ON u.id = k.author_id
     WHERE k.case_id = (SELECT id FROM families_case WHERE ref = %s) AND k.withdrawn_at IS NULL
     ORDER BY k.started_at DESC, k.id DESC LIMIT 51
"""
_AROUND = frame("case")
_ICON = (
    '<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round" class="cr-icon" focusable="false" aria-hidden="true">'
    '<path d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1'
    ' 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"/>'
    "</svg>"
)
_ENTRY = (
    '<li class="cr-timeline__item cr-timeline__item--contact" id="c-{0}"><div class="cr-timeline__mark">'
    + _ICON
    + '</div><div><h3 class="cr-timeline__title"><a class="utrecht-link utrecht-link--quiet"'
    ' href="/casussen/{1}/contacten/{0}/">{2}, {3}</a><span dir="auto"> · {4}</span></h3>'
    '<p class="cr-timeline__meta">{5} · {6} minuten · {7} · {8}</p><div class="cr-timeline__body">{9}</div></div></li>'
)
_SAID = (
    '<div class="cr-line cr-line--statement"><span class="cr-line__voice"><bdi>{}</bdi>, in eigen woorden</span>'
    '<q dir="auto">{}</q></div>'
)
_REPORT = '<p class="cr-line" dir="auto">{}</p>'


def timeline(request: HttpRequest, ref: str) -> HttpResponse:
    """The story of a case."""
    if not request.user.is_authenticated:
        return HttpResponse(status=404)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [ref])
        rows = cursor.fetchall()[:50]
    return HttpResponse(_AROUND[0] + "".join(_entry(ref, *row) for row in rows) + _AROUND[1])


def _entry(
    case: str,
    ref: str,
    at: datetime,
    channel: str,
    outcome: str,
    minutes: int,
    purposes: list[str],
    who: str,
    people: list[str] | None,
    lines: list[list[str]] | None,
) -> str:
    said = "".join(
        _SAID.format(escape(voice), escape(text)) if kind == "statement" else _REPORT.format(escape(text))
        for kind, text, voice in lines or []
    )
    names = escape(", ".join(people or []))
    return _ENTRY.format(
        ref, case, channel, outcome, names, f"{at:%d-%m-%Y %H:%M}", minutes, escape(who), ", ".join(purposes), said
    )

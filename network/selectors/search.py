"""Finding contacts again by their words. Who may not read something does not find it, not even as a number.

Words are compared as PostgreSQL stems Dutch, accents folded (`casusregie_dutch`, made by a migration). A search is a
fixed number of queries, whatever the number of cases, contacts and hits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from casusregie.core import audit, clock
from casusregie.core.access import may_read
from casusregie.core.choices import Circle, PartyKind
from casusregie.core.models import Audience, User
from casusregie.core.paging import Page
from families.access import ReadingScope
from network.choices import Channel, ContactOutcome, LineKind, Purpose
from network.models import Contact
from network.selectors.contact import ICONS, Frame, label_words

PAGE = 20
# Lines of one contact in a list of hits; the contact itself shows all of it.
LINES = 3
SHORT = 240
# Stand around a hit until the text is escaped; taken out of a text that has them itself.
_START, _END = "\ue010", "\ue011"
_NO_SIGNS = str.maketrans("", "", _START + _END)


_QUERY = "websearch_to_tsquery('casusregie_dutch', %s)"


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for; every part optional. `who` is a party of the case, or a kind of party over all cases."""

    words: str = ""
    who: str = ""
    channel: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None
    after: str = ""

    @classmethod
    def of(cls, terms: dict[str, str], after: str = "") -> "SearchQuery":
        """From what `search_store` kept."""
        days = {name: date.fromisoformat(terms[name]) if terms.get(name) else None for name in ("since", "until")}
        plain = {name: terms.get(name, "") for name in ("words", "who", "channel", "purpose")}
        return cls(**plain, **days, after=after)  # type: ignore[arg-type]  # each name has its own type


@dataclass(frozen=True)
class HitLine:
    """A line in which something was found, escaped, with `<mark>` around each hit."""

    kind: str
    kind_label: str
    voice: str
    closed: bool
    text: SafeString


@dataclass(frozen=True)
class HitView:
    """A contact that was found."""

    ref: str
    url: str
    case_ref: str
    case_name: str
    day: str
    time: str
    channel_label: str
    icon: str
    outcome_label: str
    is_attempt: bool
    participants: list[str]
    author: str
    lines: list[HitLine] = field(default_factory=list)


@dataclass(frozen=True)
class WordsView:
    """What can be searched for in what was typed: whether any word counts, and whether one has to be there."""

    has_words: bool
    has_wanted: bool


def search_words(text: str) -> WordsView:
    """What PostgreSQL makes of the words that somebody typed; it refuses nothing, however odd."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT numnode({_QUERY}), querytree({_QUERY})", [text, text])
        nodes, wanted = cursor.fetchone()
    return WordsView(nodes > 0, wanted not in ("", "T"))


class _Row(NamedTuple):
    """A contact that was found, in its newest version."""

    id: int
    ref: str
    started_at: datetime
    channel: str
    outcome: str
    case_id: int
    case_ref: str
    case_name: str
    author: str
    people: list[str]
    lines: list[list[str]]


_FOUND = """
    WITH hit AS ({hits} ORDER BY 2 DESC, 1 DESC LIMIT %s)
    SELECT k.id, k.ref, k.started_at, k.channel, k.outcome, c.id, c.ref, c.name, u.name,
           ARRAY(SELECT y.label FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id
                  WHERE p.contact_id = k.id AND p.version = k.version ORDER BY p.id),
           (SELECT coalesce(array_agg(ARRAY[l.kind, l.text, coalesce(v.label, ''), coalesce(l.audience_id::text, ''),
                                            coalesce(a.circle, '')] ORDER BY l.position), '{{}}')
              FROM network_contactline l LEFT JOIN core_party v ON v.id = l.voice_id
              LEFT JOIN core_audience a ON a.id = l.audience_id
             WHERE l.contact_id = k.id AND l.version = k.version)
      FROM hit JOIN network_contact k ON k.id = hit.contact_id JOIN families_case c ON c.id = k.case_id
      JOIN core_user u ON u.id = k.author_id
     WHERE k.withdrawn_at IS NULL ORDER BY k.started_at DESC, k.id DESC
"""
# By words: PostgreSQL chooses, by how much a case holds, whether it reads the notes of these cases one by one or goes along
# the index of case and word; either way what others wrote costs nothing. The list of cases is a sub-select, because a
# list that is written out is weighed case by case, which takes longer than the search.
_BY_WORDS = """
    (SELECT s.contact_id, s.at FROM network_contactsearch s {join}
      WHERE s.case_id = ANY(ARRAY(SELECT unnest(%s::bigint[]))) AND {words} {more}
      ORDER BY s.at DESC, s.contact_id DESC LIMIT %s)
"""
# What a steward reads is all of it: the closed words where there are any, else the words.
_TEAM_WORDS = f"s.words @@ {_QUERY}"
_STEWARD_WORDS = f"(s.closed_words IS NULL AND s.words @@ {_QUERY} OR s.closed_words @@ {_QUERY})"
# Without words: the newest of each case along its timeline.
_BY_FILTERS = """
    SELECT f.contact_id, f.at FROM unnest(%s::bigint[]) one(case_id) CROSS JOIN LATERAL (
      SELECT k.id AS contact_id, k.started_at AS at FROM network_contact k
       WHERE k.case_id = one.case_id AND k.withdrawn_at IS NULL {more}
       ORDER BY k.started_at DESC, k.id DESC LIMIT %s) f
"""


def contacts_found(
    user: User, scope: ReadingScope, query: SearchQuery, now: datetime, limit: int = PAGE
) -> Page[HitView]:
    """One page of the contacts that match and that this reader may read, newest first, by key; at most six queries."""
    if not scope.case_ids:
        return Page([])
    found = _find(scope, query, limit + 1)
    shown = found[:limit]
    audit.seen(dict.fromkeys([*(row.case_ref for row in shown), *(row.ref for row in shown)]))
    readable = _readable(user, scope, shown, now)
    lines = _marked(readable, query.words) if query.words else _openings(readable)
    frame = Frame.of(now)
    views = [_view(row, lines[place], frame) for place, row in enumerate(shown)]
    return Page(views, shown[-1].ref if len(found) > limit else "")


def _find(scope: ReadingScope, query: SearchQuery, limit: int) -> list[_Row]:
    if query.words:
        hits, params = _word_hits(scope, query, limit)
    else:
        more, values = _conditions(scope, query, "k.id", "k.started_at")
        hits, params = _BY_FILTERS.format(more=more), [list(scope.case_ids), *values, limit]
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(hits=hits), [*params, limit])
        return [_Row(*row) for row in cursor.fetchall()]


def _word_hits(scope: ReadingScope, query: SearchQuery, limit: int) -> tuple[str, list[Any]]:
    """Two sources that have no contact in common: what the team reads, and what a steward reads."""
    more, values = _conditions(scope, query, "s.contact_id", "s.at")
    sources = [(scope.team_ids, _TEAM_WORDS), (scope.steward_ids, _STEWARD_WORDS)]
    needs_contact = query.channel or query.purpose or query.who
    join = "JOIN network_contact k ON k.id = s.contact_id" if needs_contact else ""
    parts, params = [], []
    for ids, words in sources:
        if ids:
            parts.append(_BY_WORDS.format(join=join, words=words, more=more))
            params += [list(ids), *[query.words] * words.count(_QUERY), *values, limit]
    return f"SELECT contact_id, at FROM ({' UNION ALL '.join(parts)}) x", params  # noqa: S608 - our own words


def _conditions(scope: ReadingScope, query: SearchQuery, number: str, at: str) -> tuple[str, list[Any]]:
    """The filters as conditions, and their parameters in the same order."""
    chosen: list[tuple[str, list[Any]]] = []
    if query.since:
        chosen.append((f"{at} >= %s", [_midnight(query.since)]))
    if query.until:
        chosen.append((f"{at} < %s", [_midnight(query.until + timedelta(days=1))]))
    if query.channel in Channel.values:
        chosen.append(("k.channel = %s", [query.channel]))
    if query.purpose in Purpose.values:
        chosen.append(("%s = ANY(k.purposes)", [query.purpose]))
    if query.who:
        column = "kind" if query.who in PartyKind.values else "ref"
        chosen.append((_TOOK_PART.format(column=column), [query.who]))
    mark = _place_of(query.after, scope)
    if mark:
        chosen.append((f"({at}, {number}) < (%s, %s)", list(mark)))
    return "".join(f" AND {words}" for words, _values in chosen), [one for _words, some in chosen for one in some]


_TOOK_PART = (
    "EXISTS (SELECT FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id"
    " WHERE p.contact_id = k.id AND p.version = k.version AND y.{column} = %s)"
)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.LOCAL)


def _place_of(ref: str, scope: ReadingScope) -> tuple[datetime, int] | None:
    if not ref:
        return None
    return Contact.objects.filter(ref=ref, case_id__in=scope.case_ids).values_list("started_at", "id").first()


class _Line(NamedTuple):
    """A line that this reader may read; `place` says in which of the contacts."""

    place: int
    kind: str
    text: str
    voice: str
    closed: bool


def _readable(user: User, scope: ReadingScope, rows: Sequence[_Row], now: datetime) -> list[_Line]:
    """The lines that this reader may read, asked of `may_read`; readerships are fetched for a reader along only."""
    wanted = {int(a) for row in rows if row.case_id not in scope.steward_ids for *_rest, a, _c in row.lines if a}
    found = Audience.objects.filter(pk__in=wanted).prefetch_related("readers") if wanted else []
    audiences = {one.pk: one for one in found}
    lines = []
    for place, row in enumerate(rows):
        around = scope.circles(row.case_id, user.party_id)
        for kind, text, voice, audience, circle in row.lines:
            readership = audiences.get(int(audience)) if audience else None
            if kind != LineKind.STATEMENT or may_read(
                user.party_id, readership, now, scope=row.case_ref, circles=around
            ):
                closed = kind == LineKind.STATEMENT and circle != Circle.TEAM
                lines.append(_Line(place, kind, text.translate(_NO_SIGNS), voice, closed))
    return lines


# Each wanted word by itself is marked, also where the others stand in another line. What is not wanted is left out by
# `querytree`; distances between words of a phrase become "or" too.
_HEADLINE = f"""
    SELECT t.n - 1, ts_headline('casusregie_dutch', t.text, m.q, 'StartSel="{_START}", StopSel="{_END}", ' ||
             CASE WHEN length(t.text) <= {SHORT} THEN 'HighlightAll=true'
                  ELSE 'MaxFragments=2, MinWords=10, MaxWords=28, FragmentDelimiter=" … "' END)
      FROM unnest(%s::text[]) WITH ORDINALITY t(text, n) CROSS JOIN (
           SELECT regexp_replace(querytree({_QUERY}), ' (&|<->|<[0-9]+>) ', ' | ', 'g')::tsquery AS q) m
     WHERE to_tsvector('casusregie_dutch', t.text) @@ m.q
"""  # noqa: S608 - constants only


def _marked(lines: Sequence[_Line], words: str) -> dict[int, list[HitLine]]:
    """The lines with a hit, by the place of their contact; never of a line that this reader may not read."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADLINE, [[line.text for line in lines], words])
        found = sorted(cursor.fetchall())
    return _by_place((lines[number], _with_marks(text)) for number, text in found)


def _with_marks(text: str) -> SafeString:
    whole = escape(text).replace(_START, "<mark>").replace(_END, "</mark>")
    return mark_safe(whole)  # noqa: S308 - escaped one line above; only our own signs became tags


def _openings(lines: Sequence[_Line]) -> dict[int, list[HitLine]]:
    """How each contact begins, when nothing was looked for but its traits."""
    return _by_place((line, escape(_short(line.text))) for line in lines)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


class _Lines(dict[int, list[HitLine]]):
    def __missing__(self, place: int) -> list[HitLine]:
        return []


def _by_place(found: Iterable[tuple[_Line, SafeString]]) -> dict[int, list[HitLine]]:
    words, places = label_words(get_language()), _Lines()
    for line, text in found:
        here = places.setdefault(line.place, [])
        if len(here) < LINES:
            here.append(HitLine(line.kind, words[f"LineKind.{line.kind}"], line.voice, line.closed, text))
    return places


def _view(row: _Row, lines: list[HitLine], frame: Frame) -> HitView:
    local, words = row.started_at.astimezone(clock.LOCAL), frame.words
    return HitView(
        ref=row.ref,
        url=frame.url.format(row.case_ref, row.ref),
        case_ref=row.case_ref,
        case_name=row.case_name,
        day=frame.day(local.date()),
        time=f"{local:%H:%M}",
        channel_label=words[f"Channel.{row.channel}"],
        icon=ICONS[Channel(row.channel)],
        outcome_label=words[f"ContactOutcome.{row.outcome}"],
        is_attempt=row.outcome != ContactOutcome.REACHED,
        participants=row.people,
        author=row.author,
        lines=lines,
    )

"""Reads of the contact log. Queries are few and fixed, whatever its length."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from casusregie.core import audit, clock, dates
from casusregie.core.access import Circles, circles_of, may_read
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, User
from casusregie.core.paging import Page
from families.access import CaseAccess
from network.access import parties_in, voices_in
from network.choices import Channel, ContactOutcome, LineKind, Purpose, SpokenSafety
from network.lines import Line, write
from network.models import (
    Contact,
    ContactLine,
    ContactParticipant,
)

PAGE = 50
ICONS = {
    Channel.VISIT: "house",
    Channel.PHONE: "phone",
    Channel.VIDEO: "video",
    Channel.APP: "message-circle",
    Channel.SMS: "message-square",
    Channel.MAIL: "mail",
    Channel.LETTER: "mail-open",
    Channel.OFFICE: "building-2",
    Channel.MEETING: "users",
    Channel.OTHER: "circle-dot",
}


@dataclass(frozen=True)
class LineView:
    """A piece of text as this reader may read it."""

    kind: str
    kind_label: str
    text: str
    voice: str = ""
    closed: bool = False
    known_from: str = ""


@dataclass(frozen=True)
class SafetyView:
    """What one participant said of safety; only who was asked stands here."""

    kind: str
    kind_label: str
    name: str


@dataclass(frozen=True)
class ContactView:
    """One contact in a list or on its own page."""

    ref: str
    url: str
    at: datetime
    day: str
    time: str
    channel_label: str
    icon: str
    minutes: int
    outcome: str
    outcome_label: str
    is_attempt: bool
    participants: list[str]
    purposes: list[str]
    lines: list[LineView]
    author: str
    version: int
    correction: str = ""
    safety: list[SafetyView] = field(default_factory=list)
    kind: str = "contact"


@dataclass(frozen=True)
class ContactFilter:
    """What a list of contacts asks for."""

    channel: str = ""
    outcome: str = ""
    party_ref: str = ""
    after: str = ""
    # Only what was recorded after this moment (aware), whenever it happened.
    since: datetime | None = None


def contacts(access: CaseAccess, query: ContactFilter, now: datetime, limit: int = PAGE) -> Page[ContactView]:
    """One page of the contact log, newest first, by key; at most six queries."""
    wheres, params = _filters(access, query)
    if query.after:
        mark = Contact.objects.filter(case=access.case, ref=query.after).values_list("started_at", "id").first()
        if mark:
            wheres.append("(k.started_at, k.id) < (%s, %s)")
            params.extend(mark)
    found = _rows(wheres, [*params, limit + 1])
    shown = found[:limit]
    audit.seen(row.ref for row in shown)
    return Page(_views(access, shown, now), shown[-1].ref if len(found) > limit else "")


def _filters(access: CaseAccess, query: ContactFilter) -> tuple[list[str], list[Any]]:
    """The conditions of a list of contacts, and their parameters in the same order."""
    wheres = ["k.case_id = %s"]
    params: list[Any] = [access.case.pk]
    if query.channel in Channel.values:
        wheres.append("k.channel = %s")
        params.append(query.channel)
    if query.outcome == "attempts":
        wheres.append("k.outcome <> 'reached'")
    if query.party_ref:
        wheres.append(
            "k.id IN (SELECT p.contact_id FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id"
            " WHERE y.ref = %s AND y.scope = %s)"
        )
        params.extend([query.party_ref, access.case.ref])
    if query.since:
        wheres.append("k.recorded_at > %s")
        params.append(query.since)
    return wheres, params


class _LineRow(NamedTuple):
    """One line of a contact as it is stored."""

    kind: str
    text: str
    voice: str
    audience_id: int | None
    circle: str
    known_from: str


class _ContactRow(NamedTuple):
    """One contact in its newest version, with who took part and the lines of that version."""

    ref: str
    started_at: datetime
    channel: str
    outcome: str
    duration_minutes: int
    purposes: list[str]
    version: int
    correction_reason: str
    author: str
    people: list[str]
    # What each of these people said of safety, in the same order.
    safety: list[str]
    lines: list[list[str]]


# One statement for a page of the log: making models of fifty contacts and their lines cost more than all the rest.
_CONTACTS = """
    SELECT k.ref, k.started_at, k.channel, k.outcome, k.duration_minutes, k.purposes, k.version, k.correction_reason,
           u.name, ARRAY(SELECT y.label FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id
                          WHERE p.contact_id = k.id AND p.version = k.version ORDER BY p.id),
           ARRAY(SELECT p.safety FROM network_contactparticipant p
                  WHERE p.contact_id = k.id AND p.version = k.version ORDER BY p.id),
           (SELECT coalesce(array_agg(ARRAY[l.kind, l.text, coalesce(v.label, ''), coalesce(l.audience_id::text, ''),
                                            coalesce(a.circle, ''), l.known_from] ORDER BY l.position), '{{}}')
              FROM network_contactline l LEFT JOIN core_party v ON v.id = l.voice_id
              LEFT JOIN core_audience a ON a.id = l.audience_id
             WHERE l.contact_id = k.id AND l.version = k.version)
      FROM network_contact k JOIN core_user u ON u.id = k.author_id
     WHERE k.withdrawn_at IS NULL AND {where} ORDER BY k.started_at DESC, k.id DESC LIMIT %s
"""


def _rows(wheres: list[str], params: list[Any]) -> list[_ContactRow]:
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS.format(where=" AND ".join(wheres)), params)
        return [_ContactRow(*row) for row in cursor.fetchall()]


def contact_view(access: CaseAccess, contact: Contact, now: datetime) -> ContactView:
    """One contact as it is now. Raises Http404 when it was withdrawn meanwhile."""
    rows = _rows(["k.id = %s"], [contact.pk, 1])
    if not rows:
        raise Http404
    return _views(access, rows, now)[0]


def contact_at(access: CaseAccess, url: str, now: datetime) -> ContactView | None:
    """The contact to which the address of an earlier sending leads; None when it is not in this case."""
    rows = _rows(["k.case_id = %s", "k.ref = %s"], [access.case.pk, url.rpartition("#c-")[2], 1])
    return _views(access, rows, now)[0] if rows else None


@dataclass(frozen=True)
class VersionView:
    """One version of a contact: what it said, who made it, when and why."""

    number: int
    who: str
    when: str
    why: str
    contact: ContactView


def contact_history(access: CaseAccess, contact: Contact, now: datetime) -> list[VersionView]:
    """Every version of a contact, newest first, from the history that the database keeps."""
    events = list(contact.events.order_by("-version", "-pgh_id"))  # type: ignore[attr-defined]  # made by pghistory
    lines, people = _all_versions(contact)
    authors = dict(
        User.objects.filter(pk__in={e.corrected_by_id or e.author_id for e in events}).values_list("pk", "name")
    )
    may = _readers(access, lines.values(), now)
    seen: set[int] = set()
    versions = []
    for event in events:
        if event.version in seen:
            continue
        seen.add(event.version)
        row = _ContactRow(
            contact.ref,
            event.started_at,
            event.channel,
            event.outcome,
            event.duration_minutes,
            event.purposes,
            event.version,
            event.correction_reason,
            contact.author.name,
            [name for name, _safety in people.get(event.version, [])],
            [safety for _name, safety in people.get(event.version, [])],
            [],
        )
        view = _view(row, lines.get(event.version, []), may, Frame.of(now, access.case.ref))
        who = authors.get(event.corrected_by_id or event.author_id, "")
        when = f"{dates.short(clock.local_date(event.recorded_at))} {dates.clock_time(event.recorded_at)}"
        versions.append(VersionView(event.version, who, when, event.correction_reason, view))
    return versions


def _all_versions(contact: Contact) -> tuple[dict[int, list[_LineRow]], dict[int, list[tuple[str, str]]]]:
    """The lines of every version of one contact, and the people with what each said of safety."""
    lines: dict[int, list[_LineRow]] = defaultdict(list)
    found = ContactLine.objects.filter(contact=contact).order_by("version", "position")
    for version, *line in found.values_list("version", *_LINE_COLUMNS):
        kind, text, voice, audience_id, circle, known_from = line
        lines[version].append(_LineRow(kind, text, voice or "", audience_id, circle or "", known_from))
    people: dict[int, list[tuple[str, str]]] = defaultdict(list)
    took_part = ContactParticipant.objects.filter(contact=contact).order_by("pk")
    for version, label, safety in took_part.values_list("version", "party__label", "safety"):
        people[version].append((label, safety))
    return lines, people


_LINE_COLUMNS = ("kind", "text", "voice__label", "audience_id", "audience__circle", "known_from")


def contact_text(access: CaseAccess, contact: Contact, now: datetime) -> str:
    """The text of a contact with its marks, as the correction form starts from."""
    rows = ContactLine.objects.filter(contact=contact, version=contact.version).select_related("voice", "audience")
    ordered = list(rows.order_by("position"))
    names = {row.voice_id: row.voice.label for row in ordered if row.voice_id and row.voice}
    if names:
        names |= {voice.party_id: voice.name for voice in voices_in(parties_in(access.case, now))}
    closed = Circle.STEWARDS
    return write(
        [
            Line(
                row.kind,
                row.text,
                row.voice_id,
                row.audience is not None and row.audience.circle == closed,
                row.known_from,
            )
            for row in ordered
        ],
        names,
    )


def participant_refs(contact: Contact) -> dict[str, str]:
    """Who took part in the newest version: party references, each with what was said of safety."""
    rows = ContactParticipant.objects.filter(contact=contact, version=contact.version)
    return dict(rows.order_by("pk").values_list("party__ref", "safety"))


MayRead = Callable[[_LineRow], bool]


def _views(access: CaseAccess, rows: list[_ContactRow], now: datetime) -> list[ContactView]:
    lines = [
        [
            _LineRow(kind, text, voice, int(audience) if audience else None, circle, known_from)
            for kind, text, voice, audience, circle, known_from in row.lines
        ]
        for row in rows
    ]
    may, frame = _readers(access, lines, now), Frame.of(now, access.case.ref)
    return [_view(row, group, may, frame) for row, group in zip(rows, lines, strict=True)]


def _readers(access: CaseAccess, lines: Iterable[list[_LineRow]], now: datetime) -> MayRead:
    """Who reads which line, asked of `may_read`; circles and readers by name are fetched once, and only when needed."""
    party, scope = access.user.party_id, access.case.ref
    if access.is_steward:
        may = may_read(party, None, now, scope=scope, circles=Circles(frozenset({party}), frozenset()))
        return lambda line: line.kind != LineKind.STATEMENT or may
    wanted = {line.audience_id for group in lines for line in group if line.audience_id is not None}
    around = circles_of(scope, now) if wanted else Circles(frozenset(), frozenset())
    found = Audience.objects.filter(pk__in=wanted).prefetch_related("readers") if wanted else []
    allowed = {one.pk for one in found if may_read(party, one, now, circles=around)}
    none = may_read(party, None, now, scope=scope, circles=around)

    def may_line(line: _LineRow) -> bool:
        if line.kind != LineKind.STATEMENT:
            return True
        return none if line.audience_id is None else line.audience_id in allowed

    return may_line


@dataclass(frozen=True)
class Frame:
    """What is the same for every contact of a page: the day, the address of a contact, the words."""

    today: date
    url: str
    words: dict[str, str]
    days: dict[date, str] = field(default_factory=dict)

    @classmethod
    def of(cls, now: datetime, case_ref: str = "") -> "Frame":
        """For this moment; `url` takes the reference of a contact, and before it that of its case when none is given."""
        url = reverse("contact", args=[case_ref or "case", "ref"]).replace("/ref/", "/{}/")
        return cls(
            clock.local_date(now), url if case_ref else url.replace("/case/", "/{}/"), label_words(get_language())
        )

    def day(self, day: date) -> str:
        """A day in words; a page has many contacts of one day."""
        if day not in self.days:
            self.days[day] = dates.short(day, self.today)
        return self.days[day]


@lru_cache(maxsize=8)
def label_words(language: str | None) -> dict[str, str]:
    """The closed words of a contact in the language of now; translating them for every line is dear."""
    return {f"{kind.__name__}.{one.value}": str(one.label) for kind in _WORDS for one in kind}


_WORDS: tuple[type[TextChoices], ...] = (Channel, ContactOutcome, Purpose, LineKind, SpokenSafety)


def _view(row: _ContactRow, lines: list[_LineRow], may: MayRead, frame: Frame) -> ContactView:
    local, words = row.started_at.astimezone(clock.LOCAL), frame.words
    shown = [
        LineView(
            line.kind,
            words[f"LineKind.{line.kind}"],
            line.text,
            line.voice,
            line.circle == Circle.STEWARDS,
            line.known_from,
        )
        for line in lines
        if may(line)
    ]
    return ContactView(
        ref=row.ref,
        url=frame.url.format(row.ref),
        at=row.started_at,
        day=frame.day(local.date()),
        time=f"{local:%H:%M}",
        channel_label=words[f"Channel.{row.channel}"],
        icon=ICONS[Channel(row.channel)],
        minutes=row.duration_minutes,
        outcome=row.outcome,
        outcome_label=words[f"ContactOutcome.{row.outcome}"],
        is_attempt=row.outcome != ContactOutcome.REACHED,
        participants=row.people,
        purposes=[words[f"Purpose.{purpose}"] for purpose in row.purposes],
        lines=shown,
        author=row.author,
        version=row.version,
        correction=row.correction_reason,
        safety=[
            SafetyView(said, words[f"SpokenSafety.{said}"], name)
            for name, said in zip(row.people, row.safety, strict=True)
            if said
        ],
    )

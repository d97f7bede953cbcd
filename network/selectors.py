"""Reads of the network room: the contact log and what is due. Queries are few and fixed, whatever the length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, dates
from casusregie.core.access import Circles, circles_of, may_read
from casusregie.core.choices import Circle, PartyKind
from casusregie.core.models import User
from casusregie.core.paging import Page, RowAfter
from families.access import CaseAccess, CaseScope, cases_in, parties_of
from families.models import Person
from network.choices import Channel, ContactOutcome, LineKind, Purpose
from network.lines import Line, write
from network.models import Contact, ContactLine, ContactParticipant, FollowUp

PAGE = 50
_ICONS = {
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
    kind: str = "contact"


@dataclass(frozen=True)
class ContactFilter:
    """What a list of contacts asks for."""

    channel: str = ""
    outcome: str = ""
    party_ref: str = ""
    after: str = ""


def contacts(access: CaseAccess, query: ContactFilter, now: datetime, limit: int = PAGE) -> Page[ContactView]:
    """One page of the contact log, newest first, by key; at most six queries."""
    rows = _filtered(access, query)
    if query.after:
        mark = Contact.objects.filter(case=access.case, ref=query.after).values_list("started_at", "id").first()
        if mark:
            after = RowAfter(F("started_at"), F("id"), Value(mark[0]), Value(mark[1]), descending=True)
            rows = rows.filter(after)
    found = list(rows.select_related("author").order_by("-started_at", "-id")[: limit + 1])
    shown = found[:limit]
    audit.seen(row.ref for row in shown)
    views = _views(access, shown, now)
    return Page(views, shown[-1].ref if len(found) > limit else "")


def _filtered(access: CaseAccess, query: ContactFilter) -> QuerySet[Contact]:
    rows = Contact.objects.filter(case=access.case)
    if query.channel in Channel.values:
        rows = rows.filter(channel=query.channel)
    if query.outcome == "attempts":
        rows = rows.exclude(outcome=ContactOutcome.REACHED)
    if query.party_ref:
        took_part = ContactParticipant.objects.filter(party__ref=query.party_ref, party__scope=access.case.ref)
        rows = rows.filter(pk__in=took_part.values("contact_id"))
    return rows


def contact_view(access: CaseAccess, contact: Contact, now: datetime) -> ContactView:
    """One contact as it is now."""
    return _views(access, [contact], now)[0]


def contact_at(access: CaseAccess, url: str, now: datetime) -> ContactView | None:
    """The contact to which the address of an earlier sending leads; None when it is not in this case."""
    row = Contact.objects.select_related("author").filter(case=access.case, ref=url.rpartition("#c-")[2]).first()
    return _views(access, [row], now)[0] if row else None


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
    lines, people = _parts([contact], versions=True)
    authors = dict(
        User.objects.filter(pk__in={e.corrected_by_id or e.author_id for e in events}).values_list("pk", "name")
    )
    around = _circles(access, lines.values(), now)
    seen: set[int] = set()
    versions = []
    for event in events:
        if event.version in seen:
            continue
        seen.add(event.version)
        key = (contact.pk, event.version)
        event.author, event.case = contact.author, access.case
        view = _view(access, event, lines.get(key, []), people.get(key, []), around, now)
        who = authors.get(event.corrected_by_id or event.author_id, "")
        when = f"{dates.short(clock.local_date(event.recorded_at))} {dates.clock_time(event.recorded_at)}"
        versions.append(VersionView(event.version, who, when, event.correction_reason, view))
    return versions


def contact_text(access: CaseAccess, contact: Contact) -> str:
    """The text of a contact with its marks, as the correction form starts from."""
    rows = ContactLine.objects.filter(contact=contact, version=contact.version).select_related("voice", "audience")
    ordered = list(rows.order_by("position"))
    names = {row.voice_id: row.voice.label for row in ordered if row.voice_id and row.voice}
    return write([Line(row.kind, row.text, row.voice_id, _is_closed(row)) for row in ordered], names)


def participant_refs(contact: Contact) -> list[str]:
    """Who took part in the newest version, as party references."""
    rows = ContactParticipant.objects.filter(contact=contact, version=contact.version)
    return list(rows.order_by("pk").values_list("party__ref", flat=True))


_Key = tuple[int, int]


def _views(access: CaseAccess, rows: list[Contact], now: datetime) -> list[ContactView]:
    lines, people = _parts(rows)
    around = _circles(access, lines.values(), now)
    views = []
    for row in rows:
        key = (row.pk, row.version)
        views.append(_view(access, row, lines.get(key, []), people.get(key, []), around, now))
    return views


def _parts(
    rows: list[Contact], *, versions: bool = False
) -> tuple[dict[_Key, list[ContactLine]], dict[_Key, list[str]]]:
    ids = [row.pk for row in rows]
    current = {row.pk: row.version for row in rows}
    line_rows = ContactLine.objects.filter(contact_id__in=ids).select_related("voice", "audience")
    people_rows = ContactParticipant.objects.filter(contact_id__in=ids)
    lines: dict[_Key, list[ContactLine]] = defaultdict(list)
    for line in line_rows.order_by("contact_id", "version", "position"):
        if versions or line.version == current[line.contact_id]:
            lines[(line.contact_id, line.version)].append(line)
    people: dict[_Key, list[str]] = defaultdict(list)
    for contact_id, version, label in people_rows.order_by("pk").values_list("contact_id", "version", "party__label"):
        if versions or version == current[contact_id]:
            people[(contact_id, version)].append(label)
    return lines, people


def _circles(access: CaseAccess, lines: Iterable[list[ContactLine]], now: datetime) -> Circles:
    """The circles of the case, asked once and only when a line needs them."""
    if access.is_steward or not any(line.audience_id for group in lines for line in group):
        party = frozenset({access.user.party_id})
        return Circles(party if access.is_steward else frozenset(), frozenset())
    return circles_of(access.case.ref, now)


def _view(
    access: CaseAccess,
    row: Any,
    lines: list[ContactLine],
    people: list[str],
    around: Circles,
    now: datetime,
) -> ContactView:
    local = row.started_at.astimezone(clock.LOCAL)
    shown = [
        LineView(
            line.kind,
            str(LineKind(line.kind).label),
            line.text,
            line.voice.label if line.voice else "",
            _is_closed(line),
        )
        for line in lines
        if line.kind != LineKind.STATEMENT
        or may_read(access.user.party_id, line.audience, now, scope=access.case.ref, circles=around)
    ]
    return ContactView(
        ref=row.ref,
        url=reverse("contact", args=[access.case.ref, row.ref]),
        at=row.started_at,
        day=dates.short(local.date(), now.astimezone(clock.LOCAL).date()),
        time=f"{local:%H:%M}",
        channel_label=str(Channel(row.channel).label),
        icon=_ICONS[Channel(row.channel)],
        minutes=row.duration_minutes,
        outcome=row.outcome,
        outcome_label=str(ContactOutcome(row.outcome).label),
        is_attempt=row.outcome != ContactOutcome.REACHED,
        participants=people,
        purposes=[str(Purpose(purpose).label) for purpose in row.purposes],
        lines=shown,
        author=row.author.name,
        version=row.version,
        correction=row.correction_reason,
    )


def _is_closed(line: ContactLine) -> bool:
    return line.audience is not None and line.audience.circle == Circle.STEWARDS


@dataclass(frozen=True)
class ParticipantChoice:
    """Somebody who can be marked as having been there."""

    ref: str
    name: str
    who: str
    is_family: bool


def participant_choices(access: CaseAccess, now: datetime) -> list[ParticipantChoice]:
    """The persons of the family first, those of the household before others, then the case team; two queries."""
    parties = list(parties_of(access.case, now).order_by("kind", "label"))
    described = {
        person.party_id: person
        for person in Person.objects.filter(case=access.case).order_by("-in_household", "sort_key")
    }
    order = {party_id: place for place, party_id in enumerate(described)}
    family = [party for party in parties if party.pk in described and not described[party.pk].died_on]
    family.sort(key=lambda party: order[party.pk])
    team = [party for party in parties if party.kind == PartyKind.USER and party.pk != access.user.party_id]
    return [
        *(ParticipantChoice(party.ref, party.label, described[party.pk].described_as, True) for party in family),
        *(ParticipantChoice(party.ref, party.label, _("colleague"), False) for party in team),
    ]


@dataclass(frozen=True)
class FollowUpView:
    """Something to do, in words."""

    ref: str
    case_ref: str
    case_name: str
    text: str
    due: str
    due_on: date
    is_late: bool
    done: bool = False
    done_by: str = ""


def follow_ups_due(scope: CaseScope, today: date, limit: int = 100) -> list[FollowUpView]:
    """Open follow-ups of these cases that are due today or late, the oldest first: the one definition of "late"."""
    rows = _open_follow_ups(scope).filter(due_on__lte=today)
    return [_follow_up(row, today) for row in rows.order_by("due_on", "id")[:limit]]


def follow_up_next(scope: CaseScope, today: date) -> FollowUpView | None:
    """The first follow-up that is still to come, for the sentence on an empty desk."""
    row = _open_follow_ups(scope).filter(due_on__gt=today).order_by("due_on", "id").first()
    return _follow_up(row, today) if row else None


def follow_ups_of(access: CaseAccess, today: date, limit: int = 50) -> list[FollowUpView]:
    """The open follow-ups of one case, and those done in the last week so that "done" can be undone."""
    week_ago = today - timedelta(days=7)
    rows = FollowUp.objects.filter(case=access.case).filter(Q(done_at__isnull=True) | Q(done_at__date__gte=week_ago))
    rows = rows.select_related("case", "done_by").order_by(F("done_at").asc(nulls_first=True), "due_on", "id")
    return [_follow_up(row, today) for row in rows[:limit]]


def _open_follow_ups(scope: CaseScope) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(done_at__isnull=True, case__in=cases_in(scope)).select_related("case")


def _follow_up(row: FollowUp, today: date) -> FollowUpView:
    return FollowUpView(
        ref=row.ref,
        case_ref=row.case.ref,
        case_name=row.case.name,
        text=row.text,
        due=dates.days_late(row.due_on, today),
        due_on=row.due_on,
        is_late=row.due_on < today,
        done=row.done_at is not None,
        done_by=row.done_by.name if row.done_at and row.done_by else "",
    )

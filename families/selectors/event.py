"""The timeline of a family: what happened when in whose life, as a picture and as a table."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from casusregie.core import audit, clock, dates
from casusregie.core.access import circles_of, may_read
from families.access import CaseAccess
from families.choices import BirthPrecision, LifeEventKind
from families.lifeline import Happening, Lifeline, lifeline
from families.models import LifeEvent, LifeEventPerson
from families.selectors.person import PersonView, persons


@dataclass(frozen=True)
class LifeEventView:
    """One event as this reader may read it."""

    number: int
    ref: str
    when: str
    kind: str
    kind_label: str
    text: str
    who: list[str]
    source: str
    closed: bool


@dataclass(frozen=True)
class LifeEventsPage:
    """The timeline: the lanes by name, the picture, and the same as a table."""

    lanes: list[str]
    picture: Lifeline | None
    events: list[LifeEventView]
    people: list[tuple[str, str]]


def life_events(access: CaseAccess, now: datetime, party_ref: str = "") -> LifeEventsPage:
    """What happened, oldest first; births and deaths come from the persons themselves. Five queries.

    With `party_ref` only the life of that person.
    """
    today = clock.local_date(now)
    everybody = persons(access, today)
    people = [person for person in everybody if not party_ref or person.ref == party_ref] or everybody
    lane = {person.party_id: number for number, person in enumerate(people)}
    found = [*_noted(access, now, lane), *_from_persons(people, lane)]
    found.sort(key=lambda one: (one.on, one.ref))
    views, happenings = [], []
    used = sorted({number for one in found for number in one.lanes})
    place = {number: row for row, number in enumerate(used)}
    names = [people[number].name for number in used]
    for number, one in enumerate(found, start=1):
        lanes = tuple(place[lane_number] for lane_number in one.lanes)
        happenings.append(Happening(number, one.on, one.until, lanes, one.kind))
        views.append(
            LifeEventView(
                number,
                one.ref,
                one.when,
                one.kind,
                str(LifeEventKind(one.kind).label),
                one.text,
                [names[row] for row in lanes],
                one.source,
                one.closed,
            )
        )
    audit.seen(one.ref for one in found if one.ref)
    choices = [(person.ref, person.name) for person in everybody]
    return LifeEventsPage(names, lifeline(happenings, len(names), today), views, choices)


@dataclass(frozen=True)
class _Found:
    """An event before it has its number."""

    ref: str
    on: date
    until: date | None
    when: str
    kind: str
    text: str
    lanes: tuple[int, ...]
    source: str
    closed: bool = False


def _noted(access: CaseAccess, now: datetime, lane: dict[int, int]) -> list[_Found]:
    rows = list(
        LifeEvent.objects.filter(case=access.case, withdrawn_at__isnull=True)
        .select_related("told_by", "audience")
        .prefetch_related("audience__readers")
    )
    of: dict[int, list[int]] = {}
    links = LifeEventPerson.objects.filter(event__in=rows).values_list("event_id", "person__party_id")
    for event_id, party_id in links:
        if party_id in lane:
            of.setdefault(event_id, []).append(lane[party_id])
    around = circles_of(access.case.ref, now)
    readable = [row for row in rows if may_read(access.user.party_id, row.audience, now, circles=around)]
    return [
        _Found(
            ref=row.ref,
            on=row.on,
            until=row.until,
            when=_when(row.on, row.precision, row.until),
            kind=row.kind,
            text=row.text,
            lanes=tuple(sorted(of[row.pk])),
            source=row.told_by.label if row.told_by else row.source,
            closed=row.audience.circle == "stewards",
        )
        for row in readable
        if row.pk in of
    ]


def _from_persons(people: list[PersonView], lane: dict[int, int]) -> list[_Found]:
    """Births and deaths, which are never typed twice."""
    found = []
    for person in people:
        lanes = (lane[person.party_id],)
        if person.born:
            words = _("born")
            found.append(_Found("", person.born, None, person.birth, LifeEventKind.TOGETHER, words, lanes, ""))
        if person.died_on:
            words = _("died")
            found.append(_Found("", person.died_on, None, person.died, LifeEventKind.LOSS, words, lanes, ""))
    return found


def _when(on: date, precision: str, until: date | None) -> str:
    first = _day(on, precision)
    return first if until is None else _("%(first)s until %(last)s") % {"first": first, "last": _day(until, precision)}


def _day(day: date, precision: str) -> str:
    if precision == BirthPrecision.YEAR:
        return str(day.year)
    return dates.long(day) if precision == BirthPrecision.DAY else f"{day:%m-%Y}"

"""Reads of the family room: the header of a case, lists of cases, persons. Queries are few and fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, dates, slots
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.paging import Page, RowAfter
from families.access import CaseAccess, CaseScope
from families.choices import OFFERED, OPEN_STATUSES, TRANSITIONS, CaseStatus, Intensity, MemberRole, ReachChannel, Safe
from families.models import Case, CaseMember, Cover, Insight, Person, SafeContact
from families.names import fold

PAGE = 50
# After this long a way that was safe has to be asked for again (domain.md i).
CONFIRMED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class CaseHeader:
    """What stands on top of every page of a case."""

    ref: str
    name: str
    intensity: str
    intensity_label: str
    status_label: str
    director_name: str
    tabs: list[slots.SlotItem]
    slots: list[slots.SlotItem]
    current: str
    log_url: str
    relation: str
    insight_until: str
    guard: str


def case_header(access: CaseAccess, now: datetime, current: str) -> CaseHeader:
    """The header of a case as this reader sees it; `current` names the tab."""
    case = access.case
    may_read = access.may(Right.CASE_VIEW)
    return CaseHeader(
        ref=case.ref,
        name=case.name,
        intensity=case.intensity,
        intensity_label=case.get_intensity_display(),
        status_label=case.get_status_display(),
        director_name=case.director.name if case.director else _("nobody yet"),
        tabs=sorted(slots.items("case.tabs", case.ref, now), key=_place) if may_read else [],
        slots=slots.items("case.header", case.ref, now) if may_read else [],
        current=current,
        log_url=reverse("contact-new", args=[case.ref]) if access.may(Right.CONTACT_LOG) else "",
        relation=access.relation,
        insight_until=dates.clock_time(access.insight_until) if access.insight_until else "",
        guard=case.guard,
    )


# The rooms of a case from left to right (look.md, Frame); a room that is not named here stands before the last.
_ROOMS = ("overview", "family", "contacts", "analysis", "plan", "network", "safety", "evaluations")


def _place(tab: slots.SlotItem) -> tuple[bool, int]:
    return tab.kind == "last", _ROOMS.index(tab.value) if tab.value in _ROOMS else len(_ROOMS)


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
_COLUMNS = (
    "ref",
    "name",
    "intensity",
    "status",
    "last_contact_at",
    "next_due_on",
    "director_id",
    "director__name",
    "guard",
    "opened_on",
)


def case_rows(scope: CaseScope, query: CaseQuery, limit: int = PAGE) -> Page[CaseRow]:
    """One page of a list of cases in a fixed order, by key; at most two queries.

    Each source of the scope (own cases, those of somebody covered, single cases) is read along its own index and the
    few rows are merged, so that one who has 50,000 cases waits no longer than one who has ten.
    """
    column = SORTS.get(query.sort, "sort_key")
    sign = "-" if query.descending else ""
    order = (f"{sign}{column}", f"{sign}id")
    after = Case.objects.filter(ref=query.after).values_list(column, "id").first() if query.after else None
    parts = []
    for source in _sources(scope):
        part = _filtered(source.exclude(pk__in=scope.excluded_ids), query)
        if after is not None:
            mark = RowAfter(F(column), F("id"), Value(after[0]), Value(after[1]), descending=query.descending)
            part = part.filter(mark)
        parts.append(part.order_by(*order).values_list(*_COLUMNS, column, "id")[: limit + 1])
    tuples: list[tuple[Any, ...]] = list(
        parts[0] if len(parts) == 1 else parts[0].union(*parts[1:]).order_by(*order)[: limit + 1]
    )
    rows = [CaseRow(*row[: len(_COLUMNS)]) for row in tuples[:limit]]
    return Page(rows, rows[-1].ref if len(tuples) > limit else "")


def _sources(scope: CaseScope) -> Sequence[QuerySet[Case]]:
    if scope.team_id is not None:
        return [Case.objects.filter(team_id=scope.team_id or 0)]
    sources = [Case.objects.filter(director_id=pk) for pk in scope.director_ids]
    if scope.case_ids:
        sources.append(Case.objects.filter(pk__in=scope.case_ids))
    return sources


def _filtered(cases: QuerySet[Case], query: CaseQuery) -> QuerySet[Case]:
    if query.status in CaseStatus.values:
        cases = cases.filter(status=query.status)
    elif query.status != "all":
        cases = cases.filter(status__in=OPEN_STATUSES)
    if query.intensity in Intensity.values:
        cases = cases.filter(intensity=query.intensity)
    if query.director_id is not None:
        cases = cases.filter(director_id=query.director_id)
    for word in fold(query.words).split():
        cases = cases.filter(search_key__contains=word)
    return cases


def registered_rows(scope: CaseScope, limit: int = 20) -> list[CaseRow]:
    """Cases that were registered and have no director yet, oldest first: on top of the team leader's desk."""
    cases = Case.objects.filter(team_id=scope.team_id or 0, status=CaseStatus.REGISTERED).exclude(
        pk__in=scope.excluded_ids
    )
    return [CaseRow(*row) for row in cases.order_by("opened_on", "id").values_list(*_COLUMNS)[:limit]]


def colleagues(team_id: int | None) -> list[tuple[int, str]]:
    """People of a team who can direct a case, by name, as choices."""
    people = User.objects.filter(team_id=team_id or 0, is_active=True, roles__rights__right=Right.CASE_DIRECT)
    return list(people.order_by("name").distinct().values_list("id", "name"))


def team_people(team_id: int | None) -> list[tuple[int, str]]:
    """Everybody of a team who can work in a case, by name, as choices."""
    people = User.objects.filter(team_id=team_id or 0, is_active=True, roles__rights__right=Right.CASE_VIEW)
    return list(people.order_by("name").distinct().values_list("id", "name"))


@dataclass(frozen=True)
class WayView:
    """One way to reach somebody, opened for this reader."""

    id: int
    channel: str
    channel_label: str
    value: str
    note: str
    safe: str
    safe_label: str
    confirmed: str
    stale: bool


@dataclass(frozen=True)
class PersonView:
    """A person as the family page shows her."""

    ref: str
    party_id: int
    name: str
    described_as: str
    birth: str
    age: int | None
    died: str
    in_household: bool
    ways: list[WayView]
    edit_url: str


def persons(access: CaseAccess, today: date, *, with_ways: bool = False) -> list[PersonView]:
    """The persons of a case, those of the household first, each by name; ways to reach them only when asked for."""
    rows = list(
        Person.objects.filter(case=access.case).select_related("party").order_by("-in_household", "sort_key", "pk")
    )
    audit.seen(row.party.ref for row in rows)
    ways = _ways(access, [row.pk for row in rows], today) if with_ways and access.is_steward else {}
    return [_person_view(access, row, ways.get(row.pk, []), today) for row in rows]


def person_view(access: CaseAccess, person: Person, today: date) -> PersonView:
    """One person with the ways to reach her; only director and deputy see those."""
    ways = _ways(access, [person.pk], today).get(person.pk, []) if access.is_steward else []
    return _person_view(access, person, ways, today)


def _ways(access: CaseAccess, person_ids: list[int], today: date) -> dict[int, list[WayView]]:
    found: dict[int, list[WayView]] = {}
    for row in SafeContact.objects.filter(person_id__in=person_ids).order_by("pk"):
        view = WayView(
            id=row.pk,
            channel=row.channel,
            channel_label=str(ReachChannel(row.channel).label),
            value=crypto.decrypt(access.case.ref, row.value),
            note=crypto.decrypt(access.case.ref, row.note) if row.note else "",
            safe=row.safe,
            safe_label=str(Safe(row.safe).label),
            confirmed=dates.long(row.confirmed_on) if row.confirmed_on else "",
            stale=row.confirmed_on is None or row.confirmed_on < today - CONFIRMED_FOR,
        )
        found.setdefault(row.person_id, []).append(view)
    return found


def _person_view(access: CaseAccess, row: Person, ways: list[WayView], today: date) -> PersonView:
    return PersonView(
        ref=row.party.ref,
        party_id=row.party_id,
        name=row.name.full,
        described_as=row.described_as,
        birth=_birth(row),
        age=_age(row, today),
        died=dates.long(row.died_on) if row.died_on else "",
        in_household=row.in_household,
        ways=ways,
        edit_url=reverse("person-edit", args=[access.case.ref, row.party.ref]) if access.may(Right.CASE_DIRECT) else "",
    )


def _birth(row: Person) -> str:
    if row.birth_date is None:
        return ""
    if row.birth_precision == "year":
        return str(row.birth_date.year)
    return dates.long(row.birth_date) if row.birth_precision == "day" else f"{row.birth_date:%m-%Y}"


def _age(row: Person, today: date) -> int | None:
    if row.birth_date is None:
        return None
    last = row.died_on or today
    before = (last.month, last.day) < (row.birth_date.month, row.birth_date.day)
    return last.year - row.birth_date.year - before


@dataclass(frozen=True)
class MemberView:
    """Somebody in the case team."""

    id: int
    name: str
    role_label: str
    until: str


def team(access: CaseAccess, now: datetime) -> list[MemberView]:
    """Deputies and second workers of now, cover for the director included."""
    rows = CaseMember.objects.filter(case=access.case, since__lte=now).exclude(until__lte=now)
    members = [
        MemberView(
            row.pk, row.user.name, str(MemberRole(row.role).label), dates.long(row.until.date()) if row.until else ""
        )
        for row in rows.select_related("user").order_by("role", "user__name")
    ]
    covers = Cover.objects.filter(absent_id=access.case.director_id, since__lte=now, until__gt=now)
    for cover in covers.select_related("deputy"):
        label = _("deputises for everything of the director")
        members.append(MemberView(0, cover.deputy.name, label, dates.long(cover.until.date())))
    return members


def next_statuses(case: Case) -> list[tuple[str, str]]:
    """What may follow the present status from the case's own page, with the present one first."""
    follow = [status for status in CaseStatus.values if status in TRANSITIONS[case.status] & OFFERED]
    return [(status, str(CaseStatus(status).label)) for status in (case.status, *follow)]


@dataclass(frozen=True)
class InsightView:
    """Somebody looked inside a case of mine."""

    ref: str
    case_ref: str
    case_name: str
    who: str
    reason: str
    when: str


def unseen_insights(scope: CaseScope, limit: int = 20) -> list[InsightView]:
    """Looks inside that the director has not noticed yet, newest first."""
    rows = Insight.objects.filter(noticed_at__isnull=True, case__director_id__in=scope.director_ids)
    rows = rows.exclude(case_id__in=scope.excluded_ids).select_related("case", "user").order_by("-granted_at")[:limit]
    return [
        InsightView(
            row.ref,
            row.case.ref,
            row.case.name,
            row.user.name,
            row.reason,
            f"{dates.short(clock.local_date(row.granted_at))} {dates.clock_time(row.granted_at)}",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class CaseChange:
    """A change of the case itself, from the history that the database keeps."""

    at: datetime
    text: str
    why: str
    who: str


def case_changes(
    access: CaseAccess, *, newest: datetime | None = None, oldest: datetime | None = None, limit: int = 200
) -> list[CaseChange]:
    """What changed in status, intensity, direction or name, newest first, within a stretch of time; one query."""
    people = User.objects.values("name")
    events = access.case.events.annotate(  # type: ignore[attr-defined]  # made by pghistory
        changed_by_name=Subquery(people.filter(pk=OuterRef("changed_by_id"))),
        director_name=Subquery(people.filter(pk=OuterRef("director_id"))),
    )
    rows = list(events.order_by("pgh_created_at", "pgh_id")[: 10 * limit])
    names = {row.changed_by_id: row.changed_by_name or "" for row in rows}
    names |= {row.director_id: row.director_name or "" for row in rows}
    changes = []
    for before, row in zip([None, *rows], rows, strict=False):
        text = _change_words(before, row, names)
        # Opened on its own day, also when it was entered later than it was opened.
        at = row.pgh_created_at if before else min(row.pgh_created_at, _start_of(access.case.opened_on))
        if text and (newest is None or at <= newest) and (oldest is None or at >= oldest):
            changes.append(CaseChange(at, text, row.reason, names.get(row.changed_by_id, "")))
    return changes[::-1][:limit]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def _change_words(before: Any, row: Any, names: dict[int, str]) -> str:
    if before is None:
        return _("Case opened")
    parts = []
    if before.status != row.status:
        parts.append(_("Status: %(word)s") % {"word": CaseStatus(row.status).label})
    if before.intensity != row.intensity:
        parts.append(_("Intensity: %(word)s") % {"word": Intensity(row.intensity).label})
    if before.director_id != row.director_id and row.director_id:
        parts.append(_("Director: %(who)s") % {"who": names.get(row.director_id, "")})
    return " · ".join(parts)


def status_counts(team_id: int | None = None) -> dict[str, int]:
    """How many cases stand in each status, of one team or of all."""
    rows = Case.objects.filter(team_id=team_id) if team_id else Case.objects.all()
    return dict(rows.order_by().values_list("status").annotate(n=Count("id")))

"""Reads of the family room: the header of a case, lists of cases, persons. Queries are few and fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, dates, slots
from casusregie.core.choices import Right
from casusregie.core.models import AudienceReader, Party
from casusregie.core.paging import Page
from families.access import CaseAccess, CaseScope
from families.choices import (
    OFFERED,
    OPEN_STATUSES,
    TRANSITIONS,
    AuthorityStatus,
    CaseStatus,
    FactKind,
    Intensity,
    MemberRole,
    ReachChannel,
    RelationKind,
    Safe,
    WorkingForm,
)
from families.models import (
    Authority,
    Case,
    ConfidentialFact,
    Insight,
    Person,
    Relation,
    SafeContact,
)
from families.names import fold

PAGE = 50
# After this long a way that was safe has to be asked for again (domain.md i).
CONFIRMED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Tab:
    """One room of a case in its header."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class CaseHeader:
    """What stands on top of every page of a case."""

    ref: str
    name: str
    intensity: str
    intensity_label: str
    status_label: str
    director_name: str
    tabs: list[Tab]
    slots: list[slots.SlotItem]
    log_url: str
    relation: str
    insight_until: str
    guard: str
    has_lock: bool = False


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
        tabs=_tabs(case.ref, now, current) if may_read else [],
        slots=slots.items("case.header", case.ref, now) if may_read else [],
        log_url=reverse("contact-new", args=[case.ref]) if access.may(Right.CONTACT_LOG) else "",
        relation=access.relation,
        insight_until=dates.clock_time(access.insight_until) if access.insight_until else "",
        guard=case.guard,
        has_lock=access.is_steward and access.has_facts,
    )


# The rooms of a case from left to right (look.md, Frame); a room that is not named here stands before the last.


def _tabs(case_ref: str, now: datetime, current: str) -> list[Tab]:
    rooms = sorted(slots.items("case.tabs", case_ref, now), key=lambda tab: tab.kind)
    return [Tab(str(room.label), room.url, room.value == current) for room in rooms]


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


_COLLEAGUES = """
    SELECT u.id, u.name FROM core_user u WHERE u.team_id = %s AND u.is_active AND EXISTS (
           SELECT FROM core_user_roles m JOIN core_roleright r ON r.role_id = m.role_id
            WHERE m.user_id = u.id AND r."right" = %s) ORDER BY u.name
"""


def colleagues(team_id: int | None) -> list[tuple[int, str]]:
    """People of a team who can direct a case, by name, as choices."""
    return _people_with(team_id, Right.CASE_DIRECT)


def _people_with(team_id: int | None, right: Right) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLLEAGUES, [team_id or 0, right.value])
        return list(cursor.fetchall())


def team_people(team_id: int | None) -> list[tuple[int, str]]:
    """Everybody of a team who can work in a case, by name, as choices."""
    return _people_with(team_id, Right.CASE_VIEW)


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


_FIELDS = [field.attname for field in Person._meta.concrete_fields]
_PERSONS = f"""
    SELECT y.ref, {", ".join(f'p."{field.column}"' for field in Person._meta.concrete_fields)}
      FROM families_person p JOIN core_party y ON y.id = p.party_id
     WHERE p.case_id = %s ORDER BY p.in_household DESC, p.sort_key, p.id
"""  # noqa: S608 - the names of the table's own columns


def _person(party_ref: str, *columns: Any) -> Person:
    """A person with the reference of her party; whatever else is asked of the party comes when it is."""
    person = Person.from_db(connection.alias, _FIELDS, columns)
    person.party = Party.from_db(connection.alias, ["id", "ref"], [person.party_id, party_ref])
    return person


def persons(access: CaseAccess, today: date, *, with_ways: bool = False) -> list[PersonView]:
    """The persons of a case, those of the household first, each by name; ways to reach them only when asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, [access.case.pk])
        rows = [_person(*row) for row in cursor.fetchall()]
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
class RelationView:
    """How two persons of the family are related, in names."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class AuthorityView:
    """Whether one adult has authority over a child, and where that was looked up."""

    holder_ref: str
    holder: str
    status: str
    status_label: str
    checked: str


@dataclass(frozen=True)
class ChildView:
    """A child with everybody of whom authority is known, or asked because she is a parent."""

    ref: str
    name: str
    authorities: list[AuthorityView]

    @property
    def asks(self) -> bool:
        """Whether nothing is known, or something not yet."""
        return not self.authorities or any(row.status == AuthorityStatus.UNKNOWN for row in self.authorities)


@dataclass(frozen=True)
class FactView:
    """That something is confidential, about whom and who may know; never what it is."""

    ref: str
    concerns: str
    kind_label: str
    may_know: list[str]
    noted: str


@dataclass(frozen=True)
class AroundView:
    """What holds between the persons of a family."""

    relations: list[RelationView]
    children: list[ChildView]
    facts: list[FactView]


ADULT = 18


def around(access: CaseAccess, people: Sequence[PersonView], now: datetime) -> AroundView:
    """Relations, authority over each child, and confidential facts of the persons on the page; at most four queries.

    That there is a confidential fact is told to director and deputy only.
    """
    names = {person.party_id: person.name for person in people}
    rows = list(
        Relation.objects.filter(case=access.case)
        .order_by("kind", "one__sort_key", "other__sort_key", "pk")
        .values_list("kind", "one__party_id", "other__party_id")
    )
    relations = [RelationView(kind, names[one], names[other]) for kind, one, other in rows]
    parents: dict[int, list[int]] = {}
    for kind, one, other in rows:
        if kind == RelationKind.PARENT:
            parents.setdefault(other, []).append(one)
    return AroundView(
        relations=sorted(relations, key=lambda row: row.kind != RelationKind.PARTNER),
        children=_children(access, people, parents),
        facts=facts(access, now) if access.is_steward else [],
    )


def _children(access: CaseAccess, people: Sequence[PersonView], parents: dict[int, list[int]]) -> list[ChildView]:
    """Everybody under eighteen, and everybody without a known age who has a parent here."""
    known: dict[int, dict[int, Authority]] = {}
    for row in Authority.objects.filter(child__case=access.case).select_related("child", "holder"):
        known.setdefault(row.child.party_id, {})[row.holder.party_id] = row
    by_id = {person.party_id: person for person in people}
    children = []
    for person in people:
        is_child = person.age < ADULT if person.age is not None else person.party_id in parents
        if not is_child or person.died:
            continue
        rows = known.get(person.party_id, {})
        holders = dict.fromkeys([*parents.get(person.party_id, []), *rows])
        views = [_authority(by_id[pk], rows.get(pk)) for pk in holders]
        children.append(ChildView(person.ref, person.name, views))
    return children


def _authority(holder: PersonView, row: Authority | None) -> AuthorityView:
    status = AuthorityStatus(row.status) if row else AuthorityStatus.UNKNOWN
    checked = ""
    if row and row.checked_on:
        checked = _("checked on %(day)s: %(where)s") % {"day": dates.long(row.checked_on), "where": row.checked_where}
    return AuthorityView(holder.ref, holder.name, status.value, str(status.label), checked)


def authority_initial(child: Person, holder_ref: str) -> dict[str, Any]:
    """What is known of one adult's authority over a child, to begin a form with."""
    row = Authority.objects.filter(child=child, holder__party__ref=holder_ref).first()
    found: dict[str, Any] = {"holder": holder_ref}
    if row is not None:
        found |= {"status": row.status, "checked_on": row.checked_on, "checked_where": row.checked_where}
    return found


def facts(access: CaseAccess, now: datetime) -> list[FactView]:
    """The confidential facts of a case by whom they are about, without what they are; two queries."""
    readers = AudienceReader.objects.filter(since__lte=now).exclude(until__lte=now).select_related("party")
    rows = (
        ConfidentialFact.objects.filter(case=access.case)
        .select_related("concerns", "audience")
        .prefetch_related(Prefetch("audience__readers", queryset=readers.order_by("party__label")))
        .order_by("concerns__sort_key", "pk")
    )
    views = [_fact(row) for row in rows]
    audit.seen(view.ref for view in views)
    return views


def _fact(row: ConfidentialFact) -> FactView:
    return FactView(
        row.ref,
        row.concerns.name.full,
        str(FactKind(row.kind).label),
        [reader.party.label for reader in row.audience.readers.all()],
        dates.long(dates.day_of(row.noted_at)),
    )


def fact_text(fact: ConfidentialFact) -> str:
    """What the fact is, opened; for a page of its own, whose reading is logged."""
    return crypto.decrypt(fact.case.ref, fact.value)


def fact_view(fact: ConfidentialFact) -> FactView:
    """One fact, without what it is."""
    return _fact(fact)


@dataclass(frozen=True)
class MemberView:
    """Somebody in the case team."""

    id: int
    name: str
    role_label: str
    until: str


_TEAM = """
    SELECT m.id, u.name, m.role, m.until, 1 AS turn FROM families_casemember m JOIN core_user u ON u.id = m.user_id
     WHERE m.case_id = %(case)s AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s)
    UNION ALL SELECT 0, u.name, 'cover', v.until, 2 FROM families_cover v JOIN core_user u ON u.id = v.deputy_id
     WHERE v.absent_id = %(director)s AND v.since <= %(now)s AND v.until > %(now)s
     ORDER BY turn, role, name
"""


def team(access: CaseAccess, now: datetime) -> list[MemberView]:
    """Deputies and second workers of now, cover for the director included."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAM, {"case": access.case.pk, "director": access.case.director_id, "now": now})
        found = cursor.fetchall()
    labels = {role.value: str(role.label) for role in MemberRole}
    labels["cover"] = _("deputises for everything of the director")
    return [
        MemberView(number, name, labels[role], dates.long(until.date()) if until else "")
        for number, name, role, until, _turn in found
    ]


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


class _Event(NamedTuple):
    """One row of the history of a case."""

    at: datetime
    status: str
    intensity: str
    director_id: int | None
    reason: str
    changed_by: str
    director: str
    working_form: str


_CHANGES = """
    SELECT e.pgh_created_at, e.status, e.intensity, e.director_id, e.reason, coalesce(w.name, ''), coalesce(d.name, ''),
           e.working_form
      FROM families_caseevent e LEFT JOIN core_user w ON w.id = e.changed_by_id
      LEFT JOIN core_user d ON d.id = e.director_id
     WHERE e.pgh_obj_id = %s ORDER BY e.pgh_created_at, e.pgh_id LIMIT %s
"""


def case_changes(
    access: CaseAccess, *, newest: datetime | None = None, oldest: datetime | None = None, limit: int = 200
) -> list[CaseChange]:
    """What changed in status, intensity, direction or name, newest first, within a stretch of time; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [access.case.pk, 10 * limit])
        rows = [_Event(*row) for row in cursor.fetchall()]
    changes = []
    for before, row in zip([None, *rows], rows, strict=False):
        text = _change_words(before, row)
        # Opened on its own day, also when it was entered later than it was opened.
        at = row.at if before else min(row.at, _start_of(access.case.opened_on))
        if text and (newest is None or at <= newest) and (oldest is None or at >= oldest):
            changes.append(CaseChange(at, text, row.reason, row.changed_by))
    return changes[::-1][:limit]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def _change_words(before: _Event | None, row: _Event) -> str:
    if before is None:
        return _("Case opened")
    parts = []
    if before.status != row.status:
        parts.append(_("Status: %(word)s") % {"word": CaseStatus(row.status).label})
    if before.working_form != row.working_form:
        parts.append(_("Working form: %(word)s") % {"word": WorkingForm(row.working_form).label})
    if before.intensity != row.intensity:
        parts.append(_("Intensity: %(word)s") % {"word": Intensity(row.intensity).label})
    if before.director_id != row.director_id and row.director_id:
        parts.append(_("Director: %(who)s") % {"who": row.director})
    return " · ".join(parts)


def status_counts(team_id: int | None = None) -> dict[str, int]:
    """How many cases stand in each status, of one team or of all."""
    rows = Case.objects.filter(team_id=team_id) if team_id else Case.objects.all()
    return dict(rows.order_by().values_list("status").annotate(n=Count("id")))

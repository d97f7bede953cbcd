"""The only way to a case and what belongs to it: fetching is checking (design.md 7).

`case_page` declares and checks the right of a page about one case. Who has nothing to do with the case gets 404, the
same answer as for a case that does not exist; who may know it but lacks the right gets 403.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from casusregie.core import audit, clock, crypto, slots
from casusregie.core.access import Circles, View, may_read
from casusregie.core.choices import Circle, Relation, Right
from casusregie.core.models import AudienceReader, Party, User
from casusregie.reminders.choices import Rung
from families.choices import MemberRole, SameAct, SameState
from families.models import (
    Arrangement,
    Case,
    CaseMember,
    Condition,
    ConfidentialFact,
    ConflictOfInterest,
    Cover,
    Document,
    DocumentFile,
    DocumentGiven,
    DocumentUpload,
    EmotionalLine,
    HouseholdMember,
    Insight,
    KeepApart,
    LifeEvent,
    Person,
    Pregnancy,
    SafeContact,
    SamePerson,
    SamePersonEvent,
)
from families.models import (
    Relation as FamilyRelation,
)

# For each quality in which somebody stands to a case: which page right it opens, and which right of her own she needs.
_OPENS: dict[str, dict[Right, Right]] = {
    Relation.DIRECTOR: {
        Right.CASE_HEAD: Right.CASE_VIEW,
        Right.CASE_VIEW: Right.CASE_VIEW,
        Right.CONTACT_LOG: Right.CONTACT_LOG,
        Right.CASE_DIRECT: Right.CASE_DIRECT,
    },
    Relation.SECOND: {
        Right.CASE_HEAD: Right.CASE_VIEW,
        Right.CASE_VIEW: Right.CASE_VIEW,
        Right.CONTACT_LOG: Right.CONTACT_LOG,
    },
    Relation.TEAM_LEADER: {
        Right.CASE_HEAD: Right.CASE_HEAD,
        Right.CASE_ARRANGE: Right.CASE_ARRANGE,
        Right.CASE_INSIGHT: Right.CASE_INSIGHT,
    },
}
_OPENS[Relation.DEPUTY] = _OPENS[Relation.DIRECTOR]
_OPENS[Relation.INSIGHT] = {**_OPENS[Relation.TEAM_LEADER], Right.CASE_VIEW: Right.CASE_INSIGHT}


@dataclass(frozen=True)
class CaseAccess:
    """A case that was fetched for somebody, and in which quality she reads it."""

    case: Case
    user: User
    relation: Relation
    insight_until: datetime | None = None
    has_facts: bool = False

    def may(self, right: Right) -> bool:
        """Whether this page right is open to her here."""
        needed = _OPENS.get(self.relation, {}).get(right)
        return needed is not None and self.user.has_right(needed)

    def need_any(self, *rights: Right) -> None:
        """Raise PermissionDenied unless at least one of these page rights is open to her here."""
        if not any(self.may(right) for right in rights):
            raise PermissionDenied

    @property
    def is_steward(self) -> bool:
        """Director or acting deputy: the ones who read without an audience."""
        return self.relation in (Relation.DIRECTOR, Relation.DEPUTY)

    @cached_property
    def opened(self) -> crypto.Opener:
        """Opens what is encrypted in this case; its key is fetched once, when a page first needs it."""
        return crypto.opener(self.case.ref)


@dataclass(frozen=True)
class CaseScope:
    """Which cases somebody works in: those of these directors, these by themselves, and never those excluded."""

    director_ids: tuple[int, ...]
    case_ids: tuple[int, ...]
    excluded_ids: tuple[int, ...]
    team_id: int | None = None


def session_code(request: HttpRequest) -> str:
    """The code under which this session is known in grants; not the key itself."""
    return hashlib.sha256(f"session {request.session.session_key}".encode()).hexdigest()


def case_for(user: User, ref: str, right: Right, now: datetime, session: str = "") -> CaseAccess:
    """The case with this reference, for this user, on a page that needs `right`.

    Raises Http404 for a stranger (or an unknown reference) and PermissionDenied for who lacks the right.
    """
    found = _stands(user, ref, now, session)
    if found is None:
        raise Http404
    row, standing = found
    relation = _relation(user, row, standing)
    access = CaseAccess(row, user, relation, standing.insight_until, standing.has_facts)
    behalf = row.director_id if relation == Relation.DEPUTY else None
    ground = "inzien" if relation == Relation.INSIGHT else ""
    audit.case_seen(case_ref=row.ref, relation=relation, on_behalf_of_id=behalf, ground=ground)
    if not any(user.has_right(needed) for needed in _OPENS.get(relation, {}).values()):
        raise Http404
    if not access.may(right):
        raise PermissionDenied
    return access


@dataclass(frozen=True)
class _Standing:
    """What ties somebody to a case beside directing it."""

    has_conflict: bool
    is_cover: bool
    roles: list[str]
    insight_until: datetime | None
    has_facts: bool


_FIELDS = [field.attname for field in Case._meta.concrete_fields]
# Every page of a case begins with this one statement; composing five subqueries anew each time cost a third of a page.
_STANDS = f"""
    SELECT {", ".join(f'c."{field.column}"' for field in Case._meta.concrete_fields)}, d.id, d.name,
           EXISTS (SELECT FROM families_conflictofinterest b WHERE b.case_id = c.id AND b.user_id = %(me)s),
           EXISTS (SELECT FROM families_cover v WHERE v.absent_id = c.director_id AND v.deputy_id = %(me)s
                      AND v.since <= %(now)s AND v.until > %(now)s),
           ARRAY(SELECT m.role FROM families_casemember m WHERE m.case_id = c.id AND m.user_id = %(me)s
                    AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s)),
           (SELECT max(i.until) FROM families_insight i WHERE i.case_id = c.id AND i.user_id = %(me)s
               AND i.session = %(session)s AND i.until > %(now)s),
           EXISTS (SELECT 1 FROM families_confidentialfact t WHERE t.case_id = c.id AND t.ended_at IS NULL)
      FROM families_case c LEFT JOIN core_user d ON d.id = c.director_id WHERE c.ref = %(ref)s
"""  # noqa: S608 - the names of the table's own columns


def _stands(user: User, ref: str, now: datetime, session: str) -> tuple[Case, _Standing] | None:
    """A case with its director's name, and what ties this user to it; None when there is no such case."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDS, {"me": user.pk, "now": now, "session": session, "ref": ref})
        found = cursor.fetchone()
    if found is None:
        return None
    *columns, director_id, director_name, has_conflict, is_cover, roles, insight_until, has_facts = found
    case = Case.from_db(connection.alias, _FIELDS, columns)
    if director_id is not None:
        # Her name is all that a page shows of her; whatever else is asked of this object comes when it is.
        case.director = User.from_db(connection.alias, ["id", "name"], [director_id, director_name])
    return case, _Standing(has_conflict, is_cover, roles, insight_until, has_facts)


def _current(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))


def _relation(user: User, row: Case, standing: _Standing) -> Relation:
    if standing.has_conflict:
        return Relation.NONE
    if row.director_id == user.pk:
        return Relation.DIRECTOR
    if MemberRole.DEPUTY in standing.roles or standing.is_cover:
        return Relation.DEPUTY
    if MemberRole.SECOND in standing.roles:
        return Relation.SECOND
    if row.team_id == user.team_id and user.has_right(Right.CASE_HEAD):
        return Relation.INSIGHT if standing.insight_until else Relation.TEAM_LEADER
    return Relation.NONE


def case_page(right: Right) -> Callable[[View], View]:
    """Declare and check the right of a page about one case; the view receives a `CaseAccess` instead of a reference."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                raise Http404
            access = case_for(request.user, ref, right, clock.now(), session_code(request))
            return view(request, access, *args, **kwargs)

        guarded.access = right  # type: ignore[attr-defined]  # the declaration that the resolver walk reads
        guarded.about_a_case = True  # type: ignore[attr-defined]  # the matrix test asks every relation
        return guarded

    return decorate


# Membership, conflicts of interest and cover in one statement; every list begins with it, so it is written out.
_SCOPE = """
    SELECT 1, m.case_id FROM families_casemember m
     WHERE m.user_id = %(me)s AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s)
    UNION SELECT 2, b.case_id FROM families_conflictofinterest b WHERE b.user_id = %(me)s
    UNION SELECT 3, v.absent_id FROM families_cover v
     WHERE v.deputy_id = %(me)s AND v.since <= %(now)s AND v.until > %(now)s
     ORDER BY 1, 2
"""


def scope_for(user: User, now: datetime) -> CaseScope:
    """The cases in which this user works now (director, deputy, second worker), as numbers for a list; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SCOPE, {"me": user.pk, "now": now})
        found = cursor.fetchall()
    of = {kind: tuple(number for tag, number in found if tag == kind) for kind in (1, 2, 3)}
    return CaseScope(director_ids=(user.pk, *of[3]), case_ids=of[1], excluded_ids=of[2])


def team_scope_for(user: User) -> CaseScope:
    """The cases whose head a team leader sees: her team's, without those in which she has a conflict of interest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM families_conflictofinterest WHERE user_id = %s", [user.pk])
        excluded = tuple(number for (number,) in cursor.fetchall())
    return CaseScope((), (), excluded, team_id=user.team_id or 0)


@dataclass(frozen=True)
class ReadingScope:
    """The cases whose narrative somebody reads now: those she directs or deputises in, and those she reads along in."""

    steward_ids: tuple[int, ...]
    team_ids: tuple[int, ...]

    @property
    def case_ids(self) -> tuple[int, ...]:
        """All of them."""
        return self.steward_ids + self.team_ids

    def circles(self, case_id: int, party_id: int) -> Circles:
        """The circles of one of these cases as far as this reader stands in them."""
        me = frozenset({party_id})
        if case_id in self.steward_ids:
            return Circles(me, me)
        return Circles(frozenset(), me if case_id in self.team_ids else frozenset())


# As `_relation` decides for one case, for all of them at once.
_READS = """
    WITH mine AS (
      SELECT c.id, true AS steward FROM families_case c WHERE c.director_id = %(me)s AND %(works)s
      UNION ALL SELECT c.id, true FROM families_cover v JOIN families_case c ON c.director_id = v.absent_id
       WHERE v.deputy_id = %(me)s AND v.since <= %(now)s AND v.until > %(now)s AND %(works)s
      UNION ALL SELECT m.case_id, m.role = 'deputy' FROM families_casemember m
       WHERE m.user_id = %(me)s AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s) AND %(works)s
      UNION ALL SELECT i.case_id, false FROM families_insight i JOIN families_case c ON c.id = i.case_id
       WHERE i.user_id = %(me)s AND i.session = %(session)s AND i.until > %(now)s AND c.team_id = %(team)s AND %(looks)s)
    SELECT id, bool_or(steward) FROM mine
     WHERE NOT EXISTS (SELECT FROM families_conflictofinterest b WHERE b.case_id = mine.id AND b.user_id = %(me)s)
     GROUP BY id ORDER BY id
"""


def reading_scope(user: User, now: datetime, session: str) -> ReadingScope:
    """The cases whose narrative this user reads at this moment in this session (`session_code`); one query."""
    looks = user.has_right(Right.CASE_HEAD) and user.has_right(Right.CASE_INSIGHT)
    asked: dict[str, Any] = {
        "me": user.pk,
        "now": now,
        "session": session,
        "team": user.team_id,
        "works": user.has_right(Right.CASE_VIEW),
        "looks": looks,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READS, asked)
        found = cursor.fetchall()
    return ReadingScope(
        tuple(number for number, steward in found if steward), tuple(number for number, steward in found if not steward)
    )


def reading_of(access: CaseAccess) -> ReadingScope:
    """The same for one case that was fetched for somebody."""
    case = (access.case.pk,)
    return ReadingScope(case, ()) if access.is_steward else ReadingScope((), case)


def cases_in(scope: CaseScope) -> QuerySet[Case]:
    """The cases of a scope as one queryset, for lookups that are not the long list."""
    if scope.team_id is not None:
        return Case.objects.filter(team_id=scope.team_id).exclude(pk__in=scope.excluded_ids)
    mine = Q(director_id__in=scope.director_ids) | Q(pk__in=scope.case_ids)
    return Case.objects.filter(mine).exclude(pk__in=scope.excluded_ids)


def person_for(access: CaseAccess, party_ref: str) -> Person:
    """A person of this case by her party's reference. Raises Http404 for anybody else's."""
    person = Person.objects.select_related("party").filter(case=access.case, party__ref=party_ref).first()
    if person is None:
        raise Http404
    audit.seen([party_ref])
    return person


def person_elsewhere(user: User, case_ref: str, party_ref: str, now: datetime) -> Person:
    """A person of any case in which this user works now (no look inside). Raises Http404 for anybody else's."""
    people = Person.objects.select_related("party", "case").filter(case__ref=case_ref, party__ref=party_ref)
    person = people.filter(case__in=reading_scope(user, now, "").case_ids).first()
    if person is None:
        raise Http404
    audit.seen([party_ref])
    return person


def same_links(access: CaseAccess) -> QuerySet[SamePerson]:
    """The links of persons of this case that leaders decided on or are asked about.

    None with a case that this user must never see, whatever else holds; nor what a director alone called two persons.
    """
    barred = ConflictOfInterest.objects.filter(user=access.user).values("case")
    links = SamePerson.objects.filter(Q(one__case=access.case) | Q(other__case=access.case))
    links = links.exclude(Q(one__case__in=barred) | Q(other__case__in=barred))
    decided = SamePersonEvent.objects.filter(link=OuterRef("pk"), act__in=[SameAct.AGREED, SameAct.UNDONE])
    return links.filter(~Q(state=SameState.DIFFERENT) | Exists(decided))


def same_person_for(access: CaseAccess, ref: str) -> SamePerson:
    """A link between somebody of this case and somebody of another. Raises Http404 for any other link."""
    link = same_links(access).filter(ref=ref).first()
    if link is None:
        raise Http404
    audit.seen([ref])
    return link


@dataclass(frozen=True)
class Approached:
    """Somebody who may be approached or not: a person of the family's surroundings, or a partner with a role."""

    party: Party
    name: str
    person_id: int = 0


def approached_for(access: CaseAccess, party_ref: str, now: datetime) -> Approached:
    """A person of this case, or somebody with a role in it (the room above fills those). Raises Http404."""
    person = Person.objects.select_related("party").filter(case=access.case, party__ref=party_ref).first()
    outside = [] if person else slots.items("case.readers", access.case.ref, now)
    found = Approached(person.party, person.name.full, person.pk) if person else None
    for item in outside:
        if item.value == party_ref:
            found = Approached(Party.objects.get(ref=party_ref), item.label)
    if found is None:
        raise Http404
    audit.seen([party_ref])
    return found


def way_for(access: CaseAccess, person: Person, way_id: int) -> SafeContact:
    """A way to reach a person of this case. Raises Http404 for somebody else's."""
    way = SafeContact.objects.filter(person=person, person__case=access.case, pk=way_id).first()
    if way is None:
        raise Http404
    return way


Tied = FamilyRelation | EmotionalLine | Pregnancy | HouseholdMember | Arrangement | Condition | KeepApart


def tie_for(access: CaseAccess, code: str) -> Tied:
    """A tie of the genogram of this case by its code ("r12"). Raises Http404.

    r: relation, l: line, z: pregnancy, w: home, a: arrangement about a child, d: condition, k: kept apart.
    """
    number = int(code[1:]) if code[1:].isdecimal() and len(code) < 18 else 0
    ties: dict[str, QuerySet[Any]] = {
        "r": FamilyRelation.objects.select_related("one__party", "other__party", "known_to"),
        "l": EmotionalLine.objects.select_related("one__party", "other__party", "view", "known_to"),
        "z": Pregnancy.objects.select_related("carrier__party", "other__party", "known_to"),
        "w": HouseholdMember.objects.select_related("household", "person__party", "known_to"),
        "a": Arrangement.objects.select_related("child__party", "other__party", "known_to"),
        "d": Condition.objects.select_related("person__party", "view", "known_to"),
        "k": KeepApart.objects.select_related("one__party", "other__party", "known_to"),
    }
    rows = ties.get(code[:1])
    if rows is None:
        raise Http404
    ours = {"household__case": access.case} if code[:1] == "w" else {"case": access.case}
    found: Tied | None = rows.filter(pk=number, **ours).first()
    if found is None:
        raise Http404
    return found


def fact_for(access: CaseAccess, ref: str, now: datetime | None = None) -> ConfidentialFact:
    """A confidential fact of this case, for director and deputy, and for a second worker who may know it by name now.

    Raises Http404 for a fact of another case, and PermissionDenied for everybody else, whether it exists or not.
    """
    facts = ConfidentialFact.objects.select_related("concerns__party", "audience", "noted_by")
    fact = facts.filter(case=access.case, ref=ref).first()
    if not access.is_steward and not _is_told(access, fact, now):
        raise PermissionDenied
    if fact is None:
        raise Http404
    fact.case = access.case
    audit.seen([ref, fact.concerns.party.ref])
    return fact


def life_event_for(access: CaseAccess, ref: str, now: datetime) -> LifeEvent:
    """An event of this case that this reader may read and that was not taken back. Raises Http404."""
    events = LifeEvent.objects.select_related("audience", "case").filter(case=access.case, withdrawn_at__isnull=True)
    event = events.filter(ref=ref).first()
    if event is None or not may_read(access.user.party_id, event.audience, now):
        raise Http404
    audit.seen([ref])
    return event


def documents_held(access: CaseAccess) -> QuerySet[Document]:
    """The documents of this case that were not taken back; for who is no steward only those that may be open to her."""
    rows = Document.objects.filter(case=access.case, withdrawn_at__isnull=True).select_related("audience")
    if access.is_steward:
        return rows
    named = AudienceReader.objects.filter(audience=OuterRef("audience"), party=access.user.party_id)
    return rows.filter(Q(audience__circle=Circle.TEAM) | Exists(named))


def document_for(access: CaseAccess, ref: str, now: datetime) -> Document:
    """A document of this case that this reader may read. Raises Http404, also for one that was taken back."""
    row = documents_held(access).select_related("added_by", "source_party").filter(ref=ref).first()
    if row is None or not may_read(access.user.party_id, row.audience, now):
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


def document_file_for(access: CaseAccess, document_ref: str, number: int, now: datetime) -> DocumentFile:
    """One file of a document; an earlier one than the newest only for director and deputy. Raises Http404.

    Whether a reader who is no steward gets its bytes is decided where they are opened (`selectors.document_opened`).
    """
    document = document_for(access, document_ref, now)
    newest = document.files.select_related("added_by").order_by("-number").first()
    row = newest
    if newest is not None and newest.number != number:
        row = document.files.select_related("added_by").filter(number=number).first() if access.is_steward else None
    if row is None:
        raise Http404
    row.document = document
    audit.seen([row.ref])
    return row


def document_given_for(access: CaseAccess, document_ref: str, ref: str, now: datetime) -> DocumentGiven:
    """One time that a document was given to somebody. Raises Http404."""
    document = document_for(access, document_ref, now)
    row = DocumentGiven.objects.select_related("file", "reader").filter(file__document=document, ref=ref).first()
    if row is None:
        raise Http404
    row.file.document = document
    audit.seen([ref, row.file.ref])
    return row


def document_upload_for(access: CaseAccess, ref: str) -> DocumentUpload:
    """A file that waits for a form of this reader. Raises Http404 for anybody else's."""
    row = (
        DocumentUpload.objects.filter(case=access.case, author=access.user, ref=ref).defer("original", "shown").first()
    )
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


def _is_told(access: CaseAccess, fact: ConfidentialFact | None, now: datetime | None) -> bool:
    if fact is None or now is None or fact.ended_at is not None or access.relation != Relation.SECOND:
        return False
    return may_read(access.user.party_id, fact.audience, now, scope=access.case.ref)


def colleague_for(access: CaseAccess, user_id: int) -> User:
    """A colleague of the team of this case. Raises Http404 for anybody else."""
    user = User.objects.select_related("party").filter(pk=user_id, team_id=access.case.team_id).first()
    if user is None:
        raise Http404
    return user


def colleague_by(user: User, user_id: int) -> User:
    """A colleague of somebody's own team. Raises Http404 for anybody else."""
    row = User.objects.filter(pk=user_id, team_id=user.team_id, is_active=True).first() if user.team_id else None
    if row is None:
        raise Http404
    return row


def insight_for(access: CaseAccess, ref: str) -> Insight:
    """One look inside this case, for the director to notice. Raises Http404."""
    insight = Insight.objects.filter(case=access.case, ref=ref).first()
    if insight is None:
        raise Http404
    return insight


@dataclass(frozen=True)
class PartyOf:
    """Somebody who can take part in a contact."""

    pk: int
    ref: str
    kind: str
    label: str


# Who can take part in a contact: the family, who works in the case now, its director. The rooms above add theirs to it.
PARTIES = """
    SELECT y.id, y.ref, y.kind, y.label FROM core_party y WHERE y.scope = %(ref)s
    UNION SELECT y.id, y.ref, y.kind, y.label FROM families_casemember m
      JOIN core_user u ON u.id = m.user_id JOIN core_party y ON y.id = u.party_id
     WHERE m.case_id = %(case)s AND m.since <= %(now)s AND (m.until IS NULL OR m.until > %(now)s)
    UNION SELECT y.id, y.ref, y.kind, y.label FROM core_user u JOIN core_party y ON y.id = u.party_id
     WHERE u.id = %(director)s
"""


def parties_asked(case: Case, now: datetime) -> dict[str, Any]:
    """What `PARTIES` is asked with."""
    return {"ref": case.ref, "case": case.pk, "now": now, "director": case.director_id}


def parties_of(case: Case, now: datetime) -> list[PartyOf]:
    """Everybody who can take part in a contact of this case, by name: its persons and its current case team."""
    with connection.cursor() as cursor:
        cursor.execute(f"{PARTIES} ORDER BY 3, 4, 1", parties_asked(case, now))
        return [PartyOf(*row) for row in cursor.fetchall()]


def circles(scope: str, at: datetime) -> Circles:
    """Who stands in the circles of a case: stewards are the director and acting deputies.

    The team adds who works in it, and who looks inside with a reason now (the session is checked by `case_for`).
    """
    case = Case.objects.filter(ref=scope).select_related("director").first()
    if case is None:
        return Circles(frozenset(), frozenset())
    stewards = {case.director.party_id} if case.director else set()
    team: set[int] = set()
    for role, party in CaseMember.objects.filter(_current(at), case=case).values_list("role", "user__party_id"):
        (stewards if role == MemberRole.DEPUTY else team).add(party)
    if case.director_id:
        covers = Cover.objects.filter(_current(at), absent_id=case.director_id)
        stewards |= set(covers.values_list("deputy__party_id", flat=True))
    team |= set(
        Insight.objects.filter(case=case, granted_at__lte=at, until__gt=at).values_list("user__party_id", flat=True)
    )
    barred = set(ConflictOfInterest.objects.filter(case=case).values_list("user__party_id", flat=True))
    return Circles(frozenset(stewards - barred), frozenset((stewards | team) - barred))


def users_on_rung(case_ref: str, rung: Rung, now: datetime) -> list[int]:
    """The users on a rung of the ladder for a case: its director, who deputises now, the leaders of its team.

    Somebody with a conflict of interest is never told; a rung on which nobody stands is an empty list.
    """
    case = Case.objects.filter(ref=case_ref).first()
    if case is None:
        return []
    if rung == Rung.DIRECTOR:
        ids = {case.director_id} if case.director_id else set()
    elif rung == Rung.DEPUTY:
        members = CaseMember.objects.filter(_current(now), case=case, role=MemberRole.DEPUTY)
        covers = Cover.objects.filter(_current(now), absent_id=case.director_id)
        ids = {*members.values_list("user_id", flat=True), *covers.values_list("deputy_id", flat=True)}
    else:
        leaders = User.objects.filter(team_id=case.team_id, roles__rights__right=Right.CASE_HEAD)
        ids = set(leaders.values_list("pk", flat=True))
    barred = set(ConflictOfInterest.objects.filter(case=case).values_list("user_id", flat=True))
    return sorted(User.objects.filter(pk__in=ids - barred, is_active=True).values_list("pk", flat=True))


def users_of_team(case_ref: str, now: datetime) -> set[int]:
    """The active users who work in a case now: director, cover, deputies and second workers, none with a conflict."""
    case = Case.objects.filter(ref=case_ref).first()
    if case is None:
        return set()
    ids = {case.director_id} if case.director_id else set()
    ids |= set(CaseMember.objects.filter(_current(now), case=case).values_list("user_id", flat=True))
    ids |= set(Cover.objects.filter(_current(now), absent_id=case.director_id).values_list("deputy_id", flat=True))
    ids -= set(ConflictOfInterest.objects.filter(case=case).values_list("user_id", flat=True))
    return set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))


def users_for_director(party_ref: str, rung: Rung, now: datetime) -> list[int]:
    """The users on a rung of the ladder for what one director must do: herself, who covers for her, her team's leaders."""
    director = User.objects.filter(party__ref=party_ref).first()
    if director is None:
        return []
    if rung == Rung.DIRECTOR:
        ids = {director.pk}
    elif rung == Rung.DEPUTY:
        ids = set(Cover.objects.filter(_current(now), absent=director).values_list("deputy_id", flat=True))
    else:
        leaders = User.objects.filter(team=director.team, roles__rights__right=Right.CASE_HEAD)
        ids = set(leaders.values_list("pk", flat=True)) if director.team else set()
    return sorted(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))

"""Who may be one human in two cases: looked for in one's own cases only, decided by the team leaders concerned."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from casusregie.core import audit, dates
from casusregie.core.models import User
from families.access import CaseAccess, reading_scope, same_links
from families.choices import BirthPrecision, SameAct, SameState
from families.models import Case, Person, SamePerson


@dataclass(frozen=True)
class DoubleView:
    """Somebody of another case of the reader who may be the same human; what makes it look so.

    No name of the other case: the Privacystand of a page knows the names of its own case only.
    """

    ref: str
    case_ref: str
    url: str
    has_same_number: bool
    has_same_birthday: bool
    was_asked: bool


# Only in cases that the reader works in: nothing here depends on what stands in anybody else's.
_DOUBLES = """
    SELECT y.ref, c.ref, p.birth_date IS NOT DISTINCT FROM %(born)s AND %(born)s::date IS NOT NULL
           AND p.birth_precision = 'day', coalesce(s.state = 'asked', false), p.id
      FROM families_person p JOIN core_party y ON y.id = p.party_id JOIN families_case c ON c.id = p.case_id
      LEFT JOIN families_sameperson s ON s.one_id = least(p.id, %(me)s) AND s.other_id = greatest(p.id, %(me)s)
     WHERE p.case_id = ANY(%(cases)s) AND p.case_id <> %(case)s
       AND (s.state IS NULL OR s.state IN ('asked', 'undone'))
       AND (p.id = ANY(%(numbers)s)
            OR (%(has_surname)s AND p.sort_key = %(key)s)
            OR (%(has_surname)s AND similarity(p.sort_key, %(key)s) > 0.6
                AND similarity(p.given_name, %(given)s) > 0.4)
            OR (p.birth_date = %(born)s AND p.birth_precision = 'day' AND %(is_day)s
                AND (p.sort_key = %(key)s OR similarity(p.given_name, %(given)s) > 0.4
                     OR similarity(p.sort_key, %(key)s) > 0.5)))
     ORDER BY p.sort_key, p.id LIMIT 5
"""


def doubles(user: User, person: Person, now: datetime, *, same_number: tuple[int, ...] = ()) -> list[DoubleView]:
    """Who in another case that this user works in has the same or nearly the same name, birthday or number; two queries.

    `same_number` are the ids of persons whose number is the same. What was answered (linked, two persons) is left out.
    """
    scope = reading_scope(user, now, "")
    if not scope.case_ids:
        return []
    asked: dict[str, Any] = {
        "born": person.birth_date,
        "is_day": person.birth_precision == BirthPrecision.DAY,
        "me": person.pk,
        "case": person.case_id,
        "cases": list(scope.case_ids),
        "numbers": list(same_number),
        "key": person.sort_key,
        "given": person.given_name,
        "has_surname": bool(person.surname or person.partner_surname),
    }
    with connection.cursor() as cursor:
        cursor.execute(_DOUBLES, asked)
        rows = cursor.fetchall()
    audit.seen(row[0] for row in rows)
    return [
        DoubleView(
            ref=ref,
            case_ref=case_ref,
            url=reverse("person", args=[case_ref, ref]),
            has_same_number=number in same_number,
            has_same_birthday=same_day,
            was_asked=asked_already,
        )
        for ref, case_ref, same_day, asked_already, number in rows
    ]


@dataclass(frozen=True)
class SaidView:
    """What somebody said about a link, in words."""

    act_label: str
    who: str
    day: str
    reason: str


@dataclass(frozen=True)
class SameView:
    """Two persons who may be one human, as the leader of one of the two teams sees it: of the other case no more than
    its reference, and whom to call."""

    ref: str
    name: str
    name_there: str
    case_there: str
    director_there: str
    phone_there: str
    state: str
    may_agree: bool
    waits_for_other: bool
    said: list[SaidView] = field(default_factory=list)


def same_persons(access: CaseAccess) -> list[SameView]:
    """The links of the persons of a case, those that ask something first; at most three queries."""
    case = access.case
    links = same_links(access)
    links = links.select_related("one__party", "other__party", "one__case__director", "other__case__director")
    rows = list(links.prefetch_related("events__by", "events__case").order_by("pk"))
    order = [SameState.ASKED, SameState.LINKED, SameState.UNDONE, SameState.DIFFERENT]
    rows.sort(key=lambda link: order.index(SameState(link.state)))
    audit.seen(link.ref for link in rows)
    return [_same(link, case) for link in rows]


def _same(link: SamePerson, case: Case) -> SameView:
    mine, theirs = (link.one, link.other) if link.one.case_id == case.pk else (link.other, link.one)
    # Two persons after all: what stands in the other family is no business of this team any more.
    is_over = link.state in (SameState.UNDONE, SameState.DIFFERENT)
    director = theirs.case.director if not is_over else None
    waiting = {row.team_id for row in teams_to_ask(link)} if link.state == SameState.ASKED else set()
    return SameView(
        ref=link.ref,
        name=mine.name.full,
        name_there=theirs.name.full if theirs.name.full != mine.name.full and not is_over else "",
        case_there=theirs.case.ref if not is_over else "",
        director_there=director.name if director else "",
        phone_there=director.phone if director else "",
        state=link.state,
        may_agree=case.team_id in waiting,
        waits_for_other=bool(waiting) and case.team_id not in waiting,
        said=[
            SaidView(str(SameAct(event.act).label), event.by.name, dates.long(_day(event.at)), event.reason)
            for event in sorted(link.events.all(), key=lambda event: event.pk)
        ],
    )


def _day(at: datetime) -> date:
    return dates.day_of(at)


def teams_to_ask(link: SamePerson) -> list[Case]:
    """The cases of a link whose team has not agreed since it was asked last; one case a team."""
    events = sorted(link.events.all(), key=lambda event: event.pk)
    since = max((place for place, event in enumerate(events) if event.act == SameAct.ASKED), default=0)
    agreed = {event.case.team_id for event in events[since:] if event.act == SameAct.AGREED}
    cases = {person.case.team_id: person.case for person in (link.other, link.one)}
    return [case for team, case in cases.items() if team not in agreed]

"""A family of forty is read with as many queries as one of four (performance.md: query-count); session, user and access
log are in the numbers here, as they are the same everywhere."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casusregie.core import clock
from families.choices import AuthorityStatus, ReachChannel, RelationKind, Safe
from families.models import Person
from families.services import (
    AuthorityData,
    PersonData,
    WayData,
    authority_note,
    fact_note,
    person_add,
    relation_add,
    representation_note,
    safe_contact_add,
)
from tests.cast import Cast, log

# What every request asks beside its page: session, user and the row in the access log.
FRAME = 3
DETAIL = 10 + FRAME
# Every page of a case on which its persons stand, and how many queries it may take.
PAGES = {
    "family": DETAIL,
    "life-events": DETAIL,
    "relation-new": DETAIL,
    "fact-new": DETAIL,
    "voices": DETAIL,
    "visiting": DETAIL,
    "contact-list": DETAIL,
    "contact-new": DETAIL,
    "contact-chat": DETAIL,
    "appointments": DETAIL,
    "case-overview": DETAIL,
    "case-now": DETAIL,
    "network": DETAIL,
    "safety": DETAIL,
    "case-team": DETAIL,
    # A drawing of many tables: persons, homes and each kind of tie, overlay and condition ask once each.
    "genogram": 15,
    "genogram-svg": 15,
    # Pages of many rooms: each asks for its own.
    "intake": 18,
    "door": 21,
    "plan": 21,
    "analysis": 22,
    "evaluations": 22,
}


def _grow(cast: Cast, until: int) -> None:
    """Children of Marianne, of each of whom everything is known that a page of the family shows."""
    case, by, now = cast.case, cast.owner, cast.now
    today = clock.local_date(now)
    mother = Person.objects.select_related("party").get(party__ref=cast.mother)
    known = AuthorityData(AuthorityStatus.YES, today, "balie", source="brp", basis="marriage")
    born = date(today.year - 14, 1, 1)
    for number in range(case.persons.count(), until):
        data = PersonData(given_name=f"Kind{number}", surname="Halteren", birth_date=born)
        child = person_add(case=case, data=data, by=by)
        relation_add(case=case, by=by, kind=RelationKind.PARENT, one=mother, other=child)
        authority_note(child=child, holder=mother, by=by, data=known, now=now)
        representation_note(
            person=child,
            by=by,
            kind="lacks",
            name="Mevrouw Bos",
            since=today - timedelta(days=1),
            until=None,
            checked_where="beschikking",
            now=now,
        )
        way = WayData(ReachChannel.PHONE, f"06 00112{number:03}", "", Safe.UNKNOWN)
        safe_contact_add(person=child, way=way, by=by)
        value = f"Wilgenroosstraat {number}"
        fact_note(case=case, by=by, concerns=child, value=value, may_know=[mother.party], now=now)
        log(case, by, child.party.ref, body=f"Gesproken.\n@Kind{number}: Ik wil rust.")


def _count(client: Client, name: str, ref: str) -> list[str]:
    """The statements of a page that is opened for the second time.

    That a browser is active is noted every half minute, on whichever page.
    """
    path = reverse(name, args=[ref])
    assert client.get(path).status_code == 200, name
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    said = [query["sql"] for query in queries]
    return [sql for sql in said if "SAVEPOINT" not in sql and 'UPDATE "core_session"' not in sql]


def test_a_page_of_forty_persons_takes_no_query_more_than_one_of_four(cast: Cast) -> None:
    """Whatever there is of each: ties, authority, who decides, ways, facts with readers, contacts with her own words."""
    client = cast.client("owner")
    # Without a name of a browser every request would note one.
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
    counts: dict[str, list[int]] = {}
    for persons in (4, 40):
        _grow(cast, persons)
        for name in PAGES:
            counts.setdefault(name, []).append(len(_count(client, name, cast.case.ref)))
    assert {name: two for name, two in counts.items() if two[0] != two[1]} == {}
    assert {name: two for name, two in counts.items() if two[1] > PAGES[name]} == {}

"""The number of queries of a page does not grow with its rows (performance.md: query-count); session, user and access
log are in the numbers here, as they are the same everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from families.services import PersonData, person_add
from processplan.services import evaluation_plan
from tests.cast import Cast, log, make_case, make_user

# What every request asks beside its page: session, user and the row in the access log.
FRAME = 3
LIST, DETAIL = 6 + FRAME, 10 + FRAME


@dataclass(frozen=True)
class Wanted:
    """A page, who asks it, what makes it long, and how many queries it may take."""

    path: str
    who: str
    grow: Callable[[Cast, int], None]
    at_most: int


def _cases(cast: Cast, n: int) -> None:
    for number in range(n):
        case = make_case(cast.owner, f"Gezin {number:03}")
        log(case, cast.owner, body="Gebeld.", follow_up_on=clock.local_date(cast.now), follow_up_text="Bellen")


def _desk(cast: Cast, n: int) -> None:
    """Cases of which everything asks something: a follow-up, an evaluation, silent voices, attempts that reached nobody."""
    long_ago = clock.local_date(cast.now) - timedelta(days=90)
    for number in range(n):
        case = make_case(cast.owner, f"Gezin {number:03}", opened_on=long_ago)
        person = person_add(case=case, data=PersonData(given_name="Kim"), by=cast.owner)
        log(case, cast.owner, body="Gebeld.", follow_up_on=clock.local_date(cast.now), follow_up_text="Bellen")
        for _twice in range(2):
            log(case, cast.owner, person.party.ref, body="", outcome="no_answer")
        evaluation_plan(case=case, by=cast.owner, planned_at=cast.now, attendees=[person.party], now=cast.now)


def _contacts(cast: Cast, n: int) -> None:
    for number in range(n):
        log(cast.case, cast.owner, cast.mother, body=f"Gesproken, {number}.\n@Marianne: Ik wil rust.")


def _persons(cast: Cast, n: int) -> None:
    for number in range(n):
        person_add(case=cast.case, data=PersonData(given_name=f"Kind {number}", surname="Halteren"), by=cast.owner)


def _colleagues(cast: Cast, n: int) -> None:
    for _ in range(n):
        make_user(f"collega{uuid4().hex[:8]}", "case-director", team=cast.owner.team)


PAGES = {
    # A desk of many rooms: follow-ups, checks, signals, evaluations (two), voices, attempts, drafts, looks inside, plans,
    # contacts without a family, who is to be asked about safe contact and cases ask once each, beside the scope;
    # appointments and a stay come with their own.
    "today": Wanted("/vandaag/", "owner", _desk, FRAME + 17),
    "cases": Wanted("/casussen/", "owner", _cases, LIST),
    "caseload": Wanted("/caseload/", "leader", _cases, LIST),
    "overview": Wanted("/casussen/{ref}/", "owner", _contacts, DETAIL),
    # What partners told, versions and evaluations stand in it too, each with a query of its own.
    "since": Wanted("/casussen/{ref}/?sinds=vorige", "deputy", _contacts, DETAIL),
    "contacts": Wanted("/casussen/{ref}/contacten/", "owner", _contacts, DETAIL),
    "family": Wanted("/casussen/{ref}/gezin/", "owner", _persons, DETAIL),
    "logbook": Wanted("/logboek/", "officer", _cases, LIST),
    "administration": Wanted("/beheer/", "administrator", _colleagues, LIST),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_stays_the_same(cast: Cast, name: str) -> None:
    """One row, ten or sixty: the same number, and not above what the page may take."""
    wanted = PAGES[name]
    client, path = cast.client(wanted.who), wanted.path.format(ref=cast.case.ref)
    # Without a name of a browser every request would note one.
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
    # The first request notes that this browser is active, and fills what is asked once for all.
    assert client.get(path).status_code == 200
    counts, there = [], 0
    for rows in (1, 10, 60):
        wanted.grow(cast, rows - there)
        there = rows
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= wanted.at_most, "\n".join(query["sql"][-150:] for query in queries)


@pytest.mark.parametrize("name", ["cases", "contacts"])
def test_a_next_page_takes_one_query_more(cast: Cast, name: str) -> None:
    """Going on asks where it was, by key; nothing is counted and nothing skipped."""
    wanted = PAGES[name]
    wanted.grow(cast, 110)
    client, path = cast.client(wanted.who), wanted.path.format(ref=cast.case.ref)
    rows = client.get(path).context["page"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, {"na": rows.next_after})
    said = " ".join(query["sql"] for query in queries)
    assert answer.status_code == 200
    assert "OFFSET" not in said and "COUNT(" not in said
    assert len(queries) <= wanted.at_most + 1

"""The demo is what the contract says: complete, and without a leak of its own."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from casusregie.core import clock
from casusregie.core.choices import PartyKind
from casusregie.core.frame import home
from casusregie.core.models import Installation, Party, User
from casusregie.demo.cast import parts
from casusregie.demo.days import birthday, workday
from casusregie.demo.generator import bulk_cases
from casusregie.demo.municipality import THIN, fill
from casusregie.demo.people import PASSWORD
from casusregie.demo.stories import STORIES, library
from casusregie.demo.telling import story_ref
from families.access import scope_for
from families.choices import CaseStatus, MemberRole
from families.models import Case, CaseMember, ConflictOfInterest, Person
from network.models import CaseRole, Contact, FollowUp
from network.selectors import follow_ups_due
from network.services.dates import case_dates_refresh_all

pytestmark = pytest.mark.django_db

# What the contract promises of each login.
DESKS = {
    "icr1@demo.example": "/vandaag/",
    "icr2@demo.example": "/vandaag/",
    "icr3@demo.example": "/vandaag/",
    "teamleider@demo.example": "/caseload/",
    "partner1@demo.example": "/mijn-rollen/",
    "partner2@demo.example": "/mijn-rollen/",
    "partner0@demo.example": "/mijn-rollen/",
    "beheer@demo.example": "/beheer/",
    "fg@demo.example": "/logboek/",
    "bestuur@demo.example": "/uitkomsten/",
}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The default municipality, made once for this file; each test's own changes go back to it."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        fill(now=clock.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(town: None, db: None) -> None:
    """The municipality, for one test."""


def printed(command: str) -> list[dict[str, Any]]:
    """The JSON lines of a command."""
    out = io.StringIO()
    call_command(command, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_counts(demo: None) -> None:
    told = {story_ref(story.slug) for story in STORIES}
    assert len(told) == len(STORIES) == 24
    assert Case.objects.count() == 24 + THIN
    thin = Case.objects.exclude(ref__in=told)
    assert thin.count() == THIN == 80
    assert set(thin.values_list("status", flat=True)) == {CaseStatus.CLOSED}
    assert all(1 <= Contact.objects.filter(case=case).count() <= 2 for case in thin)
    assert set(Case.objects.filter(ref__in=told).values_list("status", flat=True)) == set(CaseStatus.values)
    assert not FollowUp.objects.filter(done_at__isnull=True, case__status__in=["closed", "declined"]).exists()


def test_every_login_leads_to_its_desk(demo: None) -> None:
    assert set(User.objects.values_list("email", flat=True)) == set(DESKS)
    for login, desk in DESKS.items():
        user = User.objects.get(email=login)
        assert home(user) == desk
        assert user.check_password(PASSWORD)
    assert User.objects.get(email="teamleider@demo.example").team == User.objects.get(email="icr1@demo.example").team


def test_who_stands_in_what(demo: None) -> None:
    mine = Case.objects.filter(director__email="icr1@demo.example", status__in=["active", "aftercare"])
    assert 9 <= mine.count() <= 11
    deputy = CaseMember.objects.get(role=MemberRole.DEPUTY)
    assert deputy.user.email == "icr2@demo.example"
    assert deputy.case.director is not None
    assert deputy.case.director.email == "icr1@demo.example"
    barred = ConflictOfInterest.objects.get()
    assert (barred.user.email, barred.case.ref) == ("icr2@demo.example", story_ref("hof"))
    assert CaseMember.objects.filter(role=MemberRole.SECOND, until__isnull=True).count() == 1
    now = clock.now()
    icr1 = User.objects.get(email="icr1@demo.example")
    due = follow_ups_due(scope_for(icr1, now), clock.local_date(now))
    assert any(row.is_late for row in due)
    assert any(not row.is_late for row in due)


def test_the_sorting_dates_hold(demo: None) -> None:
    directors = list(User.objects.filter(email__startswith="icr").order_by("email"))
    bulk_cases(30, 3, seed=5, directors=directors[:1], now=clock.now())
    assert case_dates_refresh_all() == 0


def test_the_garage_family_is_whole(demo: None) -> None:
    persons = Person.objects.filter(case__ref=story_ref("garage"))
    assert {person.given_name for person in persons} >= {"Marianne", "Noor", "Bram", "Jochem", "Germaine"}
    assert persons.get(given_name="Jochem").died_on is not None
    assert persons.get(given_name="Germaine").in_household is False
    assert Contact.objects.filter(case__ref=story_ref("garage")).count() >= 10


def test_cast_names_what_is_there(demo: None) -> None:
    cast = {part["what"]: part for part in parts()}
    wanted = ("garage", "separation", "deputised", "shared", "registered", "conflict")
    assert {f"case:{name}" for name in wanted} <= set(cast)
    for part in cast.values():
        assert set(part) == {"what", "ref", "url"}
        assert any(model.objects.filter(ref=part["ref"]).exists() for model in (Case, Party, CaseRole))
    assert {"role:partner1", "role:partner2", "plan:active"} <= set(cast)
    assert cast["person:marianne"]["url"] == f"/casussen/{story_ref('garage')}/gezin/"


def test_canaries_stand_nowhere_in_the_open(demo: None) -> None:
    found = printed("demo_canaries")
    assert len({line["literal"] for line in found}) == len(found)
    marked = [line["marker"] for line in found if line["marker"].startswith("KANARIE")]
    assert len(set(marked)) == len(marked) >= 12
    assert all(line["case"] for line in found)
    open_text = _all_text()
    statements = {line["literal"] for line in found if line["kind"] == "closed_statement"}
    for line in found:
        if line["kind"] == "closed_statement":
            continue
        for text in (line["literal"], *line["variants"]):
            assert not any(text in cell for cell in open_text), (line["kind"], text)
        if line["marker"] != line["literal"]:
            assert not any(line["marker"] in cell for cell in open_text), line["marker"]
    # A closed statement is its own row with its own readers, and stands nowhere else.
    for statement in statements:
        assert sum(statement in cell for cell in open_text) == 1


def _all_text() -> list[str]:
    """Every text in every column of every table that is not encrypted."""
    cells: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'ARRAY', 'json', 'jsonb')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            cells.extend(row[0] for row in cursor.fetchall())
    return cells


def test_who_may_know_is_complete_and_no_more(demo: None) -> None:
    found = printed("demo_canaries")
    refs = {party.ref: party for party in Party.objects.filter(kind=PartyKind.PERSON)}
    for line in found:
        case = Case.objects.get(ref=line["case"])
        logins = {who for who in line["may_know"] if "@" in who}
        expected = {case.director.email} if case.director else set()
        expected |= set(CaseMember.objects.filter(case=case, role="deputy").values_list("user__email", flat=True))
        assert logins == expected
        assert {refs[who].scope for who in line["may_know"] if "@" not in who} <= {case.ref}
    place = next(line for line in found if "Zilverschoonpad" in line["literal"])
    assert _names(place) == {"Elif", "Defne", "Teun"}
    # One roof is no reason to know: her husband lives there too.
    work = next(line for line in found if "KANARIE-Ekster" in line["literal"])
    assert _names(work) == {"Suryani"}


def _names(line: dict[str, Any]) -> set[str]:
    return set(Person.objects.filter(party__ref__in=line["may_know"]).values_list("given_name", flat=True))


def test_refuses_what_is_not_empty_or_not_the_demo(demo: None, settings: Any) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo_data")
    settings.DEMO = False
    with pytest.raises(CommandError, match="only in the demo"):
        call_command("demo_data")
    with pytest.raises(CommandError, match="only in the demo"):
        call_command("demo_canaries")
    assert Installation.objects.get().is_demo


def test_generated_references_do_not_repeat(demo: None) -> None:
    director = User.objects.get(email="icr3@demo.example")
    bulk_cases(2_500, 0, seed=1, directors=[director], now=clock.now())
    assert Case.objects.values("ref").distinct().count() == Case.objects.count()


def test_stories_hold_together() -> None:
    assert len(library.REPORTS) + len(library.ADULT) + len(library.CHILD) >= 60
    values = [way.value for story in STORIES for someone in story.persons for way in someone.ways]
    assert len(set(values)) == len(values)
    for story in STORIES:
        assert story.pattern
        assert story.notes
        assert list(story.notes) == sorted(story.notes, key=lambda note: (note.day, note.at)), story.slug
        assert story.notes[0].day >= story.opened
        names = {someone.given for someone in story.persons}
        assert all(set(note.with_) <= names for note in story.notes), story.slug
        assert all(note.day < 0 for note in story.notes)


def test_days_are_counted_in_working_days() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC).date()
    assert workday(monday, -1).isoformat() == "2026-11-20"
    assert workday(monday, 0) == monday
    assert workday(monday, 5).isoformat() == "2026-11-30"
    assert birthday(monday, 11, 12, 1).isoformat() == "2014-12-01"
    assert birthday(monday, 0, 2, 11).isoformat() == "2026-02-11"

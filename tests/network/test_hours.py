"""Hours: what a contact's time counts as, whose and when; lines by one tap; files without names."""

import csv
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from casusregie.core import clock
from casusregie.core.choices import PartyKind
from casusregie.core.models import AccessLog
from families.access import scope_for
from network.choices import Channel, ContactOutcome, Domain, GroundBasis, TimeCategory
from network.models import Contact, TimeEntry
from network.selectors import team_month, week
from network.selectors.hours import spoken
from network.services import (
    ContactData,
    RoleData,
    TimeData,
    contact_correct,
    organisation_add,
    professional_add,
    role_give,
    time_add,
    time_undo,
)
from tests.cast import Cast, log, make_case, make_user

# A week in which nothing of the cast stands.
MONDAY = date(2026, 3, 23)
TUESDAY = datetime(2026, 3, 24, 10, 0, tzinfo=clock.LOCAL)


def minutes(cast: Cast, day: date = MONDAY, who: str = "owner") -> dict[str, int]:
    """What somebody's week took, by category, without what took nothing."""
    user = getattr(cast, who)
    rows = week(user, scope_for(user, cast.now), day, cast.now).rows
    return {row.category: row.minutes for row in rows if row.minutes}


def teacher(cast: Cast) -> str:
    """A professional with a role in the case."""
    school = organisation_add(name="School", domain=Domain.YOUTH, by=cast.owner)
    someone = professional_add(name="Juf", function="leerkracht", organisation=school, by=cast.owner)
    today = clock.local_date(cast.now)
    data = RoleData(someone, "mentor", "Ziet haar.", today, None, GroundBasis.CONSENT, "het plan", today)
    role_give(case=cast.case, by=cast.owner, data=data, now=cast.now)
    return str(someone.party.ref)


def tap(cast: Cast, **more: object) -> TimeEntry:
    """A line of the owner."""
    fields: dict[str, object] = {"category": TimeCategory.TRAVEL, "minutes": 30, "on": MONDAY, **more}
    time_add(by=cast.owner, data=TimeData(**fields), key=uuid4(), now=cast.now)  # type: ignore[arg-type]
    return TimeEntry.objects.latest("pk")


def test_who_took_part_decides_what_a_contact_counts_as(cast: Cast) -> None:
    """Family before professionals before colleagues; nobody is other work."""
    juf, colleague = teacher(cast), cast.second.party.ref
    for people, length in (
        ([cast.mother], 1),
        ([cast.mother, juf], 2),
        ([juf], 4),
        ([juf, colleague], 8),
        ([colleague], 16),
        ([], 32),
    ):
        log(cast.case, cast.owner, *people, started_at=TUESDAY, duration_minutes=length)
    assert minutes(cast) == {"family": 3, "partners": 12, "team": 16, "other": 32}


def test_an_attempt_counts_for_whom_it_was_meant(cast: Cast) -> None:
    """She was not reached, and the time was hers all the same."""
    log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=5, outcome=ContactOutcome.NOT_HOME)
    assert minutes(cast) == {"family": 5}


def test_time_is_the_authors_and_a_withdrawn_contact_has_none(cast: Cast) -> None:
    """A colleague's contact in my case is her time."""
    log(cast.case, cast.second, cast.mother, started_at=TUESDAY, duration_minutes=10)
    mine = log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=20)
    assert (minutes(cast), minutes(cast, who="second")) == ({"family": 20}, {"family": 10})
    Contact.objects.filter(pk=mine.pk).update(withdrawn_at=cast.now, withdrawn_by_id=1, withdrawal_reason="Vergist")
    assert minutes(cast) == {}


def test_a_correction_counts_as_it_is_now(cast: Cast) -> None:
    """The newest version: its people, its minutes, its day."""
    contact = log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=20)
    data = ContactData(started_at=TUESDAY, channel=Channel.PHONE, duration_minutes=45, participants=[], body="Alleen.")
    contact_correct(contact=contact, by=cast.owner, data=data, reason="Vergist", seen_version=1, now=cast.now)
    assert minutes(cast) == {"other": 45}


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2025, 10, 26)])
def test_days_are_those_of_the_netherlands_when_the_clock_changes(cast: Cast, day: date) -> None:
    """Just after midnight and just before it, on a day of 23 and one of 25 hours: that day and no other."""
    for hour, minute in ((0, 5), (23, 55)):
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.LOCAL)
        log(cast.case, cast.owner, cast.mother, started_at=moment, duration_minutes=10)
    found = week(cast.owner, scope_for(cast.owner, cast.now), day, cast.now)
    assert (found.until, found.day_totals) == (day, ["–"] * 6 + ["0:20"])
    assert minutes(cast, day + timedelta(days=1)) == {}


def test_a_line_is_there_at_one_tap_and_gone_at_another(cast: Cast) -> None:
    """As the page sends it; the second tap of a double click is the same line."""
    client, today = cast.client("owner"), clock.local_date(cast.now)
    sent = {"key": str(uuid4()), "on": f"{today:%Y-%m-%d}", "case": cast.case.ref, "line": "travel:45"}
    first, second = client.post("/uren/", sent), client.post("/uren/", sent)
    assert first["Location"] == second["Location"]
    entry = TimeEntry.objects.get()
    assert (entry.minutes, entry.category, entry.case, entry.on) == (45, "travel", cast.case, today)
    assert "Van Halteren" in client.get(first["Location"]).content.decode()
    other_tap = client.post("/uren/", {**sent, "line": "travel:15"})
    assert other_tap.status_code == 409 and TimeEntry.objects.count() == 1
    client.post(f"/uren/{entry.ref}/terug/")
    entry.refresh_from_db()
    assert entry.undone_at is not None
    assert f"t-{entry.ref}" not in client.get("/uren/").content.decode()


def test_a_line_of_somebody_else_is_not_there(cast: Cast) -> None:
    """Nor is it said that it exists."""
    entry = tap(cast)
    assert cast.client("deputy").post(f"/uren/{entry.ref}/terug/").status_code == 404
    entry.refresh_from_db()
    assert entry.undone_at is None


def test_the_name_of_a_case_she_left_is_not_shown(cast: Cast) -> None:
    """Her minutes stay hers."""
    tap(cast, case=cast.case)
    cast.case.director = cast.deputy
    cast.case.save()
    view = week(cast.owner, scope_for(cast.owner, cast.now), MONDAY, cast.now)
    assert (view.lines[0].case_name, view.total) == ("", "0:30")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"line": "travel:7"}, "line"),
        ({"line": ""}, "line"),
        ({"line": "holiday:30"}, "line"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "2001-01-01"}, "on"),
        ({"on": "gisteren"}, "on"),
        ({"case": "XXXXXXXX"}, "case"),
    ],
)
def test_a_wrong_line_is_answered_at_its_field(cast: Cast, fields: dict[str, str], where: str) -> None:
    """422, nothing noted; somebody else's case is no choice."""
    sent = {"key": str(uuid4()), "on": f"{clock.local_date(cast.now):%Y-%m-%d}", "line": "travel:30", **fields}
    answer = cast.client("owner").post("/uren/", sent)
    assert answer.status_code == 422
    assert where in answer.context["form"].errors
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("asked", ["", "2026-02-30", "0001-01-01", "9999-12-31", "<script>"])
def test_any_week_can_be_asked(cast: Cast, asked: str) -> None:
    """What is no day is this week."""
    assert cast.client("owner").get("/uren/", {"week": asked}).status_code == 200
    assert cast.client("leader").get("/uren/team/", {"maand": asked}).status_code == 200


def test_the_team_leader_sees_totals_and_no_person(cast: Cast) -> None:
    """All of her team together, nobody of another, no name on the page."""
    log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=30)
    log(cast.case, cast.second, cast.mother, started_at=TUESDAY, duration_minutes=15)
    log(make_case(cast.stranger), cast.stranger, started_at=TUESDAY, duration_minutes=60)
    tap(cast)
    month = team_month(cast.leader, MONDAY, cast.now)
    assert {row.category: row.minutes for row in month.rows if row.minutes} == {"family": 45, "travel": 30}
    page = cast.client("leader").get("/uren/team/?maand=2026-03-01").content.decode()
    assert "0:45" in page and "1:15" in page
    assert cast.owner.name not in page and cast.second.name not in page


def test_hours_are_no_business_of_others(cast: Cast) -> None:
    """A team leader has no week of her own here, a director no team."""
    assert cast.client("owner").get("/uren/team/").status_code == 403
    assert cast.client("leader").get("/uren/").status_code == 403
    assert cast.client("partner").get("/uren/").status_code == 404


def _file(cast: Cast, who: str, path: str, kind: str) -> bytes:
    sent = {"since": "2026-03-01", "until": "2026-03-31", "kind": kind}
    answer = cast.client(who).post(path, sent)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="uren')
    return bytes(answer.content)


def test_a_file_holds_references_and_no_names(cast: Cast) -> None:
    """In both kinds; that it was made stands in the access log."""
    cast.case.name = "=Van Halteren"
    cast.case.save()
    log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=30, body="=1+1")
    tap(cast, case=cast.case)
    text = _file(cast, "owner", "/uren/bestand/", "csv").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["2026-03-23", "2026-03-24"]
    assert [row[3:] for row in rows[1:]] == [[cast.case.ref, "30"]] * 2
    assert "Halteren" not in text and "1+1" not in text and cast.owner.name not in text
    book = load_workbook(BytesIO(_file(cast, "owner", "/uren/bestand/", "xlsx")))
    assert [[cell.value for cell in row][3:] for row in list(book.active.iter_rows())[1:]] == [[cast.case.ref, 30]] * 2
    made = AccessLog.objects.filter(action="export.made")
    days = ["2026-03-01", "2026-03-31"]
    assert [row.objects_seen for row in made.order_by("pk")] == [["uren.csv", *days], ["uren.xlsx", *days]]


def test_the_file_of_a_team_has_totals_only(cast: Cast) -> None:
    """A row for each category of each month."""
    log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=30)
    text = _file(cast, "leader", "/uren/team/bestand/", "csv").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))[1:]
    assert len(rows) == len(TimeCategory) and rows[0][0] == "2026-03" and rows[0][2] == "30"
    assert cast.owner.name not in text and cast.case.ref not in text


@pytest.mark.parametrize(
    "period", [{}, {"since": "2026-03-02", "until": "2026-03-01"}, {"since": "2020-01-01", "until": "2026-01-01"}]
)
def test_a_wrong_period_is_answered_at_its_field(cast: Cast, period: dict[str, str]) -> None:
    """422, and no file."""
    for who, path in (("owner", "/uren/bestand/"), ("leader", "/uren/team/bestand/")):
        answer = cast.client(who).post(path, period)
        assert answer.status_code == 422 and "Content-Disposition" not in answer
        assert answer.context["period"].errors


def test_the_number_of_queries_stays_the_same(cast: Cast) -> None:
    """One line or thirty, one colleague or ten."""
    for who, path in (("owner", "/uren/?week=2026-03-23"), ("leader", "/uren/team/?maand=2026-03-01")):
        client = cast.client(who)
        client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
        client.get(path)
        counts = []
        for more in (1, 15):
            for _ in range(more):
                tap(cast, case=cast.case)
                log(cast.case, cast.owner, cast.mother, started_at=TUESDAY, duration_minutes=1)
                make_user(f"collega{uuid4().hex[:8]}", "case-director", team=cast.owner.team)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
        assert counts[0] == counts[1] <= 9, "\n".join(query["sql"][-120:] for query in queries)


def test_taking_back_twice_is_once(cast: Cast) -> None:
    """The log says it once."""
    entry = tap(cast)
    time_undo(entry=entry, now=cast.now)
    time_undo(entry=entry, now=cast.now)
    assert AccessLog.objects.filter(action="time.undone").count() == 1


def test_minutes_are_told_as_hours_and_minutes() -> None:
    """Also above a day."""
    assert [spoken(n) for n in (0, 5, 60, 1505)] == ["–", "0:05", "1:00", "25:05"]
    assert PartyKind.USER  # the kinds that the statement names
    assert {"person", "professional", "user"} == set(PartyKind.values)

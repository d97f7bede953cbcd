"""The timeline of a family: each event with its source, read by whom it may, taken back and never lost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.lifeline import Happening, lifeline
from families.models import LifeEvent, Person
from families.services import LifeEventData
from families.services.event import event_note
from tests.cast import Cast


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/tijdlijn/{rest}"


def _good(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "text": "Verhuisd naar Zeedorp",
        "on": "5-2019",
        "until": "",
        "of": [cast.mother],
        "kind": "move",
        "told_by": cast.mother,
        "source": "",
        **changes,
    }


def test_an_event_stands_in_the_picture_and_in_the_table(cast: Cast) -> None:
    """Its number leads from the one to the other; the month is enough."""
    client = cast.client("second")
    assert client.post(_url(cast, "nieuw/"), _good(cast)).status_code == 302
    page = client.get(_url(cast)).content.decode()
    assert "Verhuisd naar Zeedorp" in page
    assert "05-2019" in page
    assert "<circle" in page


@pytest.mark.parametrize(
    "change",
    [
        {"on": "31-02-2019"},
        {"on": "ooit"},
        {"on": "2099"},
        {"on": "1700"},
        {"on": ""},
        {"until": "2018"},
        {"of": []},
        {"of": ["XXXXXXXX"]},
        {"kind": "feest"},
        {"text": ""},
        {"told_by": "", "source": ""},
        {"told_by": "XXXXXXXX"},
    ],
)
def test_what_cannot_be_is_answered_at_the_field_with_everything_typed(cast: Cast, change: dict[str, object]) -> None:
    """422, and nothing is noted."""
    answer = cast.client("owner").post(_url(cast, "nieuw/"), _good(cast, **change))
    assert answer.status_code == 422
    assert change.get("text") == "" or "Verhuisd naar Zeedorp" in answer.content.decode()
    assert not LifeEvent.objects.exists()


def test_nothing_happened_in_a_life_before_it_began(cast: Cast) -> None:
    """The year of birth is the limit."""
    Person.objects.filter(party__ref=cast.mother).update(birth_date=date(2020, 6, 1))
    assert cast.client("owner").post(_url(cast, "nieuw/"), _good(cast)).status_code == 422


def test_a_closed_event_is_read_by_director_and_deputy_only(cast: Cast) -> None:
    """For the second worker it is not there, nor its number."""
    cast.client("owner").post(_url(cast, "nieuw/"), _good(cast, closed="on"))
    for login in ("owner", "deputy"):
        assert "Zeedorp" in cast.client(login).get(_url(cast)).content.decode()
    assert "Zeedorp" not in cast.client("second").get(_url(cast)).content.decode()


def test_an_event_taken_back_is_on_no_page_and_stays_in_the_record(cast: Cast) -> None:
    """With who and why; without a reason it stays where it is."""
    client = cast.client("owner")
    client.post(_url(cast, "nieuw/"), _good(cast))
    event = LifeEvent.objects.get()
    assert client.post(_url(cast, f"{event.ref}/terugnemen/"), {"reason": ""}).status_code == 422
    assert client.post(_url(cast, f"{event.ref}/terugnemen/"), {"reason": "Was een ander gezin"}).status_code == 302
    assert "Zeedorp" not in client.get(_url(cast)).content.decode()
    event.refresh_from_db()
    assert (event.withdrawn_by, event.withdrawal_reason) == (cast.owner, "Was een ander gezin")


def test_births_and_deaths_are_never_typed_twice(cast: Cast) -> None:
    """They come from the persons themselves."""
    Person.objects.filter(party__ref=cast.mother).update(birth_date=date(1988, 5, 12))
    assert "12 mei 1988" in cast.client("owner").get(_url(cast)).content.decode()


def test_the_timeline_asks_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """One event or forty."""
    client = cast.client("owner")
    client.get(_url(cast))
    for number in range(40):
        day = clock.local_date(cast.now) - timedelta(days=number * 90)
        data = LifeEventData("help", f"Hulp {number}", day, of=[cast.mother, cast.daughter], told_by=cast.mother)
        event_note(case=cast.case, by=cast.owner, data=data, now=cast.now)
    with django_assert_max_num_queries(24):
        client.get(_url(cast))


DAYS = st.dates(date(1950, 1, 1), date(2026, 11, 1))


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 4000), st.sets(st.integers(0, 4), min_size=1)), min_size=1, max_size=60))
def test_every_event_stands_once_in_each_of_its_lanes_and_on_the_picture(
    found: list[tuple[date, int, set[int]]],
) -> None:
    """Whatever happened when: no mark outside the picture, none forgotten, none twice."""
    happenings = [
        Happening(number, on, on + timedelta(days=days) if days else None, tuple(sorted(lanes)), "move")
        for number, (on, days, lanes) in enumerate(found, start=1)
    ]
    picture = lifeline(happenings, 5, date(2026, 11, 22))
    assert picture is not None
    assert len(picture.marks) == sum(len(lanes) for _on, _days, lanes in found)
    for mark in picture.marks:
        assert 0 <= float(mark.x[:-1]) <= 100
        assert 0 <= mark.y < picture.height
    assert len(picture.ticks) <= 9

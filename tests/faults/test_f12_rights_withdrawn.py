"""F12: rights withdrawn in the middle of a session: the next request is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casusregie.core import clock
from families.models import CaseMember, ConflictOfInterest
from tests.cast import Cast


def _deactivate(cast: Cast) -> None:
    cast.deputy.is_active = False
    cast.deputy.save()


def _lose_the_role(cast: Cast) -> None:
    cast.deputy.roles.clear()


def _end_the_deputyship(cast: Cast) -> None:
    CaseMember.objects.filter(user=cast.deputy).update(until=clock.now() - timedelta(seconds=1))


def _bar(cast: Cast) -> None:
    ConflictOfInterest.objects.create(case=cast.case, user=cast.deputy, noted_by=cast.leader, noted_at=clock.now())


@pytest.mark.parametrize(
    ("withdraw", "expected"), [(_deactivate, 302), (_lose_the_role, 404), (_end_the_deputyship, 404), (_bar, 404)]
)
@pytest.mark.parametrize("page", ["", "contacten/", "contacten/nieuw/", "gezin/", "team/"])
def test_the_next_request_is_refused(page: str, withdraw: Callable[[Cast], None], expected: int, cast: Cast) -> None:
    client = cast.client("deputy")
    path = f"/casussen/{cast.case.ref}/{page}"
    assert client.get(path).status_code == 200
    withdraw(cast)
    assert client.get(path).status_code == expected


def test_looking_inside_ends_after_an_hour(cast: Cast) -> None:
    from families.models import Insight

    client = cast.client("leader")
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Moeder belde mij over de afspraken."})
    path = f"/casussen/{cast.case.ref}/contacten/"
    assert client.get(path).status_code == 200
    Insight.objects.update(granted_at=clock.now() - timedelta(minutes=61), until=clock.now() - timedelta(minutes=1))
    assert client.get(path).status_code == 403


def test_looking_inside_counts_for_this_session_only(cast: Cast) -> None:
    cast.client("leader").post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Moeder belde mij over de afspraken."})
    assert cast.client("leader").get(f"/casussen/{cast.case.ref}/contacten/").status_code == 403

"""What is new since a reader's previous time in a case."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.desks.selectors import overview
from families.access import case_for
from network.choices import SignalKind
from network.models import Contact
from network.selectors import ContactFilter, previous_time
from network.services import ContactData, contact_correct, contact_log, signal_send
from safety.services import IncidentData, incident_note
from tests.cast import Cast, log
from tests.plans import make_line

HOUR = timedelta(hours=1)


def _write(cast: Cast, by: User, body: str, *, recorded: timedelta, happened: timedelta, **fields: object) -> Contact:
    """A contact that happened and was written down so long ago."""
    now = clock.now()
    values = {"channel": "phone", "participants": [cast.mother], "body": body, **fields}
    data = ContactData(started_at=now - happened, **values)  # type: ignore[arg-type]
    sent = contact_log(case=cast.case, by=by, data=data, key=uuid4(), now=now - recorded)
    return Contact.objects.get(ref=sent.url.split("#c-")[1])


def _new_to(cast: Cast, who: User) -> str:
    """The folded story of one reader as one text."""
    now = clock.now()
    access = case_for(who, cast.case.ref, Right.CASE_VIEW, now)
    rows = overview(access, now, ContactFilter(), folded=True).timeline.rows
    lines = [line.text for row in rows for line in getattr(row, "lines", [])]
    return " | ".join([*lines, *(getattr(row, "text", "") for row in rows)])


def test_what_a_colleague_wrote_afterwards_is_new_whenever_it_happened(cast: Cast) -> None:
    _write(cast, cast.owner, "Mijn vorige keer.", recorded=10 * HOUR, happened=11 * HOUR)
    Contact.objects.filter(pk=cast.contact.pk).update(recorded_at=clock.now() - 30 * HOUR)
    _write(cast, cast.second, "Later opgeschreven.", recorded=2 * HOUR, happened=200 * HOUR)
    _write(cast, cast.second, "Eerder opgeschreven.", recorded=20 * HOUR, happened=21 * HOUR)
    told = _new_to(cast, cast.owner)
    assert "Later opgeschreven." in told
    assert "Eerder opgeschreven." not in told
    assert "Mijn vorige keer." not in told


def test_an_attempt_of_her_own_is_not_her_previous_time(cast: Cast) -> None:
    _write(cast, cast.second, "Nieuw.", recorded=2 * HOUR, happened=2 * HOUR)
    Contact.objects.filter(pk=cast.contact.pk).update(recorded_at=clock.now() - 5 * HOUR)
    _write(cast, cast.owner, "Geen gehoor.", recorded=HOUR, happened=HOUR, outcome="no_answer")
    assert "Nieuw." in _new_to(cast, cast.owner)


def test_correcting_an_old_contact_hides_nothing(cast: Cast) -> None:
    mine = _write(cast, cast.owner, "Oud.", recorded=48 * HOUR, happened=50 * HOUR)
    Contact.objects.filter(pk=cast.contact.pk).update(recorded_at=clock.now() - 60 * HOUR)
    _write(cast, cast.second, "Nieuw.", recorded=24 * HOUR, happened=25 * HOUR)
    data = ContactData(started_at=mine.started_at, channel="phone", participants=[cast.mother], body="Oud, verbeterd.")
    contact_correct(contact=mine, by=cast.owner, data=data, reason="Tikfout", seen_version=1, now=clock.now())
    assert "Nieuw." in _new_to(cast, cast.owner)


def test_who_never_wrote_here_gets_two_weeks(cast: Cast) -> None:
    now = clock.now()
    access = case_for(cast.deputy, cast.case.ref, Right.CASE_VIEW, now)
    found = previous_time(access, now)
    assert not found.is_own
    assert now - found.at == timedelta(days=14)


def test_incidents_and_what_partners_and_plan_brought_are_in_it(cast: Cast) -> None:
    line = make_line(cast)
    line.offer()
    signal_send(role=line.housing, by=line.partner, kind=SignalKind.WORRY, text="Geschreeuw gehoord", now=clock.now())
    data = IncidentData(happened_at=clock.now() - 100 * HOUR, source="family", text="Een deur ingetrapt.")
    incident_note(case=cast.case, by=cast.second, data=data, key=uuid4(), now=clock.now())
    told = _new_to(cast, cast.deputy)
    assert "Een deur ingetrapt." in told
    assert "Plan 1" in told
    page = cast.client("deputy").get(f"/casussen/{cast.case.ref}/?sinds=vorige").content.decode()
    assert "Geschreeuw gehoord" in page


def test_a_withdrawn_contact_is_in_nobodys_news(cast: Cast) -> None:
    contact = _write(cast, cast.second, "Van een ander gezin.", recorded=HOUR, happened=HOUR)
    Contact.objects.filter(pk=contact.pk).update(withdrawn_at=clock.now(), withdrawal_reason="Ander gezin")
    assert "Van een ander gezin." not in _new_to(cast, cast.deputy)


def test_going_on_keeps_the_fold(cast: Cast) -> None:
    for number in range(55):
        log(cast.case, cast.second, cast.mother, body=f"Regel {number}.")
    client = cast.client("deputy")
    first = client.get(f"/casussen/{cast.case.ref}/?sinds=vorige")
    url = first.context["paging"]["next_url"]
    assert "sinds=vorige" in url
    assert client.get(url).context["folded"]


@pytest.mark.parametrize("who", ["leader", "stranger"])
def test_it_opens_no_door(cast: Cast, who: str) -> None:
    page = cast.client(who).get(f"/casussen/{cast.case.ref}/?sinds=vorige").content.decode()
    assert "Gesproken aan de keukentafel" not in page

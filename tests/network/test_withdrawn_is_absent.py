"""A contact that was logged in the wrong family is read by nobody, at no address; generated from the resolver."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.demo.canaries import canaries
from families.access import case_for
from network import selectors
from network.access import contact_for, follow_up_for
from network.models import Contact, FollowUp
from network.selectors import ContactFilter
from network.services import ContactData, WithdrawalData, contact_correct, contact_withdraw
from processplan import services as plan_services
from tests.architecture.test_matrix import GUARDED, RIGHTS
from tests.cast import Cast, log
from tests.doors import QUERY

MARK = "VERKEERDGEZIN"


@dataclass
class Withdrawn:
    """A contact that stands no more, with all that came from it."""

    contact: Contact
    follow_up: FollowUp
    line_id: int


@pytest.fixture
def withdrawn(cast: Cast) -> Withdrawn:
    """Logged, taken over into the analysis, promised for today; then withdrawn."""
    body = f"Verslag {MARK}.\n@Marianne: Woorden {MARK}.\n@Noor*: Gesloten {MARK}.\n! Feit {MARK}.\n@Noor: Nog {MARK}."
    today = clock.local_date(cast.now)
    follow_up = {"follow_up_on": today, "follow_up_text": f"Belofte {MARK}"}
    contact = log(cast.case, cast.owner, cast.mother, body=body, started_at=cast.now, **follow_up)
    line = contact.lines.get(text=f"Woorden {MARK}.")
    theme = plan_services.theme_make(case=cast.case, by=cast.owner, title="Thuis")
    plan_services.statement_take_over(theme=theme, by=cast.owner, line=line, now=cast.now)
    contact_withdraw(contact=contact, by=cast.owner, data=WithdrawalData(None, "wrong_family"), now=clock.now())
    contact.refresh_from_db()
    return Withdrawn(contact, FollowUp.objects.get(contact=contact), line.pk)


def _pages(client: Client, refs: dict[str, Any]) -> list[tuple[str, bytes]]:
    found = []
    for address in GUARDED:
        if "GET" in address.methods:
            path = reverse(address.name, kwargs={name: refs[name] for name in address.kwargs})
            answer = client.get(path + QUERY.get(address.name, ""))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found.append((address.name, content))
    return found


@pytest.mark.parametrize("login", sorted(RIGHTS))
def test_its_text_stands_on_no_page_of_anybody(
    login: str, cast: Cast, refs: dict[str, Any], withdrawn: Withdrawn
) -> None:
    """Every address, with its own reference and with another contact's."""
    client = cast.client(login)
    here = {**refs, "contact_ref": withdrawn.contact.ref, "follow_up_ref": withdrawn.follow_up.ref}
    shown = [name for some in (refs, here) for name, page in _pages(client, some) if MARK.encode() in page]
    assert shown == []


def test_its_own_addresses_are_gone(cast: Cast, withdrawn: Withdrawn) -> None:
    """404, as for one that never was."""
    client = cast.client("owner")
    for name in ("contact", "contact-correct", "contact-wrong"):
        assert client.get(reverse(name, args=[cast.case.ref, withdrawn.contact.ref])).status_code == 404
    assert client.post(reverse("follow-up-reopen", args=[cast.case.ref, withdrawn.follow_up.ref])).status_code == 404


def test_access_gives_neither_it_nor_its_follow_up(cast: Cast, withdrawn: Withdrawn) -> None:
    """Fetching is checking."""
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, clock.now())
    with pytest.raises(Http404):
        contact_for(access, withdrawn.contact.ref)
    with pytest.raises(Http404):
        follow_up_for(access, withdrawn.follow_up.ref)


def test_it_is_not_the_last_contact(cast: Cast, withdrawn: Withdrawn) -> None:
    """The case goes back to the contact before it."""
    cast.case.refresh_from_db()
    assert cast.case.last_contact_at == cast.contact.started_at


def test_a_list_goes_on_after_it(cast: Cast, withdrawn: Withdrawn) -> None:
    """Somebody whose page ended at it finds the next ones."""
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, clock.now())
    page = selectors.contacts(access, ContactFilter(after=withdrawn.contact.ref), clock.now())
    assert [row.ref for row in page.rows] == [cast.contact.ref]


def test_what_was_said_in_it_is_not_offered_for_the_analysis(cast: Cast, withdrawn: Withdrawn) -> None:
    """Neither taken over before, nor to be taken over now."""
    theme = plan_services.theme_make(case=cast.case, by=cast.owner, title="Nieuw")
    address = reverse("statement-take-over", args=[cast.case.ref])
    answer = cast.client("owner").post(address, {"theme": theme.ref, "line": withdrawn.line_id})
    assert answer.status_code in (404, 422)
    assert theme.statements.count() == 0


def test_it_cannot_be_corrected_any_more(cast: Cast, withdrawn: Withdrawn) -> None:
    """Whoever had its form open is told so, and keeps her text."""
    data = ContactData(started_at=cast.now, channel="phone", body="Nieuw")
    with pytest.raises(ValidationError):
        contact_correct(
            contact=withdrawn.contact, by=cast.owner, data=data, reason="x", seen_version=1, now=clock.now()
        )


def test_it_is_no_canary_of_this_case(cast: Cast, withdrawn: Withdrawn) -> None:
    """Nobody may know it here, so nobody is named as who may."""
    assert not [row for row in canaries(clock.now()) if MARK in row["literal"]]


def test_what_is_not_withdrawn_is_found_by_the_same_walk(cast: Cast, refs: dict[str, Any]) -> None:
    """The counterpart: the walk above would see it."""
    log(cast.case, cast.owner, cast.mother, body=f"Verslag {MARK}.")
    shown = {name for name, page in _pages(cast.client("owner"), refs) if MARK.encode() in page}
    assert {"contact-list", "case-overview", "api-contacts"} & shown >= {"contact-list", "case-overview"}

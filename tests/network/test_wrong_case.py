"""In verkeerde casus gezet: gone here at once, a draft in the right case, kept for the privacy officer without content."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError
from django.http import Http404
from django.urls import reverse

from casusregie.core import clock, crypto
from casusregie.core.models import AccessLog
from casusregie.reminders.models import Promise
from casusregie.reminders.selectors import messages
from casusregie.reminders.services import sweep
from families.choices import MemberRole
from families.models import Case, CaseMember, ConflictOfInterest
from families.services import PersonData, person_add
from network.access import unplaced_withdrawal_for
from network.models import Appointment, Contact, Draft, FollowUp, Withdrawal
from network.selectors import unplaced
from processplan import services as plan_services
from processplan.models import PlanItem
from tests.cast import Cast, log, make_case
from tests.network.test_withdrawn_is_absent import MARK
from tests.plans import make_line

BODY = f"Verslag {MARK}.\n@Marianne: Ik wil {MARK}.\n@Noor*: Stil {MARK}.\n! Feit {MARK}. (bron: briefje)\n~ Duiding {MARK}."


@pytest.fixture
def right(cast: Cast) -> Case:
    """Another family of the owner, in which a Noor lives too, somebody else."""
    case = make_case(cast.owner, "De Goede")
    person_add(case=case, data=PersonData(given_name="Noor", surname="de Goede"), by=cast.owner)
    return case


@pytest.fixture
def wrong(cast: Cast) -> Contact:
    """A contact of that family that was logged in this one."""
    today = clock.local_date(cast.now)
    fields = {"purposes": ["safety"], "follow_up_on": today, "follow_up_text": f"Bellen {MARK}"}
    return log(cast.case, cast.owner, cast.mother, body=BODY, **fields)


def _address(cast: Cast, contact: Contact) -> str:
    return reverse("contact-wrong", args=[cast.case.ref, contact.ref])


def _sent(right: Case | None, **changes: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "right_case": right.ref if right else "-", "reason": "wrong_family", **changes}


def _fields(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(crypto.decrypt(draft.case.ref, draft.content))["fields"]
    return found


def test_the_page_names_the_consequence_and_only_her_own_cases(cast: Cast, right: Case, wrong: Contact) -> None:
    """One sentence; the choice holds her other cases, not this one and nobody else's."""
    theirs = make_case(cast.stranger, "Vreemd")
    page = cast.client("owner").get(_address(cast, wrong)).content.decode()
    assert "cr-page-head__intro" in page
    assert f'value="{right.ref}"' in page
    assert theirs.ref not in page
    assert f'value="{cast.case.ref}"' not in page


def test_it_goes_and_its_writer_is_led_to_the_draft(cast: Cast, right: Case, wrong: Contact) -> None:
    """A redirect to the form in the right case, opened from the draft."""
    answer = cast.client("owner").post(_address(cast, wrong), _sent(right))
    draft = Draft.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/casussen/{right.ref}/contacten/nieuw/?concept={draft.ref}",
    )
    wrong.refresh_from_db()
    assert (wrong.withdrawn_by_id, wrong.withdrawal_reason) == (cast.owner.pk, "wrong_family")


def test_the_draft_holds_everything_and_nobody_who_is_not_there(cast: Cast, right: Case, wrong: Contact) -> None:
    """Moment, channel, purposes as they were; a voice of the wrong family becomes a quotation, a namesake too."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    draft = Draft.objects.get()
    fields = _fields(draft)
    assert (draft.case, draft.author) == (right, cast.owner)
    assert fields["participants"] == []
    assert (fields["channel"], fields["outcome"], fields["purposes"]) == (["phone"], ["reached"], ["safety"])
    assert fields["started_at"] == [f"{wrong.started_at.astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}"]
    lines = fields["body"][0].split("\n")
    assert lines[0] == f"Verslag {MARK}."
    assert lines[1] == f"Marianne van Halteren: “Ik wil {MARK}.”"
    assert lines[2].startswith("Noor Halteren (") and lines[2].endswith(f": “Stil {MARK}.”")
    assert lines[3:] == [f"! Feit {MARK}. (bron: briefje)", f"~ Duiding {MARK}."]


def test_the_form_of_the_right_case_accepts_the_draft(cast: Cast, right: Case, wrong: Contact) -> None:
    """What was offered can be saved as it is."""
    client = cast.client("owner")
    client.post(_address(cast, wrong), _sent(right))
    answer = client.post(reverse("contact-new", args=[right.ref]), _fields(Draft.objects.get()))
    assert answer.status_code == 302
    assert right.contacts.get().lines.filter(text__contains=MARK).exists()


def test_the_draft_is_encrypted(cast: Cast, right: Case, wrong: Contact) -> None:
    """Like every draft."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    assert MARK.encode() not in bytes(Draft.objects.get().content)


def test_its_follow_up_ends_with_its_reminder(cast: Cast, right: Case, wrong: Contact) -> None:
    """Nobody is told of a promise that was made to another family."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    promised = FollowUp.objects.get(contact=wrong)
    assert promised.withdrawn_at is not None
    assert promised.done_at is not None
    assert Promise.objects.get(kind="follow-up", ref=promised.ref).settled_at is not None


def test_an_appointment_that_it_wrote_down_is_to_be_written_down_again(cast: Cast, right: Case, wrong: Contact) -> None:
    """The appointment was this family's."""
    made = {"starts_at": cast.now, "made_by": cast.owner, "made_at": cast.now}
    appointment = Appointment.objects.create(case=cast.case, contact=wrong, **made)
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    appointment.refresh_from_db()
    assert appointment.contact_id is None


def test_who_does_not_know_which_family_makes_no_draft(cast: Cast, wrong: Contact) -> None:
    """Gone all the same."""
    answer = cast.client("owner").post(_address(cast, wrong), _sent(None))
    assert (answer.status_code, answer["Location"]) == (302, f"/casussen/{cast.case.ref}/contacten/")
    assert not Draft.objects.exists()
    assert Withdrawal.objects.get().to_ref == ""


def _unknown(cast: Cast, contact: Contact, login: str = "owner") -> str:
    """Withdraw without knowing the family; the address where she can say it afterwards."""
    assert cast.client(login).post(_address(cast, contact), _sent(None)).status_code == 302
    return reverse("contact-place", args=[contact.ref])


def test_who_learns_later_which_family_it_is_has_it_there_as_a_draft(cast: Cast, right: Case, wrong: Contact) -> None:
    """From her desk, once; the privacy officer reads where it went."""
    place, client = _unknown(cast, wrong), cast.client("owner")
    assert place in client.get("/vandaag/").content.decode()
    answer = client.post(place, {"key": str(uuid4()), "right_case": right.ref})
    draft = Draft.objects.get()
    assert answer["Location"] == f"/casussen/{right.ref}/contacten/nieuw/?concept={draft.ref}"
    assert _fields(draft)["body"][0].startswith(f"Verslag {MARK}.")
    assert place not in client.get("/vandaag/").content.decode()
    assert right.ref in cast.client("officer").get("/logboek/verkeerd/").content.decode()


def test_until_then_nobody_reads_it_not_even_she(cast: Cast, right: Case, wrong: Contact) -> None:
    """Her desk and the page say when it was, and no word of it."""
    place, client = _unknown(cast, wrong), cast.client("owner")
    pages = [client.get(path).content.decode() for path in ("/vandaag/", place)]
    assert all(MARK not in page and "Van Halteren (" not in page for page in pages)


@pytest.mark.parametrize("login", ["deputy", "second", "colleague", "stranger"])
def test_only_who_withdrew_it_says_where_it_belongs(login: str, cast: Cast, right: Case, wrong: Contact) -> None:
    """404 for everybody else, and nothing on their desks."""
    place, client = _unknown(cast, wrong), cast.client(login)
    assert client.get(place).status_code == 404
    assert client.post(place, {"key": str(uuid4()), "right_case": right.ref}).status_code == 404
    assert place not in client.get("/vandaag/").content.decode()


def test_saying_it_twice_is_once(cast: Cast, right: Case, wrong: Contact) -> None:
    """The same form leads to the same draft; another form finds nothing."""
    place, client, form = _unknown(cast, wrong), cast.client("owner"), {"key": str(uuid4()), "right_case": right.ref}
    places = {client.post(place, form)["Location"] for _ in range(2)}
    assert (len(places), Draft.objects.count()) == (1, 1)
    assert client.get(place).status_code == 404
    assert client.post(place, {**form, "key": str(uuid4())}).status_code == 404


def test_after_thirty_days_it_is_closed_for_her_too(cast: Cast, wrong: Contact) -> None:
    """What is kept then is for a procedure, not for a page."""
    later = clock.now() + timedelta(days=31)
    _unknown(cast, wrong)
    assert unplaced(cast.owner, clock.now())
    assert not unplaced(cast.owner, later)
    with pytest.raises(Http404):
        unplaced_withdrawal_for(cast.owner, wrong.ref, later)


def test_who_has_a_conflict_of_interest_by_now_finds_nothing(cast: Cast, wrong: Contact) -> None:
    """404: she may know nothing of that case any more."""
    place = _unknown(cast, wrong)
    ConflictOfInterest.objects.create(case=cast.case, user=cast.owner, noted_by=cast.leader, noted_at=cast.now)
    assert cast.client("owner").get(place).status_code == 404


def test_what_was_closed_to_her_is_not_given_back_later(cast: Cast) -> None:
    """A second worker gets what she could read when she withdrew it."""
    other = make_case(cast.stranger, "De Hare")
    CaseMember.objects.create(case=other, user=cast.second, role=MemberRole.SECOND, since=cast.now)
    own = log(cast.case, cast.second, body=f"Open.\n@Marianne*: Dicht {MARK}.")
    place = _unknown(cast, own, "second")
    form = {"key": str(uuid4()), "right_case": other.ref}
    assert cast.client("second").post(place, form).status_code == 302
    assert _fields(Draft.objects.get())["body"] == ["Open."]


@pytest.mark.parametrize("right_case", ["", "XXXXXXXX", "-"])
def test_a_family_that_is_not_hers_is_answered_at_its_field(right_case: str, cast: Cast, wrong: Contact) -> None:
    """422, and it still waits."""
    place, client = _unknown(cast, wrong), cast.client("owner")
    assert client.post(place, {"key": str(uuid4()), "right_case": right_case}).status_code == 422
    assert client.get(place).status_code == 200


@pytest.mark.parametrize(
    "changes", [{"right_case": ""}, {"right_case": "XXXXXXXX"}, {"reason": ""}, {"reason": "Omdat Jan"}]
)
def test_a_wrong_choice_is_answered_at_its_field(
    changes: dict[str, str], cast: Cast, right: Case, wrong: Contact
) -> None:
    """422, and the contact stays where it is."""
    answer = cast.client("owner").post(_address(cast, wrong), _sent(right, **changes))
    assert answer.status_code == 422
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is None


def test_somebody_elses_case_cannot_be_chosen(cast: Cast, wrong: Contact) -> None:
    """422: it is not among hers."""
    theirs = make_case(cast.stranger, "Vreemd")
    assert cast.client("owner").post(_address(cast, wrong), _sent(theirs)).status_code == 422


def test_the_same_form_twice_is_once(cast: Cast, right: Case, wrong: Contact) -> None:
    """A double click leads twice to the same draft."""
    client, form = cast.client("owner"), _sent(right)
    places = [client.post(_address(cast, wrong), form)["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert (Withdrawal.objects.count(), Draft.objects.count()) == (1, 1)


def test_a_second_form_for_it_finds_nothing(cast: Cast, right: Case, wrong: Contact) -> None:
    """404, like every address of it."""
    client = cast.client("owner")
    client.post(_address(cast, wrong), _sent(right))
    assert client.post(_address(cast, wrong), _sent(None)).status_code == 404
    assert client.post(_address(cast, wrong), _sent(None, reason="")).status_code == 404
    assert client.get(_address(cast, wrong)).status_code == 404


@pytest.mark.parametrize(
    ("login", "status"),
    [("owner", 200), ("deputy", 200), ("second", 403), ("leader", 403), ("colleague", 404), ("stranger", 404)],
)
def test_who_may_correct_it_may_withdraw_it(login: str, status: int, cast: Cast, wrong: Contact) -> None:
    """Director and deputy any contact; a stranger finds nothing."""
    assert cast.client(login).get(_address(cast, wrong)).status_code == status


def test_a_second_worker_withdraws_what_she_wrote(cast: Cast) -> None:
    """Her own."""
    own = log(cast.case, cast.second, body="Van mij.")
    assert cast.client("second").post(_address(cast, own), _sent(None)).status_code == 302


def test_a_second_worker_withdraws_her_own_with_something_closed_in_it(cast: Cast) -> None:
    """At once; what is closed to her is not given back to her in the draft."""
    other = make_case(cast.stranger, "De Hare")
    CaseMember.objects.create(case=other, user=cast.second, role=MemberRole.SECOND, since=cast.now)
    own = log(cast.case, cast.second, body=f"Open.\n@Marianne*: Dicht {MARK}.")
    assert cast.client("second").post(_address(cast, own), _sent(other)).status_code == 302
    assert _fields(Draft.objects.get())["body"] == ["Open."]


def test_the_director_of_the_wrong_case_is_told_without_content(cast: Cast) -> None:
    """In berichten, at once: who and which reference; whoever did it herself is not told."""
    own = log(cast.case, cast.second, body=f"Van mij {MARK}.")
    cast.client("second").post(_address(cast, own), _sent(None))
    sweep(now=clock.now())
    for user in (cast.owner, cast.deputy):
        told = [row.text for row in messages(user, clock.now()).rows if own.ref in row.text]
        assert len(told) == 1
        assert cast.second.name in told[0]
        assert MARK not in told[0]
    assert not [row for row in messages(cast.second, clock.now()).rows if own.ref in row.text]


def test_the_page_says_in_which_offered_plan_its_words_stand(cast: Cast, right: Case) -> None:
    """Before confirming: a frozen version stays as it is."""
    line = make_line(cast)
    words = "We eten op zondag bij oma"
    PlanItem.objects.filter(pk=line.plan.items.first().pk).update(text=f"{words}.")
    version = line.offer()
    contact = log(cast.case, cast.owner, cast.mother, body=f"@Marianne: {words}.")
    page = cast.client("owner").get(_address(cast, contact)).content.decode()
    assert reverse("plan-version", args=[cast.case.ref, version.number]) in page
    other = log(cast.case, cast.owner, cast.mother, body="@Marianne: Iets heel anders dan dat.")
    page = cast.client("owner").get(_address(cast, other)).content.decode()
    assert reverse("plan-version", args=[cast.case.ref, version.number]) not in page


def test_a_statement_taken_over_is_gone_from_the_analysis(cast: Cast, right: Case, wrong: Contact) -> None:
    """Its source is of another family."""
    theme = plan_services.theme_make(case=cast.case, by=cast.owner, title="Thuis")
    line = wrong.lines.get(text=f"Ik wil {MARK}.")
    plan_services.statement_take_over(theme=theme, by=cast.owner, line=line, now=cast.now)
    client = cast.client("owner")
    assert MARK in client.get(reverse("analysis", args=[cast.case.ref])).content.decode()
    client.post(_address(cast, wrong), _sent(right))
    assert MARK not in client.get(reverse("analysis", args=[cast.case.ref])).content.decode()


def test_the_privacy_officer_reads_that_it_happened_and_not_what_it_said(
    cast: Cast, right: Case, wrong: Contact
) -> None:
    """When, who, which reference, from where to where, why in a closed word."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    page = cast.client("officer").get(reverse("logbook-wrong")).content.decode()
    for shown in (cast.owner.name, wrong.ref, cast.case.ref, right.ref):
        assert shown in page
    for hidden in (MARK, "Marianne", "Halteren", "Goede"):
        assert hidden not in page


def test_the_privacy_officers_list_asks_the_same_however_long(
    cast: Cast, right: Case, django_assert_max_num_queries: Any
) -> None:
    """One query for the list; a page ends at fifty and the next begins after it."""
    from network.selectors import withdrawals
    from network.services import WithdrawalData, contact_withdraw

    for _ in range(53):
        contact = log(cast.case, cast.owner)
        contact_withdraw(contact=contact, by=cast.owner, data=WithdrawalData(None, "other"), now=clock.now())
    with django_assert_max_num_queries(1):
        first, after = withdrawals()
        assert len(first) == 50
    rest, end = withdrawals(after)
    assert (len(rest), end) == (3, 0)
    assert f"?voor={after}" in cast.client("officer").get(reverse("logbook-wrong")).content.decode()


def test_the_empty_list_says_so(cast: Cast) -> None:
    """No table without rows."""
    page = cast.client("officer").get(reverse("logbook-wrong")).content.decode()
    assert "<table" not in page


def test_the_access_log_names_it_without_content(cast: Cast, right: Case, wrong: Contact) -> None:
    """One row in the wrong case."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    row = AccessLog.objects.get(action="contact.withdrawn")
    assert (row.case_ref, row.objects_seen) == (cast.case.ref, [wrong.ref])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM network_contact",
        "TRUNCATE network_contact CASCADE",
        "UPDATE network_contact SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL",
        "UPDATE network_contact SET withdrawal_reason = 'other' WHERE withdrawn_at IS NOT NULL",
        "DELETE FROM network_withdrawal",
        "DELETE FROM network_contactline",
    ],
)
def test_raw_sql_cannot_delete_it_nor_bring_it_back(statement: str, cast: Cast, right: Case, wrong: Contact) -> None:
    """The database itself refuses, as the application's role."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_history_keeps_every_version(cast: Cast, right: Case, wrong: Contact) -> None:
    """As it was logged, and that it was withdrawn."""
    cast.client("owner").post(_address(cast, wrong), _sent(right))
    events = wrong.events.order_by("pgh_id").values_list("withdrawn_at", flat=True)  # type: ignore[attr-defined]
    assert [at is None for at in events] == [True, False]
    assert wrong.lines.count() == 5

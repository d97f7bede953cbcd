"""Writing down what happened, how safe it is, and checks of safety."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import Party, User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case
from network.models import Contact, FollowUp
from network.services import follow_up_done
from network.services.dates import case_dates_refresh
from safety.choices import CheckOutcome
from safety.models import Incident, SafetyCheck, SafetyScore

CHECK = "safety-check"


@dataclass(frozen=True)
class IncidentData:
    """What an incident form says; `happened_at` aware."""

    happened_at: datetime
    source: str
    text: str


def incident_note(*, case: Case, by: User, data: IncidentData, key: UUID, now: datetime) -> Sent:
    """Write down that something unsafe happened, with from whom it is known; a check for tomorrow follows by itself.

    Raises SameKeyOtherContent.
    """

    def make() -> str:
        incident_write(case=case, by=by, data=data, now=now)
        return reverse("safety", args=[case.ref])

    return once(key=key, user=by, form="incident", content={"case": case.ref, **data.__dict__}, now=now, make=make)


@transaction.atomic
def incident_write(
    *, case: Case, by: User, data: IncidentData, now: datetime, contact: Contact | None = None
) -> Incident:
    """`incident_note` in the caller's transaction; `contact` is where it was told."""
    incident = Incident.objects.create(case=case, noted_by=by, noted_at=now, contact=contact, **data.__dict__)
    tomorrow = clock.local_date(now) + timedelta(days=1)
    words = _("Check of safety after what happened")
    check_plan(case=case, by=by, due_on=tomorrow, text=words, now=now, contact=contact)
    audit.record("incident.noted", case_ref=case.ref, objects=[incident.ref, *([contact.ref] if contact else [])])
    return incident


def incident_of_contact(content: dict[str, Any], contact: Contact, by: User, now: datetime) -> None:
    """Write down what happened as it was told in a contact that is being saved: on the contact's own moment."""
    data = IncidentData(contact.started_at, content["source"], content["text"])
    incident_write(case=contact.case, by=by, data=data, now=now, contact=contact)


@transaction.atomic
def score_note(*, case: Case, by: User, voice: Party, value: int, on: date, words: str, now: datetime) -> SafetyScore:
    """Write down how safe one person says it is. Raises ValidationError for a number outside 0 to 10."""
    if not 0 <= value <= 10:
        raise ValidationError({"value": _("A number from 0 to 10.")})
    score = SafetyScore.objects.create(
        case=case, voice=voice, value=value, on=on, words=words, noted_by=by, noted_at=now
    )
    audit.record("score.noted", case_ref=case.ref, objects=[score.ref, voice.ref])
    return score


@transaction.atomic
def check_plan(
    *, case: Case, by: User, due_on: date, text: str, now: datetime, contact: Contact | None = None
) -> SafetyCheck:
    """Plan a check of safety for a day: a follow-up of network (of `contact`), promised on the ladder of safety."""
    follow_up = FollowUp.objects.create(case=case, contact=contact, due_on=due_on, text=text, made_by=by, made_at=now)
    check = SafetyCheck.objects.create(follow_up=follow_up)
    case_dates_refresh(case_id=case.pk)
    due_at = datetime.combine(due_on, time(8, 0), clock.LOCAL)
    promise_make(kind=CHECK, ref=follow_up.ref, case_ref=case.ref, due_at=due_at)
    audit.record("check.planned", case_ref=case.ref, objects=[follow_up.ref])
    return check


@transaction.atomic
def check_done(*, check: SafetyCheck, by: User, outcome: str, words: str, now: datetime) -> None:
    """Write down what came out of a check; unsafe asks for a next one tomorrow, by itself."""
    check.outcome, check.words = CheckOutcome(outcome), words
    check.save(update_fields=["outcome", "words"])
    follow_up_done(follow_up=check.follow_up, by=by, now=now)
    promises_settle(kind=CHECK, refs=[check.follow_up.ref], now=now)
    case = check.follow_up.case
    if outcome == CheckOutcome.UNSAFE:
        tomorrow = clock.local_date(now) + timedelta(days=1)
        check_plan(case=case, by=by, due_on=tomorrow, text=_("Check again: it was not safe"), now=now)
    audit.record("check.done", case_ref=case.ref, objects=[check.follow_up.ref])

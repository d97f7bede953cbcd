"""Evaluation moments: planned, promised, held."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.models import Party, User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case
from processplan.models import Evaluation, EvaluationAttendee

EVALUATION = "evaluation"


@transaction.atomic
def evaluation_plan(*, case: Case, by: User, planned_at: datetime, attendees: list[Party], now: datetime) -> Evaluation:
    """Plan a moment and promise it. Raises ValidationError for one that has passed."""
    if planned_at < now:
        raise ValidationError({"planned_at": _("This moment has passed. Choose one that is still to come.")})
    evaluation = Evaluation.objects.create(case=case, planned_at=planned_at, planned_by=by)
    EvaluationAttendee.objects.bulk_create(
        EvaluationAttendee(evaluation=evaluation, party=party) for party in dict.fromkeys(attendees)
    )
    promise_make(kind=EVALUATION, ref=evaluation.ref, case_ref=case.ref, due_at=planned_at)
    audit.record("evaluation.planned", case_ref=case.ref, objects=[evaluation.ref])
    return evaluation


def evaluation_plan_once(
    *, case: Case, by: User, planned_at: datetime, attendees: list[Party], key: UUID, now: datetime
) -> Sent:
    """`evaluation_plan` for a form: the same form twice is one moment. Raises also SameKeyOtherContent."""

    def make() -> str:
        evaluation_plan(case=case, by=by, planned_at=planned_at, attendees=attendees, now=now)
        return reverse("evaluations", args=[case.ref])

    content = {"case": case.ref, "planned_at": planned_at, "attendees": [party.pk for party in attendees]}
    return once(key=key, user=by, form="evaluation", content=content, now=now, make=make)


@dataclass(frozen=True)
class OutcomeData:
    """Four lines, and when the next moment is."""

    goes_well: str
    not_yet: str
    changes: str
    safety: str
    next_at: datetime | None = None


@transaction.atomic
def evaluation_hold(
    *, evaluation: Evaluation, by: User, data: OutcomeData, came: set[int], now: datetime
) -> Evaluation | None:
    """Write down what came out of a moment, who came, and plan the next; returns the next.

    Raises ValidationError for a moment that was held already, one without any outcome, or a next one that has passed.
    """
    locked = Evaluation.objects.select_for_update().select_related("case").get(pk=evaluation.pk)
    if locked.held_at is not None:
        raise ValidationError(_("This moment was written down already."))
    if not (data.goes_well or data.not_yet or data.changes or data.safety):
        raise ValidationError(_("Write at least one line of what came out of it."))
    locked.held_at, locked.held_by = now, by
    locked.goes_well, locked.not_yet = data.goes_well, data.not_yet
    locked.changes, locked.safety = data.changes, data.safety
    locked.save()
    for attendee in locked.attendees.all():
        attendee.came = attendee.party_id in came
        attendee.save(update_fields=["came"])
    promises_settle(kind=EVALUATION, refs=[locked.ref], now=now)
    audit.record("evaluation.held", case_ref=locked.case.ref, objects=[locked.ref])
    if data.next_at is None:
        return None
    attendees = [attendee.party for attendee in locked.attendees.select_related("party")]
    return evaluation_plan(case=locked.case, by=by, planned_at=data.next_at, attendees=attendees, now=now)

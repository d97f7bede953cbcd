"""Follow-ups: made, done, opened again, reconciled."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case
from network.models import FollowUp
from network.services.dates import case_dates_refresh, case_dates_refresh_all

KIND = "follow-up"


def follow_up_promise(*, follow_up: FollowUp) -> None:
    """Promise that somebody is told at eight in the morning of the day, in the caller's transaction."""
    due_at = datetime.combine(follow_up.due_on, time(8, 0), clock.LOCAL)
    promise_make(kind=KIND, ref=follow_up.ref, case_ref=follow_up.case.ref, due_at=due_at)


def follow_up_make(*, case: Case, by: User, due_on: date, text: str, key: UUID, now: datetime) -> Sent:
    """Promise something for a day, without a contact; the same form twice is one. Raises SameKeyOtherContent."""

    def make() -> str:
        row = FollowUp.objects.create(case=case, due_on=due_on, text=text, made_by=by, made_at=now)
        follow_up_promise(follow_up=row)
        case_dates_refresh(case_id=case.pk)
        audit.record("follow_up.made", case_ref=case.ref, objects=[row.ref])
        return reverse("case-overview", args=[case.ref])

    content = {"case": case.ref, "due_on": due_on, "text": text}
    return once(key=key, user=by, form="follow-up", content=content, now=now, make=make)


@transaction.atomic
def follow_up_done(*, follow_up: FollowUp, by: User, now: datetime) -> None:
    """Mark a follow-up as done; doing it twice keeps the first moment."""
    FollowUp.objects.filter(pk=follow_up.pk, done_at__isnull=True).update(done_at=now, done_by=by)
    promises_settle(kind=KIND, refs=[follow_up.ref], now=now)
    case_dates_refresh(case_id=follow_up.case_id)
    audit.record("follow_up.done", case_ref=follow_up.case.ref, objects=[follow_up.ref])


@transaction.atomic
def follow_up_reopen(*, follow_up: FollowUp, by: User) -> None:
    """Undo "done": it stands on the desk again."""
    FollowUp.objects.filter(pk=follow_up.pk).update(done_at=None, done_by=None)
    follow_up_promise(follow_up=follow_up)
    case_dates_refresh(case_id=follow_up.case_id)
    audit.record("follow_up.reopened", case_ref=follow_up.case.ref, objects=[follow_up.ref])


def follow_ups_reconcile() -> int:
    """Mend the sorting dates of all cases when they differ from the rows; returns how many differed."""
    return case_dates_refresh_all()

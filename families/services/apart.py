"""Keeping two persons of a family apart."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.models import Case, KeepApart, Person


@transaction.atomic
def apart_note(
    *, case: Case, by: User, one: Person, other: Person, reason: str, now: datetime, until: date | None = None
) -> KeepApart:
    """Note that two persons of a case may not meet, why, and until which day if that is known; their order is nothing.

    Raises ValidationError for one person twice, a day that has passed, or a pair that is kept apart already.
    """
    today = clock.local_date(now)
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if until and until < today:
        raise ValidationError({"until": _("This day has passed. Choose today or later.")})
    one, other = sorted((one, other), key=lambda person: person.pk)
    running = KeepApart.objects.filter(Q(until__isnull=True) | Q(until__gte=today), case=case, one=one, other=other)
    if running.exists():
        raise ValidationError({"other": _("These two are kept apart already.")})
    row = KeepApart.objects.create(
        case=case, one=one, other=other, reason=reason, since=today, until=until, noted_by=by, noted_at=now
    )
    audit.record("kept_apart.noted", case_ref=case.ref, objects=[one.party.ref, other.party.ref])
    return row


def apart_note_once(
    *, case: Case, by: User, one: Person, other: Person, reason: str, until: date | None, key: UUID, now: datetime
) -> Sent:
    """`apart_note` for a form: the same form twice is one note. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        apart_note(case=case, by=by, one=one, other=other, reason=reason, until=until, now=now)
        return f"{reverse('family', args=[case.ref])}#apart"

    content = {"case": case.ref, "one": one.pk, "other": other.pk, "reason": reason, "until": until}
    return once(key=key, user=by, form="apart", content=content, now=now, make=make)


@transaction.atomic
def apart_end(*, case: Case, by: User, row_id: int, now: datetime) -> None:
    """Say that two persons may meet again as of today; that they were kept apart stays. Raises ValidationError."""
    row = KeepApart.objects.select_for_update().filter(case=case, pk=row_id).first()
    if row is None:
        raise ValidationError(_("This is not known here any more."))
    today = clock.local_date(now)
    if row.since >= today:
        # Noted today by mistake: it never counted a whole day.
        row.delete()
    elif row.until is None or row.until >= today:
        row.until = today - timedelta(days=1)
        row.save(update_fields=["until"])
    parties = Person.objects.filter(pk__in=[row.one_id, row.other_id]).values_list("party__ref", flat=True)
    audit.record("kept_apart.ended", case_ref=case.ref, objects=parties)

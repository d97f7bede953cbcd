"""Events in the lives of a family: noted with their source, taken back with a reason."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, User
from casusregie.core.submissions import Sent, once
from families.choices import BirthPrecision
from families.models import Case, LifeEvent, LifeEventPerson, Person


@dataclass(frozen=True)
class LifeEventData:
    """What a form says of an event; `of` and `told_by` are party references, days local dates."""

    kind: str
    text: str
    on: date
    precision: str = BirthPrecision.DAY
    until: date | None = None
    of: list[str] = field(default_factory=list)
    told_by: str = ""
    source: str = ""
    closed: bool = False


@transaction.atomic
def event_note(*, case: Case, by: User, data: LifeEventData, now: datetime) -> LifeEvent:
    """Note an event; closed ones are read by director and deputy only.

    Raises ValidationError for nobody, somebody of another family, no source, and a day before somebody was born.
    """
    people = {row.party.ref: row for row in Person.objects.filter(case=case).select_related("party")}
    chosen = [people[ref] for ref in data.of if ref in people]
    if not chosen or len(chosen) != len(data.of):
        raise ValidationError({"of": _("Choose in whose life this happened.")})
    if data.told_by and data.told_by not in people:
        raise ValidationError({"told_by": _("This person does not belong to this family.")})
    if not data.told_by and not data.source:
        raise ValidationError({"source": _("Say from whom or from where this is known.")})
    for person in chosen:
        if person.birth_date and (data.until or data.on).year < person.birth_date.year:
            words = _("This is before %(name)s was born.") % {"name": person.name.full}
            raise ValidationError({"on": words})
    circle = Circle.STEWARDS if data.closed else Circle.TEAM
    row = LifeEvent.objects.create(
        case=case,
        kind=data.kind,
        text=data.text,
        on=data.on,
        precision=data.precision,
        until=data.until,
        told_by=people[data.told_by].party if data.told_by else None,
        source=data.source,
        audience=Audience.objects.create(scope=case.ref, circle=circle),
        noted_by=by,
        noted_at=now,
    )
    LifeEventPerson.objects.bulk_create(LifeEventPerson(event=row, person=person) for person in chosen)
    audit.record("life_event.noted", case_ref=case.ref, objects=[row.ref])
    return row


def event_note_once(*, case: Case, by: User, data: LifeEventData, key: UUID, now: datetime) -> Sent:
    """`event_note` for a form: the same form twice is one event. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        event_note(case=case, by=by, data=data, now=now)
        return reverse("life-events", args=[case.ref])

    return once(key=key, user=by, form="life-event", content={"case": case.ref, **data.__dict__}, now=now, make=make)


@transaction.atomic
def event_take_back(*, event: LifeEvent, by: User, reason: str, now: datetime) -> None:
    """Take a wrong event back: it is on no page any more and stays in the record, with who and why.

    Raises ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this is taken back.")})
    LifeEvent.objects.filter(pk=event.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason.strip()
    )
    audit.record("life_event.taken_back", case_ref=event.case.ref, objects=[event.ref])

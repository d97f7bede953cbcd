"""Arrangements about a child, and conditions of a person: noted with where they were seen and in whose view."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.choices import SUBSTANCES, ArrangementKind, ConditionState
from families.models import Arrangement, Case, Condition, Person
from families.selectors.authority import ages

ADULT = 18


@dataclass(frozen=True)
class ArrangementData:
    """What was arranged, by or where (`body`), how in words, from when until when, and where it was seen."""

    kind: str
    seen_in: str
    body: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


@transaction.atomic
def arrangement_note(
    *, case: Case, by: User, child: Person, other: Person | None, data: ArrangementData, now: datetime
) -> Arrangement:
    """Note a contact arrangement, a supervision order or an out-of-home placement of a child.

    Raises ValidationError for somebody of another case or of age, nobody to have contact with, no GI for an order, no
    place for a placement, an end before its beginning, or the same arrangement that runs already.
    """
    _check_child(case, child, other, data, clock.local_date(now))
    _check_with(other, data)
    Case.objects.select_for_update().filter(pk=case.pk).first()
    running = Arrangement.objects.filter(
        case=case, kind=data.kind, child=child, other=other, withdrawn_at__isnull=True, until__isnull=True
    )
    if data.until is None and running.exists():
        raise ValidationError({"kind": _("This is noted already. End that first, or take it back.")})
    row = Arrangement.objects.create(case=case, child=child, other=other, noted_by=by, noted_at=now, **asdict(data))
    objects = [child.party.ref, *([other.party.ref] if other else [])]
    audit.record("arrangement.noted", case_ref=case.ref, objects=objects)
    return row


def _check_child(case: Case, child: Person, other: Person | None, data: ArrangementData, today: date) -> None:
    if child.case_id != case.pk or (other is not None and other.case_id != case.pk):
        raise ValidationError({"child": _("This person does not belong to this family.")})
    if other is not None and other.pk == child.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if data.since and data.until and data.until < data.since:
        raise ValidationError({"until": _("This is before the beginning.")})
    # What has ended may have been of a child who is of age by now.
    on = data.until if data.until and data.until < today else today
    youngest, _oldest = ages(child.birth_date, child.birth_precision, on)
    if youngest is not None and youngest >= ADULT:
        raise ValidationError({"child": _("This person is of age: nothing is arranged over her any more.")})
    if data.since and child.birth_date and data.since < child.birth_date:
        raise ValidationError({"since": _("This child was not born yet.")})


def _check_with(other: Person | None, data: ArrangementData) -> None:
    if data.kind == ArrangementKind.CONTACT and other is None:
        raise ValidationError({"other": _("Choose with whom the child has contact.")})
    if data.kind == ArrangementKind.SUPERVISION and other is not None:
        raise ValidationError({"other": _("A supervision order is carried out by an organisation. Leave this empty.")})
    if data.kind == ArrangementKind.SUPERVISION and not data.body:
        raise ValidationError({"body": _("Name the certified institution (GI) that carries it out.")})
    if data.kind == ArrangementKind.PLACEMENT and other is None and not data.body:
        raise ValidationError({"other": _("Choose with whom, or say at what kind of place.")})


def arrangement_note_once(
    *, case: Case, by: User, child: Person, other: Person | None, data: ArrangementData, key: UUID, now: datetime
) -> Sent:
    """`arrangement_note` for a form: the same form twice is one. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        arrangement_note(case=case, by=by, child=child, other=other, data=data, now=now)
        return reverse("genogram", args=[case.ref])

    content = {"case": case.ref, "child": child.pk, "other": other.pk if other else None, **asdict(data)}
    return once(key=key, user=by, form="arrangement", content=content, now=now, make=make)


@dataclass(frozen=True)
class ConditionData:
    """What somebody has, how it is, in whose view (the number of a party), since when, and how that is known."""

    kind: str
    view: int
    state: str = ConditionState.PRESENT
    words: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


@transaction.atomic
def condition_note(*, case: Case, by: User, person: Person, data: ConditionData, now: datetime) -> Condition:
    """Note an illness or the use of alcohol or drugs.

    Raises ValidationError for somebody of another case, an illness that is only suspected, an end before its
    beginning, a day before birth, or the same in the same view that runs already.
    """
    if person.case_id != case.pk:
        raise ValidationError({"person": _("This person does not belong to this family.")})
    if data.state == ConditionState.SUSPECTED and data.kind not in SUBSTANCES:
        raise ValidationError(
            {"state": _("Only the use of alcohol or drugs is noted as suspected. A diagnosis is not.")}
        )
    if data.since and data.until and data.until < data.since:
        raise ValidationError({"until": _("This is before the beginning.")})
    if data.since and person.birth_date and data.since < person.birth_date:
        raise ValidationError({"since": _("This person was not born yet.")})
    columns = asdict(data)
    try:
        with transaction.atomic():
            row = Condition.objects.create(
                case=case, person=person, noted_by=by, noted_at=now, view_id=columns.pop("view"), **columns
            )
    except IntegrityError as error:
        raise ValidationError({"kind": _("This is noted already, in the same view.")}) from error
    audit.record("condition.noted", case_ref=case.ref, objects=[person.party.ref])
    return row


def condition_note_once(*, case: Case, by: User, person: Person, data: ConditionData, key: UUID, now: datetime) -> Sent:
    """`condition_note` for a form: the same form twice is one. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        condition_note(case=case, by=by, person=person, data=data, now=now)
        return reverse("genogram", args=[case.ref])

    content = {"case": case.ref, "person": person.pk, **asdict(data)}
    return once(key=key, user=by, form="condition", content=content, now=now, make=make)

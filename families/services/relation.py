"""Relations between persons."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.choices import NATURES, BirthPrecision, Nature, RelationKind
from families.models import Case, Person, Relation


@dataclass(frozen=True)
class RelationData:
    """Of what kind a relation is, from when until when, how a couple ended, and how it is known."""

    nature: str = ""
    since: date | None = None
    until: date | None = None
    ended_how: str = ""
    source: str = ""


# A child cannot be born longer than this after its father died.
_AFTER_DEATH = timedelta(days=310)
# Two of one birth are born within these days of each other.
_ONE_BIRTH = timedelta(days=3)


@transaction.atomic
def relation_add(
    *,
    case: Case,
    by: User,
    kind: str,
    one: Person,
    other: Person,
    data: RelationData | None = None,
    now: datetime | None = None,
) -> Relation:
    """Say how two persons of a case are related; only of a parent and a child the order matters.

    Raises ValidationError for one person twice, a child born before its parent, somebody who would be her own ancestor,
    twins who were not born together, an end before its beginning, or a relation that runs already.
    """
    data = data or RelationData()
    # One at a time, so that two at once cannot close a circle.
    Case.objects.select_for_update().filter(pk=case.pk).first()
    if kind != RelationKind.PARENT and one.pk > other.pk:
        one, other = other, one
    _check_pair(case, kind, one, other, data)
    _check_days(kind, one, other, data)
    try:
        with transaction.atomic():
            relation = Relation.objects.create(
                case=case, kind=kind, one=one, other=other, noted_by=by, noted_at=now, **asdict(data)
            )
    except IntegrityError as error:
        raise ValidationError({"other": _("This relation is noted already.")}) from error
    audit.record("relation.added", case_ref=case.ref, objects=[one.party.ref, other.party.ref])
    return relation


def relation_add_once(
    *,
    case: Case,
    by: User,
    kind: str,
    one: Person,
    other: Person,
    key: UUID,
    now: datetime,
    data: RelationData | None = None,
) -> Sent:
    """`relation_add` for a form: the same form twice is one relation. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        relation_add(case=case, by=by, kind=kind, one=one, other=other, data=data, now=now)
        return f"{reverse('family', args=[case.ref])}#around"

    content = {"case": case.ref, "kind": kind, "one": one.pk, "other": other.pk, **asdict(data or RelationData())}
    return once(key=key, user=by, form="relation", content=content, now=now, make=make)


def _check_pair(case: Case, kind: str, one: Person, other: Person, data: RelationData) -> None:
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if case.pk not in (one.case_id, other.case_id) or one.case_id != other.case_id:
        raise ValidationError({"other": _("This person does not belong to this family.")})
    if data.nature and data.nature not in NATURES[kind]:
        raise ValidationError({"kind": _("Choose what they are to each other.")})
    if kind == RelationKind.PARENT:
        if _is_ancestor(other, one):
            raise ValidationError({"other": _("Then somebody would be her own ancestor.")})
    elif kind in (RelationKind.SIBLING, RelationKind.TWIN) and (_is_ancestor(one, other) or _is_ancestor(other, one)):
        raise ValidationError({"other": _("One of them is a parent or grandparent of the other.")})


def _check_days(kind: str, one: Person, other: Person, data: RelationData) -> None:
    if kind == RelationKind.PARENT:
        parent_check(parent=one, child=other, nature=data.nature)
    both = one.birth_date and other.birth_date
    exact = {one.birth_precision, other.birth_precision} == {BirthPrecision.DAY}
    if kind == RelationKind.TWIN and both and exact and abs(one.birth_date - other.birth_date) > _ONE_BIRTH:  # type: ignore[operator]
        raise ValidationError({"other": _("Twins are born together. These two have other birth dates.")})
    if data.since and data.until and data.until < data.since:
        raise ValidationError({"until": _("This is before the beginning.")})
    born = max((person.birth_date for person in (one, other) if person.birth_date), default=None)
    if data.since and born and data.since < born:
        raise ValidationError({"since": _("One of them was not born yet.")})


def parent_check(*, parent: Person, child: Person, nature: str = "", field: str = "other") -> None:
    """Raise ValidationError at `field` when these birth and death dates cannot be of a parent and a child."""
    if not child.birth_date:
        return
    if nature != Nature.CARER and parent.birth_date and parent.birth_date >= child.birth_date:
        raise ValidationError({field: _("A child cannot be older than its parent.")})
    if nature in ("", Nature.BIOLOGICAL) and parent.died_on and parent.died_on + _AFTER_DEATH < child.birth_date:
        raise ValidationError({field: _("This parent had died before the child was born.")})


def birth_check(*, person: Person) -> None:
    """Raise ValidationError at `birth_date` when a changed birth or death does not fit with parents and children."""
    ties = Relation.objects.filter(kind=RelationKind.PARENT, withdrawn_at__isnull=True).select_related("one", "other")
    for tie in ties.filter(Q(one=person) | Q(other=person)):
        parent, child = (person, tie.other) if tie.one_id == person.pk else (tie.one, person)
        parent_check(parent=parent, child=child, nature=tie.nature, field="birth_date")


def _is_ancestor(maybe: Person, of: Person) -> bool:
    """Whether `maybe` is a parent, grandparent … of `of`."""
    seen: set[int] = set()
    young = {of.pk}
    while young:
        rows = Relation.objects.filter(kind=RelationKind.PARENT, other_id__in=young, withdrawn_at__isnull=True)
        parents = set(rows.values_list("one_id", flat=True))
        if maybe.pk in parents:
            return True
        young = parents - seen
        seen |= parents
    return False

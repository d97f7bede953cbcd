"""Relations between persons."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.choices import RelationKind
from families.models import Case, Person, Relation


@transaction.atomic
def relation_add(*, case: Case, by: User, kind: str, one: Person, other: Person) -> Relation:
    """Say how two persons of a case are related; of partners the order does not matter.

    Raises ValidationError for one person twice, a child older than its parent, or a relation that is there already.
    """
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if kind == RelationKind.PARTNER and one.pk > other.pk:
        one, other = other, one
    if kind == RelationKind.PARENT and one.birth_date and other.birth_date and one.birth_date >= other.birth_date:
        raise ValidationError({"other": _("A child cannot be older than its parent.")})
    if kind == RelationKind.PARENT and _is_ancestor(other, one):
        raise ValidationError({"other": _("Then somebody would be her own ancestor.")})
    try:
        with transaction.atomic():
            relation = Relation.objects.create(case=case, kind=kind, one=one, other=other)
    except IntegrityError as error:
        raise ValidationError({"other": _("This relation is noted already.")}) from error
    audit.record("relation.added", case_ref=case.ref, objects=[one.party.ref, other.party.ref])
    return relation


def relation_add_once(*, case: Case, by: User, kind: str, one: Person, other: Person, key: UUID, now: datetime) -> Sent:
    """`relation_add` for a form: the same form twice is one relation. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        relation_add(case=case, by=by, kind=kind, one=one, other=other)
        return f"{reverse('family', args=[case.ref])}#around"

    content = {"case": case.ref, "kind": kind, "one": one.pk, "other": other.pk}
    return once(key=key, user=by, form="relation", content=content, now=now, make=make)


def _is_ancestor(maybe: Person, of: Person) -> bool:
    """Whether `maybe` is a parent, grandparent … of `of`."""
    seen: set[int] = set()
    young = {of.pk}
    while young:
        rows = Relation.objects.filter(kind=RelationKind.PARENT, other_id__in=young).values_list("one_id", flat=True)
        parents = set(rows)
        if maybe.pk in parents:
            return True
        young = parents - seen
        seen |= parents
    return False

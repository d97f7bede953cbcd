"""What holds between the persons of a family: relations, and authority over each child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from casusregie.core import dates
from families.access import CaseAccess
from families.choices import AuthorityStatus, RelationKind
from families.models import Authority, Person, Relation
from families.selectors.fact import FactView, facts
from families.selectors.person import PersonView


@dataclass(frozen=True)
class RelationView:
    """How two persons of the family are related, in names."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class AuthorityView:
    """Whether one adult has authority over a child, and where that was looked up."""

    holder_ref: str
    holder: str
    status: str
    status_label: str
    checked: str


@dataclass(frozen=True)
class ChildView:
    """A child with everybody of whom authority is known, or asked because she is a parent."""

    ref: str
    name: str
    authorities: list[AuthorityView]

    @property
    def asks(self) -> bool:
        """Whether nothing is known, or something not yet."""
        return not self.authorities or any(row.status == AuthorityStatus.UNKNOWN for row in self.authorities)


@dataclass(frozen=True)
class AroundView:
    """What holds between the persons of a family."""

    relations: list[RelationView]
    children: list[ChildView]
    facts: list[FactView]


ADULT = 18


def around(access: CaseAccess, people: Sequence[PersonView], now: datetime) -> AroundView:
    """Relations, authority over each child, and confidential facts of the persons on the page; at most four queries.

    That there is a confidential fact is told to director and deputy only.
    """
    names = {person.party_id: person.name for person in people}
    rows = list(
        Relation.objects.filter(case=access.case)
        .order_by("kind", "one__sort_key", "other__sort_key", "pk")
        .values_list("kind", "one__party_id", "other__party_id")
    )
    relations = [RelationView(kind, names[one], names[other]) for kind, one, other in rows]
    parents: dict[int, list[int]] = {}
    for kind, one, other in rows:
        if kind == RelationKind.PARENT:
            parents.setdefault(other, []).append(one)
    return AroundView(
        relations=sorted(relations, key=lambda row: row.kind != RelationKind.PARTNER),
        children=_children(access, people, parents),
        facts=facts(access, now) if access.is_steward else [],
    )


def _children(access: CaseAccess, people: Sequence[PersonView], parents: dict[int, list[int]]) -> list[ChildView]:
    """Everybody under eighteen, and everybody without a known age who has a parent here."""
    known: dict[int, dict[int, Authority]] = {}
    for row in Authority.objects.filter(child__case=access.case).select_related("child", "holder"):
        known.setdefault(row.child.party_id, {})[row.holder.party_id] = row
    by_id = {person.party_id: person for person in people}
    children = []
    for person in people:
        is_child = person.age < ADULT if person.age is not None else person.party_id in parents
        if not is_child or person.died:
            continue
        rows = known.get(person.party_id, {})
        holders = dict.fromkeys([*parents.get(person.party_id, []), *rows])
        views = [_authority(by_id[pk], rows.get(pk)) for pk in holders]
        children.append(ChildView(person.ref, person.name, views))
    return children


def _authority(holder: PersonView, row: Authority | None) -> AuthorityView:
    status = AuthorityStatus(row.status) if row else AuthorityStatus.UNKNOWN
    checked = ""
    if row and row.checked_on:
        checked = _("checked on %(day)s: %(where)s") % {"day": dates.long(row.checked_on), "where": row.checked_where}
    return AuthorityView(holder.ref, holder.name, status.value, str(status.label), checked)


def authority_initial(child: Person, holder_ref: str) -> dict[str, Any]:
    """What is known of one adult's authority over a child, to begin a form with."""
    row = Authority.objects.filter(child=child, holder__party__ref=holder_ref).first()
    found: dict[str, Any] = {"holder": holder_ref}
    if row is not None:
        found |= {"status": row.status, "checked_on": row.checked_on, "checked_where": row.checked_where}
    return found

"""What holds between the persons of a family: relations, and with them authority and what is confidential."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casusregie.core import clock
from casusregie.core.choices import Relation as Standing
from families.access import CaseAccess
from families.choices import RelationKind
from families.models import Relation
from families.selectors.authority import ChildView, children
from families.selectors.fact import FactView, facts, facts_named
from families.selectors.person import PersonView


@dataclass(frozen=True)
class RelationView:
    """How two persons of the family are related, in names."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class AroundView:
    """What holds between the persons of a family."""

    relations: list[RelationView]
    children: list[ChildView]
    facts: list[FactView]


def around(access: CaseAccess, people: Sequence[PersonView], now: datetime) -> AroundView:
    """Relations, authority over each child, and confidential facts of the persons on the page; at most five queries.

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
        children=children(access, people, parents, clock.local_date(now)),
        facts=_facts(access, now),
    )


def _facts(access: CaseAccess, now: datetime) -> list[FactView]:
    """All for director and deputy; a second worker those she may know by name; somebody who only looks inside none."""
    if access.is_steward:
        return facts(access, now)
    return facts_named(access, now) if access.relation == Standing.SECOND else []

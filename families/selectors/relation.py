"""What holds between the persons of a family: relations, and with them authority and what is confidential."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casusregie.core import clock
from casusregie.core.choices import Relation as Standing
from families.access import CaseAccess
from families.choices import Nature, RelationKind
from families.models import Relation
from families.selectors.authority import ChildView, children
from families.selectors.fact import FactView, facts, facts_named
from families.selectors.person import PersonView
from families.selectors.wording import relation_text


@dataclass(frozen=True)
class RelationView:
    """How two persons of the family are related, as a sentence."""

    kind: str
    text: str
    code: str


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
        Relation.objects.filter(case=access.case, withdrawn_at__isnull=True)
        .order_by("kind", "one__sort_key", "other__sort_key", "pk")
        .select_related("one", "other")
    )
    parents: dict[int, list[int]] = {}
    for row in rows:
        if row.kind == RelationKind.PARENT and row.nature in ("", Nature.BIOLOGICAL, Nature.ADOPTIVE):
            parents.setdefault(row.other.party_id, []).append(row.one.party_id)
    order = [str(kind) for kind in (RelationKind.PARTNER, RelationKind.PARENT, RelationKind.TWIN, RelationKind.SIBLING)]
    return AroundView(
        relations=[
            RelationView(row.kind, relation_text(row, names[row.one.party_id], names[row.other.party_id]), f"r{row.pk}")
            for row in sorted(rows, key=lambda row: order.index(row.kind))
        ],
        children=children(access, people, parents, clock.local_date(now)),
        facts=_facts(access, now),
    )


def _facts(access: CaseAccess, now: datetime) -> list[FactView]:
    """All for director and deputy; a second worker those she may know by name; somebody who only looks inside none."""
    if access.is_steward:
        return facts(access, now)
    return facts_named(access, now) if access.relation == Standing.SECOND else []

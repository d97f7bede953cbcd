"""What an item form says, with the rows behind it: handed from the form to the service."""

from dataclasses import dataclass, field
from datetime import date

from casusregie.core.models import Party
from network.models import CaseRole
from processplan.models import PlanItem


@dataclass(frozen=True)
class ItemData:
    """What an item form says. An action has `owner_role` or `owner_party`; `readers` read it besides its owner."""

    kind: str
    text: str
    is_common: bool = False
    readers: list[Party] = field(default_factory=list)
    owner_role: CaseRole | None = None
    owner_party: Party | None = None
    goal: PlanItem | None = None
    due_on: date | None = None

"""A partner's own part of the plan in force."""

from dataclasses import dataclass
from datetime import datetime

from families.selectors import PageGuard
from network.models import CaseRole
from processplan.choices import StepState
from processplan.models import Evaluation, PlanItem
from processplan.selectors.draft import moment_words
from processplan.selectors.edition import NoGround, edition_for
from processplan.selectors.version import active_version


@dataclass(frozen=True)
class RoleWork:
    """What a partner sees of the plan: her own actions, the agreements that concern her, the moments she is asked to."""

    steps: list[tuple[str, str, str, str]]
    agreements: list[str]
    moments: list[str]
    has_plan: bool
    number: int


def role_work(role: CaseRole, guard: PageGuard, now: datetime) -> RoleWork:
    """A partner's part of the plan in force, composed for her; without a running ground nothing of the plan.

    An item that holds something she may not know is absent as a whole; `guard` says afterwards what was left out.
    """
    version = active_version(role.case)
    moments = Evaluation.objects.filter(
        case=role.case, held_at__isnull=True, planned_at__gte=now, attendees__party=role.professional.party
    ).order_by("planned_at")
    asked = [moment_words(row.planned_at) for row in moments[:3]]
    if version is None:
        return RoleWork([], [], asked, False, 0)
    version.case = role.case
    try:
        edition = edition_for(version, role.professional.party, now)
    except NoGround:
        return RoleWork([], [], asked, False, 0)
    states = dict(PlanItem.objects.filter(plan__case=role.case).values_list("ref", "state"))
    steps = [
        (item.ref, item.text, item.due_on, str(StepState(states.get(item.ref, StepState.OPEN)).label))
        for number, item in enumerate(edition.steps, start=1)
        if guard.shows(f"step:{number}", item.text, item.owner)
    ]
    told = [
        *((f"goal:{number}", item.text) for number, item in enumerate(edition.goals, start=1)),
        *((f"agreement:{number}", item.text) for number, item in enumerate(edition.agreements, start=1)),
    ]
    agreements = [text for place, text in told if guard.shows(place, text)]
    has_plan = bool(steps or agreements) and not guard.held_back
    return RoleWork(steps, agreements, asked, has_plan, version.number)

"""Pages of the family room, a file per noun."""

from families.views.authority import (
    authority_note,
    representation_note,
)
from families.views.event import (
    life_event_new,
    life_event_take_back,
    life_events,
)
from families.views.fact import (
    fact_change,
    fact_check,
    fact_end,
    fact_form,
    fact_new,
    fact_propose,
    fact_show,
    findings,
)
from families.views.family import (
    case_new,
    family,
)
from families.views.genogram import (
    genogram,
    genogram_open,
    genogram_svg,
)
from families.views.intake import (
    intake,
    intake_note,
)
from families.views.person import (
    person,
    person_edit,
    person_new,
    way_confirm,
    way_new,
)
from families.views.team import (
    case_arrange,
    case_change,
    case_team,
    conflict_note,
    insight,
    insight_notice,
    member_add,
    member_end,
)
from families.views.tie import (
    apart_end,
    apart_new,
    household_new,
    line_new,
    pregnancy_new,
    relation_new,
    tie_end,
    tie_show,
    tie_withdraw,
)

__all__ = [
    "apart_end",
    "apart_new",
    "authority_note",
    "case_arrange",
    "case_change",
    "case_new",
    "case_team",
    "conflict_note",
    "fact_change",
    "fact_check",
    "fact_end",
    "fact_form",
    "fact_new",
    "fact_propose",
    "fact_show",
    "family",
    "findings",
    "genogram",
    "genogram_open",
    "genogram_svg",
    "household_new",
    "insight",
    "insight_notice",
    "intake",
    "intake_note",
    "life_event_new",
    "life_event_take_back",
    "life_events",
    "line_new",
    "member_add",
    "member_end",
    "person",
    "person_edit",
    "person_new",
    "pregnancy_new",
    "relation_new",
    "representation_note",
    "tie_end",
    "tie_show",
    "tie_withdraw",
    "way_confirm",
    "way_new",
]

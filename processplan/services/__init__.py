"""Writes of the plan room, a file per noun."""

from processplan.services.analysis import (
    pattern_make,
    recognition_note,
    statement_take_over,
    statement_write,
    theme_make,
)
from processplan.services.edition import edition_ask, edition_release, edition_render, editions_render_waiting
from processplan.services.evaluation import OutcomeData, evaluation_hold, evaluation_plan, evaluation_plan_once
from processplan.services.plan import (
    PlanChanged,
    item_change,
    item_remove,
    item_write,
    plan_of,
    plan_write,
    signatories_set,
    step_move,
    steps_of_contact,
)
from processplan.services.version import (
    SignatureData,
    version_activate,
    version_offer,
    version_sign,
)

__all__ = [
    "OutcomeData",
    "PlanChanged",
    "SignatureData",
    "edition_ask",
    "edition_release",
    "edition_render",
    "editions_render_waiting",
    "evaluation_hold",
    "evaluation_plan",
    "evaluation_plan_once",
    "item_change",
    "item_remove",
    "item_write",
    "pattern_make",
    "plan_of",
    "plan_write",
    "recognition_note",
    "signatories_set",
    "statement_take_over",
    "statement_write",
    "step_move",
    "steps_of_contact",
    "theme_make",
    "version_activate",
    "version_offer",
    "version_sign",
]

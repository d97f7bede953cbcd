"""The tables of the plan room, a file per noun."""

from processplan.models.analysis import Pattern, PatternStep, Recognition, Statement, Theme
from processplan.models.evaluation import Evaluation, EvaluationAttendee
from processplan.models.plan import Plan, PlanItem, Signatory
from processplan.models.version import EditionRelease, PlanVersion, RenderedEdition, Signature, VersionEvent

__all__ = [
    "EditionRelease",
    "Evaluation",
    "EvaluationAttendee",
    "Pattern",
    "PatternStep",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Recognition",
    "RenderedEdition",
    "Signatory",
    "Signature",
    "Statement",
    "Theme",
    "VersionEvent",
]

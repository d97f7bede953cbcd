"""The only way to what belongs to a plan: through its case, or through a partner's own role."""

from django.http import Http404

from casusregie.core import audit
from casusregie.core.models import Party
from families.access import CaseAccess
from network.models import ContactLine
from processplan.models import Evaluation, Pattern, PlanItem, PlanVersion, Theme


def version_for(access: CaseAccess, number: int) -> PlanVersion:
    """A version of this case's plan. Raises Http404."""
    version = PlanVersion.objects.filter(case=access.case, number=number).first()
    if version is None:
        raise Http404
    audit.seen([f"v{number}"])
    return version


def item_for(access: CaseAccess, ref: str) -> PlanItem:
    """An item of this case's working plan. Raises Http404."""
    item = PlanItem.objects.select_related("plan", "audience").filter(plan__case=access.case, ref=ref).first()
    if item is None:
        raise Http404
    return item


def theme_for(access: CaseAccess, ref: str) -> Theme:
    """A theme of this case. Raises Http404."""
    theme = Theme.objects.filter(case=access.case, ref=ref).first()
    if theme is None:
        raise Http404
    return theme


def pattern_for(access: CaseAccess, ref: str) -> Pattern:
    """A pattern of this case. Raises Http404."""
    pattern = Pattern.objects.filter(case=access.case, ref=ref).first()
    if pattern is None:
        raise Http404
    return pattern


def evaluation_for(access: CaseAccess, ref: str) -> Evaluation:
    """An evaluation of this case. Raises Http404."""
    evaluation = Evaluation.objects.filter(case=access.case, ref=ref).first()
    if evaluation is None:
        raise Http404
    evaluation.case = access.case
    audit.seen([ref])
    return evaluation


def line_for(access: CaseAccess, line_id: int) -> ContactLine:
    """A statement in this case's contact log, of the newest version of its contact, not withdrawn. Raises Http404."""
    line = ContactLine.objects.select_related("contact", "voice", "audience").filter(
        pk=line_id, contact__case=access.case, contact__withdrawn_at__isnull=True
    )
    found = line.first()
    if found is None or found.version != found.contact.version or found.voice_id is None:
        raise Http404
    return found


def party_in_case(access: CaseAccess, ref: str) -> Party:
    """Somebody of this family. Raises Http404."""
    party = Party.objects.filter(scope=access.case.ref, ref=ref).first()
    if party is None:
        raise Http404
    return party

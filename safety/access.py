"""The only way to what belongs to the safety of a case: through the case."""

from django.http import Http404

from casusregie.core import audit
from families.access import CaseAccess
from safety.models import SafetyCheck


def check_for(access: CaseAccess, follow_up_ref: str) -> SafetyCheck:
    """A check of this case. Raises Http404."""
    check = (
        SafetyCheck.objects.select_related("follow_up")
        .filter(follow_up__case=access.case, follow_up__ref=follow_up_ref, follow_up__withdrawn_at__isnull=True)
        .first()
    )
    if check is None:
        raise Http404
    check.follow_up.case = access.case
    audit.seen([follow_up_ref])
    return check

"""The product's pages without the question who may: what the rights cost is the difference."""

from django.http import HttpRequest, HttpResponseBase

from casusregie.core import audit
from casusregie.core.choices import Relation, Right
from casusregie.core.web import me
from casusregie.desks import views
from casusregie.desks.selectors import cells
from families.access import CaseAccess, CaseScope
from families.models import Case

_ALL = frozenset(Right.values) - {Right.CASE_HEAD}


def list_without_rights(request: HttpRequest) -> HttpResponseBase:
    """The list of a director's cases; whose they are is taken from her number."""
    user = me(request)
    user.__dict__["rights"] = _ALL
    asked = cells._scope
    cells._scope = lambda user, now: CaseScope((user.pk,), (), ())
    try:
        return views.case_list.__wrapped__.__wrapped__(request)  # type: ignore[attr-defined]
    finally:
        cells._scope = asked


def case_without_rights(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The overview of a case, fetched by its reference alone."""
    user = me(request)
    user.__dict__["rights"] = _ALL
    row = Case.objects.select_related("director", "team").get(ref=ref)
    audit.case_seen(case_ref=row.ref, relation=Relation.DIRECTOR)
    access = CaseAccess(row, user, Relation.DIRECTOR)
    return views.case_overview.__wrapped__.__wrapped__(request, access)  # type: ignore[attr-defined]


list_without_rights.access = case_without_rights.access = "bench"  # type: ignore[attr-defined]

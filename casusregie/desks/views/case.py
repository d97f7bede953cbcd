"""A case at a glance, and beside it what holds now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.desks import selectors
from casusregie.desks.frame import story_links
from families.access import CaseAccess, case_page
from families.selectors import case_header
from network.selectors import ContactFilter


@require_GET
@case_page(Right.CASE_HEAD)
def case_overview(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """A case at a glance; a team leader who has not looked inside sees its head only."""
    now = clock.now()
    context: dict[str, Any] = {"case_header": case_header(access, now, "overview")}
    if not access.may(Right.CASE_VIEW):
        return render(request, "desks/case_head.html", {**context, "may_look": access.may(Right.CASE_INSIGHT)})
    query = ContactFilter(
        channel=request.GET.get("hoe", ""), outcome=request.GET.get("uitkomst", ""), after=request.GET.get("na", "")
    )
    folded = request.GET.get("sinds") == "vorige"
    overview = selectors.overview(access, now, query, folded=folded)
    context |= {
        "overview": overview,
        "may_log": access.may(Right.CONTACT_LOG),
        "folded": folded,
        **story_links(request.path, query, overview, folded=folded),
    }
    return render(request, "desks/case_overview.html", context)


@require_GET
@case_page(Right.CASE_VIEW)
def case_now(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What holds now: a part of the overview, or a page of its own without scripts."""
    now = clock.now()
    part = {"now": selectors.holds_now(access, now), "ref": access.case.ref, "director": access.case.director}
    if is_fragment(request):
        return render(request, "desks/_now.html", part)
    return render(request, "desks/case_now.html", {**part, "case_header": case_header(access, now, "overview")})

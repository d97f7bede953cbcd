"""Voor de deur: one phone screen before a visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casusregie.core import clock
from casusregie.core.choices import Right
from families.access import CaseAccess, case_page
from network import selectors
from network.access import appointment_for
from network.views.page import page_context
from network.views.visit import stay_form


@require_GET
@case_page(Right.CASE_VIEW)
def door(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What somebody must know before she rings the bell, and until when she is inside."""
    now = clock.now()
    ref = request.GET.get("afspraak", "")[:16]
    row = appointment_for(access, ref) if ref else None
    context = page_context(access, now, "door", door=selectors.door(access, row, now), is_steward=access.is_steward)
    if access.may(Right.CONTACT_LOG) and access.user.inside_until is None:
        context["stay_form"] = stay_form(access, row, now)
    return render(request, "network/door.html", context)

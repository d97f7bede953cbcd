"""From a line of a contact to something confidential."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from families.access import CaseAccess, case_page
from families.choices import FactKind
from families.views.fact import fact_form
from network import selectors
from network.access import contact_for
from network.views.page import page_context


@require_POST
@case_page(Right.CASE_DIRECT)
def line_keep(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """*Mag niet iedereen weten*: the form of a confidential fact that begins with a line of a contact.

    By POST, so that no content stands in an address; nothing is kept until that form is saved.
    """
    now = clock.now()
    line = selectors.line_at(access, contact_for(access, contact_ref), request.POST.get("line", ""))
    if line is None:
        messages.error(request, _("Choose a line of this contact."))
        return redirect("contact", access.case.ref, contact_ref)
    form = fact_form(access, now, kind=FactKind.OTHER, value=line.text[:500], concerns=line.voice_ref)
    return render(request, "families/fact_form.html", page_context(access, now, "family", form=form))

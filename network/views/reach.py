"""After a contact: it was safe, or not, by the way it went."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import back_to, me
from families.access import CaseAccess, case_page, person_for
from families.choices import Safe
from network import services
from network.access import contact_for
from network.forms import SafeForm


@require_POST
@case_page(Right.CONTACT_LOG)
def contact_safe(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """Say whether a way was safe in this contact; the date of that way is renewed, or what to do now is told."""
    now = clock.now()
    row = contact_for(access, contact_ref)
    form = SafeForm(request.POST)
    back = back_to(request, reverse("contact", args=[access.case.ref, row.ref]))
    if not form.is_valid():
        messages.error(request, _("Choose whether this way is safe."))
        return redirect(back)
    data = form.cleaned_data
    person = person_for(access, data["person"])
    try:
        services.contact_was_safe(
            contact=row, person=person, way_id=data["way"], safe=data["safe"], by=me(request), now=now
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    if data["safe"] == Safe.YES:
        messages.success(request, _("Noted: this way was safe."))
    else:
        words = _("Noted: not safe. Use this way no more, and agree on another one, alone with %(who)s.")
        messages.warning(request, words % {"who": person.name.full})
    return redirect(back)

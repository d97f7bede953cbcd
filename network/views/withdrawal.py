"""The page on which a contact is taken out of the wrong case."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me
from families.access import CaseAccess, case_for, case_page
from network import selectors, services
from network.access import wrong_contact_for
from network.forms import WithdrawalForm
from network.services import AlreadyWithdrawn, WithdrawalData
from network.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_wrong(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """In verkeerde casus gezet: choose the right case; the contact is gone here at once and waits there as a draft."""
    now = clock.now()
    row = wrong_contact_for(access, contact_ref)
    form = WithdrawalForm(request.POST or None, cases=selectors.right_cases(access, now))
    if not form.is_valid():
        context = page_context(
            access, now, contact=selectors.contact_view(access, row, now), stands=selectors.stands_in(row, now)
        )
        return form_page(request, "network/contact_wrong.html", form, context)
    ref = form.right_ref
    to = case_for(me(request), ref, Right.CONTACT_LOG, now).case if ref else None
    data = WithdrawalData(to, form.cleaned_data["reason"], reads_closed=access.is_steward)
    try:
        sent = services.contact_withdraw_once(contact=row, by=me(request), data=data, key=form.submission_key, now=now)
    except (AlreadyWithdrawn, SameKeyOtherContent) as error:
        raise Http404 from error
    messages.success(
        request,
        _("The contact is gone from the wrong case. Here it waits as a draft: check it and save it.")
        if to
        else _("The contact is gone from this case."),
    )
    return redirect(sent.url)

"""The page on which a contact is taken out of the wrong case."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me
from families.access import CaseAccess, case_for, case_page
from network import selectors, services
from network.access import unplaced_withdrawal_for, wrong_contact_for
from network.forms import PlaceForm, WithdrawalForm
from network.services import AlreadyWithdrawn, WithdrawalData
from network.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_wrong(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """In verkeerde casus gezet: choose the right case; the contact is gone here at once and waits there as a draft."""
    now = clock.now()
    row = wrong_contact_for(access, contact_ref)
    form = WithdrawalForm(request.POST or None, cases=selectors.right_cases(me(request), access.case, now))
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
        else _("The contact is gone from this case. On your desk you can still say of which family it is."),
    )
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_TODAY)
def contact_place(request: HttpRequest, withdrawn_ref: str) -> HttpResponse:
    """Say afterwards of which family a withdrawn contact is; it waits there as a draft."""
    now, user = clock.now(), me(request)
    row = unplaced_withdrawal_for(user, withdrawn_ref, now)
    if request.method == "GET" and hasattr(row, "placed"):
        raise Http404
    form = PlaceForm(request.POST or None, cases=selectors.right_cases(user, row.contact.case, now))
    if not form.is_valid():
        return form_page(request, "network/contact_place.html", form, {"unplaced": selectors.unplaced_view(row)})
    to = case_for(user, form.cleaned_data["right_case"], Right.CONTACT_LOG, now).case
    try:
        sent = services.contact_place_once(withdrawal=row, by=user, to=to, key=form.submission_key, now=now)
    except (AlreadyWithdrawn, SameKeyOtherContent) as error:
        raise Http404 from error
    messages.success(request, _("Here the contact waits as a draft: check it and save it."))
    return redirect(sent.url)

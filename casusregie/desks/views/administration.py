"""Pages without case content: outcomes, the log book, and accounts."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.services import account_invite, search_store, search_terms
from casusregie.core.web import form_page, me
from casusregie.desks import selectors
from casusregie.desks.forms import AccountForm, LogForm
from network import selectors as network_selectors


@require_GET
@requires(Right.DESK_OUTCOMES)
def outcomes(request: HttpRequest) -> HttpResponse:
    """Where the cases stand, without persons."""
    return render(request, "desks/outcomes.html", {"rows": selectors.outcomes(me(request))})


@require_http_methods(["GET", "POST"])
@requires(Right.AUDIT_VIEW)
def logbook(request: HttpRequest) -> HttpResponse:
    """Who read or did what; a search is a POST, going on is a number in the address."""
    form = LogForm(request.POST or None)
    wanted = {name: str(value) for name, value in form.cleaned_data.items()} if form.is_valid() else {}
    if wanted:
        ref = search_store(user=me(request), page="log", terms=wanted, now=clock.now())
        return redirect(f"{reverse('logbook')}?zoek={ref}")
    if form.is_bound:
        return form_page(request, "desks/logbook.html", form, {"rows": [], "next_before": 0})
    wanted = search_terms(user=me(request), page="log", ref=request.GET.get("zoek", ""))
    before = request.GET.get("voor", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    rows, next_before = selectors.log(selectors.LogQuery(**wanted, before=number))
    context = {"rows": rows, "next_before": next_before, "search_ref": request.GET.get("zoek", "")}
    return form_page(request, "desks/logbook.html", LogForm(initial=wanted), context)


@require_GET
@requires(Right.AUDIT_VIEW)
def logbook_wrong(request: HttpRequest) -> HttpResponse:
    """The contacts that were taken out of a wrong case: that, when and by whom; never what they said."""
    before = request.GET.get("voor", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    rows, next_before = network_selectors.withdrawals(number)
    return render(request, "desks/logbook_wrong.html", {"rows": rows, "next_before": next_before})


@require_http_methods(["GET", "POST"])
@requires(Right.ADMINISTER)
def administration(request: HttpRequest) -> HttpResponse:
    """Accounts, teams and roles; no case content."""
    form = AccountForm(request.POST or None)
    context = {"accounts": selectors.accounts()}
    if not form.is_valid():
        return form_page(request, "desks/administration.html", form, context)
    try:
        with transaction.atomic():
            account_invite(request=request, **form.cleaned_data)
    except IntegrityError:
        form.add_error("email", _("This address has an account already."))
        return form_page(request, "desks/administration.html", form, context)
    messages.success(request, _("The account is there. A message with a link to choose a password has been sent."))
    return redirect("administration")

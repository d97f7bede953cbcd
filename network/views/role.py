"""The network page: who stands around the family, and what partners told."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import back_to, form_page, me, put_errors
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import role_in_case, signal_in_case
from network.forms import GroundForm, RoleEndForm, RoleForm
from network.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def network(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Who stands around the family, each in which role, on which ground, until when."""
    return render(request, "network/network.html", _network_context(access))


def _network_context(access: CaseAccess, **more: Any) -> dict[str, Any]:
    now = clock.now()
    roles = selectors.roles_around(access, now)
    context = {
        "roles": roles,
        "fields": selectors.by_field(roles),
        "ended": [role for role in roles if role.has_ended],
        "signals": [signal for role in roles for signal in role.unread],
        "picture": selectors.network_picture(access.case.name, roles),
        "may_change": access.may(Right.CASE_DIRECT),
        "today": clock.local_date(now),
    }
    return {**page_context(access, now, "network"), **context, **more}


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def role_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Give a professional a role, with its ground."""
    now = clock.now()
    form = RoleForm(request.POST or None, today=clock.local_date(now))
    context = _network_context(access)
    if not form.is_valid():
        return form_page(request, "network/role_form.html", form, context)
    try:
        sent = services.role_give_once(
            case=access.case, by=me(request), fields=form.content(), key=form.submission_key, now=now
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "network/role_form.html", form, context)
    except SameKeyOtherContent as error:
        return form_page(request, "network/role_form.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("The role has been given."))
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def role(request: HttpRequest, access: CaseAccess, role_ref: str) -> HttpResponse:
    """End a role, or note a new ground for it."""
    row = role_in_case(access, role_ref)
    ends = "end" in request.POST
    today = clock.local_date(clock.now())
    end_form = RoleEndForm(request.POST if ends else None, initial={"until": today}, auto_id="end_%s")
    ground_form = GroundForm(request.POST if request.method == "POST" and not ends else None)
    form = end_form if ends else ground_form
    context = _network_context(access, end_form=end_form, ground_form=ground_form, role_ref=row.ref)
    context["role"] = next(view for view in context["roles"] if view.ref == row.ref)
    if not form.is_valid():
        return form_page(request, "network/role.html", form, context)
    try:
        if ends:
            services.role_end(role=row, by=me(request), on=form.cleaned_data["until"])
        else:
            services.ground_note(role=row, by=me(request), now=clock.now(), **form.cleaned_data)
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "network/role.html", form, context)
    messages.success(request, _("Changed."))
    return redirect("network", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def signal_read(request: HttpRequest, access: CaseAccess, signal_ref: str) -> HttpResponse:
    """The director has read what a partner told her."""
    services.signal_read(signal=signal_in_case(access, signal_ref), by=me(request), now=clock.now())
    return redirect(back_to(request, reverse("network", args=[access.case.ref])))

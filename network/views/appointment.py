"""Pages of appointments: translate, one domain call, translate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import appointment_for
from network.forms import LENGTHS, AppointmentChangeForm, AppointmentForm, CancelForm
from network.models import Appointment
from network.views.page import page_context
from network.views.visit import stay_form

FORM = "network/appointment_form.html"


@require_GET
@case_page(Right.CASE_VIEW)
def appointments(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The appointments of a case: to come, not written down yet, and what has been."""
    now = clock.now()
    context = page_context(access, now, "appointments", appointments=selectors.appointments_of(access, now))
    return render(request, "network/appointments.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def appointment_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Make an appointment; opened from a person, she is chosen already."""
    now = clock.now()
    people = selectors.participant_choices(access, now)
    initial = {"participants": [ref for ref in request.GET.getlist("met") if ref in {p.ref for p in people}]}
    form = AppointmentForm(request.POST or None, now=now, people=people, initial=initial)
    context = page_context(access, now, "appointments", lengths=LENGTHS, people=people)
    if not form.is_valid():
        return form_page(request, FORM, form, context)
    try:
        sent = services.appointment_make_once(
            case=access.case, by=me(request), data=form.data_of(), key=form.submission_key, now=now
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, FORM, form, context)
    except SameKeyOtherContent as error:
        return form_page(request, FORM, form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("The appointment has been made."))
    return redirect(sent.url)


@require_GET
@case_page(Right.CASE_VIEW)
def appointment(request: HttpRequest, access: CaseAccess, appointment_ref: str) -> HttpResponse:
    """One appointment: when, with whom, where, and what can be done with it."""
    row = appointment_for(access, appointment_ref)
    return render(request, "network/appointment.html", _page(request, access, row))


def _page(request: HttpRequest, access: CaseAccess, row: Appointment, **more: Any) -> dict[str, Any]:
    now = clock.now()
    context: dict[str, Any] = {
        "appointment": selectors.appointment_view(access, row, now),
        "cancel_form": CancelForm(),
        "cautions": selectors.cautions(access.case.ref, selectors.party_ids(row)),
    }
    is_open = row.cancelled_at is None and row.contact_id is None
    if is_open and access.may(Right.CONTACT_LOG) and access.user.inside_until is None:
        context["stay_form"] = stay_form(access, row, now)
    return page_context(access, now, "appointments", **{**context, **more})


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def appointment_change(request: HttpRequest, access: CaseAccess, appointment_ref: str) -> HttpResponse:
    """Change an appointment that is still open."""
    now = clock.now()
    row = appointment_for(access, appointment_ref)
    people = selectors.appointment_choices(access, row, now)
    form = AppointmentChangeForm(
        request.POST or None,
        now=now,
        people=people,
        knows_place=selectors.may_read_place(access, row.place_is_hidden, row.made_by_id),
        initial=selectors.appointment_initial(access, row),
    )
    view = selectors.appointment_view(access, row, now)
    context = page_context(access, now, "appointments", lengths=LENGTHS, appointment=view, people=people)
    if not form.is_valid():
        return form_page(request, FORM, form, context)
    try:
        services.appointment_change(
            appointment=row,
            by=me(request),
            data=form.data_of(),
            seen_revision=form.cleaned_data["revision"],
            keep_place=not form.knows_place,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, FORM, form, context)
    except services.AppointmentEnded:
        return form_page(request, FORM, form, {**context, "has_ended": True}, 409)
    except services.AppointmentChanged:
        # What was typed stays; saved once more it goes over what stands there now, which is shown above it.
        typed = request.POST.copy()
        typed["revision"] = str(row.revision)
        form.data = typed
        return form_page(request, FORM, form, {**context, "meanwhile": context["appointment"]}, 409)
    messages.success(request, _("Changed."))
    return redirect("appointment", access.case.ref, row.ref)


@require_POST
@case_page(Right.CONTACT_LOG)
def appointment_cancel(request: HttpRequest, access: CaseAccess, appointment_ref: str) -> HttpResponse:
    """Call an appointment off, with why."""
    row = appointment_for(access, appointment_ref)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return form_page(request, "network/appointment.html", form, _page(request, access, row, cancel_form=form))
    try:
        services.appointment_cancel(
            appointment=row, by=me(request), reason=form.cleaned_data["reason"], now=clock.now()
        )
        messages.success(request, _("Called off."))
    except services.AppointmentEnded:
        messages.error(request, _("This appointment was written down or called off already."))
    return redirect("appointment", access.case.ref, row.ref)

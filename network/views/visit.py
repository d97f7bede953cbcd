"""Pages of her own safety: what to beware of, and until when she is inside."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import back_to, form_page, me, put_errors
from families.access import CaseAccess, case_page, colleague_by, person_for
from families.selectors import kept_apart, persons
from network import selectors, services
from network.access import appointment_for, caution_for, own_stay, stay_for
from network.forms import CautionForm, StayForm
from network.models import Appointment
from network.views.page import page_context

FORM = "network/stay_form.html"


# --- what to beware of ---------------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def visiting(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What a visit must reckon with: a part of the page of the family, or a page of its own without scripts."""
    now = clock.now()
    part = {
        "cautions": selectors.cautions(access.case.ref),
        "apart": kept_apart(access.case, now),
        "may_log": access.may(Right.CONTACT_LOG),
        "may_change": access.may(Right.CASE_DIRECT),
        "ref": access.case.ref,
    }
    if is_fragment(request):
        return render(request, "network/_visiting.html", part)
    return render(request, "network/visiting.html", {**page_context(access, now, "family"), **part})


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def caution_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note what a colleague must know before she rings the bell."""
    now = clock.now()
    people = [(one.ref, one.name) for one in persons(access, clock.local_date(now)) if not one.died]
    form = CautionForm(request.POST or None, people=people)
    context = page_context(access, now, "family")
    if not form.is_valid():
        return form_page(request, "network/caution_form.html", form, context)
    who = form.cleaned_data["person"]
    try:
        sent = services.caution_note_once(
            case=access.case,
            by=me(request),
            person=person_for(access, who) if who else None,
            kind=form.cleaned_data["kind"],
            note=form.cleaned_data["note"].strip(),
            key=form.submission_key,
            now=now,
        )
    except SameKeyOtherContent as error:
        context["earlier"] = error.result_url
        return form_page(request, "network/caution_form.html", form, context, 409)
    messages.success(request, _("Noted. It stands on top before every visit."))
    return redirect(sent.url)


@require_POST
@case_page(Right.CONTACT_LOG)
def caution_end(request: HttpRequest, access: CaseAccess, caution_ref: str) -> HttpResponse:
    """This is no longer so."""
    services.caution_end(caution=caution_for(access, caution_ref), by=me(request), now=clock.now())
    messages.success(request, _("Ended."))
    return redirect(f"{reverse('family', args=[access.case.ref])}#cautions")


# --- until when she is inside --------------------------------------------------------------------------------------


def stay_form(access: CaseAccess, appointment: Appointment | None, now: datetime, data: Any = None) -> StayForm:
    """The form of a stay, with the colleague of the last time and the place of the appointment filled in."""
    colleagues = selectors.stay_colleagues(access)
    last = selectors.stay_colleague_of(access.user)
    initial: dict[str, Any] = {"colleague": last if last in dict(colleagues) else None}
    if appointment is not None:
        initial |= {"appointment": appointment.ref, "place": selectors.place_of(access, appointment)}
    return StayForm(data, now=now, colleagues=colleagues, initial=initial)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def stay_begin(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Ik ga naar binnen tot …"""
    now = clock.now()
    ref = (request.POST.get("appointment") or request.GET.get("afspraak") or "")[:16]
    appointment = appointment_for(access, ref) if ref else None
    form = stay_form(access, appointment, now, request.POST or None)
    context = page_context(access, now, "door")
    if not form.is_valid() or form.until_at is None:
        return form_page(request, FORM, form, context)
    try:
        sent = services.stay_begin_once(
            case=access.case,
            by=me(request),
            data=services.StayData(
                until_at=form.until_at,
                colleague=colleague_by(access.user, form.cleaned_data["colleague"]),
                asked=form.asked,
                place=form.cleaned_data["place"].strip(),
                appointment=appointment,
            ),
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, FORM, form, context)
    except SameKeyOtherContent as error:
        return form_page(request, FORM, form, {**context, "earlier": error.result_url}, 409)
    return redirect(sent.url)


@require_GET
@requires(Right.MESSAGES)
def stay(request: HttpRequest, stay_ref: str) -> HttpResponse:
    """One stay: her own always; for who guards it while she is late."""
    now = clock.now()
    row = stay_for(me(request), stay_ref, now)
    context = {"stay": selectors.stay_view(row, now), "is_mine": row.user_id == me(request).pk}
    return render(request, "network/stay.html", context)


@require_POST
@requires(Right.MESSAGES)
def stay_close(request: HttpRequest, stay_ref: str) -> HttpResponse:
    """She is outside: she says so herself, or who has spoken to her."""
    now = clock.now()
    row = stay_for(me(request), stay_ref, now)
    services.stay_close(stay=row, by=me(request), now=now)
    if row.user_id == me(request).pk:
        messages.success(request, _("Good. Nobody is told any more."))
        return redirect(back_to(request, reverse("stay", args=[row.ref])))
    messages.success(request, _("Noted that you have spoken to her. Nobody else is told any more."))
    return redirect("messages")


@require_POST
@requires(Right.MESSAGES)
def stay_extend(request: HttpRequest, stay_ref: str) -> HttpResponse:
    """A quarter of an hour longer; only she herself."""
    now = clock.now()
    row = own_stay(me(request), stay_ref, now)
    seen = parse_datetime(request.POST.get("seen", "")[:32]) if request.POST.get("seen") else None
    try:
        moved = services.stay_extend(
            stay=row, by=me(request), seen_until=seen if seen and seen.tzinfo else row.until_at, now=now
        )
        view = selectors.stay_view(moved, now)
        messages.success(request, _("You are inside until %(time)s.") % {"time": view.until})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(back_to(request, reverse("stay", args=[row.ref])))

"""Pages of the contact log: translate, one domain call, translate."""

from datetime import datetime
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
from families.selectors import case_header
from network import selectors, services
from network.access import contact_for, correctable_contact_for, follow_up_for, role_in_case, signal_in_case
from network.forms import DURATIONS, ContactForm, CorrectionForm, FollowUpForm, GroundForm, RoleEndForm, RoleForm
from network.frame import contact_links
from network.models import Contact
from network.selectors import ContactFilter


def _context(access: CaseAccess, now: datetime, **more: Any) -> dict[str, Any]:
    return {"case_header": case_header(access, now, "contacts"), "may_log": access.may(Right.CONTACT_LOG), **more}


@require_GET
@case_page(Right.CASE_VIEW)
def contact_list(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The contact log, with filters as chips."""
    now = clock.now()
    query = ContactFilter(
        channel=request.GET.get("hoe", ""),
        outcome=request.GET.get("uitkomst", ""),
        party_ref=request.GET.get("met", ""),
        after=request.GET.get("na", ""),
    )
    page = selectors.contacts(access, query, now)
    context = _context(access, now, page=page, **contact_links(request.path, query, page.next_after))
    return render(request, "network/contact_list.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Log a contact; opened from a person, she is chosen already."""
    now = clock.now()
    people = selectors.participant_choices(access, now)
    initial = {"participants": [ref for ref in request.GET.getlist("met") if ref in {p.ref for p in people}]}
    form = ContactForm(request.POST or None, now=now, people=people, initial=initial)
    context = _context(access, now, people=people, durations=DURATIONS)
    if not form.is_valid():
        return form_page(request, "network/contact_form.html", form, context)
    try:
        sent = services.contact_log(
            case=access.case, by=me(request), data=form.data_of(), key=form.submission_key, now=now
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "network/contact_form.html", form, context)
    except SameKeyOtherContent as error:
        context["earlier"] = error.result_url
        context["earlier_contact"] = selectors.contact_at(access, error.result_url, now)
        return form_page(request, "network/contact_form.html", form, context, 409)
    messages.success(request, _("Contact saved."))
    return redirect(sent.url)


@require_GET
@case_page(Right.CASE_VIEW)
def contact(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """One contact with every version of it."""
    now = clock.now()
    row = contact_for(access, contact_ref)
    context = _context(
        access,
        now,
        contact=selectors.contact_view(access, row, now),
        history=selectors.contact_history(access, row, now),
        may_correct=access.may(Right.CONTACT_LOG) and (access.is_steward or row.author_id == access.user.pk),
    )
    return render(request, "network/contact.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_correct(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """Correct a contact by an addition."""
    now = clock.now()
    row = correctable_contact_for(access, contact_ref)
    people = selectors.participant_choices(access, now)
    form = CorrectionForm(request.POST or None, now=now, people=people, initial=_initial(access, row))
    context = _context(access, now, people=people, durations=DURATIONS, contact=row)
    if not form.is_valid():
        return form_page(request, "network/contact_form.html", form, context)
    try:
        data = form.data_of()
        services.contact_correct(
            contact=row,
            by=me(request),
            data=data,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["version"],
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "network/contact_form.html", form, context)
    except services.ContactChanged:
        return _changed_meanwhile(request, access, row, form, context)
    messages.success(request, _("Correction saved. The earlier text stays readable."))
    return redirect("contact", access.case.ref, row.ref)


def _initial(access: CaseAccess, row: Contact) -> dict[str, Any]:
    return {
        "body": selectors.contact_text(access, row),
        "participants": selectors.participant_refs(row),
        "channel": row.channel,
        "outcome": row.outcome,
        "duration_minutes": row.duration_minutes,
        "started_at": row.started_at.astimezone(clock.LOCAL),
        "purposes": row.purposes,
        "version": row.version,
    }


def _changed_meanwhile(
    request: HttpRequest, access: CaseAccess, row: Contact, form: CorrectionForm, context: dict[str, Any]
) -> HttpResponse:
    """409 with both texts: what a colleague saved meanwhile, and what was typed, ready to be saved on top of it."""
    row.refresh_from_db()
    meanwhile = selectors.contact_view(access, row, clock.now())
    typed = request.POST.copy()
    typed["version"] = str(row.version)
    form.data = typed
    return form_page(request, "network/contact_form.html", form, {**context, "meanwhile": meanwhile}, 409)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def follow_up_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Promise something for a day."""
    now = clock.now()
    form = FollowUpForm(request.POST or None, now=now)
    if not form.is_valid():
        return form_page(request, "network/follow_up_form.html", form, _context(access, now))
    try:
        sent = services.follow_up_make(
            case=access.case,
            by=me(request),
            due_on=form.cleaned_data["due_on"],
            text=form.cleaned_data["text"],
            key=form.submission_key,
            now=now,
        )
    except SameKeyOtherContent as error:
        return form_page(
            request, "network/follow_up_form.html", form, _context(access, now, earlier=error.result_url), 409
        )
    messages.success(request, _("It stands on your desk on that day."))
    return redirect(sent.url)


@require_POST
@case_page(Right.CONTACT_LOG)
def follow_up_done(request: HttpRequest, access: CaseAccess, follow_up_ref: str) -> HttpResponse:
    """Mark a follow-up as done."""
    services.follow_up_done(follow_up=follow_up_for(access, follow_up_ref), by=me(request), now=clock.now())
    messages.success(request, _("Done. You can undo this in the case."))
    return redirect(back_to(request, reverse("case-overview", args=[access.case.ref])))


@require_POST
@case_page(Right.CONTACT_LOG)
def follow_up_reopen(request: HttpRequest, access: CaseAccess, follow_up_ref: str) -> HttpResponse:
    """Undo "done"."""
    services.follow_up_reopen(follow_up=follow_up_for(access, follow_up_ref), by=me(request))
    messages.success(request, _("It is open again."))
    return redirect(back_to(request, reverse("case-overview", args=[access.case.ref])))


# --- /casussen/<ref>/netwerk/ ----------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def network(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Who stands around the family, each in which role, on which ground, until when."""
    return render(request, "network/network.html", _network_context(access))


def _network_context(access: CaseAccess, **more: Any) -> dict[str, Any]:
    now = clock.now()
    roles = selectors.roles(access.case.pk, now)
    context = {
        "roles": roles,
        "fields": selectors.by_field(roles),
        "ended": [role for role in roles if role.has_ended],
        "signals": [signal for role in roles for signal in role.unread],
        "picture": selectors.network_picture(access.case.name, roles),
        "may_change": access.may(Right.CASE_DIRECT),
        "today": clock.local_date(now),
    }
    return _context(access, now, **{**context, **more}) | {"case_header": case_header(access, now, "network")}


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

"""Pages of the contact log: translate, one domain call, translate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import contact_for, correctable_contact_for
from network.forms import DURATIONS, ContactForm, CorrectionForm
from network.frame import contact_links
from network.models import Contact
from network.selectors import ContactFilter
from network.views.page import page_context


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
    context = page_context(access, now, page=page, **contact_links(request.path, query, page.next_after))
    return render(request, "network/contact_list.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Log a contact; opened from a person, she is chosen already."""
    now = clock.now()
    people = selectors.participant_choices(access, now)
    initial = {"participants": [ref for ref in request.GET.getlist("met") if ref in {p.ref for p in people}]}
    form = ContactForm(request.POST or None, now=now, people=people, initial=initial)
    context = page_context(access, now, people=people, durations=DURATIONS)
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
    context = page_context(
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
    context = page_context(access, now, people=people, durations=DURATIONS, contact=row)
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

"""Pages of the contact log: translate, one domain call, translate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock, slots
from casusregie.core.choices import Right
from casusregie.core.slots import FilledPart, FormPart, PartForm
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import accepted, form_page, me, put_errors
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import appointment_for, contact_for, correctable_contact_for, may_correct, may_withdraw
from network.forms import DURATIONS, ContactForm, CorrectionForm
from network.frame import contact_links
from network.models import Appointment, Contact
from network.selectors import ContactFilter
from network.views.draft import draft_part
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
    drafts = [] if query.after else selectors.drafts_in(access, now)
    links = contact_links(request.path, query, page.next_after)
    asks = [] if query.after else selectors.safe_asks(access, now)
    context = page_context(access, now, page=page, drafts=drafts, safe_asks=asks, **links)
    return render(request, "network/contact_list.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Log a contact; opened from a person, she is chosen already."""
    now = clock.now()
    there = selectors.taking_part(access, now)
    people = there.choices
    initial = {"participants": [ref for ref in request.GET.getlist("met") if ref in {p.ref for p in people}]}
    appointment = _appointment(request, access)
    if appointment is not None:
        initial = selectors.contact_initial(appointment, now)
    form = ContactForm(request.POST or None, now=now, people=people, initial=initial)
    parts = _parts(access, request.POST or None, now)
    # Every part is asked, so that all that is wrong is answered at once.
    if not all([form.is_valid(), *(shown.form.is_valid() for shown in parts if shown.form.is_used)]):
        return _form_page(request, access, form, now, parts=parts)
    filled = [FilledPart(shown.part, shown.form.content()) for shown in parts if shown.form.is_used]
    try:
        sent = services.contact_log(
            case=access.case,
            by=me(request),
            data=form.data_of(),
            key=form.submission_key,
            now=now,
            parts=filled,
            appointment=appointment,
            parties=there.parties,
        )
    except ValidationError as error:
        put_errors(form, error)
        return _form_page(request, access, form, now, parts=parts)
    except SameKeyOtherContent as error:
        earlier = selectors.contact_at(access, error.result_url, now)
        more: dict[str, Any] = {"earlier": error.result_url, "earlier_contact": earlier}
        return _form_page(request, access, form, now, 409, parts=parts, **more)
    messages.success(request, _("Contact saved."))
    return accepted(request, sent.url)


def _appointment(request: HttpRequest, access: CaseAccess) -> Appointment | None:
    """The appointment that the contact is about: from the form, or from the address that opened it."""
    ref = request.POST.get("appointment", "") if request.method == "POST" else request.GET.get("afspraak", "")
    return appointment_for(access, ref[:16]) if ref else None


@dataclass(frozen=True)
class _ShownPart:
    """A part of the form that a higher room adds, with its form."""

    part: FormPart
    form: PartForm


def _parts(access: CaseAccess, data: Any, now: datetime) -> list[_ShownPart]:
    made = [(part, part.make(access, data, now)) for part in slots.parts("contact.form")]
    return [_ShownPart(part, form) for part, form in made if form is not None]


def _form_page(
    request: HttpRequest,
    access: CaseAccess,
    form: ContactForm,
    now: datetime,
    status: int | None = None,
    *,
    renew_key: bool = True,
    **more: Any,
) -> HttpResponse:
    """The form with what stands around it; that is fetched only here, so that saving pays nothing for it."""
    forms = [form, *(shown.form for shown in more.get("parts", ()))]
    draft = draft_part(request, access, forms, now, contact=more.get("contact"))
    chosen = set(form["participants"].value() or [])
    log = selectors.log_page(access, form.people, chosen, now)
    more["part_forms"] = forms[1:]
    context = page_context(access, now, log=log, durations=DURATIONS, **draft, **more)
    return form_page(request, "network/contact_form.html", form, context, status, renew_key=renew_key)


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
        attachments=selectors.attachments_of(access, row),
        safe_asks=selectors.safe_asks(access, now, row.ref),
        may_correct=access.may(Right.CONTACT_LOG) and may_correct(access, row),
        may_withdraw=access.may(Right.CONTACT_LOG) and may_withdraw(access, row),
    )
    return render(request, "network/contact.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def contact_correct(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """Correct a contact by an addition."""
    now = clock.now()
    row = correctable_contact_for(access, contact_ref)
    people = selectors.participant_choices(access, now)
    form = CorrectionForm(request.POST or None, now=now, people=people, initial=_initial(access, row, now))
    if not form.is_valid():
        return _form_page(request, access, form, now, contact=row)
    try:
        data = form.data_of()
        sent = services.contact_correct_once(
            contact=row,
            by=me(request),
            data=data,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["version"],
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return _form_page(request, access, form, now, contact=row)
    except (services.ContactChanged, SameKeyOtherContent) as error:
        return _changed_meanwhile(request, access, row, form, now, key_is_used=isinstance(error, SameKeyOtherContent))
    messages.success(request, _("Correction saved. The earlier text stays readable."))
    return accepted(request, sent.url)


def _initial(access: CaseAccess, row: Contact, now: datetime) -> dict[str, Any]:
    there = selectors.participant_refs(row)
    return {
        "body": selectors.contact_text(access, row, now),
        "participants": list(there),
        "safety": {ref: said for ref, said in there.items() if said},
        "channel": row.channel,
        "outcome": row.outcome,
        "duration_minutes": row.duration_minutes,
        "started_at": row.started_at.astimezone(clock.LOCAL),
        "purposes": row.purposes,
        "version": row.version,
    }


def _changed_meanwhile(
    request: HttpRequest, access: CaseAccess, row: Contact, form: CorrectionForm, now: datetime, *, key_is_used: bool
) -> HttpResponse:
    """409 with both texts: what stands there by now, and what was typed, ready to be saved on top of it."""
    row.refresh_from_db()
    meanwhile = selectors.contact_view(access, row, now)
    typed = request.POST.copy()
    typed["version"] = str(row.version)
    if key_is_used:
        typed["key"] = str(uuid4())
    form.data = typed
    return _form_page(request, access, form, now, 409, renew_key=False, contact=row, meanwhile=meanwhile)

"""Pages about one person: how one speaks with her, her municipality, her homes and her citizen service number."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent, Sent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import CaseAccess, case_page, person_for
from families.forms import MoveForm, NumberForm, NumberShowForm, ResidenceForm, SpeechForm
from families.models import Person
from families.scanner import has_hidden_place
from families.views.choose import people_choices, send_once
from families.views.page import page_context


def _context(access: CaseAccess, row: Person, now: datetime, **more: Any) -> dict[str, Any]:
    return page_context(access, now, person=row.name.full, person_ref=row.party.ref, **more)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def speech_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note which languages somebody speaks, who interprets, and what makes words clear to her."""
    now, row = clock.now(), person_for(access, party_ref)
    known = selectors.speech_for(row)
    form = SpeechForm(request.POST or None, initial=vars(known) if known else {})

    def save() -> Sent:
        return services.speech_note_once(
            person=row, data=form.data_of(), by=me(request), key=form.submission_key, now=now
        )

    return send_once(request, "families/speech_form.html", form, _context(access, row, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def residence_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note which municipality is responsible for somebody, and from when."""
    now, row = clock.now(), person_for(access, party_ref)
    is_hidden = has_hidden_place(row)
    form = ResidenceForm(request.POST or None, initial={"is_hidden": is_hidden})

    def save() -> Sent:
        return services.residence_note_once(
            person=row, data=form.data_of(), by=me(request), key=form.submission_key, now=now
        )

    context = _context(access, row, now, has_hidden_place=is_hidden)
    return send_once(request, "families/residence_form.html", form, context, save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def household_move(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Let somebody live in another home from a day on, and whoever goes along."""
    now, row = clock.now(), person_for(access, party_ref)
    form = MoveForm(
        request.POST or None,
        people=people_choices(access, now, without=party_ref),
        homes=selectors.homes_of(access),
        initial={"since": clock.local_date(now)},
    )

    def save() -> Sent:
        return services.household_move_once(
            case=access.case,
            by=me(request),
            people=[row, *(person_for(access, ref) for ref in form.cleaned_data["along"])],
            data=form.data_of(),
            back_to=row,
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/move_form.html", form, _context(access, row, now), save)


@require_http_methods(["GET", "POST"])
@sensitive_variables("number")
@case_page(Right.CASE_DIRECT)
def person_bsn(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """The last digits of somebody's number and who saw it; with a reason the number itself, once."""
    now, row = clock.now(), person_for(access, party_ref)
    form = NumberShowForm(request.POST or None)
    number, earlier = "", ""
    if form.is_valid():
        try:
            number = services.number_show(
                person=row,
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                by=me(request),
                key=form.submission_key,
                now=now,
            )
            earlier = "" if number else _("This was shown already. Say once more why you need it.")
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent:
            earlier = _("This was shown already. Say once more why you need it.")
    if form.is_bound and not form.is_valid():
        return form_page(request, "families/bsn.html", form, _bsn_context(access, row, now))
    shown = {"shown": number, "shown_earlier": earlier, "form": NumberShowForm()}
    return render(request, "families/bsn.html", {**_bsn_context(access, row, now), **shown})


def _bsn_context(access: CaseAccess, row: Person, now: datetime) -> dict[str, Any]:
    return page_context(access, now, page=selectors.number_page(row))


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("number")
@case_page(Right.CASE_DIRECT)
def person_bsn_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note or change somebody's number."""
    now, row = clock.now(), person_for(access, party_ref)
    form = NumberForm(request.POST or None)
    if form.is_valid():
        try:
            services.number_note(person=row, number=form.cleaned_data["number"], by=me(request), now=now)
            messages.success(request, _("Noted. Only the last digits are shown."))
            return redirect("person", access.case.ref, party_ref)
        except ValidationError as error:
            put_errors(form, error)
    return form_page(request, "families/bsn_form.html", form, _context(access, row, now, gets_help=row.gets_help))

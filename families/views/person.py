"""Pages of persons and of how each is reached."""

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
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    person_for,
)
from families.forms import (
    PersonAddForm,
    PersonForm,
    WayConfirmForm,
    WayForm,
)
from families.models import Person
from families.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def person(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Somebody of the family: how she is reached safely comes first, then what is known of her."""
    now = clock.now()
    row = person_for(access, party_ref)
    found = selectors.person_view(access, row, clock.local_date(now))
    context = page_context(
        access,
        now,
        person=found,
        about=selectors.about(access, row, now),
        is_steward=access.is_steward,
        may_change=access.may(Right.CASE_DIRECT),
    )
    return render(request, "families/person.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def person_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add somebody to the family."""
    now = clock.now()
    form = PersonAddForm(request.POST or None, today=clock.local_date(now), names=selectors.names_of(access))
    if form.is_valid():
        try:
            sent = services.person_add_once(
                case=access.case, data=form.data_of(), by=me(request), key=form.submission_key, now=now
            )
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context = page_context(access, now, earlier=error.result_url)
            return form_page(request, "families/person_form.html", form, context, 409)
    return form_page(request, "families/person_form.html", form, page_context(access, now))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def person_edit(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Change what is known of somebody."""
    now = clock.now()
    row = person_for(access, party_ref)
    today = clock.local_date(now)
    form = PersonForm(
        request.POST or None,
        today=today,
        initial=_initial(row),
        names=selectors.names_of(access, without=row.pk),
        has_homes=services.has_homes(row, today),
    )
    if form.is_valid():
        try:
            services.person_change(person=row, data=form.data_of(), by=me(request), now=now)
            return redirect("person", access.case.ref, party_ref)
        except ValidationError as error:
            put_errors(form, error)
    context = page_context(access, now, person=row.name.full, person_ref=party_ref)
    return form_page(request, "families/person_form.html", form, context)


def _initial(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in services.PersonData.__dataclass_fields__}


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def way_new(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Add a way to reach somebody."""
    now = clock.now()
    row = person_for(access, party_ref)
    form = WayForm(request.POST or None)
    if form.is_valid():
        try:
            sent = services.safe_contact_add_once(
                person=row,
                way=form.data_of(clock.local_date(now)),
                by=me(request),
                key=form.submission_key,
                now=now,
            )
            return redirect(sent.url)
        except SameKeyOtherContent as error:
            context = page_context(access, now, person=row.name.full, person_ref=party_ref, earlier=error.result_url)
            return form_page(request, "families/way_form.html", form, context, 409)
    context = page_context(access, now, person=row.name.full, person_ref=party_ref)
    return form_page(request, "families/way_form.html", form, context)


@require_POST
@case_page(Right.CASE_DIRECT)
def way_confirm(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Say today whether a way is safe."""
    row = person_for(access, party_ref)
    form = WayConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether this way is safe."))
        return redirect("person", access.case.ref, party_ref)
    try:
        services.safe_contact_confirm(
            person=row,
            way_id=form.cleaned_data["way"],
            safe=form.cleaned_data["safe"],
            today=clock.local_date(clock.now()),
            by=me(request),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", access.case.ref, party_ref)

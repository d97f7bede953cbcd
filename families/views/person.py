"""Pages of persons; how each is reached is in `reach`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

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
)
from families.models import Person
from families.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def person(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Somebody of the family: how she is reached safely comes first, then what is known of her."""
    now = clock.now()
    today = clock.local_date(now)
    row = person_for(access, party_ref)
    context = page_context(
        access,
        now,
        person=selectors.person_view(access, row, today),
        reach=selectors.reach_of(access, row.pk, now),
        about=selectors.about(access, row, now),
        facts=selectors.facts_about(access, row.party_id, now),
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
        has_homes=services.has_homes(person=row, today=today),
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

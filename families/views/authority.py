"""Pages of authority over a child, and of who decides for somebody."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    person_for,
)
from families.forms import (
    AuthorityForm,
    RepresentationForm,
)
from families.views.choose import people_choices
from families.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def authority_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note who has authority over a child, and where that was looked up."""
    now = clock.now()
    child = person_for(access, party_ref)
    form = AuthorityForm(
        request.POST or None,
        people=people_choices(access, now, without=party_ref),
        today=clock.local_date(now),
        initial=selectors.authority_initial(child, request.GET.get("wie", "")[:16]),
    )
    if form.is_valid():
        try:
            wanted = form.cleaned_data["holder"]
            services.authority_note(
                child=child,
                holder=person_for(access, wanted) if wanted else None,
                body=form.cleaned_data["body"],
                by=me(request),
                data=form.data_of(),
                now=now,
            )
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('family', args=[access.case.ref])}#authority")
        except ValidationError as error:
            put_errors(form, error)
    return form_page(request, "families/authority_form.html", form, page_context(access, now, person=child.name.full))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def representation_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note that somebody cannot weigh a decision, or who decides for her."""
    now = clock.now()
    person = person_for(access, party_ref)
    form = RepresentationForm(request.POST or None, today=clock.local_date(now))
    if form.is_valid():
        try:
            services.representation_note(person=person, by=me(request), now=now, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('family', args=[access.case.ref])}#authority")
        except ValidationError as error:
            put_errors(form, error)
    page = page_context(access, now, person=person.name.full)
    return form_page(request, "families/representation_form.html", form, page)

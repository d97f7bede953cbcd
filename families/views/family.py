"""Opening a case, and the page of the family."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
)
from families.forms import (
    CaseOpenForm,
)
from families.views.page import page_context


@require_http_methods(["GET", "POST"])
@requires(Right.CASE_OPEN)
def case_new(request: HttpRequest) -> HttpResponse:
    """Open a case with a name and a way to reach somebody."""
    now = clock.now()
    form = CaseOpenForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, "families/case_new.html", form, {})
    try:
        sent = services.case_open_once(
            by=me(request),
            name=form.cleaned_data["name"],
            first=form.first(),
            way=form.reach(clock.local_date(now)),
            intensity=form.cleaned_data["intensity"],
            guard=form.cleaned_data["guard"],
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "families/case_new.html", form, {})
    except SameKeyOtherContent as error:
        return form_page(request, "families/case_new.html", form, {"earlier": error.result_url}, 409)
    if form.cleaned_data["guard"]:
        messages.success(request, _("Registered. The team leader finds this family on top of her list."))
    return redirect(sent.url)


@require_GET
@case_page(Right.CASE_VIEW)
def family(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Who belongs to the family, and how each is reached."""
    now = clock.now()
    people = selectors.persons(access, clock.local_date(now))
    return render(
        request,
        "families/family.html",
        page_context(
            access,
            now,
            people=people,
            groups=selectors.family_list(access, people, now),
            around=selectors.around(access, people, now),
            findings=selectors.findings_unseen(access),
            is_steward=access.is_steward,
            may_change=access.may(Right.CASE_DIRECT),
        ),
    )

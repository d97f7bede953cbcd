"""How a family came, what was weighed, and whether everybody can work together."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    person_for,
)
from families.forms import (
    AskedForm,
    DirectionForm,
    IntakeForm,
    KnownForm,
    PositionForm,
    ReferralForm,
    SpokenAloneForm,
    WeighingForm,
)
from families.views.choose import people_choices
from families.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def intake(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """How this family came, what was weighed, whether everybody can work together, and where direction lies."""
    return _intake_page(request, access, clock.now())


def _intake_page(
    request: HttpRequest, access: CaseAccess, now: datetime, bound: str = "", form: IntakeForm | None = None
) -> HttpResponse:
    people = people_choices(access, now)
    made = {what: _intake_form(what, None, people, now) for what in _INTAKE} | ({bound: form} if form else {})
    context = page_context(
        access, now, intake=selectors.intake(access, now), may_change=access.may(Right.CASE_DIRECT), bound=bound
    )
    context |= {f"{name}_form": made[what] for what, (name, _class) in _INTAKE.items()}
    context["form"] = form
    return render(request, "families/intake.html", context, status=422 if form else 200)


# What can be noted here, by the last part of its address.
_INTAKE: dict[str, tuple[str, type[IntakeForm]]] = {
    "bron": ("referral", ReferralForm),
    "weging": ("weighing", WeighingForm),
    "positie": ("position", PositionForm),
    "gesproken": ("spoken", SpokenAloneForm),
    "regie": ("direction", DirectionForm),
    "bekend": ("known", KnownForm),
}


def _intake_form(what: str, data: Any, people: list[tuple[str, str]], now: datetime) -> IntakeForm:
    _name, form = _INTAKE[what]
    return form(data, today=clock.local_date(now), people=people, auto_id=f"{what}_%s")


@require_POST
@case_page(Right.CASE_DIRECT)
def intake_note(request: HttpRequest, access: CaseAccess, what: str) -> HttpResponse:
    """Note one thing of the intake; what was noted before stays."""
    if what not in _INTAKE:
        raise Http404
    now = clock.now()
    form = _intake_form(what, request.POST, people_choices(access, now), now)
    if form.is_valid():
        try:
            _intake_save(access, me(request), what, dict(form.cleaned_data), now)
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('intake', args=[access.case.ref])}#{what}")
        except ValidationError as error:
            put_errors(form, error)
    return _intake_page(request, access, now, what, form)


@require_http_methods(["GET", "POST"])
@requires(Right.CASE_LIST)
def known_question(request: HttpRequest) -> HttpResponse:
    """Somebody asks about a family: look among one's own cases, or note that it was asked, without a name."""
    form = AskedForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, "families/known_question.html", form, {})
    asked_by = form.cleaned_data["asked_by"]
    services.known_question_note(case=None, by=me(request), asked_by=asked_by, answer="", now=clock.now())
    messages.success(request, _("Noted that it was asked, without a name."))
    return redirect("case-list")


def _intake_save(access: CaseAccess, by: User, what: str, data: dict[str, Any], now: datetime) -> None:
    case = access.case
    if what == "bron":
        services.referral_note(case=case, by=by, data=services.ReferralData(**data), now=now)
    elif what == "weging":
        services.weighing_note(case=case, by=by, data=services.WeighingData(**data), now=now)
    elif what == "regie":
        services.direction_note(case=case, by=by, now=now, **data)
    elif what == "bekend":
        services.known_question_note(case=case, by=by, now=now, **data)
    else:
        note = services.position_note if what == "positie" else services.spoken_alone_note
        note(person=person_for(access, data.pop("person")), by=by, now=now, **data)

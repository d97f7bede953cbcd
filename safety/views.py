"""Pages of the safety room: translate, one domain call, translate."""

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
from families.access import CaseAccess, case_page, person_for
from families.selectors import case_header, persons
from safety import selectors, services
from safety.access import check_for
from safety.forms import CheckDoneForm, CheckForm, IncidentForm, ScoreForm


def _context(access: CaseAccess, **more: Any) -> dict[str, Any]:
    now = clock.now()
    today = clock.local_date(now)
    people = [(person.ref, person.name) for person in persons(access, today) if not person.died]
    context: dict[str, Any] = {
        "case_header": case_header(access, now, "safety"),
        "safety": selectors.safety(access, now),
        "may_log": access.may(Right.CONTACT_LOG),
        "score_form": ScoreForm(people=people),
        "check_form": CheckForm(today=today),
        "done_form": CheckDoneForm(),
        "people": people,
    }
    return context | more


@require_GET
@case_page(Right.CASE_VIEW)
def safety(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """How safe it is: a line per voice, what happened, what is checked."""
    return render(request, "safety/safety.html", _context(access))


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def incident_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Write down that something unsafe happened."""
    now = clock.now()
    form = IncidentForm(request.POST or None, now=now)
    context = {"case_header": case_header(access, now, "safety")}
    if not form.is_valid():
        return form_page(request, "safety/incident_form.html", form, context)
    data = services.IncidentData(**form.content())
    try:
        sent = services.incident_note(case=access.case, by=me(request), data=data, key=form.submission_key, now=now)
    except SameKeyOtherContent as error:
        return form_page(request, "safety/incident_form.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Noted. A check for tomorrow stands on your desk."))
    return redirect(sent.url)


@require_POST
@case_page(Right.CONTACT_LOG)
def score_note(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Write down how safe one person says it is."""
    now = clock.now()
    context = _context(access)
    form = ScoreForm(request.POST, people=context["people"])
    if not form.is_valid():
        return render(request, "safety/safety.html", context | {"score_form": form}, status=422)
    services.score_note(
        case=access.case,
        by=me(request),
        voice=person_for(access, form.cleaned_data["voice"]).party,
        value=form.cleaned_data["value"],
        on=clock.local_date(now),
        words=form.cleaned_data["words"],
        now=now,
    )
    messages.success(request, _("Noted."))
    return redirect("safety", access.case.ref)


@require_POST
@case_page(Right.CONTACT_LOG)
def check_plan(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Plan a check for a day."""
    now = clock.now()
    form = CheckForm(request.POST, today=clock.local_date(now))
    if not form.is_valid():
        return render(request, "safety/safety.html", _context(access, check_form=form), status=422)
    services.check_plan(case=access.case, by=me(request), now=now, **form.cleaned_data)
    messages.success(request, _("It stands on your desk on that day."))
    return redirect("safety", access.case.ref)


@require_POST
@case_page(Right.CONTACT_LOG)
def check_done(request: HttpRequest, access: CaseAccess, check_ref: str) -> HttpResponse:
    """Write down what came out of a check."""
    check = check_for(access, check_ref)
    form = CheckDoneForm(request.POST)
    if form.is_valid():
        try:
            services.check_done(check=check, by=me(request), now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("safety", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    context = _context(access, done_form=form, done_ref=check_ref)
    return render(request, "safety/safety.html", context, status=422)

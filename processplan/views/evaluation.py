"""Evaluation moments."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families.access import CaseAccess, case_page
from families.selectors import case_header
from processplan import selectors, services
from processplan.access import evaluation_for
from processplan.forms import EvaluationForm, OutcomeForm


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_VIEW)
def evaluations(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The moments of a case; a POST plans one."""
    now = clock.now()
    people = selectors.around_the_table(access, now)
    form = EvaluationForm(request.POST or None, now=now, people=people)
    context: dict[str, Any] = {
        "case_header": case_header(access, now, "evaluations"),
        "evaluations": selectors.evaluations(access.case, now),
        "may_write": access.may(Right.CASE_DIRECT),
    }
    if request.method == "POST":
        access.need_any(Right.CASE_DIRECT)
    if not form.is_valid():
        return form_page(request, "processplan/evaluations.html", form, context)
    try:
        sent = services.evaluation_plan_once(
            case=access.case,
            by=me(request),
            planned_at=form.cleaned_data["planned_at"],
            attendees=selectors.parties_around(access, form.cleaned_data["attendees"], now),
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "processplan/evaluations.html", form, context)
    except SameKeyOtherContent as error:
        return form_page(request, "processplan/evaluations.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Planned. It reminds by itself."))
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def evaluation_hold(request: HttpRequest, access: CaseAccess, evaluation_ref: str) -> HttpResponse:
    """Write down what came out of a moment."""
    now = clock.now()
    row = evaluation_for(access, evaluation_ref)
    people = selectors.attendees_of(row)
    form = OutcomeForm(
        request.POST or None,
        now=now,
        people=people,
        initial={"came": [ref for ref, _name in people], "next_at": selectors.next_moment_proposed(access.case, now)},
    )
    view = selectors.evaluation_view(row, access.case, now)
    back = reverse("evaluations", args=[access.case.ref])
    context = {"case_header": case_header(access, now, "evaluations"), "evaluation": view, "evaluations_url": back}
    if not form.is_valid():
        return form_page(request, "processplan/evaluation_form.html", form, context)
    try:
        wanted = {name: form.cleaned_data[name] for name in ("goes_well", "not_yet", "changes", "safety", "next_at")}
        came = {party.pk for party in selectors.parties_around(access, form.cleaned_data["came"], now)}
        data = services.OutcomeData(**wanted)
        services.evaluation_hold(evaluation=row, by=me(request), data=data, came=came, now=now)
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "processplan/evaluation_form.html", form, context)
    messages.success(request, _("Saved."))
    return redirect("evaluations", access.case.ref)

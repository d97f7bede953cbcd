"""Pages of confidential facts: noting, reading, changing and ending one, and what was found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import CaseAccess, case_page, fact_for, person_for
from families.forms import FactChangeForm, FactEndForm, FactForm, FactLookForm
from families.models import ConfidentialFact, Person
from families.scanner import CannotLook, proposals
from families.views.page import page_context


def _people(access: CaseAccess, now: datetime) -> list[tuple[str, str]]:
    return [(person.ref, person.name) for person in selectors.persons(access, clock.local_date(now))]


def _persons(access: CaseAccess, refs: Iterable[str]) -> tuple[Person, ...]:
    return tuple(person_for(access, ref) for ref in refs)


def fact_form(access: CaseAccess, now: datetime, data: Any = None, **initial: Any) -> FactForm:
    """The form of a new fact; another room hands what it begins with."""
    readers = selectors.who_may_be_told(access, now)
    return FactForm(data, people=_people(access, now), readers=readers, initial=initial)


def _data(access: CaseAccess, form: FactForm, now: datetime) -> services.FactData:
    fields = form.cleaned_data
    told = selectors.told_parties(access, fields["may_know"], now)
    also = _persons(access, fields["also"])
    return services.FactData(fields["kind"], fields["value"], form.terms_of(), tuple(told), also)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def fact_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note something for nobody's eyes but who is named; whoever comes from a person has chosen her already."""
    now = clock.now()
    form = fact_form(access, now, request.POST or None, concerns=request.GET.get("wie", "")[:16])
    context = page_context(access, now)
    if not form.is_valid():
        return form_page(request, "families/fact_form.html", form, context)
    try:
        sent = services.fact_note_once(
            case=access.case,
            by=me(request),
            concerns=person_for(access, form.cleaned_data["concerns"]),
            data=_data(access, form, now),
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "families/fact_form.html", form, context)
    except SameKeyOtherContent as error:
        return form_page(request, "families/fact_form.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Noted. Everything that leaves is searched for it, also what was made before."))
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def fact_show(request: HttpRequest, access: CaseAccess, fact_ref: str) -> HttpResponse:
    """One fact on a page of its own, so that reading it stands in the access log.

    Director and deputy read it at once; a second worker who may know it gives a reason, each time.
    """
    now = clock.now()
    row = fact_for(access, fact_ref, now)
    if not access.is_steward:
        return _look(request, access, row, now)
    if request.method == "POST":
        return redirect("fact-show", access.case.ref, row.ref)
    return render(request, "families/fact.html", _fact_context(access, row, now))


def _fact_context(access: CaseAccess, row: ConfidentialFact, now: datetime, **more: Any) -> dict[str, Any]:
    page = selectors.fact_page(access, row, now)
    return page_context(access, now, page=page, end_form=FactEndForm(), **more)


def _look(request: HttpRequest, access: CaseAccess, row: ConfidentialFact, now: datetime) -> HttpResponse:
    form = FactLookForm(request.POST or None)
    context = page_context(access, now, fact=selectors.fact_view(access, row, now))
    if not form.is_valid():
        return form_page(request, "families/fact_look.html", form, context)
    services.fact_look(fact=row, user=me(request), reason=form.cleaned_data["reason"], now=now)
    return render(request, "families/fact_look.html", {**context, "text": selectors.fact_text(row)})


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def fact_change(request: HttpRequest, access: CaseAccess, fact_ref: str) -> HttpResponse:
    """Write what holds now; what it said stays in its history."""
    now = clock.now()
    row = fact_for(access, fact_ref)
    form = FactChangeForm(
        request.POST or None,
        people=_people(access, now),
        readers=selectors.who_may_be_told(access, now),
        initial=selectors.fact_initial(row, now),
    )
    context = page_context(access, now, fact=selectors.fact_view(access, row, now))
    if not form.is_valid():
        return form_page(request, "families/fact_form.html", form, context)
    try:
        services.fact_change(
            fact=row,
            by=me(request),
            data=_data(access, form, now),
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["version"],
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "families/fact_form.html", form, context)
    messages.success(request, _("Changed. Everything that was made before is searched for it again."))
    return redirect("fact-show", access.case.ref, row.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def fact_end(request: HttpRequest, access: CaseAccess, fact_ref: str) -> HttpResponse:
    """Say that this need not be kept from anybody any more."""
    now = clock.now()
    row = fact_for(access, fact_ref)
    form = FactEndForm(request.POST)
    if form.is_valid():
        try:
            services.fact_end(fact=row, by=me(request), reason=form.cleaned_data["end_reason"], now=now)
            messages.success(request, _("Ended. It stays readable for you and your deputy."))
            return redirect("fact-show", access.case.ref, row.ref)
        except ValidationError as error:
            put_errors(form, error)
    context = _fact_context(access, row, now)
    return render(request, "families/fact.html", {**context, "end_form": form}, status=422)


@require_POST
@case_page(Right.CASE_DIRECT)
def fact_propose(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The search terms that a text suggests, one a line; nothing is kept."""
    found = proposals(request.POST.get("kind", "")[:12], request.POST.get("value", "")[:500])
    return HttpResponse("\n".join(found), content_type="text/plain; charset=utf-8")


@require_POST
@case_page(Right.CASE_DIRECT)
def fact_check(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Which facts a text that is being written touches, and who of its readers may not know; nothing is kept."""
    try:
        readers = request.POST.getlist("reader")
        found = selectors.touches(access, request.POST.get("text", "")[:20_000], readers, clock.now())
    except CannotLook:
        raise PermissionDenied from None
    return render(request, "families/_touches.html", {"touches": found})


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def findings(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What was found in what is given and shown; a POST says that it was seen."""
    now = clock.now()
    if request.method == "POST":
        services.findings_notice(case=access.case, by=me(request), now=now)
        messages.success(request, _("Noted that you saw this."))
        return redirect("fact-findings", access.case.ref)
    return render(request, "families/findings.html", page_context(access, now, findings=selectors.findings(access)))

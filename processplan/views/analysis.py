"""The multi-voiced analysis."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import me, put_errors
from families.access import CaseAccess, case_page
from families.selectors import case_header, persons
from processplan import selectors, services
from processplan.access import line_for, party_in_case, pattern_for, theme_for
from processplan.forms import PatternForm, RecognitionForm, StatementForm, TakeOverForm, ThemeForm


def _context(access: CaseAccess, **more: Any) -> dict[str, Any]:
    now = clock.now()
    view = selectors.analysis(access, now)
    people = [(p.ref, p.name) for p in persons(access, clock.local_date(now)) if not p.died]
    themes = [(row.ref, row.title) for row in view.rows]
    context: dict[str, Any] = {
        "case_header": case_header(access, now, "analysis"),
        "analysis": view,
        "themes": themes,
        "may_write": access.may(Right.CASE_DIRECT),
        "theme_form": ThemeForm(),
        "statement_form": StatementForm(themes=themes, people=people),
        "pattern_form": PatternForm(),
        "recognition_form": RecognitionForm(people=people),
    }
    return context | more


@require_GET
@case_page(Right.CASE_VIEW)
def analysis(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Themes and voices side by side, and the patterns."""
    return render(request, "processplan/analysis.html", _context(access))


def _again(request: HttpRequest, access: CaseAccess, **bound: Any) -> HttpResponse:
    return render(request, "processplan/analysis.html", _context(access, **bound), status=422)


@require_POST
@case_page(Right.CASE_DIRECT)
def theme_make(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add a theme."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        try:
            services.theme_make(case=access.case, by=me(request), title=form.cleaned_data["title"])
            return redirect("analysis", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return _again(request, access, theme_form=form)


@require_POST
@case_page(Right.CASE_DIRECT)
def statement_write(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Write what a voice says."""
    context = _context(access)
    choices = {"themes": context["themes"], "people": context["recognition_form"].fields["voice"].choices}
    form = StatementForm(request.POST, **choices)
    if not form.is_valid():
        return _again(request, access, statement_form=form)
    services.statement_write(
        theme=theme_for(access, form.cleaned_data["theme"]),
        by=me(request),
        voice=party_in_case(access, form.cleaned_data["voice"]),
        text=form.cleaned_data["text"],
        closed=form.cleaned_data["closed"],
        now=clock.now(),
    )
    return redirect("analysis", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def statement_take_over(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Take a statement over from the contact log."""
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a theme first."))
        return redirect("analysis", access.case.ref)
    services.statement_take_over(
        theme=theme_for(access, form.cleaned_data["theme"]),
        by=me(request),
        line=line_for(access, form.cleaned_data["line"]),
        now=clock.now(),
    )
    messages.success(request, _("Taken over."))
    return redirect("analysis", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def pattern_make(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Draw a pattern."""
    form = PatternForm(request.POST)
    if form.is_valid():
        try:
            services.pattern_make(case=access.case, by=me(request), **form.cleaned_data)
            return redirect("analysis", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return _again(request, access, pattern_form=form)


@require_POST
@case_page(Right.CASE_DIRECT)
def recognition_note(request: HttpRequest, access: CaseAccess, pattern_ref: str) -> HttpResponse:
    """Note whether a voice recognises a pattern."""
    people = _context(access)["recognition_form"].fields["voice"].choices
    form = RecognitionForm(request.POST, people=people)
    if not form.is_valid():
        return _again(request, access, recognition_form=form, recognition_ref=pattern_ref)
    services.recognition_note(
        pattern=pattern_for(access, pattern_ref),
        by=me(request),
        voice=party_in_case(access, form.cleaned_data["voice"]),
        answer=form.cleaned_data["answer"],
        words=form.cleaned_data["words"],
        on=clock.local_date(clock.now()),
    )
    return redirect("analysis", access.case.ref)

"""Pages of what ties persons together: relations, feelings, pregnancies, homes, and who may not meet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent, Sent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    parties_of,
    person_for,
    tie_for,
)
from families.choices import RelationKind
from families.forms import (
    ApartEndForm,
    ApartForm,
    ArrangementForm,
    ConditionForm,
    HomeForm,
    LineForm,
    PregnancyForm,
    RelationForm,
    TieEndForm,
    TieWithdrawForm,
)
from families.views.choose import people_choices, send_once
from families.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def relation_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Say how two persons are related."""
    now = clock.now()
    form = RelationForm(request.POST or None, people=people_choices(access, now))

    def save() -> Sent:
        return services.relation_add_once(
            case=access.case,
            by=me(request),
            kind=form.kind_of,
            one=person_for(access, form.cleaned_data["one"]),
            other=person_for(access, form.cleaned_data["other"]),
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/relation_form.html", form, page_context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def apart_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note that two persons may not meet."""
    now = clock.now()
    form = ApartForm(request.POST or None, people=people_choices(access, now))
    context = page_context(access, now)
    if form.is_valid():
        try:
            sent = services.apart_note_once(
                case=access.case,
                by=me(request),
                one=person_for(access, form.cleaned_data["one"]),
                other=person_for(access, form.cleaned_data["other"]),
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
                decision=form.decision_of(),
                key=form.submission_key,
                now=now,
            )
            messages.success(request, _("Noted. Nobody puts these two together any more without being asked why."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context["earlier"] = error.result_url
            return form_page(request, "families/apart_form.html", form, context, 409)
    return form_page(request, "families/apart_form.html", form, context)


@require_POST
@case_page(Right.CASE_DIRECT)
def apart_end(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """These two may meet again."""
    form = ApartEndForm(request.POST)
    try:
        row = form.cleaned_data["row"] if form.is_valid() else 0
        services.apart_end(case=access.case, by=me(request), row_id=row, now=clock.now())
        messages.success(request, _("Ended."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('family', args=[access.case.ref])}#apart")


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def line_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note what goes on between two persons, and who sees it so."""
    now = clock.now()
    parties = parties_of(access.case, now)
    views = [(party.ref, party.label) for party in parties]
    form = LineForm(request.POST or None, people=people_choices(access, now), views=views)

    def save() -> Sent:
        view = next(party.pk for party in parties if party.ref == form.cleaned_data["view"])
        return services.line_add_once(
            case=access.case,
            by=me(request),
            one=person_for(access, form.cleaned_data["one"]),
            other=person_for(access, form.cleaned_data["other"]),
            data=form.data_of(view),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/line_form.html", form, page_context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def pregnancy_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note a pregnancy, or one that ended."""
    now = clock.now()
    form = PregnancyForm(request.POST or None, people=people_choices(access, now))

    def save() -> Sent:
        other = form.cleaned_data["other"]
        return services.pregnancy_add_once(
            case=access.case,
            by=me(request),
            carrier=person_for(access, form.cleaned_data["carrier"]),
            other=person_for(access, other) if other else None,
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/pregnancy_form.html", form, page_context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def arrangement_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note contact, supervision or placement of a child."""
    now = clock.now()
    form = ArrangementForm(request.POST or None, people=people_choices(access, now))

    def save() -> Sent:
        other = form.cleaned_data["other"]
        return services.arrangement_note_once(
            case=access.case,
            by=me(request),
            child=person_for(access, form.cleaned_data["child"]),
            other=person_for(access, other) if other else None,
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/arrangement_form.html", form, page_context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def condition_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note an illness or the use of alcohol or drugs, and who sees it so."""
    now = clock.now()
    parties = parties_of(access.case, now)
    views = [(party.ref, party.label) for party in parties]
    form = ConditionForm(request.POST or None, people=people_choices(access, now), views=views)

    def save() -> Sent:
        view = next(party.pk for party in parties if party.ref == form.cleaned_data["view"])
        return services.condition_note_once(
            case=access.case,
            by=me(request),
            person=person_for(access, form.cleaned_data["person"]),
            data=form.data_of(view),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/condition_form.html", form, page_context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def household_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Say who lives together."""
    now = clock.now()
    form = HomeForm(request.POST or None, people=people_choices(access, now), homes=selectors.homes_of(access))

    def save() -> Sent:
        return services.household_join_once(
            case=access.case,
            by=me(request),
            people=[person_for(access, ref) for ref in form.cleaned_data["people"]],
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return send_once(request, "families/household_form.html", form, page_context(access, now), save)


@require_GET
@case_page(Right.CASE_DIRECT)
def tie_show(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """One relation, line, pregnancy or home: let it end, or take it back."""
    return render(request, "families/tie.html", _tie_context(access, tie))


def _tie_context(access: CaseAccess, code: str, **bound: Any) -> dict[str, Any]:
    row = tie_for(access, code)
    context = {
        "code": code,
        "text": selectors.tie_text(access, row),
        "withdrawn": row.withdrawn_why if row.withdrawn_at else "",
        "is_couple": getattr(row, "kind", "") == RelationKind.PARTNER,
        "end_form": TieEndForm(initial={"until": row.until, "how": getattr(row, "ended_how", "")}),
        "withdraw_form": TieWithdrawForm(),
    }
    return page_context(access, clock.now(), **{**context, **bound})


@require_POST
@case_page(Right.CASE_DIRECT)
def tie_end(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """Let a tie end on a day."""
    row, form = tie_for(access, tie), TieEndForm(request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            services.tie_end(
                tie=row, case=access.case, by=me(request), until=data["until"], how=data["how"], now=clock.now()
            )
            messages.success(request, _("Noted. It stays in the history."))
            return redirect("genogram", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/tie.html", _tie_context(access, tie, end_form=form, form=form), status=422)


@require_POST
@case_page(Right.CASE_DIRECT)
def tie_withdraw(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """Take a tie back that was never so."""
    row, form = tie_for(access, tie), TieWithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.tie_withdraw(
                tie=row, case=access.case, by=me(request), why=form.cleaned_data["why"], now=clock.now()
            )
            messages.success(request, _("Taken back. It stays in the history."))
            return redirect("genogram", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/tie.html", _tie_context(access, tie, withdraw_form=form, form=form), status=422)

"""The case team, its state, and looking inside with a reason."""

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
from casusregie.core.web import back_to, form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    colleague_for,
    insight_for,
    session_code,
)
from families.forms import (
    CaseChangeForm,
    ColleagueForm,
    InsightForm,
    MemberEndForm,
    MemberForm,
)
from families.views.page import page_context


@require_GET
@case_page(Right.CASE_HEAD)
def case_team(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Status, intensity and who works in the case; the forms that this reader may use."""
    return render(request, "families/team.html", _team_context(access))


def _team_context(access: CaseAccess, **bound: Any) -> dict[str, Any]:
    now = clock.now()
    people = selectors.team_people(access.case.team_id)
    directors = selectors.colleagues(access.case.team_id)
    statuses = selectors.next_statuses(access.case)
    case = access.case
    state = {"status": case.status, "intensity": case.intensity, "working_form": case.working_form}
    context: dict[str, Any] = {
        "members": selectors.team(access, now),
        "may_change": access.may(Right.CASE_DIRECT),
        "may_arrange": access.may(Right.CASE_ARRANGE),
        "change_form": CaseChangeForm(statuses=statuses, initial=state),
        "member_form": MemberForm(people=people, initial={"role": "deputy"}),
        "director_form": ColleagueForm(people=directors, prefix="director"),
        "conflict_form": ColleagueForm(people=people, prefix="conflict"),
    }
    return page_context(access, now, "team", **{**context, **bound})


@require_POST
@case_page(Right.CASE_DIRECT)
def case_change(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Change status, intensity or working form."""
    form = CaseChangeForm(request.POST, statuses=selectors.next_statuses(access.case))
    if form.is_valid():
        try:
            services.case_change(
                case=access.case,
                by=me(request),
                now=clock.now(),
                reason=form.cleaned_data["reason"],
                status=form.cleaned_data["status"],
                intensity=form.cleaned_data["intensity"],
                working_form=form.cleaned_data["working_form"],
            )
            messages.success(request, _("Changed."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, change_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def member_add(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add a deputy or second worker: the director, or the team leader who arranges cover."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    now = clock.now()
    form = MemberForm(request.POST, people=selectors.team_people(access.case.team_id))
    if form.is_valid():
        try:
            services.member_add(
                case=access.case,
                by=me(request),
                user=colleague_for(access, form.cleaned_data["user"]),
                role=form.cleaned_data["role"],
                now=now,
                until=form.until_moment(),
            )
            messages.success(request, _("Added to the team."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, member_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def member_end(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """End somebody's place in the team."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    form = MemberEndForm(request.POST)
    try:
        member = form.cleaned_data["member"] if form.is_valid() else 0
        services.member_end(case=access.case, by=me(request), member_id=member, now=clock.now())
        messages.success(request, _("Ended. What she wrote stays."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("case-team", access.case.ref)


@require_POST
@case_page(Right.CASE_ARRANGE)
def case_arrange(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Give the case to a director."""
    form = ColleagueForm(request.POST, people=selectors.colleagues(access.case.team_id), prefix="director")
    if form.is_valid():
        try:
            services.case_arrange(
                case=access.case,
                by=me(request),
                director=colleague_for(access, form.cleaned_data["user"]),
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The case has its director."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, director_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def conflict_note(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Bar a colleague with a conflict of interest."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    form = ColleagueForm(request.POST, people=selectors.team_people(access.case.team_id), prefix="conflict")
    if form.is_valid():
        try:
            services.conflict_note(
                case=access.case,
                by=me(request),
                user=colleague_for(access, form.cleaned_data["user"]),
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("This colleague cannot see the case any more."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, conflict_form=form), status=422)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_INSIGHT)
def insight(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Look inside with a reason: an hour, this session, read-only; the director sees it."""
    now = clock.now()
    form = InsightForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, "families/insight.html", form, page_context(access, now, "insight"))
    services.insight_grant(
        case=access.case, by=me(request), reason=form.cleaned_data["reason"], session=session_code(request), now=now
    )
    return redirect("case-overview", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def insight_notice(request: HttpRequest, access: CaseAccess, insight_ref: str) -> HttpResponse:
    """The director has seen that somebody looked inside."""
    services.insight_notice(insight=insight_for(access, insight_ref), by=me(request), now=clock.now())
    return redirect(back_to(request, reverse("today")))

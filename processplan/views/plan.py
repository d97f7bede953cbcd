"""The plan: writing it, offering it, looking at it as somebody else."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import back_to, form_page, me, put_errors
from families.access import CaseAccess, case_page
from families.selectors import case_header, unfindable
from processplan import selectors, services
from processplan.access import item_for, version_for
from processplan.choices import ItemKind, StepState
from processplan.forms import ActivateForm, ItemForm, PlanForm, SignatoriesForm, StepStateForm
from processplan.items import ItemData


def _context(access: CaseAccess, **more: Any) -> dict[str, Any]:
    now = clock.now()
    page = selectors.plan_page(access, now)
    goal = {"common_goal": page.draft.common_goal, "rhythm": page.draft.rhythm, "revision": page.draft.revision}
    context: dict[str, Any] = {
        "case_header": case_header(access, now, "plan"),
        "page": page,
        "unfindable": page.unfindable,
        "may_write": access.may(Right.CASE_DIRECT),
        "step_states": StepState.choices,
        "plan_form": PlanForm(initial=goal),
        "signatories_form": SignatoriesForm(
            people=page.family, initial={"people": [ref for ref, _name in page.draft.signatories]}
        ),
    }
    return context | more


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_VIEW)
def plan(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The plan as it will be on paper; a POST writes the common goal and the rhythm."""
    if request.method == "GET":
        return render(request, "processplan/plan.html", _context(access))
    access.need_any(Right.CASE_DIRECT)
    now = clock.now()
    form = PlanForm(request.POST)
    if not form.is_valid():
        return render(request, "processplan/plan.html", _context(access, plan_form=form), status=422)
    row = services.plan_of(case=access.case, by=me(request), now=now)
    try:
        services.plan_write(
            plan=row,
            by=me(request),
            common_goal=form.cleaned_data["common_goal"],
            rhythm=form.cleaned_data["rhythm"],
            seen_revision=form.cleaned_data["revision"],
            now=now,
        )
    except services.PlanChanged:
        context = _context(access, plan_form=form, changed_meanwhile=True)
        typed = request.POST.copy()
        typed["revision"] = str(context["page"].draft.revision)
        form.data = typed
        return render(request, "processplan/plan.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("plan", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def signatories(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Say who is asked to sign."""
    now = clock.now()
    form = SignatoriesForm(request.POST, people=selectors.plan_page(access, now).family)
    if not form.is_valid():
        return render(request, "processplan/plan.html", _context(access, signatories_form=form), status=422)
    row = services.plan_of(case=access.case, by=me(request), now=now)
    parties = selectors.family_parties(access, form.cleaned_data["people"])
    services.signatories_set(plan=row, by=me(request), parties=parties, now=now)
    return redirect("plan", access.case.ref)


def _item_form(request: HttpRequest, access: CaseAccess, kind: str, initial: dict[str, Any] | None = None) -> ItemForm:
    page = selectors.plan_page(access, clock.now())
    return ItemForm(
        request.POST or None,
        kind=kind,
        owners=page.owners,
        goals=[(goal.ref, goal.item.text[:80]) for goal in page.draft.goals],
        people=page.readers,
        initial=initial or {"is_common": kind != ItemKind.STEP},
    )


def _written(request: HttpRequest, access: CaseAccess, data: ItemData, now: datetime) -> HttpResponse:
    """Back to the plan; what was written and touches a fact is said once more for who has no scripts."""
    for touch in selectors.item_touches(access, data, now):
        messages.warning(
            request,
            _("Saved. It touches what is confidential (%(what)s, %(whose)s); an edition for %(who)s does not leave.")
            % {"what": touch.kind_label, "whose": touch.concerns, "who": ", ".join(touch.not_for)},
        )
    return redirect("plan", access.case.ref)


_KINDS = {"doel": ItemKind.GOAL, "actie": ItemKind.STEP, "afspraak": ItemKind.AGREEMENT}


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def item_new(request: HttpRequest, access: CaseAccess, kind: str) -> HttpResponse:
    """Add a goal, an action or an agreement."""
    wanted = _KINDS.get(kind, ItemKind.GOAL)
    form = _item_form(request, access, wanted)
    now = clock.now()
    if form.is_valid():
        try:
            row = services.plan_of(case=access.case, by=me(request), now=now)
            data = selectors.item_data(access, wanted, form.cleaned_data, now)
            services.item_write(plan=row, by=me(request), data=data, now=now)
            return _written(request, access, data, now)
        except ValidationError as error:
            put_errors(form, error)
    context = {
        "case_header": case_header(access, now, "plan"),
        "kind": wanted,
        "check": selectors.check_data(access, now),
    }
    return form_page(request, "processplan/item_form.html", form, context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def item_edit(request: HttpRequest, access: CaseAccess, item_ref: str) -> HttpResponse:
    """Change an item of the working copy, or take it out."""
    row = item_for(access, item_ref)
    now = clock.now()
    if "remove" in request.POST:
        services.item_remove(item=row, by=me(request), now=now)
        messages.success(request, _("Taken out. In what was offered it stays."))
        return redirect("plan", access.case.ref)
    form = _item_form(request, access, row.kind, selectors.item_initial(row, now))
    if form.is_valid():
        try:
            data = selectors.item_data(access, row.kind, form.cleaned_data, now)
            services.item_change(item=row, by=me(request), data=data, now=now)
            return _written(request, access, data, now)
        except ValidationError as error:
            put_errors(form, error)
    context = {
        "case_header": case_header(access, now, "plan"),
        "kind": row.kind,
        "item": row.ref,
        "check": selectors.check_data(access, now),
    }
    return form_page(request, "processplan/item_form.html", form, context)


@require_POST
@case_page(Right.CASE_DIRECT)
def step_move(request: HttpRequest, access: CaseAccess, item_ref: str) -> HttpResponse:
    """Say how far an action is."""
    form = StepStateForm(request.POST)
    if form.is_valid():
        try:
            state = form.cleaned_data["state"]
            services.step_move(item=item_for(access, item_ref), by=me(request), state=state, now=clock.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(back_to(request, f"/casussen/{access.case.ref}/plan/"))


@require_POST
@case_page(Right.CASE_DIRECT)
def offer(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Offer the plan: from now on this version never changes."""
    now = clock.now()
    row = services.plan_of(case=access.case, by=me(request), now=now)
    try:
        version = services.version_offer(plan=row, by=me(request), now=now)
    except ValidationError as error:
        problem = {"offer_problem": " ".join(error.messages)}
        return render(request, "processplan/plan.html", _context(access, **problem), status=422)
    messages.success(request, _("The plan has been offered. Everybody reads and signs her own edition."))
    return redirect("plan-version", access.case.ref, version.number)


@require_GET
@case_page(Right.CASE_VIEW)
def version(request: HttpRequest, access: CaseAccess, number: int) -> HttpResponse:
    """One offered version: where it stands, who answered, everybody's edition; `?als=` shows it as a reader gets it."""
    return render(request, "processplan/version.html", _version_context(request, access, number))


def _version_context(request: HttpRequest, access: CaseAccess, number: int, **more: Any) -> dict[str, Any]:
    now = clock.now()
    row = version_for(access, number)
    as_reader = request.GET.get("als", "")
    context: dict[str, Any] = {
        "case_header": case_header(access, now, "plan"),
        "version": selectors.version_view(row),
        "readers": selectors.readers_of(row, now) if access.is_steward else [],
        "may_write": access.may(Right.CASE_DIRECT),
        "activate_form": ActivateForm(),
        "as_reader": as_reader,
        "shown": selectors.edition_page(access, row, as_reader, now),
        "unfindable": unfindable(access.case, now) if access.is_steward else [],
    }
    return context | more


@require_POST
@case_page(Right.CASE_DIRECT)
def activate(request: HttpRequest, access: CaseAccess, number: int) -> HttpResponse:
    """Put a version in force, with a reason when not everybody signed."""
    form = ActivateForm(request.POST)
    if form.is_valid():
        try:
            row = version_for(access, number)
            services.version_activate(version=row, by=me(request), reason=form.cleaned_data["reason"], now=clock.now())
            messages.success(request, _("The plan is in force."))
            return redirect("plan-version", access.case.ref, number)
        except ValidationError as error:
            put_errors(form, error)
    context = _version_context(request, access, number, activate_form=form)
    return render(request, "processplan/version.html", context, status=422)

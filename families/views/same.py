"""One human in two cases: answered by the director at a double, decided by the team leaders concerned."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import me, put_errors
from families import selectors, services
from families.access import CaseAccess, case_page, person_elsewhere, person_for, same_person_for
from families.forms import SameAnswerForm, SameAskForm, SameUndoForm
from families.views.page import page_context


@require_POST
@case_page(Right.CASE_DIRECT)
def same_answer(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """The director says of a double in a case of hers: the same human (the team leaders are asked), or another."""
    now, row = clock.now(), person_for(access, party_ref)
    form = SameAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether this is the same person."))
        return redirect("person", access.case.ref, party_ref)
    answer = form.cleaned_data
    other = person_elsewhere(me(request), answer["case"], answer["person"], now)
    try:
        if answer["answer"] == "same":
            services.same_ask(one=row, other=other, case=access.case, by=me(request), now=now)
            messages.success(request, _("The team leader has been asked to link the two."))
        else:
            services.same_different(one=row, other=other, case=access.case, by=me(request), now=now)
            messages.success(request, _("Noted. This is not asked again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", access.case.ref, party_ref)


def _page(access: CaseAccess, **more: Any) -> dict[str, Any]:
    context = {"links": selectors.same_persons(access), "ask_form": SameAskForm(), **more}
    return page_context(access, clock.now(), "team", **context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_ARRANGE)
def same_persons(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Persons of this case who are, or may be, one human with somebody of another; the leader can ask."""
    form = SameAskForm(request.POST or None)
    if form.is_valid():
        try:
            data = form.cleaned_data
            one = services.person_named(case=access.case, name=data["name"])
            other = services.other_person(
                case_ref=data["case_ref"], name=data["name_there"] or data["name"], person=one, by=me(request)
            )
            services.same_ask(one=one, other=other, case=access.case, by=me(request), now=clock.now(), is_leader=True)
            messages.success(request, _("Asked. The two are linked when the leader of the other team agrees."))
            return redirect("same-persons", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    status = 422 if form.is_bound else 200
    return render(request, "families/same.html", _page(access, ask_form=form, form=form), status=status)


@require_POST
@case_page(Right.CASE_ARRANGE)
def same_decide(request: HttpRequest, access: CaseAccess, link_ref: str) -> HttpResponse:
    """A leader agrees that two persons are one human, or undoes it with a reason."""
    link, now = same_person_for(access, link_ref), clock.now()
    form = SameUndoForm(request.POST)
    if form.is_valid():
        try:
            if form.cleaned_data["answer"] == "agree":
                services.same_agree(link=link, case=access.case, by=me(request), now=now)
                messages.success(request, _("You agreed for your team."))
            else:
                services.same_undo(
                    link=link, case=access.case, by=me(request), reason=form.cleaned_data["reason"], now=now
                )
                messages.success(request, _("Undone. What was said stays in the history."))
            return redirect("same-persons", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    context = _page(access, undo_form=form, undo_ref=link_ref, form=form)
    return render(request, "families/same.html", context, status=422)

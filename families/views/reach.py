"""Pages of reaching somebody safely: a way, its number, what is agreed, and whether a third may be approached."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import CaseAccess, approached_for, case_page, person_for, way_for
from families.forms import AgreementForm, ApproachForm, WayConfirmForm, WayForm
from families.models import Person
from families.views.page import page_context


def _page(access: CaseAccess, person: Person) -> str:
    return f"{reverse('person', args=[access.case.ref, person.party.ref])}#reach"


def _about(access: CaseAccess, person: Person, **more: Any) -> dict[str, Any]:
    return page_context(access, clock.now(), person=person.name.full, person_ref=person.party.ref, **more)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def way_new(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Add a way to reach somebody."""
    now = clock.now()
    row = person_for(access, party_ref)
    form = WayForm(request.POST or None, initial={"channel": request.GET.get("hoe", "phone")})
    if form.is_valid():
        way = form.data_of(clock.local_date(now))
        try:
            sent = services.safe_contact_add_once(person=row, way=way, by=me(request), key=form.submission_key, now=now)
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context = _about(access, row, earlier=error.result_url)
            return form_page(request, "families/way_form.html", form, context, 409)
    return form_page(request, "families/way_form.html", form, _about(access, row))


@require_POST
@case_page(Right.CASE_DIRECT)
def way_confirm(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Say today whether a way is safe."""
    now = clock.now()
    row = person_for(access, party_ref)
    form = WayConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether this way is safe."))
        return redirect(_page(access, row))
    data = form.cleaned_data
    try:
        services.safe_contact_answer(
            person=row, way_id=data["way"], safe=data["safe"], said_on=clock.local_date(now), by=me(request), now=now
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_page(access, row))


@require_GET
@case_page(Right.CASE_DIRECT)
def way_show(request: HttpRequest, access: CaseAccess, party_ref: str, way_id: int) -> HttpResponse:
    """The number of one way, whatever is known of its safety; that it was opened stands in the access log."""
    row = person_for(access, party_ref)
    way = selectors.way_shown(access, way_for(access, row, way_id), clock.now())
    if way is None:
        raise Http404
    if request.headers.get("HX-Request"):
        return render(request, "families/_way_number.html", {"way": way})
    return render(request, "families/way.html", _about(access, row, way=way))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def reach_agreement(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note what is agreed with somebody about reaching her; begins with what was agreed last."""
    now = clock.now()
    row = person_for(access, party_ref)
    held = selectors.agreement_initial(access, row.pk)
    initial = {**held.content, "holds_days": held.holds_days, "version": held.version}
    form = AgreementForm(request.POST or None, today=clock.local_date(now), initial=initial)
    template = "families/reach_form.html"
    context = _about(access, row, reach=selectors.reach_of(access, row.pk, now))
    if not form.is_valid():
        return form_page(request, template, form, context)
    try:
        sent = services.agreement_note_once(
            person=row,
            data=form.data_of(),
            said_on=form.cleaned_data["said_on"],
            by=me(request),
            seen_version=form.cleaned_data["version"],
            key=form.submission_key,
            now=now,
        )
        return redirect(sent.url)
    except services.AgreementChanged:
        # What stands there now is shown; saved once more, what was typed becomes the next version.
        typed = request.POST.copy()
        typed["version"] = str(held.version)
        form.data = typed
        return form_page(request, template, form, {**context, "meanwhile": True}, 409, renew_key=False)
    except SameKeyOtherContent as error:
        return form_page(request, template, form, {**context, "earlier": error.result_url}, 409)


@require_POST
@case_page(Right.CASE_DIRECT)
def reach_confirm(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Somebody said today that all of it still holds."""
    now = clock.now()
    row = person_for(access, party_ref)
    services.reach_confirm(person=row, said_on=clock.local_date(now), by=me(request), now=now)
    messages.success(request, _("Noted: asked today, it is still safe."))
    return redirect(_page(access, row))


@require_GET
@case_page(Right.CASE_DIRECT)
def reach_history(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """What was agreed before about reaching somebody, and what was said of each way."""
    row = person_for(access, party_ref)
    return render(
        request, "families/reach_history.html", _about(access, row, history=selectors.reach_history(access, row.pk))
    )


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def approach_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note whether who is at risk finds it safe that somebody of the surroundings is approached, and what may be said."""
    now = clock.now()
    about = approached_for(access, party_ref, now)
    people = selectors.may_answer_for(access, about.person_id, clock.local_date(now))
    form = ApproachForm(request.POST or None, today=clock.local_date(now), people=people)
    back = reverse("person", args=[access.case.ref, party_ref]) + "#reach" if about.person_id else ""
    back = back or reverse("network", args=[access.case.ref])
    context = page_context(access, now, person=about.name, people=people, back_url=back)
    if not form.is_valid():
        return form_page(request, "families/approach_form.html", form, context)
    told = form.cleaned_data
    data = services.ApproachData(
        person_for(access, told["said_by"]), told["answer"], told["said_on"], told["may_say"].strip()
    )
    try:
        sent = services.approach_note_once(
            case=access.case,
            party=about.party,
            data=data,
            back=back,
            by=me(request),
            key=form.submission_key,
            now=now,
        )
        return redirect(sent.url)
    except SameKeyOtherContent as error:
        context["earlier"] = error.result_url
        return form_page(request, "families/approach_form.html", form, context, 409)

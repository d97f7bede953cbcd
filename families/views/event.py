"""The timeline of the family."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    life_event_for,
)
from families.forms import (
    LifeEventForm,
    TakeBackForm,
)
from families.views.choose import people_choices
from families.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def life_events(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What happened when in whose life: a picture, and the same as a table."""
    now = clock.now()
    who = request.GET.get("wie", "")[:16]
    page = selectors.life_events(access, now, who)
    chips = [{"url": request.path, "label": _("everybody"), "current": not who}]
    chips += [{"url": f"{request.path}?wie={ref}", "label": name, "current": ref == who} for ref, name in page.people]
    context = page_context(access, now, page=page, filters=chips, may_change=access.may(Right.CONTACT_LOG))
    context["may_take_back"] = access.may(Right.CASE_DIRECT)
    return render(request, "families/life_events.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def life_event_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note something that happened in somebody's life."""
    now = clock.now()
    form = LifeEventForm(request.POST or None, people=people_choices(access, now), today=clock.local_date(now))
    context = page_context(access, now)
    if form.is_valid():
        try:
            sent = services.event_note_once(
                case=access.case, by=me(request), data=form.data_of(), key=form.submission_key, now=now
            )
            messages.success(request, _("Noted."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context["earlier"] = error.result_url
            return form_page(request, "families/life_event_form.html", form, context, 409)
    return form_page(request, "families/life_event_form.html", form, context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def life_event_take_back(request: HttpRequest, access: CaseAccess, event_ref: str) -> HttpResponse:
    """Take a wrong event back, with why."""
    now = clock.now()
    event = life_event_for(access, event_ref, now)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        services.event_take_back(event=event, by=me(request), reason=form.cleaned_data["reason"], now=now)
        messages.success(request, _("Taken back. It stays in the record, with why."))
        return redirect("life-events", access.case.ref)
    return form_page(request, "families/take_back.html", form, page_context(access, now, what=event.text))

"""Where time went: a week of one's own, a month of a team, lines by one tap, and the files of both."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import audit, clock, exports
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me
from families.access import scope_for
from network import selectors, services
from network.access import own_time_entry, work_case
from network.forms import MINUTES, PeriodForm, TimeForm
from network.selectors.hours import Table

TableOf = Callable[[Any, date, date], Table]


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_TODAY)
def hours(request: HttpRequest) -> HttpResponse:
    """One's own week, and a line by one tap."""
    now, user = clock.now(), me(request)
    scope, today = scope_for(user, now), clock.local_date(now)
    form = TimeForm(request.POST or None, today=today, cases=selectors.time_cases(scope))
    if not form.is_valid():
        return form_page(request, "network/hours.html", form, _week_context(request, form, today))
    case = work_case(scope, form.cleaned_data["case"])
    data = services.TimeData(form.category, form.minutes, form.cleaned_data["on"], case)
    try:
        sent = services.time_add(by=user, data=data, key=form.submission_key, now=now)
    except SameKeyOtherContent:
        # The page was old (back, another tap): the line before it stands; this one is asked again under a new key.
        messages.warning(request, _("Not noted yet: this page was sent before. Tap once more."))
        return form_page(request, "network/hours.html", form, _week_context(request, form, today), 409)
    minutes = ngettext("%(n)s minute noted.", "%(n)s minutes noted.", form.minutes) % {"n": form.minutes}
    messages.success(request, minutes)
    return redirect(sent.url)


def _week_context(request: HttpRequest, form: TimeForm, today: date, **more: Any) -> dict[str, Any]:
    now, user = clock.now(), me(request)
    week = selectors.week(user, scope_for(user, now), _asked_day(request, "week", today), now)
    if not form.is_bound and not week.since <= today <= week.until:
        form.initial["on"] = week.since + timedelta(days=4)
    taps = [
        {"label": label, "minutes": [(f"{category}:{one}", one) for one in MINUTES]}
        for category, label in selectors.tap_order()
    ]
    period = more.get("period") or PeriodForm(initial={"since": week.since.replace(day=1), "until": week.until})
    return {"week": week, "taps": taps, "period": period, "form": form, **more}


def _asked_day(request: HttpRequest, name: str, today: date) -> date:
    """The day in the address; today when there is none, or none that can be."""
    try:
        asked = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today
    return asked if 2000 <= asked.year < 2100 else today


@require_POST
@requires(Right.DESK_TODAY)
def time_undo(request: HttpRequest, entry_ref: str) -> HttpResponse:
    """Take back a line of one's own."""
    entry = own_time_entry(me(request), entry_ref)
    services.time_undo(entry=entry, now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect(f"{reverse('hours')}?week={entry.on:%Y-%m-%d}")


@require_GET
@requires(Right.DESK_CASELOAD)
def team_hours(request: HttpRequest) -> HttpResponse:
    """What the time of a team went to in a month, by category and never by person."""
    return render(request, "network/team_hours.html", _month_context(request))


def _month_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    now = clock.now()
    month = selectors.team_month(me(request), _asked_day(request, "maand", clock.local_date(now)), now)
    period = PeriodForm(initial={"since": month.since.replace(month=1), "until": month.until})
    return {"month": month, "period": period, **more}


@require_POST
@requires(Right.DESK_TODAY)
def hours_export(request: HttpRequest) -> HttpResponse:
    """One's own hours as a file."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        return _file(request, form, "uren", selectors.hours_table)
    today = clock.local_date(clock.now())
    empty = TimeForm(today=today, cases=selectors.time_cases(scope_for(me(request), clock.now())))
    return render(request, "network/hours.html", _week_context(request, empty, today, period=form), status=422)


@require_POST
@requires(Right.DESK_CASELOAD)
def team_hours_export(request: HttpRequest) -> HttpResponse:
    """The totals of a team as a file."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        return _file(request, form, "uren-team", selectors.team_table)
    return render(request, "network/team_hours.html", _month_context(request, period=form), status=422)


def _file(request: HttpRequest, form: PeriodForm, what: str, table_of: TableOf) -> HttpResponse:
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    head, rows = table_of(me(request), since, until)
    make = exports.as_xlsx if form.cleaned_data["kind"] == "xlsx" else exports.as_csv
    made = make(f"{what}-{since:%Y%m%d}-{until:%Y%m%d}", head, rows)
    kind = made.name.rpartition(".")[2]
    audit.record("export.made", objects=[f"{what}.{kind}", since.isoformat(), until.isoformat()])
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer

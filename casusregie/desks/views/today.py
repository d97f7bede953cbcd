"""The page of what today asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.web import me
from casusregie.desks import selectors


@require_GET
@requires(Right.DESK_TODAY)
def today(request: HttpRequest) -> HttpResponse:
    """What today asks."""
    context = {
        "desk": selectors.today(me(request), clock.now(), whole=bool(request.GET.get("alles"))),
        "may_open": me(request).has_right(Right.CASE_OPEN),
        "new_url": reverse("case-new"),
    }
    return render(request, "desks/today.html", context)

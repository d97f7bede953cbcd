"""Berichten: what was told to who is logged in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.web import me
from casusregie.reminders import selectors, services


@require_GET
@requires(Right.MESSAGES)
def messages(request: HttpRequest) -> HttpResponse:
    """My messages, newest first."""
    page = selectors.messages(me(request), clock.now(), request.GET.get("na", ""))
    going_on = f"{request.path}?na={page.next_after}" if page.next_after else ""
    context = {
        "page": page,
        "paging": {"next_url": going_on},
        "has_unread": any(message.is_unread for message in page.rows),
    }
    return render(request, "reminders/messages.html", context)


@require_POST
@requires(Right.MESSAGES)
def messages_read(request: HttpRequest) -> HttpResponse:
    """Mark one or all of my messages as read."""
    services.reminders_read(user=me(request), now=clock.now(), ref=request.POST.get("ref", "")[:16])
    return redirect("messages")

"""What is promised for a day: made, done, opened again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import back_to, form_page, me
from families.access import CaseAccess, case_page
from network import services
from network.access import follow_up_for
from network.forms import FollowUpForm
from network.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def follow_up_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Promise something for a day."""
    now = clock.now()
    form = FollowUpForm(request.POST or None, now=now)
    if not form.is_valid():
        return form_page(request, "network/follow_up_form.html", form, page_context(access, now))
    try:
        sent = services.follow_up_make(
            case=access.case,
            by=me(request),
            due_on=form.cleaned_data["due_on"],
            text=form.cleaned_data["text"],
            key=form.submission_key,
            now=now,
        )
    except SameKeyOtherContent as error:
        return form_page(
            request, "network/follow_up_form.html", form, page_context(access, now, earlier=error.result_url), 409
        )
    messages.success(request, _("It stands on your desk on that day."))
    return redirect(sent.url)


@require_POST
@case_page(Right.CONTACT_LOG)
def follow_up_done(request: HttpRequest, access: CaseAccess, follow_up_ref: str) -> HttpResponse:
    """Mark a follow-up as done."""
    services.follow_up_done(follow_up=follow_up_for(access, follow_up_ref), by=me(request), now=clock.now())
    messages.success(request, _("Done. You can undo this in the case."))
    return redirect(back_to(request, reverse("case-overview", args=[access.case.ref])))


@require_POST
@case_page(Right.CONTACT_LOG)
def follow_up_reopen(request: HttpRequest, access: CaseAccess, follow_up_ref: str) -> HttpResponse:
    """Undo "done"."""
    services.follow_up_reopen(follow_up=follow_up_for(access, follow_up_ref), by=me(request))
    messages.success(request, _("It is open again."))
    return redirect(back_to(request, reverse("case-overview", args=[access.case.ref])))

"""The pages of a partner: her roles, one role, and her edition of the plan."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me
from casusregie.desks import selectors
from families.services import HeldBack
from network.access import own_role
from network.choices import SignalKind
from network.forms import SignalForm
from network.services import role_page_held_back, signal_send_once
from processplan.selectors import NoGround, rendered
from processplan.services import edition_ask
from processplan.views.edition import pdf_answer


@require_GET
@requires(Right.DESK_ROLES)
def my_roles(request: HttpRequest) -> HttpResponse:
    """The roles of a partner, a card each."""
    now = clock.now()
    cards = selectors.my_roles(me(request), now)
    for card in cards:
        _tell_director(card, me(request), now)
    return render(request, "desks/my_roles.html", {"roles": cards})


def _tell_director(card: selectors.RoleCard, user: User, now: datetime) -> None:
    """What a page left out for this partner is told to the director, once."""
    if card.held_back:
        held = [HeldBack(secret, place) for secret, place in card.held_back]
        role_page_held_back(role_ref=card.role.ref, by=user, held=held, now=now)


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_ROLES)
def my_role(request: HttpRequest, role_ref: str) -> HttpResponse:
    """One role: what is asked, my part of the plan, and two buttons to tell how it goes or that I am worried."""
    now = clock.now()
    role = own_role(me(request), role_ref, now)
    form = SignalForm(request.POST or None)
    worried = SignalKind.WORRY in (request.POST.get("kind"), request.GET.get("kind"))
    kind = SignalKind.WORRY if worried else SignalKind.PROGRESS
    found = selectors.my_role(role, now)
    _tell_director(found["card"], me(request), now)
    context: dict[str, Any] = {**found, "kind": kind.value}
    if not form.is_valid():
        return form_page(request, "desks/my_role.html", form, context)
    text = form.cleaned_data["text"]
    try:
        sent = signal_send_once(role=role, by=me(request), kind=kind, text=text, key=form.submission_key, now=now)
    except SameKeyOtherContent as error:
        return form_page(request, "desks/my_role.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Sent to the case director."))
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_ROLES)
def my_role_pdf(request: HttpRequest, role_ref: str) -> HttpResponse:
    """A partner's own edition of the plan in force; POST asks for it."""
    now = clock.now()
    role = own_role(me(request), role_ref, now)
    version, key = selectors.my_version(role), role.professional.party.ref
    try:
        if request.method == "POST":
            edition_ask(version=version, reader_key=key, now=now)
            return redirect(request.path)
        found = rendered(version, key, now)
    except NoGround as error:
        raise Http404 from error
    return pdf_answer(request, found, {"key": "", "role_ref": role.ref})

"""Keeping a draft from the open form, opening it again, throwing it away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casusregie.core import clock, dates
from casusregie.core.choices import Right
from casusregie.core.web import back_to, fill, me
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import correctable_contact_for, draft_for
from network.models import Contact, Draft


@require_POST
@case_page(Right.CONTACT_LOG)
def draft_keep(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Keep what an open form holds: asked by its script every two seconds, or by its own button without scripts."""
    now = clock.now()
    written: dict[str, Any] = {
        "case": access.case,
        "author": me(request),
        "key": _uuid(request.POST.get("key", "")),
        "fields": dict(request.POST.lists()),
        "now": now,
        "contact": _corrected(access, request.POST.get("draft_contact", "")),
        "seen_revision": _number(request.POST.get("draft_revision", "")),
    }
    if request.headers.get("X-Requested-With") == "fetch":
        writer = services.Writer(request.POST.get("draft_page", "")[:64], _number(request.POST.get("draft_step", "")))
        return _answer({**written, "writer": writer})
    try:
        services.draft_put_anyway(**written)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("contact-new", access.case.ref)
    messages.success(request, _("Kept as a draft. It is here whenever you want to go on."))
    return redirect("/")


def _answer(written: dict[str, Any]) -> JsonResponse:
    try:
        draft = services.draft_put(**written)
    except services.DraftChanged as error:
        return JsonResponse(_told(error.draft) if error.draft else {}, status=409)
    except services.DraftSent as error:
        return JsonResponse({"go": error.url}, status=410)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=413)
    return JsonResponse(_told(draft))


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "ref": draft.ref,
        "revision": draft.revision,
        "saved_at": dates.clock_time(draft.saved_at),
        "url": selectors.draft_url(draft),
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _corrected(access: CaseAccess, ref: str) -> Contact | None:
    return correctable_contact_for(access, ref) if ref else None


def draft_part(
    request: HttpRequest, access: CaseAccess, forms: Sequence[Any], now: datetime, contact: Contact | None = None
) -> dict[str, Any]:
    """What the page of a contact's form shows of drafts. `forms` are the form itself and those of its parts.

    They are filled from the draft that is asked for, when it is there and hers; an empty form offers back the newest
    one that waits for it; a form that was sent shows itself.
    """
    if forms[0].is_bound:
        return {}
    ref = request.GET.get("concept", "")
    if ref:
        return _filled(access, forms, ref, now)
    return {"draft_waiting": selectors.draft_waiting(access, now, contact.ref if contact else "")}


def _filled(access: CaseAccess, forms: Sequence[Any], ref: str, now: datetime) -> dict[str, Any]:
    try:
        draft = draft_for(access, ref, now)
    except Http404:
        return {"draft_gone": True}
    fields = selectors.draft_fields(access, draft)
    for form in forms:
        if isinstance(form, BaseForm):
            fill(form, fields)
    form = forms[0]
    form.initial.update(key=draft.key, draft_revision=draft.revision, draft_page=uuid4().hex)
    return {"draft": draft, "draft_kept_at": dates.clock_time(draft.saved_at)}


@require_POST
@case_page(Right.CONTACT_LOG)
def draft_discard(request: HttpRequest, access: CaseAccess, draft_ref: str) -> HttpResponse:
    """Throw a draft away; where it stood it can be put back for ten minutes."""
    services.draft_discard(draft=draft_for(access, draft_ref), by=me(request), now=clock.now())
    messages.success(request, _("Draft thrown away. For ten minutes you can put it back."))
    return redirect(back_to(request, "/"))


@require_POST
@case_page(Right.CONTACT_LOG)
def draft_restore(request: HttpRequest, access: CaseAccess, draft_ref: str) -> HttpResponse:
    """Put back a draft that was thrown away a moment ago."""
    services.draft_restore(draft=draft_for(access, draft_ref), by=me(request))
    messages.success(request, _("The draft is back."))
    return redirect(back_to(request, "/"))

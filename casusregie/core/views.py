"""Pages of the kernel: home, lock, account and sessions, language, health."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock, frame, health, sessions
from casusregie.core.access import public, requires
from casusregie.core.choices import Right
from casusregie.core.middleware import LANGUAGE_COOKIE, is_fragment
from casusregie.core.models import Session
from casusregie.core.selectors import session_views
from casusregie.core.services import password_confirm, sessions_end
from casusregie.core.web import back_to, me


@require_GET
@requires(Right.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The desk of who is logged in."""
    return redirect(frame.home(me(request)))


@require_http_methods(["GET", "POST"])
@requires(Right.OWN_ACCOUNT)
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock the screen with the password; in the open page by script, or on a page of its own that carries what was typed."""
    row = request.session.row  # type: ignore[attr-defined]  # our own store
    target = back_to(request, "/")
    if request.method == "GET":
        return render(request, "core/unlock.html", {"next": target})
    confirmed = password_confirm(request, me(request), request.POST.get("password", ""))
    if confirmed:
        sessions.unlock(row, clock.now())
    if is_fragment(request) or "application/json" in request.headers.get("Accept", ""):
        wrong = {"ok": False, "error": _("This password is not right.")}
        return JsonResponse({"ok": True} if confirmed else wrong)
    kept = [(n, v) for n in request.POST if n.startswith("kept-") for v in request.POST.getlist(n)]
    kept = [(name.removeprefix("kept-"), value) for name, value in kept]
    context: dict[str, Any] = {"next": target, "kept": kept, "again": target}
    if not confirmed:
        return render(request, "core/unlock.html", {**context, "error": _("This password is not right.")}, status=422)
    return render(request, "core/unlocked.html", context) if kept else redirect(target)


@require_POST
@requires(Right.OWN_ACCOUNT)
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen now."""
    sessions.lock(request.session.row)  # type: ignore[attr-defined]  # our own store
    return HttpResponse(status=204) if is_fragment(request) else redirect("unlock")


@require_POST
@requires(Right.OWN_ACCOUNT)
def active(request: HttpRequest) -> HttpResponse:
    """Somebody is typing in an open page: that is activity (the middleware noted it), polling is not."""
    return HttpResponse(status=204)


@require_GET
@requires(Right.OWN_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """My account: language, password, second factor, sessions."""
    now = clock.now()
    rows = session_views(me(request), request.session.session_key or "", now)
    has_factor = me(request).authenticator_set.filter(type="totp").exists()
    return render(
        request,
        "core/account.html",
        {"sessions": rows, "has_factor": has_factor, "factor_needed": settings.SECOND_FACTOR_REQUIRED},
    )


@require_POST
@requires(Right.OWN_ACCOUNT)
def sessions_end_all(request: HttpRequest) -> HttpResponse:
    """Overal uitloggen: every session of mine ends, this one too."""
    sessions_end(user=me(request))
    return redirect("account_login")


@require_POST
@requires(Right.OWN_ACCOUNT)
def session_end(request: HttpRequest, code: str) -> HttpResponse:
    """End one other session of mine."""
    for row in Session.objects.filter(user_id=me(request).pk):
        if sessions.code_of(row.session_key) == code:
            sessions_end(user=me(request), only=row.session_key)
            messages.success(request, _("That device is logged out."))
            break
    return redirect("account")


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    """Choose Dutch or English for this browser."""
    chosen = request.POST.get("language", "")
    response = redirect(back_to(request, "/"))
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@never_cache
@require_GET
@public
def health_web(request: HttpRequest) -> HttpResponse:
    """The balancer's probe: this process and the database."""
    return _answer(health.web())


@never_cache
@require_GET
@public
def health_all(request: HttpRequest) -> HttpResponse:
    """Everything: database, queue, sweep."""
    return _answer(health.everything(clock.now()))


def _answer(parts: dict[str, str]) -> JsonResponse:
    whole = all(value == "ok" for value in parts.values())
    return JsonResponse({"status": "ok" if whole else "unavailable", **parts}, status=200 if whole else 503)

"""Pages of the kernel: home, lock, account and sessions, language, health."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock, errors, frame, health, services, sessions
from casusregie.core.access import public, requires
from casusregie.core.choices import Right
from casusregie.core.forms import PhoneForm
from casusregie.core.middleware import LANGUAGE_COOKIE, is_fragment
from casusregie.core.models import User
from casusregie.core.privacy import SESSION_KEY
from casusregie.core.selectors import has_second_factor, session_key_of, session_views
from casusregie.core.services import language_choose, password_confirm, sessions_end
from casusregie.core.web import back_to, form_page, me


@require_GET
@requires(Right.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """The desk of who is logged in."""
    return redirect(frame.home(me(request)))


@require_http_methods(["GET", "POST"])
@requires(Right.OWN_ACCOUNT)
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock with the password: in the open page by script, or on a page of its own that carries the text."""
    target = back_to(request, "/")
    if request.method == "GET":
        if not getattr(request, "locked", False):
            return redirect(target)
        return render(request, "core/unlock.html", {"next": target})
    confirmed = password_confirm(request, me(request), request.POST.get("password", ""))
    if confirmed:
        sessions.unlock(request.session.row, clock.now())  # type: ignore[attr-defined]  # our own store
    if is_fragment(request) or "application/json" in request.headers.get("Accept", ""):
        return _unlock_answer(request, confirmed)
    return _unlock_page(request, confirmed, target)


def _unlock_answer(request: HttpRequest, confirmed: bool) -> JsonResponse:
    if confirmed:
        return JsonResponse({"ok": True, "csrf": get_token(request)})
    return JsonResponse({"ok": False, "error": _("This password is not right.")}, status=422)


def _unlock_page(request: HttpRequest, confirmed: bool, target: str) -> HttpResponse:
    names = [name for name in request.POST if name.startswith("kept-")]
    kept = [errors.Kept(name.removeprefix("kept-"), value) for name in names for value in request.POST.getlist(name)]
    context = {"next": target, "kept": kept, "again": target}
    if not confirmed:
        return render(request, "core/unlock.html", {**context, "error": _("This password is not right.")}, status=422)
    if kept:
        request.bare_frame = False  # type: ignore[attr-defined]  # the screen is open again
        return render(request, "core/unlocked.html", context)
    return redirect(target)


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
    """My account: telephone, language, password, second factor, sessions."""
    return _account_page(request, PhoneForm(initial={"phone": me(request).phone}))


def _account_page(request: HttpRequest, phone_form: PhoneForm) -> HttpResponse:
    now = clock.now()
    rows = session_views(me(request), request.session.session_key or "", now)
    has_factor = has_second_factor(me(request))
    context = {
        "sessions": rows,
        "has_factor": has_factor,
        "factor_needed": settings.SECOND_FACTOR_REQUIRED,
        "languages": [(code, name, code == translation.get_language()) for code, name in settings.LANGUAGES],
    }
    return form_page(request, "core/account.html", phone_form, context)


@require_POST
@requires(Right.OWN_ACCOUNT)
def phone_set(request: HttpRequest) -> HttpResponse:
    """Under which number colleagues reach me."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form)
    services.phone_set(user=me(request), phone=form.cleaned_data["phone"])
    messages.success(request, _("Saved."))
    return redirect("account")


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
    key = session_key_of(me(request), code)
    if key:
        sessions_end(user=me(request), only=key)
        messages.success(request, _("That device is logged out."))
    return redirect("account")


@require_POST
@requires(Right.OWN_ACCOUNT)
def privacy_switch(request: HttpRequest) -> HttpResponse:
    """Privacystand on or off, in this session: names become initials, or names again."""
    if request.session.pop(SESSION_KEY, False) is False:
        request.session[SESSION_KEY] = True
    return redirect(back_to(request, "/"))


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
        if isinstance(request.user, User):
            language_choose(user=request.user, language=chosen)
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

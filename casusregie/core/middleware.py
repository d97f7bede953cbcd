"""What happens around every request, outermost first (the order stands in settings)."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any, TypeGuard
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from casusregie.core import audit, clock, errors, origin, privacy, sessions
from casusregie.core.choices import Outcome
from casusregie.core.models import User
from casusregie.core.references import party_ref
from casusregie.core.selectors import has_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LANGUAGE_COOKIE = "taal"
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA")
# Open while the screen is locked: what unlocks it, what ends it, what only looks whether the house stands.
_OPEN_WHILE_LOCKED = ("unlock", "lock", "account_logout", "account_login", "language", "health", "health-web")
_OPEN_WITHOUT_SECOND_FACTOR = (
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "account_logout",
    "language",
    "unlock",
    "lock",
    "active",
)
_log = logging.getLogger("casusregie.middleware")


class ResponseHeadersMiddleware:
    """Nothing is kept in a cache or found by a search engine, and no sensor of the device is asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(), payment=(), interest-cohort=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class RefusedMethodMiddleware:
    """Who opens an address that only takes forms (reload, back) reads why, instead of an empty page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or getattr(response, "content", None) or is_fragment(request):
            return response
        page = errors.plain(request, 405, "only_forms")
        page["Allow"] = response["Allow"]
        return page


class DemoOnlyHereMiddleware:
    """The demo has open passwords: it answers this machine only and refuses what came through a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEMO and any(name in request.META for name in _FORWARDED):
            return errors.plain(request, 403, "demo_proxy")
        return self.get_response(request)


class BodyLimitMiddleware:
    """A body over 2 MB is answered 413 before it is read (contract); more where a view says so itself (`max_body`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            limit = self._limit(request)
            if length > limit:
                return errors.too_large(request, limit)
        return self.get_response(request)

    @staticmethod
    def _limit(request: HttpRequest) -> int:
        try:
            view = resolve(request.path_info).func
        except Http404:
            return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return int(getattr(view, "max_body", settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


class LanguageMiddleware:
    """Dutch, unless this browser chose English; never by what the browser says of itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AuditMiddleware:
    """One row in the access log for every request to a guarded address, refused ones too, before the answer leaves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with audit.trail(self._trail(request)) as trail:
            response = self.get_response(request)
            match = request.resolver_match
            view = match.func if match else None
            if view is not None and errors.declared_access(view) not in (None, "public"):
                if not trail.case_ref and match is not None:
                    trail.case_ref = str(match.kwargs.get("ref", ""))[:16]
                audit.close(f"{request.method}:{match.url_name if match else ''}", self._outcome(request, response))
        return response

    @staticmethod
    def _trail(request: HttpRequest) -> audit.Trail:
        key = request.session.session_key or ""
        return audit.Trail(
            actor_id=request.user.pk if request.user.is_authenticated else None,
            origin=origin.address(request),
            session=hashlib.sha256(key.encode()).hexdigest()[:16] if key else "",
            request=party_ref(),
        )

    @staticmethod
    def _outcome(request: HttpRequest, response: HttpResponseBase) -> Outcome:
        status = response.status_code
        if status in (401, 403, 404, 423) or getattr(request, "turned_away", False):
            return Outcome.REFUSED
        if status >= 500:
            return Outcome.ROLLED_BACK
        return Outcome.INVALID if status >= 400 else Outcome.ALLOWED


class PrivacyMiddleware:
    """Privacystand: what leaves for the screen has initials for names (`core.privacy`); off, it costs nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not self._is_page(response):
            return response
        if request.session.get(privacy.SESSION_KEY) and isinstance(request.user, User):
            names = privacy.names_for(request.user, self._case(request), clock.now())
            page = privacy.veiled(response.content.decode(response.charset), names)
            response.content = page.encode(response.charset)
        return response

    @staticmethod
    def _is_page(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
        """A page or a fragment; when a server is gone there is nobody to ask for names, and none on that page."""
        is_text = response.headers.get("Content-Type", "").startswith("text/html")
        return isinstance(response, HttpResponse) and is_text and response.status_code < 500

    @staticmethod
    def _case(request: HttpRequest) -> str:
        match = request.resolver_match
        return str(match.kwargs.get("ref", "")) if match and getattr(match.func, "about_a_case", False) else ""


class SessionLimitsMiddleware:
    """Ten hours at most, and a locked screen after fifteen minutes without activity (design.md 10)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        row = getattr(request.session, "row", None) if request.user.is_authenticated else None
        if row is not None:
            now = clock.now()
            if isinstance(request.user, User) and row.rights is not None and row.user_id == request.user.pk:
                request.user.rights = row.rights
            if sessions.is_too_old(row, now):
                logout(request)
            elif sessions.is_locked(row, now):
                request.locked = True  # type: ignore[attr-defined]  # read by process_view below
                request.bare_frame = True  # type: ignore[attr-defined]  # a locked screen shows no desks
            elif request.headers.get("X-Poll") != "1":
                sessions.touch(row, now, origin=origin.address(request), browser=request.headers.get("User-Agent", ""))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Holds back every page but the lock itself while the screen is locked; what was typed is carried along."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not getattr(request, "locked", False) or name in _OPEN_WHILE_LOCKED:
            return None
        request.turned_away = True  # type: ignore[attr-defined]  # the access log says refused
        if is_fragment(request):
            return HttpResponse(status=423, headers={"X-Locked": "1", "HX-Reswap": "none"})
        if request.method == "POST":
            return errors.keep_text(request, 423, "core/unlock.html", {"next": _back_after_lock(request)})
        return redirect(f"{reverse('unlock')}?next={quote(request.get_full_path())}")


class LoginMiddleware(LoginRequiredMiddleware):
    """Closed by default: every page asks who you are; a fragment is told so in its own way (contract, status codes)."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        """Django's rule, except that the API's own door answers 401 for itself."""
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # a fragment is not redirected
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """302 to the login page; 401 with the address for a fragment."""
        request.turned_away = True  # type: ignore[attr-defined]  # the access log says refused
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"login": settings.LOGIN_URL}, status=401)
        if is_fragment(request):
            return HttpResponse(status=401, headers={"HX-Redirect": settings.LOGIN_URL})
        response: HttpResponseBase = super().handle_no_permission(request, view_func)
        return response


class SecondFactorMiddleware:
    """Outside the demo nobody goes on without a second factor of her own (domain.md c, BIO2 5.17.01)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Sends who has none to the page that makes one."""
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, User):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        access = errors.declared_access(view)
        if name in _OPEN_WITHOUT_SECOND_FACTOR or access == "public" or request.session.get("second_factor"):
            return None
        if has_second_factor(request.user):
            request.session["second_factor"] = True
            return None
        request.turned_away = True  # type: ignore[attr-defined]  # the access log says refused
        return redirect("mfa_activate_totp")


class DeclaredRightMiddleware:
    """An address whose view declares no right does not exist: forgetting one closes a door, never opens it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raises Http404 for an undeclared view."""
        if errors.declared_access(view) is None:
            _log.error("no right declared: %s", getattr(view, "__qualname__", view))
            raise Http404


def _back_after_lock(request: HttpRequest) -> str:
    """Where a form goes again after unlocking; a mere button leads back to its page."""
    if errors.kept_fields(request):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page (htmx or our own fetch), not a browser for a page."""
    return request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") in (
        "fetch",
        "XMLHttpRequest",
    )


def authenticated(request: HttpRequest) -> User:
    """The logged-in user of a request that passed the login gate. Raises Http404 when there is none."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user

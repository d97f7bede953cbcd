"""Logging in: allauth's adapters and views, as this house wants them. Guessing is in `guessing`."""

import logging
import smtplib
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from allauth.account import views as account_views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casusregie.core import clock, crypto, frame, guessing, services
from casusregie.core.models import User
from casusregie.core.selectors import has_second_factor

# Who logged in this short ago is not asked again for the password before the first second factor.
_JUST_NOW = timedelta(minutes=10)
_MAILS_PER_QUARTER = 3
_log = logging.getLogger("casusregie.accounts")
# Mail leaves beside the request: how long an answer takes must not tell whether an account exists.
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="account-mail")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package carries no types
    """Accounts are given out by the administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this site, written as a path."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk of who logged in."""
        return frame.home(request.user) if isinstance(request.user, User) else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Her own account (by way of the login: a new password ends every session)."""
        return reverse("account")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow guessing down per account, from wherever it comes; locking is per account and address (axes)."""
        guessing.slow_down(str(credentials.get("login") or credentials.get("email") or ""))

    def reauthenticate(self, user: User, password: str) -> bool:
        """Counted under the login, as everywhere."""
        return services.password_confirm(context.request, user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for who has just logged in and has no second factor yet: she would type the same password twice."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not _just_logged_in(context.request)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every session of this person."""
        super().set_password(user, password)
        services.sessions_end(user=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Made here, sent beside the request."""
        message = self.render_mail(template_prefix, email, context)
        _post.submit(message.send).add_done_callback(_noted)


def _noted(sent: "Future[int]") -> None:
    error = sent.exception()
    if isinstance(error, OSError | smtplib.SMTPException):
        _log.error("an account mail could not be sent: %s", type(error).__name__)
    elif error is not None:
        _log.error("an account mail failed", exc_info=error)


def _just_logged_in(request: HttpRequest) -> bool:
    started = getattr(getattr(request.session, "row", None), "started_at", None)
    if started is None or clock.now() - started >= _JUST_NOW or not isinstance(request.user, User):
        return False
    # A factor made in this very session, and its codes, belong to the same first time.
    return not has_second_factor(request.user, before=started)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the package carries no types
    """The second factor; its secrets are encrypted like a case's own texts."""

    def encrypt(self, text: str) -> str:
        """Encrypted for the table of authenticators, as hexadecimal text."""
        return crypto.encrypt("kernel:mfa", text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return crypto.decrypt("kernel:mfa", bytes.fromhex(encrypted_text))


class _OfAFactor:
    """A page about a second factor that is there; who has none is led to the page that makes one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look first."""
        if isinstance(request.user, User) and not has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # as below
        return response


class Refusing:
    """A form with errors is answered 422 (contract)."""

    def form_invalid(self, form: BaseForm | None) -> HttpResponseBase:
        """What allauth shows, with the right number."""
        response: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]  # the view beside this mixin
        response.status_code = 422
        return response


class LoginView(Refusing, account_views.LoginView):  # type: ignore[misc]  # the package carries no types
    """E-mail address and password."""


class PasswordChangeView(Refusing, account_views.PasswordChangeView):  # type: ignore[misc]  # as above
    """A new password by who knows the old one."""


class ReauthenticateView(Refusing, account_views.ReauthenticateView):  # type: ignore[misc]  # as above
    """The password again, before something that matters."""


class PasswordResetView(Refusing, account_views.PasswordResetView):  # type: ignore[misc]  # as above
    """Ask a link by mail. The answer is the same for every address, and nobody's letterbox can be filled."""

    def form_valid(self, form: Any) -> HttpResponse:
        """At most three mails a quarter of an hour for an account, and five questions from one address."""
        name = f"mail:{form.cleaned_data['email']}"
        if guessing.is_closed(self.request, name):
            return redirect(self.get_success_url())
        guessing.failed(self.request, name)
        if guessing.failures(name) > _MAILS_PER_QUARTER:
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class PasswordResetFromKeyView(Refusing, account_views.PasswordResetFromKeyView):  # type: ignore[misc]  # as above
    """A new password by who holds the link."""


class CodeView(Refusing, mfa_views.AuthenticateView):  # type: ignore[misc]  # as above
    """The second factor at the login."""


class CodeAgainView(Refusing, mfa_views.ReauthenticateView):  # type: ignore[misc]  # as above
    """The second factor again."""


class ActivateView(Refusing, totp_views.ActivateTOTPView):  # type: ignore[misc]  # as above
    """Set up the app that makes the codes."""


class DeactivateView(_OfAFactor, Refusing, totp_views.DeactivateTOTPView):  # type: ignore[misc]  # as above
    """Where a second factor is needed this replaces it: the new one is set up at once, nothing else opens before."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether this is replacing or leaving off."""
        data: dict[str, Any] = super().get_context_data(**kwargs)
        return {**data, "factor_needed": settings.SECOND_FACTOR_REQUIRED}

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the old one away; the gate then leads to the page that makes a new one."""
        response: HttpResponse = super().form_valid(form)
        self.request.session.pop("second_factor", None)
        return redirect("mfa_activate_totp") if settings.SECOND_FACTOR_REQUIRED else response


class NewCodesView(_OfAFactor, Refusing, recovery_views.GenerateRecoveryCodesView):  # type: ignore[misc]  # as above
    """New recovery codes."""


class CodesView(_OfAFactor, recovery_views.ViewRecoveryCodesView):  # type: ignore[misc]  # as above
    """The recovery codes that have not been used."""


class CodesFileView(_OfAFactor, recovery_views.DownloadRecoveryCodesView):  # type: ignore[misc]  # as above
    """The same as a text file."""


def signup(request: HttpRequest) -> HttpResponse:
    """allauth asks for the address of a registration; there is none."""
    raise Http404

"""Logging in: allauth's adapters, and what happens when somebody guesses."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.models import AccessAttempt
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase

from casusregie.core import crypto, errors, frame
from casusregie.core.models import User

# A guess on an account that is being guessed waits; a right password never does, so nobody is kept from her own work.
_FREE_GUESSES = 5
_LONGEST_WAIT = 2.0


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package carries no types
    """Accounts are given out by the administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk of who logged in."""
        return frame.home(request.user) if isinstance(request.user, User) else "/"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow guessing down per account, from wherever it comes; locking is per account and address (axes)."""
        tried = str(credentials.get("login") or credentials.get("email") or "")
        failures = (
            AccessAttempt.objects.filter(username__iexact=tried).aggregate(n=Sum("failures_since_start"))["n"] or 0
        )
        if failures > _FREE_GUESSES:
            time.sleep(min(_LONGEST_WAIT, 0.2 * (failures - _FREE_GUESSES)))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the package carries no types
    """The second factor; its secrets are encrypted like a case's own texts."""

    def encrypt(self, text: str) -> str:
        """Encrypted for the table of authenticators, as hexadecimal text."""
        return crypto.encrypt("kernel:mfa", text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return crypto.decrypt("kernel:mfa", bytes.fromhex(encrypted_text))


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """429: this account is closed from this address for a quarter of an hour; elsewhere it works."""
    return errors.plain(request, 429, "locked_out")

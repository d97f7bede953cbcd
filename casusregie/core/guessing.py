"""Guessing at passwords and codes: counted per account and address, slowed per account, nothing of what was typed.

django-axes keeps the count. What is guessed at has a name: the login itself, `code:<login>` for the second factor,
`mail:<login>` for asking mail.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from casusregie.core import clock, errors, origin

# A guess on an account that is being guessed waits; a right password never does, so nobody is kept from her own work.
_FREE_GUESSES = 5
_LONGEST_WAIT = 2.0


class AttemptHandler(AxesDatabaseHandler):  # type: ignore[misc]  # the package carries no types
    """axes without its copy of what was sent: that can be the text of a contact (kept while the screen was locked)."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count a failure; the form and the query stay out of the table."""
        if request is None:
            return
        with _without_content(request):
            super().user_login_failed(sender, credentials, request, **kwargs)


@contextmanager
def _without_content(request: HttpRequest) -> Iterator[None]:
    form, query = request.POST, request.GET
    request.POST, request.GET = QueryDict(), QueryDict()
    try:
        yield
    finally:
        request.POST, request.GET = form, query


def failures(name: str) -> int:
    """How often was guessed at this name in the last quarter of an hour, from wherever."""
    since = clock.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    rows = AccessAttempt.objects.filter(username=name.lower(), attempt_time__gte=since)
    return rows.aggregate(n=Sum("failures_since_start"))["n"] or 0


def failed(request: HttpRequest, name: str) -> None:
    """Count one failure; the fifth closes this name for this address (axes answers 429)."""
    user_login_failed.send(sender=__name__, credentials={"login": name.lower()}, request=request)


def is_closed(request: HttpRequest, name: str) -> bool:
    """Whether this name is closed for this address; the answer then becomes 429."""
    if AxesProxyHandler.is_allowed(request, {"login": name.lower()}):
        return False
    close(request)
    return True


def close(request: HttpRequest) -> None:
    """Have axes answer 429 to this request."""
    request.axes_locked_out = True  # type: ignore[attr-defined]  # read by axes' middleware


def forgive(request: HttpRequest, name: str) -> None:
    """What was right ends the count of this name and this address; what others guessed stays counted."""
    AxesProxyHandler.reset_attempts(ip_address=origin.address(request), username=name.lower())


def slow_down(name: str) -> None:
    """Make a wrong guess wait, longer with every guess on the account, known or not."""
    extra = failures(name) - _FREE_GUESSES
    if extra > 0:
        time.sleep(min(_LONGEST_WAIT, 0.2 * extra))


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """429: this account is closed from this address for a quarter of an hour; elsewhere it works."""
    if "application/json" in request.headers.get("Accept", ""):
        sentence = _("Too many attempts. Try again in a quarter of an hour.")
        return JsonResponse({"ok": False, "error": sentence}, status=429)
    return errors.plain(request, 429, "locked_out", kept=True)

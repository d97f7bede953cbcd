"""Pages for when something goes wrong: plain, in Dutch, and with what was typed kept."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

# Never given back to a page: a password, a code, the guards of the form itself.
_NOT_KEPT = {"password", "code", "csrfmiddlewaretoken", "login", "next"}


def declared_access(view: Any) -> str | None:
    """The right a view declares: on the function, or on the class behind it (API)."""
    access = getattr(view, "access", None)
    if access is None:
        access = getattr(getattr(view, "cls", None), "access", None)
    return access


def _sentences(reason: str) -> tuple[str, str]:
    table = {
        "not_found": (_("Not found"), _("This page does not exist, or is not yours to see.")),
        "forbidden": (_("Not allowed"), _("You do not have the right to do this here.")),
        "too_large": (_("Too large"), _("What you sent is larger than 2 MB. Go back: your text is still there.")),
        "csrf": (
            _("Not sent"),
            _("This form could not be checked. Go back, reload the page and send it again: your text is still there."),
        ),
        "gone": (
            _("Not saved yet"),
            _("We cannot reach the database for a moment. What you typed stands below: send it again in a minute."),
        ),
        "error": (_("Something went wrong"), _("This is our fault. It has been noted. Go back and try again.")),
        "locked_out": (
            _("Too many attempts"),
            _("From here this account is closed for a quarter of an hour. From elsewhere it is not."),
        ),
        "demo_proxy": (_("Demo"), _("The demo answers on this machine only, not through a proxy.")),
    }
    return table[reason]


def plain(request: HttpRequest, status: int, reason: str, *, kept: bool = False) -> HttpResponse:
    """An error page that needs no database; with `kept` it holds what was typed, ready to be sent again."""
    title, sentence = _sentences(reason)
    context = {"title": title, "sentence": sentence, "status": status}
    if kept and request.method == "POST":
        context["kept"] = kept_fields(request)
        context["again"] = request.get_full_path()
    return HttpResponse(render_to_string("errors/plain.html", context, request=request), status=status)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, field by field, without secrets."""
    return [(name, value) for name in request.POST if name not in _NOT_KEPT for value in request.POST.getlist(name)]


def keep_text(request: HttpRequest, status: int, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that carries what was typed as hidden fields."""
    context = {**context, "kept": kept_fields(request), "again": request.get_full_path()}
    return HttpResponse(render_to_string(template, context, request=request), status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404, the same for what does not exist and for what is not yours."""
    return plain(request, 404, "not_found")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """403, for who may know that it exists."""
    return plain(request, 403, "forbidden")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400, for what no form of ours sends."""
    return plain(request, 400, "error")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """403 for a form that did not come from our page."""
    return plain(request, 403, "csrf")


def server_error(request: HttpRequest) -> HttpResponseBase:
    """503 with the text kept when a server is gone; 500 otherwise."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return plain(request, 503, "gone", kept=True)
    return plain(request, 500, "error", kept=True)

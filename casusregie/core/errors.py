"""Pages for when something goes wrong: plain, in Dutch, and with what was typed kept."""

import re
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

# Never given back to a page: passwords, codes, the guards of the form itself.
_NOT_KEPT = re.compile(r"^(.*password\d?|code|csrfmiddlewaretoken|login|next)$")


@dataclass(frozen=True)
class Kept:
    """One field that was typed and not saved."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether somebody wrote this: what is chosen or counted goes along unseen."""
        return len(self.value) > 40 or " " in self.value.strip() or "\n" in self.value


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
            _("This form could not be checked. Go back, copy your text, reload the page and send it again."),
        ),
        "gone": (
            _("Not available for a moment"),
            _("We cannot reach the data. Try again in a minute."),
        ),
        "only_forms": (_("No page"), _("This address only takes a form. Go on from the start page.")),
        "bad": (_("Not understood"), _("What was sent is not what our pages send. Go back and try again.")),
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
    # An address that leads nowhere is no place to come back to, and says nothing of what was asked.
    request.is_error = True  # type: ignore[attr-defined]  # read by the frame
    title, sentence = _sentences(reason)
    context = {"title": title, "sentence": sentence, "status": status}
    if kept and request.method == "POST":
        context["kept"] = kept_fields(request)
        context["again"] = request.get_full_path()
    return HttpResponse(render_to_string("errors/plain.html", context, request=request), status=status)


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """413 with the limit (bytes) of this address named; nothing of what was sent has been read."""
    megabytes = limit // (1024 * 1024)
    if limit == settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return plain(request, 413, "too_large")
    sentence = _("A file can be at most %(n)s MB. Go back and choose a smaller one.") % {"n": megabytes}
    context = {"title": _("Too large"), "sentence": sentence, "status": 413}
    return HttpResponse(render_to_string("errors/plain.html", context, request=request), status=413)


def kept_fields(request: HttpRequest) -> list[Kept]:
    """What was typed, field by field, without secrets."""
    names = [name for name in request.POST if not _NOT_KEPT.match(name)]
    return [Kept(name, value) for name in names for value in request.POST.getlist(name)]


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
    return plain(request, 400, "bad")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """403 for a form that did not come from our page."""
    return plain(request, 403, "csrf")


def server_error(request: HttpRequest) -> HttpResponseBase:
    """503 with the text kept when a server is gone; 500 otherwise."""
    request.bare_frame = True  # type: ignore[attr-defined]  # the frame asks the database who you are
    if _server_gone(sys.exc_info()[1]):
        return plain(request, 503, "gone", kept=True)
    return plain(request, 500, "error", kept=True)


def _server_gone(error: BaseException | None) -> bool:
    """Whether this error began with a database that is not there."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False

"""Small parts of every view: a form with errors is 422, a local address to go back to."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, FileField
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

from casusregie.core import files
from casusregie.core.choices import FileKind
from casusregie.core.models import User


def form_page(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    context: Mapping[str, Any],
    status: int | None = None,
    *,
    renew_key: bool = True,
) -> HttpResponse:
    """The page of a form: 200 when asked for, 422 with everything typed when it has errors (contract).

    With 409 it gets a key of its own, unless nothing was saved under the one it has (`renew_key` False).
    """
    code = status or (422 if form.is_bound else 200)
    if code == 409 and renew_key and "key" in form.fields:
        # What was typed now was not saved under the old key; sent once more, it is a submission of its own.
        typed = request.POST.copy()
        typed[form.add_prefix("key")] = str(uuid.uuid4())
        form.data = typed
    return render(request, template, {**context, "form": form}, status=code)


def accepted(request: HttpRequest, url: str) -> HttpResponse:
    """What was sent is saved: a browser is redirected to `url`, a script that sent the form is told where to go."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"go": url})
    return redirect(url)


def fill(form: BaseForm, fields: Mapping[str, Sequence[str]]) -> None:
    """Fill an unbound form with what was once typed in it, also what is not valid yet, without judging it."""
    typed = QueryDict(mutable=True)
    for name, values in fields.items():
        typed.setlist(name, list(values))
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
        if value is not None and name != "key" and not isinstance(field, FileField):
            form.initial[name] = value
            # Whoever asked the field before keeps what it had then.
            form[name].initial = value


def put_errors(form: BaseForm, error: ValidationError) -> None:
    """Put what a service refused at the fields of the form, or above it when no field carries it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def me(request: HttpRequest) -> User:
    """The logged-in user; the gates before the view have made sure of her."""
    if not isinstance(request.user, User):
        raise TypeError("A guarded view was reached without a user.")
    return request.user


def back_to(request: HttpRequest, fallback: str) -> str:
    """The local address in `next`, or the fallback; never another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else fallback


def file_answer(kind: FileKind, name: str, data: bytes, *, original: bool = False) -> HttpResponse:
    """A kept file under a neutral name without its ending, that no browser may take for a page.

    Pictures are shown in the page, a PDF is downloaded; an original, as it came, is only ever downloaded.
    """
    answer = HttpResponse(data, content_type="application/octet-stream" if original else files.CONTENT_TYPES[kind])
    inline = not original and kind is not FileKind.PDF
    disposition = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f'{disposition}; filename="{name}.{files.ENDINGS[kind]}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

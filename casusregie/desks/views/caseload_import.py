"""Bringing over a caseload from a file: read, shown, written when asked for."""

import csv
import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.core.web import form_page, me
from casusregie.desks import selectors, services
from casusregie.desks.access import import_for
from casusregie.desks.columns import COLUMNS, EXAMPLE
from casusregie.desks.forms import ImportForm
from casusregie.desks.sheets import NotASheet


@require_http_methods(["GET", "POST"])
@requires(Right.CASE_OPEN)
def caseload_import(request: HttpRequest) -> HttpResponse:
    """Bring a file: it is read and shown, nothing is written yet."""
    now = clock.now()
    form = ImportForm(request.POST or None, request.FILES or None)
    context = {"imports": selectors.imports(me(request), now), "columns": COLUMNS}
    if not form.is_valid():
        return form_page(request, "desks/import.html", form, context)
    try:
        row = services.import_read(by=me(request), data=form.cleaned_data["file"].read(), now=now)
    except NotASheet as error:
        form.add_error("file", str(error))
        return form_page(request, "desks/import.html", form, context)
    return redirect("caseload-import-one", row.ref)


@require_GET
@requires(Right.CASE_OPEN)
def caseload_import_template(request: HttpRequest) -> HttpResponse:
    """The template with a filled-in example, as CSV that opens in a Dutch Excel."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(EXAMPLE)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sjabloon.csv"'
    return answer


@require_GET
@requires(Right.CASE_OPEN)
def caseload_import_one(request: HttpRequest, import_ref: str) -> HttpResponse:
    """What was found in a file, line by line, and how far its writing is."""
    now = clock.now()
    row = import_for(me(request), import_ref)
    if is_fragment(request):
        return render(request, "desks/_import_progress.html", {"row": selectors.import_progress(row, now)})
    return render(request, "desks/import_one.html", {"page": selectors.import_page(row, now)})


@require_POST
@requires(Right.CASE_OPEN)
def caseload_import_write(request: HttpRequest, import_ref: str) -> HttpResponse:
    """Ask for the import to be written, with or without the faulty rows."""
    row = import_for(me(request), import_ref)
    try:
        services.import_ask(row=row, leave_out="leave_out" in request.POST, now=clock.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The cases are being written. You can go on working meanwhile."))
    return redirect("caseload-import-one", row.ref)

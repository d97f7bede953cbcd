"""An edition as PDF, and signing it at the table."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.web import form_page, me, put_errors
from families.access import CaseAccess, case_page
from families.selectors import case_header
from processplan import selectors, services
from processplan.access import party_in_case, version_for
from processplan.choices import RenderState, SignatureKind
from processplan.forms import SignForm
from processplan.models import RenderedEdition


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def pdf(request: HttpRequest, access: CaseAccess, number: int) -> HttpResponse:
    """The PDF of one edition: 200 when it is there, 202 while it is made, 409 when the scanner refuses; POST asks."""
    now = clock.now()
    row = version_for(access, number)
    row.case = access.case
    key = request.GET.get("voor", "") or request.POST.get("voor", "")
    try:
        if request.method == "POST":
            services.edition_ask(version=row, reader_key=key, now=now)
            return redirect(f"{request.path}?voor={key}")
        return pdf_answer(
            request, selectors.rendered(row, key, now), {"case_header": case_header(access, now, "plan"), "key": key}
        )
    except selectors.NoGround:
        messages.error(request, _("There is no ground for sharing with this partner now: no ground, no edition."))
        return redirect("plan-version", access.case.ref, number)


def pdf_answer(request: HttpRequest, row: RenderedEdition | None, context: dict[str, Any]) -> HttpResponse:
    """The file, or the page that says where its making stands."""
    failed, problem = row is not None and row.state == RenderState.FAILED, row.problem if row else ""
    if row is not None and row.state == RenderState.DONE:
        try:
            pdf = services.edition_release(edition=row, by=me(request), now=clock.now())
            answer = HttpResponse(pdf, content_type="application/pdf")
            answer["Content-Disposition"] = 'inline; filename="plan.pdf"'
            return answer
        except PermissionDenied:
            failed, problem = True, _("Not released: something that was noted as confidential meanwhile stands in it.")
    about_family = failed and row is not None and "case_header" in context
    places = selectors.leak_views(row.version, row.reader, clock.now()) if about_family and row is not None else []
    page = {**context, "row": row, "failed": failed, "problem": problem, "leaks": places}
    return render(request, "processplan/edition_wait.html", page, status=409 if failed else 202)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def sign(request: HttpRequest, access: CaseAccess, number: int) -> HttpResponse:
    """Reading and signing on this device: nothing on the page but this person's own edition."""
    now = clock.now()
    row = version_for(access, number)
    row.case = access.case
    wanted = request.GET.get("wie", "")
    if not wanted:
        context = {"case_header": case_header(access, now, "plan"), "version": selectors.version_view(row)}
        return render(request, "processplan/sign_who.html", context)
    party = party_in_case(access, wanted)
    if request.method == "GET" and party.ref not in [ref for ref, _name in selectors.version_view(row).waiting]:
        messages.error(request, _("This person is not asked to sign this version, or has answered already."))
        return redirect("plan-version", access.case.ref, number)
    edition = selectors.edition_for(row, party, now)
    if selectors.leaks(row, edition, now):
        messages.error(request, _("Not shown for signing: something that this person may not know stands in it."))
        return redirect("plan-version", access.case.ref, number)
    form = SignForm(request.POST or None, initial={"shown_sha256": edition.shown_sha256, "kind": SignatureKind.DRAWN})
    context = {"edition": edition, "number": number, "ref": access.case.ref, "body_only": True}
    if not form.is_valid():
        return form_page(request, "processplan/sign.html", form, context)
    try:
        data = services.SignatureData(**form.cleaned_data)
        services.version_sign(version=row, party=party, by=me(request), data=data, now=now)
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "processplan/sign.html", form, context)
    return render(request, "processplan/signed.html", context)

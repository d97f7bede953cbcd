"""The genogram: drawn, said in words, and composed for one reader."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.core.web import me
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    person_for,
    tie_for,
)
from families.forms import (
    TieOpenForm,
)
from families.views.page import page_context


def _genogram(request: HttpRequest, access: CaseAccess, now: datetime) -> selectors.GenogramView:
    """The genogram that this address asks for: everything, somebody's view, or somebody's own version."""
    reader_ref = request.GET.get("voor", "")[:16]
    if reader_ref:
        access.need_any(Right.CASE_DIRECT)
    return selectors.genogram(
        access,
        now,
        view=request.GET.get("blik", "")[:16],
        reader=person_for(access, reader_ref) if reader_ref else None,
        layers=frozenset(request.GET.getlist("laag")) if "lagen" in request.GET else None,
    )


@require_GET
@case_page(Right.CASE_VIEW)
def genogram(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The family as a drawing, and the same in words."""
    return _page(request, access)


def _page(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    now = clock.now()
    context = page_context(
        access,
        now,
        genogram=_genogram(request, access, now),
        may_change=access.may(Right.CASE_DIRECT),
    )
    return render(request, "families/genogram.html", context)


@require_GET
@case_page(Right.CASE_VIEW)
def family_drawing(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The drawing as a part of the page of the family; without scripts it is the page of the drawing."""
    if not is_fragment(request):
        return _page(request, access)
    part = {
        "genogram": selectors.genogram(access, clock.now()),
        "may_change": access.may(Right.CASE_DIRECT),
        "ref": access.case.ref,
    }
    return render(request, "families/_drawing.html", part)


@require_GET
@case_page(Right.CASE_VIEW)
def genogram_svg(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The drawing by itself, as a file whose name says nothing."""
    drawn = _genogram(request, access, clock.now())
    answer = HttpResponse(drawn.svg, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="genogram.svg"'
    return answer


@require_POST
@case_page(Right.CASE_DIRECT)
def genogram_open(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Open or close an item for one reader, or open everything harmless."""
    now = clock.now()
    form = TieOpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what to open, and for whom."))
        return redirect("genogram", access.case.ref)
    reader = person_for(access, form.cleaned_data["reader"])
    choice, codes = form.cleaned_data["may"], [form.cleaned_data["item"]]
    if choice == "harmless":
        codes = selectors.harmless_codes(selectors.genogram(access, now, reader=reader))
    change = services.tie_close if choice == "no" else services.tie_open
    for code in codes:
        item = person_for(access, code[1:]) if code.startswith("p") else tie_for(access, code)
        change(item=item, case=access.case, by=me(request), reader=reader.party, now=now)
    place = f"#i-{codes[0]}" if choice != "harmless" else "#openable"
    return redirect(f"{reverse('genogram', args=[access.case.ref])}?voor={reader.party.ref}{place}")

"""Lists of cases, of the team and of who works in them, with sorting, filtering and looking for a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.core.services import search_store, search_terms
from casusregie.core.web import me
from casusregie.desks import selectors
from casusregie.desks.forms import CaseSearchForm
from families.selectors import CaseQuery

_SORT_WORDS = ("name", "last", "due")


def _query(request: HttpRequest, page: str) -> CaseQuery:
    sort = request.GET.get("op", "name")
    descending = sort.startswith("-")
    director = request.GET.get("wie", "")
    words = search_terms(user=me(request), page=page, ref=request.GET["zoek"]) if request.GET.get("zoek") else {}
    return CaseQuery(
        sort=sort.lstrip("-") if sort.lstrip("-") in _SORT_WORDS else "name",
        descending=descending,
        status=request.GET.get("stand", ""),
        intensity=request.GET.get("kleur", ""),
        director_id=int(director) if director.isdecimal() and len(director) < 10 else None,
        words=words.get("words", ""),
        after=request.GET.get("na", ""),
    )


def _list_context(request: HttpRequest, query: CaseQuery, next_after: str, search: str) -> dict[str, Any]:
    """Addresses for sorting, filtering and going on: the present choice with one thing changed."""
    now = {name: request.GET[name] for name in ("op", "stand", "kleur", "wie", "zoek") if request.GET.get(name)}

    def address(**changes: str) -> str:
        chosen = {name: value for name, value in {**now, **changes}.items() if value}
        return f"{request.path}?{urlencode(chosen)}" if chosen else request.path

    sorts = {
        name: {
            "url": address(op=f"-{name}" if query.sort == name and not query.descending else name),
            "direction": ("descending" if query.descending else "ascending") if query.sort == name else "",
        }
        for name in _SORT_WORDS
    }
    colours, statuses = selectors.filter_words(get_language())
    return {
        "sorts": sorts,
        "paging": {
            "next_url": address(na=next_after) if next_after else "",
            "first_url": address() if query.after else "",
        },
        "kept": [(name, value) for name, value in now.items() if name != "wie"],
        "search": {"url": reverse(search), "words": query.words},
        "chips": {
            "colours": [
                {"url": address(kleur=value), "label": label, "current": query.intensity == value}
                for value, label in colours
            ],
            "statuses": [
                {"url": address(stand=value), "label": label, "current": query.status == value}
                for value, label in statuses
            ],
            "sorts": [
                {"url": sorts[name]["url"], "label": label, "current": query.sort == name}
                for name, label in (("name", _("name")), ("last", _("last contact")), ("due", _("next follow-up")))
            ],
        },
        "query": query,
        "is_filtered": bool(query.words or query.intensity or query.status or query.director_id),
        "clear_url": request.path,
    }


@require_GET
@requires(Right.DESK_CASELOAD)
def caseload(request: HttpRequest) -> HttpResponse:
    """The team's cases."""
    query = _query(request, "caseload")
    desk = selectors.caseload(me(request), query, clock.now())
    context = _list_context(request, query, desk.page.next_after, "caseload-search")
    context["directors"] = [(str(number), name, number == query.director_id) for number, name in desk.directors]
    return render(request, "desks/caseload.html", {**context, "desk": desk})


@require_GET
@requires(Right.DESK_CASELOAD)
def caseload_waiting(request: HttpRequest) -> HttpResponse:
    """What waits in the team's cases: a part of the caseload, or a page of its own without scripts."""
    template = "desks/_waiting.html" if is_fragment(request) else "desks/waiting.html"
    return render(request, template, {"waiting": selectors.waiting(me(request), clock.now())})


@require_GET
@requires(Right.CASE_LIST)
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases I work in."""
    query = _query(request, "cases")
    page = selectors.case_list(me(request), query, clock.now())
    context = _list_context(request, query, page.next_after, "case-search")
    context |= {"page": page, "may_open": me(request).has_right(Right.CASE_OPEN)}
    return render(request, "desks/case_list.html", context)


@require_POST
@requires(Right.CASE_LIST)
def case_search(request: HttpRequest) -> HttpResponse:
    """Look for a case: the words are kept under a random id, which is what stands in the address."""
    return _search(request, "cases", "case-list")


@require_POST
@requires(Right.DESK_CASELOAD)
def caseload_search(request: HttpRequest) -> HttpResponse:
    """Look for a case of the team."""
    return _search(request, "caseload", "caseload")


def _search(request: HttpRequest, page: str, target: str) -> HttpResponse:
    form = CaseSearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A name or reference has at most 100 signs."))
        return redirect(target)
    if not form.cleaned_data["words"].strip():
        return redirect(target)
    ref = search_store(user=me(request), page=page, terms=form.cleaned_data, now=clock.now())
    return redirect(f"{reverse(target)}?stand=all&zoek={ref}")

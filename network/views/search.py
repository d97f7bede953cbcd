"""Searching the contact log of one case or of all of somebody's cases. A search is a POST: no word of it is ever in an
address; what was looked for is kept under a random id."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.services import search_store, search_terms
from casusregie.core.web import form_page, me
from families.access import CaseAccess, ReadingScope, case_page, reading_of, reading_scope, session_code
from network import selectors
from network.forms import SearchForm
from network.selectors import SearchQuery
from network.views.page import page_context


@require_http_methods(["GET", "POST"])
@requires(Right.CASE_LIST)
def search(request: HttpRequest) -> HttpResponse:
    """Search in every case that this person reads now."""
    scope = reading_scope(me(request), clock.now(), session_code(request))
    return _search(request, scope, reverse("search"), "contacts", {"reads_nothing": not scope.case_ids})


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_VIEW)
def case_search(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Search in the contact log of one case."""
    now = clock.now()
    people = selectors.participant_choices(access, now)
    context = page_context(access, now, people=people)
    path = reverse("contact-search", args=[access.case.ref])
    return _search(request, reading_of(access), path, f"contacts:{access.case.ref}", context)


def _search(request: HttpRequest, scope: ReadingScope, path: str, page: str, context: dict[str, Any]) -> HttpResponse:
    now, user, people = clock.now(), me(request), context.get("people")
    context = {**context, "search_url": path}
    if request.method == "POST":
        form = SearchForm(request.POST, people=people)
        if not form.is_valid():
            return form_page(request, "network/search.html", form, context)
        ref = search_store(user=user, page=page, terms=form.terms(), now=now)
        return redirect(f"{path}?{urlencode({'zoek': ref})}")
    asked = request.GET.get("zoek", "")
    terms = search_terms(user=user, page=page, ref=asked) if asked else {}
    context |= {"form": SearchForm(initial=terms, people=people), "is_gone": bool(asked and not terms)}
    if terms:
        query = SearchQuery.of(terms, request.GET.get("na", ""))
        found = selectors.contacts_found(user, scope, query, now)
        context |= {"page": found, "words": query.words, "paging": _paging(path, asked, query, found.next_after)}
    return render(request, "network/search.html", context)


def _paging(path: str, asked: str, query: SearchQuery, next_after: str) -> dict[str, str]:
    first = f"{path}?{urlencode({'zoek': asked})}"
    return {
        "next_url": f"{path}?{urlencode({'zoek': asked, 'na': next_after})}" if next_after else "",
        "first_url": first if query.after else "",
    }

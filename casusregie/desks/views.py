"""Pages of the desks: translate, one domain call, translate."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.middleware import is_fragment
from casusregie.core.services import account_invite, search_store, search_terms
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me
from casusregie.desks import selectors
from casusregie.desks.forms import AccountForm, CaseSearchForm, LogForm
from families.access import CaseAccess, case_page
from families.selectors import CaseQuery, case_header
from network.access import own_role
from network.choices import SignalKind
from network.forms import SignalForm
from network.frame import OFTEN, contact_links
from network.selectors import ContactFilter
from network.services import signal_send_once
from processplan.selectors import NoGround, rendered
from processplan.services import edition_ask
from processplan.views.edition import pdf_answer

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
@requires(Right.DESK_TODAY)
def today(request: HttpRequest) -> HttpResponse:
    """What today asks."""
    context = {
        "desk": selectors.today(me(request), clock.now()),
        "may_open": me(request).has_right(Right.CASE_OPEN),
        "new_url": reverse("case-new"),
    }
    return render(request, "desks/today.html", context)


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


@require_GET
@case_page(Right.CASE_HEAD)
def case_overview(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """A case at a glance; a team leader who has not looked inside sees its head only."""
    now = clock.now()
    context: dict[str, Any] = {"case_header": case_header(access, now, "overview")}
    if not access.may(Right.CASE_VIEW):
        return render(request, "desks/case_head.html", {**context, "may_look": access.may(Right.CASE_INSIGHT)})
    query = ContactFilter(
        channel=request.GET.get("hoe", ""), outcome=request.GET.get("uitkomst", ""), after=request.GET.get("na", "")
    )
    overview = selectors.overview(access, now, query)
    context |= {
        "overview": overview,
        "may_log": access.may(Right.CONTACT_LOG),
        **contact_links(request.path, query, overview.timeline.next_after, OFTEN),
    }
    return render(request, "desks/case_overview.html", context)


@require_GET
@case_page(Right.CASE_VIEW)
def case_now(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What holds now: a part of the overview, or a page of its own without scripts."""
    now = clock.now()
    part = {"now": selectors.holds_now(access, now), "ref": access.case.ref, "director": access.case.director}
    if is_fragment(request):
        return render(request, "desks/_now.html", part)
    return render(request, "desks/case_now.html", {**part, "case_header": case_header(access, now, "overview")})


@require_GET
@requires(Right.DESK_ROLES)
def my_roles(request: HttpRequest) -> HttpResponse:
    """The roles of a partner, a card each."""
    return render(request, "desks/my_roles.html", {"roles": selectors.my_roles(me(request), clock.now())})


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_ROLES)
def my_role(request: HttpRequest, role_ref: str) -> HttpResponse:
    """One role: what is asked, my part of the plan, and two buttons to tell how it goes or that I am worried."""
    now = clock.now()
    role = own_role(me(request), role_ref, now)
    form = SignalForm(request.POST or None)
    worried = SignalKind.WORRY in (request.POST.get("kind"), request.GET.get("kind"))
    kind = SignalKind.WORRY if worried else SignalKind.PROGRESS
    context: dict[str, Any] = {**selectors.my_role(role, now), "kind": kind.value}
    if not form.is_valid():
        return form_page(request, "desks/my_role.html", form, context)
    text = form.cleaned_data["text"]
    try:
        sent = signal_send_once(role=role, by=me(request), kind=kind, text=text, key=form.submission_key, now=now)
    except SameKeyOtherContent as error:
        return form_page(request, "desks/my_role.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Sent to the case director."))
    return redirect(sent.url)


@require_http_methods(["GET", "POST"])
@requires(Right.DESK_ROLES)
def my_role_pdf(request: HttpRequest, role_ref: str) -> HttpResponse:
    """A partner's own edition of the plan in force; POST asks for it."""
    now = clock.now()
    role = own_role(me(request), role_ref, now)
    version, key = selectors.my_version(role), role.professional.party.ref
    try:
        if request.method == "POST":
            edition_ask(version=version, reader_key=key, now=now)
            return redirect(request.path)
        found = rendered(version, key, now)
    except NoGround as error:
        raise Http404 from error
    return pdf_answer(request, found, {"key": "", "role_ref": role.ref})


@require_GET
@requires(Right.DESK_OUTCOMES)
def outcomes(request: HttpRequest) -> HttpResponse:
    """Where the cases stand, without persons."""
    return render(request, "desks/outcomes.html", {"rows": selectors.outcomes(me(request))})


@require_http_methods(["GET", "POST"])
@requires(Right.AUDIT_VIEW)
def logbook(request: HttpRequest) -> HttpResponse:
    """Who read or did what; a search is a POST, going on is a number in the address."""
    form = LogForm(request.POST or None)
    wanted = {name: str(value) for name, value in form.cleaned_data.items()} if form.is_valid() else {}
    if wanted:
        ref = search_store(user=me(request), page="log", terms=wanted, now=clock.now())
        return redirect(f"{reverse('logbook')}?zoek={ref}")
    if form.is_bound:
        return form_page(request, "desks/logbook.html", form, {"rows": [], "next_before": 0})
    wanted = search_terms(user=me(request), page="log", ref=request.GET.get("zoek", ""))
    before = request.GET.get("voor", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    rows, next_before = selectors.log(selectors.LogQuery(**wanted, before=number))
    context = {"rows": rows, "next_before": next_before, "search_ref": request.GET.get("zoek", "")}
    return form_page(request, "desks/logbook.html", LogForm(initial=wanted), context)


@require_http_methods(["GET", "POST"])
@requires(Right.ADMINISTER)
def administration(request: HttpRequest) -> HttpResponse:
    """Accounts, teams and roles; no case content."""
    form = AccountForm(request.POST or None)
    context = {"accounts": selectors.accounts()}
    if not form.is_valid():
        return form_page(request, "desks/administration.html", form, context)
    try:
        with transaction.atomic():
            account_invite(request=request, **form.cleaned_data)
    except IntegrityError:
        form.add_error("email", _("This address has an account already."))
        return form_page(request, "desks/administration.html", form, context)
    messages.success(request, _("The account is there. A message with a link to choose a password has been sent."))
    return redirect("administration")

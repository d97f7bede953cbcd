"""Pages of the family room: translate, one domain call, translate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock, slots
from casusregie.core.access import requires
from casusregie.core.choices import Right
from casusregie.core.forms import KeyedForm
from casusregie.core.models import User
from casusregie.core.submissions import SameKeyOtherContent, Sent
from casusregie.core.web import back_to, form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    colleague_for,
    insight_for,
    life_event_for,
    parties_of,
    person_for,
    session_code,
    tie_for,
)
from families.choices import RelationKind
from families.forms import (
    ApartEndForm,
    ApartForm,
    AuthorityForm,
    CaseChangeForm,
    CaseOpenForm,
    ColleagueForm,
    DirectionForm,
    HomeForm,
    InsightForm,
    IntakeForm,
    KnownForm,
    LifeEventForm,
    LineForm,
    MemberEndForm,
    MemberForm,
    PersonAddForm,
    PersonForm,
    PositionForm,
    PregnancyForm,
    ReferralForm,
    RelationForm,
    RepresentationForm,
    SpokenAloneForm,
    TakeBackForm,
    TieEndForm,
    TieOpenForm,
    TieWithdrawForm,
    WayConfirmForm,
    WayForm,
    WeighingForm,
)
from families.models import Person
from families.views.page import page_context

_context = page_context


# --- /casussen/nieuw/ ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@requires(Right.CASE_OPEN)
def case_new(request: HttpRequest) -> HttpResponse:
    """Open a case with a name and a way to reach somebody."""
    now = clock.now()
    form = CaseOpenForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, "families/case_new.html", form, {})
    try:
        sent = services.case_open_once(
            by=me(request),
            name=form.cleaned_data["name"],
            first=form.first(),
            way=form.reach(clock.local_date(now)),
            intensity=form.cleaned_data["intensity"],
            key=form.submission_key,
            now=now,
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "families/case_new.html", form, {})
    except SameKeyOtherContent as error:
        return form_page(request, "families/case_new.html", form, {"earlier": error.result_url}, 409)
    return redirect(sent.url)


# --- /casussen/<ref>/gezin/ ------------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def family(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Who belongs to the family, and how each is reached."""
    now = clock.now()
    people = selectors.persons(access, clock.local_date(now), with_ways=True)
    return render(
        request,
        "families/family.html",
        _context(
            access,
            now,
            people=people,
            around=selectors.around(access, people, now),
            findings=selectors.findings_unseen(access),
            apart=selectors.kept_apart(access.case, clock.local_date(now)),
            cautions=slots.items("family.cautions", access.case.ref, now),
            may_log=access.may(Right.CONTACT_LOG),
            is_steward=access.is_steward,
            may_change=access.may(Right.CASE_DIRECT),
        ),
    )


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def person_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add somebody to the family."""
    now = clock.now()
    form = PersonAddForm(request.POST or None, today=clock.local_date(now))
    if form.is_valid():
        try:
            sent = services.person_add_once(
                case=access.case, data=form.data_of(), by=me(request), key=form.submission_key, now=now
            )
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context = _context(access, now, earlier=error.result_url)
            return form_page(request, "families/person_form.html", form, context, 409)
    return form_page(request, "families/person_form.html", form, _context(access, now))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def person_edit(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Change what is known of somebody."""
    now = clock.now()
    person = person_for(access, party_ref)
    form = PersonForm(request.POST or None, today=clock.local_date(now), initial=_initial(person))
    if form.is_valid():
        try:
            services.person_change(person=person, data=form.data_of(), by=me(request))
            return redirect("family", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return form_page(request, "families/person_form.html", form, _context(access, now, person=person.name.full))


def _initial(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in services.PersonData.__dataclass_fields__}


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def way_new(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Add a way to reach somebody."""
    now = clock.now()
    person = person_for(access, party_ref)
    form = WayForm(request.POST or None)
    if form.is_valid():
        try:
            sent = services.safe_contact_add_once(
                person=person,
                way=form.data_of(clock.local_date(now)),
                by=me(request),
                key=form.submission_key,
                now=now,
            )
            return redirect(sent.url)
        except SameKeyOtherContent as error:
            context = _context(access, now, person=person.name.full, earlier=error.result_url)
            return form_page(request, "families/way_form.html", form, context, 409)
    return form_page(request, "families/way_form.html", form, _context(access, now, person=person.name.full))


@require_POST
@case_page(Right.CASE_DIRECT)
def way_confirm(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Say today whether a way is safe."""
    person = person_for(access, party_ref)
    form = WayConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether this way is safe."))
        return redirect("family", access.case.ref)
    try:
        services.safe_contact_confirm(
            person=person,
            way_id=form.cleaned_data["way"],
            safe=form.cleaned_data["safe"],
            today=clock.local_date(clock.now()),
            by=me(request),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("family", access.case.ref)


# --- /casussen/<ref>/gezin/: what holds between them ------------------------------------------------------------------


def _people(access: CaseAccess, now: datetime, *, without: str = "") -> list[tuple[str, str]]:
    people = selectors.persons(access, clock.local_date(now))
    return [(person.ref, person.name) for person in people if person.ref != without]


def _send_once(
    request: HttpRequest, template: str, form: KeyedForm, context: dict[str, Any], save: Callable[[], Sent]
) -> HttpResponse:
    """A form that is accepted once: to what it made, or back with everything typed."""
    if form.is_valid():
        try:
            sent = save()
            messages.success(request, _("Noted."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            return form_page(request, template, form, {**context, "earlier": error.result_url}, 409)
    return form_page(request, template, form, context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def relation_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Say how two persons are related."""
    now = clock.now()
    form = RelationForm(request.POST or None, people=_people(access, now))

    def save() -> Sent:
        return services.relation_add_once(
            case=access.case,
            by=me(request),
            kind=form.kind_of,
            one=person_for(access, form.cleaned_data["one"]),
            other=person_for(access, form.cleaned_data["other"]),
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return _send_once(request, "families/relation_form.html", form, _context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def authority_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note who has authority over a child, and where that was looked up."""
    now = clock.now()
    child = person_for(access, party_ref)
    form = AuthorityForm(
        request.POST or None,
        people=_people(access, now, without=party_ref),
        today=clock.local_date(now),
        initial=selectors.authority_initial(child, request.GET.get("wie", "")[:16]),
    )
    if form.is_valid():
        try:
            wanted = form.cleaned_data["holder"]
            services.authority_note(
                child=child,
                holder=person_for(access, wanted) if wanted else None,
                body=form.cleaned_data["body"],
                by=me(request),
                data=form.data_of(),
                now=now,
            )
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('family', args=[access.case.ref])}#authority")
        except ValidationError as error:
            put_errors(form, error)
    return form_page(request, "families/authority_form.html", form, _context(access, now, person=child.name.full))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def representation_note(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Note that somebody cannot weigh a decision, or who decides for her."""
    now = clock.now()
    person = person_for(access, party_ref)
    form = RepresentationForm(request.POST or None, today=clock.local_date(now))
    if form.is_valid():
        try:
            services.representation_note(person=person, by=me(request), now=now, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('family', args=[access.case.ref])}#authority")
        except ValidationError as error:
            put_errors(form, error)
    page = _context(access, now, person=person.name.full)
    return form_page(request, "families/representation_form.html", form, page)


@require_GET
@case_page(Right.CASE_VIEW)
def life_events(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """What happened when in whose life: a picture, and the same as a table."""
    now = clock.now()
    who = request.GET.get("wie", "")[:16]
    page = selectors.life_events(access, now, who)
    chips = [{"url": request.path, "label": _("everybody"), "current": not who}]
    chips += [{"url": f"{request.path}?wie={ref}", "label": name, "current": ref == who} for ref, name in page.people]
    context = _context(access, now, page=page, filters=chips, may_change=access.may(Right.CONTACT_LOG))
    context["may_take_back"] = access.may(Right.CASE_DIRECT)
    return render(request, "families/life_events.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def life_event_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note something that happened in somebody's life."""
    now = clock.now()
    form = LifeEventForm(request.POST or None, people=_people(access, now), today=clock.local_date(now))
    context = _context(access, now)
    if form.is_valid():
        try:
            sent = services.event_note_once(
                case=access.case, by=me(request), data=form.data_of(), key=form.submission_key, now=now
            )
            messages.success(request, _("Noted."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context["earlier"] = error.result_url
            return form_page(request, "families/life_event_form.html", form, context, 409)
    return form_page(request, "families/life_event_form.html", form, context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def life_event_take_back(request: HttpRequest, access: CaseAccess, event_ref: str) -> HttpResponse:
    """Take a wrong event back, with why."""
    now = clock.now()
    event = life_event_for(access, event_ref, now)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        services.event_take_back(event=event, by=me(request), reason=form.cleaned_data["reason"], now=now)
        messages.success(request, _("Taken back. It stays in the record, with why."))
        return redirect("life-events", access.case.ref)
    return form_page(request, "families/take_back.html", form, _context(access, now, what=event.text))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def apart_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note that two persons may not meet."""
    now = clock.now()
    form = ApartForm(request.POST or None, people=_people(access, now))
    context = _context(access, now)
    if form.is_valid():
        try:
            sent = services.apart_note_once(
                case=access.case,
                by=me(request),
                one=person_for(access, form.cleaned_data["one"]),
                other=person_for(access, form.cleaned_data["other"]),
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
                key=form.submission_key,
                now=now,
            )
            messages.success(request, _("Noted. Nobody puts these two together any more without being asked why."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            context["earlier"] = error.result_url
            return form_page(request, "families/apart_form.html", form, context, 409)
    return form_page(request, "families/apart_form.html", form, context)


@require_POST
@case_page(Right.CASE_DIRECT)
def apart_end(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """These two may meet again."""
    form = ApartEndForm(request.POST)
    try:
        row = form.cleaned_data["row"] if form.is_valid() else 0
        services.apart_end(case=access.case, by=me(request), row_id=row, now=clock.now())
        messages.success(request, _("Ended."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('family', args=[access.case.ref])}#apart")


# --- /casussen/<ref>/gezin/genogram/ ----------------------------------------------------------------------------------


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
        shows_authority=request.GET.get("gezag") != "uit",
    )


@require_GET
@case_page(Right.CASE_VIEW)
def genogram(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The family as a drawing, and the same in words."""
    now = clock.now()
    context = _context(
        access,
        now,
        genogram=_genogram(request, access, now),
        may_change=access.may(Right.CASE_DIRECT),
        query=request.GET.urlencode(),
    )
    return render(request, "families/genogram.html", context)


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
        raise Http404
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


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def line_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note what goes on between two persons, and who sees it so."""
    now = clock.now()
    parties = parties_of(access.case, now)
    views = [(party.ref, party.label) for party in parties]
    form = LineForm(request.POST or None, people=_people(access, now), views=views)

    def save() -> Sent:
        view = next(party.pk for party in parties if party.ref == form.cleaned_data["view"])
        return services.line_add_once(
            case=access.case,
            by=me(request),
            one=person_for(access, form.cleaned_data["one"]),
            other=person_for(access, form.cleaned_data["other"]),
            data=form.data_of(view),
            key=form.submission_key,
            now=now,
        )

    return _send_once(request, "families/line_form.html", form, _context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def pregnancy_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Note a pregnancy, or one that ended."""
    now = clock.now()
    form = PregnancyForm(request.POST or None, people=_people(access, now))

    def save() -> Sent:
        other = form.cleaned_data["other"]
        return services.pregnancy_add_once(
            case=access.case,
            by=me(request),
            carrier=person_for(access, form.cleaned_data["carrier"]),
            other=person_for(access, other) if other else None,
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return _send_once(request, "families/pregnancy_form.html", form, _context(access, now), save)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def household_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Say who lives together."""
    now = clock.now()
    form = HomeForm(request.POST or None, people=_people(access, now), homes=selectors.homes_of(access))

    def save() -> Sent:
        return services.household_join_once(
            case=access.case,
            by=me(request),
            people=[person_for(access, ref) for ref in form.cleaned_data["people"]],
            data=form.data_of(),
            key=form.submission_key,
            now=now,
        )

    return _send_once(request, "families/household_form.html", form, _context(access, now), save)


@require_GET
@case_page(Right.CASE_DIRECT)
def tie_show(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """One relation, line, pregnancy or home: let it end, or take it back."""
    return render(request, "families/tie.html", _tie_context(access, tie))


def _tie_context(access: CaseAccess, code: str, **bound: Any) -> dict[str, Any]:
    row = tie_for(access, code)
    context = {
        "code": code,
        "text": selectors.tie_text(access, row),
        "withdrawn": row.withdrawn_why if row.withdrawn_at else "",
        "is_couple": getattr(row, "kind", "") == RelationKind.PARTNER,
        "end_form": TieEndForm(initial={"until": row.until, "how": getattr(row, "ended_how", "")}),
        "withdraw_form": TieWithdrawForm(),
    }
    return _context(access, clock.now(), **{**context, **bound})


@require_POST
@case_page(Right.CASE_DIRECT)
def tie_end(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """Let a tie end on a day."""
    row, form = tie_for(access, tie), TieEndForm(request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            services.tie_end(tie=row, case=access.case, by=me(request), until=data["until"], how=data["how"])
            messages.success(request, _("Noted. It stays in the history."))
            return redirect("genogram", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/tie.html", _tie_context(access, tie, end_form=form, form=form), status=422)


@require_POST
@case_page(Right.CASE_DIRECT)
def tie_withdraw(request: HttpRequest, access: CaseAccess, tie: str) -> HttpResponse:
    """Take a tie back that was never so."""
    row, form = tie_for(access, tie), TieWithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.tie_withdraw(
                tie=row, case=access.case, by=me(request), why=form.cleaned_data["why"], now=clock.now()
            )
            messages.success(request, _("Taken back. It stays in the history."))
            return redirect("genogram", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/tie.html", _tie_context(access, tie, withdraw_form=form, form=form), status=422)


# --- /casussen/<ref>/team/ -------------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_HEAD)
def case_team(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Status, intensity and who works in the case; the forms that this reader may use."""
    return render(request, "families/team.html", _team_context(access))


def _team_context(access: CaseAccess, **bound: Any) -> dict[str, Any]:
    now = clock.now()
    people = selectors.team_people(access.case.team_id)
    directors = selectors.colleagues(access.case.team_id)
    statuses = selectors.next_statuses(access.case)
    case = access.case
    state = {"status": case.status, "intensity": case.intensity, "working_form": case.working_form}
    context: dict[str, Any] = {
        "members": selectors.team(access, now),
        "may_change": access.may(Right.CASE_DIRECT),
        "may_arrange": access.may(Right.CASE_ARRANGE),
        "change_form": CaseChangeForm(statuses=statuses, initial=state),
        "member_form": MemberForm(people=people, initial={"role": "deputy"}),
        "director_form": ColleagueForm(people=directors, prefix="director"),
        "conflict_form": ColleagueForm(people=people, prefix="conflict"),
    }
    return _context(access, now, "team", **{**context, **bound})


@require_POST
@case_page(Right.CASE_DIRECT)
def case_change(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Change status, intensity or working form."""
    form = CaseChangeForm(request.POST, statuses=selectors.next_statuses(access.case))
    if form.is_valid():
        try:
            services.case_change(
                case=access.case,
                by=me(request),
                now=clock.now(),
                reason=form.cleaned_data["reason"],
                status=form.cleaned_data["status"],
                intensity=form.cleaned_data["intensity"],
                working_form=form.cleaned_data["working_form"],
            )
            messages.success(request, _("Changed."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, change_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def member_add(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add a deputy or second worker: the director, or the team leader who arranges cover."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    now = clock.now()
    form = MemberForm(request.POST, people=selectors.team_people(access.case.team_id))
    if form.is_valid():
        try:
            services.member_add(
                case=access.case,
                by=me(request),
                user=colleague_for(access, form.cleaned_data["user"]),
                role=form.cleaned_data["role"],
                now=now,
                until=form.until_moment(),
            )
            messages.success(request, _("Added to the team."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, member_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def member_end(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """End somebody's place in the team."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    form = MemberEndForm(request.POST)
    try:
        member = form.cleaned_data["member"] if form.is_valid() else 0
        services.member_end(case=access.case, by=me(request), member_id=member, now=clock.now())
        messages.success(request, _("Ended. What she wrote stays."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("case-team", access.case.ref)


@require_POST
@case_page(Right.CASE_ARRANGE)
def case_arrange(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Give the case to a director."""
    form = ColleagueForm(request.POST, people=selectors.colleagues(access.case.team_id), prefix="director")
    if form.is_valid():
        try:
            services.case_arrange(
                case=access.case,
                by=me(request),
                director=colleague_for(access, form.cleaned_data["user"]),
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The case has its director."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, director_form=form), status=422)


@require_POST
@case_page(Right.CASE_HEAD)
def conflict_note(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Bar a colleague with a conflict of interest."""
    access.need_any(Right.CASE_DIRECT, Right.CASE_ARRANGE)
    form = ColleagueForm(request.POST, people=selectors.team_people(access.case.team_id), prefix="conflict")
    if form.is_valid():
        try:
            services.conflict_note(
                case=access.case,
                by=me(request),
                user=colleague_for(access, form.cleaned_data["user"]),
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("This colleague cannot see the case any more."))
            return redirect("case-team", access.case.ref)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "families/team.html", _team_context(access, conflict_form=form), status=422)


# --- /casussen/<ref>/inzien/ -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_INSIGHT)
def insight(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Look inside with a reason: an hour, this session, read-only; the director sees it."""
    now = clock.now()
    form = InsightForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, "families/insight.html", form, _context(access, now, "insight"))
    services.insight_grant(
        case=access.case, by=me(request), reason=form.cleaned_data["reason"], session=session_code(request), now=now
    )
    return redirect("case-overview", access.case.ref)


@require_POST
@case_page(Right.CASE_DIRECT)
def insight_notice(request: HttpRequest, access: CaseAccess, insight_ref: str) -> HttpResponse:
    """The director has seen that somebody looked inside."""
    services.insight_notice(insight=insight_for(access, insight_ref), by=me(request), now=clock.now())
    return redirect(back_to(request, reverse("today")))


# --- /casussen/<ref>/aanmelding/ -------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def intake(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """How this family came, what was weighed, whether everybody can work together, and where direction lies."""
    return _intake_page(request, access, clock.now())


def _intake_page(
    request: HttpRequest, access: CaseAccess, now: datetime, bound: str = "", form: IntakeForm | None = None
) -> HttpResponse:
    made = {what: _intake_form(access, what, None, now) for what in _INTAKE} | ({bound: form} if form else {})
    context = _context(
        access, now, intake=selectors.intake(access, now), may_change=access.may(Right.CASE_DIRECT), bound=bound
    )
    context |= {f"{name}_form": made[what] for what, (name, _class) in _INTAKE.items()}
    context["form"] = form
    return render(request, "families/intake.html", context, status=422 if form else 200)


# What can be noted here, by the last part of its address.
_INTAKE: dict[str, tuple[str, type[IntakeForm]]] = {
    "bron": ("referral", ReferralForm),
    "weging": ("weighing", WeighingForm),
    "positie": ("position", PositionForm),
    "gesproken": ("spoken", SpokenAloneForm),
    "regie": ("direction", DirectionForm),
    "bekend": ("known", KnownForm),
}


def _intake_form(access: CaseAccess, what: str, data: Any, now: datetime) -> IntakeForm:
    _name, form = _INTAKE[what]
    return form(data, today=clock.local_date(now), people=_people(access, now), auto_id=f"{what}_%s")


@require_POST
@case_page(Right.CASE_DIRECT)
def intake_note(request: HttpRequest, access: CaseAccess, what: str) -> HttpResponse:
    """Note one thing of the intake; what was noted before stays."""
    if what not in _INTAKE:
        raise Http404
    now = clock.now()
    form = _intake_form(access, what, request.POST, now)
    if form.is_valid():
        try:
            _intake_save(access, me(request), what, dict(form.cleaned_data), now)
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('intake', args=[access.case.ref])}#{what}")
        except ValidationError as error:
            put_errors(form, error)
    return _intake_page(request, access, now, what, form)


def _intake_save(access: CaseAccess, by: User, what: str, data: dict[str, Any], now: datetime) -> None:
    case = access.case
    if what == "bron":
        services.referral_note(case=case, by=by, data=services.ReferralData(**data), now=now)
    elif what == "weging":
        services.weighing_note(case=case, by=by, data=services.WeighingData(**data), now=now)
    elif what == "regie":
        services.direction_note(case=case, by=by, now=now, **data)
    elif what == "bekend":
        services.known_question_note(case=case, by=by, now=now, **data)
    else:
        note = services.position_note if what == "positie" else services.spoken_alone_note
        note(person=person_for(access, data.pop("person")), by=by, now=now, **data)

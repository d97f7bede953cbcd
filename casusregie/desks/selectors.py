"""Reads for the desks: they join what the rooms below tell, and define no number of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, dates
from casusregie.core.choices import Relation, Right
from casusregie.core.models import AccessLog, Role, Team, User
from casusregie.core.paging import Page
from families import selectors as family_selectors
from families.access import CaseAccess, CaseScope, scope_for, team_scope_for
from families.choices import CaseStatus, Intensity
from families.selectors import CaseQuery, CaseRow, InsightView
from network import selectors as network_selectors
from network.access import own_roles
from network.choices import GroundBasis, SignalKind
from network.models import CaseRole
from network.selectors import ContactFilter, ContactView, FollowUpView, RoleView, SignalView
from processplan import selectors as plan_selectors
from processplan.models import PlanVersion
from processplan.selectors import EvaluationView, RoleWork, UnsignedView
from safety import selectors as safety_selectors
from safety.selectors import CheckView, IncidentView

# What each row of a long list is: plain values, in this order (the templates unpack them).
Cells = tuple[str, str, str, str, str, str, str, str, bool, bool]


def _cells(row: CaseRow, today: date, words: dict[str, str], url: str) -> Cells:
    """(address, reference, name, intensity, status word, last contact, next due, director, late?, never?)."""
    last = dates.day_of(row.last_contact_at) if row.last_contact_at else None
    return (
        url.format(row.ref),
        row.ref,
        row.name,
        row.intensity,
        words[row.status],
        dates.days_ago(last, today),
        dates.days_late(row.next_due_on, today) if row.next_due_on else "",
        row.director_name or (_("nobody yet; %(who)s guards") % {"who": row.guard} if row.guard else ""),
        row.next_due_on is not None and row.next_due_on < today,
        last is None,
    )


def _cell_rows(rows: Sequence[CaseRow], now: datetime) -> list[Cells]:
    words, url, today = _status_words(get_language()), _address("case-overview"), clock.local_date(now)
    return [_cells(row, today, words, url) for row in rows]


@lru_cache(maxsize=8)
def _status_words(language: str | None) -> dict[str, str]:
    return {status.value: str(status.label) for status in CaseStatus}


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """The address of a page of a case with a place for its reference: finding it out for every row is dear."""
    return reverse(name, args=["ref"]).replace("/ref/", "/{}/")


def case_list(user: User, query: CaseQuery, now: datetime) -> Page[Cells]:
    """The cases somebody works in, or whose head she sees as team leader, as plain tuples; four queries at most."""
    scope = _scope(user, now)
    page = family_selectors.case_rows(scope, query)
    return Page(_cell_rows(page.rows, now), page.next_after)


def _scope(user: User, now: datetime) -> CaseScope:
    return team_scope_for(user) if user.has_right(Right.CASE_HEAD) else scope_for(user, now)


@dataclass(frozen=True)
class Today:
    """The desk of a case director."""

    sentence: str
    due: list[FollowUpView]
    next_one: FollowUpView | None
    insights: list[InsightView]
    signals: list[SignalView]
    checks: list[CheckView]
    evaluations: list[EvaluationView]
    unsigned: list[UnsignedView]
    cases: list[Cells]
    more_cases: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nothing asks for anything today."""
        return not (self.due or self.signals or self.checks or self.evaluations)


def today(user: User, now: datetime) -> Today:
    """What today asks of this person, the late first, and her cases as quiet rows; a fixed number of queries."""
    scope = scope_for(user, now)
    day = clock.local_date(now)
    checks = safety_selectors.checks_due(scope, now)
    are_checks = {check.ref for check in checks}
    due = [row for row in network_selectors.follow_ups_due(scope, day) if row.ref not in are_checks]
    moments = plan_selectors.evaluations_due(scope, now)
    signals = network_selectors.signals_unread(scope, now)
    late = sum(row.is_late for row in due) + sum(row.is_late for row in checks) + sum(row.is_late for row in moments)
    count = len(due) + len(checks) + len(moments) + len(signals)
    page = family_selectors.case_rows(scope, CaseQuery(sort="name"))
    return Today(
        sentence=_sentence(count, late),
        due=due,
        next_one=None if count else network_selectors.follow_up_next(scope, day),
        insights=family_selectors.unseen_insights(scope),
        signals=signals,
        checks=checks,
        evaluations=moments,
        unsigned=plan_selectors.unsigned_plans(scope, now),
        cases=_cell_rows(page.rows, now),
        more_cases=bool(page.next_after),
    )


def _sentence(count: int, late: int) -> str:
    if not count:
        return _("Nothing that waits for you")
    things = ngettext("One thing for today", "%(n)s things for today", count) % {"n": _number(count)}
    if not late:
        return f"{things}."
    if late == count:
        return f"{things}, " + ngettext("and it is late.", "all of them late.", late)
    return f"{things}, " + ngettext("one of them late.", "%(n)s of them late.", late) % {"n": _number(late).lower()}


def _number(n: int) -> str:
    words = [
        pgettext("number", "No"),
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
    ]
    return words[n] if n < len(words) else str(n)


@dataclass(frozen=True)
class Ask:
    """A case that waits for a director."""

    url: str
    name: str
    status: str
    director: str
    choose_url: str


@dataclass(frozen=True)
class Waiting:
    """What waits in one case of the team, in closed words: a page over several cases carries no free text."""

    url: str
    name: str
    words: str
    is_late: bool


@dataclass(frozen=True)
class Caseload:
    """The desk of a team leader."""

    page: Page[Cells]
    registered: list[Ask]
    directors: list[tuple[int, str]]


def waiting(user: User, now: datetime) -> list[Waiting]:
    """What waits in the team's cases, read by itself beside the list: worries nobody read, checks and evaluations
    that are late, plans not signed yet; what is worst first.
    """
    scope = team_scope_for(user)
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for signal in network_selectors.signals_unread(scope, now):
        if signal.kind == SignalKind.WORRY:
            found.setdefault((signal.case_ref, signal.case_name), []).append((_("a partner is worried"), True))
    for check in safety_selectors.checks_due(scope, now):
        if check.is_late:
            words = _("safety check %(late)s") % {"late": check.due}
            found.setdefault((check.case_ref, check.case_name), []).append((words, True))
    for moment in plan_selectors.evaluations_due(scope, now):
        if moment.is_late:
            words = _("evaluation %(late)s") % {"late": moment.due}
            found.setdefault((moment.case_ref, moment.case_name), []).append((words, True))
    for plan in plan_selectors.unsigned_plans(scope, now):
        words = _("plan offered %(since)s, not signed yet") % {"since": plan.since}
        found.setdefault((plan.case_ref, plan.case_name), []).append((words, False))
    return [
        Waiting(
            _address("case-overview").format(ref),
            name,
            " · ".join(dict.fromkeys(words for words, _late in parts)),
            any(late for _words, late in parts),
        )
        for (ref, name), parts in found.items()
    ]


def caseload(user: User, query: CaseQuery, now: datetime) -> Caseload:
    """The team's open cases, with on top those that nobody directs yet; six queries at most, however many cases."""
    scope = team_scope_for(user)
    page = family_selectors.case_rows(scope, query)
    return Caseload(
        page=Page(_cell_rows(page.rows, now), page.next_after),
        registered=_asks(family_selectors.registered_rows(scope), now) if not query.after else [],
        directors=family_selectors.colleagues(user.team_id),
    )


def _asks(rows: list[CaseRow], now: datetime) -> list[Ask]:
    choose = f"{_address('case-team')}#director"
    return [
        Ask(url, name, status, director, choose.format(ref))
        for url, ref, name, _colour, status, _last, _due, director, _late, _never in _cell_rows(rows, now)
    ]


@dataclass(frozen=True)
class EventView:
    """Something that happened to the case itself, in the story."""

    at: datetime
    day: str
    time: str
    text: str
    why: str
    who: str
    kind: str = "event"


StoryEntry = ContactView | EventView | IncidentView


@dataclass(frozen=True)
class Overview:
    """A case at a glance: the story left, what must be followed up right."""

    timeline: Page[StoryEntry]
    follow_ups: list[FollowUpView]


def overview(access: CaseAccess, now: datetime, query: ContactFilter) -> Overview:
    """The overview of a case; at most ten queries, whether it has ten contacts or ten thousand."""
    page = network_selectors.contacts(access, query, now)
    plain = not (query.channel or query.outcome or query.party_ref)
    events = _events(access, page, query, now) if plain else []
    incidents = _incidents(access, page, query, now) if plain else []
    entries: list[StoryEntry] = [*page.rows, *events, *incidents]
    story = sorted(entries, key=lambda entry: entry.at, reverse=True)
    return Overview(Page(story, page.next_after), network_selectors.follow_ups_of(access, clock.local_date(now)))


@dataclass(frozen=True)
class HoldsNow:
    """What holds now in a case: safety per person, next moments, who is in the network, the family and the team."""

    scores: list[safety_selectors.VoiceScores]
    checks: list[CheckView]
    evaluations: list[EvaluationView]
    roles: list[RoleView]
    people: list[family_selectors.PersonView]
    members: list[family_selectors.MemberView]


def holds_now(access: CaseAccess, now: datetime) -> HoldsNow:
    """The column beside the story, read by itself so that the story never waits for it; at most ten queries."""
    return HoldsNow(
        scores=safety_selectors.scores(access.case, now),
        checks=[check for check in safety_selectors.checks(access.case, now) if not check.is_done],
        evaluations=[moment for moment in plan_selectors.evaluations(access.case, now) if not moment.is_held],
        roles=[role for role in network_selectors.roles(access.case.pk, now) if not role.has_ended],
        people=family_selectors.persons(access, clock.local_date(now)),
        members=family_selectors.team(access, now),
    )


def _events(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[EventView]:
    """The case's own changes within the stretch of time that this page of contacts covers."""
    newest = page.rows[0].at if query.after and page.rows else None
    oldest = page.rows[-1].at if page.next_after and page.rows else None
    changes = family_selectors.case_changes(access, newest=newest, oldest=oldest)
    day = clock.local_date(now)
    return [
        EventView(
            change.at,
            dates.short(dates.day_of(change.at), day),
            dates.clock_time(change.at),
            change.text,
            change.why,
            change.who,
        )
        for change in changes
    ]


def _incidents(access: CaseAccess, page: Page[ContactView], query: ContactFilter, now: datetime) -> list[IncidentView]:
    newest = page.rows[0].at if query.after and page.rows else None
    oldest = page.rows[-1].at if page.next_after and page.rows else None
    return [
        row
        for row in safety_selectors.incidents(access.case, now)
        if (newest is None or row.at <= newest) and (oldest is None or row.at >= oldest)
    ]


@dataclass(frozen=True)
class RoleCard:
    """One role on a partner's desk."""

    role: RoleView
    work: RoleWork
    director: str


def my_roles(user: User, now: datetime) -> list[RoleCard]:
    """The roles that a partner has now, a card each."""
    rows = list(own_roles(user, now).select_related("professional__party"))
    return [_card(row, now) for row in rows]


def my_role(role: CaseRole, now: datetime) -> dict[str, RoleCard]:
    """One role, for its own partner."""
    return {"card": _card(role, now)}


def _card(role: CaseRole, now: datetime) -> RoleCard:
    view = network_selectors.own_role_view(role, clock.local_date(now))
    director = role.case.director.name if role.case.director else ""
    return RoleCard(view, plan_selectors.role_work(role, now), director)


def my_version(role: CaseRole) -> PlanVersion:
    """The plan in force of a partner's case. Raises Http404 when there is none."""
    version = plan_selectors.active_version(role.case)
    if version is None:
        raise Http404
    version.case = role.case
    return version


@dataclass(frozen=True)
class LogRow:
    """One line of the access log as the privacy officer reads it: references and closed words, no names of family."""

    id: int
    when: str
    actor: str
    relation: str
    action: str
    outcome: str
    case_ref: str
    objects: str
    ground: str
    origin: str


@dataclass(frozen=True)
class LogQuery:
    """What is asked of the access log."""

    case_ref: str = ""
    actor: str = ""
    outcome: str = ""
    before: int = 0


def log(query: LogQuery, limit: int = 100) -> tuple[list[LogRow], int]:
    """One page of the access log, newest first, by key, and the number after which to go on (0 at the end)."""
    rows = AccessLog.objects.order_by("-pk")
    if query.case_ref:
        rows = rows.filter(case_ref=query.case_ref.upper())
    if query.actor:
        rows = rows.filter(actor_id=User.objects.filter(email__iexact=query.actor).values("pk")[:1])
    if query.outcome:
        rows = rows.filter(outcome=query.outcome)
    if query.before:
        rows = rows.filter(pk__lt=query.before)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    names = dict(User.objects.filter(pk__in={row.actor_id for row in shown}).values_list("pk", "email"))
    relations = {relation.value: str(relation.label) for relation in Relation}
    views = [
        LogRow(
            id=row.pk,
            when=f"{dates.short(dates.day_of(row.at))} {dates.clock_time(row.at)}",
            actor=names.get(row.actor_id or 0, _("nobody logged in")),
            relation=relations.get(row.relation, "") if row.relation else "",
            action=row.action,
            outcome=row.get_outcome_display(),
            case_ref=row.case_ref,
            objects=", ".join(row.objects_seen[:3]) + (" …" if len(row.objects_seen) > 3 else ""),
            ground=_ground_word(row.ground),
            origin=row.origin,
        )
        for row in shown
    ]
    return views, shown[-1].pk if len(found) > limit else 0


def _ground_word(ground: str) -> str:
    """A ground in words: the log keeps a closed word, or a reference."""
    return str(GroundBasis(ground).label) if ground in GroundBasis.values else ground


@dataclass(frozen=True)
class AccountRow:
    """An account as the administrator sees it: no case content."""

    name: str
    email: str
    team: str
    roles: str
    is_active: bool


def accounts(limit: int = 500) -> list[AccountRow]:
    """All accounts by name with their bundles of rights; three queries."""
    people = User.objects.select_related("team").prefetch_related("roles").order_by("name", "pk")[:limit]
    return [
        AccountRow(
            user.name,
            user.email,
            user.team.name if user.team else "",
            ", ".join(sorted(role.name for role in user.roles.all())),
            user.is_active,
        )
        for user in people
    ]


def roles_and_teams() -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """The bundles and the teams, as choices for an account."""
    roles = list(Role.objects.order_by("name").values_list("slug", "name"))
    return roles, list(Team.objects.order_by("name").values_list("id", "name"))


@dataclass(frozen=True)
class OutcomeRow:
    """A count without persons; a small one is shown as "fewer than"."""

    label: str
    number: str


SMALL = 5


def outcomes(user: User) -> list[OutcomeRow]:
    """How many cases stand where; numbers under five are not told (domain.md j: small municipalities)."""
    team_id = user.team_id if user.has_right(Right.CASE_HEAD) else None
    counts = family_selectors.status_counts(team_id)
    return [OutcomeRow(str(CaseStatus(status).label), _shown(counts.get(status, 0))) for status in CaseStatus.values]


def _shown(n: int) -> str:
    return str(n) if n == 0 or n >= SMALL else _("fewer than %(n)s") % {"n": SMALL}


Words = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def filter_words(language: str | None) -> tuple[Words, Words]:
    """The intensities and the statuses as chips, in the language of now (`language` is what the answer is kept by)."""
    colours = [("", _("all colours")), *((value, str(label)) for value, label in Intensity.choices)]
    statuses = [("", _("open")), *((value, str(label)) for value, label in CaseStatus.choices), ("all", _("all"))]
    return tuple(colours), tuple(statuses)


# --- For the API -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseHead:
    """The head of one case as plain values."""

    ref: str
    name: str
    status: str
    intensity: str
    working_form: str
    opened_on: date
    last_contact_at: datetime | None
    next_due_on: date | None
    director_name: str | None
    relation: str


def case_head(access: CaseAccess) -> CaseHead:
    """The head of a case that was fetched for somebody."""
    case = access.case
    return CaseHead(
        case.ref,
        case.name,
        case.status,
        case.intensity,
        case.working_form,
        case.opened_on,
        case.last_contact_at,
        case.next_due_on,
        case.director.name if case.director else None,
        access.relation,
    )


@dataclass(frozen=True)
class PromiseView:
    """Something with a day in one of my cases."""

    kind: str
    ref: str
    case_ref: str
    text: str
    due_on: date
    due_at: datetime | None
    is_late: bool


def promises(user: User, now: datetime) -> list[PromiseView]:
    """Everything open with a day in the cases somebody works in, the oldest day first; six queries."""
    scope = scope_for(user, now)
    are_checks = safety_selectors.check_refs(scope)
    found = [
        PromiseView(
            "check" if row.ref in are_checks else "follow-up",
            row.ref,
            row.case_ref,
            row.text,
            row.due_on,
            None,
            row.is_late,
        )
        for row in network_selectors.follow_ups_open(scope, clock.local_date(now))
    ]
    found += [
        PromiseView("evaluation", row.ref, row.case_ref, "", dates.day_of(row.planned_at), row.planned_at, row.is_late)
        for row in plan_selectors.evaluations_open(scope, now)
    ]
    audit.seen(row.ref for row in found)
    return sorted(found, key=lambda row: (row.due_on, row.ref))

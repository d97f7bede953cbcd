"""Reads of the plan room. Whatever anybody reads of a plan is composed by `editions`; here the rows are gathered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from casusregie.core import clock, crypto, dates
from casusregie.core.access import circles_of, may_read
from casusregie.core.models import Party
from families.access import CaseAccess, CaseScope, cases_in
from families.choices import WorkingForm
from families.models import Case, Person
from families.scanner import hits_in
from network.access import current_roles, parties_in
from network.models import CaseRole, ContactLine, SharingGround
from processplan import editions
from processplan.choices import ItemKind, RecognitionAnswer, RenderState, SignatureKind, StepState, VersionState
from processplan.circle import Circle, circle_of
from processplan.items import ItemData
from processplan.models import (
    Evaluation,
    Pattern,
    Plan,
    PlanItem,
    PlanVersion,
    RenderedEdition,
    Statement,
    Theme,
)


class NoGround(Exception):
    """A partner has no running ground for sharing: no ground, no edition."""


# --- The working copy ------------------------------------------------------------------------------------------------


def content_of(plan: Plan, now: datetime) -> editions.Content:
    """The working copy as content, as it would be offered now: Dutch, whatever language its writer reads."""
    with override("nl"):
        return _content_of(plan, now)


def _content_of(plan: Plan, now: datetime) -> editions.Content:
    case = plan.case
    signatories = [(row.party_id, row.party.label) for row in plan.signatories.select_related("party").order_by("pk")]
    moments = Evaluation.objects.filter(case=case, held_at__isnull=True, planned_at__gte=now).order_by("planned_at")
    return editions.Content(
        case_ref=case.ref,
        form=case.working_form,
        common_goal=plan.common_goal,
        rhythm=plan.rhythm,
        director=case.director.name if case.director else "",
        signatories=tuple(signatories),
        items=tuple(_item(row, now) for row in _items(plan)),
        moments=tuple(_moment(row.planned_at) for row in moments[:3]),
    )


def _items(plan: Plan) -> list[PlanItem]:
    rows = plan.items.select_related("audience", "goal", "owner_party", "owner_role__professional__organisation")
    return list(rows.prefetch_related("audience__readers").order_by("kind", "position", "pk"))


def _item(row: PlanItem, now: datetime) -> editions.Item:
    role = row.owner_role
    person = role.professional if role else None
    return editions.Item(
        ref=row.ref,
        kind=row.kind,
        text=row.text,
        is_common=row.is_common,
        readers=tuple(sorted(row.audience.named(now))),
        owner=f"{person.name}, {person.function} ({person.organisation.name})"
        if person
        else (row.owner_party.label if row.owner_party else ""),
        owner_party_id=person.party_id if person else row.owner_party_id,
        owner_role=role.ref if role else "",
        goal=row.goal.ref if row.goal else "",
        due_on=dates.long(row.due_on) if row.due_on else "",
    )


def _moment(at: datetime) -> str:
    return f"{dates.long(dates.day_of(at))}, {dates.clock_time(at)}"


@dataclass(frozen=True)
class DraftItem:
    """An item of the working copy with what the page needs to show beside it."""

    item: editions.Item
    ref: str
    state: str
    state_label: str
    due: str
    is_late: bool
    initials: list[str]
    readers: list[str]


@dataclass(frozen=True)
class DraftView:
    """The working copy on the page."""

    revision: int
    common_goal: str
    rhythm: str
    rhythm_label: str
    form: str
    goals: list[DraftItem]
    steps: list[DraftItem]
    agreements: list[DraftItem]
    signatories: list[tuple[str, str]]
    is_empty: bool


def draft_view(plan: Plan, now: datetime) -> DraftView:
    """The working copy, each item with who reads it."""
    rows = _items(plan)
    names = dict(
        Party.objects.filter(pk__in={pk for row in rows for pk in row.audience.named(now)}).values_list("pk", "label")
    )
    signs = [(row.party.ref, row.party.label) for row in plan.signatories.select_related("party").order_by("pk")]
    # Without a common core nobody reads an item because she signs: only who is named does.
    common = [name for _ref, name in signs] if plan.case.working_form == WorkingForm.JOINT else []
    today = clock.local_date(now)
    views = [_draft_item(row, names, common, today, now) for row in rows]
    of = {kind: [view for view in views if view.item.kind == kind] for kind in ItemKind.values}
    return DraftView(
        revision=plan.revision,
        common_goal=plan.common_goal,
        rhythm=plan.rhythm,
        rhythm_label=plan.get_rhythm_display(),
        form=plan.case.working_form,
        goals=of[ItemKind.GOAL],
        steps=of[ItemKind.STEP],
        agreements=of[ItemKind.AGREEMENT],
        signatories=signs,
        is_empty=not rows and not plan.common_goal,
    )


def _draft_item(row: PlanItem, names: dict[int, str], common: list[str], today: date, now: datetime) -> DraftItem:
    item = _item(row, now)
    readers = list(dict.fromkeys([*(common if row.is_common else []), *(names[pk] for pk in item.readers)]))
    late = row.kind == ItemKind.STEP and row.state != StepState.DONE and row.due_on is not None and row.due_on < today
    return DraftItem(
        item=item,
        ref=row.ref,
        state=row.state,
        state_label=str(StepState(row.state).label),
        due=dates.days_late(row.due_on, today) if row.due_on else "",
        is_late=late,
        initials=["".join(word[0] for word in name.split() if word[0].isupper())[:3] or name[:1] for name in readers],
        readers=readers,
    )


# --- Versions and their editions -------------------------------------------------------------------------------------


def state_of(version: PlanVersion) -> VersionState:
    """Where a version stands: its furthest event."""
    states = set(version.events.values_list("state", flat=True))
    for state in (VersionState.SUPERSEDED, VersionState.ACTIVE):
        if state in states:
            return state
    return VersionState.OFFERED


def active_version(case: Case) -> PlanVersion | None:
    """The version in force, if any."""
    versions = PlanVersion.objects.filter(case=case, events__state=VersionState.ACTIVE)
    return versions.exclude(events__state=VersionState.SUPERSEDED).order_by("-number").first()


def signatures_of(version: PlanVersion) -> list[tuple[int, editions.SignatureView]]:
    """Everybody's answers, opened; an edition takes from these only its reader's own."""
    scope = version.case.ref
    rows = version.signatures.select_related("party").order_by("pk")
    return [
        (
            row.party_id,
            editions.SignatureView(
                name=row.party.label,
                on=dates.long(dates.day_of(row.signed_at)),
                kind=row.kind,
                drawing=crypto.decrypt(scope, row.drawing) if row.drawing else "",
                typed=crypto.decrypt(scope, row.name) if row.name else "",
                statement=crypto.decrypt(scope, row.statement) if row.statement else "",
            ),
        )
        for row in rows
    ]


def _composed(version: PlanVersion, reader: editions.Reader, now: datetime) -> editions.Edition:
    # Always in Dutch: what was read and signed, and its digest, are the same whatever language the device shows.
    with override("nl"):
        return _composed_in_dutch(version, reader, now)


def _composed_in_dutch(version: PlanVersion, reader: editions.Reader, now: datetime) -> editions.Edition:
    earlier = list(PlanVersion.objects.filter(case=version.case, number__lte=version.number).order_by("number"))
    contents = [editions.thaw(row.content) for row in earlier]
    number, place = editions.place_of(contents, reader, now)
    if reader.key == editions.FILE:
        number, place = version.number, len(earlier) - 1
    offered = dates.long(dates.day_of(earlier[place].offered_at))
    return editions.compose(contents[-1], number, reader, now, signatures_of(version), offered)


def edition_for(version: PlanVersion, party: Party, now: datetime) -> editions.Edition:
    """The edition of one party: a partner in her role needs a running ground. Raises NoGround."""
    partner = _partner_role(version.case, party.pk, now)
    if partner is not None and not _has_ground(partner, now):
        raise NoGround
    return _composed(version, editions.Reader.of(party, is_partner=partner is not None), now)


def edition_by_key(version: PlanVersion, key: str, now: datetime) -> editions.Edition:
    """The edition for `kern`, `dossier` or a party's reference.

    Raises Http404 for an unknown reader or one with nothing to read, and NoGround.
    """
    if key in (editions.CORE, editions.FILE):
        reader = editions.CORE_READER if key == editions.CORE else editions.FILE_READER
        edition = _composed(version, reader, now)
    else:
        edition = edition_for(version, _reader_party(version.case, key, now), now)
    if edition.is_empty:
        raise Http404
    return edition


def _reader_party(case: Case, ref: str, now: datetime) -> Party:
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case)
    party = Party.objects.filter(ref=ref).first()
    if party is None:
        raise Http404
    if party.scope != case.ref and not roles.filter(professional__party=party).exists():
        raise Http404
    return party


def _partner_role(case: Case, party_id: int, now: datetime) -> CaseRole | None:
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case, professional__party_id=party_id)
    return roles.first()


def _has_ground(role: CaseRole, now: datetime) -> bool:
    return SharingGround.objects.filter(role=role, until__gte=clock.local_date(now)).exists()


@dataclass(frozen=True)
class ReaderChoice:
    """Somebody for whom an edition can be made."""

    key: str
    name: str
    who: str
    rendered: str = ""
    problem: str = ""


def readers_of(version: PlanVersion, now: datetime) -> list[ReaderChoice]:
    """Everybody who has something to read in this version: core, file, family, partners with a ground."""
    case = version.case
    made = {(row.reader, row.sha256): row for row in RenderedEdition.objects.filter(version=version).defer("pdf")}
    choices = [(editions.CORE, _("what everybody signs"), ""), (editions.FILE, _("whole, for the file"), "")]
    for person in Person.objects.filter(case=case).select_related("party").order_by("-in_household", "sort_key"):
        choices.append((person.party.ref, person.party.label, person.described_as))
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case).select_related(
        "professional__party", "professional__organisation"
    )
    for role in roles.order_by("pk"):
        choices.append((role.professional.party.ref, role.professional.name, role.professional.organisation.name))
    found = []
    for key, name, who in choices:
        try:
            edition = edition_by_key(version, key, now)
        except (Http404, NoGround):
            continue
        row = made.get((key, edition.sha256))
        found.append(ReaderChoice(key, name, who, row.state if row else "", row.problem if row else ""))
    return found


@dataclass(frozen=True)
class VersionView:
    """A version in a list: where it stands, who answered."""

    number: int
    state: str
    state_label: str
    offered: str
    reason: str
    answers: list[tuple[str, str, str]]
    waiting: list[tuple[str, str]]


def version_views(case: Case) -> list[VersionView]:
    """All versions, newest first."""
    return [version_view(row) for row in PlanVersion.objects.filter(case=case).order_by("-number")]


def version_view(version: PlanVersion) -> VersionView:
    """One version with who answered it and who is still asked."""
    state = state_of(version)
    rows = list(version.signatures.select_related("party").order_by("pk"))
    answered = {row.party_id for row in rows}
    asked = editions.thaw(version.content).signatories
    refs = dict(Party.objects.filter(pk__in=[pk for pk, _name in asked]).values_list("pk", "ref"))
    active = version.events.filter(state=VersionState.ACTIVE).first()
    return VersionView(
        number=version.number,
        state=state,
        state_label=str(state.label),
        offered=dates.long(dates.day_of(version.offered_at)),
        reason=active.reason if active else "",
        answers=[
            (row.party.label, str(SignatureKind(row.kind).label), dates.long(dates.day_of(row.signed_at)))
            for row in rows
        ],
        waiting=[(refs[pk], name) for pk, name in asked if pk not in answered],
    )


def rendered(version: PlanVersion, key: str, now: datetime) -> RenderedEdition | None:
    """The PDF that was asked for of what this reader reads now."""
    edition = edition_by_key(version, key, now)
    return RenderedEdition.objects.filter(version=version, reader=key, sha256=edition.sha256).first()


def pdf_of(row: RenderedEdition) -> bytes:
    """The file of an edition that is ready."""
    return crypto.decrypt_bytes(row.version.case.ref, row.pdf) if row.state == RenderState.DONE and row.pdf else b""


# --- The analysis ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quote:
    """What one voice says, as this reader may read it."""

    ref: str
    text: str
    closed: bool


@dataclass(frozen=True)
class MatrixRow:
    """One theme with a cell for every voice; an empty cell is an empty chair."""

    ref: str
    title: str
    cells: list[tuple[str, list[Quote]]]


@dataclass(frozen=True)
class PatternView:
    """A pattern as a circle, with who recognises it."""

    ref: str
    title: str
    steps: list[str]
    circle: Circle
    recognitions: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Analysis:
    """The analysis on the page."""

    voices: list[tuple[str, str]]
    rows: list[MatrixRow]
    patterns: list[PatternView]
    lines: list[tuple[int, str, str]]


def analysis(access: CaseAccess, now: datetime) -> Analysis:
    """Themes × voices, patterns, and the statements of the contact log that can be taken over; a fixed number of queries."""
    case = access.case
    around = circles_of(case.ref, now)
    me = access.user.party_id
    persons = Person.objects.filter(case=case, died_on__isnull=True).select_related("party")
    voices = [(person.party_id, person.party.label) for person in persons.order_by("-in_household", "sort_key")]
    themes = list(Theme.objects.filter(case=case).order_by("position", "pk"))
    rows = Statement.objects.filter(theme__in=themes).select_related("audience", "voice")
    said: dict[tuple[int, int], list[Quote]] = {}
    for row in rows.prefetch_related("audience__readers").order_by("pk"):
        if may_read(me, row.audience, now, scope=case.ref, circles=around):
            closed = row.audience is None or row.audience.circle == "stewards"
            said.setdefault((row.theme_id, row.voice_id), []).append(Quote(row.ref, row.text, closed))
            if row.voice_id not in {pk for pk, _name in voices}:
                voices.append((row.voice_id, row.voice.label))
    matrix = [
        MatrixRow(theme.ref, theme.title, [(name, said.get((theme.pk, pk), [])) for pk, name in voices])
        for theme in themes
    ]
    return Analysis([(str(pk), name) for pk, name in voices], matrix, _patterns(case), _lines(access, now))


def _patterns(case: Case) -> list[PatternView]:
    rows = Pattern.objects.filter(case=case).prefetch_related("steps", "recognitions__voice").order_by("pk")
    return [_pattern(row) for row in rows]


def _pattern(row: Pattern) -> PatternView:
    steps = [step.text for step in sorted(row.steps.all(), key=lambda step: step.position)]
    seen = sorted(row.recognitions.all(), key=lambda one: one.pk)
    answers = [(one.voice.label, str(RecognitionAnswer(one.answer).label), one.words) for one in seen]
    return PatternView(row.ref, row.title, steps, circle_of(steps), answers)


def _lines(access: CaseAccess, now: datetime, limit: int = 40) -> list[tuple[int, str, str]]:
    """The newest statements of the contact log that no theme holds yet: (number, voice, words)."""
    taken = Statement.objects.filter(theme__case=access.case, source__isnull=False).values("source_id")
    rows = ContactLine.objects.filter(contact__case=access.case, voice__isnull=False).exclude(pk__in=taken)
    rows = rows.select_related("contact", "voice", "audience").prefetch_related("audience__readers")
    around = circles_of(access.case.ref, now)
    return [
        (row.pk, row.voice.label if row.voice else "", row.text)
        for row in rows.order_by("-contact__started_at", "position")[: 2 * limit]
        if row.version == row.contact.version
        and may_read(access.user.party_id, row.audience, now, scope=access.case.ref, circles=around)
    ][:limit]


# --- Evaluations -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EvaluationView:
    """A moment, planned or held."""

    ref: str
    case_ref: str
    case_name: str
    when: str
    due: str
    is_late: bool
    is_held: bool
    attendees: list[tuple[str, bool | None]]
    lines: list[tuple[str, str]]
    planned_at: datetime


def evaluations(case: Case, now: datetime) -> list[EvaluationView]:
    """The moments of a case, those to come first, then the held ones, newest first."""
    rows = list(Evaluation.objects.filter(case=case).prefetch_related("attendees__party").order_by("-planned_at"))
    open_ones = [row for row in reversed(rows) if row.held_at is None]
    return [evaluation_view(row, case, now) for row in [*open_ones, *(row for row in rows if row.held_at)]]


def evaluation_view(row: Evaluation, case: Case, now: datetime) -> EvaluationView:
    """One moment."""
    lines = [
        (str(_("What goes well")), row.goes_well),
        (str(_("What does not go well yet")), row.not_yet),
        (str(_("What we change")), row.changes),
        (str(_("How safe it is now")), row.safety),
    ]
    day, today = dates.day_of(row.planned_at), clock.local_date(now)
    return EvaluationView(
        row.ref,
        case.ref,
        case.name,
        f"{dates.short(day, today)} {dates.clock_time(row.planned_at)}",
        dates.days_late(day, today),
        row.held_at is None and row.planned_at < now,
        row.held_at is not None,
        [(attendee.party.label, attendee.came) for attendee in row.attendees.all()],
        [(label, text) for label, text in lines if text],
        row.planned_at,
    )


def evaluations_open(scope: CaseScope, now: datetime, limit: int = 200) -> list[EvaluationView]:
    """Every moment that nobody wrote down yet, the oldest first, those still to come included."""
    rows = Evaluation.objects.filter(held_at__isnull=True, case__in=cases_in(scope))
    rows = rows.select_related("case").prefetch_related("attendees__party").order_by("planned_at")
    return [evaluation_view(row, row.case, now) for row in rows[:limit]]


def evaluations_due(scope: CaseScope, now: datetime, limit: int = 50) -> list[EvaluationView]:
    """Moments of today and before that nobody wrote down yet: the one definition of a late evaluation."""
    end = datetime.combine(clock.local_date(now), datetime.max.time(), clock.LOCAL)
    rows = Evaluation.objects.filter(held_at__isnull=True, planned_at__lte=end, case__in=cases_in(scope))
    rows = rows.select_related("case").prefetch_related("attendees__party").order_by("planned_at")
    return [evaluation_view(row, row.case, now) for row in rows[:limit]]


@dataclass(frozen=True)
class UnsignedView:
    """A plan that was offered and waits for signatures."""

    case_ref: str
    case_name: str
    number: int
    since: str


def unsigned_plans(scope: CaseScope, now: datetime, limit: int = 50) -> list[UnsignedView]:
    """Offered versions that are not in force yet, oldest first."""
    rows = PlanVersion.objects.filter(case__in=cases_in(scope)).exclude(
        events__state__in=[VersionState.ACTIVE, VersionState.SUPERSEDED]
    )
    today = clock.local_date(now)
    return [
        UnsignedView(row.case.ref, row.case.name, row.number, dates.days_ago(dates.day_of(row.offered_at), today))
        for row in rows.select_related("case").defer("content").order_by("offered_at")[:limit]
    ]


# --- The pages of the plan -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanPage:
    """The plan room of a case: the working copy, its versions, and everybody it can name."""

    draft: DraftView
    versions: list[VersionView]
    family: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    readers: list[tuple[str, str]]


def plan_page(access: CaseAccess, now: datetime) -> PlanPage:
    """What the plan page shows; a case without a plan shows an empty one and stores nothing."""
    case = access.case
    plan = Plan.objects.filter(case=case).first()
    draft = draft_view(plan, now) if plan else _nothing_yet(case)
    persons = Person.objects.filter(case=case, died_on__isnull=True).select_related("party")
    family = [(row.party.ref, row.party.label) for row in persons.order_by("-in_household", "sort_key")]
    roles = list(_running_roles(case, now))
    partners = [(row.professional.party.ref, _role_words(row)) for row in roles]
    mine = [(case.director.party.ref, case.director.name)] if case.director else []
    owners = [
        *((f"role:{row.ref}", _role_words(row)) for row in roles),
        *((f"party:{r}", n) for r, n in [*family, *mine]),
    ]
    return PlanPage(draft, version_views(case), family, owners, [*family, *partners])


def _nothing_yet(case: Case) -> DraftView:
    rhythm = Plan._meta.get_field("rhythm").default
    return DraftView(1, "", rhythm, "", case.working_form, [], [], [], [], True)


def _running_roles(case: Case, now: datetime):  # type: ignore[no-untyped-def]  # a queryset of roles
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case)
    return roles.select_related("professional__party", "professional__organisation").order_by("pk")


def _role_words(row: CaseRole) -> str:
    return f"{row.professional.name}, {row.title} ({row.professional.organisation.name})"


def family_parties(access: CaseAccess, refs: list[str]) -> list[Party]:
    """The persons of this family with these references, in that order."""
    found = {party.ref: party for party in Party.objects.filter(scope=access.case.ref, ref__in=refs)}
    return [found[ref] for ref in refs if ref in found]


def item_data(access: CaseAccess, kind: str, fields: dict[str, Any], now: datetime) -> ItemData:
    """What an item form says, with the rows behind the references it chose."""
    role_ref = fields.get("owner", "").removeprefix("role:") if fields.get("owner", "").startswith("role:") else ""
    party_ref = fields.get("owner", "").removeprefix("party:") if fields.get("owner", "").startswith("party:") else ""
    readers = parties_around(access, fields["readers"], now)
    return ItemData(
        kind=kind,
        text=fields["text"],
        is_common=fields["is_common"],
        readers=readers,
        owner_role=CaseRole.objects.filter(case=access.case, ref=role_ref).first() if role_ref else None,
        owner_party=next(iter(parties_around(access, [party_ref], now)), None) if party_ref else None,
        goal=PlanItem.objects.filter(plan__case=access.case, ref=fields.get("goal", ""), kind=ItemKind.GOAL).first(),
        due_on=fields.get("due_on"),
    )


def item_initial(row: PlanItem, now: datetime) -> dict[str, Any]:
    """An item as its form starts from."""
    owner = (
        f"role:{row.owner_role.ref}" if row.owner_role else (f"party:{row.owner_party.ref}" if row.owner_party else "")
    )
    return {
        "text": row.text,
        "owner": owner,
        "goal": row.goal.ref if row.goal else "",
        "due_on": row.due_on,
        "is_common": row.is_common,
        "readers": list(Party.objects.filter(pk__in=row.audience.named(now)).values_list("ref", flat=True)),
    }


def parties_around(access: CaseAccess, refs: list[str], now: datetime) -> list[Party]:
    """Of these references, the parties that belong to this case now: family, case team, partners with a role."""
    there = [party.pk for party in parties_in(access.case, now) if party.ref in refs]
    found = {party.ref: party for party in Party.objects.filter(pk__in=there)}
    return [found[ref] for ref in refs if ref in found]


def around_the_table(access: CaseAccess, now: datetime) -> list[tuple[str, str]]:
    """Who can be asked to an evaluation: the family and the partners."""
    page = plan_page(access, now)
    return page.readers


def attendees_of(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Who was asked to a moment."""
    return [(row.party.ref, row.party.label) for row in evaluation.attendees.select_related("party").order_by("pk")]


_DAYS = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}


def next_moment_proposed(case: Case, now: datetime) -> datetime:
    """The next moment by the rhythm of the plan, at the same hour; only a proposal."""
    plan = Plan.objects.filter(case=case).only("rhythm").first()
    local = now.astimezone(clock.LOCAL).replace(minute=0, second=0, microsecond=0)
    return local + timedelta(days=_DAYS[plan.rhythm if plan else "fortnightly"])


@dataclass(frozen=True)
class EditionPage:
    """An edition as a page shows it, or why there is none."""

    edition: editions.Edition | None
    problem: str
    offered: str


def edition_page(access: CaseAccess, version: PlanVersion, key: str, now: datetime) -> EditionPage:
    """*Bekijken als …*: the edition of a reader; without one the core, or the file when there is no core.

    Only director and deputy look as somebody else; another member of the case team sees the core.
    """
    version.case = access.case
    offered = dates.long(dates.day_of(version.offered_at))
    wanted = key if key and access.is_steward else _own_key(access, version)
    try:
        return EditionPage(edition_by_key(version, wanted, now), "", offered)
    except NoGround:
        return EditionPage(None, str(_("There is no ground for sharing with this partner now: no edition.")), offered)
    except Http404:
        return EditionPage(None, str(_("There is nothing in this version for this reader.")), offered)


def _own_key(access: CaseAccess, version: PlanVersion) -> str:
    joint = editions.thaw(version.content).form == "joint"
    return editions.CORE if joint or not access.is_steward else editions.FILE


def pdf_released(row: RenderedEdition, now: datetime) -> bytes:
    """The file of an edition, looked at by the scanner once more before it leaves (design.md 6).

    Raises PermissionDenied when a fact that was noted meanwhile stands in it.
    """
    edition = edition_by_key(row.version, row.reader, now)
    if edition.reader.key != editions.FILE and hits_in(
        row.version.case, editions.text_of(edition), edition.reader.party_id, now
    ):
        raise PermissionDenied
    return pdf_of(row)


# --- A partner's own role --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RoleWork:
    """What a partner sees of the plan: her own actions, the agreements that concern her, the moments she is asked to."""

    steps: list[tuple[str, str, str, str]]
    agreements: list[str]
    moments: list[str]
    has_plan: bool
    number: int


def role_work(role: CaseRole, now: datetime) -> RoleWork:
    """A partner's part of the plan in force, composed for her; without a running ground nothing of the plan."""
    version = active_version(role.case)
    moments = Evaluation.objects.filter(
        case=role.case, held_at__isnull=True, planned_at__gte=now, attendees__party=role.professional.party
    ).order_by("planned_at")
    asked = [_moment(row.planned_at) for row in moments[:3]]
    if version is None:
        return RoleWork([], [], asked, False, 0)
    version.case = role.case
    try:
        edition = edition_for(version, role.professional.party, now)
    except NoGround:
        return RoleWork([], [], asked, False, 0)
    states = dict(PlanItem.objects.filter(plan__case=role.case).values_list("ref", "state"))
    steps = [
        (item.ref, item.text, item.due_on, str(StepState(states.get(item.ref, StepState.OPEN)).label))
        for item in edition.steps
    ]
    agreements = [item.text for item in (*edition.goals, *edition.agreements)]
    return RoleWork(steps, agreements, asked, not edition.is_empty, version.number)

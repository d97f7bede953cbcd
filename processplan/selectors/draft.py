"""The working copy of a plan: as content to offer, and as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from casusregie.core import clock, dates
from casusregie.core.models import Party
from families.access import CaseAccess
from families.choices import WorkingForm
from families.selectors import working_form
from processplan import editions
from processplan.choices import ItemKind, StepState
from processplan.models import Evaluation, Plan, PlanItem


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
        form=working_form(case, clock.local_date(now)),
        common_goal=plan.common_goal,
        rhythm=plan.rhythm,
        director=case.director.name if case.director else "",
        signatories=tuple(signatories),
        items=tuple(_item(row, now) for row in _items(plan)),
        moments=tuple(moment_words(row.planned_at) for row in moments[:3]),
    )


def _items(plan: Plan) -> list[PlanItem]:
    rows = plan.items.select_related(
        "audience", "goal", "owner_party", "owner_role__professional__organisation", "said_in"
    )
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


def moment_words(at: datetime) -> str:
    """The day and the hour of a moment, in words."""
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
    # The contact in which it was said how far this is, and its day.
    said_url: str = ""
    said_on: str = ""


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
    form = working_form(plan.case, clock.local_date(now))
    common = [name for _ref, name in signs] if form == WorkingForm.JOINT else []
    views = [_draft_item(row, names, common, plan.case.ref, now) for row in rows]
    of = {kind: [view for view in views if view.item.kind == kind] for kind in ItemKind.values}
    return DraftView(
        revision=plan.revision,
        common_goal=plan.common_goal,
        rhythm=plan.rhythm,
        rhythm_label=plan.get_rhythm_display(),
        form=form,
        goals=of[ItemKind.GOAL],
        steps=of[ItemKind.STEP],
        agreements=of[ItemKind.AGREEMENT],
        signatories=signs,
        is_empty=not rows and not plan.common_goal,
    )


@dataclass(frozen=True)
class StepRow:
    """An open action in the form of a contact; `options` are the states it can go to, `tapped` the one that was."""

    ref: str
    text: str
    owner: str
    state_label: str
    options: list[tuple[str, str]]
    tapped: str


def steps_open(access: CaseAccess, tapped: Mapping[str, str], now: datetime, limit: int = 30) -> list[StepRow]:
    """The actions of the working plan that are not done, in the order of the plan; one query."""
    rows = PlanItem.objects.filter(plan__case=access.case, kind=ItemKind.STEP).exclude(state=StepState.DONE)
    rows = rows.select_related("owner_party", "owner_role__professional").order_by("position", "pk")
    return [
        StepRow(
            row.ref,
            row.text,
            row.owner_role.professional.name if row.owner_role else row.owner_party.label if row.owner_party else "",
            str(StepState(row.state).label),
            [(state, str(StepState(state).label)) for state in StepState.values if state != row.state],
            tapped.get(row.ref, ""),
        )
        for row in rows[:limit]
    ]


def _draft_item(row: PlanItem, names: dict[int, str], common: list[str], case_ref: str, now: datetime) -> DraftItem:
    today = clock.local_date(now)
    said = row.said_in if row.said_in and row.said_in.withdrawn_at is None else None
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
        said_url=reverse("contact", args=[case_ref, said.ref]) if said else "",
        said_on=dates.short(dates.day_of(said.started_at), today) if said else "",
    )

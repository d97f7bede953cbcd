"""The page of the plan, with everybody it can name, and what its item form says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casusregie.core import clock
from casusregie.core.models import Party
from families.access import CaseAccess
from families.choices import WorkingForm
from families.models import Case, Person
from families.scanner import CannotLook
from families.selectors import Touch, touches, unfindable, working_form
from network.access import current_roles, parties_in
from network.models import CaseRole
from processplan.choices import ItemKind
from processplan.items import ItemData
from processplan.models import Plan, PlanItem, Signatory
from processplan.selectors.draft import DraftView, draft_view
from processplan.selectors.version import VersionView, version_views


@dataclass(frozen=True)
class PlanPage:
    """The plan room of a case: the working copy, its versions, and everybody it can name."""

    draft: DraftView
    versions: list[VersionView]
    family: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    readers: list[tuple[str, str]]
    unfindable: list[tuple[str, str, str]]
    signers: str


def plan_page(access: CaseAccess, now: datetime) -> PlanPage:
    """What the plan page shows; a case without a plan shows an empty one and stores nothing."""
    case = access.case
    plan = Plan.objects.filter(case=case).first()
    draft = draft_view(plan, now) if plan else _nothing_yet(case, now)
    persons = Person.objects.filter(case=case, died_on__isnull=True).select_related("party")
    family = [(row.party.ref, row.party.label) for row in persons.order_by("-in_household", "sort_key")]
    roles = list(_running_roles(case, now))
    partners = [(row.professional.party.ref, _role_words(row)) for row in roles]
    mine = [(case.director.party.ref, case.director.name)] if case.director else []
    owners = [
        *((f"role:{row.ref}", _role_words(row)) for row in roles),
        *((f"party:{r}", n) for r, n in [*family, *mine]),
    ]
    cannot = unfindable(case, now) if access.is_steward else []
    signers = " ".join(_who_read_all(case, draft.form))
    return PlanPage(draft, version_views(case), family, owners, [*family, *partners], cannot, signers)


def _nothing_yet(case: Case, now: datetime) -> DraftView:
    rhythm = Plan._meta.get_field("rhythm").default
    return DraftView(1, "", rhythm, "", working_form(case, clock.local_date(now)), [], [], [], [], True)


def _running_roles(case: Case, now: datetime):  # type: ignore[no-untyped-def]  # a queryset of roles
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case)
    return roles.select_related("professional__party", "professional__organisation").order_by("pk")


def _role_words(row: CaseRole) -> str:
    return f"{row.professional.name}, {row.title} ({row.professional.organisation.name})"


@dataclass(frozen=True)
class CheckData:
    """How this family is worked with, and for the warning while typing who reads a common item and who owns a role."""

    form: str
    everybody: str
    owners: str


def check_data(access: CaseAccess, now: datetime) -> CheckData:
    """Whom an item form has to think of; references only."""
    form = working_form(access.case, clock.local_date(now))
    signers = _who_read_all(access.case, form)
    roles = _running_roles(access.case, now)
    return CheckData(form, " ".join(signers), " ".join(f"role:{row.ref}={row.professional.party.ref}" for row in roles))


def _who_read_all(case: Case, form: str) -> list[str]:
    """Who reads what is marked as common: who signs, and only when the family makes one plan together."""
    if form != WorkingForm.JOINT:
        return []
    return list(Signatory.objects.filter(plan__case=case).values_list("party__ref", flat=True))


def item_touches(access: CaseAccess, data: ItemData, now: datetime) -> list[Touch]:
    """Which facts an item touches that one of its readers may not know; what the form warns of without scripts."""
    refs = [party.ref for party in data.readers]
    if data.owner_party is not None:
        refs.append(data.owner_party.ref)
    if data.owner_role is not None:
        refs.append(data.owner_role.professional.party.ref)
    if data.is_common:
        refs += _who_read_all(access.case, working_form(access.case, clock.local_date(now)))
    try:
        return touches(access, data.text, refs, now) if refs else []
    except CannotLook:
        return []


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

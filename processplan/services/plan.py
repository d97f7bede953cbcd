"""Writing the plan: the working copy, before it is offered and for the next version."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, AudienceReader, Party, User
from families.models import Case
from network.models import Contact
from processplan.choices import ItemKind, StepState
from processplan.items import ItemData
from processplan.models import Plan, PlanItem, Signatory


class PlanChanged(Exception):
    """Somebody else saved this plan meanwhile; the page shows both versions."""


@transaction.atomic
def plan_of(*, case: Case, by: User, now: datetime) -> Plan:
    """The plan of a case, begun when there is none."""
    plan, _made = Plan.objects.get_or_create(case=case, defaults={"changed_at": now, "changed_by": by})
    return plan


@transaction.atomic
def plan_write(*, plan: Plan, by: User, common_goal: str, rhythm: str, seen_revision: int, now: datetime) -> Plan:
    """Write the common goal and the rhythm. Raises PlanChanged when somebody saved after `seen_revision`."""
    locked = Plan.objects.select_for_update().select_related("case").get(pk=plan.pk)
    if locked.revision != seen_revision:
        raise PlanChanged
    locked.common_goal, locked.rhythm = common_goal, rhythm
    _touch(locked, by, now)
    locked.save(update_fields=["common_goal", "rhythm"])
    return locked


@transaction.atomic
def item_write(*, plan: Plan, by: User, data: ItemData, now: datetime) -> PlanItem:
    """Add a goal, an action or an agreement.

    Raises ValidationError for an action without exactly one owner, or whose owner's role has ended.
    """
    _check(data, now)
    last = plan.items.filter(kind=data.kind).aggregate(last=Max("position"))["last"] or 0
    item = PlanItem.objects.create(
        plan=plan,
        kind=data.kind,
        position=last + 1,
        text=data.text,
        goal=data.goal,
        owner_role=data.owner_role,
        owner_party=data.owner_party,
        due_on=data.due_on,
        is_common=data.is_common,
        audience=_readers(plan, data, now),
    )
    _touch(plan, by, now)
    return item


@transaction.atomic
def item_change(*, item: PlanItem, by: User, data: ItemData, now: datetime) -> PlanItem:
    """Change an item of the working copy; versions that were offered stay as they are. Raises as `item_write`."""
    _check(data, now)
    item.text, item.goal, item.due_on, item.is_common = data.text, data.goal, data.due_on, data.is_common
    item.owner_role, item.owner_party = data.owner_role, data.owner_party
    item.audience = _readers(item.plan, data, now)
    item.save()
    _touch(item.plan, by, now)
    return item


@transaction.atomic
def item_remove(*, item: PlanItem, by: User, now: datetime) -> None:
    """Take an item out of the working copy; in what was offered it stays."""
    plan = item.plan
    item.delete()
    _touch(plan, by, now)


@transaction.atomic
def step_move(*, item: PlanItem, by: User, state: str, now: datetime, said_in: Contact | None = None) -> None:
    """Say how far an action is, and in which contact that was said. Raises ValidationError for what is no action."""
    if item.kind != ItemKind.STEP:
        raise ValidationError(_("Only an action has a state."))
    item.state, item.said_in = StepState(state), said_in
    item.save(update_fields=["state", "said_in"])
    sources = [said_in.ref] if said_in else []
    audit.record("step.moved", case_ref=item.plan.case.ref, objects=[item.ref, *sources])


def steps_of_contact(content: dict[str, str], contact: Contact, by: User, now: datetime) -> None:
    """Say of the actions in `content` (reference and state) how far they are, as it was told in this contact."""
    items = PlanItem.objects.select_related("plan__case").filter(plan__case=contact.case, ref__in=content)
    for item in items.order_by("position", "pk"):
        step_move(item=item, by=by, state=content[item.ref], now=now, said_in=contact)


@transaction.atomic
def signatories_set(*, plan: Plan, by: User, parties: list[Party], now: datetime) -> None:
    """Say who is asked to sign."""
    wanted = {party.pk for party in parties}
    Signatory.objects.filter(plan=plan).exclude(party_id__in=wanted).delete()
    there = set(Signatory.objects.filter(plan=plan).values_list("party_id", flat=True))
    Signatory.objects.bulk_create(Signatory(plan=plan, party_id=pk) for pk in sorted(wanted - there))
    _touch(plan, by, now)


def _check(data: ItemData, now: datetime) -> None:
    if data.kind == ItemKind.STEP and (data.owner_role is None) == (data.owner_party is None):
        raise ValidationError({"owner": _("Choose who does this.")})
    role = data.owner_role
    if role is not None and role.until is not None and role.until < clock.local_date(now):
        raise ValidationError({"owner": _("This role has ended. Choose somebody else, or lengthen the role first.")})


def _readers(plan: Plan, data: ItemData, now: datetime) -> Audience:
    """The readers by name: whoever was chosen, and always who does it."""
    ids = {party.pk for party in data.readers}
    if data.owner_role is not None:
        ids.add(data.owner_role.professional.party_id)
    if data.owner_party is not None:
        ids.add(data.owner_party.pk)
    audience = Audience.objects.create(scope=plan.case.ref, circle=Circle.STEWARDS)
    AudienceReader.objects.bulk_create(AudienceReader(audience=audience, party_id=pk, since=now) for pk in sorted(ids))
    return audience


def _touch(plan: Plan, by: User, now: datetime) -> None:
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1, changed_at=now, changed_by=by)
    audit.record("plan.written", case_ref=plan.case.ref)

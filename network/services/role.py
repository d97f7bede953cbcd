"""Roles of partners in a case: given, ended, grounded; and what partners tell the director."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.choices import PartyKind
from casusregie.core.models import Party, User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.models import Case
from families.services import HeldBack, held_back_note
from network.choices import SignalKind
from network.models import CaseRole, Organisation, Professional, RoleSignal, SharingGround

SAFETY_SIGNAL = "safety-signal"


@dataclass(frozen=True)
class RoleData:
    """What a role form says."""

    professional: Professional
    title: str
    assignment: str
    since: date
    until: date | None
    basis: str
    purpose: str
    ground_until: date


@transaction.atomic
def organisation_add(*, name: str, domain: str, by: User) -> Organisation:
    """Make an organisation known; one with this name already is that one."""
    organisation, _made = Organisation.objects.get_or_create(name=name, defaults={"domain": domain})
    audit.record("organisation.added")
    return organisation


@transaction.atomic
def professional_add(
    *, name: str, function: str, organisation: Organisation, by: User, user: User | None = None
) -> Professional:
    """Make a professional known, with her account when she has one: then its party is hers too."""
    party = user.party if user else Party.objects.create(kind=PartyKind.PROFESSIONAL, label=name)
    if user:
        Party.objects.filter(pk=party.pk).update(kind=PartyKind.PROFESSIONAL, label=name)
    person = Professional.objects.create(
        party=party, organisation=organisation, name=name, function=function, user=user
    )
    audit.record("professional.added", objects=[party.ref])
    return person


@transaction.atomic
def role_give(*, case: Case, by: User, data: RoleData, now: datetime) -> CaseRole:
    """Give a professional a role with its assignment and its ground for sharing.

    Raises ValidationError for an end before its start.
    """
    if data.until and data.until < data.since:
        raise ValidationError({"until": _("The last day is before the first.")})
    role = CaseRole.objects.create(
        case=case,
        professional=data.professional,
        title=data.title,
        assignment=data.assignment,
        since=data.since,
        until=data.until,
    )
    ground_note(role=role, by=by, basis=data.basis, purpose=data.purpose, until=data.ground_until, now=now)
    audit.record("role.given", case_ref=case.ref, objects=[role.ref, data.professional.party.ref])
    return role


def role_give_once(*, case: Case, by: User, fields: dict[str, Any], key: UUID, now: datetime) -> Sent:
    """`role_give` for a form, which may make a professional known as well; the same form twice is one role.

    Raises ValidationError for an end before its start, and SameKeyOtherContent.
    """

    def make() -> str:
        person = fields["professional"]
        if person is None:
            organisation = fields["organisation"] or organisation_add(
                name=fields["organisation_name"], domain=fields["domain"], by=by
            )
            person = professional_add(
                name=fields["name"], function=fields["function"], organisation=organisation, by=by
            )
        wanted = {name: fields[name] for name in RoleData.__dataclass_fields__ if name != "professional"}
        role_give(case=case, by=by, data=RoleData(professional=person, **wanted), now=now)
        return reverse("network", args=[case.ref])

    plain = {name: getattr(value, "pk", value) for name, value in fields.items()}
    return once(key=key, user=by, form="role", content={**plain, "case": case.ref}, now=now, make=make)


@transaction.atomic
def ground_note(*, role: CaseRole, by: User, basis: str, purpose: str, until: date, now: datetime) -> SharingGround:
    """Write down why something may be shared with this role, for what, and until when."""
    ground = SharingGround.objects.create(
        role=role, basis=basis, purpose=purpose, until=until, noted_by=by, noted_at=now
    )
    audit.record("ground.noted", case_ref=role.case.ref, objects=[role.ref], ground=basis)
    return ground


@transaction.atomic
def role_end(*, role: CaseRole, by: User, on: date) -> None:
    """End a role as of a day; what was said and done in it stays. Raises ValidationError for a day before its start."""
    if on < role.since:
        raise ValidationError({"until": _("The last day is before the first.")})
    role.until = on
    role.save(update_fields=["until"])
    audit.record("role.ended", case_ref=role.case.ref, objects=[role.ref])


@transaction.atomic
def signal_send(*, role: CaseRole, by: User, kind: str, text: str, now: datetime) -> RoleSignal:
    """A partner tells how it goes, or that she is worried; a worry reaches director and deputy at once (design.md 8)."""
    signal = RoleSignal.objects.create(role=role, kind=kind, text=text, at=now, by=by)
    if kind == SignalKind.WORRY:
        promise_make(kind=SAFETY_SIGNAL, ref=signal.ref, case_ref=role.case.ref, due_at=now)
    audit.record(f"signal.{SignalKind(kind).value}", case_ref=role.case.ref, objects=[role.ref, signal.ref])
    return signal


def signal_send_once(*, role: CaseRole, by: User, kind: str, text: str, key: UUID, now: datetime) -> Sent:
    """`signal_send` for a form: the same form twice is one signal. Raises SameKeyOtherContent."""

    def make() -> str:
        signal_send(role=role, by=by, kind=kind, text=text, now=now)
        return reverse("my-role", args=[role.ref])

    content = {"role": role.ref, "kind": kind, "text": text}
    return once(key=key, user=by, form="signal", content=content, now=now, make=make)


@transaction.atomic
def signal_read(*, signal: RoleSignal, by: User, now: datetime) -> None:
    """The director has read what a partner told her: the ladder stops."""
    RoleSignal.objects.filter(pk=signal.pk, read_at__isnull=True).update(read_at=now, read_by=by)
    promises_settle(kind=SAFETY_SIGNAL, refs=[signal.ref], now=now)
    audit.record("signal.read", case_ref=signal.role.case.ref, objects=[signal.ref])


def role_page_held_back(*, role_ref: str, by: User, held: Sequence[HeldBack], now: datetime) -> None:
    """Keep what a partner's page about her role left out, and tell the director of the case, once."""
    role = CaseRole.objects.select_related("case", "professional__party").get(ref=role_ref, professional__user=by)
    held_back_note(case=role.case, what=role.ref, reader=role.professional.party.ref, held=held, now=now)

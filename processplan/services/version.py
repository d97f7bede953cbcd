"""Offering, signing and putting in force. What was offered never changes: states and signatures are added."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto
from casusregie.core.models import Party, User
from casusregie.reminders.services import promise_make, promises_settle
from processplan import editions
from processplan.choices import VERSION_TRANSITIONS, SignatureKind, VersionState
from processplan.models import Plan, PlanVersion, Signature, VersionEvent
from processplan.selectors import content_of, edition_for, state_of

UNSIGNED_PLAN = "unsigned-plan"


@transaction.atomic
def version_offer(*, plan: Plan, by: User, now: datetime) -> PlanVersion:
    """Freeze the working copy as the next version and offer it.

    Raises ValidationError for a plan with nothing in it, nobody to sign it, or an action whose owner's role has ended.
    """
    locked = Plan.objects.select_for_update(of=("self",)).select_related("case__director").get(pk=plan.pk)
    content = content_of(locked, now)
    _check_offer(locked, content, now)
    last = PlanVersion.objects.filter(case=locked.case).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        case=locked.case, number=last + 1, content=editions.freeze(content), offered_at=now, offered_by=by
    )
    VersionEvent.objects.create(version=version, state=VersionState.OFFERED, at=now, by=by)
    promise_make(kind=UNSIGNED_PLAN, ref=f"{locked.case.ref}.{version.number}", case_ref=locked.case.ref, due_at=now)
    audit.record("plan.offered", case_ref=locked.case.ref, objects=[f"v{version.number}"])
    return version


def _check_offer(plan: Plan, content: editions.Content, now: datetime) -> None:
    if not content.items and not content.common_goal:
        raise ValidationError(_("There is nothing in this plan yet. Write a goal, an action or an agreement first."))
    if not content.signatories:
        raise ValidationError(_("Choose first who is asked to sign."))
    today = now.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    ended = plan.items.filter(owner_role__until__lt=today).select_related("owner_role").first()
    if ended is not None:
        raise ValidationError(
            _("The role of who does “%(what)s” has ended. Choose somebody else first.") % {"what": ended.text}
        )


@dataclass(frozen=True)
class SignatureData:
    """What the signing page sends: how, the strokes as an SVG path, the name as typed, an own statement."""

    kind: str
    drawing: str = ""
    name: str = ""
    statement: str = ""
    shown_sha256: str = ""


@transaction.atomic
def version_sign(*, version: PlanVersion, party: Party, by: User, data: SignatureData, now: datetime) -> Signature:
    """Record what somebody answered to her own edition of an offered version; `by` was there.

    Raises ValidationError when she is not asked to sign, has answered already, drew or typed nothing, or when what she
    read is not what is offered now.
    """
    edition = edition_for(version, party, now)
    _check_signature(version, party, data, edition)
    scope = version.case.ref
    signature = Signature.objects.create(
        version=version,
        party=party,
        kind=data.kind,
        drawing=crypto.encrypt(scope, data.drawing) if data.kind == SignatureKind.DRAWN else None,
        name=crypto.encrypt(scope, data.name) if data.name else None,
        statement=crypto.encrypt(scope, data.statement) if data.statement else None,
        shown_sha256=data.shown_sha256,
        signed_at=now,
        witness=by,
    )
    audit.record("plan.signed", case_ref=scope, objects=[f"v{version.number}", party.ref])
    asked = {party_id for party_id, _name in editions.thaw(version.content).signatories}
    if state_of(version) == VersionState.OFFERED and _all_signed(version, asked):
        version_activate(version=version, by=by, reason="", now=now)
    return signature


def _check_signature(version: PlanVersion, party: Party, data: SignatureData, edition: editions.Edition) -> None:
    asked = {party_id for party_id, _name in editions.thaw(version.content).signatories}
    if party.pk not in asked:
        raise ValidationError(_("This person is not asked to sign."))
    if state_of(version) == VersionState.SUPERSEDED:
        raise ValidationError(_("This plan has been replaced by a newer one."))
    if Signature.objects.filter(version=version, party=party).exists():
        raise ValidationError(_("This plan was answered already. What was signed stays as it is."))
    if data.shown_sha256 != edition.shown_sha256:
        raise ValidationError(_("The plan on the screen is not the one that is offered. Read it again, please."))
    if data.kind == SignatureKind.DRAWN and not data.drawing:
        raise ValidationError({"drawing": _("There is no signature in the field yet.")})
    if data.kind == SignatureKind.TYPED and not data.name.strip():
        raise ValidationError({"name": _("Write your name to sign.")})


def _all_signed(version: PlanVersion, asked: set[int]) -> bool:
    signed = Signature.objects.filter(version=version).exclude(kind=SignatureKind.READ)
    return asked <= set(signed.values_list("party_id", flat=True))


@transaction.atomic
def version_activate(*, version: PlanVersion, by: User, reason: str, now: datetime) -> None:
    """Put an offered version in force; the one before it is replaced.

    Raises ValidationError for a version that is not offered any more, and for a missing reason when not everybody signed.
    """
    if VersionState.ACTIVE not in VERSION_TRANSITIONS[state_of(version)]:
        raise ValidationError(_("This version cannot come in force any more."))
    asked = {party_id for party_id, _name in editions.thaw(version.content).signatories}
    if not _all_signed(version, asked) and not reason.strip():
        raise ValidationError({"reason": _("Not everybody has signed. Say why the plan comes in force all the same.")})
    for older in PlanVersion.objects.filter(case=version.case, number__lt=version.number):
        if VersionState.SUPERSEDED in VERSION_TRANSITIONS[state_of(older)]:
            VersionEvent.objects.create(version=older, state=VersionState.SUPERSEDED, at=now, by=by)
            promises_settle(kind=UNSIGNED_PLAN, refs=[f"{version.case.ref}.{older.number}"], now=now)
    VersionEvent.objects.create(version=version, state=VersionState.ACTIVE, at=now, by=by, reason=reason)
    audit.record("plan.activated", case_ref=version.case.ref, objects=[f"v{version.number}"])

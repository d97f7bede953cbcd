"""A contact in the wrong case: withdrawn from all readers at once, and offered as a draft in the right one (design.md 5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.choices import Circle
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from casusregie.reminders import kinds
from casusregie.reminders.services import promise_make, promises_settle
from families.access import PartyOf
from families.models import Case
from network.access import parties_in, voices_in
from network.choices import LineKind
from network.lines import Line, write
from network.models import (
    Appointment,
    Attachment,
    Contact,
    ContactLine,
    ContactParticipant,
    Draft,
    DraftFile,
    FollowUp,
    Withdrawal,
    WithdrawalPlaced,
)
from network.services.dates import case_dates_refresh
from network.services.draft import draft_put
from network.services.reach import contact_safety_lapse
from network.services.search import search_forget
from network.services.voice import voices_reconcile

KIND = "contact-withdrawn"


class AlreadyWithdrawn(Exception):
    """Somebody withdrew this contact before."""


@dataclass(frozen=True)
class WithdrawalData:
    """Where it belongs (None: who withdraws it does not know) and why it stood here, in a closed word.

    `reads_closed`: whether she may read statements for director and deputy only; if not, they are not in her draft.
    """

    to: Case | None
    reason: str
    reads_closed: bool = True


def contact_withdraw_once(*, contact: Contact, by: User, data: WithdrawalData, key: UUID, now: datetime) -> Sent:
    """Withdraw a contact; the same form twice is once. The address leads to the draft in the right case.

    Raises AlreadyWithdrawn, SameKeyOtherContent.
    """

    def make() -> str:
        draft = contact_withdraw(contact=contact, by=by, data=data, now=now)
        if draft is None:
            return reverse("contact-list", args=[contact.case.ref])
        return f"{reverse('contact-new', args=[draft.case.ref])}?concept={draft.ref}"

    content = {"contact": contact.ref, "to": data.to.ref if data.to else "", "reason": data.reason}
    return once(key=key, user=by, form="contact-wrong", content=content, now=now, make=make)


@transaction.atomic
def contact_withdraw(*, contact: Contact, by: User, data: WithdrawalData, now: datetime) -> Draft | None:
    """Withdraw a contact with everything that came from it, and put it as a draft in the right case.

    Statements taken over from it stand no more because their source does not; an appointment that it wrote down is to be
    written down again. Raises AlreadyWithdrawn.
    """
    locked = Contact.objects.select_for_update(of=("self",)).select_related("case").get(pk=contact.pk)
    if locked.withdrawn_at is not None:
        raise AlreadyWithdrawn
    locked.withdrawn_at, locked.withdrawn_by_id, locked.withdrawal_reason = now, by.pk, data.reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"])
    to_ref = data.to.ref if data.to else ""
    Withdrawal.objects.create(
        contact=locked, to_ref=to_ref, reason=data.reason, by=by, at=now, reads_closed=data.reads_closed
    )
    _take_along(locked, by, now)
    promise_make(kind=KIND, ref=locked.ref, case_ref=locked.case.ref, due_at=now)
    audit.record("contact.withdrawn", case_ref=locked.case.ref, objects=[locked.ref])
    return _offer(locked, data.to, by, data.reads_closed, now) if data.to else None


def contact_place_once(*, withdrawal: Withdrawal, by: User, to: Case, key: UUID, now: datetime) -> Sent:
    """`contact_place` for a form: the same form twice is once. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        draft = contact_place(withdrawal=withdrawal, by=by, to=to, now=now)
        return f"{reverse('contact-new', args=[to.ref])}?concept={draft.ref}"

    return once(
        key=key,
        user=by,
        form="contact-place",
        content={"contact": withdrawal.contact.ref, "to": to.ref},
        now=now,
        make=make,
    )


@transaction.atomic
def contact_place(*, withdrawal: Withdrawal, by: User, to: Case, now: datetime) -> Draft:
    """Say of which family a contact is that was withdrawn before; there it waits as a draft for who withdrew it.

    Raises AlreadyWithdrawn when that was said already.
    """
    _placed, is_new = WithdrawalPlaced.objects.get_or_create(
        withdrawal=withdrawal, defaults={"to_ref": to.ref, "at": now}
    )
    if not is_new:
        raise AlreadyWithdrawn
    audit.record("contact.placed", case_ref=to.ref, objects=[withdrawal.contact.ref])
    return _offer(withdrawal.contact, to, by, withdrawal.reads_closed, now)


def _take_along(contact: Contact, by: User, now: datetime) -> None:
    """What came from this contact goes with it: its words, follow-ups and reminders, drafts of corrections, the dates."""
    search_forget(contact=contact)
    follow_ups = FollowUp.objects.filter(contact=contact)
    refs = list(follow_ups.values_list("ref", flat=True))
    follow_ups.filter(done_at__isnull=True).update(done_at=now, done_by=by)
    follow_ups.update(withdrawn_at=now)
    for kind in kinds.everything():
        promises_settle(kind=kind.name, refs=refs, now=now)
    Draft.objects.filter(contact=contact).delete()
    Appointment.objects.filter(contact=contact).update(contact=None)
    case_dates_refresh(case_id=contact.case_id)
    voices_reconcile(case_id=contact.case_id, now=now)
    contact_safety_lapse(contact=contact, by=by, now=now)


def _offer(contact: Contact, to: Case, by: User, reads_closed: bool, now: datetime) -> Draft:
    key = uuid4()
    fields = _fields(contact, to, reads_closed, now)
    attached = list(Attachment.objects.filter(contact=contact).order_by("pk"))
    if attached:
        fields["waiting_files"] = [str(key)]
    draft = draft_put(case=to, author=by, key=key, fields=fields, now=now)
    for row in attached:
        scope = contact.case.ref
        parts = {
            name: crypto.encrypt_bytes(to.ref, crypto.decrypt_bytes(scope, getattr(row, name)))
            for name in ("name", "original", "shown")
        }
        same = {"kind": row.kind, "size": row.size, "sha256": row.sha256}
        DraftFile.objects.create(case=to, author=by, key=key, added_at=now, **same, **parts)
    return draft


def _fields(contact: Contact, to: Case, reads_closed: bool, now: datetime) -> dict[str, list[str]]:
    """The fields of the form as the right case begins with them: who is not known there is left out."""
    there = {party.pk: party for party in parties_in(to, now)}
    took_part = ContactParticipant.objects.filter(contact=contact, version=contact.version).order_by("pk")
    known = [there[pk].ref for pk in took_part.values_list("party_id", flat=True) if pk in there]
    return {
        "body": [_text(contact, to, there, reads_closed)],
        "participants": known,
        "channel": [contact.channel],
        "outcome": [contact.outcome],
        "duration_minutes": [str(contact.duration_minutes)],
        "started_at": [f"{contact.started_at.astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}"],
        "purposes": list(contact.purposes),
    }


def _text(contact: Contact, to: Case, there: dict[int, PartyOf], reads_closed: bool) -> str:
    """The text with its marks; the words of a voice that is not of the right case become a plain quotation."""
    rows = ContactLine.objects.filter(contact=contact, version=contact.version).select_related("voice", "audience")
    ordered = list(rows.order_by("position"))
    names = {voice.party_id: voice.name for voice in voices_in(there.values())}
    readable = [row for row in ordered if reads_closed or not _is_closed(row)]
    return write([_line(row, set(there)) for row in readable], names)


def _is_closed(row: ContactLine) -> bool:
    return row.audience is not None and row.audience.circle == Circle.STEWARDS


def _line(row: ContactLine, there: set[int]) -> Line:
    closed = _is_closed(row)
    if row.voice is None or row.voice_id in there:
        return Line(row.kind, row.text, row.voice_id, closed, row.known_from)
    # Who may read it is for the writer of the draft to choose again; the words say that it was closed.
    quoted = _("%(name)s (for director and deputy only): “%(words)s”") if closed else _("%(name)s: “%(words)s”")
    return Line(LineKind.REPORT, quoted % {"name": row.voice.label, "words": row.text})

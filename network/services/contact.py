"""Logging a contact and correcting it; a correction is an addition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.choices import Circle, PartyKind
from casusregie.core.models import Audience, User
from casusregie.core.slots import FilledPart
from casusregie.core.submissions import Sent, once
from families.access import PartyOf
from families.models import Case
from network.access import parties_in, voices_in
from network.choices import ContactOutcome, LineKind
from network.lines import Line, parse
from network.models import Appointment, Contact, FollowUp
from network.services.appointment import AppointmentData, appointment_content, appointment_held, appointment_make
from network.services.dates import case_dates_refresh
from network.services.draft import draft_end
from network.services.follow_up import follow_up_promise
from network.services.reach import contact_safety_lapse
from network.services.search import search_write
from network.services.voice import voices_reconcile


class ContactChanged(Exception):
    """Somebody corrected this contact meanwhile; the page shows both texts."""


@dataclass(frozen=True)
class ContactData:
    """What a contact form says. `started_at` aware; `participants` are party references; `body` with its marks.

    `safety` holds, for participants with whom it came up, what was said of it (`SpokenSafety`); `next` is the next
    appointment that was made in it.
    """

    started_at: datetime
    channel: str
    duration_minutes: int = 0
    outcome: str = ContactOutcome.REACHED
    participants: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    body: str = ""
    follow_up_on: date | None = None
    follow_up_text: str = ""
    safety: dict[str, str] = field(default_factory=dict)
    next: AppointmentData | None = None


@dataclass(frozen=True)
class _Checked:
    lines: list[Line]
    # Who took part, in the order of choosing, each with what was said of safety ("" when nothing was).
    there: dict[int, str]
    family_took_part: bool


def contact_log(
    *,
    case: Case,
    by: User,
    data: ContactData,
    key: UUID,
    now: datetime,
    parts: Sequence[FilledPart] = (),
    appointment: Appointment | None = None,
    parties: Sequence[PartyOf] | None = None,
) -> Sent:
    """Log one contact, with what higher rooms asked on the same page (`parts`); the same form twice is one contact.

    `appointment` is what the contact is about: from now on it is held. `parties` is what `parties_in` answers, from a
    page that asked it a moment ago.

    Raises ValidationError (field → sentence) for a party of another case or a voice that is not known, and
    SameKeyOtherContent when the key was used for another text.
    """
    content = {"case": case.ref, **data.__dict__, **{f"part.{filled.part.name}": filled.content for filled in parts}}
    content["next"] = appointment_content(data=data.next, key=key) if data.next else None

    def make() -> str:
        contact = _create(case, by, data, parties_in(case, now) if parties is None else parties, now)
        if data.next:
            _next_appointment(case, by, data.next, now)
        if appointment is not None:
            appointment_held(appointment=appointment, contact=contact, now=now)
        for filled in parts:
            filled.part.save(filled.content, contact, by, now)
        draft_end(key=key, now=now)
        return f"{reverse('contact-list', args=[case.ref])}#c-{contact.ref}"

    return once(key=key, user=by, form="contact", content=content, now=now, make=make)


def _next_appointment(case: Case, by: User, data: AppointmentData, now: datetime) -> None:
    """Make the next appointment; what is wrong with it is answered at its own fields of the form of a contact."""
    try:
        appointment_make(case=case, by=by, data=data, now=now)
    except ValidationError as error:
        names = {"starts_at": "next_at", "together_reason": "next_reason"}
        raise ValidationError({names.get(name, name): words for name, words in error.message_dict.items()}) from error


def _create(case: Case, by: User, data: ContactData, parties: Sequence[PartyOf], now: datetime) -> Contact:
    checked = _check(data, parties)
    contact = Contact.objects.create(
        case=case,
        author=by,
        started_at=data.started_at,
        duration_minutes=data.duration_minutes,
        channel=data.channel,
        outcome=data.outcome,
        purposes=data.purposes,
        recorded_at=now,
    )
    _write_version(contact, checked)
    search_write(contact=contact)
    if data.follow_up_on:
        follow_up = FollowUp.objects.create(
            case=case, contact=contact, due_on=data.follow_up_on, text=data.follow_up_text, made_by=by, made_at=now
        )
        follow_up_promise(follow_up=follow_up)
    _move_dates(case, data, checked)
    heard = {*checked.there, *(line.voice_id for line in checked.lines if line.voice_id)}
    if data.outcome == ContactOutcome.REACHED and heard:
        voices_reconcile(case_id=case.pk, now=now, heard=sorted(heard))
    audit.record("contact.logged", case_ref=case.ref, objects=[contact.ref])
    return contact


@transaction.atomic
def contact_correct(
    *, contact: Contact, by: User, data: ContactData, reason: str, seen_version: int, now: datetime
) -> Contact:
    """Add a corrected version; the earlier one stays readable, with who and why.

    `seen_version` is the version the corrector had before her. Raises ContactChanged when there is a newer one,
    ValidationError as `contact_log` does, and when it was withdrawn meanwhile.
    """
    locked = Contact.objects.select_for_update(of=("self",)).select_related("case").get(pk=contact.pk)
    if locked.withdrawn_at is not None:
        raise ValidationError(
            _("A colleague found that this contact is of another family. Copy your text: it cannot be saved here.")
        )
    if locked.version != seen_version:
        raise ContactChanged
    checked = _check(data, parties_in(locked.case, now))
    locked.version += 1
    locked.started_at, locked.duration_minutes = data.started_at, data.duration_minutes
    locked.channel, locked.outcome, locked.purposes = data.channel, data.outcome, data.purposes
    locked.corrected_by_id, locked.correction_reason, locked.recorded_at = by.pk, reason, now
    _write_version(locked, checked)
    locked.save()
    search_write(contact=locked)
    case_dates_refresh(case_id=locked.case_id)
    voices_reconcile(case_id=locked.case_id, now=now)
    contact_safety_lapse(contact=locked, by=by, now=now)
    audit.record("contact.corrected", case_ref=locked.case.ref, objects=[locked.ref])
    return locked


def contact_correct_once(
    *, contact: Contact, by: User, data: ContactData, reason: str, seen_version: int, key: UUID, now: datetime
) -> Sent:
    """`contact_correct` for a form: the same form twice is one correction, and ends its draft.

    Raises what `contact_correct` raises, and SameKeyOtherContent.
    """
    content = {"contact": contact.ref, "reason": reason, "version": seen_version, **data.__dict__}

    def make() -> str:
        contact_correct(contact=contact, by=by, data=data, reason=reason, seen_version=seen_version, now=now)
        draft_end(key=key, now=now)
        return reverse("contact", args=[contact.case.ref, contact.ref])

    return once(key=key, user=by, form="correction", content=content, now=now, make=make)


def _check(data: ContactData, parties: Sequence[PartyOf]) -> _Checked:
    known = {party.ref: party for party in parties}
    strangers = [ref for ref in data.participants if ref not in known]
    if strangers:
        raise ValidationError({"participants": _("This person does not belong to this family.")})
    try:
        lines = parse(data.body, voices_in(known.values()))
    except ValidationError as error:
        raise ValidationError({"body": error.messages}) from error
    there = [known[ref] for ref in dict.fromkeys(data.participants)]
    said = {party.pk: data.safety.get(party.ref, "") for party in there}
    return _Checked(lines, said, any(party.kind == PartyKind.PERSON for party in there))


# Who was there and what was written, in one sending: a contact waits for every one of them.
_VERSION = """
    WITH there AS (
         INSERT INTO network_contactparticipant (contact_id, version, party_id, safety)
         SELECT %(contact)s, %(version)s, t.* FROM unnest(%(parties)s::bigint[], %(safety)s::text[]) t)
    INSERT INTO network_contactline (contact_id, version, position, kind, voice_id, text, known_from, audience_id)
    SELECT %(contact)s, %(version)s, t.place - 1, t.kind, t.voice, t.text, t.known, t.audience
      FROM unnest(%(kinds)s::text[], %(voices)s::bigint[], %(texts)s::text[], %(known)s::text[], %(audiences)s::bigint[])
           WITH ORDINALITY t(kind, voice, text, known, audience, place)
"""


def _write_version(contact: Contact, checked: _Checked) -> None:
    shared, lines = _audiences(contact.case.ref, checked.lines), checked.lines
    asked: dict[str, Any] = {
        "contact": contact.pk,
        "version": contact.version,
        "parties": list(checked.there),
        "safety": [str(said) for said in checked.there.values()],
        "kinds": [str(line.kind) for line in lines],
        "voices": [line.voice_id for line in lines],
        "texts": [line.text for line in lines],
        "known": [line.known_from for line in lines],
        "audiences": [
            shared.get(Circle.STEWARDS if line.closed else Circle.TEAM) if line.voice_id else None for line in lines
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, asked)


def _audiences(scope: str, lines: list[Line]) -> dict[str, int]:
    """The case's two shared readerships for statements, made when first needed."""
    needed = {Circle.STEWARDS if line.closed else Circle.TEAM for line in lines if line.kind == LineKind.STATEMENT}
    if not needed:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [scope])
        found: dict[str, int] = dict(cursor.fetchall())
    missing = sorted(needed - found.keys())
    return found | {circle: Audience.objects.create(scope=scope, circle=circle).pk for circle in missing}


# The oldest readership of each circle that names nobody.
_SHARED = """
    SELECT a.circle, min(a.id) FROM core_audience a
     WHERE a.scope = %s AND NOT EXISTS (SELECT FROM core_audiencereader r WHERE r.audience_id = a.id) GROUP BY a.circle
"""


def _move_dates(case: Case, data: ContactData, checked: _Checked) -> None:
    """Move the sorting dates of the case forward; only somebody of the family who was reached counts as contact."""
    spoken = data.started_at if data.outcome == ContactOutcome.REACHED and checked.family_took_part else None
    if spoken or data.follow_up_on:
        with connection.cursor() as cursor:
            # The greatest and the least of a date and nothing is that date: what was not said changes nothing.
            cursor.execute(
                "UPDATE families_case SET last_contact_at = greatest(last_contact_at, %s::timestamptz),"
                " next_due_on = least(next_due_on, %s::date) WHERE id = %s",
                [spoken, data.follow_up_on, case.pk],
            )

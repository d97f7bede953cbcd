"""What a contact says of the ways by which it went: safe or not, and no more when it is corrected or withdrawn."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import dates
from casusregie.core.models import User
from families.models import Person, SafeContact
from families.services import safe_answers_lapse, safe_contact_answer
from network.choices import ContactOutcome
from network.models import Contact, ContactParticipant
from network.selectors.reach import WAYS


@transaction.atomic
def contact_was_safe(*, contact: Contact, person: Person, way_id: int, safe: str, by: User, now: datetime) -> None:
    """Note that a way by which somebody was reached in a contact was safe, or not; the same again changes nothing.

    Raises ValidationError for an attempt (nobody was reached, so nothing showed), for who did not take part, and for a
    way by which this contact did not go.
    """
    locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if locked.outcome != ContactOutcome.REACHED or locked.withdrawn_at is not None:
        raise ValidationError(_("Nobody was reached, so it does not show whether this was safe."))
    if way_id not in _ways(locked, person):
        raise ValidationError(_("This contact did not go by that way."))
    said_on = dates.day_of(locked.started_at)
    safe_contact_answer(person=person, way_id=way_id, safe=safe, said_on=said_on, by=by, now=now, source=locked.ref)


def contact_safety_lapse(*, contact: Contact, by: User, now: datetime) -> None:
    """After a correction or a withdrawal: what it said of ways by which it did not go after all counts no more."""
    stands = contact.withdrawn_at is None and contact.outcome == ContactOutcome.REACHED
    safe_answers_lapse(
        case=contact.case,
        source=contact.ref,
        keep=_ways(contact) if stands else set(),
        said_on=dates.day_of(contact.started_at),
        by=by,
        now=now,
    )


def _ways(contact: Contact, person: Person | None = None) -> set[int]:
    """The ways of who took part (or of one of them) by which a contact of this channel goes."""
    there = ContactParticipant.objects.filter(contact=contact, version=contact.version)
    ways = SafeContact.objects.filter(
        channel=WAYS.get(contact.channel, "-"), person__party__in=there.values("party"), person__case=contact.case_id
    )
    return set((ways.filter(person=person) if person else ways).values_list("pk", flat=True))

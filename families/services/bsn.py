"""Citizen service numbers: noted, changed, and looked at with a reason. Never in a log, a search or an address."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto
from casusregie.core.models import User
from casusregie.core.submissions import once
from families.choices import NumberAct, NumberReason
from families.models import CitizenNumber, CitizenNumberEvent, Person
from families.numbers import NotANumber, number_of
from families.selectors.about import number_code


@transaction.atomic
def number_note(*, person: Person, number: str, by: User, now: datetime) -> CitizenNumber:
    """Note or change somebody's number. A wrong one is written over, because it is another human's.

    Raises ValidationError for who gets no help through the municipality and for what is no number.
    """
    row = Person.objects.select_for_update(of=("self",)).select_related("case", "party").get(pk=person.pk)
    if not row.gets_help:
        raise ValidationError(
            {"number": _("Only of somebody who gets help under the Jeugdwet or the Wmo. First say that she does.")}
        )
    try:
        digits = number_of(number, takes_test_numbers=settings.DEMO)
    except NotANumber as error:
        raise ValidationError({"number": str(error)}) from error
    scope = row.case.ref
    values = {"value": crypto.encrypt(scope, digits), "code": number_code(scope, digits, crypto.derived_key("bsn"))}
    kept, made = CitizenNumber.objects.update_or_create(person=row, defaults=values)
    act = NumberAct.NOTED if made else NumberAct.CHANGED
    CitizenNumberEvent.objects.create(person=row, act=act, by=by, at=now)
    audit.record(f"bsn.{act}", case_ref=scope, objects=[row.party.ref])
    return kept


def number_show(*, person: Person, reason: str, words: str, by: User, key: UUID, now: datetime) -> str:
    """The number, once, to somebody who says why; empty when this form was answered already.

    Raises ValidationError when there is no number or nothing was said, and SameKeyOtherContent.
    """
    words = words.strip()
    kept = CitizenNumber.objects.filter(person=person).first()
    if kept is None:
        raise ValidationError(_("There is no number to show."))
    if reason not in NumberReason.values:
        raise ValidationError({"reason": _("Choose why you need the number.")})
    if reason == NumberReason.OTHER and len(words) < 10:
        raise ValidationError({"words": _("Write the reason in a sentence.")})
    if sum(sign.isdigit() for sign in words) >= 8:
        raise ValidationError({"words": _("No numbers here: who reads the history does not see the number.")})
    case = person.case

    def make() -> str:
        CitizenNumberEvent.objects.create(person=person, act=NumberAct.SHOWN, reason=reason, words=words, by=by, at=now)
        audit.record("bsn.shown", case_ref=case.ref, objects=[person.party.ref], ground=reason)
        return reverse("person-bsn", args=[case.ref, person.party.ref])

    content = {"person": person.pk, "reason": reason, "words": words}
    sent = once(key=key, user=by, form="bsn", content=content, now=now, make=make)
    return crypto.decrypt(case.ref, kept.value) if sent.new else ""

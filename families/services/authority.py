"""Noting who has authority over a child, and who decides for somebody who cannot."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from families.asked import ADULT, TOGETHER, recognised_in_time
from families.choices import AuthorityBasis, AuthoritySource, AuthorityStatus, RepresentationKind
from families.models import Authority, Person, Representation
from families.selectors.authority import ages


@dataclass(frozen=True)
class AuthorityData:
    """What a form says of authority over a child; days are local dates, `since` empty when it was always so."""

    status: str
    checked_on: date | None = None
    checked_where: str = ""
    source: str = ""
    basis: str = ""
    part: str = ""
    since: date | None = None
    until: date | None = None
    replaced_on: date | None = None


@transaction.atomic
def authority_note(
    *, child: Person, holder: Person | None, by: User, data: AuthorityData, now: datetime, body: str = ""
) -> Authority:
    """Note whether somebody (or an organisation, `body`) has authority over a child; what was noted before stays.

    Raises ValidationError (field → sentence) for what cannot be: somebody of another case, authority over an adult, a
    known authority without its check, and the traps of domain.md (b): recognition before 2023, a marriage that was
    looked for in the register.
    """
    _who(child, holder, body, clock.local_date(now))
    _traps(data)
    row = Authority.objects.create(
        child=child,
        holder=holder,
        body=body,
        status=data.status,
        basis=data.basis,
        part=data.part,
        since=data.since,
        until=data.until,
        replaced_on=data.replaced_on,
        checked_on=data.checked_on,
        source=data.source,
        checked_where=data.checked_where,
        noted_by=by,
        noted_at=now,
    )
    objects = [child.party.ref, *([holder.party.ref] if holder else [])]
    audit.record("authority.noted", case_ref=child.case.ref, objects=objects)
    return row


def _who(child: Person, holder: Person | None, body: str, today: date) -> None:
    if (holder is None) == (not body):
        raise ValidationError({"holder": _("Choose somebody of the family, or name one organisation.")})
    if holder is not None and child.case_id != holder.case_id:
        raise ValidationError({"holder": _("This person does not belong to this family.")})
    if holder is not None and child.pk == holder.pk:
        raise ValidationError({"holder": _("Choose two different persons.")})
    youngest, _oldest = ages(child.birth_date, child.birth_precision, today)
    if youngest is not None and youngest >= ADULT:
        raise ValidationError({"status": _("Nobody has authority over somebody who is of age.")})


def _traps(data: AuthorityData) -> None:
    if data.status == AuthorityStatus.UNKNOWN:
        return
    if not (data.checked_on and data.checked_where):
        raise ValidationError(
            {"checked_where": _("Say when and where this was checked, or leave it as not known yet.")}
        )
    if data.status == AuthorityStatus.PART and not data.part:
        raise ValidationError(
            {"part": _("Say which part: for instance medical treatment, or registering at a school.")}
        )
    has = data.status == AuthorityStatus.YES
    if has and data.basis == AuthorityBasis.RECOGNITION and not recognised_in_time(data.since):
        raise ValidationError(
            {
                "basis": _(
                    "Recognition gives authority by itself only from 1 January 2023 on. Fill in from when, or look in"
                    " the authority register whether it was asked for together."
                )
            }
        )
    if not has and data.basis == AuthorityBasis.MARRIAGE and data.source == AuthoritySource.REGISTER:
        raise ValidationError(
            {
                "source": _(
                    "Authority by marriage does not stand in the authority register: not finding it there proves"
                    " nothing. Look in the BRP."
                )
            }
        )


@transaction.atomic
def representation_note(
    *,
    person: Person,
    by: User,
    kind: str,
    name: str,
    since: date,
    until: date | None,
    checked_where: str,
    now: datetime,
) -> Representation:
    """Note that somebody cannot weigh a decision, or who decides for her, and who says so.

    Raises ValidationError when a mentor or curator has no name, for one of a child (from eighteen; asked for a year
    before), and for a child under twelve, for whom others decide anyway.
    """
    if kind != RepresentationKind.LACKS_CAPACITY and not name:
        raise ValidationError({"name": _("Name the mentor or curator.")})
    if until and until < since:
        raise ValidationError({"until": _("The last day is before the first.")})
    _at_an_age(person, kind, since)
    row = Representation.objects.create(
        person=person,
        kind=kind,
        name=name,
        since=since,
        until=until,
        checked_where=checked_where,
        noted_by=by,
        noted_at=now,
    )
    audit.record("representation.noted", case_ref=person.case.ref, objects=[person.party.ref])
    return row


def _at_an_age(person: Person, kind: str, since: date) -> None:
    _least, most = ages(person.birth_date, person.birth_precision, since)
    if most is None:
        return
    if most < TOGETHER:
        raise ValidationError({"person": _("Under twelve others decide already: note who has authority.")})
    if kind != RepresentationKind.LACKS_CAPACITY and most < ADULT - 1:
        raise ValidationError({"kind": _("A mentor or curator is for adults. Note who has authority over this child.")})

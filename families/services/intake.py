"""How a family came, what was weighed, who was spoken to alone, where direction lies: rows are only added."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.models import User
from families.models import Case, Direction, KnownQuestion, Person, PositionNote, Referral, SpokenAlone, Weighing


@dataclass(frozen=True)
class ReferralData:
    """What a form says of who came with a family; days are local dates."""

    source: str
    question: str
    received_on: date
    spoken_with: str = ""
    spoken_on: date | None = None
    conditions: str = ""
    watched_by: str = ""
    watched_until: date | None = None


@dataclass(frozen=True)
class WeighingData:
    """What was weighed: kinds of violence, between whom, what was tried, whether a director is needed and why."""

    violence: list[str]
    between: list[str]
    needs_director: bool
    why: str
    tried: str = ""


@transaction.atomic
def referral_note(*, case: Case, by: User, data: ReferralData, now: datetime) -> Referral:
    """Note who came with this family. Raises ValidationError for a talk before it was received or an end before it."""
    if data.watched_until and data.watched_until < data.received_on:
        raise ValidationError({"watched_until": _("This is before it was received.")})
    row = Referral.objects.create(case=case, noted_by=by, noted_at=now, **data.__dict__)
    audit.record("referral.noted", case_ref=case.ref, objects=[row.ref])
    return row


@transaction.atomic
def weighing_note(*, case: Case, by: User, data: WeighingData, now: datetime) -> Weighing:
    """Note what was weighed; the newest counts and the earlier stay."""
    row = Weighing.objects.create(case=case, noted_by=by, noted_at=now, **data.__dict__)
    audit.record("weighing.noted", case_ref=case.ref)
    return row


@transaction.atomic
def position_note(
    *, person: Person, by: User, position: str, pattern: str, since: date, until: date | None, now: datetime
) -> PositionNote:
    """Note in which position somebody is in one pattern, in a period. Raises ValidationError for an end before it."""
    if until and until < since:
        raise ValidationError({"until": _("The last day is before the first.")})
    row = PositionNote.objects.create(
        person=person, position=position, pattern=pattern, since=since, until=until, noted_by=by, noted_at=now
    )
    audit.record("position.noted", case_ref=person.case.ref, objects=[person.party.ref])
    return row


@transaction.atomic
def spoken_alone_note(*, person: Person, by: User, on: date, wish: str, is_at_risk: bool, now: datetime) -> SpokenAlone:
    """Note that an adult was spoken to alone and what she wants; the newest counts."""
    row = SpokenAlone.objects.create(person=person, on=on, wish=wish, is_at_risk=is_at_risk, noted_by=by, noted_at=now)
    audit.record("spoken_alone.noted", case_ref=person.case.ref, objects=[person.party.ref])
    return row


@transaction.atomic
def direction_note(
    *, case: Case, by: User, at: str, since: date, decides: str, returns_on: date | None, now: datetime
) -> Direction:
    """Note where formal direction lies from a day on. Raises ValidationError when it would return before that."""
    if returns_on and returns_on < since:
        raise ValidationError({"returns_on": _("The last day is before the first.")})
    row = Direction.objects.create(
        case=case, at=at, since=since, decides=decides, returns_on=returns_on, noted_by=by, noted_at=now
    )
    audit.record("direction.noted", case_ref=case.ref)
    return row


@transaction.atomic
def known_question_note(*, case: Case, by: User, asked_by: str, answer: str, now: datetime) -> KnownQuestion:
    """Note that somebody asked whether this family is known, and what was answered; no content."""
    row = KnownQuestion.objects.create(case=case, asked_by=asked_by, answer=answer, at=now, by=by)
    audit.record("known_question.noted", case_ref=case.ref)
    return row

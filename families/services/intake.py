"""How a family came, what was weighed, who was spoken to alone, where direction lies: rows are only added."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.reminders.services import promise_make
from families.choices import KnownAnswer
from families.models import Case, Direction, KnownQuestion, Person, PositionNote, Referral, SpokenAlone, Weighing

WATCH_ENDS, DIRECTION_RETURNS = "watch-ends", "direction-returns"
_MORNING = time(8, 0)


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
    """Note who came with this family; on the last day of who keeps watching somebody is told.

    Raises ValidationError for an end before it was received, and for an end without who it is.
    """
    if data.watched_until and not data.watched_by:
        raise ValidationError({"watched_by": _("Say who keeps watching until then.")})
    if data.spoken_on and not data.spoken_with:
        raise ValidationError({"spoken_with": _("Say with whom it was talked through.")})
    if data.watched_until and data.watched_until < data.received_on:
        raise ValidationError({"watched_until": _("This is before it was received.")})
    row = Referral.objects.create(case=case, noted_by=by, noted_at=now, **data.__dict__)
    if row.watched_until:
        due_at = datetime.combine(row.watched_until, _MORNING, clock.LOCAL)
        promise_make(kind=WATCH_ENDS, ref=row.ref, case_ref=case.ref, due_at=due_at)
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
    """Note where formal direction lies from a day on; on the day on which it comes back somebody is told.

    Raises ValidationError when it would return before it began.
    """
    if returns_on and returns_on < since:
        raise ValidationError({"returns_on": _("The last day is before the first.")})
    row = Direction.objects.create(
        case=case, at=at, since=since, decides=decides, returns_on=returns_on, noted_by=by, noted_at=now
    )
    if row.returns_on:
        due_at = datetime.combine(row.returns_on, _MORNING, clock.LOCAL)
        promise_make(kind=DIRECTION_RETURNS, ref=direction_key(row), case_ref=case.ref, due_at=due_at)
    audit.record("direction.noted", case_ref=case.ref)
    return row


def direction_key(row: Direction) -> str:
    """By which reference a promise knows this row."""
    return f"{row.case.ref}.{row.pk}"


@transaction.atomic
def known_question_note(*, case: Case | None, by: User, asked_by: str, answer: str, now: datetime) -> KnownQuestion:
    """Note that somebody asked whether a family is known, and what was answered; no content.

    `case` is None for a family that is not among one's own: of it nothing can have been said, so `answer` is not used.
    """
    answer = answer if case is not None else KnownAnswer.NOTHING
    row = KnownQuestion.objects.create(case=case, asked_by=asked_by, answer=answer, at=now, by=by)
    audit.record("known_question.noted", case_ref=case.ref if case is not None else "")
    return row

"""Emotional lines and pregnancies; ending and taking back a tie; opening one for somebody's own version."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, AudienceReader, Party, User
from casusregie.core.submissions import Sent, once
from families.choices import DIRECTED_LINES, PregnancyOutcome
from families.models import (
    Arrangement,
    Case,
    Condition,
    EmotionalLine,
    HouseholdMember,
    KeepApart,
    Person,
    Pregnancy,
    Relation,
)
from families.services.home import homes_follow

Tied = Relation | EmotionalLine | Pregnancy | HouseholdMember | Arrangement | Condition | KeepApart
_MONTHS_TEN = timedelta(days=310)


@dataclass(frozen=True)
class LineData:
    """What goes on between two persons, since when, in whose view, and how that is known."""

    kind: str
    view: int
    since: date | None = None
    until: date | None = None
    source: str = ""


@transaction.atomic
def line_add(*, case: Case, by: User, one: Person, other: Person, data: LineData, now: datetime) -> EmotionalLine:
    """Note an emotional line; without a direction the order of the two does not matter.

    Raises ValidationError for one person twice, somebody of another case, an end before its beginning, or the same
    line in the same view that runs already.
    """
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if {one.case_id, other.case_id} != {case.pk}:
        raise ValidationError({"other": _("This person does not belong to this family.")})
    if data.since and data.until and data.until < data.since:
        raise ValidationError({"until": _("This is before the beginning.")})
    if data.kind not in DIRECTED_LINES and one.pk > other.pk:
        one, other = other, one
    try:
        with transaction.atomic():
            line = EmotionalLine.objects.create(
                case=case,
                one=one,
                other=other,
                kind=data.kind,
                view_id=data.view,
                since=data.since,
                until=data.until,
                source=data.source,
                noted_by=by,
                noted_at=now,
            )
    except IntegrityError as error:
        raise ValidationError({"kind": _("This line is noted already, in the same view.")}) from error
    audit.record("line.added", case_ref=case.ref, objects=[one.party.ref, other.party.ref])
    return line


def line_add_once(
    *, case: Case, by: User, one: Person, other: Person, data: LineData, key: UUID, now: datetime
) -> Sent:
    """`line_add` for a form: the same form twice is one line. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        line_add(case=case, by=by, one=one, other=other, data=data, now=now)
        return reverse("genogram", args=[case.ref])

    content = {"case": case.ref, "one": one.pk, "other": other.pk, **asdict(data)}
    return once(key=key, user=by, form="line", content=content, now=now, make=make)


@dataclass(frozen=True)
class PregnancyData:
    """What is known of a pregnancy; the day is the one it is expected on, or on which it ended."""

    outcome: str = PregnancyOutcome.EXPECTED
    due_on: date | None = None
    source: str = ""


@transaction.atomic
def pregnancy_add(
    *, case: Case, by: User, carrier: Person, other: Person | None, data: PregnancyData, now: datetime
) -> Pregnancy:
    """Note a pregnancy, or one that ended. Raises ValidationError for one person twice or a day that cannot be."""
    if other is not None and other.pk == carrier.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    today = clock.local_date(now)
    expected = data.outcome == PregnancyOutcome.EXPECTED
    if data.due_on and expected and not today - timedelta(days=45) <= data.due_on <= today + _MONTHS_TEN:
        raise ValidationError({"due_on": _("A child is born within ten months. Check the day.")})
    if data.due_on and not expected and data.due_on > today:
        raise ValidationError({"due_on": _("This day is still to come.")})
    if data.due_on and carrier.birth_date and data.due_on < carrier.birth_date:
        raise ValidationError({"due_on": _("She was not born yet on this day.")})
    row = Pregnancy.objects.create(case=case, carrier=carrier, other=other, noted_by=by, noted_at=now, **asdict(data))
    audit.record("pregnancy.added", case_ref=case.ref, objects=[carrier.party.ref])
    return row


def pregnancy_add_once(
    *, case: Case, by: User, carrier: Person, other: Person | None, data: PregnancyData, key: UUID, now: datetime
) -> Sent:
    """`pregnancy_add` for a form: the same form twice is one. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        pregnancy_add(case=case, by=by, carrier=carrier, other=other, data=data, now=now)
        return reverse("genogram", args=[case.ref])

    content = {"case": case.ref, "carrier": carrier.pk, "other": other.pk if other else None, **asdict(data)}
    return once(key=key, user=by, form="pregnancy", content=content, now=now, make=make)


@transaction.atomic
def tie_end(*, tie: Tied, case: Case, by: User, until: date, now: datetime, how: str = "") -> None:
    """Let a tie end on a day; it stays readable in the history. Raises ValidationError for an end before its beginning.

    `how` is how a couple ended.
    """
    since = getattr(tie, "since", None)
    if since and until < since:
        raise ValidationError({"until": _("This is before the beginning.")})
    tie.until = until
    fields = ["until"]
    if isinstance(tie, Relation):
        tie.ended_how = how
        fields.append("ended_how")
    tie.save(update_fields=fields)
    _follow(tie, now)
    audit.record(f"{type(tie).__name__.lower()}.ended", case_ref=case.ref, objects=[str(tie.pk)])


@transaction.atomic
def tie_withdraw(*, tie: Tied, case: Case, by: User, why: str, now: datetime) -> None:
    """Take back a tie that was never so: it leaves the drawing and stays in the history, with who and why.

    Raises ValidationError when nothing is said of why, or when it was taken back already.
    """
    if not why.strip():
        raise ValidationError({"why": _("Say why it is taken back.")})
    changed = (
        type(tie)
        .objects.filter(pk=tie.pk, withdrawn_at__isnull=True)
        .update(withdrawn_at=now, withdrawn_by=by, withdrawn_why=why.strip())
    )
    if not changed:
        raise ValidationError(_("This was taken back already."))
    _follow(tie, now)
    audit.record(f"{type(tie).__name__.lower()}.withdrawn", case_ref=case.ref, objects=[str(tie.pk)])


def _follow(tie: Tied, now: datetime) -> None:
    """After a home ended or was taken back: who lives in the household is read anew."""
    if isinstance(tie, HouseholdMember):
        homes_follow(today=clock.local_date(now), people=[tie.person])


@transaction.atomic
def tie_open(*, item: Tied | Person, case: Case, by: User, reader: Party, now: datetime) -> None:
    """Mark that one reader of the family may know this, from now on; it stands in that reader's version."""
    audience = item.known_to
    if audience is None:
        audience = Audience.objects.create(scope=case.ref, circle=Circle.STEWARDS)
        item.known_to = audience
        item.save(update_fields=["known_to"])
    if reader.pk not in audience.named(now):
        AudienceReader.objects.create(audience=audience, party=reader, since=now)
    audit.record("genogram.opened", case_ref=case.ref, objects=[reader.ref, f"{type(item).__name__}:{item.pk}"])


@transaction.atomic
def tie_close(*, item: Tied | Person, case: Case, by: User, reader: Party, now: datetime) -> None:
    """Take somebody's leave to know this back; what she was shown before stays shown."""
    if item.known_to is not None:
        open_now = AudienceReader.objects.filter(audience=item.known_to, party=reader, until__isnull=True)
        open_now.filter(since__lt=now).update(until=now)
        open_now.delete()
    audit.record("genogram.closed", case_ref=case.ref, objects=[reader.ref, f"{type(item).__name__}:{item.pk}"])

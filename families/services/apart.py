"""Keeping two persons of a family apart: by choice, by agreement, or because somebody decided it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.choices import BANS, ApartKind
from families.models import Case, KeepApart, Person
from families.selectors.apart import running_apart
from families.selectors.authority import ages

ADULT = 18
# A home ban lasts ten days and at most four weeks from the moment it takes effect (Wth 2 and 9; domain.md, corrections).
_FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True)
class Decision:
    """What keeps two persons apart: of what kind, who decided it, from when, and its own end with the hour."""

    kind: str = ApartKind.OWN
    body: str = ""
    since: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    source: str = ""


# Nobody decided it: the director keeps them apart, from today on.
BY_CHOICE = Decision()


@transaction.atomic
def apart_note(
    *,
    case: Case,
    by: User,
    one: Person,
    other: Person,
    reason: str,
    now: datetime,
    until: date | None = None,
    decision: Decision = BY_CHOICE,
) -> KeepApart:
    """Note that two persons of a case may not meet; of a ban `one` may not come near `other`, else their order is nothing.

    Raises ValidationError for one person twice, a day that has passed, a pair that is kept apart by the same already, a
    ban without who decided it, and a home ban over a child, without its hours or longer than four weeks.
    """
    if one.pk == other.pk:
        raise ValidationError({"other": _("Choose two different persons.")})
    if {one.case_id, other.case_id} != {case.pk}:
        raise ValidationError({"other": _("This person does not belong to this family.")})
    _check_decision(one, decision)
    since, until = _days(decision, until, now)
    if decision.kind not in BANS:
        one, other = sorted((one, other), key=lambda person: person.pk)
    # One at a time, so that two at once do not note it twice.
    Case.objects.select_for_update().filter(pk=case.pk).first()
    pair = Q(one=one, other=other) if decision.kind in BANS else Q(one=one, other=other) | Q(one=other, other=one)
    if KeepApart.objects.filter(pair, running_apart(now), case=case, kind=decision.kind).exists():
        raise ValidationError({"other": _("These two are kept apart already.")})
    columns = {**asdict(decision), "reason": reason, "since": since, "until": until}
    row = KeepApart.objects.create(case=case, one=one, other=other, noted_by=by, noted_at=now, **columns)
    audit.record("kept_apart.noted", case_ref=case.ref, objects=[one.party.ref, other.party.ref])
    return row


def _check_decision(one: Person, data: Decision) -> None:
    if data.kind in BANS and not data.body:
        raise ValidationError({"body": _("Say who decided it: the mayor, the court, the public prosecutor.")})
    if data.starts_at and data.ends_at and data.ends_at <= data.starts_at:
        raise ValidationError({"ends_at": _("This is before the beginning.")})
    if data.kind == ApartKind.HOME_BAN:
        home_ban_check(one, data)


def home_ban_check(one: Person, data: Decision) -> None:
    """Raise ValidationError at its field for a home ban over a child, without its hours, or of more than four weeks."""
    if data.starts_at is None:
        raise ValidationError({"starts_at": _("Fill in when the home ban takes effect, as the decision says.")})
    if data.ends_at is None:
        raise ValidationError({"ends_at": _("Fill in the end that the decision itself gives, with its hour.")})
    start, end = (at.astimezone(clock.LOCAL).replace(tzinfo=None) for at in (data.starts_at, data.ends_at))
    if end > start + _FOUR_WEEKS:
        raise ValidationError(
            {"ends_at": _("A home ban lasts four weeks at most from the moment it takes effect. Check the decision.")}
        )
    youngest, oldest = ages(one.birth_date, one.birth_precision, start.date())
    if oldest is not None and oldest < ADULT:
        raise ValidationError({"one": _("A home ban can only be given to somebody who is of age.")})


def _days(data: Decision, until: date | None, now: datetime) -> tuple[date, date | None]:
    """From and until which day it counts: what the decision says, else from today on."""
    today = clock.local_date(now)
    since = data.since or (clock.local_date(data.starts_at) if data.starts_at else today)
    if data.ends_at and data.ends_at <= now:
        raise ValidationError({"ends_at": _("This has ended already. Choose a later moment.")})
    until = until or (clock.local_date(data.ends_at) if data.ends_at else None)
    if until and until < today:
        raise ValidationError({"until": _("This day has passed. Choose today or later.")})
    if until and until < since:
        raise ValidationError({"until": _("This is before the beginning.")})
    return since, until


def apart_note_once(
    *,
    case: Case,
    by: User,
    one: Person,
    other: Person,
    reason: str,
    until: date | None,
    key: UUID,
    now: datetime,
    decision: Decision = BY_CHOICE,
) -> Sent:
    """`apart_note` for a form: the same form twice is one note. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        apart_note(case=case, by=by, one=one, other=other, reason=reason, until=until, decision=decision, now=now)
        return f"{reverse('family', args=[case.ref])}#apart"

    content = {"case": case.ref, "one": one.pk, "other": other.pk, "reason": reason, "until": until, **asdict(decision)}
    return once(key=key, user=by, form="apart", content=content, now=now, make=make)


@transaction.atomic
def apart_end(*, case: Case, by: User, row_id: int, now: datetime) -> None:
    """Say that two persons may meet again as of today; that they were kept apart stays. Raises ValidationError."""
    row = KeepApart.objects.select_for_update().filter(case=case, pk=row_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise ValidationError(_("This is not known here any more."))
    today = clock.local_date(now)
    if row.since >= today:
        # Noted today by mistake: it never counted a whole day.
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = now, by, _("Ended on the day it began.")
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    elif row.until is None or row.until >= today:
        row.until = today - timedelta(days=1)
        row.save(update_fields=["until"])
    parties = Person.objects.filter(pk__in=[row.one_id, row.other_id]).values_list("party__ref", flat=True)
    audit.record("kept_apart.ended", case_ref=case.ref, objects=parties)

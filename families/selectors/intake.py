"""The intake of a case: who came with it, what was weighed, who was spoken to alone, where direction lies."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from casusregie.core import clock, dates
from families.access import CaseAccess
from families.choices import (
    BANS,
    PLACES,
    AskedBy,
    Between,
    DirectionAt,
    KnownAnswer,
    Position,
    ReferralSource,
    ViolenceType,
    Wish,
    WorkingForm,
)
from families.models import (
    Case,
    ConfidentialFact,
    Direction,
    KeepApart,
    KnownQuestion,
    Person,
    PositionNote,
    Referral,
    Weighing,
)
from families.selectors.apart import running_apart
from families.selectors.together import is_now, notes_that_count, spoken_alone
from families.together import Adult, missing_for_together, reasons_apart


@dataclass(frozen=True)
class ConditionView:
    """What must hold for safety, and from whom it comes; empty when nobody said."""

    text: str
    source: str


@dataclass(frozen=True)
class ReferralView:
    """Who came with this family, in words."""

    source: str
    question: str
    received: str
    spoken: str
    conditions: list[ConditionView]
    watched: str
    # Nobody keeps watch any more by what this says.
    watch_is_over: bool


@dataclass(frozen=True)
class WeighingView:
    """What was weighed, in words."""

    violence: list[str]
    between: list[str]
    tried: str
    needs_director: bool
    why: str
    when: str


@dataclass(frozen=True)
class SpokenView:
    """An adult, and what she said alone."""

    ref: str
    name: str
    words: str
    is_at_risk: bool


@dataclass(frozen=True)
class PositionView:
    """Somebody's position in one pattern, in a period."""

    name: str
    position: str
    pattern: str
    period: str
    is_now: bool
    # A later note of the same position in the same pattern says it otherwise.
    is_revised: bool


@dataclass(frozen=True)
class DirectionView:
    """Where formal direction lies or lay."""

    at: str
    since: str
    decides: str
    returns: str
    is_now: bool


@dataclass(frozen=True)
class IntakeView:
    """The whole page."""

    referrals: list[ReferralView]
    weighing: WeighingView | None
    working_form: str
    # Chosen to work together, and not all of what that asks is so any more: until it is, this works as apart.
    falls_apart: bool
    reasons_apart: list[str]
    missing: list[str]
    adults: list[SpokenView]
    positions: list[PositionView]
    directions: list[DirectionView]
    questions: list[str]


def intake(access: CaseAccess, now: datetime) -> IntakeView:
    """The intake of one case; a fixed number of queries (ten), whatever its length."""
    case, today = access.case, clock.local_date(now)
    weighing = Weighing.objects.filter(case=case).order_by("-pk").first()
    spoken = spoken_alone(case, today)
    adults = [adult for _person, adult, _on in spoken]
    missing = missing_for_together(adults)
    return IntakeView(
        referrals=_referrals(case, today),
        weighing=_weighing(weighing, today) if weighing else None,
        working_form=str(WorkingForm(case.working_form).label),
        falls_apart=case.working_form == WorkingForm.JOINT and bool(missing),
        reasons_apart=_reasons(access, weighing, adults, now),
        missing=missing,
        adults=[_spoken_view(*row) for row in spoken],
        positions=_positions(case, today),
        directions=_directions(case, today),
        questions=_questions(case, today),
    )


def _spoken_view(person: Person, adult: Adult, on: date | None) -> SpokenView:
    words = f"{Wish(adult.wish).label}, {dates.long(on)}" if on else ""
    return SpokenView(person.party.ref, adult.name, words, adult.is_at_risk)


def _reasons(access: CaseAccess, weighing: Weighing | None, adults: list[Adult], now: datetime) -> list[str]:
    kinds = set(KeepApart.objects.filter(running_apart(now), case=access.case).values_list("kind", flat=True))
    # That there is a hidden address is for director and deputy only.
    places = ConfidentialFact.objects.filter(case=access.case, kind__in=PLACES, ended_at__isnull=True)
    hidden = access.is_steward and places.exists()
    return reasons_apart(
        weighing.violence if weighing else [],
        weighing.between if weighing else [],
        adults,
        kept_apart=bool(kinds - BANS),
        hidden=hidden,
        bans=kinds & BANS,
    )


# A condition ends with from whom it comes, as a fact in a contact does: "(bron: Veilig Thuis)".
_SOURCE = re.compile(r"^(?P<text>.*?)\s*\((?:bron|source):\s*(?P<source>[^()]+)\)[\s.]*$", re.IGNORECASE)


def _condition(line: str) -> ConditionView:
    found = _SOURCE.match(line)
    return ConditionView(found["text"], found["source"].strip()) if found else ConditionView(line, "")


def _referrals(case: Case, today: date) -> list[ReferralView]:
    """Newest day first; who keeps watching is asked of what was noted last."""
    rows = list(Referral.objects.filter(case=case).order_by("-received_on", "-pk"))
    last = max((row.pk for row in rows), default=0)
    return [
        _referral(row, row.pk == last and row.watched_until is not None and row.watched_until < today) for row in rows
    ]


def _referral(row: Referral, watch_is_over: bool) -> ReferralView:
    spoken = row.spoken_with
    if spoken and row.spoken_on:
        spoken = f"{spoken}, {dates.long(row.spoken_on)}"
    watched = row.watched_by
    if watched and row.watched_until:
        watched = _("%(who)s, until and including %(day)s") % {"who": watched, "day": dates.long(row.watched_until)}
    return ReferralView(
        str(ReferralSource(row.source).label),
        row.question,
        dates.long(row.received_on),
        spoken,
        [_condition(line.strip()) for line in row.conditions.splitlines() if line.strip()],
        watched,
        watch_is_over,
    )


def _weighing(row: Weighing, today: date) -> WeighingView:
    return WeighingView(
        [str(ViolenceType(kind).label) for kind in row.violence],
        [str(Between(kind).label) for kind in row.between],
        row.tried,
        row.needs_director,
        row.why,
        dates.short(dates.day_of(row.noted_at), today),
    )


def _positions(case: Case, today: date) -> list[PositionView]:
    rows = list(PositionNote.objects.filter(person__case=case).select_related("person").order_by("-since", "-pk"))
    counting = {row.pk for row in notes_that_count(rows)}
    return [
        PositionView(
            row.person.name.full,
            str(Position(row.position).label),
            row.pattern,
            _period(row.since, row.until),
            row.pk in counting and is_now(row, today),
            row.pk not in counting,
        )
        for row in rows[:100]
    ]


def _period(since: date, until: date | None) -> str:
    return f"{dates.long(since)} – {dates.long(until) if until else '…'}"


def _directions(case: Case, today: date) -> list[DirectionView]:
    rows = list(Direction.objects.filter(case=case).order_by("-since", "-pk")[:50])
    running = next((row.pk for row in rows if row.since <= today), None)
    return [
        DirectionView(
            str(DirectionAt(row.at).label),
            dates.long(row.since),
            row.decides,
            dates.long(row.returns_on) if row.returns_on else "",
            row.pk == running,
        )
        for row in rows
    ]


def _questions(case: Case, today: date) -> list[str]:
    rows = KnownQuestion.objects.filter(case=case).order_by("-pk")[:20]
    return [
        f"{dates.short(dates.day_of(row.at), today)}: {AskedBy(row.asked_by).label}, {KnownAnswer(row.answer).label}"
        for row in rows
    ]

"""What is known of one person beside how she is reached: names, homes, speech, municipality, number, doubles."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from casusregie.core import clock, crypto, dates
from families.access import CaseAccess, reading_scope
from families.choices import HomeKind, NumberAct, NumberReason
from families.models import Case, CitizenNumber, CitizenNumberEvent, HouseholdMember, Person, Residence, Speech
from families.numbers import masked
from families.scanner import CannotLook, has_hidden_place, watch
from families.selectors.same import DoubleView, doubles
from families.selectors.speech import SpeechView


@dataclass(frozen=True)
class HomeView:
    """A home of somebody: what it is called, of what kind, since and until when."""

    label: str
    kind_label: str
    period: str
    is_main: bool
    is_now: bool
    is_to_come: bool


@dataclass(frozen=True)
class ResidenceView:
    """Which municipality is responsible, from when, and where that was looked up."""

    name: str
    since: str
    checked_where: str
    is_hidden: bool


@dataclass(frozen=True)
class PersonAbout:
    """What the page of a person shows of her below how she is reached.

    Who is no steward reads nothing of a hidden municipality, and nothing at all where none is left to show: that there is
    nothing then tells her no more than that nothing was noted.
    """

    signed: str
    alone: str
    initials: str
    gets_help: bool
    speech: SpeechView | None
    homes: list[HomeView]
    homes_before: list[HomeView]
    residence: ResidenceView | None
    residences_before: list[ResidenceView]
    tells_municipality: bool
    number: str
    doubles: list[DoubleView] = field(default_factory=list)


def about(access: CaseAccess, person: Person, now: datetime) -> PersonAbout:
    """Everything of one person; the number (its last digits) and doubles only for director and deputy.

    At most ten queries, whatever is known of her.
    """
    today = clock.local_date(now)
    homes = _homes(access, person, now)
    residences = _residences(access, person, today)
    number = _number(person) if access.is_steward and person.gets_help else ""
    return PersonAbout(
        signed=person.name.signed,
        alone=person.name.alone,
        initials=person.initials,
        gets_help=person.gets_help,
        speech=speech_for(person),
        homes=[home for home in homes if home.is_now or home.is_to_come],
        homes_before=[home for home in homes if not (home.is_now or home.is_to_come)],
        residence=residences.now,
        residences_before=residences.others,
        tells_municipality=access.is_steward or residences.now is not None,
        number=masked(number) if number else "",
        doubles=_doubles(access, person, number, now) if access.is_steward else [],
    )


def speech_for(person: Person) -> SpeechView | None:
    """How one speaks with one person; one query."""
    row = Speech.objects.filter(person=person).order_by("-pk").first()
    if row is None:
        return None
    return SpeechView(row.languages, row.other_language, row.interpreter, row.interpreter_who, row.plain)


# --- Homes ------------------------------------------------------------------------------------------------------------


def _homes(access: CaseAccess, person: Person, now: datetime) -> list[HomeView]:
    """Of now, to come and before; who is no steward sees none whose name holds something confidential."""
    today = clock.local_date(now)
    rows = list(HouseholdMember.objects.filter(person=person, withdrawn_at__isnull=True).select_related("household"))
    if rows and not access.is_steward:
        rows = _unscanned(access, rows, now)
    rows.sort(key=lambda row: (not row.is_main, row.since or date.min, row.pk))
    return [_home(row, today, tells_kind=access.is_steward) for row in rows]


def _unscanned(access: CaseAccess, rows: list[HouseholdMember], now: datetime) -> list[HouseholdMember]:
    try:
        words = {str(row.pk): row.household.label for row in rows}
        hits = {found.where for found in watch(access.case, now).hits(words, [access.user.party_id or 0])}
    except CannotLook:
        return []
    return [row for row in rows if str(row.pk) not in hits]


def _home(row: HouseholdMember, today: date, *, tells_kind: bool) -> HomeView:
    began, ended = row.since is None or row.since <= today, row.until is not None and row.until < today
    kind = row.household.kind
    return HomeView(
        label=row.household.label,
        # That somebody stays in a shelter is a secret by itself, whatever it is called.
        kind_label=str(HomeKind(kind).label) if tells_kind and kind not in (HomeKind.FAMILY, HomeKind.OTHER) else "",
        period=_period(row.since, row.until),
        is_main=row.is_main,
        is_now=began and not ended,
        is_to_come=not began,
    )


def _period(since: date | None, until: date | None) -> str:
    if since and until:
        return _("from %(since)s until %(until)s") % {"since": dates.long(since), "until": dates.long(until)}
    if since:
        return _("since %(day)s") % {"day": dates.long(since)}
    return _("until %(day)s") % {"day": dates.long(until)} if until else ""


# --- Municipality -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Residences:
    """The municipality of today, and those before and to come."""

    now: ResidenceView | None
    others: list[ResidenceView]


def _residences(access: CaseAccess, person: Person, today: date) -> _Residences:
    """As far as this reader may know; of one day the newest row counts. At most three queries."""
    rows = list(Residence.objects.filter(person=person).order_by("pk"))
    stays_hidden = bool(rows) and has_hidden_place(person)
    newest = {row.since: row for row in rows}
    chosen = sorted(newest.values(), key=lambda row: row.since or date.min, reverse=True)
    runs = next((row for row in chosen if row.since is None or row.since <= today), None)
    hidden = {row.pk for row in chosen if row.municipality is not None and (row.is_hidden or stays_hidden)}
    told = [row for row in chosen if access.is_steward or row.pk not in hidden]
    scope = person.case.ref
    names = iter(crypto.decrypt_all((scope, row.municipality) for row in told if row.municipality is not None))
    views = {
        row.pk: ResidenceView(
            name=next(names) if row.municipality is not None else _("our own municipality"),
            since=dates.long(row.since) if row.since else "",
            checked_where=row.checked_where,
            is_hidden=row.pk in hidden,
        )
        for row in told
    }
    now = views.pop(runs.pk, None) if runs else None
    # Beside a municipality of today that she may not know, even one of before would tell her that there is another.
    return _Residences(now, list(views.values()) if now or access.is_steward else [])


# --- The citizen service number -----------------------------------------------------------------------------------------


def _number(person: Person) -> str:
    kept = CitizenNumber.objects.filter(person=person).first()
    return crypto.decrypt(person.case.ref, kept.value) if kept else ""


def number_code(case_ref: str, number: str, key: bytes) -> bytes:
    """The keyed digest of a number in one case; the same number has another one in every other case."""
    return hmac.new(key, f"{case_ref}:{number}".encode(), hashlib.sha256).digest()


def _doubles(access: CaseAccess, person: Person, number: str, now: datetime) -> list[DoubleView]:
    same = _same_number(access, person, number, now) if number else ()
    return doubles(access.user, person, now, same_number=same)


def _same_number(access: CaseAccess, person: Person, number: str, now: datetime) -> tuple[int, ...]:
    """Who has the same number in a case this user works in: asked case by case, of no other case there is an answer."""
    ids = reading_scope(access.user, now, "").case_ids
    key = crypto.derived_key("bsn")
    codes = [number_code(ref, number, key) for ref in Case.objects.filter(pk__in=ids).values_list("ref", flat=True)]
    rows = CitizenNumber.objects.filter(code__in=codes, person__case__in=ids).exclude(person=person)
    return tuple(rows.values_list("person_id", flat=True))


@dataclass(frozen=True)
class NumberActView:
    """Who noted, changed or saw a number, when and why."""

    act_label: str
    who: str
    when: str
    why: str


@dataclass(frozen=True)
class NumberPage:
    """The page of somebody's number: its last digits, and who did what with it."""

    name: str
    person_ref: str
    gets_help: bool
    masked: str
    acts: list[NumberActView]


def number_page(person: Person) -> NumberPage:
    """The page of a number for who directs the case; the number itself is shown by `services.number_show` only."""
    number = _number(person)
    events = CitizenNumberEvent.objects.filter(person=person).select_related("by").order_by("-pk")[:50]
    return NumberPage(
        name=person.name.full,
        person_ref=person.party.ref,
        gets_help=person.gets_help,
        masked=masked(number) if number else "",
        acts=list(_acts(events)),
    )


def _acts(events: Iterable[CitizenNumberEvent]) -> Iterable[NumberActView]:
    for event in events:
        reason = str(NumberReason(event.reason).label) if event.reason else ""
        yield NumberActView(
            act_label=str(NumberAct(event.act).label),
            who=event.by.name,
            when=f"{dates.long(dates.day_of(event.at))}, {dates.clock_time(event.at)}",
            why=": ".join(part for part in (reason, event.words) if part),
        )

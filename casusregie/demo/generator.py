"""Many cases at once, for lists that must be long: invented by a seed, copied into the tables in batches.

The same seed and the same day give the same names, dates and texts. The rows are what the services would have written,
the sorting dates of the cases included (`network.services.dates` finds nothing to mend afterwards); triggers fire, so
history is there too. The access log is not written: these families were never worked with.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from casusregie.core import clock
from casusregie.core.choices import Circle, PartyKind
from casusregie.core.models import Audience, Party, User
from casusregie.core.references import ALPHABET
from casusregie.demo.days import moment, workday
from casusregie.demo.stories import library
from families.choices import BirthPrecision, CaseStatus, Intensity, NameUse, WorkingForm
from families.models import Case, Person
from families.names import Name, family_sort_key, fold
from network.choices import Channel, ContactOutcome, LineKind
from network.models import Contact, ContactLine, ContactParticipant, FollowUp
from network.services import search_write_all

BATCH = 1_000
LONGEST = 460
_TIMES = ("09:00", "09:45", "10:30", "11:15", "13:00", "13:45", "14:30", "15:15", "16:00", "17:30")
_CHANNELS = (Channel.VISIT, Channel.VISIT, Channel.PHONE, Channel.PHONE, Channel.OFFICE, Channel.APP)
_TRIED = {
    ContactOutcome.NO_ANSWER: (Channel.PHONE, library.ATTEMPTS[0]),
    ContactOutcome.VOICEMAIL: (Channel.PHONE, library.ATTEMPTS[1]),
    ContactOutcome.NOT_HOME: (Channel.VISIT, library.ATTEMPTS[2]),
    ContactOutcome.NO_SHOW: (Channel.OFFICE, library.ATTEMPTS[3]),
}
_REPORTS: dict[str, tuple[str, ...]] = {}
for _why, _text in library.REPORTS:
    _REPORTS[_why] = (*_REPORTS.get(_why, ()), _text)
# What a first, a middle and a last contact are for.
_FIRST = ("trust", "analysis", "safety")
_MIDDLE = tuple(why for why in _REPORTS if why != "trust")
_LAST = ("evaluate", "monitor")


@dataclass
class _Person:
    name: Name
    who: str
    born: date
    party_id: int = 0


@dataclass
class _Contact:
    started: datetime
    minutes: int
    channel: str
    outcome: str
    why: list[str]
    text: str
    person: int
    said: str = ""
    id: int = 0


@dataclass
class _Family:
    """One generated case before it is in the tables."""

    ref: str
    name: str
    director: User
    status: str
    intensity: str
    form: str
    opened: date
    closed: date | None
    persons: list[_Person]
    contacts: list[_Contact]
    due: date | None = None
    promise: str = ""
    rng: random.Random = field(default_factory=random.Random)
    id: int = 0
    audience_id: int = 0

    @property
    def last_contact(self) -> datetime | None:
        """The newest contact in which somebody of the family was reached."""
        reached = [contact.started for contact in self.contacts if contact.outcome == ContactOutcome.REACHED]
        return max(reached, default=None)


@transaction.atomic
def bulk_cases(
    n: int,
    contacts_per_case: int,
    *,
    seed: int,
    directors: Sequence[User],
    now: datetime,
    open_share: float = 1.0,
    vary: bool = False,
    kind: str = "bulk",
) -> int:
    """Make `n` cases with `contacts_per_case` contacts each (with `vary`: one up to that many), in one transaction.

    The directors take turns, each in the team that is hers; give one director and all are hers. `open_share`
    is the part that is still open (1.0: all). `kind` keeps two calls with one seed apart. Returns how many were made.
    """
    makers = _Maker(seed, kind, tuple(directors), now, open_share)
    # Foreign keys are checked at the end of each COPY: a queue of deferred checks makes every trigger of the history
    # slower than the one before (its sub-transaction walks the queue).
    _say("SET CONSTRAINTS ALL IMMEDIATE")
    for start in range(0, n, BATCH):
        numbers = range(start, min(start + BATCH, n))
        _write([makers.family(number, contacts_per_case, vary) for number in numbers])
        # The plans of the foreign keys' checks were made for tables that were nearly empty.
        _say("DISCARD PLANS")
    _say("SET CONSTRAINTS ALL DEFERRED")
    return n


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


class _Maker:
    """Invents families, each from the seed and its own number, whatever was made before."""

    def __init__(self, seed: int, kind: str, directors: tuple[User, ...], now: datetime, open_share: float) -> None:
        self.seed, self.kind, self.directors, self.open_share = seed, kind, directors, open_share
        today = clock.local_date(now)
        self.days = [today]
        while len(self.days) <= LONGEST + 20:
            self.days.append(workday(self.days[-1], -1))
        self.ahead = [workday(today, distance) for distance in range(-12, 41)]
        self.today = today
        self.offset = random.Random(f"{seed}:{kind}").randrange(len(ALPHABET) ** 8)  # noqa: S311 - invented data

    def family(self, number: int, contacts: int, vary: bool) -> _Family:
        """One invented family with its contacts, the same for the same seed and number."""
        rng = random.Random(f"{self.seed}:{self.kind}:{number}")  # noqa: S311 - invented data
        is_open = rng.random() < self.open_share
        opened = rng.randint(30, LONGEST - 120) if is_open else rng.randint(160, LONGEST)
        closed = 0 if is_open else rng.randint(12, opened - 110)
        name, persons = self._household(rng)
        made = _Family(
            ref=self._case_ref(number),
            name=name,
            director=self.directors[number % len(self.directors)],
            status=self._status(rng, is_open),
            intensity=rng.choice(list(Intensity.values)) if is_open else Intensity.GREEN,
            form=rng.choice(list(WorkingForm.values)),
            opened=self.days[opened],
            closed=None if is_open else self.days[closed],
            persons=persons,
            contacts=[],
            rng=rng,
        )
        count = rng.randint(1, contacts) if vary and contacts else contacts
        days = sorted((rng.randint(max(closed, 1), opened) for _ in range(count)), reverse=True)
        for place, day in enumerate(days):
            made.contacts.append(self._contact(made, day, place, count))
        if is_open and count and rng.random() < 0.4:
            made.due, made.promise = rng.choice(self.ahead), rng.choice(library.PROMISES)
        return made

    @staticmethod
    def _status(rng: random.Random, is_open: bool) -> str:
        if not is_open:
            return CaseStatus.CLOSED
        return CaseStatus.AFTERCARE if rng.random() < 0.15 else CaseStatus.ACTIVE

    def _case_ref(self, number: int) -> str:
        """Eight signs that no other number gives: 29**8 and the factor have no divisor in common."""
        value = (number * 314_606_891_923 + self.offset) % len(ALPHABET) ** 8
        signs = []
        for _ in range(8):
            value, place = divmod(value, len(ALPHABET))
            signs.append(ALPHABET[place])
        return "".join(signs)

    def _household(self, rng: random.Random) -> tuple[str, list[_Person]]:
        (infix, surname), (other_infix, other) = rng.sample(library.SURNAMES, 2)
        first, second = rng.sample(library.ADULT_NAMES, 2)
        joined = rng.random() < 0.3
        use = NameUse.PARTNER_OWN if joined else NameUse.OWN
        one = Name(first, infix, surname, other_infix if joined else "", other if joined else "", use)
        persons = [
            _Person(one, "ouder", self._born(rng, 22, 58)),
            _Person(Name(second, other_infix, other), "andere ouder", self._born(rng, 22, 60)),
        ]
        for given in rng.sample(library.CHILD_NAMES, rng.choice((1, 1, 2, 2, 3))):
            persons.append(_Person(Name(given, other_infix, other), "kind", self._born(rng, 2, 17)))
        family = one.family
        return family[:1].upper() + family[1:], persons

    def _born(self, rng: random.Random, youngest: int, oldest: int) -> date:
        return self.today - timedelta(days=rng.randint(youngest * 365 + youngest // 4, oldest * 365 + oldest // 4))

    def _contact(self, family: _Family, day: int, place: int, count: int) -> _Contact:
        rng = family.rng
        started = moment(self.days[day], rng.choice(_TIMES))
        if place and rng.random() < 0.1:
            outcome = rng.choice(list(_TRIED))
            channel, text = _TRIED[outcome]
            return _Contact(started, 0, channel, outcome, ["monitor"], text, 0)
        whys = _FIRST if place == 0 else _LAST if place == count - 1 else _MIDDLE
        why = rng.choice(whys)
        person = rng.randrange(len(family.persons))
        said = ""
        if rng.random() < 0.5:
            said = rng.choice(library.CHILD if family.persons[person].who == "kind" else library.ADULT)
        minutes = rng.choice((10, 15, 30, 45, 60))
        channel = rng.choice(_CHANNELS)
        text = rng.choice(_REPORTS[why])
        return _Contact(started, minutes, channel, ContactOutcome.REACHED, [why], text, person, said)


def _write(families: list[_Family]) -> None:
    """Copy a batch into the tables."""
    _number(families)
    _copy(Case, _case_rows(families))
    _copy(Party, _party_rows(families))
    _copy(Person, _person_rows(families))
    _copy(Audience, ({"id": f.audience_id, "scope": f.ref, "circle": Circle.TEAM} for f in families if f.audience_id))
    _copy(Contact, _contact_rows(families))
    _copy(ContactParticipant, _participant_rows(families))
    _copy(ContactLine, _line_rows(families))
    search_write_all(contact_ids=[contact.id for family in families for contact in family.contacts])
    _copy(FollowUp, _follow_up_rows(families))


def _number(families: list[_Family]) -> None:
    """Give every row that others point at its number, from the tables' own sequences."""
    speaking = [family for family in families if any(contact.said for contact in family.contacts)]
    for family, number in zip(families, _numbers(Case, len(families)), strict=True):
        family.id = number
    for family, number in zip(speaking, _numbers(Audience, len(speaking)), strict=True):
        family.audience_id = number
    persons = [person for family in families for person in family.persons]
    for person, number in zip(persons, _numbers(Party, len(persons)), strict=True):
        person.party_id = number
    contacts = [contact for family in families for contact in family.contacts]
    for contact, number in zip(contacts, _numbers(Contact, len(contacts)), strict=True):
        contact.id = number


def _numbers(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """COPY dictionaries (field attname → value) into a model's table; nothing happens without rows."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    names = list(first)
    columns = ", ".join(connection.ops.quote_name(_column(model, name)) for name in names)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"
    # The driver's own cursor: Django's wrapper has no COPY.
    with connection.cursor() as wrapped, wrapped.cursor.copy(statement) as copy:
        for row in _chain(first, rows):
            copy.write_row([row[name] for name in names])


def _chain(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _column(model: type[models.Model], name: str) -> str:
    column = model._meta.get_field(name).column  # type: ignore[union-attr]  # only plain columns are asked
    return str(column)


def _ref(rng: random.Random) -> str:
    return "".join(rng.choices(ALPHABET, k=12))


def _case_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        names = " ".join([family.name, family.ref, *(person.name.full for person in family.persons)])
        yield {
            "id": family.id,
            "ref": family.ref,
            "name": family.name,
            "sort_key": family_sort_key(family.name),
            "search_key": fold(names)[:2000],
            "team_id": family.director.team_id,
            "director_id": family.director.pk,
            "guard": "",
            "status": str(family.status),
            "intensity": str(family.intensity),
            "working_form": str(family.form),
            "opened_on": family.opened,
            "closed_on": family.closed,
            "last_contact_at": family.last_contact,
            "next_due_on": family.due,
            "changed_by_id": family.director.pk,
            "reason": "Doelen gehaald" if family.closed else "Aangemeld bij het team",
        }


def _party_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for person in family.persons:
            yield {
                "id": person.party_id,
                "ref": _ref(family.rng),
                "kind": PartyKind.PERSON.value,
                "scope": family.ref,
                "label": person.name.full,
            }


def _person_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for person in family.persons:
            yield {
                "case_id": family.id,
                "party_id": person.party_id,
                "given_name": person.name.given,
                "infix": person.name.infix,
                "surname": person.name.surname,
                "partner_infix": person.name.partner_infix,
                "partner_surname": person.name.partner_surname,
                "name_use": str(person.name.use),
                "sort_key": person.name.sort_key,
                "described_as": person.who,
                "birth_date": person.born,
                "birth_precision": BirthPrecision.DAY.value,
                "died_on": None,
                "in_household": True,
            }


def _contact_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for contact in family.contacts:
            yield {
                "id": contact.id,
                "ref": _ref(family.rng),
                "case_id": family.id,
                "author_id": family.director.pk,
                "started_at": contact.started,
                "duration_minutes": contact.minutes,
                "channel": str(contact.channel),
                "outcome": str(contact.outcome),
                "purposes": contact.why,
                "recorded_at": contact.started + timedelta(minutes=contact.minutes + 20),
                "version": 1,
                "corrected_by_id": None,
                "correction_reason": "",
                "withdrawal_reason": "",
            }


def _participant_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for contact in family.contacts:
            party_id = family.persons[contact.person].party_id
            yield {"contact_id": contact.id, "version": 1, "party_id": party_id, "safety": ""}


def _line_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for contact in family.contacts:
            plain = {"contact_id": contact.id, "version": 1, "position": 0, "kind": LineKind.REPORT.value}
            plain |= {"voice_id": None, "audience_id": None, "known_from": ""}
            yield plain | {"text": contact.text}
            if contact.said:
                voice = family.persons[contact.person].party_id
                said = plain | {"position": 1, "kind": LineKind.STATEMENT.value, "voice_id": voice}
                yield said | {"text": contact.said, "audience_id": family.audience_id}


def _follow_up_rows(families: list[_Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        if family.due is None:
            continue
        last = family.contacts[-1]
        yield {
            "ref": _ref(family.rng),
            "case_id": family.id,
            "contact_id": last.id,
            "due_on": family.due,
            "text": family.promise,
            "made_by_id": family.director.pk,
            "made_at": last.started + timedelta(minutes=last.minutes + 20),
            "done_at": None,
            "done_by_id": None,
        }

"""What somebody must know before she rings the bell, on one screen."""

from dataclasses import dataclass
from datetime import date, datetime

from casusregie.core import clock, slots
from casusregie.core.slots import SlotItem
from families.access import CaseAccess
from families.selectors import FactView, PersonView, ReachView, not_to_mention, persons, reach
from network.choices import Channel
from network.models import Appointment
from network.selectors.appointment import AppointmentView, appointment_view, next_starts, party_refs
from network.selectors.contact import ContactFilter, ContactView, contacts
from network.selectors.follow_up import FollowUpView, follow_ups_of
from network.selectors.visit import CautionView, cautions
from network.texts import ready_texts

TALKS = 3
LOOK_BACK = 12


@dataclass(frozen=True)
class DoorPerson:
    """Somebody who will be there, or may be there too, and how she is reached."""

    ref: str
    name: str
    who: str
    age: int | None
    is_spoken_to: bool
    reach: ReachView | None
    not_to_mention: list[FactView]
    texts: list[str]
    # What to reckon with in the talk itself: language, interpreter, plain words; one line.
    speech: str = ""


@dataclass(frozen=True)
class Talk:
    """One of the last contacts in one line that this reader may read."""

    day: str
    channel_label: str
    icon: str
    who: str
    voice: str
    is_said: bool
    line: str
    url: str


@dataclass(frozen=True)
class DoorView:
    """One phone screen before a visit."""

    appointment: AppointmentView | None
    cautions: list[CautionView]
    spoken_to: list[DoorPerson]
    also_there: list[DoorPerson]
    others: list[str]
    talks: list[Talk]
    attempts: int
    promised: list[FollowUpView]
    steps: list[SlotItem]

    @property
    def people(self) -> list[DoorPerson]:
        """Everybody who may be met, those of the appointment first."""
        return [*self.spoken_to, *self.also_there]

    @property
    def warned(self) -> list[DoorPerson]:
        """Of whom something may not be said aloud."""
        return [person for person in self.people if person.not_to_mention]


def door(access: CaseAccess, appointment: Appointment | None, now: datetime) -> DoorView:
    """What to know before a visit: for this appointment, or for the household; a fixed number of queries.

    Numbers and what not to mention are for director and deputy; lines only as this reader may read them.
    """
    today = clock.local_date(now)
    view = appointment_view(access, appointment, now) if appointment else None
    wanted = party_refs(appointment) if appointment else []
    everybody = [person for person in persons(access, today) if not person.died]
    spoken_to, also = _who(everybody, wanted, appointment)
    secrets = not_to_mention(access, [person.party_id for person in [*spoken_to, *also]], now)
    named = {person.name for person in everybody}
    reached = {one.party_id: one for one in reach(access, now)}
    talks, attempts = _talks(access, now)
    starts = _starts(access, appointment, spoken_to, now)

    def of(person: PersonView) -> DoorPerson:
        texts = ready_texts(starts.get(person.party_id), now) if access.is_steward else []
        found = reached.get(person.party_id)
        return _person(person, found, secrets, texts, is_spoken_to=person in spoken_to)

    return DoorView(
        appointment=view,
        cautions=cautions(access.case.ref, [person.party_id for person in [*spoken_to, *also]]),
        spoken_to=[of(person) for person in spoken_to],
        also_there=[of(person) for person in also],
        others=[name for name in view.people if name not in named] if view else [],
        talks=talks,
        attempts=attempts,
        promised=_promised(access, today),
        steps=slots.items("case.door", access.case.ref, now) if access.is_steward else [],
    )


def _starts(
    access: CaseAccess, appointment: Appointment | None, spoken_to: list[PersonView], now: datetime
) -> dict[int, datetime]:
    """When the appointment of each begins, by party: a text never tells one person of the appointment of another."""
    if appointment is None:
        return next_starts(access.case, now) if access.is_steward else {}
    return {person.party_id: appointment.starts_at for person in spoken_to}


def _who(
    everybody: list[PersonView], wanted: list[str], appointment: Appointment | None
) -> tuple[list[PersonView], list[PersonView]]:
    """Who is spoken to, and who of the household may be there too: at home when one of them is visited there."""
    spoken_to = sorted((person for person in everybody if person.ref in wanted), key=lambda one: wanted.index(one.ref))
    home = [person for person in everybody if person.in_household]
    if appointment is None:
        return [], home
    at_home = appointment.channel == Channel.VISIT and (not spoken_to or any(p.in_household for p in spoken_to))
    return spoken_to, [person for person in home if person.ref not in wanted] if at_home else []


def _person(
    person: PersonView,
    reached: ReachView | None,
    secrets: dict[int, list[FactView]],
    texts: list[str],
    *,
    is_spoken_to: bool,
) -> DoorPerson:
    return DoorPerson(
        ref=person.ref,
        name=person.name,
        who=person.described_as,
        age=person.age,
        is_spoken_to=is_spoken_to,
        reach=reached,
        not_to_mention=secrets.get(person.party_id, []),
        speech=person.speech.asks if person.speech else "",
        texts=texts,
    )


def _talks(access: CaseAccess, now: datetime) -> tuple[list[Talk], int]:
    """The last three contacts, and how many attempts came after the newest of them."""
    rows = contacts(access, ContactFilter(), now, LOOK_BACK).rows
    spoken = [row for row in rows if not row.is_attempt]
    newest = spoken[0].at if spoken else None
    attempts = sum(row.is_attempt and (newest is None or row.at > newest) for row in rows)
    return [_talk(row) for row in spoken[:TALKS]], attempts


def _talk(row: ContactView) -> Talk:
    """What somebody said goes before what was noted about it."""
    line = next((line for line in row.lines if line.voice), None) or next(iter(row.lines), None)
    return Talk(
        day=row.day,
        channel_label=row.channel_label,
        icon=row.icon,
        who=", ".join(row.participants),
        voice=line.voice if line and row.participants != [line.voice] else "",
        is_said=bool(line and line.voice),
        line=_first_sentence(line.text) if line else "",
        url=row.url,
    )


def _first_sentence(text: str, most: int = 140) -> str:
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= most else first[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _promised(access: CaseAccess, today: date) -> list[FollowUpView]:
    return [row for row in follow_ups_of(access, today, 10) if not row.done]

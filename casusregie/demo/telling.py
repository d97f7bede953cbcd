"""Puts a story into the database through the services of the product, as if each contact was logged on its own day."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.core.models import Team, User
from casusregie.core.references import ALPHABET
from casusregie.demo.days import birthday, moment, workday
from casusregie.demo.stories.model import Note, Promise, Someone, Story, Way
from families.choices import BirthPrecision, MemberRole, Sex, Wish, WorkingForm
from families.models import Case, Person
from families.names import family_sort_key, fold
from families.selectors import adults_of
from families.services import conflict_note, member_add, person_add, safe_contact_add, spoken_alone_note
from families.services.person import PersonData
from families.services.reach import WayData
from network.models import FollowUp
from network.services import ContactData, contact_log, follow_up_done


@dataclass(frozen=True)
class Municipality:
    """Who there is to tell about, and the moment from which days are counted."""

    teams: dict[int, Team]
    users: dict[str, User]
    now: datetime
    today: date


def story_ref(slug: str) -> str:
    """The reference of a story's case: the same in every demo, so that a link to it keeps working."""
    number = int.from_bytes(hashlib.sha256(f"oosterwaard {slug}".encode()).digest()[:8])
    signs = []
    for _ in range(8):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def tell(story: Story, town: Municipality) -> Case:
    """Make the case with its persons, its team and everything that was said."""
    # Whoever opened it: the director, or for a case without one the person on duty.
    by = town.users[story.director or (story.notes[0].by)]
    relation = Relation.DIRECTOR if story.director else Relation.NONE
    with audit.trail(audit.Trail(actor_id=by.pk, relation=relation, origin="demo")):
        case = _case(story, town, by)
        persons = {
            someone.given: _person(case, someone, town, by, first=number == 0)
            for number, someone in enumerate(story.persons)
        }
        for login, reason in story.barred:
            since = moment(case.opened_on, "09:00")
            conflict_note(case=case, by=by, user=town.users[login], reason=reason, now=since)
        for role, logins in ((MemberRole.DEPUTY, story.deputies), (MemberRole.SECOND, story.seconds)):
            for login in logins:
                since = moment(case.opened_on, "09:00")
                member_add(case=case, by=by, user=town.users[login], role=role, now=since)
        if story.form == WorkingForm.JOINT:
            _spoken_alone(case, town, by)
        for number, note in enumerate(story.notes):
            _note(case, f"{story.slug}/{number}", note, persons, town, by)
        case.refresh_from_db()
    return case


def _spoken_alone(case: Case, town: Municipality, by: User) -> None:
    """What working together asks: every adult was spoken to alone, and who is at risk agreed there."""
    at = moment(case.opened_on, "11:00")
    for number, adult in enumerate(adults_of(case, town.today)):
        on, at_risk = case.opened_on, adult.is_index or number == 0
        spoken_alone_note(person=adult, by=by, on=on, wish=Wish.YES, is_at_risk=at_risk, now=at)


def _case(story: Story, town: Municipality, by: User) -> Case:
    return Case.objects.create(
        ref=story_ref(story.slug),
        name=story.name,
        sort_key=family_sort_key(story.name),
        search_key=fold(story.name),
        team=town.teams[story.team],
        director=town.users[story.director] if story.director else None,
        guard=story.guard,
        status=story.status,
        intensity=story.intensity,
        working_form=story.form,
        opened_on=workday(town.today, story.opened),
        closed_on=workday(town.today, story.closed) if story.closed is not None else None,
        changed_by_id=by.pk,
        reason=story.reason,
    )


_WOMEN = {
    "moeder",
    "dochter",
    "oma",
    "tante",
    "zus",
    "vrouw",
    "vriendin",
    "stiefmoeder",
    "pleegmoeder",
    "nicht",
    "buurvrouw",
}
_MEN = {"vader", "zoon", "opa", "oom", "broer", "man", "vriend", "stiefvader", "pleegvader", "neef", "buurman"}


def _sex(who: str) -> str:
    """The symbol of somebody, from how the family says who that is."""
    word = who.split(" ")[0].strip(",").lower()
    return Sex.WOMAN if word in _WOMEN else Sex.MAN if word in _MEN else Sex.UNKNOWN


def _person(case: Case, someone: Someone, town: Municipality, by: User, *, first: bool = False) -> Person:
    born, precision = None, BirthPrecision.DAY
    if someone.born:
        born = birthday(town.today, *someone.born)
        if someone.died is not None:
            born = birthday(workday(town.today, someone.died), *someone.born)
    elif someone.born_in:
        born, precision = date(town.today.year - someone.born_in, 1, 1), BirthPrecision.YEAR
    data = PersonData(
        given_name=someone.given,
        infix=someone.infix,
        surname=someone.surname,
        partner_infix=someone.partner_infix,
        partner_surname=someone.partner,
        name_use=someone.name_use,
        described_as=someone.who,
        birth_date=born,
        birth_precision=precision,
        died_on=workday(town.today, someone.died) if someone.died is not None else None,
        in_household=someone.home,
        sex=_sex(someone.who),
        is_index=first,
    )
    person = person_add(case=case, data=data, by=by)
    for way in someone.ways:
        safe_contact_add(person=person, way=_way(way, town.today), by=by)
    return person


def _way(way: Way, today: date) -> WayData:
    confirmed = None if way.safe == "unknown" else workday(today, way.confirmed)
    return WayData(channel=way.channel, value=way.value, note=way.note, safe=way.safe, confirmed_on=confirmed)


def _note(case: Case, key: str, note: Note, persons: dict[str, Person], town: Municipality, by: User) -> None:
    started = moment(workday(town.today, note.day), note.at)
    recorded = min(started + timedelta(minutes=note.minutes + 20), town.now)
    author = town.users[note.by] if note.by else by
    data = ContactData(
        started_at=started,
        channel=note.channel,
        duration_minutes=note.minutes,
        outcome=note.outcome,
        participants=[persons[name].party.ref for name in note.with_],
        purposes=list(note.why),
        body=note.body,
        follow_up_on=workday(town.today, note.promise.day) if note.promise else None,
        follow_up_text=note.promise.text if note.promise else "",
    )
    contact_log(case=case, by=author, data=data, key=uuid5(NAMESPACE_URL, f"demo:{case.ref}:{key}"), now=recorded)
    if note.promise and note.promise.done is not None:
        _kept(case, note.promise, town, author, recorded)


def _kept(case: Case, promise: Promise, town: Municipality, by: User, made: datetime) -> None:
    row = FollowUp.objects.get(case=case, text=promise.text, done_at__isnull=True)
    assert promise.done is not None
    done = max(moment(workday(town.today, promise.done), "16:45"), made + timedelta(minutes=5))
    follow_up_done(follow_up=row, by=by, now=done)

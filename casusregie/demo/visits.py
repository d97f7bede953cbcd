"""What stands in the diary of this week, what to beware of at the door, and who may not meet; through the services."""

from datetime import datetime, timedelta

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.core.models import User
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality, story_ref
from families.models import Case, Person
from families.services import Decision, apart_note
from network.services import AppointmentData, appointment_make, caution_note

# day, hour, minutes, how, with whom, what for, where, whether the place is confidential
_Planned = tuple[int, str, int, str, tuple[str, ...], str, str, bool]
_DIARY: dict[str, tuple[_Planned, ...]] = {
    "garage": (
        (-1, "15:30", 30, "phone", ("Germaine",), "Hoe het weekend ging", "", False),
        (0, "15:00", 60, "visit", ("Marianne", "Noor"), "Samen de post doornemen", "Bij Marianne thuis", False),
        (4, "10:00", 45, "visit", ("Bram",), "Bram apart spreken, buiten", "Speeltuin achter school", False),
    ),
    "separation": (
        (0, "17:30", 60, "office", ("Jeroen",), "Tweede brief samen lezen", "Kantoor, spreekkamer 3", False),
        (1, "13:00", 75, "visit", ("Elif",), "Veiligheid doorlopen", "De plek die zij kiest, via Selma", True),
    ),
    "bruijn": ((2, "11:00", 60, "visit", (), "Kennismaken met het hele gezin", "Bij hen thuis", False),),
}
# with whom (empty: the address), what, what to do with it
_BEWARE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "garage": (("", "dog", "Van de buren, los in het portiek. Bel eerst aan bij 12."),),
    "separation": (
        ("Jeroen", "aggression", "Wordt luid bij vragen over de kinderen. Zit aan de kant van de deur."),
        ("Jeroen", "not_alone", "Alleen op kantoor, met een collega in de kamer ernaast."),
    ),
    "bruijn": (("", "dog", "Grote hond. Vragen of hij in de keuken mag."),),
}
# Who may not come near whom, why, and by whose decision.
_APART = {
    "separation": (
        ("Jeroen", "Elif", "Voorwaarde bij een voorwaardelijke straf, proeftijd van twee jaar", "politierechter"),
    )
}


def visits_plan(town: Municipality) -> None:
    """Fill the diary of the told families; days count from today, so that there is always something today."""
    for slug in dict.fromkeys([*_DIARY, *_BEWARE, *_APART]):
        case = Case.objects.select_related("director").filter(ref=story_ref(slug)).first()
        if case is None or case.director is None:
            continue
        with audit.trail(audit.Trail(actor_id=case.director.pk, relation=Relation.DIRECTOR, origin="demo")):
            _fill(case, case.director, slug, town)


def _fill(case: Case, by: User, slug: str, town: Municipality) -> None:
    persons = {row.given_name: row for row in Person.objects.filter(case=case).select_related("party")}
    before = _at(town, -5, "09:00")
    for name, kind, note in _BEWARE.get(slug, ()):
        caution_note(case=case, by=by, person=persons[name] if name else None, kind=kind, note=note, now=before)
    for one, other, reason, body in _APART.get(slug, ()):
        now = _at(town, -60, "12:00")
        decision = Decision(kind="contact_ban", body=body, ends_at=now + timedelta(days=730))
        apart_note(case=case, by=by, one=persons[one], other=persons[other], reason=reason, now=now, decision=decision)
    for day, hour, minutes, channel, names, subject, place, hidden in _DIARY.get(slug, ()):
        data = AppointmentData(
            starts_at=_at(town, day, hour),
            duration_minutes=minutes,
            channel=channel,
            participants=[persons[name].party.ref for name in names],
            subject=subject,
            place=place,
            place_is_hidden=hidden,
        )
        appointment_make(case=case, by=by, data=data, now=before)


def _at(town: Municipality, day: int, hour: str) -> datetime:
    return moment(workday(town.today, day), hour)

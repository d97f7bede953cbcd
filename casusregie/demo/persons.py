"""What is known of the persons of the told families beside their story: speech, municipality, names in full, numbers.

The numbers are test numbers (9999xxxxx): they pass the eleven-proof and are nobody's.
"""

from dataclasses import dataclass
from datetime import timedelta

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality, story_ref
from families.models import Case, Person
from families.services import (
    PersonData,
    ResidenceData,
    SpeechData,
    number_note,
    person_add,
    residence_note,
    same_ask,
    speech_note,
)


@dataclass(frozen=True)
class _Known:
    """What is known of somebody; `number` says that she gets help through the municipality."""

    slug: str
    given: str
    speech: SpeechData | None = None
    municipality: str = ""
    is_hidden: bool = False
    official: str = ""
    initials: str = ""
    number: str = ""


_KNOWN = (
    _Known("garage", "Marianne", official="Maria Johanna", initials="M.J.", number="999999990"),
    _Known("garage", "Noor", SpeechData(languages=("nl",), plain=("pictures", "steps")), number="999990019"),
    _Known("garage", "Trijntje", SpeechData(languages=("nl",), plain=("aloud", "writing"))),
    _Known(
        "separation",
        "Elif",
        SpeechData(languages=("nl", "tr")),
        municipality="KANARIE-Kluut",
        is_hidden=True,
        official="Elif Nur",
        initials="E.N.",
        number="999990020",
    ),
    _Known("separation", "Jeroen", municipality="Westerland aan de Maas"),
    _Known(
        "separation", "Selma", SpeechData(languages=("tr",), interpreter="phone", interpreter_who="Tolkenlijn Oost")
    ),
    _Known("kowalczyk", "Agnieszka", SpeechData(("pl", "en"), "", "present", "Tolkenlijn Oost", ("short",))),
    _Known("kowalczyk", "Paweł", SpeechData(languages=("pl",), interpreter="phone", interpreter_who="Tolkenlijn Oost")),
    _Known("idrissi", "Hanan", SpeechData(("ar", "ber"), "", "present", "tolk Rahma, Tolkenlijn Oost", ("aloud",))),
    _Known("nguyen", "Thảo", SpeechData((), "Vietnamees", "phone", "Tolkenlijn Oost", ("short",))),
)


def persons_told(town: Municipality) -> None:
    """Note all of it by the director of each family; one human in two cases of hers, and one of two teams."""
    for known in _KNOWN:
        case = Case.objects.select_related("director").get(ref=story_ref(known.slug))
        assert case.director is not None
        with audit.trail(audit.Trail(actor_id=case.director_id, relation=Relation.DIRECTOR, origin="demo")):
            _note(known, case, town)
    _doubles(town)


def _note(known: _Known, case: Case, town: Municipality) -> None:
    person = Person.objects.select_related("case", "party").get(case=case, given_name=known.given)
    by, now = case.director, moment(workday(town.today, -20), "11:00")
    assert by is not None
    if known.official or known.number:
        person.official_names, person.initials = known.official, known.initials
        person.gets_help = bool(known.number)
        person.save(update_fields=["official_names", "initials", "gets_help"])
    if known.speech is not None:
        speech_note(person=person, data=known.speech, by=by, now=now)
    if known.municipality:
        since = workday(town.today, -100)
        data = ResidenceData(known.municipality, since, "basisregistratie personen", known.is_hidden)
        residence_note(person=person, data=data, by=by, now=now)
    if known.number:
        number_note(person=person, number=known.number, by=by, now=now + timedelta(minutes=5))


def _doubles(town: Municipality) -> None:
    """Erwin van der Zanden stands beside another family of the same director; Ruben Schuurman beside one of team 1."""
    now = moment(workday(town.today, -3), "15:00")
    for slug, beside, given, asks in (("zanden", "bruijn", "Erwin", False), ("schuurman", "hof", "Ruben", True)):
        row = Person.objects.select_related("case").get(case__ref=story_ref(slug), given_name=given)
        case = Case.objects.select_related("director", "team").get(ref=story_ref(beside))
        assert case.director is not None
        data = PersonData(
            given_name=row.given_name,
            infix=row.infix,
            surname=row.surname,
            described_as="kennis van vader" if not asks else "vriend van Jesse",
            birth_date=row.birth_date,
            in_household=False,
            sex=row.sex,
        )
        with audit.trail(audit.Trail(actor_id=case.director_id, relation=Relation.DIRECTOR, origin="demo")):
            twin = person_add(case=case, data=data, by=case.director)
            if asks:
                leader = town.users["teamleider@demo.example"]
                same_ask(one=row, other=twin, case=case, by=leader, now=now, is_leader=True)

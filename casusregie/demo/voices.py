"""How often each voice is to be heard, as their directors chose it; what is not here keeps what its intensity proposes.

Chosen so that the first director's desk shows every kind: in sight, out of sight, through somebody, too young, a pause
that runs and one that is over.
"""

from dataclasses import dataclass

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.stories import STORIES
from casusregie.demo.telling import Municipality, story_ref
from families.choices import OPEN_STATUSES
from families.models import Case, Person
from network.models import Professional
from network.services import VoiceData, voice_choose, voices_reconcile


@dataclass(frozen=True)
class Choice:
    """What was chosen for one person, `day` working days from today; `via` is a first name or a professional's name."""

    who: str
    why: str
    every: int | None = None
    mode: str = "rhythm"
    via: str = ""
    review: int | None = None
    day: int = -20


CHOICES: dict[str, tuple[Choice, ...]] = {
    "garage": (
        Choice(
            "Bram", "Tekent liever dan dat hij praat; Famke ziet hem elke week.", 14, "via", "Famke Postma", day=-20
        ),
        Choice("Germaine", "Zij belt zelf; vaker bellen voelt als controle.", 30),
        Choice("Trijntje", "Woont ver weg, wil op de hoogte blijven.", 91),
    ),
    "separation": (
        Choice("Elif", "Zij kiest het moment, vaker is niet veilig.", 30, day=-60),
        Choice("Jeroen", "Om de week op kantoor, zo houd ik zicht.", 14, day=-60),
        Choice("Defne", "Afgesproken met haar zelf.", 14, day=-60),
        Choice("Teun", "Wil niet alleen praten; Defne is erbij.", 91, day=-60),
        Choice("Corrie", "Woont naast Jeroen. Eerst de zitting.", mode="paused", review=18, day=-15),
    ),
    "bruijn": (
        Choice("Lotte", "Na elke late dienst van Rick even bellen.", 14, day=-40),
        Choice(
            "Fenna", "Nog geen jaar; Lotte vertelt, het consultatiebureau kijkt mee.", 14, "too_young", "Lotte", day=-40
        ),
    ),
    "yilmaz": (
        Choice("Mehmet", "Ziet de kinderen om de week; rond de zaterdagen bellen.", 91, day=-50),
        Choice("Lara", "Wil rond de evaluatie gesproken worden, niet vaker.", 91, day=-50),
    ),
    "teeuwissen": (
        Choice("Hendrika", "Een ochtend in de maand, als Huub slaapt.", 31, day=-40),
        Choice("Huub", "Eerst de opname afmaken.", mode="paused", review=-3, day=-40),
        Choice("Marga", "Belt zelf als er iets is.", 91, day=-40),
    ),
    "hof": (
        Choice("Jesse", "Wil niet meer apart praten; Ingrid vertelt hoe het gaat.", 30, "via", "Ingrid", day=-60),
        Choice("Roos", "Is er alleen in de weekenden.", 60, day=-60),
    ),
    "suryani": (
        Choice("Suryani", "Zo vaak als zij weg kan.", 14, day=-19),
        Choice("Bas", "Eerst een veilige plek voor haar; daarna pas met hem.", mode="paused", review=12, day=-18),
        Choice("Melati", "Vier jaar; Suryani vertelt, de peuterschool kijkt mee.", 30, "too_young", "Suryani", day=-19),
    ),
    "kowalczyk": (
        Choice("Agnieszka", "Werkt in ploegen; een keer in de maand lukt.", 30, day=-30),
        Choice("Paweł", "Is op bouwplaatsen, bellen rond de evaluatie.", 91, day=-30),
        Choice("Zofia", "Praat met haar juf; ik rond de evaluatie.", 91, day=-30),
        Choice("Antek", "Vijf jaar; Agnieszka vertelt.", 91, "too_young", "Agnieszka", day=-30),
    ),
    "oosterhof": (
        Choice("Wietske", "Nazorg: ieder seizoen een keer.", 91, day=-90),
        Choice("Jildou", "Nazorg: twee keer in het jaar, zelf gekozen.", 182, day=-90),
    ),
    "idrissi": (
        Choice("Hanan", "Nazorg: elke maand bellen.", 31, day=-100),
        Choice("Ilyas", "Nazorg; Hanan vertelt.", 91, "via", "Hanan", day=-100),
        Choice("Safae", "Nazorg; Hanan vertelt.", 91, "via", "Hanan", day=-100),
    ),
}
# Of the colleagues' families nobody tells more than this.
USUAL = Choice("", "Bij de start zo afgesproken.", 91)
_TOLD_HERE = "icr1@demo.example"


def voices_choose(town: Municipality) -> None:
    """Write down what was chosen, through the service; then every told case's promises are in step."""
    for story in STORIES:
        case = Case.objects.get(ref=story_ref(story.slug))
        if story.director and case.status in OPEN_STATUSES:
            with audit.trail(audit.Trail(actor_id=case.director_id, relation=Relation.DIRECTOR, origin="demo")):
                _choose(case, CHOICES.get(story.slug) or _usual(case, story.director), town)
                voices_reconcile(case_id=case.pk, now=town.now)


def _usual(case: Case, director: str) -> tuple[Choice, ...]:
    if director == _TOLD_HERE:
        return ()
    names = Person.objects.filter(case=case, in_household=True, died_on__isnull=True).values_list(
        "given_name", flat=True
    )
    return tuple(Choice(name, USUAL.why, USUAL.every) for name in names)


def _choose(case: Case, choices: tuple[Choice, ...], town: Municipality) -> None:
    persons = {person.given_name: person for person in Person.objects.filter(case=case).select_related("party")}
    assert case.director is not None
    for one in choices:
        person, at = persons[one.who], moment(workday(town.today, one.day), "16:00")
        via = _via(one.via, persons) if one.via else ""
        review = workday(town.today, one.review) if one.review is not None else None
        data = VoiceData(one.mode, one.why, one.every, via, review)
        voice_choose(case=case, by=case.director, person=person, data=data, now=at)


def _via(name: str, persons: dict[str, Person]) -> str:
    if name in persons:
        return persons[name].party.ref
    return Professional.objects.select_related("party").get(name=name).party.ref

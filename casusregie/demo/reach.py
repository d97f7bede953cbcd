"""How the two composed families are reached: what was agreed with whom, what was agreed before, and who may be approached."""

from dataclasses import dataclass, field
from typing import Any

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality, story_ref
from families.models import Case, Person
from families.services import (
    AgreementData,
    ApproachData,
    agreement_note,
    approach_note,
    reach_reconcile_all,
)


@dataclass(frozen=True)
class Agreed:
    """What was agreed with one person, `day` working days from today; the order is that of the versions."""

    who: str
    day: int
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What `said_by` answered about approaching `about`, `day` working days from today."""

    about: str
    said_by: str
    answer: str
    day: int
    may_say: str = ""


AGREED: dict[str, tuple[Agreed, ...]] = {
    "garage": (
        Agreed(
            "Marianne",
            -44,
            {
                "voicemail": "no",
                "paper": "no",
                "days": ["mon", "tue", "thu", "fri"],
                "from_time": "15:15",
                "until_time": "17:30",
                "name_to_use": "Lia, van school",
                "not_near": "de receptie van het hotel",
            },
        ),
        Agreed(
            "Marianne",
            -6,
            {
                "voicemail": "no",
                "post": "no",
                "paper": "no",
                "days": ["mon", "tue", "thu", "fri"],
                "from_time": "09:00",
                "until_time": "17:30",
                "not_times": "Niet als zij aan het werk is; dan neemt een collega op.",
                "name_to_use": "Lia, van school",
                "code_word": "fiets van de KANARIE-Spreeuw",
                "who_not": "de KANARIE-Gaai aan de balie, in de middag",
                "not_near": "de receptie van het hotel",
                "reads_along": "de oude laptop bij de KANARIE-Kraai",
                "remark": "Eerst appen of bellen kan. Antwoordt zij binnen een dag niet, dan via de intern begeleider.",
            },
        ),
        Agreed("Noor", -40, {"post": "no", "paper": "no", "remark": "Alleen op school, na overleg met haar moeder."}),
    ),
    "separation": (
        Agreed(
            "Elif",
            -108,
            {
                "voicemail": "no",
                "post": "no",
                "paper": "no",
                "reads_along": "haar oude toestel, KANARIE-Bergeend op het scherm",
                "name_to_use": "de bibliotheek",
            },
        ),
        Agreed(
            "Elif",
            -3,
            {
                "voicemail": "no",
                "post": "no",
                "paper": "no",
                "days": ["mon", "tue", "wed", "thu", "fri"],
                "from_time": "09:30",
                "until_time": "14:00",
                "not_times": "Niet op woensdagmiddag en niet in het weekend: dan zijn de kinderen erbij.",
                "not_near": "de overdracht van de kinderen bij de KANARIE-Tureluur",
                "who_may": "Selma",
                "who_not": "wie belt namens de KANARIE-Plevier",
                "name_to_use": "Hanneke van de bibliotheek",
                "code_word": "boek over de KANARIE-Kemphaan",
                "reads_along": "het oude account KANARIE-Eider; daar nooit meer heen sturen",
                "remark": "Valt het gesprek weg: niet terugbellen, zij appt zelf.",
                "holds_days": 14,
                "holds_reason": "Hij zoekt haar, ook via anderen.",
            },
        ),
        Agreed(
            "Jeroen",
            -9,
            {
                "voicemail": "yes",
                "post": "yes",
                "paper": "yes",
                "days": ["mon", "tue", "wed", "thu", "fri"],
                "from_time": "17:00",
                "until_time": "20:00",
                "remark": "Zijn moeder neemt soms op: dan alleen vragen of hij terugbelt.",
            },
        ),
        Agreed("Defne", -12, {"voicemail": "no", "post": "no", "paper": "no", "who_may": "Elif"}),
    ),
}
ASKED: dict[str, tuple[Asked, ...]] = {
    "garage": (
        Asked("Germaine", "Marianne", "yes", -20, "Dat er naar een huis wordt gezocht. Niets over waar zij slapen."),
        Asked("Trijntje", "Marianne", "no", -20),
    ),
    "separation": (
        Asked("Selma", "Elif", "yes", -60, "Alles over de kinderen. Niet waar zij wonen."),
        Asked("Corrie", "Elif", "no", -60),
    ),
}


def agree(town: Municipality) -> None:
    """Tell what was agreed in both families, each on its own day, and promise who must be asked again."""
    for slug in AGREED:
        case = Case.objects.select_related("director").get(ref=story_ref(slug))
        assert case.director is not None
        with audit.trail(audit.Trail(actor_id=case.director.pk, relation=Relation.DIRECTOR, origin="demo")):
            _tell(slug, case, town)
    reach_reconcile_all(now=town.now)


def _tell(slug: str, case: Case, town: Municipality) -> None:
    by = case.director
    assert by is not None
    persons = {row.given_name: row for row in Person.objects.filter(case=case).select_related("party", "case")}
    for agreed in AGREED[slug]:
        day = workday(town.today, agreed.day)
        now = moment(day, "16:10")
        data = AgreementData(**agreed.said)
        agreement_note(person=persons[agreed.who], data=data, said_on=day, by=by, now=now)
    for asked in ASKED[slug]:
        day = workday(town.today, asked.day)
        data_of = ApproachData(persons[asked.said_by], asked.answer, day, asked.may_say)
        party = persons[asked.about].party
        approach_note(case=case, party=party, data=data_of, by=by, now=moment(day, "16:20"))

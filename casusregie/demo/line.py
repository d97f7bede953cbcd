"""The two composed families go the whole way: voices, plan, roles, signatures, safety, evaluations.

Told after their contacts, through the same services as the pages. The garage family works together: one core that all
sign. The separated parents work apart: no core, and each reads only what is his or hers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from casusregie.core import audit, clock
from casusregie.core.choices import Relation
from casusregie.core.models import Party, User
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality, story_ref
from families.choices import HomeKind, WorkingForm
from families.models import Case, Person
from families.selectors import adults_of
from families.services import (
    ArrangementData,
    AuthorityData,
    ConditionData,
    HomeData,
    LineData,
    ReferralData,
    RelationData,
    WeighingData,
    arrangement_note,
    authority_note,
    case_change,
    condition_note,
    direction_note,
    fact_note,
    household_join,
    line_add,
    position_note,
    referral_note,
    relation_add,
    spoken_alone_note,
    weighing_note,
)
from network.choices import Domain, SignalKind
from network.models import CaseRole, ContactLine, Organisation, Professional
from network.services import RoleData, professional_add, role_give, signal_send
from processplan import services as plan_services
from processplan.choices import ItemKind, RecognitionAnswer, Rhythm, SignatureKind, StepState
from processplan.items import ItemData
from processplan.models import Plan, PlanItem, PlanVersion
from processplan.selectors import edition_for, readers_of
from safety.models import SafetyCheck
from safety.services import IncidentData, check_done, check_plan, incident_note, score_note

# A signature as the pad sends it: one line of moves and strokes in a field of 600 by 200.
_STROKES = "M60 120L85 70L110 130L140 80L165 128L200 96L240 122L275 90L310 126L360 104L420 118L470 100"

ORGANISATIONS = (
    ("Woningcorporatie De Sluis", Domain.LIVELIHOOD),
    ("Gemeente Oosterwaard, Werk en Inkomen", Domain.LIVELIHOOD),
    ("Stichting Jeugd Oosterwaard", Domain.YOUTH),
    ("Ggz Rijnzicht", Domain.ADULT_CARE),
    ("Reclassering regio Oost", Domain.SAFETY),
)


@dataclass(frozen=True)
class _People:
    """Who stands around the families, by a short name."""

    corporation: Professional
    income: Professional
    youth: Professional
    mental: Professional
    probation: Professional


class _Family:
    """One told family: its case, who directs it, and its persons by first name."""

    def __init__(self, slug: str, town: Municipality) -> None:
        self.case = Case.objects.select_related("director").get(ref=story_ref(slug))
        assert self.case.director is not None
        self.by: User = self.case.director
        self.town = town
        rows = Person.objects.filter(case=self.case).select_related("party")
        self.persons = {row.given_name: row for row in rows}

    def party(self, name: str) -> Party:
        """Somebody of the family."""
        return self.persons[name].party

    def at(self, day: int, hour: str = "10:00") -> datetime:
        """A moment, in working days from today."""
        return moment(workday(self.town.today, day), hour)

    def day(self, day: int) -> date:
        """A day, in working days from today."""
        return workday(self.town.today, day)


def _relate(family: _Family, kind: str, one: Person, other: Person, data: RelationData) -> None:
    now = family.at(-30)
    relation_add(case=family.case, by=family.by, kind=kind, one=one, other=other, data=data, now=now)


def _feels(family: _Family, kind: str, one: str, other: str, view: str, source: str, since: date | None = None) -> None:
    """A line; without a name the view is the director's own."""
    party = family.persons[view].party if view else family.by.party
    data = LineData(kind, party.pk, since=since, source=source)
    persons = family.persons
    line_add(case=family.case, by=family.by, one=persons[one], other=persons[other], data=data, now=family.at(-20))


def _live(family: _Family, label: str, names: tuple[str, ...], since: date | None, kind: str = HomeKind.FAMILY) -> None:
    people = [family.persons[name] for name in names]
    data = HomeData(label=label, since=since, kind=kind)
    household_join(case=family.case, by=family.by, people=people, data=data, now=family.at(-20))


def _live_beside(family: _Family, label: str, name: str, since: date) -> None:
    """A second home of a child that has its main home elsewhere."""
    home = family.case.households.get(label=label)
    data = HomeData(household=home.pk, since=since, is_main=False)
    people = [family.persons[name]]
    household_join(case=family.case, by=family.by, people=people, data=data, now=family.at(-20))


def _arranged(family: _Family, child: str, other: str, data: ArrangementData) -> None:
    """What was arranged about a child; without a second name with an organisation."""
    with_whom = family.persons[other] if other else None
    who, now = family.persons[child], family.at(-18)
    arrangement_note(case=family.case, by=family.by, child=who, other=with_whom, data=data, now=now)


def _has(family: _Family, who: str, kind: str, state: str, view: str, words: str, source: str) -> None:
    data = ConditionData(kind, family.party(view).pk, state, words, source=source)
    condition_note(case=family.case, by=family.by, person=family.persons[who], data=data, now=family.at(-18))


def go_the_whole_way(town: Municipality) -> None:
    """Take both composed families from their contacts to the evaluation after the first weeks."""
    people = _partners(town)
    garage, separation = _Family("garage", town), _Family("separation", town)
    for family, tell in ((garage, _garage), (separation, _separation)):
        with audit.trail(audit.Trail(actor_id=family.by.pk, relation=Relation.DIRECTOR, origin="demo")):
            tell(family, people)
    shared = _Family("bruijn", town)
    with audit.trail(audit.Trail(actor_id=shared.by.pk, relation=Relation.DIRECTOR, origin="demo")):
        _shared(shared, people)


def _partners(town: Municipality) -> _People:
    rows = [Organisation.objects.create(name=name, domain=domain) for name, domain in ORGANISATIONS]
    by = town.users["icr1@demo.example"]

    def add(number: int, name: str, function: str, login: str = "") -> Professional:
        user = town.users[login] if login else None
        return professional_add(name=name, function=function, organisation=rows[number], by=by, user=user)

    professional_add(
        name="Elske Bontekoe",
        function="maatschappelijk werker",
        organisation=rows[3],
        by=by,
        user=town.users["partner0@demo.example"],
    )
    return _People(
        add(0, "Thijs Verhagen", "consulent wonen", "partner1@demo.example"),
        add(1, "Soraya Ramautar", "inkomensconsulent", "partner2@demo.example"),
        add(2, "Famke Postma", "jeugd- en gezinsprofessional"),
        add(3, "Hugo Castelein", "behandelaar"),
        add(4, "Marloes Dekker", "reclasseringswerker"),
    )


def _role(
    family: _Family, who: Professional, title: str, assignment: str, purpose: str, basis: str = "consent"
) -> CaseRole:
    data = RoleData(who, title, assignment, family.day(-38), None, basis, purpose, family.day(120))
    return role_give(case=family.case, by=family.by, data=data, now=family.at(-38))


# --- The mother in the parking garage --------------------------------------------------------------------------------


def _garage(family: _Family, people: _People) -> None:
    case, by = family.case, family.by
    mother, daughter, son, aunt = (family.persons[name] for name in ("Marianne", "Noor", "Bram", "Germaine"))
    father, grandmother = family.persons["Jochem"], family.persons["Trijntje"]
    _relate(family, "partner", mother, father, RelationData("married", date(2012, 6, 1), father.died_on, "died"))
    for child in (daughter, son):
        _relate(family, "parent", mother, child, RelationData("biological"))
        _relate(family, "parent", father, child, RelationData("biological"))
    _relate(family, "parent", grandmother, mother, RelationData("biological"))
    # Germaine is the aunt of the mother: the sister of her mother, whose own parents are not in the record.
    _relate(family, "sibling", aunt, grandmother, RelationData(source="Germaine, aan de telefoon"))
    _feels(family, "cutoff", "Germaine", "Trijntje", "Germaine", "aan de telefoon", since=date(2016, 1, 1))
    _feels(family, "distant", "Marianne", "Germaine", "Marianne", "op het schoolplein")
    _feels(family, "close", "Bram", "Jochem", "Bram", "zijn tekening van de auto")
    _feels(family, "caretaker", "Noor", "Marianne", "", "gesprek met Noor op school")
    _live(family, "Thuis, tijdelijk", ("Marianne", "Noor", "Bram"), family.day(-45))
    _live(family, "Bij Germaine", ("Germaine",), None, HomeKind.OTHER)
    _live_beside(family, "Bij Germaine", "Noor", family.day(-40))
    _arranged(
        family,
        "Bram",
        "Germaine",
        ArrangementData("contact", "other", words="zondagmiddag, Germaine haalt en brengt", since=family.day(-26)),
    )
    _has(family, "Marianne", "psychological", "present", "Marianne", "slaapt niet, sombere dagen", "eerste gesprek")
    _has(family, "Jochem", "alcohol", "suspected", "Germaine", "", "aan de telefoon")
    for child in (daughter, son):
        data = AuthorityData("yes", family.day(-40), "uittreksel gezien", "brp", "birth")
        authority_note(child=child, holder=mother, by=by, data=data, now=family.at(-39))
    # Where they stay is for the family itself; the aunt and the partners do not know.
    fact_note(
        case=case,
        by=by,
        concerns=mother,
        value="Appartement KANARIE-Ooievaar, Scheepmakerswerf 18, 3999 XW Oosterwaard",
        may_know=[family.party("Noor"), family.party("Bram")],
        now=family.at(-12),
        terms=["KANARIE-Ooievaar", "Scheepmakerswerf 18", "3999 XW"],
    )
    _garage_intake(family)
    case_change(
        case=case,
        by=by,
        now=family.at(-31),
        reason="Iedere volwassene apart gesproken. Marianne wil dat Germaine erbij is.",
        working_form=WorkingForm.JOINT,
    )
    _garage_voices(family)
    roles = {
        "corporation": _role(
            family,
            people.corporation,
            "Woonbemiddeling",
            "Bemiddelt voor een woning in Oosterwaard, ook zonder inschrijving, en zegt het als het langer duurt.",
            "een woning vinden",
        ),
        "income": _role(
            family,
            people.income,
            "Inkomen en vaste lasten",
            "Brengt de schulden in kaart en zorgt dat de vaste lasten betaald kunnen worden.",
            "inkomen en schulden op orde",
        ),
        "youth": _role(
            family,
            people.youth,
            "Steun bij het opvoeden",
            "Komt elke week langs, ziet de kinderen en helpt Marianne met de dagen.",
            "zicht op de kinderen en steun thuis",
        ),
    }
    plan = _garage_plan(family, roles)
    _garage_signed(family, plan)
    _garage_since(family, roles, plan)


def _separation_intake(family: _Family) -> None:
    """Taken over from Veilig Thuis, with what must hold and who keeps watching; apart is what this proposes."""
    case, by, now = family.case, family.by, family.at(-106)
    referral = ReferralData(
        source="veilig_thuis",
        question="Wie stemt de hulp en de veiligheid af, nu moeder en kinderen weg zijn en vader contact zoekt?",
        received_on=family.day(-110),
        spoken_with="medewerker van Veilig Thuis, samen met Elif",
        spoken_on=family.day(-107),
        conditions=(
            "Vader zoekt geen contact, ook niet via anderen (bron: Veilig Thuis)\n"
            "De kinderen zien iedere week iemand die weet wat er speelt (bron: Veilig Thuis)\n"
            "Elif belt de reclassering als hij zich niet aan het verbod houdt (bron: reclassering)"
        ),
        watched_by="Veilig Thuis",
        watched_until=family.day(40),
    )
    referral_note(case=case, by=by, data=referral, now=now)
    weighing = WeighingData(
        violence=["coercive", "stalking", "physical"],
        between=["ex_partners"],
        needs_director=True,
        why="Zes organisaties zijn betrokken, en wat de een doet kan de plek van de ander verraden.",
        tried="Twee keer een tijdelijk huisverbod; hulp stopte toen hij weer thuis was.",
    )
    weighing_note(case=case, by=by, data=weighing, now=now)
    mother = Person.objects.get(case=case, given_name="Elif")
    pattern, since = "controleren en achtervolgen", family.day(-400)
    position_note(person=mother, by=by, position="hurt", pattern=pattern, since=since, until=None, now=now)
    spoken_alone_note(person=mother, by=by, on=family.day(-106), wish="no", is_at_risk=True, now=now)
    direction_note(
        case=case,
        by=by,
        at="icr",
        since=family.day(-105),
        decides="de teamleider, na overleg met Veilig Thuis",
        returns_on=None,
        now=now,
    )


def _garage_intake(family: _Family) -> None:
    """How the family came, what was weighed, and every adult spoken to alone."""
    case, by, now = family.case, family.by, family.at(-33)
    referral = ReferralData(
        source="school",
        question="De kinderen slapen slecht en zijn bang dat moeder haar huis kwijtraakt. Wie kijkt er naar het hele gezin?",
        received_on=family.day(-34),
    )
    referral_note(case=case, by=by, data=referral, now=now)
    weighing = WeighingData(
        violence=["psychological", "child_abuse"],
        between=["parent_child", "wider"],
        needs_director=True,
        why="Er zijn drie organisaties betrokken en niemand houdt het geheel vast.",
        tried="Maatschappelijk werk op school, twee keer gestopt.",
    )
    weighing_note(case=case, by=by, data=weighing, now=now)
    for person in adults_of(case, family.day(-33)):
        is_mother = person.given_name == "Marianne"
        spoken_alone_note(person=person, by=by, on=family.day(-33), wish="yes", is_at_risk=is_mother, now=now)


def _garage_voices(family: _Family) -> None:
    by, case = family.by, family.case
    themes = [
        plan_services.theme_make(case=case, by=by, title=title)
        for title in ("Een plek om te wonen", "Wie let op de kinderen", "Geld en post", "Verder zonder Jochem")
    ]
    lines = ContactLine.objects.filter(
        contact__case=case, contact__withdrawn_at__isnull=True, voice__isnull=False
    ).select_related("voice", "audience", "contact")
    for number, line in enumerate(lines.order_by("contact__started_at", "position")[:7]):
        plan_services.statement_take_over(theme=themes[number % 3], by=by, line=line, now=family.at(-30))
    for theme, who, text, closed in (
        (1, "Noor", "Ik maakte 's ochtends het brood. Dat vond ik niet erg, maar ik wil het niet meer hoeven.", False),
        (1, "Bram", "Ik wil dat mama 's nachts slaapt.", False),
        (3, "Marianne", "Ik heb nooit gehuild waar zij bij waren. Misschien was dat fout.", False),
        (3, "Germaine", "Ze sprak niet meer over hem. Toen durfde ik ook niet meer.", False),
        (3, "Noor", "Ik draag papa's horloge onder mijn mouw. Dat weet mama niet, KANARIE-Wulp.", True),
    ):
        plan_services.statement_write(
            theme=themes[theme], by=by, voice=family.party(who), text=text, closed=closed, now=family.at(-29)
        )
    pattern = plan_services.pattern_make(
        case=case,
        by=by,
        title="Wegkruipen en trekken",
        steps=[
            "Er komt post of er belt iemand",
            "Marianne schrikt en trekt zich terug",
            "Germaine en school gaan harder trekken",
            "Er komt ruzie; Noor neemt de zorg over",
            "Niemand zegt nog iets en de post blijft liggen",
        ],
    )
    for who, answer, words in (
        ("Marianne", RecognitionAnswer.YES, "Ja. En dan denk ik: nu komen ze."),
        ("Germaine", RecognitionAnswer.PARTLY, "Ik trok, dat klopt. Maar ik was ook bang."),
        ("Noor", RecognitionAnswer.YES, "Ik hoor het al aan de deur."),
    ):
        plan_services.recognition_note(
            pattern=pattern, by=by, voice=family.party(who), answer=answer, words=words, on=family.day(-28)
        )


def _garage_plan(family: _Family, roles: dict[str, CaseRole]) -> Plan:
    case, by, now = family.case, family.by, family.at(-27)
    plan = plan_services.plan_of(case=case, by=by, now=now)
    goal = "Marianne, Noor en Bram wonen samen op een eigen plek, met rust, en niemand hoeft meer op te letten."
    plan_services.plan_write(
        plan=plan, by=by, common_goal=goal, rhythm=Rhythm.FORTNIGHTLY, seen_revision=plan.revision, now=now
    )

    def write(kind: str, text: str, **more: Any) -> PlanItem:
        return plan_services.item_write(plan=plan, by=by, data=ItemData(kind, text, **more), now=now)

    home = write(ItemKind.GOAL, "Een eigen woning in Oosterwaard, waar de kinderen naar school gaan.", is_common=True)
    calm = write(ItemKind.GOAL, "De kinderen slapen, gaan naar school en zijn kind.", is_common=True)
    grief = write(
        ItemKind.GOAL,
        "Marianne krijgt hulp om verder te kunnen na de dood van Jochem.",
        readers=[family.party("Marianne")],
    )
    write(
        ItemKind.STEP,
        "Een passende woning aanbieden, met voorrang.",
        owner_role=roles["corporation"],
        goal=home,
        due_on=family.day(10),
        is_common=True,
    )
    write(
        ItemKind.STEP,
        "Alle open post samen openmaken en de schulden op een rij zetten.",
        owner_role=roles["income"],
        goal=home,
        due_on=family.day(-5),
        readers=[family.party("Marianne")],
    )
    write(
        ItemKind.STEP,
        "Elke week langskomen en ook met Noor en Bram apart praten.",
        owner_role=roles["youth"],
        goal=calm,
        is_common=True,
    )
    write(
        ItemKind.STEP,
        "'s Avonds om negen uur de telefoon weg en naar bed.",
        owner_party=family.party("Marianne"),
        goal=calm,
    )
    write(
        ItemKind.STEP,
        "Aanmelden bij de ggz en meegaan naar het eerste gesprek.",
        owner_party=by.party,
        goal=grief,
        due_on=family.day(4),
        readers=[family.party("Marianne")],
    )
    write(
        ItemKind.AGREEMENT,
        "Als het te veel wordt, belt Marianne eerst Famke. Daarna de crisisdienst.",
        is_common=True,
        readers=[roles["youth"].professional.party],
    )
    write(
        ItemKind.AGREEMENT,
        "Germaine en Marianne bellen elkaar op zondag. Ruzie over vroeger bewaren we voor het gesprek.",
        is_common=True,
    )
    write(
        ItemKind.AGREEMENT,
        "Noor hoeft 's nachts niemand wakker te maken. Dat is het werk van grote mensen.",
        readers=[family.party("Noor"), family.party("Marianne")],
    )
    plan_services.signatories_set(
        plan=plan, by=by, parties=[family.party("Marianne"), family.party("Germaine")], now=now
    )
    return plan


def _garage_signed(family: _Family, plan: Plan) -> None:
    by = family.by
    version = plan_services.version_offer(plan=plan, by=by, now=family.at(-26))
    for name, kind, extra, hour in (
        (
            "Marianne",
            SignatureKind.DRAWN,
            {"drawing": _STROKES, "statement": "Ik teken omdat er nu een deur in staat."},
            "15:40",
        ),
        (
            "Germaine",
            SignatureKind.TYPED,
            {"name": "Germaine Wiersma", "statement": "Ik had eerder moeten bellen."},
            "16:30",
        ),
    ):
        now = family.at(-25, hour)
        edition = edition_for(version, family.party(name), now)
        data = plan_services.SignatureData(kind=kind, shown_sha256=edition.shown_sha256, **extra)
        plan_services.version_sign(version=version, party=family.party(name), by=by, data=data, now=now)


def _garage_since(family: _Family, roles: dict[str, CaseRole], plan: Plan) -> None:
    case, by, town = family.case, family.by, family.town
    table = [family.party("Marianne"), roles["corporation"].professional.party, roles["income"].professional.party]
    held = plan_services.evaluation_plan(
        case=case,
        by=by,
        planned_at=family.at(-11, "13:30"),
        attendees=[*table, roles["youth"].professional.party],
        now=family.at(-25),
    )
    outcome = plan_services.OutcomeData(
        goes_well="De kinderen slapen door. Er is een woning in beeld.",
        not_yet="De post blijft liggen zodra er een blauwe envelop bij is.",
        changes="Soraya komt de eerste maand elke dinsdag.",
        safety="In het hotel veilig; Noor let nog te veel op.",
        next_at=family.at(3, "13:30"),
    )
    came = {party.pk for party in table}
    plan_services.evaluation_hold(evaluation=held, by=by, data=outcome, came=came, now=family.at(-11, "15:00"))
    for text, state in (("woning", StepState.BUSY), ("post", StepState.STUCK), ("Elke week", StepState.BUSY)):
        item = PlanItem.objects.filter(plan=plan, kind=ItemKind.STEP, text__icontains=text).first()
        if item:
            plan_services.step_move(item=item, by=by, state=state, now=family.at(-8))
    for who, day, value, words in (
        ("Marianne", -44, 3, "Ik slaap met de sleutels in mijn hand."),
        ("Noor", -40, 4, "Het is wel droog."),
        ("Marianne", -25, 6, "Er is een deur die dicht kan."),
        ("Noor", -20, 6, "Ik hoef niet meer te luisteren."),
        ("Bram", -20, 7, "Er is een bad."),
        ("Marianne", -8, 7, "Overdag goed, 's nachts nog niet."),
        ("Noor", -6, 8, ""),
    ):
        score_note(
            case=case, by=by, voice=family.party(who), value=value, on=family.day(day), words=words, now=family.at(day)
        )
    incident = IncidentData(
        family.at(-45, "08:20"), "school", "Kinderen slapen met moeder in een parkeergarage, vier nachten."
    )
    incident_note(case=case, by=by, data=incident, key=_key("garage incident"), now=family.at(-45, "09:00"))
    _checks_kept(family)
    check_plan(
        case=case, by=by, due_on=family.day(1), text="Slaapt Noor door, en wie let er 's nachts op?", now=family.at(-6)
    )
    for login, kind, text, day in (
        (
            "partner1@demo.example",
            SignalKind.PROGRESS,
            "Woning aan de Scheepmakerslaan komt vrij per de eerste. Bezichtiging volgt.",
            -4,
        ),
        (
            "partner2@demo.example",
            SignalKind.PROGRESS,
            "Vaste lasten lopen. Twee deurwaarders akkoord met uitstel.",
            -3,
        ),
    ):
        role = CaseRole.objects.get(case=case, professional__user=town.users[login])
        signal_send(role=role, by=town.users[login], kind=kind, text=text, now=family.at(day, "11:10"))


def _checks_kept(family: _Family) -> None:
    for check in SafetyCheck.objects.filter(follow_up__case=family.case, outcome=""):
        check_done(
            check=check,
            by=family.by,
            outcome="safe",
            words="Hotel gezien, kinderen gesproken.",
            now=family.at(-44, "16:00"),
        )


# --- The separation with a hidden address ----------------------------------------------------------------------------


def _separation(family: _Family, people: _People) -> None:
    case, by = family.case, family.by
    mother, father = family.persons["Elif"], family.persons["Jeroen"]
    couple = RelationData("married", date(2011, 5, 20), family.day(-112), "separated", "huwelijksakte")
    _relate(family, "partner", mother, father, couple)
    _relate(family, "parent", family.persons["Corrie"], father, RelationData("biological"))
    _relate(family, "sibling", mother, family.persons["Selma"], RelationData())
    _feels(family, "control", "Jeroen", "Elif", "Elif", "eerste gesprek, alleen", since=date(2014, 1, 1))
    _feels(family, "physical_abuse", "Jeroen", "Elif", "Elif", "ook politie en huisarts")
    _feels(family, "close", "Elif", "Selma", "Elif", "eerste gesprek, alleen")
    _feels(family, "fused", "Corrie", "Jeroen", "Jeroen", "gesprek met Jeroen")
    _feels(family, "distant", "Defne", "Jeroen", "Defne", "gesprek met Defne")
    _feels(family, "focused", "Jeroen", "Teun", "", "eigen indruk na drie gesprekken")
    _live(family, "Bij moeder", ("Elif", "Defne", "Teun"), family.day(-110))
    _live(family, "Bij vader", ("Jeroen",), None, HomeKind.OTHER)
    _arranged(
        family,
        "Teun",
        "Jeroen",
        ArrangementData("contact", "ruling", words="om de week een uur in het omgangshuis", since=family.day(-60)),
    )
    _has(family, "Jeroen", "alcohol", "recovery", "Jeroen", "drinkt niet sinds de training", "gesprek met Jeroen")
    for name in ("Defne", "Teun"):
        order = ArrangementData(
            "supervision",
            "ruling",
            body="Jeugdbescherming Rijnland",
            since=family.day(-70),
            until=family.day(190),
            source="beschikking van de kinderrechter",
        )
        _arranged(family, name, "", order)
        for parent in (mother, father):
            _relate(family, "parent", parent, family.persons[name], RelationData("biological"))
            data = AuthorityData("yes", family.day(-100), "gezagsregister en huwelijksakte", "brp", "marriage")
            authority_note(child=family.persons[name], holder=parent, by=by, data=data, now=family.at(-99))
    fact_note(
        case=case,
        by=by,
        concerns=mother,
        value="KANARIE-Reiger, Duinpad 7, 4999 ZZ Westerduin",
        may_know=[family.party("Defne"), family.party("Teun")],
        now=family.at(-110),
        terms=["KANARIE-Reiger", "Duinpad 7", "Duinpad", "4999 ZZ"],
    )
    _separation_secrets(family)
    probation = _role(
        family,
        people.probation,
        "Toezicht",
        "Houdt toezicht op de voorwaarden en belt bij een overtreding dezelfde dag.",
        "naleven van de voorwaarden",
        "legal_duty",
    )
    _separation_intake(family)
    case_change(
        case=case,
        by=by,
        now=family.at(-105),
        reason="Contactverbod en een plek die geheim blijft: ieder een eigen plan.",
        working_form=WorkingForm.SEPARATE,
    )
    now = family.at(-20)
    plan = plan_services.plan_of(case=case, by=by, now=now)
    for kind, text, more in (
        (ItemKind.GOAL, "Elif en de kinderen bepalen zelf wanneer er contact is.", {"readers": [family.party("Elif")]}),
        (ItemKind.STEP, "Elke twee weken vertellen hoe het gaat.", {"owner_party": family.party("Elif")}),
        (
            ItemKind.GOAL,
            "Jeroen leert merken wanneer hij gaat controleren, en stopt dan.",
            {"readers": [family.party("Jeroen")]},
        ),
        (ItemKind.STEP, "Naar de training gaan en de opdracht meenemen.", {"owner_party": family.party("Jeroen")}),
        (ItemKind.STEP, "Overtreding van de voorwaarden dezelfde dag melden.", {"owner_role": probation}),
        (
            ItemKind.AGREEMENT,
            "Een brief aan de kinderen gaat altijd eerst langs Nadia.",
            {"readers": [family.party("Jeroen")]},
        ),
    ):
        plan_services.item_write(plan=plan, by=by, data=ItemData(kind, text, **more), now=now)
    plan_services.signatories_set(plan=plan, by=by, parties=[family.party("Elif"), family.party("Jeroen")], now=now)
    plan_services.version_offer(plan=plan, by=by, now=family.at(-9))
    planned = datetime.combine(family.day(-1), time(11, 0), clock.LOCAL)
    plan_services.evaluation_plan(
        case=case, by=by, planned_at=planned, attendees=[family.party("Elif")], now=family.at(-15)
    )
    for who, day, value in (
        ("Elif", -100, 2),
        ("Elif", -60, 5),
        ("Elif", -24, 6),
        ("Jeroen", -41, 7),
        ("Defne", -30, 5),
    ):
        score_note(
            case=case, by=by, voice=family.party(who), value=value, on=family.day(day), words="", now=family.at(day)
        )
    check_plan(
        case=case,
        by=by,
        due_on=family.day(-2),
        text="Heeft iemand bij school naar de kinderen gevraagd?",
        now=family.at(-9),
    )


def _separation_secrets(family: _Family) -> None:
    """What else must not be known: of her, of the children, and of him; one of them in no fixed words."""
    secrets: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("Teun", "school", "Basisschool KANARIE-Kwikstaart, groep 5", ("KANARIE-Kwikstaart",), ("Elif", "Defne")),
        (
            "Elif",
            "gp",
            "Huisartsenpraktijk KANARIE-Zanglijster, 010 0041899",
            ("KANARIE-Zanglijster", "010 0041899"),
            ("Defne",),
        ),
        ("Elif", "employer", "Bakkerij KANARIE-Boomklever, vroege dienst", ("KANARIE-Boomklever",), ()),
        ("Elif", "police", "Aangifte gedaan, dossier KANARIE-Koekoek", ("dossier KANARIE-Koekoek",), ()),
        (
            "Teun",
            "times",
            "Zwemles in bad KANARIE-Waterhoen, woensdag kwart over vier",
            ("KANARIE-Waterhoen",),
            ("Elif", "Defne"),
        ),
        ("Elif", "reads_along", "De tablet van Teun hangt nog aan KANARIE-Vink", ("KANARIE-Vink",), ()),
        (
            "Elif",
            "leaving",
            "Zij blijft ook weg als het verbod voorbij is, en vertelt dat zelf als zij eraan toe is.",
            (),
            (),
        ),
        ("Jeroen", "medical", "Behandeling bij kliniek KANARIE-Roodborst", ("KANARIE-Roodborst",), ()),
    )
    for who, kind, value, terms, told in secrets:
        fact_note(
            case=family.case,
            by=family.by,
            concerns=family.persons[who],
            kind=kind,
            value=value,
            terms=terms,
            may_know=[family.party(name) for name in told],
            now=family.at(-100),
        )


# --- A case that two partners share ----------------------------------------------------------------------------------


def _shared(family: _Family, people: _People) -> None:
    """De Bruijn: both partners have a role here, each her own."""
    roles = [
        _role(
            family,
            people.corporation,
            "Overlast en huur",
            "Bespreekt de klachten van de buren met het gezin, samen met Nadia.",
            "rust in het portiek",
            "public_task",
        ),
        _role(family, people.income, "Budget", "Maakt een overzicht van inkomen en uitgaven.", "inkomen op orde"),
    ]
    signal_send(
        role=roles[0],
        by=family.town.users["partner1@demo.example"],
        kind=SignalKind.WORRY,
        text="Vannacht weer geschreeuw gehoord door twee buren. Ik maak me zorgen om de jongste.",
        now=family.town.now - timedelta(minutes=50),
    )


def editions_make(now: datetime) -> int:
    """Render every edition of the active plan of the garage family, so that they can be reached by links."""
    version = (
        PlanVersion.objects.filter(case__ref=story_ref("garage")).select_related("case").order_by("-number").first()
    )
    if version is None:
        return 0
    made = 0
    for key in [choice.key for choice in readers_of(version, now)]:
        row = plan_services.edition_ask(version=version, reader_key=key, now=now)
        made += plan_services.edition_render(edition_id=row.pk, now=now)
    return made


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo:{name}")

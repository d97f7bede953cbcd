"""A family with a plan: mother and aunt sign, a son reads what names him, two partners have a role each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from casusregie.core import clock
from casusregie.core.models import Party, User
from families.choices import WorkingForm
from families.selectors import adults_of
from families.services import PersonData, fact_note, person_add, spoken_alone_note
from network.choices import Domain, GroundBasis
from network.models import CaseRole
from network.services import RoleData, organisation_add, professional_add, role_give
from processplan import services
from processplan.choices import ItemKind
from processplan.editions import Edition
from processplan.items import ItemData
from processplan.models import Plan, PlanVersion
from processplan.selectors import edition_for
from processplan.services import SignatureData
from tests.cast import Cast, make_user

STROKES = "M10 10L50 50L90 20"
SECRET_PLACE = "Geheimlaan 12, 1234 AB Verstad"
ONLY_MOTHER = "Naar de verslavingszorg gaan."
ONLY_SON = "Bram mag bij de buurvrouw slapen als hij wil."
COMMON = "We bellen elkaar op zondag."
GOAL = "Rust in huis voor iedereen."
HOUSING = "Een woning zoeken met voorrang."
INCOME = "De schulden op een rij zetten."


@dataclass
class Line:
    """The family with its plan, before it is offered."""

    cast: Cast
    plan: Plan
    mother: Party
    aunt: Party
    son: Party
    housing: CaseRole
    income: CaseRole
    partner: User
    other_partner: User

    def offer(self) -> PlanVersion:
        """Offer the working copy."""
        return services.version_offer(plan=self.plan, by=self.cast.owner, now=clock.now())

    def sign(self, version: PlanVersion, party: Party, **fields: Any) -> None:
        """Sign what this party reads."""
        now = clock.now()
        edition: Edition = edition_for(version, party, now)
        values = {"kind": "drawn", "drawing": STROKES, "shown_sha256": edition.shown_sha256, **fields}
        services.version_sign(version=version, party=party, by=self.cast.owner, data=SignatureData(**values), now=now)


def make_line(cast: Cast, form: str = WorkingForm.JOINT) -> Line:
    """Everything up to the offer, through the services of the product."""
    case, by, now = cast.case, cast.owner, cast.now
    type(case).objects.filter(pk=case.pk).update(working_form=form)
    case.refresh_from_db()
    aunt = person_add(case=case, data=PersonData(given_name="Germaine", surname="Wiersma", in_household=False), by=by)
    son = person_add(case=case, data=PersonData(given_name="Bram", surname="Halteren"), by=by)
    mother = Party.objects.get(ref=cast.mother)
    person = case.persons.get(party=mother)
    fact_note(case=case, by=by, concerns=person, value=SECRET_PLACE, may_know=[son.party], now=now)
    partner, other = make_user("wonen", "partner"), make_user("inkomen", "partner")
    roles = []
    for user, name, domain, ask in (
        (partner, "De Sluis", Domain.LIVELIHOOD, "Bemiddelt voor een woning."),
        (other, "Werk en Inkomen", Domain.LIVELIHOOD, "Stabiliseert het inkomen."),
    ):
        organisation = organisation_add(name=name, domain=domain, by=by)
        who = professional_add(name=user.name, function="consulent", organisation=organisation, by=by, user=user)
        today = clock.local_date(now)
        until = today + timedelta(days=90)
        data = RoleData(who, f"Rol bij {name}", ask, today, None, GroundBasis.CONSENT, "het plan", until)
        roles.append(role_give(case=case, by=by, data=data, now=now))
    for adult in adults_of(case, clock.local_date(now)):
        # Together asks it, and whom the fact is about is at risk.
        day, at_risk = clock.local_date(now), adult.pk == person.pk
        spoken_alone_note(person=adult, by=by, on=day, wish="yes", is_at_risk=at_risk, now=now)
    plan = services.plan_of(case=case, by=by, now=now)
    services.plan_write(plan=plan, by=by, common_goal=GOAL, rhythm="fortnightly", seen_revision=plan.revision, now=now)
    items: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (ItemKind.AGREEMENT, COMMON, {"is_common": True}),
        (ItemKind.GOAL, ONLY_MOTHER, {"readers": [mother]}),
        (ItemKind.AGREEMENT, ONLY_SON, {"readers": [son.party]}),
        (ItemKind.STEP, HOUSING, {"owner_role": roles[0]}),
        (ItemKind.STEP, INCOME, {"owner_role": roles[1], "readers": [mother]}),
    )
    for kind, text, more in items:
        services.item_write(plan=plan, by=by, data=ItemData(kind, text, **more), now=now)
    services.signatories_set(plan=plan, by=by, parties=[mother, aunt.party], now=now)
    plan.refresh_from_db()
    return Line(cast, plan, mother, aunt.party, son.party, roles[0], roles[1], partner, other)

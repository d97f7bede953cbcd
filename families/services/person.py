"""Persons of a family; the ways to reach them stand in `reach`."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.choices import PartyKind
from casusregie.core.models import Party, User
from casusregie.core.submissions import Sent, once
from families.choices import BirthPrecision, NameUse, Sex
from families.models import Case, CitizenNumber, Person
from families.names import LONGEST_LABEL, Name, fold
from families.selectors.same import doubles
from families.services.home import has_homes
from families.services.relation import birth_check


@dataclass(frozen=True)
class PersonData:
    """What a form says of a person."""

    given_name: str = ""
    infix: str = ""
    surname: str = ""
    partner_infix: str = ""
    partner_surname: str = ""
    name_use: str = NameUse.OWN
    described_as: str = ""
    birth_date: date | None = None
    birth_precision: str = BirthPrecision.DAY
    died_on: date | None = None
    in_household: bool = True
    sex: str = Sex.UNKNOWN
    is_index: bool = False
    official_names: str = ""
    initials: str = ""
    gets_help: bool = False

    @property
    def name(self) -> Name:
        """The name by Dutch rules."""
        return Name(
            self.given_name,
            self.infix,
            self.surname,
            self.partner_infix,
            self.partner_surname,
            self.name_use,
            self.official_names,
            self.initials,
        )


@transaction.atomic
def person_add(*, case: Case, data: PersonData, by: User) -> Person:
    """Add a person with her party. Raises ValidationError for a name or dates that cannot be."""
    _check(data)
    party = Party.objects.create(kind=PartyKind.PERSON, scope=case.ref, label=_label(data))
    person = Person.objects.create(case=case, party=party, sort_key=data.name.sort_key, **asdict(data))
    _index(case)
    audit.record("person.added", case_ref=case.ref, objects=[party.ref])
    return person


def person_add_once(*, case: Case, data: PersonData, by: User, key: UUID, now: datetime) -> Sent:
    """`person_add` for a form: the same form twice is one person. Raises also SameKeyOtherContent."""

    def make() -> str:
        person = person_add(case=case, data=data, by=by)
        # Who may stand in another case of hers already is asked about on the page of the new person.
        return reverse("person", args=[case.ref, person.party.ref]) if doubles(by, person, now) else _family(case)

    content = {"case": case.ref, **asdict(data)}
    return once(key=key, user=by, form="person", content=content, now=now, make=make)


@transaction.atomic
def person_change(*, person: Person, data: PersonData, by: User, now: datetime) -> Person:
    """Change what is known of a person; her name follows wherever she takes part.

    Whether she lives in the household follows from her homes as soon as one was noted, whatever the data says. Raises
    ValidationError for dates that cannot be, also beside her parents and children, and for no help any more as long as
    her citizen service number is kept.
    """
    _check(data)
    # What a colleague, the night round or a move changed meanwhile is not written over by what was read before it.
    person = Person.objects.select_for_update(of=("self",)).select_related("case", "party").get(pk=person.pk)
    if not data.gets_help and CitizenNumber.objects.filter(person=person).exists():
        sentence = _("A citizen service number is kept here; that is only allowed of somebody who gets help.")
        raise ValidationError({"gets_help": sentence})
    lives_here = person.in_household if has_homes(person=person, today=clock.local_date(now)) else data.in_household
    for name, value in {**asdict(data), "in_household": lives_here}.items():
        setattr(person, name, value)
    birth_check(person=person)
    person.sort_key = data.name.sort_key
    person.save()
    Party.objects.filter(pk=person.party_id).update(label=_label(data))
    _index(person.case)
    audit.record("person.changed", case_ref=person.case.ref, objects=[person.party.ref])
    return person


def _check(data: PersonData) -> None:
    if not data.given_name and not data.surname:
        raise ValidationError({"given_name": _("Fill in a first name or a surname.")})
    if data.died_on and data.birth_date and data.died_on < data.birth_date:
        raise ValidationError({"died_on": _("This is before the date of birth.")})


def _family(case: Case) -> str:
    return reverse("family", args=[case.ref])


def _label(data: PersonData) -> str:
    return data.name.full[:LONGEST_LABEL]


def _index(case: Case) -> None:
    names = [person.name.full for person in Person.objects.filter(case=case).order_by("pk")]
    Case.objects.filter(pk=case.pk).update(search_key=fold(" ".join([case.name, case.ref, *names]))[:2000])

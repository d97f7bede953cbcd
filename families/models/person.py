"""The persons of one family; how each can be reached stands in `reach`."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, Party
from families.choices import BirthPrecision, NameUse, Sex
from families.models.case import Case
from families.names import Name


class Person(models.Model):
    """Somebody in one case; the same human in another case is another row (design.md 5)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="persons")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="person")
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    # As they stand in the register: what is signed carries them. The first name is the one people use.
    official_names = models.CharField(_("first names in full"), max_length=120, blank=True, default="", db_default="")
    initials = models.CharField(_("initials"), max_length=20, blank=True, default="", db_default="")
    infix = models.CharField(_("prefix"), max_length=20, blank=True)
    surname = models.CharField(_("surname"), max_length=80, blank=True)
    partner_infix = models.CharField(_("prefix of the partner's name"), max_length=20, blank=True)
    partner_surname = models.CharField(_("partner's surname"), max_length=80, blank=True)
    name_use = models.CharField(_("name in use"), max_length=12, choices=NameUse.choices, default=NameUse.OWN)
    sort_key = models.CharField(max_length=200)
    # How the family says who somebody is: "moeder", "tante van moeder". Kinship proper comes with the genogram.
    described_as = models.CharField(_("who is this in the family"), max_length=80, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_precision = models.CharField(max_length=8, choices=BirthPrecision.choices, default=BirthPrecision.DAY)
    died_on = models.DateField(_("date of death"), null=True, blank=True)
    in_household = models.BooleanField(_("lives in the household"), default=True)
    sex = models.CharField(
        _("symbol in the genogram"),
        max_length=8,
        choices=Sex.choices,
        default=Sex.UNKNOWN,
        db_default=Sex.UNKNOWN.value,
    )
    is_index = models.BooleanField(_("the person it is about"), default=False, db_default=False)
    # Help under the Jeugdwet or the Wmo: without it nobody's citizen service number may be kept (domain.md g).
    gets_help = models.BooleanField(_("gets help through the municipality"), default=False, db_default=False)
    # Which readers outside the team may know that this person exists; nobody until opened (the family version).
    known_to = models.ForeignKey(
        Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(given_name="") | ~Q(surname=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(birth_date__isnull=True) | Q(died_on__gte=F("birth_date")),
                name="person_died_after_birth",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_sex_known"),
            # What a citizen service number points at: a person, together with that she gets help.
            models.UniqueConstraint(fields=["id", "gets_help"], name="person_with_help"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "sort_key"], name="person_case")]

    def __str__(self) -> str:
        return f"{self.pk}"

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

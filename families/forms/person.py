"""What the forms of persons accept."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from families.choices import (
    BirthPrecision,
    NameUse,
    Sex,
)
from families.forms.fields import day_field
from families.names import Name, fold
from families.services.person import PersonData


def _full_name(data: Mapping[str, Any]) -> str:
    """The name of a form as it is compared."""
    given, infix, surname = (str(data.get(part) or "").strip() for part in ("given_name", "infix", "surname"))
    partner_infix, partner = (str(data.get(part) or "").strip() for part in ("partner_infix", "partner_surname"))
    return fold(Name(given, infix, surname, partner_infix, partner, str(data.get("name_use") or NameUse.OWN)).full)


class PersonForm(forms.Form):
    """A person with a Dutch name."""

    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    infix = forms.CharField(label=_("Prefix"), max_length=20, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    partner_infix = forms.CharField(label=_("Prefix of the partner's name"), max_length=20, required=False)
    partner_surname = forms.CharField(label=_("Partner's surname"), max_length=80, required=False)
    name_use = forms.ChoiceField(label=_("Name in use"), choices=NameUse.choices, initial=NameUse.OWN)
    described_as = forms.CharField(label=_("Who is this in the family"), max_length=80, required=False)
    birth_date = day_field(_("Date of birth"))
    birth_precision = forms.ChoiceField(
        label=_("How exactly is that known"), choices=BirthPrecision.choices, initial=BirthPrecision.DAY
    )
    died_on = day_field(_("Date of death"))
    official_names = forms.CharField(label=_("First names in full"), max_length=120, required=False)
    initials = forms.CharField(label=_("Initials"), max_length=20, required=False)
    gets_help = forms.BooleanField(label=_("Gets help through the municipality (Jeugdwet or Wmo)"), required=False)
    in_household = forms.BooleanField(label=_("Lives in the household"), required=False, initial=True)
    sex = forms.ChoiceField(
        label=_("Symbol in the genogram"),
        choices=Sex.choices,
        initial=Sex.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    is_index = forms.BooleanField(label=_("It is about this person (index person)"), required=False)

    def clean_sex(self) -> str:
        """Not said is not known."""
        return self.cleaned_data["sex"] or Sex.UNKNOWN

    same_name = forms.BooleanField(label=_("This is somebody else with the same name"), required=False)

    def __init__(
        self, *args: Any, today: date, names: Iterable[str] = (), has_homes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.names, self.has_homes = today, {fold(name) for name in names}, has_homes
        if has_homes:
            # Where she lives follows from her homes.
            del self.fields["in_household"]

    def clean_birth_date(self) -> date | None:
        """Not in the future, and not over 120 years ago."""
        return self._past(self.cleaned_data["birth_date"])

    def clean_died_on(self) -> date | None:
        """Not in the future, and not over 120 years ago."""
        return self._past(self.cleaned_data["died_on"])

    def _past(self, day: date | None) -> date | None:
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day and day < self.today - timedelta(days=120 * 365 + 30):
            raise ValidationError(_("This is more than 120 years ago. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody has a name, and died after being born."""
        data = super().clean() or self.cleaned_data
        if not data.get("given_name") and not data.get("surname"):
            self.add_error("given_name", _("Fill in a first name or a surname."))
        self._check_name(data)
        born, died = data.get("birth_date"), data.get("died_on")
        if born and died and died < born:
            self.add_error("died_on", _("This is before the date of birth."))
        return data

    def _check_name(self, data: dict[str, Any]) -> None:
        """Somebody of this family with the same name: asked once, and never in the way of two who share it."""
        if not data.get("same_name") and _full_name(data) in self.names:
            self.add_error(
                "given_name",
                _("Somebody of this family is called so already. Is this somebody else, tick that below."),
            )

    @property
    def asks_same_name(self) -> bool:
        """Whether it has to be said that this is another one with the same name."""
        return self.is_bound and _full_name(self.data) in self.names

    def data_of(self) -> PersonData:
        """What the services take."""
        known = {name: self.cleaned_data[name] for name in PersonData.__dataclass_fields__ if name in self.cleaned_data}
        return PersonData(**known)


class PersonAddForm(PersonForm, KeyedForm):
    """A new person, with a key against double sending."""

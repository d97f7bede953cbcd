"""What the forms of roles, grounds and signals accept."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from network.choices import Domain, GroundBasis
from network.models import Organisation, Professional
from network.selectors import known_organisations, known_professionals

EARLIEST = datetime(2000, 1, 1, tzinfo=clock.LOCAL)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RoleForm(KeyedForm):
    """A role for a professional who is known, or one who is made known here."""

    professional = forms.ModelChoiceField(
        label=_("Who"), queryset=Professional.objects.none(), required=False, empty_label=_("somebody new")
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("a new one")
    )
    organisation_name = forms.CharField(label=_("Name of the new organisation"), max_length=120, required=False)
    domain = forms.ChoiceField(label=_("Field of work"), choices=[("", _("choose")), *Domain.choices], required=False)
    title = forms.CharField(label=_("Role"), max_length=120)
    assignment = forms.CharField(label=_("What is asked"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    since = _day(_("From"))
    until = _day(_("Until and including"), required=False)
    basis = forms.ChoiceField(label=_("Why may this be shared"), choices=GroundBasis.choices)
    purpose = forms.CharField(label=_("What for"), max_length=300)
    ground_until = _day(_("This holds until and including"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["professional"].queryset = known_professionals()  # type: ignore[attr-defined]  # a model choice
        self.fields["professional"].label_from_instance = _professional_words  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = known_organisations()  # type: ignore[attr-defined]
        self.initial.setdefault("since", today)
        self.initial.setdefault("ground_until", today + timedelta(days=183))

    def clean(self) -> dict[str, Any]:
        """Somebody who is known, or a name with a function and an organisation."""
        data = super().clean() or self.cleaned_data
        if not data.get("professional"):
            known = ("name", "function", "organisation") if data.get("organisation") else ()
            for name in known or ("name", "function", "organisation_name", "domain"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose somebody above, or fill this in."))
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return data


def _professional_words(row: Professional) -> str:
    return f"{row.name}, {row.function} ({row.organisation.name})"


class RoleEndForm(forms.Form):
    """The last day of a role."""

    until = _day(_("Last day"))


class GroundForm(forms.Form):
    """A new ground for sharing."""

    basis = forms.ChoiceField(label=_("Why may this be shared"), choices=GroundBasis.choices)
    purpose = forms.CharField(label=_("What for"), max_length=300)
    until = _day(_("This holds until and including"))


class SignalForm(KeyedForm):
    """What a partner tells the director."""

    text = forms.CharField(
        label=_("What do you want to say"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
